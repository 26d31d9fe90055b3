"""The cells of a table as they were, and as they are now -> which headings are others now.

A card of a table asks for what stands below two headings, so a cell is known by them. A heading
that is another now is told from a row or column that was replaced by what stands beside it: where
more than half of the cells say what they said, only the heading changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from deckbuilder.slots import dataclass

Place = tuple[str, ...]  # the headings of a cell's row and column; () for what is in no table
Cell = tuple[str, Place]  # its words first
Line = dict[str, str]  # what the cells of a row say, by their columns, or of a column by its rows
SIDES = (0, 1)  # of rows, of columns


@dataclass(frozen=True, slots=True)
class Headings:
    """What became of the headings, of rows first, then of columns.

    `renamed`: what they are now, by what they were; `went` and `came`: all others that changed.
    `turned`: rows are columns now, and columns rows; all others are told as of a table turned then.
    """

    renamed: tuple[Mapping[str, str], ...] = ({}, {})
    went: tuple[Set[str], ...] = (frozenset(), frozenset())
    came: tuple[Set[str], ...] = (frozenset(), frozenset())
    turned: bool = False

    def is_same(self, old: Cell, new: Cell) -> bool:
        """Tell whether a cell is the same: where both its headings changed, it says the same."""
        (said, then), (says, now) = old, new
        if self.now(then) != now:
            return False
        return said == says or any(map(str.__eq__, self._turned(then), now))

    def is_beside(self, then: Place, now: Place) -> bool:
        """Tell whether two cells have a heading in common."""
        return any(map(str.__eq__, self.now(then), now))

    def is_added(self, place: Place) -> bool:
        """Tell whether a cell is in a row or a column that took no other's place."""
        return any(
            heading in came and not went
            for heading, came, went in zip(place, self.came, self.went, strict=False)
        )

    def is_removed(self, place: Place) -> bool:
        """Tell whether a cell was in a row or a column whose place no other took."""
        return any(
            heading in went and not came
            for heading, went, came in zip(place, self.went, self.came, strict=False)
        )

    def now(self, then: Place) -> Place:
        """Return where a cell is now, as far as headings changed alone."""
        pairs = zip(self._turned(then), self.renamed, strict=False)
        return tuple(renamed.get(heading, heading) for heading, renamed in pairs)

    def _turned(self, then: Place) -> Place:
        return then[::-1] if self.turned else then


def headings(old: Iterable[Cell], new: Iterable[Cell]) -> Headings:
    """Return what became of a table's headings; nothing is known of cells without them."""
    then, now = ({place: words for words, place in cells} for cells in (old, new))
    if not then or not now or any(len(place) != len(SIDES) for place in (*then, *now)):
        return Headings()
    if then.keys() != now.keys() == {place[::-1] for place in then}:
        return Headings(turned=True)
    before, today = ([_lines(cells, side) for side in SIDES] for cells in (then, now))
    renamed = [_renamed(before[side], today[side]) for side in SIDES]
    return Headings(
        tuple(renamed),
        tuple(before[side].keys() - today[side].keys() - renamed[side].keys() for side in SIDES),
        tuple(
            today[side].keys() - before[side].keys() - set(renamed[side].values()) for side in SIDES
        ),
    )


def _lines(cells: Mapping[Place, str], side: int) -> dict[str, Line]:
    """Return the rows, or the columns, of a table by their headings, in their order."""
    lines: dict[str, Line] = {}
    for place, words in cells.items():
        lines.setdefault(place[side], {})[place[1 - side]] = words
    return lines


def _differ(lines: Mapping[str, Line]) -> bool:
    """Tell whether what the lines have cells of differs in more than capitals, unlike Co and CO."""
    others = {other for line in lines.values() for other in line}
    return len({other.casefold() for other in others}) == len(others)


def _folded(lines: Mapping[str, Line]) -> dict[str, Line]:
    """Return lines by whose cells capitals make no difference."""
    return {
        heading: {other.casefold(): words for other, words in line.items()}
        for heading, line in lines.items()
    }


def _renamed(then: Mapping[str, Line], now: Mapping[str, Line]) -> dict[str, str]:
    """Return the headings that changed alone; who has more cells in common comes first."""
    if _differ(then) and _differ(now):
        then, now = _folded(then), _folded(now)
    gone = {old: line for old, line in then.items() if old not in now}
    come = {new: line for new, line in now.items() if new not in then}
    if not gone or not come:
        return {}
    kept = {other for line in then.values() for other in line}
    kept &= {other for line in now.values() for other in line}
    who: dict[tuple[str, str | None], list[int]] = {}  # says so; few do, so few are compared
    for at, line in enumerate(come.values()):
        for other in kept:
            who.setdefault((other, line.get(other)), []).append(at)
    shares, names = [], [*come]
    for index, (old, line) in enumerate(gone.items()):
        same = Counter(at for other in kept for at in who.get((other, line.get(other)), ()))
        shares += [(-n, index, at, old) for at, n in same.items() if 2 * n > len(kept)]
    renamed: dict[str, str] = {}
    taken: set[int] = set()
    for _, _, at, old in sorted(shares):
        if old not in renamed and at not in taken:
            renamed[old] = names[at]
            taken.add(at)
    return renamed
