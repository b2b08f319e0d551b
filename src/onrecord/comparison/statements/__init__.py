"""Which reports' attributions are one utterance."""
