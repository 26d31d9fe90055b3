"""A lock that dates something after now -> why it is not released, and how to have it dated now."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.briefly import some
from deckbuilder.clock import day, is_ahead
from deckbuilder.problems import Obstacle
from deckbuilder.publishing.lost import dated_anew
from deckbuilder.publishing.standing import Standing


def ahead(stands: Standing, own: str = "") -> Iterator[Obstacle]:
    """Yield what a build dated by a clock that was ahead, while none of it is out.

    Afterwards it is too late: whatever follows has to be dated later still.

    `own`: the version of the release, if it has a tag already.
    """
    others, shipped = [r for r in stands.known if r.version != own], stands.shipped
    locks = [*(release.lock for release in others), *([shipped.lock] if shipped else [])]
    out = max((line.mod for lock in locks for line in lock.lines.values()), default=0)
    lines = stands.lock.lines.items()
    late = {fact or kind: line.mod for (fact, kind), line in lines if is_ahead(line.mod, out)}
    if late:
        way = dated_anew(stands.root, stands.deck, others, shipped)
        named = some([f"`{name}`" for name in sorted(late)])
        yield Obstacle(
            f"the lock dates {named} after now, up to {day(max(late.values()))}: learners would"
            " lose their own edits at every later release",
            f"set the clock right; if it is: {way}",
        )
