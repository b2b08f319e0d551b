"""Which figures of several documents count the same thing, and whether they agree."""
