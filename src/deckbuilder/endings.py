"""Signals that end a program -> the way out by Ctrl-C, on which what is half made is taken away."""

from __future__ import annotations

import signal
import sys
import time

ENDING = ("SIGTERM", "SIGHUP")  # by name: Windows lacks one
PATIENCE = 5.0  # seconds in which the way out is not to be begun again
_left: list[float] = []  # when that was begun


def leave_when_asked() -> None:
    """Let `kill`, `timeout` and a closed terminal end this process as an exception does.

    What somebody has set otherwise stays: a run under `nohup` outlives its terminal.
    """
    for number in ending():
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _: object) -> None:
    """Leave; not once more on the way out, which is not to be left half way.

    `timeout` sends a signal twice. Whoever still sees the process after some seconds may send it
    again: Python drops an exception that is raised while it tidies up after itself.
    """
    now = time.monotonic()
    if not _left or now - _left[-1] > PATIENCE:
        _left.append(now)
        sys.exit(128 + number)


def ending() -> list[signal.Signals]:
    """Return the signals by which somebody else ends this process."""
    return [each for each in signal.Signals if each.name in ENDING]
