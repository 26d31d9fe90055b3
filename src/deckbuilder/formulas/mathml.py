"""Atoms, as TeX knows them -> a row of MathML with the space between them that TeX would leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from xml.etree.ElementTree import Element

from deckbuilder.slots import dataclass

Class = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "inner", "space"]

# by the class on the left, then the one on the right: eighteenths of the size (The TeXbook,
# chapter 18); a negative number is left out of what is raised or lowered
COLUMNS = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")
SPACES: dict[Class, tuple[int, ...]] = {
    "ord": (0, 3, -4, -5, 0, 0, 0, -3),
    "op": (3, 3, 0, -5, 0, 0, 0, -3),
    "bin": (-4, -4, 0, 0, -4, 0, 0, -4),
    "rel": (-5, -5, 0, 0, -5, 0, 0, -5),
    "open": (0, 0, 0, 0, 0, 0, 0, 0),
    "close": (0, 3, -4, -5, 0, 0, 0, -3),
    "punct": (-3, -3, 0, -3, -3, -3, -3, -3),
    "inner": (-3, 3, -4, -5, -3, 0, -3, -3),
}

EM = 1.333  # of the size: what ziamath takes for an em


class Unsettable(ValueError):
    """A formula that print cannot set; `hint` is a way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula, and what it is to its neighbours."""

    kind: Class
    element: Element


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """Return an element of MathML with characters or elements in it."""
    made = Element(tag, attributes)
    for item in inside:
        if isinstance(item, str):
            made.text = item
        else:
            made.append(item)
    return made


def letter(character: str, variant: str = "") -> Atom:
    """Return one letter or sign: slanted if MathML would slant it and no `variant` is asked for."""
    attributes = {"mathvariant": variant} if variant else {}
    return Atom("ord", element("mi", character, **attributes))


def number(digits: str, variant: str = "") -> Atom:
    """Return a number."""
    return Atom("ord", element("mn", digits, mathvariant=variant or "normal"))


def upright(characters: str, kind: Class = "ord", variant: str = "normal") -> Atom:
    """Return words, or the name of a function."""
    return Atom(kind, element("mtext", characters, mathvariant=variant))


def operator(sign: str, kind: Class, *, stretchy: bool = False) -> Atom:
    """Return an operator without the space that MathML would leave around it."""
    form = {"open": "prefix", "close": "postfix"}.get(kind, "infix")
    grows = "true" if stretchy else "false"
    return Atom(kind, element("mo", sign, form=form, stretchy=grows, lspace="0em", rspace="0em"))


def space(width: float) -> Atom:
    """Return a space, in parts of the size."""
    return Atom("space", element("mspace", width=f"{width / EM:.4f}em"))


def scripted(base: Atom, lower: Element | None, upper: Element | None) -> Atom:
    """Return an atom with what stands below and above behind it."""
    if lower is not None and upper is not None:
        return Atom(base.kind, element("msubsup", base.element, lower, upper))
    if lower is not None:
        return Atom(base.kind, element("msub", base.element, lower))
    if upper is not None:
        return Atom(base.kind, element("msup", base.element, upper))
    return base


def row(atoms: Sequence[Atom], *, small: bool = False) -> Element:
    """Return atoms side by side; `small` ones, raised or lowered, stand closer."""
    made = Element("mrow")
    kinds = _settled([atom.kind for atom in atoms])
    if not atoms:
        made.append(space(0).element)
    left: Class | None = None
    for atom, kind in zip(atoms, kinds, strict=True):
        if left and kind != "space":
            width = SPACES[left][COLUMNS.index(kind)]
            if width > 0 or (width and not small):
                made.append(space(abs(width) / 18).element)
                if left in ("rel", "bin") and not small:
                    made[-1].set("linebreak", "goodbreak")
        made.append(atom.element)
        left = left if kind == "space" else kind
    return made


def _settled(kinds: list[Class]) -> list[Class]:
    """Return the classes, a binary sign that has nothing to join (as in −1) an ordinary one."""
    out = list(kinds)
    left: Class | None = None
    joined = -1  # the last binary sign, still without its right side
    for index, kind in enumerate(kinds):
        if kind == "space":
            continue
        if kind == "bin" and left in (None, "bin", "op", "rel", "open", "punct"):
            out[index] = "ord"
        elif kind in ("rel", "close", "punct") and left == "bin":
            out[joined] = "ord"
        left = out[index]
        joined = index if left == "bin" else joined
    if left == "bin":
        out[joined] = "ord"
    return out
