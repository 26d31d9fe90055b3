"""A moment or a part of one, as it is written -> from when to when it lasts."""

from __future__ import annotations

import datetime
import re

from deckbuilder.phrases.times import Patterns, number_of

LAST_YEAR = 9999  # and as many before our era
CENTURY = 100  # years: a decade that lacks it may be one of any
MONTH = 0.08  # years, and a little less than one: what is shorter has no stages

Stretch = tuple[float, float]


def staged(text: str, said: Patterns) -> tuple[Stretch | None, str]:
    """Return which share of a time a text is of, and the time alone."""
    end = said.end.fullmatch(text)
    if not end:
        return None, text
    return said.stages.get((end["stage"] or "").casefold()), end["time"]


def share(stretch: Stretch | None, stage: Stretch | None) -> Stretch | None:
    """Return a stage of a stretch, or all of it where none is named."""
    if not stretch or not stage:
        return stretch
    start, end = stretch
    long = end - start
    return (start + stage[0] * long, start + stage[1] * long) if long > MONTH else None


def short(text: str) -> bool:
    """Tell whether a text is a year that may lack its century: "45"."""
    return text.isdecimal() and len(text) < 3


def moment(text: str, said: Patterns) -> Stretch | None:
    """Return from when to when one moment lasts."""
    if date := said.date.fullmatch(text):
        return _date(date, said)
    if figures := said.figures.fullmatch(text):
        day, month, year = map(int, figures.groups())
        return day_of(year, month, day) if year and 1 <= month <= 12 else None
    if said.decades.fullmatch(text):
        return None if said.hundreds.fullmatch(text) else decade(text, said)
    if century := said.centuries.fullmatch(text):
        return century_of(century, bc=bool(century["bc"]))
    return None


def decade(text: str, said: Patterns) -> Stretch | None:
    """Return from when to when ten years last, also those that may be a hundred: "1900s"."""
    found = said.decades.fullmatch(text)
    year = int(next(filter(None, found.groups()))) if found else 0
    return (float(year), year + 10.0) if year >= CENTURY and year % 10 == 0 else None


def _date(date: re.Match[str], said: Patterns) -> Stretch | None:
    year = int(date["year"])
    if year == 0:
        return None
    year = 1 - year if date["bc"] else year
    years = 1
    if date["next"]:
        following = int(date["year"]) + (-1 if date["bc"] else 1)
        if f"{following:02}"[-len(date["next"]) :] != date["next"] or 0 < year < 100:
            return None
        years = 2
    if not date["month"]:
        return float(year), float(year + years)
    bare = date.end("year") == date.end() and not date["ad"]
    if bare and len(date["year"]) < 3:
        return None  # "May 45" may be of 1945; "April 16" may be a day without its year
    month, count = said.months.get(date["month"].casefold(), (0, 0))  # `ı` is as `i` to re
    if not count or (years == 2) != (month + count > 12):  # a winter alone lies in two years
        return None
    day = date["day"] or date["day_behind"]
    if day:
        return day_of(year, month + 1, int(day)) if count == 1 else None
    return year + month / 12, year + (month + count) / 12


def day_of(year: int, month: int, day: int) -> Stretch | None:
    """Return from when to when a day lasts, None if there is none such.

    Months are of one length here, so the last day of one lasts until the next begins.
    """
    try:
        date = datetime.date(2000 + max(year, 0) % 400, month, day)  # the calendar repeats itself
    except ValueError:
        return None
    start = year + (month - 1) / 12 + (day - 1) / 372
    is_last = (date + datetime.timedelta(1)).day == 1
    return start, year + month / 12 if is_last else start + 1 / 372


def century_of(said: re.Match[str], *, bc: bool) -> Stretch | None:
    """Return from when to when a century lasts."""
    number = number_of(next(filter(None, said.groups())).casefold())  # before the era stands which
    if not 1 <= number <= 99:
        return None
    first = 1.0 - number * 100 if bc else number * 100 - 99.0
    return first, first + 100.0
