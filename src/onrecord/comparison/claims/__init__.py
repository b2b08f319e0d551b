"""Which sentences of several reports state the same thing in the reports' own voice."""
