"""Words as they are spoken, quotations read to such words, what a page prints that nobody spoke."""
