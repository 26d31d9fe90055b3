"""An update that was tried, and its two packages -> what only a release between them could tell.

Who skipped a release gets several changes at once. To them a card that was reworded in one and
moved in the next looks like another's, and a text that came back like one that never went. Whether
that was so, the two packages do not know; their versions tell whether it can have been.
"""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.releases.package import read_package
from deckbuilder.releases.simulate import Simulation
from deckbuilder.stamp import stamp_in

SEEN_STEP_BY_STEP = frozenset(("swapped", "exchanged", "lost-edit"))  # by who skips none


def doubted(result: Simulation, old: bytes, new: bytes) -> Simulation:
    """Return the same, with what may be right apart from what failed."""
    unsure = tuple(found for found in result.failures if found.code in SEEN_STEP_BY_STEP)
    if not unsure or not _has_room(_version(old), _version(new)):
        return result
    failures = tuple(found for found in result.failures if found not in unsure)
    return replace(result, failures=failures, unsure=unsure)


def _has_room(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Tell whether a release may lie between two versions: 1.0.1 follows 1.0.0, 1.1.0 need not."""
    if not old or not new:
        return False
    *upper, patch = old
    return (*upper, patch + 1) < new


def _version(package: bytes) -> tuple[int, ...]:
    """Return the version of a package, as something that can be compared; () if none is told."""
    stamps = map(stamp_in, read_package(package).decks.values())
    told = next((stamp.version for stamp in stamps if stamp), "")
    return tuple(map(int, told.split("."))) if told else ()
