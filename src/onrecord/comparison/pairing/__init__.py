"""Candidates, features and clusters for what is joined across documents: statements and claims."""
