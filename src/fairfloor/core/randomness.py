"""Keys and codes that say nothing about when or in what order a thing came."""

import secrets

# No 0/O, 1/I/L, U: read aloud, written by hand and typed with gloves.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_id() -> int:
    """A positive key below 2**53, so that it survives a JavaScript number."""
    return secrets.randbelow(2**53 - 1) + 1


def random_code(prefix: str, length: int = 5) -> str:
    """A short public code such as ``S-7K3QM``; the caller retries on the rare clash."""
    return f"{prefix}-" + "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
