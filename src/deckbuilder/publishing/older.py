"""A release, and newer ones that it does not come of -> for whom it is, in learners' words."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.lock import Line, Lock
from deckbuilder.publishing.built import AsBuilt
from deckbuilder.publishing.past import Release, built_at
from deckbuilder.publishing.skipped import asked, asks_less
from deckbuilder.publishing.standing import Standing
from deckbuilder.publishing.wording import wording
from deckbuilder.versions import numbers


def only_for(stands: Standing, now: AsBuilt, version: str) -> str:
    """Return for whom a mended older release is, and what it would do to others; "" for all others.

    Args:
        stands: what the release stands on.
        now: what is released.
        version: of that.
    """
    apart = (out for out in stands.known if not out.joined)
    newer = [out for out in apart if numbers(out.version) > numbers(version)]
    before = stands.before
    if not (before and newer):
        return ""
    say = wording(now.deck)
    said = [say.only.format(version=before.release.version)]
    if any(_undoes(now.lock, out.lock, before.built.lock) for out in newer):
        said.append(say.undoes)
    if any(_brings_back(stands.root, now, out) for out in newer):
        said.append(say.returns)
    return " ".join(said)


def _undoes(now: Lock, newer: Lock, before: Lock) -> bool:
    """Tell whether a note that the newer release changed would get an older text.

    Where the newer one has what both come of, a correction comes early, and nothing is undone.
    """
    ours, base = _by_guid(now), _by_guid(before)
    for guid, line in _by_guid(newer).items():
        own, first = ours.get(guid), base.get(guid)
        is_theirs = first is None or first.digest != line.digest
        if own and is_theirs and own.digest != line.digest and own.mod > line.mod:
            return True
    return False


def _brings_back(root: Path, now: AsBuilt, newer: Release) -> bool:
    """Tell whether cards that the newer release took out would be there again."""
    gone = {line.guid for line in newer.lock.lines.values() if line.retired}
    if gone & _by_guid(now.lock).keys():
        return True
    then = built_at(root, newer)
    return then is not None and asks_less(asked(then), now)


def _by_guid(lock: Lock) -> dict[str, Line]:
    """Return the lines of the notes that are in the deck."""
    lines = lock.lines.items()
    return {line.guid: line for (fact, _), line in lines if fact and not line.retired}
