"""Where chains of sourcing end, and on how many independent sources a statement rests."""
