"""What an author writes as `when` -> words to print and a stretch of time to sort and draw by.

The grammar (words by language, here in English; upper and lower case alike):

    when    = [about] moment | moment dash moment      about = "c." | "before" | "after"
    moment  = (day month year | month year | decade | century | year) ["BC"]
    year    = 1 to 4 digits; in a range's end, two digits stand for the same century ("1919–33")
    decade  = "1930s"        century = "16th century"        dash = "-" | "–" | "—"
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from deckbuilder.phrases import Phrases

DASH = re.compile(r"\s*[-–—]\s*")
ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class When:
    """A time as it is printed, and from when to when it lasts, in years (-43.0: early 44 BC)."""

    text: str
    start: float
    end: float


def read_when(value: object, phrases: Phrases) -> When | None:
    """Return what a year, a TOML date or a text says, or None where the grammar does not fit."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _year(value, phrases)
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        month = phrases.months[value.month - 1]
        text = phrases.date.format(day=value.day, month=month, year=value.year)
        return When(text, *_day(value.year, value.month, value.day))
    if isinstance(value, str):
        return _text(value, phrases)
    return None


def _year(year: int, phrases: Phrases) -> When | None:
    if year == 0 or abs(year) > 9999:
        return None
    if year < 0:
        return When(f"{-year} {phrases.bc[0]}", year + 1.0, year + 2.0)
    return When(str(year), float(year), year + 1.0)


def _day(year: int, month: int, day: int) -> tuple[float, float]:
    start = year + (month - 1) / 12 + (day - 1) / 372
    return start, start + 1 / 372


def _text(value: str, phrases: Phrases) -> When | None:
    text = " ".join(value.split())
    for word in (*phrases.circa, *phrases.before, *phrases.after):
        rest = text[len(word) :]
        if text.casefold().startswith(word.casefold()) and re.match(r"\s|\d", rest):
            moment = _moment(rest.strip(), phrases)
            return moment and When(text, *_about(word, moment, phrases))
    whole = _moment(text, phrases)
    start, end = (whole, whole) if whole else _range(DASH.split(text), phrases)
    if not start or not end or end[1] <= start[0]:
        return None
    return When(text, start[0], end[1])


def _about(word: str, moment: tuple[float, float], phrases: Phrases) -> tuple[float, float]:
    """Move a little to the side the word names, so that "after 1934" sorts behind "1934"."""
    if word in phrases.before:
        return moment[0] - 0.01, moment[0]
    if word in phrases.after:
        return moment[1], moment[1] + 0.01
    return moment


Moment = tuple[float, float] | None


def _range(ends: list[str], phrases: Phrases) -> tuple[Moment, Moment]:
    """Return both ends; the first may borrow BC, the last the century ("44–30 BC", "1919–33")."""
    if len(ends) != 2:
        return None, None
    first, last = ends
    era = next((e for e in phrases.bc if last.casefold().endswith(" " + e.casefold())), None)
    if era and first.isdigit():
        first = f"{first} {era}"
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return _moment(first, phrases), _moment(last, phrases)


def _moment(text: str, phrases: Phrases) -> Moment:
    """Return from when to when one moment lasts."""
    match = _grammar(phrases).fullmatch(text.casefold())
    if not match:
        return None
    parts = match.groupdict()
    sign = -1 if parts["bc"] else 1
    ordinal = parts["ordinal"] or parts["ordinal_after"]
    if ordinal:
        return _century(_number(ordinal), sign)
    decade = parts["decade"] or parts["decade_after"]
    year = int(decade or parts["year"])
    if year == 0 or (decade and (sign < 0 or year % 10)):
        return None
    if decade:
        return float(year), year + 10.0
    year = year if sign > 0 else 1 - year
    if not parts["month"]:
        return float(year), year + 1.0
    month = [m.casefold() for m in phrases.months].index(parts["month"]) + 1
    if not parts["day"]:
        start = year + (month - 1) / 12
        return start, start + 1 / 12
    try:
        datetime.date(year if 0 < year < 9999 else 2000, month, int(parts["day"]))
    except ValueError:
        return None
    return _day(year, month, int(parts["day"]))


def _century(number: int, sign: int) -> Moment:
    if not 1 <= number <= 99:
        return None
    first = (number - 1) * 100 + 1.0 if sign > 0 else 1.0 - number * 100
    return first, first + 100.0


@cache
def _grammar(phrases: Phrases) -> re.Pattern[str]:
    def one_of(options: tuple[str, ...]) -> str:
        return "|".join(re.escape(o.casefold()) for o in options)

    months, century, decade = map(one_of, (phrases.months, phrases.century, phrases.decade))
    return re.compile(
        rf"""
        (?: (?: (?: (?P<day>\d{{1,2}}) \.? \s (?:de\s)? )? (?P<month>{months}) \s (?:de\s)? )?
            (?P<year>\d{{1,4}})
          | (?P<decade>\d{{1,4}}) (?:{decade})
          | (?:{decade}) \s (?P<decade_after>\d{{1,4}})
          | (?P<ordinal>\d{{1,2}}|[xvi]+) (?:st|nd|rd|th|\.|er|e|ème)? \s (?:{century})
          | (?:{century}) \s (?P<ordinal_after>[xvi]+)
        ) (?: \s (?P<bc>{one_of(phrases.bc)}) )?
        """,
        re.VERBOSE,
    )


def _number(ordinal: str) -> int:
    if ordinal.isdigit():
        return int(ordinal)
    roman = ROMAN.fullmatch(ordinal)
    if not roman:
        return 0
    ones = {
        "": 0,
        "i": 1,
        "ii": 2,
        "iii": 3,
        "iv": 4,
        "v": 5,
        "vi": 6,
        "vii": 7,
        "viii": 8,
        "ix": 9,
    }
    return 10 * len(roman[1]) + ones[roman[2]]
