"""Possible duplicates."""
