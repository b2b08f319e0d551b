"""What is read off a text before any stage: words, lines, sentences, quotation marks, numerals."""
