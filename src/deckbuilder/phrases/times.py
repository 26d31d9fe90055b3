"""The words of a language -> the patterns of the times that are written in it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from deckbuilder.phrases.fields import Phrases

UNSPLIT = "\u2011"  # stands for a hyphen within a word, so that no range is seen there
# shares of a time: early, middle, late; the first half, the second one
STAGES = ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.0), (0.0, 1 / 2), (1 / 2, 1.0))
ORDINAL = "(?:st|nd|rd|th|er|º|\\.[ºo]?)?"
SPRING, SEASON = 2, 3  # the month it begins in, January being 0, and how many one has
FIGURES = r"([0-9]{1,2})[./] ?([0-9]{1,2})[./] ?([0-9]{4})"
ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")


class Patterns(NamedTuple):
    """The patterns of one language."""

    opening: re.Pattern[str]  # what makes a time uncertain, and the rest
    end: re.Pattern[str]  # of a range: what may stand before a time, a stage of it, and the time
    stages: dict[str, tuple[float, float]]  # by name: which share of a time
    hyphens: re.Pattern[str]  # words whose hyphens part nothing
    months: dict[str, tuple[int, int]]  # by name: which, January being 0, and how many
    date: re.Pattern[str]
    month_first: re.Pattern[str] | None  # a date that begins so, where there are such
    figures: re.Pattern[str]
    ranges: tuple[re.Pattern[str], ...]
    pairs: tuple[re.Pattern[str], ...]
    decades: re.Pattern[str]
    hundreds: re.Pattern[str]  # decades that may be centuries
    centuries: re.Pattern[str]
    named: re.Pattern[str]  # a century, or one of two: "16th century", "17th centuries"
    unnamed: re.Pattern[str]  # one that leaves the word to the other


@cache
def patterns(phrases: Phrases) -> Patterns:
    """Return the patterns of a language."""

    def any_of(options: tuple[str, ...], slot: str = "") -> str:
        """Return a pattern of the options, with the slot's where they have braces."""
        escaped = (re.escape(option.replace("-", UNSPLIT)) for option in options)
        return "|".join(option.replace(r"\{\}", slot) for option in escaped)

    months = _months(phrases)
    ad, names = any_of(phrases.ad), any_of(tuple(months))
    gap = r"(?:\ |(?<=[.’'])(?!\w\.))"  # "c.1922", but not the first letter of "C.E. 9"
    near = rf"(?:(?:{any_of(phrases.circa)}){gap})?(?:(?:{any_of(phrases.within)}){gap})?"
    opening = rf"""(?:(?:(?P<before>{any_of(phrases.before)})|(?P<after>{any_of(phrases.after)})
                   |(?P<open>{any_of(phrases.since + phrases.until)})|{any_of(phrases.circa)}){gap}
                   )?(?P<time>.+)"""
    stages = {
        name.replace("-", UNSPLIT).casefold(): STAGES[n]
        for n, names in enumerate(phrases.stages)
        for name in names
    }
    end = rf"""{near}(?:(?P<stage>{any_of(tuple(stages))})(?:\ |(?<={UNSPLIT}))
               (?:(?:{any_of(phrases.of)}){gap})?(?:(?:{any_of(phrases.within)}){gap})?)?
               (?P<time>.+)"""
    era = rf"(?:\ ?(?:(?P<bc>{any_of(phrases.bc)})|(?P<ce>{ad})))?"
    behind = rf"\ (?P<day_behind>[0-9]{{1,2}}){ORDINAL}(?=,?\ )"
    if not phrases.month_first:
        behind = "(?P<day_behind>(?!))"
    date = rf"""(?:(?:(?P<day>[0-9]{{1,2}}){ORDINAL}\ (?:de\ |del\ |of\ )?)?  # "16", "16th of"
                (?P<month_and_day>(?P<month>{names})\.?(?(day)|(?:{behind})?)),?
                \ (?:de\ |del\ |of\ )?)?
                (?P<ad>(?:{ad})\ ?)?  # or else the era stands behind
                (?P<year>[0-9]{{1,4}})
                (?:(?(month)[/–-]|/)(?P<next>[0-9]{{2,4}}))?  # "1959/60", "winter 1959–60"
                (?(ad)|{era})"""
    which = rf"([0-9]{{1,2}}|[xvi]+)(?:{ORDINAL}|e|ème|ᵉ|ᵉʳ)"
    century, either = (
        any_of(words, which) for words in (phrases.century, phrases.century + phrases.centuries)
    )
    flags = re.IGNORECASE | re.VERBOSE
    return Patterns(
        re.compile(opening, flags),
        re.compile(end, flags),
        stages,
        _hyphens(phrases),
        months,
        re.compile(date, flags),
        re.compile(rf"(?:{names})\.?{behind},?\ [0-9].*", flags) if phrases.month_first else None,
        re.compile("(?!)" if phrases.month_first else FIGURES),
        tuple(re.compile(any_of((form,), "(.+)"), flags) for form in phrases.ranges),
        tuple(re.compile(any_of((form,), "(.+)"), flags) for form in phrases.pairs),
        re.compile(any_of(phrases.decade, "([0-9]{1,4})"), flags),
        re.compile(any_of(phrases.hundreds, "(1[0-9]00)") or "(?!)", flags),
        *(re.compile(f"(?:{form}){era}", flags) for form in (century, either, which)),
    )


def _hyphens(phrases: Phrases) -> re.Pattern[str]:
    words = (*phrases.bc, *phrases.ad, *phrases.decade, *sum(phrases.stages, ()))
    hyphened = (re.escape(word.replace("{}", "")) for word in words if "-" in word)
    return re.compile("|".join(hyphened) or "(?!)", re.IGNORECASE)


def _months(phrases: Phrases) -> dict[str, tuple[int, int]]:
    """Return by every name of a month, or a season, which it is, January being 0, and how many."""
    named = {name.casefold(): (n, 1) for n, name in enumerate(phrases.months)}
    for n, names in enumerate(phrases.short_months):
        named |= {name.casefold(): (n, 1) for name in names.split()}
    for n, names in enumerate(phrases.seasons):
        named |= {name.casefold(): (SPRING + SEASON * n, SEASON) for name in names.split()}
    return named


def number_of(ordinal: str) -> int:
    """Return which century an ordinal names, 0 if it is none."""
    if ordinal.isdecimal():
        return int(ordinal)
    roman = ROMAN.fullmatch(ordinal)
    if not roman:
        return 0
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return 10 * len(roman[1]) + ones.index(roman[2])
