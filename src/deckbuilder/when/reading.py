"""A `when` of a source -> a time, as it is printed and from when to when it lasts."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Sequence

from deckbuilder.phrases import Phrases, written_day
from deckbuilder.phrases.times import ORDINAL, UNSPLIT, Patterns, patterns
from deckbuilder.slots import dataclass
from deckbuilder.when.moments import (
    LAST_YEAR,
    Stretch,
    century_of,
    day_of,
    decade,
    moment,
    share,
    short,
    staged,
)

DASH = re.compile(r"\s*[-–—]\s*")
MOMENT_LENGTH = 0.01  # years: by so much "after 1934" comes behind 1934
DAY_OR_MORE = r"([0-9]{1,2})\.?(?:[./] ?([0-9]{1,2})\.?)?"  # before the dash: "5.", "5.4."
NUMBER = re.compile(r"[0-9]+(?: |$)")  # alone, without what makes it an ordinal

Ends = tuple[Stretch, Stretch]  # of a range: what its first moment lasts, and its last one


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
    if type(value) is datetime.date:  # one with a time of day is of another type
        text = written_day(phrases, value)
        day = day_of(value.year, value.month, value.day)
        return When(text, *day) if day else None
    if isinstance(value, str):
        return _text(value, patterns(phrases))
    return None


def _year(year: int, phrases: Phrases) -> When | None:
    if year == 0 or abs(year) > LAST_YEAR:
        return None
    if year < 0:
        return When(f"{-year} {phrases.bc[0]}", year + 1.0, year + 2.0)
    return When(str(year), float(year), year + 1.0)


def _text(value: str, said: Patterns) -> When | None:
    text = tidy(value)
    opening = said.opening.fullmatch(text)
    if not opening:
        return None
    rest = unsplit(opening["time"], said)
    found = _one(rest, said) or _range(rest, said) or _pair(rest, said)
    if opening["before"]:  # its end does not count
        found = found or _decade(rest, said)
    if not found or (opening["open"] and short(staged(rest, said)[1])):
        return None  # "since 45" may be since 1945
    start, end = found
    if opening["before"]:
        return When(text, start - MOMENT_LENGTH, start)
    if opening["after"]:
        return When(text, end, end + MOMENT_LENGTH)
    return When(text, start, end)


def tidy(value: str) -> str:
    """Return a text with its letters whole, and one space wherever it has some."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def unsplit(text: str, said: Patterns) -> str:
    """Return a text in which no word of a language has a hyphen, so that no range is seen there."""
    return said.hyphens.sub(lambda word: word[0].replace("-", UNSPLIT), text)


def _one(text: str, said: Patterns) -> Stretch | None:
    stage, time = staged(text, said)
    return None if stage and short(time) else share(moment(time, said), stage)


def _decade(text: str, said: Patterns) -> Stretch | None:
    """Return what a decade lasts, also "1900s": a hundred years would begin so, too."""
    stage, time = staged(text, said)
    return None if stage else decade(time, said)


def _range(text: str, said: Patterns) -> Stretch | None:
    ends = parted(text, said.ranges) or DASH.split(text)
    if len(ends) != 2 or any(_vague(end, said) for end in ends):
        return None
    found = _ends(ends, said)
    return (found[0][0], found[1][1]) if found and found[0][0] <= found[1][0] else None


def _vague(end: str, said: Patterns) -> bool:
    """Tell whether an end of a range may be part of ten years or of a hundred: "late 1900s"."""
    stage, time = staged(end, said)
    return bool(stage and said.hundreds.fullmatch(time))


def _pair(text: str, said: Patterns) -> Stretch | None:
    """Return what two neighbours last; two short years are none: "9/10" may be a day."""
    ends = pair(text, said)
    if not ends:
        return None
    (began, first), (ended, last) = (staged(end, said) for end in ends)
    if (began and not ended) or (said.date.fullmatch(first) and short(last)):
        return None  # "late 16th and 17th centuries" may be late in both
    found = _ends(ends, said)
    near = found and math.isclose(found[0][1], found[1][0], abs_tol=1e-6)
    return (found[0][0], found[1][1]) if found and near else None


def pair(text: str, said: Patterns) -> tuple[str, ...]:
    """Return the two times that a word or a slash joins, () if none does."""
    ends = parted(text, said.pairs) or tuple(text.split("/", 1))
    return (ends[0].removesuffix("-"), ends[1]) if len(ends) == 2 else ()  # "1960er- und …"


def parted(text: str, forms: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    """Return the two times that a text has in one of the forms, () if it is of none."""
    found = next(filter(None, (form.fullmatch(text) for form in forms)), None)
    return found.groups() if found else ()


def _ends(ends: Sequence[str], said: Patterns) -> Ends | None:
    """Return what the ends of a range last, each with what it leaves to the other one to say."""
    (began, first), (ended, last) = (staged(end, said) for end in ends)
    if (began or ended) and short(first):
        return None
    found = _centuries(first, last, said) or _moments(first, last, said)
    start, end = (share(found[0], began), share(found[1], ended)) if found else (None, None)
    return (start, end) if start and end else None


def _moments(first: str, last: str, said: Patterns) -> Ends | None:
    """Return what two moments last, whichever of them says what both share."""
    last = _last(first, last, said)
    begun = decade(first, said)
    start = _first(first, last, said) or begun  # "1900s" begins so, be it ten years or a hundred
    end = moment(last, said)
    if begun and not said.hundreds.fullmatch(first):
        end = end or decade(last, said)  # beside a decade it is one, too
    return (start, end) if start and end else None


def _last(first: str, last: str, said: Patterns) -> str:
    """Return the last moment of a range, with what it leaves to the first one to say."""
    if earlier := said.decades.fullmatch(first):
        year: str = next(filter(None, earlier.groups()))
        if last.isdecimal() and first.endswith(year):
            # "années 1920–1930"; but "1920er–1930" ends with a year
            return first.removesuffix(year) + year[: max(len(year) - len(last), 0)] + last
        if later := said.decades.fullmatch(last):
            own: str = next(filter(None, later.groups()))
            return last.replace(own, year[: max(len(year) - len(own), 0)] + own)
    month = re.match(r"\D+ (?=[0-9]{1,2}\b)", first)
    if month and said.month_first and said.month_first.fullmatch(month[0] + last):
        return month[0] + last  # April 16–24, 1922
    years = first.isdecimal() and last.partition(" ")[0].isdecimal()
    if years and len(last) < len(first):  # the century is said once
        return first[: len(first) - len(last)] + last
    return last


def _centuries(first: str, last: str, said: Patterns) -> Ends | None:
    """Return what two centuries last that have their word, or their era, once."""
    if begins := said.unnamed.fullmatch(first):
        if NUMBER.match(first) and not first.isdecimal():
            return None  # a number with an era is a year
        ends = said.named.fullmatch(last)
    else:
        begins = said.named.fullmatch(first)
        ends = None if NUMBER.match(last) else said.unnamed.fullmatch(last)
    if not begins or not ends:
        return None
    start = century_of(begins, bc=bool(begins["bc"] or (ends["bc"] and not begins["ce"])))
    shared = ends.re is said.unnamed and begins["bc"] and not ends["ce"]
    end = century_of(ends, bc=bool(ends["bc"] or shared))
    return (start, end) if start and end and start < end else None


def _first(first: str, last: str, said: Patterns) -> Stretch | None:
    """Return the first moment of a range, with what it leaves to the last one to say."""
    if figures := said.figures.fullmatch(last):
        begins = re.fullmatch(DAY_OR_MORE, first)
        _, month, year = figures.groups()
        own = f"{begins[1]}.{begins[2] or month}.{year}" if begins else first
        return moment(own, said)
    date = said.date.fullmatch(last)
    day = re.fullmatch(rf"([0-9]{{1,2}}){ORDINAL}", first)
    if date and date["day"] and day:
        return moment(day[1] + last[date.end("day") :], said)
    if date and date["month"]:
        shared = moment(first + last[date.end("month_and_day") :], said)
        if shared or len(first) < 3:
            return shared
        return moment(first + last[date.end("year") :], said) or moment(first, said)
    if date and date["bc"] and first.isdecimal():
        return moment(f"{first} {date['bc']}", said)
    return moment(first, said)
