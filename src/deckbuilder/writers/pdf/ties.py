"""A text -> the spaces of it at which no line ends, and where it is parted if it has no room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from deckbuilder.phrases import LETTERS, PHRASES

TIE = "\u00a0"
_SAY = tuple(PHRASES.values())


def _any(of: Iterable[str]) -> str:
    """Return a pattern of any of some words."""
    return "|".join(re.escape(word) for word in sorted(set(of)))


def _behind(of: Iterable[str]) -> str:
    """Return a pattern of what stands behind any of some words and a space."""
    by_length = groupby(sorted(set(of), key=len), key=len)
    return "(?:" + "|".join(rf"(?<=\b(?:{_any(words)}) )" for _, words in by_length) + ")"


def _inner(phrases: Iterable[str]) -> str:
    """Return a pattern of the spaces within phrases; what follows is looked for first."""
    parted = [phrase.split(" ") for phrase in sorted(set(phrases))]
    at = sorted(
        (" ".join(words[n:]), " ".join(words[:n])) for words in parted for n in range(1, len(words))
    )
    by_end = groupby(at, key=lambda ends: ends[0])
    spaces = (rf"(?={re.escape(end)}){_behind(first for _, first in of)}" for end, of in by_end)
    return rf"(?={_any(end for end, _ in at)})(?:{'|'.join(spaces)})"


_MONTHS = {month for say in _SAY for month in say.months}
_SHORT = {month for say in _SAY for names in say.short_months for month in names.split()}
_AFTER_MONTH = _behind(_MONTHS | {f"{month}." for month in _SHORT})
# but "v. u. Z." and such: their letters begin too many words
_ERAS = {era for say in _SAY for era in (*say.bc, *say.ad) if {*era} & {*"CD"}}
ERA = rf"(?:{_any(_ERAS)})(?!\w)"
_SPACED = _any(era for era in _ERAS if " " in era)
_CENTURIES = {form[3:] for say in _SAY for form in say.century if form.startswith("{} ")}
# of several, or in the genitive: "des 20. Jahrhunderts"
_LATER = {form[3:] for say in _SAY for form in say.centuries if form.startswith("{} ")}
_LATER |= {f"{century}s" for century in _CENTURIES if century.isalpha()}
_COUNTS = {count for say in _SAY for count in (*say.millions, *say.hours)}
_PARTED = _ERAS | {hour for say in _SAY for hour in say.hours}
# what any of them begins with, or goes on with behind a space
_BEGUN = "".join(sorted({word[0] for phrase in _PARTED for word in phrase.split(" ")}))
# what a number is of, whatever is raised behind it; no letter that may be a word, as in "In 1919 A
# treaty": "10 A" is of a current where no word follows
_UNIT = (
    f"(?:(?![{LETTERS.upper()}] [^\\W\\d_])(?:"
    "[°%‰€£$¥]|(?:(?:[kMGTdcmµμnhp]|da)?(?:[mgslLAKJWVNCFTHtΩB]|Pa|Hz|mol|bar|eV|Wh|Bq|Sv)"
    "|min|h|ha|dB|ppm|ft|lb|oz|mi|mph)(?![^\\W\\d_²³¹⁰-⁹]|[’'])))"
)
# the number of a century, of a ruler and the like; "I" alone is mostly a word
_ROMAN = (
    r"(?=[IVX])(?:I(?:er|re)\b(?! s(?:iècle|\.))|(?!I\b)X{0,3}(?:IX|IV|V?I{0,3})(?!\w|[’'](?!s\b)))"
)
# abbreviations before a number: of places, of "about" and of eras; words that a number names
_PLACES = {f"{place}." for say in _SAY for place in say.places}
_PARTS = {f(part) for say in _SAY for part in say.parts for f in (str, str.capitalize)}
_NAMED = _PARTS | {form[:-3] for say in _SAY for form in say.century if form.endswith(" {}")}
_BEFORE = _behind(
    _PLACES
    | _NAMED
    | {word for say in _SAY for word in say.circa if word.endswith(".")}
    | {era for say in _SAY for era in say.ad}
)
# the spaces of rulers and of centuries
_ROMANS = (
    rf"(?={_ROMAN})(?:(?<=[^\W\d_] )|{_behind(_PLACES)})|(?=I\b){_behind(_NAMED)}"
    rf"|(?=(?:{_any(_CENTURIES | _LATER)})(?!\w))(?:(?<=[IVX] )|(?<=[IVX][eᵉ] )|(?<=Ier ))"
    rf"|(?=(?:{_any(_LATER)})(?!\w))(?:(?<=\d[.eᵉ] )|(?<=\d[a-z][a-z] ))"
)
# spaces at which no line ends: within a date, a time of day, a large number, a power of ten, a
# ratio or an angle, between a number and its unit, behind "c." and "p."; what is looked for first
# is the space, not what stands around it: 12 times as fast
TIED = re.compile(
    rf" (?:(?<=[\d²³¹⁰-⁹] )(?={_UNIT}|(?:{_any(_COUNTS)})(?!\w)|\d{{3}}(?!\d)|: \d|× 10)"
    rf"|(?:(?<=\d )|(?<=[\dº][^\w,;] )|(?<=[\d.][a-zº] )|(?<=\d[a-z][a-z] )"
    rf"|(?<=[\dºa-z] (?:de|of) ))"
    rf"(?=(?:de |of )?(?:{_any(_MONTHS | _SHORT | _CENTURIES)})(?!\w))"
    rf"|(?=\d)(?:{_BEFORE}|(?<=× )(?=10)|(?<=\d : )|(?<=[§№°ºᵒ′″] )|(?<=\d h )(?=\d\d\b)"
    rf"|(?:(?<= de )|(?<=[a-z.] \d, )|(?<=[a-z.] \d\d, ))(?=\d{{3,4}}\b|\d+ {ERA}))"
    rf"|(?=(?:de )?\d{{1,4}}\b){_AFTER_MONTH}|(?=[NSEWO]\b)(?<=[°′″] )"
    rf"|{_ROMANS}|(?=[{re.escape(_BEGUN)}])(?:{_inner(_PARTED)}|(?={_SPACED})"
    rf"|(?:(?<=\d )|{_behind(_CENTURIES)})(?={ERA})))"
)
# the spaces before a stroke between lines of verse; those that are typed in French alone, before a
# sign and inside guillemets; in German those
# open and close the other way, without a space: »so«
SET_OFF = re.compile(r" (?:(?=[?!:;»](?!\w))|(?=/ )|(?<=« )(?<![^\s(\['’–—]« ))")
# from the dash that opens an aside to the space before the one that closes it
ASIDE = re.compile(r"( ([–—]) [^–—]*) (?=\2(?!\w))")
# the spaces of abbreviations, and behind those before a name
SHORTENED = re.compile(
    rf" (?:{_inner(short for say in _SAY for short in say.shortened)}"
    rf"|(?=[^\W\d_a-zß-ÿ]){_behind(title for say in _SAY for title in say.titles)})"
)
# where a word that is wider than its line is parted, the best places first: a date before its year,
# then what is tied but behind a short word or beside a sign, a name or a number behind the hyphens
# that it has
SEAMS = (
    re.compile(rf"(?<=[^\W\d]|,)(?<!\bde){TIE}(?=(?:de{TIE})?\d)"),
    re.compile(rf"(?<![.º«])(?<!\bde)(?<!\bof){TIE}(?![?!:;»–—])"),
    re.compile(TIE),
    re.compile(r"(?<=[^\W_][-\u2010–—])(?=[^\W_])"),
)
LONGEST_DATE = 10.0  # × its size: what is tied, and wider, may part where a column is narrow
# bytes of UTF-8, without which nothing is tied: of numbers, the first of each digit, those of Roman
# ones, and "C." as in "the first century BC"; of signs, the last
NUMBERS = b"0123456789CIVX\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0"
SIGNS = b"?!:;\xab\xbb\x93\x94"
NUMBER, SIGN = 1, 2
KINDS = bytes(NUMBER if n in NUMBERS else SIGN if n in SIGNS else 0 for n in range(256))


@cache
def _loose() -> re.Pattern[str]:
    """Return what finds spaces whose ties part first. Compiled on demand: few decks need it."""
    return re.compile(rf" (?:{_ROMANS}|(?=\d){_behind(_NAMED)})|{SHORTENED.pattern}")


def loosened(text: str) -> str:
    """Return a tied text, the ties of names, chapters, abbreviations as spaces.

    Those of dates and numbers stay: nobody reads one well in two lines.
    """
    letters = [*text]
    for found in _loose().finditer(text.replace(TIE, " ")):
        letters[found.start()] = " "
    return "".join(letters)


def tied(text: str) -> str:
    """Return a text, its spaces at which no line ends as ties.

    Hardly any text has one: bytes tell that 10 times as fast as patterns, of 6 texts for each fact.
    """
    kinds = text.encode().translate(KINDS)
    if NUMBER in kinds:
        text = TIED.sub(TIE, text)
    if ". " in text:
        text = SHORTENED.sub(TIE, text)
    if SIGN in kinds or " / " in text:
        text = SET_OFF.sub(TIE, text)
        if " –" in text or " —" in text:
            text = ASIDE.sub(rf"\1{TIE}", text)
    return text
