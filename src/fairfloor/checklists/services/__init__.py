"""Verbs on checklists: rounds, findings, areas, own lists and red tags."""
