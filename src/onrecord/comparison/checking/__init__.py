"""Every quotation of a report compared with transcripts, and weighed by a house style."""
