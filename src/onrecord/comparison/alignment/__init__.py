"""Where in a transcript a quotation's words were spoken: index, search, dynamic programming, chance."""
