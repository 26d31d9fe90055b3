"""A text -> what in it was meant to be raised or lowered and is not, or more than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from deckbuilder.text.markdown import ESCAPED, parse
from deckbuilder.text.tree import Code, Math, Sub, Sup, Text, Words, plain

# without one of them there is nothing to find
NEEDED = (b"~", b"^", re.compile(rb"_\d"), re.compile(rb"<su[bp]>"))
PERHAPS = re.compile(r"[~^]|_\d|<su[bp]>")
ELEMENT = (
    "(?:H|He|Li|Be|B|C|N|O|F|Na|Mg|Al|Si|P|S|Cl|K|Ca|Cr|Mn|Fe|Co|Ni|Cu|Zn|As|Se|Br|Ag|Sn|I|Ba"
    "|Au|Hg|Pb)(?![a-z])"
)
SUBSTANCE = rf"(?<![\w/\\.@()\[\]-])(?![A-Z]{{4}})[\d(\[]*(?:{ELEMENT}[\d()\[\]]*)+"  # not HEAD
APART = r"(?<![\w/\\.@-])"
LOWERED = re.compile(
    rf"(?:{SUBSTANCE}[_~]\d{{1,3}}|{APART}(?:[A-Z]~\d|(?:[A-Za-zΑ-Ωα-ω]|log)_\d{{1,2}}))"
    r"(?![a-z\d_]|\.[a-z])"  # a name, as of a file
)
# a charge, a power; behind four capitals, and between letters, it may be code: HEAD^2, a^b
POWER = re.compile(r"(?<=[\w)\]])\^[+−–-]|(?<=[^\W_)\]])(?<![A-Z]{4})\^\d|(?<=\d)\^[^\W_]")
TAGGED = re.compile(r"<(su[bp])>[^<>]{1,60}</\1>")
# begins as a power or a charge, and goes on: `2+/SO4`, or `5-10` of the range `10^5-10^6`
BEYOND = re.compile(r"[+−–-]?\d[\d.,]*[+−–-]+\d|[\d+−–-][\d.,+−–-]*+.")
LETTER = re.compile(r"[^\W\d_]")
CHARGED = re.compile(r"\d*[+−–-].")
CHARGE = re.compile(r"[+−–-](?![^\W_])")
TEN, BELOW_ONE = re.compile(r".*(?<!\d)10"), re.compile(r"[−–-]\d")  # as in 10^-7–10^-6
SIGNS = {Sup: "^", Sub: "~"}
POINT = "·"  # stands for a sign that is meant itself, which is punctuation as well
BRACKETED = rf"\([^\s{POINT}()]*\)|\[[^\s{POINT}\[\]]*\]"
WORD = re.compile(rf"[^\s{POINT}()\[\]](?:[^\s{POINT}()\[\]]|{BRACKETED})*")

CLOSE = r"close each mark: H~2~O, x^2^, Na^+^/K^+^; a sign that is meant itself is written \~ or \^"
WRITE = "write what is lowered as H~2~O, what is raised as x^2^, a formula as $…$, code as `…`"


def unraised(value: str) -> tuple[str, str, str] | None:
    """Return the first such part of a value, what is told of it, and the way out; else None."""
    if not PERHAPS.search(value):
        return None
    text = _parsed(value)
    for node in _overlong(text):
        how = "raised" if isinstance(node, Sup) else "lowered"
        return _typed((node,)), f"is read as a pair of marks: all between them is {how}", CLOSE
    said = _typed(text, masked=True)
    found = POWER.search(said) or LOWERED.search(said) or TAGGED.search(said)
    if not found:
        return None
    half = found[0].startswith("^") or "~" in found[0]
    part = _around(*found.span(), text)
    return part, "is shown as it is typed", CLOSE if half else WRITE


def _overlong(text: Text) -> Iterator[Sup | Sub]:
    """Yield what is raised or lowered between two marks that each lack their own fellow."""
    for node, behind in pairwise((*text, Words(""))):
        if isinstance(node, Sup | Sub):
            after = behind.text if isinstance(behind, Words) else ""
            if _goes_on(plain(node.inside), after, raised=isinstance(node, Sup)):
                yield node
        elif not isinstance(node, (Words, Code, Math)):
            yield from _overlong(node.inside)


def _goes_on(inside: str, after: str, *, raised: bool) -> bool:
    """Tell whether a part is too long, as `+/K` in `Na^+/K^+`: another number or charge follows."""
    if not raised:
        return inside[:1].isdigit() and after[:1].isdigit() and bool(LETTER.search(inside))
    if after[:1].isdigit() or (BELOW_ONE.match(after) and TEN.fullmatch(inside)):
        return BEYOND.match(inside) is not None
    capital = any(map(str.isupper, inside))
    return capital and bool(CHARGED.match(inside)) and bool(CHARGE.match(after))


def outside(value: str) -> str:
    """Return what stands outside formulas and code, a 0 for each, as it was typed."""
    return _typed(_parsed(value))


def _parsed(value: str) -> Text:
    """Return the text of a value, with a point for each sign that is meant itself."""
    return parse(ESCAPED.sub(POINT, value), with_gaps=True)


def _typed(text: Text, hole: str = "0", *, masked: bool = False) -> str:
    """Return what was typed, a hole for each formula and code.

    `masked`: with as many in the place of what is raised or lowered.
    """
    out = []
    for node in text:
        if isinstance(node, Words):
            out.append(node.text)
        elif isinstance(node, (Code, Math)):
            out.append(hole)
        else:
            sign = SIGNS.get(type(node), "")
            said = f"{sign}{_typed(node.inside, hole, masked=masked)}{sign}"
            out.append(hole * len(said) if masked and sign else said)
    return "".join(out)


def _around(start: int, end: int, text: Text) -> str:
    """Return the words of which a part is, as they were typed: with both brackets or none.

    Where code or a formula is among them, the last word alone, as the sign stands in it.
    """
    said = _typed(text, hole=POINT)
    own = [word.span() for word in WORD.finditer(said) if word.end() > start and word.start() < end]
    part = said[own[0][0] : own[-1][1]]
    return part.split(POINT)[-1].strip(",.;:!? ")
