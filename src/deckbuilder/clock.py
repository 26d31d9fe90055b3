"""A date in a lock -> whether it lies after now, and its day.

Anki takes what is dated later for newer: over a note from the future no edit of a learner's lasts.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

SKEW = 86_400  # two clocks differ by minutes, and by hours where one has another zone's time
LATEST = 253_402_300_799  # the end of the year 9999


def is_ahead(date: int, out: int = 0) -> bool:
    """Tell whether a date is beyond what the clock explains.

    `out`: the latest that went out: what follows it has to be later still.
    """
    return date > max(int(time.time()), out) + SKEW


def day(date: int) -> str:
    """Return the day of a date, as in 2100-01-01."""
    return datetime.fromtimestamp(min(date, LATEST), UTC).date().isoformat()
