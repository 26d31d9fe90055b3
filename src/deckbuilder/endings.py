"""Signals that end a program -> the way out by Ctrl-C, on which what is half made is taken away."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

ENDING = ("SIGTERM", "SIGHUP")  # by name: Windows lacks one


def leave_when_asked() -> None:
    """Let `kill`, `timeout` and a closed terminal end this process as an exception does.

    What somebody has set otherwise stays: a run under `nohup` outlives its terminal.
    """
    for number in _ending():
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _: object) -> NoReturn:
    for again in _ending():  # `timeout` sends it twice, and the way out is not to be left half way
        if signal.getsignal(again) == _leave:
            signal.signal(again, _ignore)
    sys.exit(128 + number)


def _ignore(*_: object) -> None:
    """Do nothing; unlike `SIG_IGN`, programs that are started meanwhile do not take it over."""


def _ending() -> list[signal.Signals]:
    return [each for each in signal.Signals if each.name in ENDING]
