"""A release -> what its build would tell, and whether learners of the last one would lose by it."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from deckbuilder.build import build
from deckbuilder.lock import Lock
from deckbuilder.problems import Obstacle, Problem
from deckbuilder.publishing.elsewhere import SURROUNDINGS, built_elsewhere, committed, lay_out
from deckbuilder.publishing.past import Release, is_skipped
from deckbuilder.publishing.standing import Standing
from deckbuilder.releases.doubt import SEEN_STEP_BY_STEP
from deckbuilder.releases.learner import INSTALL, NoAnkiError, version
from deckbuilder.releases.simulate import simulate
from deckbuilder.releases.told import WAYS_OUT, failure
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.releases.verify import stems, verify
from deckbuilder.request import Request

MOST_TOLD = 5  # losses of one update, or flaws of the files
REPORT = "please report it with the source: it should not happen"
COMMIT = "a release is built from what is committed: commit it, too (git may ignore it)"
HINTS = WAYS_OUT | {
    "lost-edit": "if a release that is not merged here dated it later, merge that, or name its"
    " package with --last; if none did, have the version of the last release in the source (the"
    " next one is for --version), and deckbuilder lock --repair --from its package gives the note"
    " back the date that it had",
}
HINT = "deckbuilder simulate OLD.apkg NEW.apkg tells all that learners would lose"


def rehearsed(
    stands: Standing, files: Mapping[Path, bytes], name: str
) -> tuple[tuple[Problem, ...], tuple[Obstacle, ...]]:
    """Return what `pack` would find wrong with a release that is not committed yet.

    It is built once, verified, and, where Anki's library is there, the update is tried.

    Args:
        stands: what it stands on.
        files: what it would write, by absolute paths.
        name: what people call the source.

    Raises:
        OSError: a file cannot be read or written.
    """
    made, problems = rehearse_build(stands.root, stands.source, files, name)
    if problems:
        return problems, ()
    wrong = tuple(flaws(made))
    if not wrong and can_rehearse():
        wrong = tuple(rehearse(stands, made[f"{stands.source.stem}.apkg"]))
    return (), wrong


def rehearse_build(
    root: Path, source: Path, files: Mapping[Path, bytes], name: str
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Build a release before it is committed, in a folder that goes.

    Return the outputs by name, and what is wrong with them.

    Args:
        root: of the repository.
        source: the file, absolute; all that is beside it is committed.
        files: what the release would write, by absolute paths.
        name: what people call the source.

    Raises:
        OSError: a file cannot be read or written.
    """
    there = committed(root, "HEAD", source)
    new = ((file, files[file]) for file in (source, source.with_suffix(".lock")))
    with tempfile.TemporaryDirectory() as folder:
        lay_out(chain(there, new), source, Path(folder))
        own, out = Path(folder, source.name), Path(folder, "out")
        built = build(own, out, 1, Request(frozen=True, strict=True), name=name)
        made = {file.name: (out / file.name).read_bytes() for file, _ in built.files}
    problems = (replace(p, hint=COMMIT) if p.code == "bad-file" else p for p in built.problems)
    return made, tuple(problems)


def flaws(files: Mapping[str, bytes]) -> Iterator[Obstacle]:
    """Yield the first things that `verify` finds wrong with the files of a release."""
    for stem, names in stems(files).items():
        wrong = verify(stem, {name: files[name] for name in names}).mismatches
        for each in wrong[:MOST_TOLD]:
            yield Obstacle(each.told.removesuffix("."), REPORT)


def rehearse(stands: Standing, new: bytes) -> Iterator[Obstacle]:
    """Yield what learners of an earlier release would lose; nothing if there was none.

    Who skipped a release gets several changes at once, which may look wrong together. But each
    release was tried from the one before it: so what the update from the last does not do to a card
    or an edit, this one does not do either.

    `new`: the package of the release. Without one that learners have, the release before is built
    again.
    """
    before, shipped, lock = stands.before, stands.shipped, stands.lock
    unsure = frozenset[str]()
    if before and (shipped is None or is_skipped(shipped, before.release, stands.known)):
        with tempfile.TemporaryDirectory() as folder:
            old = _rebuilt(stands.root, before.release, Path(folder))
        if isinstance(old, bytes):
            yield from _lost(old, new, before.release.tag, lock)
            unsure = SEEN_STEP_BY_STEP
        elif shipped is None:
            yield old
    if shipped:
        yield from _lost(shipped.data, new, "the package named by --last", lock, unsure)


def can_rehearse() -> bool:
    """Tell whether updates can be tried here."""
    try:
        return bool(version())
    except NoAnkiError:
        return False


def _lost(
    old: bytes, new: bytes, where: str, lock: Lock, but: Collection[str] = ()
) -> Iterator[Obstacle]:
    """Yield what a learner would lose who has one package and imports the other.

    `but`: the codes of what is no loss.
    """
    try:
        failures = [f for f in simulate(old, new, lock.restamped).failures if f.code not in but]
    except NoAnkiError:
        hint = f"{INSTALL}; make release does it"
        yield Obstacle("the update cannot be tried: Anki’s library is not installed", hint)
    except UnreadableError as flaw:
        yield Obstacle(f"the update from {where} cannot be tried: {flaw}")
    else:
        for found in failures[:MOST_TOLD]:
            hint = found.hint or HINTS.get(found.code, HINT)
            yield Obstacle(f"the update from {where} fails: {failure(found)}", hint)


def _rebuilt(root: Path, release: Release, folder: Path) -> bytes | Obstacle:
    """Return the package of an earlier release, built again from its tag in an empty folder."""
    tag, source, options = release.tag, release.source, ["--break-schema"]
    built = built_elsewhere(root, tag, source, folder, options, SURROUNDINGS[1])
    if isinstance(built, str):
        hint = "name the package that learners have with --last"
        return Obstacle(f"what was released as {tag} does not build any more", hint)
    return built[f"{source.stem}.apkg"]
