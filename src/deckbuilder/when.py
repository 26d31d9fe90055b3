"""What an author writes as `when` -> words to print and a stretch of time to sort and draw by.

The grammar, here with its English words (small and capital letters are alike):

    when    = [about] [within] (moment | moment dash moment)
    about   = "c." | "before" | "after"                 within = "in" | "the" | "in the"
    moment  = (date | year | year "/" year | decade | century) ["BC" | "AD"]
    date    = [day ["of"]] month year | month day "," year | day "." number "." year | season year
    month   = "April" | "Apr" | "Apr."
    season  = "spring" | … | "winter" (with two years: "1959/60" or "1959–60")
    decade  = "1930s"       century = "16th century"       dash = "-" | "–" | "—" | "to"

"AD" may stand before a year, too; a decade has neither, and has its century: "20s" may be of any.
The ends of a range share what only one of them has: "1919–33", "44–30 BC", "5–8 May 1945",
"16th–17th century" (or "16th/17th"). Two years with a slash are neighbours: "1959/60". A date is in
figures alone where no language's reader could take its day for its month. A year of one or two
figures behind a month has "BC" or "AD": "8 May 45" may be of 1945, "April 25" is a day, too.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

from deckbuilder.phrases import Phrases, written_day
from deckbuilder.phrases.times import ORDINAL, UNSPLIT, Patterns, number_of, patterns
from deckbuilder.slots import dataclass

DASH = re.compile(r"\s*[-–—]\s*")
LAST_YEAR = 9999  # and as many before our era
MOMENT_LENGTH = 0.01  # years: by so much "after 1934" comes behind 1934
CENTURY = 100  # years: a decade that lacks it may be one of any
DAY_OR_MORE = r"([0-9]{1,2})\.?(?:[./] ?([0-9]{1,2})\.?)?"  # before the dash: "5.", "5.4."
NUMBER = re.compile(r"[0-9]+(?: |$)")  # alone, without what makes it an ordinal
SHORT_YEAR = re.compile(r"(?<![0-9])[0-9]{1,2}$")

Stretch = tuple[float, float]


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
        day = _day(value.year, value.month, value.day)
        return When(text, *day) if day else None
    if isinstance(value, str):
        return _text(value, phrases)
    return None


def forms(phrases: Phrases) -> str:
    """Return the forms of the grammar in the words of a language, for who has to write one."""
    month, decade = f"{phrases.months[3]} 1922", phrases.decade[0].format("1930")
    day = phrases.date.format(day=16, month=phrases.months[3], year=1922)
    century = phrases.century[0].format(phrases.sixteenth)
    shown = ", ".join(f'"{form}"' for form in (day, month, "1919–33", decade, century))
    near = (phrases.circa, phrases.before, phrases.after, phrases.bc, phrases.ad)
    return f"{shown}, with {', '.join(words[0] for words in near)}"


def doubt(value: object, phrases: Phrases) -> str:
    """Return how to say what a text leaves in doubt, or "" if it cannot be read for another cause.

    A winter of one year may be the one that the year begins with, or ends with; a short year may
    be of our century, or a day, and a short decade is one of any century.
    """
    if not isinstance(value, str):
        return ""
    text = _tidy(value)
    time = _opening(text, phrases)[1]
    opens = text.removesuffix(time)
    winters = _winters(time, phrases)
    if winters:
        return 'it lies in two years: write "{}" or "{}"'.format(
            *(opens + each for each in winters)
        )
    if decade := patterns(phrases).decades.fullmatch(_unsplit(time, phrases)):
        year = next(filter(None, decade.groups()))
        form = opens + time.replace(year, f"19{int(year):02}")
        told = f'a decade so short needs its century: write "{form}"'
        return told if int(year) < CENTURY and read_when(form, phrases) else ""
    if not (short := SHORT_YEAR.search(value.rstrip())):
        return ""
    years = (f"19{int(short[0]):02}", f"{short[0]} {phrases.ad[0]}")
    forms = [value[: short.start()] + year for year in years]
    said = " or ".join(f'"{form}"' for form in forms if read_when(form, phrases))
    return said and f"a year so short needs its century, or its era: write {said}"


def _winters(value: str, phrases: Phrases) -> list[str]:
    """Return the two winters that a winter of one year may be; none if it is something else."""
    date = patterns(phrases).date.fullmatch(value)
    if not date or not date["month"] or date["next"] or date["bc"] or date["day"]:
        return []
    year, behind = int(date["year"]), value[date.end("year") :]
    years = (f"{first}/{(first + 1) % 100:02}" for first in (year - 1, year))
    forms = [value[: date.start("year")] + both + behind for both in years]
    return forms if all(_moment(form, phrases) for form in forms) else []


def _year(year: int, phrases: Phrases) -> When | None:
    if year == 0 or abs(year) > LAST_YEAR:
        return None
    if year < 0:
        return When(f"{-year} {phrases.bc[0]}", year + 1.0, year + 2.0)
    return When(str(year), float(year), year + 1.0)


def _day(year: int, month: int, day: int) -> Stretch | None:
    try:
        datetime.date(year if year > 0 else 2000, month, day)
    except ValueError:
        return None
    start = year + (month - 1) / 12 + (day - 1) / 372
    return start, start + 1 / 372


def _text(value: str, phrases: Phrases) -> When | None:
    text = _tidy(value)
    about, rest = _opening(text, phrases)
    rest = _unsplit(rest, phrases)
    found = (
        _moment(rest, phrases)
        or _range(rest, phrases)
        or _centuries(*rest.partition("/")[::2], phrases)
    )
    if not found:
        return None
    start, end = found
    if about in phrases.before:
        return When(text, start - MOMENT_LENGTH, start)
    if about in phrases.after:
        return When(text, end, end + MOMENT_LENGTH)
    return When(text, start, end)


def _tidy(value: str) -> str:
    """Return a text with its letters whole, and one space wherever it has some."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def _unsplit(text: str, phrases: Phrases) -> str:
    """Return a text in which no word of a language has a hyphen, so that no range is seen there."""
    for form in (*phrases.bc, *phrases.ad, *phrases.decade):
        word = form.replace("{}", "")
        text = text.replace(word, word.replace("-", UNSPLIT))
    return text


def _opening(text: str, phrases: Phrases) -> tuple[str, str]:
    """Return the word that makes a time uncertain, "" without such a word, and the time alone."""
    about, rest = _begun(text, (*phrases.circa, *phrases.before, *phrases.after))
    return about, _begun(rest, phrases.within)[1]


def _begun(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    """Return the first of the words that a text begins with, "" without one, and the rest."""
    for word in words:
        rest = text[len(word) :]
        apart = rest.startswith(" ") or word.endswith(".")
        if text.casefold().startswith(word.casefold()) and apart:
            return word, rest.strip()
    return "", text


def _range(text: str, phrases: Phrases) -> Stretch | None:
    in_words = (form.fullmatch(text) for form in patterns(phrases).ranges)
    said = next(filter(None, in_words), None)
    ends = said.groups() if said else DASH.split(text)
    if len(ends) != 2:
        return None
    first, last = (_begun(end, phrases.within)[1] for end in ends)
    if centuries := _centuries(first, last, phrases):
        return centuries
    if (decade := patterns(phrases).decades.fullmatch(first)) and last.isdecimal():
        year = next(filter(None, decade.groups()))
        if first.endswith(year):  # "années 1920–1930"; but "1920er–1930" ends with a year
            last = first.removesuffix(year) + year[: max(len(year) - len(last), 0)] + last
    month = re.match(r"\D+ (?=[0-9]{1,2}\b)", first)
    month_first = patterns(phrases).month_first
    if month and month_first and month_first.fullmatch(month[0] + last):
        last = month[0] + last  # April 16–24, 1922
    years = first.isdecimal() and last.partition(" ")[0].isdecimal()
    if years and len(last) < len(first):  # the century is said once
        last = first[: len(first) - len(last)] + last
    start, end = _first(first, last, phrases), _moment(last, phrases)
    return (start[0], end[1]) if start and end and start[0] <= end[0] else None


def _centuries(first: str, last: str, phrases: Phrases) -> Stretch | None:
    """Return what a range of centuries lasts that has their word, or their era, once."""
    said = patterns(phrases)
    if begins := said.unnamed.fullmatch(first):
        if NUMBER.match(first) and not first.isdecimal():
            return None  # a number with an era is a year
        ends = said.named.fullmatch(last)
    else:
        begins = said.named.fullmatch(first)
        ends = None if NUMBER.match(last) else said.unnamed.fullmatch(last)
    if not begins or not ends:
        return None
    start = _century(begins, bc=bool(begins["bc"] or (ends["bc"] and not begins["ce"])))
    shared = ends.re is said.unnamed and begins["bc"] and not ends["ce"]
    end = _century(ends, bc=bool(ends["bc"] or shared))
    return (start[0], end[1]) if start and end and start < end else None


def _first(first: str, last: str, phrases: Phrases) -> Stretch | None:
    """Return the first moment of a range, with what it leaves to the last one to say."""
    if figures := patterns(phrases).figures.fullmatch(last):
        begins = re.fullmatch(DAY_OR_MORE, first)
        _, month, year = figures.groups()
        own = f"{begins[1]}.{begins[2] or month}.{year}" if begins else first
        return _moment(own, phrases)
    date = patterns(phrases).date.fullmatch(last)
    day = re.fullmatch(rf"([0-9]{{1,2}}){ORDINAL}", first)
    if date and date["day"] and day:
        return _moment(day[1] + last[date.end("day") :], phrases)
    if date and date["month"]:
        shared = _moment(first + last[date.end("month_and_day") :], phrases)
        if shared or len(first) < 3:
            return shared
        return _moment(first + last[date.end("year") :], phrases) or _moment(first, phrases)
    if date and date["bc"] and first.isdecimal():
        return _moment(f"{first} {date['bc']}", phrases)
    return _moment(first, phrases)


def _moment(text: str, phrases: Phrases) -> Stretch | None:
    """Return from when to when one moment lasts."""
    said = patterns(phrases)
    if date := said.date.fullmatch(text):
        return _date(date, said)
    if figures := said.figures.fullmatch(text):
        day, month, year = map(int, figures.groups())
        return _day(year, month, day) if year and 1 <= month <= 12 else None
    if decade := said.decades.fullmatch(text):
        year = int(next(filter(None, decade.groups())))
        return (float(year), year + 10.0) if year >= CENTURY and year % 10 == 0 else None
    if century := said.centuries.fullmatch(text):
        return _century(century, bc=bool(century["bc"]))
    return None


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
        return _day(year, month + 1, int(day)) if count == 1 else None
    return year + month / 12, year + (month + count) / 12


def _century(said: re.Match[str], *, bc: bool) -> Stretch | None:
    number = number_of(next(filter(None, said.groups())).casefold())  # before the era stands which
    if not 1 <= number <= 99:
        return None
    first = 1.0 - number * 100 if bc else number * 100 - 99.0
    return first, first + 100.0
