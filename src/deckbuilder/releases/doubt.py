"""An update that was tried, and its two packages -> what only a release between them could tell.

Who skipped a release gets several changes at once. To them a card that was reworded in one and
moved in the next looks like another's, and a text that came back like one that never went. Whether
that was so, the two packages do not know; but none lies between two builds of one version. (What
was built after 1.0.1 and has no version of its own yet tells 1.0.1, too: so there may be one
between 1.0.0 and that.)
"""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.releases.package import read_package
from deckbuilder.releases.simulate import Simulation
from deckbuilder.versions import numbers

# by who skips none
SEEN_STEP_BY_STEP = frozenset(("swapped", "exchanged", "elsewhere", "lost-edit"))


def doubted(result: Simulation, old: bytes, new: bytes) -> Simulation:
    """Return the same, with what may be right apart from what failed."""
    unsure = tuple(found for found in result.failures if found.code in SEEN_STEP_BY_STEP)
    if not unsure or not () < _version(old) < _version(new):
        return result
    failures = tuple(found for found in result.failures if found not in unsure)
    return replace(result, failures=failures, unsure=unsure)


def _version(package: bytes) -> tuple[int, ...]:
    """Return the version of a package, as something that can be compared; () if none is told."""
    stamp = next(iter(read_package(package).stamps.values()), None)
    return numbers(stamp.version) if stamp else ()
