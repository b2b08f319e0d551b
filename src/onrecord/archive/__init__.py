"""The archive: what a newsroom reads, kept for years, with every version and all that was found; searched in place."""
