"""Content credited to a source by a cue: the encoder, what it decides, and whether something was uttered."""
