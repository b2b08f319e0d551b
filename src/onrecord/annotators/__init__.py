"""A document becomes annotations: what is found in it by itself, one folder a kind of finding."""
