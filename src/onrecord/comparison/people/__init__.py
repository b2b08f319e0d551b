"""Who is who across documents, and whose turn of a transcript is whose."""
