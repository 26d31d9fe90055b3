"""The real Anki library, and what a learner reads on the cards that it renders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from anki.cards import Card, CardId
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.notes import NoteId
from anki.scheduler.v3 import CardAnswer
from anki.scheduler.v3 import Scheduler as V3Scheduler

# ---------------------------------------------------------------------------- collections


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """Open a learner's Anki in a folder; empty unless it was opened there before."""
    folder.mkdir(exist_ok=True)
    made = Collection(str(folder / "collection.anki2"))
    try:
        yield made
    finally:
        made.close()


@dataclass(frozen=True)
class Imported:
    """What Anki's log of an import says, as ids of facts, sorted. `wrong`: how often it balked."""

    new: tuple[str, ...]
    updated: tuple[str, ...]
    duplicate: tuple[str, ...]
    wrong: int


def load(col: Collection, package: Path) -> Imported:
    """Import a package with the options that Anki's window offers at first."""
    options = col._backend.get_import_anki_package_presets()
    log = col.import_anki_package(ImportAnkiPackageRequest(str(package), options)).log
    col.models._clear_cache()  # Python's side keeps note types that it has read

    def facts(noted: object) -> tuple[str, ...]:
        assert isinstance(noted, Iterable)
        return tuple(sorted(col.get_note(NoteId(note.id.nid))["Id"] for note in noted))

    balked = (log.conflicting, log.first_field_match, log.missing_notetype, log.missing_deck,
              log.empty_first_field)  # fmt: skip
    return Imported(
        facts(log.new), facts(log.updated), facts(log.duplicate), sum(map(len, balked))
    )
