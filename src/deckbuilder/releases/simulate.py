"""Two releases of a deck -> what the update does to a learner, as the real Anki does it.

The learner imports the old release, studies every card, edits or tags each note that the author
did not change, and imports the new release with the options that Anki offers.
"""

from __future__ import annotations

from deckbuilder.lock import by_restamp
from deckbuilder.releases.history import State
from deckbuilder.releases.learner import learner, version
from deckbuilder.releases.package import read_package
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.releases.update import OWN_TAG, OWN_WORDS, Aftermath, Finding, refused
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class Simulation:
    """What became of the learner. Counts are of notes, but for `cards` and `studied`: cards.

    `unsure`: what is a failure unless a release between the two made it right.
    """

    anki: str
    failures: tuple[Finding, ...]
    unsure: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    notes: int = 0
    cards: int = 0
    written: int = 0  # notes that the learner edited or tagged, as the new release leaves them be
    replaced: int = 0  # notes that it changes: what was written into one is replaced
    new: int = 0
    updated: int = 0
    removed: int = 0


def simulate(old: bytes, new: bytes, restamped: int = 0) -> Simulation:
    """Return what the new release does to one who has learned with the old one.

    Args:
        old: the package that the learner has.
        new: the package that comes.
        restamped: when the author made all notes newer, on purpose: the learner's own words in one
            that is dated before then are to give way. 0: never.

    Raises:
        UnreadableError: the old release cannot be used.
        NoAnkiError: Anki's library is not installed.
    """
    anki = version()
    for name, data in (("old", old), ("new", new)):
        _require_notes(name, data)
    meant = _arrived(new)
    if isinstance(meant, Finding):
        return Simulation(anki, (meant,))
    with learner() as student:
        first_log = student.load(old)
        first = student.state()
        unchanged = _unchanged(first, meant, restamped)
        student.study()
        edited, tagged = dict.fromkeys(unchanged[::2], OWN_WORDS), unchanged[1::2]
        student.write(edited, tagged, OWN_TAG)
        before = student.state()
        log = student.load(new)
        after = student.state()
    aftermath = Aftermath(before, after, meant, frozenset(edited), frozenset(tagged), log)
    failures = [*refused(first_log.refused | first_log.conflicting), *aftermath.failures()]
    failed = {(found.fact, found.card) for found in failures}
    return Simulation(
        anki=anki,
        failures=tuple(failures),
        remarks=tuple(
            r for r in aftermath.remarks() if not r.card or (r.fact, r.card) not in failed
        ),
        notes=len(before.notes),
        cards=sum(len(note.cards) for note in before.notes.values()),
        written=len(unchanged),
        replaced=len((first.notes.keys() & meant.notes.keys()) - {*unchanged}),
        new=len(log.new),
        updated=len(log.updated),
        removed=len(before.notes.keys() - meant.notes.keys()),
    )


def _require_notes(name: str, package: bytes) -> None:
    """Require that a release can be read, and has notes.

    Raises:
        UnreadableError: it is not so.
    """
    try:
        notes = read_package(package).notes
    except UnreadableError as flaw:
        raise UnreadableError(f"The {name} release cannot be used. {flaw}") from None
    if not notes:
        raise UnreadableError(f"The {name} release has no notes.")
    if not any(note.ordinals for note in notes):
        raise UnreadableError(f"The {name} release has no cards.")


def _arrived(package: bytes) -> State | Finding:
    """Return what one has who begins with a release; or that Anki does not take it."""
    try:
        with learner() as fresh:
            fresh.load(package)
            return fresh.state()
    except UnreadableError as flaw:
        return Finding("refused", "", 0, "Anki takes the release", str(flaw))


def _unchanged(before: State, meant: State, restamped: int) -> list[str]:
    """Return the notes that a release leaves as they are, by guid."""
    return [
        guid
        for guid, note in before.notes.items()
        if guid in meant.notes
        and note.says(meant.notes[guid])
        and not by_restamp(restamped, note.mod, meant.notes[guid].mod)
    ]
