"""Whom a source names: names, descriptions, pronouns and whole phrases, resolved inside the document."""
