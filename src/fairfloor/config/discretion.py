"""Keeps workers out of the log: an address with a link or a receipt in it would open their messages to its reader."""

from __future__ import annotations

import logging
import re

# The token of a worker's link and all that follows it; a receipt wherever it stands, alone or in an address.
_LINK = re.compile(r"/w/[^\s'\"<>]*")
_RECEIPT = re.compile(r"\b\d{2}(?:[-\s]?\d{2}){3}[-\s]?\d{4}[-\s]?\d{4}\b")


def discreet(text: str) -> str:
    """A line of the log without workers' links and receipts."""
    return _RECEIPT.sub("(receipt)", _LINK.sub("/w/…", text))


class DiscreetFilter(logging.Filter):
    """Rewrites each line before it is written, the trace of a fault too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass, in its discreet form."""
        record.msg, record.args = discreet(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = discreet(logging.Formatter().formatException(record.exc_info))
        return True
