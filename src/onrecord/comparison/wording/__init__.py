"""How a quotation's words compare with a transcript's or with the other reports'."""
