"""Peyvand: a relationship explorer for city and institutional diplomacy."""

__version__ = "0.1.0"
