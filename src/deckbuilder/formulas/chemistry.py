r"""What stands in `\ce{…}` -> atoms: a stated part of mhchem, as MathJax knows it.

Formulas with their numbers, charges and states; isotopes; sums and arrows between spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.formulas.mathml import (
    Atom,
    Unsettable,
    element,
    letter,
    number,
    operator,
    row,
    scripted,
    space,
    upright,
)

ARROWS = {"->": "⟶", "<-": "⟵", "<->": "⟷", "<=>": "⇌"}
PIECE = re.compile(
    r"(?P<state>\((?:aq|s|l|g)\))"
    r"|\^(?P<mass>\{\d+\}|\d+)(?:_(?P<order>\{\d+\}|\d+))?(?=[A-Z])"
    r"|(?P<symbol>[A-Z][a-z]?|e(?=\^?-))"
    r"|(?P<bracket>[()\[\]])"
    r"|(?P<number>\d+)"
    r"|\^(?P<charge>\{\d*[+-]\}|\d*[+-])"
    r"|(?P<sign>[+-])(?=$)"
    r"|(?P<dot>[*.])(?P<of>\d*)(?=[A-Z(])"
)
COUNT = re.compile(r"\d+(?:\.\d+)?(?=[A-Z(\[e^])")
APART = re.compile(r"(?<!\S)(\d+(?:\.\d+)?)\s+(?=[A-Z(\[e^])")  # from its substance, as in 2 H2


def read_chemistry(written: str) -> list[Atom]:
    r"""Return the atoms of a reaction, or of one substance.

    Raises:
        Unsettable: some of it is not of the part of mhchem that print knows.
    """
    atoms: list[Atom] = []
    for word in APART.sub(r"\1", written).split():
        if word in ARROWS:
            atoms.append(operator(ARROWS[word], "rel"))
        elif word == "+":
            atoms.append(operator("+", "bin"))
        else:
            atoms += _substance(word)
    return atoms


def _substance(word: str) -> Iterator[Atom]:
    """Yield the atoms of one word."""
    count = COUNT.match(word)
    if count:
        yield number(count[0])
        yield space(3 / 18)
    at, last = count.end() if count else 0, None
    while at < len(word):
        piece = PIECE.match(word, at)
        counted = piece and piece.lastgroup == "number" and last is None
        if not piece or counted:
            raise Unsettable(
                rf"print cannot read `{word[at:]}` within \ce",
                'docs/formulas.md shows what it reads; or write H~2~O, or `only = "deck"`',
            )
        at, kind = piece.end(), piece.lastgroup
        if last and kind != "number":
            yield last
            last = None
        if kind in ("symbol", "bracket"):
            last = _begun(piece)
        elif kind == "number":
            assert last
            yield scripted(last, number(piece["number"]).element, None)
            last = None
        else:
            yield from _rest(piece)
    if last:
        yield last


def _begun(piece: re.Match[str]) -> Atom:
    """Return what a number may follow."""
    if piece["symbol"]:
        return upright(piece["symbol"])
    return operator(piece["bracket"], "open" if piece["bracket"] in "([" else "close")


def _rest(piece: re.Match[str]) -> Iterator[Atom]:
    nothing = Atom("ord", element("mrow"))
    if piece["state"]:
        yield upright(piece["state"])
    elif piece["mass"]:
        order = number(piece["order"].strip("{}")).element if piece["order"] else None
        yield scripted(nothing, order, number(piece["mass"].strip("{}")).element)
    elif piece["dot"]:
        yield operator("⋅", "bin")
        if piece["of"]:
            yield from (number(piece["of"]), space(3 / 18))
    else:
        charge = (piece["charge"] or piece["sign"]).strip("{}")
        signs = [number(charge[:-1])] if charge[:-1] else []
        signs.append(letter("+" if charge[-1] == "+" else "−", "normal"))
        yield scripted(nothing, None, row(signs, small=True))
