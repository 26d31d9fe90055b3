"""A formula's TeX -> words for a voice, and the signs that voices have words for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from deckbuilder.formulas.mathml import Unsettable
from deckbuilder.formulas.tex import read
from deckbuilder.phrases import Phrases

RAISED = {"2": "²", "3": "³", "′": "′", "″": "″", "∘": "°", "°": "°"}  # voices have words for these
CHARGE = re.compile(r"\d* ?[+−]")
LARGE = "∑∏∫∮"  # what has limits
DECIMAL = re.compile(r"(?<=\d) ([.,]) (?=\d)")
PAUSES = re.compile(r"( ?,)+")
BETWEEN = {"mtable": "; ", "mtr": ", "}  # rows, and what is in a row


def aloud(tex: str, say: Phrases) -> str:
    """Return what a voice says of a formula; its TeX if it is none that print could set."""
    try:
        said = _said(read(tex), say)
    except Unsettable:
        return tex
    said = DECIMAL.sub(r"\1", " ".join(said.split()).replace("⟶", "→"))
    return PAUSES.sub(",", said).strip(" ,")


def _said(element: Element, say: Phrases) -> str:
    """Return an element of MathML, its letters apart: side by side they would be a word."""
    parts = [" ".join(_said(child, say).split()) for child in element]
    match element.tag:
        case "msub":
            return _indexed(*parts)
        case "msup":
            return _raised(parts[0], parts[1], say)
        case "msubsup":
            base, lower, upper = parts
            if not base:  # of an element
                return f"{upper} {lower}"
            if base in LARGE:
                return f"{say.formula_limits.format(sign=base, low=lower, high=upper)},"
            return _raised(_indexed(base, lower), upper, say)
        case "mfrac":
            return _over(parts, say, stacked=element.get("linethickness") == "0")
        case "msqrt":
            return say.formula_root.format(of=_closed(parts[0]))
        case "mroot":
            named = {"2": say.formula_root, "3": say.formula_cube_root}
            form = named.get(parts[1], say.formula_nth_root)
            return form.format(degree=parts[1], of=_closed(parts[0]))
        case "mover" if parts[1] == "→":  # a vector is called by its letter
            return parts[0]
    if element.tag in BETWEEN:
        return BETWEEN[element.tag].join(parts)
    upright = [*map(_upright, element), False]
    apart = ("" if one and next_one else " " for one, next_one in pairwise(upright))
    return (element.text or "") + "".join(map("".join, zip(parts, apart, strict=True)))


def _upright(element: Element) -> bool:
    """Tell whether it is a letter of a word or a unit, not one that stands for something."""
    return element.get("mathvariant") == "normal" and (element.text or "").isalpha()


def _indexed(base: str, lower: str) -> str:
    """Return a letter and its index; behind the name of a function, or a sign, comes a pause."""
    return f"{base} {lower}" if len(base) < 2 else f"{base} {lower},"


def _raised(base: str, upper: str, say: Phrases) -> str:
    if upper in RAISED:
        return base + RAISED[upper]
    if not base or CHARGE.fullmatch(upper):  # of an element, too: its mass, its charge
        return f"{base} {upper}"
    return say.formula_power.format(base=base, power=_closed(upper))


def _over(parts: Sequence[str], say: Phrases, *, stacked: bool) -> str:
    above, below = parts
    if stacked:
        return f"{above}, {below}"
    if above.isdigit() and below.isdigit():
        return f"{above}/{below}"
    return say.formula_over.format(above=_closed(above), below=_closed(below))


def _closed(said: str) -> str:
    """Return a part of a formula with a pause behind it, if it is more than one sign."""
    return f"{said}," if " " in said else said
