"""Template filters of teams."""
