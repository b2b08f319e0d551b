"""Fit the encoder on a corpus in PolNeAR's form and export it; needs the extra ``train``."""
