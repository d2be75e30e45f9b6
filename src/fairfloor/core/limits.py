"""Counting how often something is tried, to slow a flood without knowing who it comes from."""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache


def count_try(name: str, key: str, *, seconds: int = 60) -> int:
    """Count one try under a key in the running span of time; returns how many there were, this one included.

    The counter lives in the memory of this process only and for two spans at most; no address is part of it.
    """
    entry = _entry(name, key, seconds)
    cache.add(entry, 0, timeout=2 * seconds)
    try:
        return cache.incr(entry)
    except ValueError:  # it ran out between the two calls
        return 1


def tries(name: str, key: str, *, seconds: int = 60) -> int:
    """How many tries were counted in the running span of time."""
    return cache.get(_entry(name, key, seconds), 0)


def _entry(name: str, key: str, seconds: int) -> str:
    hashed = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"limit:{name}:{hashed}:{int(time.time() // seconds)}"
