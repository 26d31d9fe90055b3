"""A source in a clean repository -> its next release: a version, its notes, one commit, one tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from deckbuilder.files import publish_file, refuse_read_only, uninterrupted
from deckbuilder.lock import dated_back, format_lock, is_forced, mark_released
from deckbuilder.model import Deck
from deckbuilder.opened import whole
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.built import AsBuilt, built
from deckbuilder.publishing.changelog import released
from deckbuilder.publishing.news import News, news
from deckbuilder.publishing.older import only_for
from deckbuilder.publishing.past import Release, dates, shown_then
from deckbuilder.publishing.present import (
    CHANGELOG,
    current_changelog,
    other_decks,
    repository,
    unaddressed,
    uncommitted,
)
from deckbuilder.publishing.promises import unkept, untagged
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.skipped import before_retired
from deckbuilder.publishing.standing import Standing, standing
from deckbuilder.publishing.version import Step, following, tag_of, with_version
from deckbuilder.publishing.wording import told, upgrade_file
from deckbuilder.slots import dataclass
from deckbuilder.toml import parse
from deckbuilder.versions import numbers


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release would write, and say. `files`: absolute paths and their new bytes.

    `stands`: what it stands on, with the lock as it is now.
    """

    stands: Standing
    tag: str
    version: str
    dated_back: tuple[str, ...]  # what is again as it went out
    notes: tuple[str, ...]
    files: Mapping[Path, bytes]
    message: str


def plan(
    source: Path, deck: Deck, wanted: str, now: int, shipped: Shipped | None
) -> Plan | tuple[Obstacle, ...]:
    """Return what the next release of a deck would be, or all that stands in its way.

    Args:
        source: the file, absolute.
        deck: what it holds, without an error.
        wanted: the version that the author asks for, or "".
        now: the time of the release, in seconds since 1970.
        shipped: the package that learners have, if it is at hand.
    """
    root = repository(source)
    if isinstance(root, Obstacle):
        return (root,)
    obstacles = [*uncommitted(root)]
    if not git.has_author(root):
        hint = "git config user.name, user.email"
        obstacles.append(Obstacle("git does not know your name", hint))
    changelog, flaws = current_changelog(root)
    others = other_decks(root, deck)
    obstacles += [*flaws, *unaddressed(changelog, deck, others)]
    stands = standing(root, source, deck, shipped, changelog)
    if not isinstance(stands, Standing):
        return (*obstacles, *stands)
    out = dates(root, deck, stands.known, shipped, changelog)
    lock, back = dated_back(stands.lock, out)
    stands = replace(stands, lock=lock)
    obstacles += [*untagged(stands), *unkept(stands)]
    made, before = built(deck, lock), stands.before
    found = news(shown_then(root, before), made, before_retired(stands)) if before else None
    version, flaws = _version(stands, found, wanted)
    obstacles += flaws
    if obstacles:
        return tuple(obstacles)
    notes = _notes(stands, made, found, version)
    tag, message = tag_of(deck.id, version), f"Release {deck.id} {version}"
    files = _files(stands, version, notes, now, alone=not others)
    return Plan(stands, tag, version, back, notes, files, message)


def _version(stands: Standing, found: News | None, wanted: str) -> tuple[str, list[Obstacle]]:
    """Return the version of a release, and what is wrong with it."""
    last = stands.before.release if stands.before else None
    version, flaw = _following(stands.deck, last, found, wanted)
    obstacles, shipped = [flaw] if flaw else [], stands.shipped
    hint = "name a greater one with --version"
    if shipped and numbers(version) <= numbers(shipped.version):
        said = f"{version} is too small: {shipped.version} is out"
        obstacles.append(Obstacle(said, hint))
    tag = tag_of(stands.deck.id, version)
    if git.tags(stands.root, tag):
        obstacles.append(Obstacle(f"{tag} was released before", hint))
    return version, obstacles


def _notes(stands: Standing, made: AsBuilt, found: News | None, version: str) -> tuple[str, ...]:
    """Return what the changelog is to say of a release."""
    deck, shipped = stands.deck, stands.shipped
    if found is None and shipped:
        # it is not the first, and what changed nobody can tell
        found = News(other=True, forced=is_forced(stands.lock, shipped.lock))
    notes = tuple(told(deck, found, upgrade_file(deck.id, version)))
    if only := only_for(stands, made, version):
        notes = (f"* {only}", *notes)
    return notes


def _files(
    stands: Standing, version: str, notes: Sequence[str], now: int, *, alone: bool
) -> Mapping[Path, bytes]:
    """Return what a release writes. `alone`: whether its deck is the only one here."""
    root, source, deck = stands.root, stands.source, stands.deck
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    text, _ = parse(git.content(root, "HEAD", source) or deck.source.data, source.name)
    changelog = released(stands.changelog, deck.id, version, day, notes, alone=alone)
    return {
        source: with_version(text or deck.source, version),
        source.with_suffix(".lock"): format_lock(mark_released(stands.lock, version)),
        root / CHANGELOG: changelog.encode(),
    }


def _following(
    deck: Deck, last: Release | None, found: News | None, wanted: str
) -> tuple[str, Obstacle | None]:
    """Return the version that follows the last, and what is wrong with the one asked for."""
    if last is None or found is None:
        return wanted or deck.version, None
    least = following(last.version, found.step)
    version = wanted or max(deck.version, least, key=numbers)
    if found.step is Step.NOTHING and version not in (wanted, deck.version):
        hint = "to release it all the same, name a version with --version"
        return least, Obstacle(f"nothing changed since {last.tag}", hint)
    if numbers(version) < numbers(least):
        why = {
            Step.ACT: "learners have to do something",
            Step.FACTS: "there is something new to learn",
        }.get(found.step, f"{last.version} is out")
        return version, Obstacle(f"{version} is too small: {why}", f"{least} is the smallest")
    return version, None


def carry_out(made: Plan, tell: Callable[[], object]) -> Obstacle | None:
    """Write, commit and tag a planned release; where that fails or is ended, all is as it was.

    Args:
        made: what it is.
        tell: what there is to say once it is made: no signal ends the program before.

    Raises:
        OSError: a file is read-only, or the disk is at fault.
    """
    refuse_read_only(made.files)
    before = {file: whole(file) if file.exists() else None for file in made.files}
    with uninterrupted(), ExitStack() as undo:  # Ctrl-C ends git, which then counts as refusing
        undo.callback(_put_back, before)
        for file, data in made.files.items():
            publish_file(file, data)
        complaint = git.commit(made.stands.root, list(made.files), made.message, made.tag)
        if not complaint:
            undo.pop_all()
            tell()
    return Obstacle("git did not commit", complaint) if complaint else None


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for file, kept in before.items():
        if kept is None:
            file.unlink(missing_ok=True)
        else:
            publish_file(file, kept)
