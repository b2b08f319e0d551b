"""The metrics, each with its gold format."""
