"""The cells of a table as they were, and as they are now -> which headings are others now.

A card of a table asks for what stands below two headings, so a cell is known by them. A heading
that is another now is told from a row or column that was replaced by what stands beside it: where
more than half of the cells say what they said, only the heading changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deckbuilder.slots import dataclass

Place = tuple[str, ...]  # the headings of a cell's row and column; () for what is in no table
Cell = tuple[str, Place]  # its words first
ROWS, COLUMNS = SIDES = (0, 1)


@dataclass(frozen=True, slots=True)
class Headings:
    """What became of the headings, of rows first, then of columns.

    `renamed`: what they are now, by what they were; `went` and `came`: all others that changed.
    """

    renamed: tuple[Mapping[str, str], ...] = ({}, {})
    went: tuple[Sequence[str], ...] = ((), ())
    came: tuple[Sequence[str], ...] = ((), ())

    def is_same(self, old: Cell, new: Cell) -> bool:
        """Tell whether a cell is the same: where both its headings changed, it says the same."""
        (said, then), (says, now) = old, new
        if self.now(then) != now:
            return False
        return said == says or any(map(str.__eq__, then, now))

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
        pairs = zip(then, self.renamed, strict=False)
        return tuple(renamed.get(heading, heading) for heading, renamed in pairs)


def headings(old: Iterable[Cell], new: Iterable[Cell]) -> Headings:
    """Return what became of a table's headings; nothing is known of cells without them."""
    then, now = ({place: words for words, place in cells} for cells in (old, new))
    if not then or not now or any(len(place) != len(SIDES) for place in (*then, *now)):
        return Headings()
    gone = [_but(then, now, side) for side in SIDES]
    come = [_but(now, then, side) for side in SIDES]
    renamed = [_renamed(then, now, side, gone[side], come[side]) for side in SIDES]
    return Headings(
        tuple(renamed),
        tuple([h for h in gone[side] if h not in renamed[side]] for side in SIDES),
        tuple([h for h in come[side] if h not in renamed[side].values()] for side in SIDES),
    )


def _but(some: Iterable[Place], others: Iterable[Place], side: int) -> list[str]:
    """Return the headings of some cells that others have not, in their order."""
    known = {place[side] for place in others}
    return [heading for heading in dict.fromkeys(p[side] for p in some) if heading not in known]


def _renamed(
    then: Mapping[Place, str], now: Mapping[Place, str], side: int, gone: list[str], come: list[str]
) -> dict[str, str]:
    """Return the headings that changed alone; who has more cells in common comes first."""
    kept = {place[1 - side] for place in then} & {place[1 - side] for place in now}
    shares = []
    for old in gone:
        said = {p[1 - side]: words for p, words in then.items() if p[side] == old}
        for new in come:
            says = {p[1 - side]: words for p, words in now.items() if p[side] == new}
            same = sum(says.get(other) == said.get(other) for other in kept)
            if 2 * same > len(kept):
                shares.append((-same, old, new))
    renamed: dict[str, str] = {}
    for _, old, new in sorted(shares, key=lambda share: share[0]):
        if old not in renamed and new not in renamed.values():
            renamed[old] = new
    return renamed
