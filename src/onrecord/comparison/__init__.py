"""The documents of one event, annotated, become findings."""
