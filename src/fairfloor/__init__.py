"""Fairfloor: self-hosted software for factories that run the SCORE method."""

__version__ = "0.1.0"
