"""A finished story or check becomes something to read."""
