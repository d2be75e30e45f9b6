"""Pieces of pages that features share."""
