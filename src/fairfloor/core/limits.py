"""Counting how often something is tried, to slow a flood without knowing who it comes from."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.cache import cache


def place_key(token: str, place: str, day: date) -> str:
    """The key of one link and place for one day, made with the day's own salt; yesterday's key says nothing today."""
    salt = hmac.new(settings.SECRET_KEY.encode(), f"limits:{day}".encode(), hashlib.sha256).digest()
    return hmac.new(salt, f"{token}\n{place}".encode(), hashlib.sha256).hexdigest()


def room_left(name: str, key: str, *, size: int, per_minute: float) -> bool:
    """Take one piece out of a bucket that holds ``size`` and fills by ``per_minute``; whether there was one.

    The bucket lives in the memory of this process only, for as long as it takes to fill. Two processes have two, so
    that a flood spread over both gets at most twice as much: this slows floods, it does not count people.
    """
    entry, now = f"bucket:{name}:{key[:40]}", time.monotonic()
    pieces, seen = cache.get(entry, (float(size), now))
    pieces = min(float(size), pieces + (now - seen) * per_minute / 60)
    is_room = pieces >= 1
    cache.set(entry, (pieces - 1 if is_room else pieces, now), timeout=int(60 * size / per_minute) + 60)
    return is_room


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
    hashed = place_key(key, "", datetime.now(UTC).date())[:32]
    return f"limit:{name}:{hashed}:{int(time.time() // seconds)}"
