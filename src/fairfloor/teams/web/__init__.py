"""Pages of teams and meetings."""
