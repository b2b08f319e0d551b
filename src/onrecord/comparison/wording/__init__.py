"""How a quotation's words stand to a transcript's or to the other reports'."""
