from types import SimpleNamespace
def load(): return SimpleNamespace(indicators={}, suggestion_categories=())
