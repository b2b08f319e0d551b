"""How a document is laid out: its blocks, its sentences, its quotation marks."""
