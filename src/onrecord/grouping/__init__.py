"""Many documents: who copied whom, and which belong to one event."""
