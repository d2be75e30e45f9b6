"""Ties a child process to its parent, so that a killed `serve` leaves nothing running."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies, even by kill -9. Linux only; elsewhere no effect.

    Must be repeated in every generation: granian's workers are children of granian, not of `serve`.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:  # the parent died before we asked
            os._exit(1)
