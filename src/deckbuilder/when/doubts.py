"""A `when` that is no time, or may be two -> what is amiss with it, and how to write it."""

from __future__ import annotations

import re

from deckbuilder.phrases import Phrases
from deckbuilder.phrases.times import UNSPLIT, Patterns, patterns
from deckbuilder.when.moments import CENTURY, LAST_YEAR, moment, short, staged
from deckbuilder.when.reading import DASH, pair, parted, read_when, tidy, unsplit

SHORT_YEAR = re.compile(r"(?<![0-9])[0-9]{1,2}$")
FIGURES = re.compile(r"[0-9]{1,2}/[0-9]+|[0-9]+/[0-9]")  # more like a month than two years


def refused(value: object, phrases: Phrases) -> tuple[str, str]:
    """Return what is amiss with a value that cannot be read as a time, and the way out."""
    text = tidy(value) if isinstance(value, str) else ""
    if unclear := text and _doubt(text, phrases):
        return "can be read as two times", unclear
    if open_ := text and _open(text, phrases):
        return "lacks its end", open_
    if two := text and _two(text, phrases):
        return "names two times", two
    way = f"write a year (1922; -44 is 44 {phrases.bc[0]}; {LAST_YEAR} is the last), "
    return "cannot be read as a time", f"{way}a date (1922-04-16), or words: {forms(phrases)}"


def forms(phrases: Phrases) -> str:
    """Return the forms of the grammar in the words of a language, for who has to write one."""
    month, decade = f"{phrases.months[3]} 1922", phrases.decade[0].format("1930")
    day = phrases.date.format(day=16, month=phrases.months[3], year=1922)
    century = phrases.century[0].format(phrases.sixteenth)
    shown = ", ".join(f'"{form}"' for form in (day, month, "1919–33", decade, century))
    about = (phrases.circa, phrases.before, phrases.after, phrases.since, phrases.until)
    near = (*about, *phrases.stages[:3], phrases.bc, phrases.ad)
    return f"{shown}, with {', '.join(words[0] for words in near)}"


def _doubt(text: str, phrases: Phrases) -> str:
    """Return how to say what a text leaves in doubt, or "" if it cannot be read for another cause.

    A winter of one year may be the one that the year begins with, or ends with; a short year
    may be of our century, or a day, a short decade of any century.
    """
    said = patterns(phrases)
    opening = said.opening.fullmatch(text)
    time = staged(unsplit(opening["time"] if opening else text, said), said)[1]
    time = text[len(text) - len(time) :]  # as it is typed
    opens = text.removesuffix(time)
    if hundred := _hundred(text, phrases):
        return hundred
    winters = _winters(time, said)
    if winters:
        return 'it lies in two years: write "{}" or "{}"'.format(
            *(opens + each for each in winters)
        )
    if decade := said.decades.fullmatch(unsplit(time, said)):
        year = next(filter(None, decade.groups()))
        form = opens + time.replace(year, f"19{int(year):02}")
        told = f'a decade so short needs its century: write "{form}"'
        return told if int(year) < CENTURY and read_when(form, phrases) else ""
    short_year = SHORT_YEAR.search(text)
    if not short_year or FIGURES.fullmatch(time):
        return ""
    years = (f"19{int(short_year[0]):02}", f"{short_year[0]} {phrases.ad[0]}")
    either = _either([text[: short_year.start()] + year for year in years], phrases)
    return either and f"a year so short needs its century, or its era: write {either}"


def _hundred(text: str, phrases: Phrases) -> str:
    """Return how to write a decade that may be all of a century, "1800s", "" if a text has none."""
    said = patterns(phrases)

    def century(decade: re.Match[str]) -> str:
        number = int(decade[1]) // 100 + 1
        return phrases.century[0].format(phrases.sixteenth.replace("16", f"{number}"))

    def year(end: str, more: int) -> str:
        hundred = said.hundreds.fullmatch(staged(end, said)[1])
        return f"{int(hundred[1]) + more}" if hundred else end

    if not said.hundreds.search(text):
        return ""
    opening = said.opening.fullmatch(text)
    time = unsplit(opening["time"], said) if opening else text
    ends = parted(time, said.ranges) or DASH.split(time)
    years = f"{year(ends[0], 0)}–{year(ends[-1], 9)}".replace(UNSPLIT, "-")
    forms = [text[: len(text) - len(time)] + years, said.hundreds.sub(century, text)]
    either = _either(forms, phrases)
    return either and f"it may be ten years or a hundred: write {either}"


def _either(forms: list[str], phrases: Phrases) -> str:
    """Return those of some forms that can be read, "" if none can."""
    return " or ".join(f'"{form}"' for form in forms if read_when(form, phrases))


def _winters(value: str, said: Patterns) -> list[str]:
    """Return the two winters that a winter of one year may be; none if it is something else."""
    date = said.date.fullmatch(value)
    if not date or not date["month"] or date["next"] or date["bc"] or date["day"]:
        return []
    year, behind = int(date["year"]), value[date.end("year") :]
    years = (f"{first}/{(first + 1) % 100:02}" for first in (year - 1, year))
    forms = [value[: date.start("year")] + both + behind for both in years]
    return forms if all(moment(form, said) for form in forms) else []


def _open(text: str, phrases: Phrases) -> str:
    """Return how to write a range of which only the beginning is said, "" if it is none."""
    ends = parted(text, patterns(phrases).ranges) or DASH.split(text, 1)
    since = f"{phrases.since[0]} {ends[0]}"
    if len(ends) < 2 or re.search("[0-9]", ends[1]) or not read_when(since, phrases):
        return ""
    return f'write what it lasts to as a time, or "{since}"'


def _two(text: str, phrases: Phrases) -> str:
    """Return how to write two times that are no neighbours, "" if a text has none such."""
    said = patterns(phrases)
    ends = pair(text, said)
    range_ = "–".join(ends)
    stage, time = staged(text, said)
    days = FIGURES.fullmatch(time) or all(short(staged(end, said)[1]) for end in ends)
    if not ends or days or stage or not read_when(range_, phrases):
        return ""
    return f'only neighbours stand so: write a range, "{range_}", or a fact for each'
