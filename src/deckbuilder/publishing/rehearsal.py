"""A release and the one before it -> whether learners who import it would lose anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.releases.learner import NoAnkiError
from deckbuilder.releases.simulate import simulate
from deckbuilder.releases.told import failure
from deckbuilder.releases.unreadable import UnreadableError

MOST_TOLD = 5  # losses of one update
HINT = "deckbuilder simulate OLD.apkg NEW.apkg tells all that learners would lose"


def rehearse(old: bytes, new: bytes, where: str) -> Iterator[Obstacle]:
    """Yield what a learner would lose who has one package and imports the other."""
    try:
        failures = simulate(old, new).failures
    except NoAnkiError:
        hint = "pip install 'anki>=26.9,<27'; make release does it"
        yield Obstacle("the update cannot be tried: Anki’s library is not installed", hint)
    except UnreadableError as flaw:
        yield Obstacle(f"the update from {where} cannot be tried: {flaw}")
    else:
        for found in failures[:MOST_TOLD]:
            yield Obstacle(f"the update from {where} fails: {failure(found)}", HINT)


def rebuilt(
    root: Path, tag: str, source: Path, folder: Path, surroundings: Mapping[str, str]
) -> bytes | Obstacle:
    """Return the package of an earlier release, built again from its tag.

    Args:
        root: of the repository.
        tag: of the release.
        source: the file, absolute: it had the same name then.
        folder: an empty one to work in.
        surroundings: of the build.
    """
    for file in git.held(root, tag, source.parent):
        copy = folder / file.relative_to(source.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(git.content(root, tag, file) or b"")
    command = ["build", source.name, "-o", "out", "--break-schema"]
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", *command],
        cwd=folder,
        env={**surroundings, "HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        hint = "name the package that learners have with --last"
        return Obstacle(f"what was released as {tag} does not build any more", hint)
    return (folder / "out" / f"{source.stem}.apkg").read_bytes()
