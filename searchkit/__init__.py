"""Full-text search for Arabic."""

__version__ = "0.1.0"
