"""Numbers with what they count: numerals, quantities, units, and the nouns that they go with."""
