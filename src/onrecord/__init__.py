"""onrecord: read many news reports of one event together and rebuild the record."""
