"""Every quotation of a report held against transcripts, and weighed by a house style."""
