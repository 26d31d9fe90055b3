"""A text -> the characters by which it is read where nothing sets a formula, or raises a letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from deckbuilder.content import Content, texts
from deckbuilder.formulas.mathml import Unsettable
from deckbuilder.formulas.tex import read
from deckbuilder.text.raised import LOWERED, RAISED, each, script
from deckbuilder.text.tree import Code, Inline, Math, Sub, Sup, Text, Words

# what stands above a letter -> the same, joined to the letter before it
JOINED = dict(zip("ˆ\u02dc¯→˙¨", "\u0302\u0303\u0304\u20d7\u0307\u0308", strict=True))
LEAST = 0.1  # em: narrower spaces only keep a fraction from its neighbours
# a number, or a letter with what is raised or lowered behind it
ONE = re.compile(r"\d+(?:[.,]\d+)?|\w[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱ₀-₉′″]*")
BETWEEN = {"mtr": ", ", "mtable": "; "}


def legible_content(content: Content) -> str:
    """Return the characters of a content, its blocks and items set apart by spaces."""
    return " ".join(" ".join(map(legible, texts(content))).split())


def legible(text: Text) -> str:
    """Return the characters of a text; a formula as its TeX where no others tell what it says."""
    return "".join(map(_legible, text))


def _legible(node: Inline) -> str:
    match node:
        case Words() | Code():
            return node.text
        case Math():
            return _formula(node.tex)
        case Sub() | Sup():
            return script(legible(node.inside), raised=isinstance(node, Sup))
        case _:
            return legible(node.inside)


def _formula(tex: str) -> str:
    try:
        return " ".join(_read(read(tex)).split())
    except Unsettable:
        return tex


def _read(element: Element) -> str:
    """Return an element of MathML in one line.

    Raises:
        Unsettable: a line cannot tell what it says.
    """
    parts = [_read(child) for child in element]
    match element.tag:
        case "mspace":
            return " " * (float(element.get("width", "").removesuffix("em")) > LEAST)
        case "msub":
            return parts[0] + _script(parts[1], LOWERED, "_")
        case "msup":
            return parts[0] + _script(parts[1], RAISED, "^")
        case "msubsup":
            return parts[0] + _script(parts[1], LOWERED, "_") + _script(parts[2], RAISED, "^")
        case "mfrac" if element.get("linethickness") != "0":
            return "/".join(map(_grouped, parts))
        case "msqrt":
            return f"√{_grouped(parts[0])}"
        case "mroot":
            return f"{_script(parts[1], RAISED, '^')}√{_grouped(parts[0])}"
        case "mover" | "munder" | "mfrac":
            return _stacked(*parts)
    return (element.text or "") + BETWEEN.get(element.tag, "").join(parts)


def _stacked(below: str, above: str) -> str:
    if len(below) != 1 or above not in JOINED:
        raise Unsettable("what stands above something else has no character", "")
    return below + JOINED[above]


def _script(said: str, table: Mapping[str, str], mark: str) -> str:
    """Return what is raised or lowered, behind a mark where there are no characters for it."""
    return each(said, table) or f"{mark}{_grouped(said)}"


def _grouped(said: str) -> str:
    """Return a part of a formula so that its end is plain."""
    return said if ONE.fullmatch(said) else f"({said})"
