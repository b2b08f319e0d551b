"""Bytes, files and addresses become documents."""
