"""A real Anki in a folder that soon goes: imports, studies, edits, and tells what it holds.

The only module that knows Anki's library, which need not be installed. It opens no profile of
anybody's, and asks nothing of the network.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuilder.releases.history import CardState, Log, Look, NoteState, State
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.writers.apkg.notes import SEPARATOR

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import Collection, ImportLogWithChanges
    from anki.models import NotetypeDict

ANSWERED = 40  # cards that are answered one by one; all others are given a date in one stroke
AHEAD = "7"  # days
FLAG = 3
# what Anki's library, and SQLite in it, say of a disk
DISK_FAULTS = {
    errno.ENOSPC: ("code: DiskFull", f"(os error {errno.ENOSPC})"),
    errno.EDQUOT: (f"(os error {errno.EDQUOT})",),
    errno.EFBIG: (f"(os error {errno.EFBIG})",),
    errno.EIO: ("code: SystemIoFailure", f"(os error {errno.EIO})"),
}
# a card that waits in a filtered deck has a home elsewhere
CARDS = """
SELECT id, nid, ord, CASE odid WHEN 0 THEN did ELSE odid END,
    type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data FROM cards
"""


INSTALL = "pip install 'anki>=26.9,<27'"


class NoAnkiError(Exception):
    """Anki's library is not installed."""


def version() -> str:
    """Return the version of Anki's library.

    Raises:
        NoAnkiError: it is not installed.
    """
    try:
        from anki.buildinfo import version as number
    except ModuleNotFoundError:
        raise NoAnkiError from None
    return str(number)


@contextmanager
def learner() -> Iterator[Learner]:
    """Give a learner who has nothing yet; all of it is gone afterwards.

    Raises:
        OSError: there is no room, or no folder, for it.
    """
    with tempfile.TemporaryDirectory(prefix="deckbuilder-") as folder, _temporary(folder):
        try:
            yield Learner(Path(folder) / "collection.anki2")
        except OSError as fault:
            fault.filename = fault.filename or folder  # a full disk names none
            raise


@contextmanager
def _temporary(folder: str) -> Iterator[None]:
    """Let Anki, too, make its temporary files there: it would believe any `TMPDIR`, Python none."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        del os.environ["TMPDIR"]
        if before is not None:
            os.environ["TMPDIR"] = before


class Learner:
    """One collection. It is opened anew for each step: Anki's library remembers too much."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def _open(self) -> Iterator[Collection]:
        from anki.collection import Collection
        from anki.errors import AnkiException

        try:
            collection = Collection(str(self._file))
            try:
                yield collection
            finally:
                collection.close()
        except AnkiException as error:
            self._blame_disk(error)
            raise

    def _blame_disk(self, error: Exception) -> None:
        """Raise what Anki says of a disk as the system would: it says nothing of a package."""
        told = str(error)
        number = next((n for n, words in DISK_FAULTS.items() if any(w in told for w in words)), 0)
        if number:
            raise OSError(number, os.strerror(number)) from None

    def load(self, package: bytes) -> Log:
        """Import a package with the options that Anki's window offers at first.

        Raises:
            UnreadableError: Anki refuses it.
        """
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
        from anki.errors import AnkiException

        file = self._file.with_name("deck.apkg")
        file.write_bytes(package)
        request = ImportAnkiPackageRequest(
            package_path=str(file), options=ImportAnkiPackageOptions()
        )
        with self._open() as collection:
            try:
                log = collection.import_anki_package(request).log
            except AnkiException as error:
                self._blame_disk(error)
                raise UnreadableError(f"Anki refuses the package: {error}") from None
            found = dict(_rows(collection, "SELECT id, guid FROM notes"))

        def guids(*of: Iterable[ImportLogWithChanges.Note]) -> frozenset[str]:
            return frozenset(
                str(found.get(note.id.nid, note.id.nid)) for notes in of for note in notes
            )

        return Log(
            guids(log.new),
            guids(log.updated),
            guids(log.conflicting),
            guids(log.missing_notetype, log.missing_deck, log.empty_first_field),
        )

    def study(self) -> None:
        """Answer some cards with each button, plan all others; flag one, suspend one."""
        with self._open() as collection:
            answered = _answer(collection)
            others = [card for card in collection.find_cards("") if card not in answered]
            if others:
                collection.sched.set_due_date(others, AHEAD)
            first, *more = sorted(collection.find_cards(""))
            collection.set_user_flag_for_cards(FLAG, [first])
            collection.sched.suspend_cards(more[:1])

    def write(self, edited: Mapping[str, str], tagged: Iterable[str], tag: str) -> None:
        """Edit notes (guid -> words to add) and tag others, as early as a learner could.

        Anki keeps a learner's words until a newer note comes. Here they are as old as the note
        itself, so that any newer one takes them away.
        """
        from anki.notes import NoteId

        with self._open() as collection:
            rows = _rows(collection, "SELECT guid, id, mod FROM notes")
            ids = {guid: (NoteId(number), mod) for guid, number, mod in rows}
            changed = []
            for guid, words in edited.items():
                note = collection.get_note(ids[guid][0])
                first = next(n for n, value in enumerate(note.fields) if value)
                note.fields[first] += words
                changed.append(note)
            for guid in tagged:
                note = collection.get_note(ids[guid][0])
                note.add_tag(tag)
                changed.append(note)
            collection.update_notes(changed)
            assert collection.db
            collection.db.executemany(
                "UPDATE notes SET mod = ? WHERE id = ?",
                [(mod, note) for note, mod in (ids[note.guid] for note in changed)],
            )

    def state(self) -> State:
        """Return all that the learner has."""
        with self._open() as collection:
            cards = _cards(collection)
            types = {model["id"]: model for model in collection.models.all()}
            rows = _rows(collection, "SELECT id, guid, mid, mod, flds, tags FROM notes ORDER BY id")
        names = {n: [field["name"] for field in model["flds"]] for n, model in types.items()}
        notes = {
            guid: NoteState(
                guid=guid,
                notetype=notetype,
                mod=mod,
                fields=dict(zip(names[notetype], fields.split(SEPARATOR), strict=True)),
                tags=frozenset(tags.split()),
                cards=cards.get(note, {}),
            )
            for note, guid, notetype, mod, fields, tags in rows
        }
        used = {note.notetype for note in notes.values()}
        return State(notes, {number: _look(types[number]) for number in used})


def _rows(collection: Collection, query: str) -> list[Any]:
    assert collection.db
    return list(collection.db.all(query))


def _look(model: NotetypeDict) -> Look:
    templates = [part for t in model["tmpls"] for part in (t["qfmt"], t["afmt"])]
    return Look(model["name"], (model["css"], *templates))


def _cards(collection: Collection) -> dict[int, dict[int, CardState]]:
    """Return the cards of each note, by its id and the cards' ordinals."""
    reviews: dict[int, set[tuple[object, ...]]] = {}
    for row in _rows(collection, "SELECT cid, id, ease, ivl, lastIvl, type FROM revlog"):
        reviews.setdefault(row[0], set()).add(tuple(row))
    blank = {card for note in collection.get_empty_cards().notes for card in note.card_ids}
    cards: dict[int, dict[int, CardState]] = {}
    for number, note, ordinal, deck, *planned in _rows(collection, CARDS):
        front = back = ""
        if number not in blank:
            shown = collection.get_card(number).render_output()
            front, back = shown.question_text, shown.answer_text
        cards.setdefault(note, {})[ordinal] = CardState(
            front=front,
            back=back,
            deck=collection.decks.name(deck),
            schedule=tuple(planned),
            reviews=frozenset(reviews.get(number, ())),
            blank=number in blank,
        )
    return cards


def _answer(collection: Collection) -> set[CardId]:
    """Answer cards with the real scheduler, by all four buttons in turn."""
    from anki.decks import DeckId
    from anki.scheduler.v3 import Scheduler

    assert isinstance(collection.sched, Scheduler)
    answered: list[CardId] = []
    for deck in collection.decks.all_names_and_ids():
        collection.decks.set_current(DeckId(deck.id))
        while len(answered) < ANSWERED and (card := collection.sched.getCard()):
            collection.sched.answerCard(card, (3, 1, 4, 2)[len(answered) % 4])
            answered.append(card.id)
    return set(answered)
