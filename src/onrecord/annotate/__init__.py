"""A document becomes annotations: what is found in it by itself."""
