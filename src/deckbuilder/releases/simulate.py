"""Two releases of a deck -> what the update does to a learner, as the real Anki does it.

The learner imports the old release, studies every card, edits or tags each note that the author
did not change, and imports the new release with the options that Anki offers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deckbuilder.releases.history import Log, NoteState, State
from deckbuilder.releases.html import answer, cell, words
from deckbuilder.releases.learner import learner, version
from deckbuilder.releases.package import read_package
from deckbuilder.releases.unreadable import UnreadableError

OWN_WORDS = " (the learner’s own words)"
OWN_TAG = "the-learners-own-tag"
SHOWN = 160  # characters of a text that a finding quotes


@dataclass(frozen=True, slots=True)
class Finding:
    """What an update does to one note. `card` counts from 1; 0: the whole note.

    `fact` is "" for a note type.
    """

    code: str
    fact: str
    card: int
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """What became of the learner. Counts are of notes, but for `cards` and `studied`: cards."""

    anki: str
    failures: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    notes: int = 0
    cards: int = 0
    written: int = 0  # notes that the learner edited or tagged
    new: int = 0
    updated: int = 0
    removed: int = 0


def simulate(old: bytes, new: bytes) -> Simulation:
    """Return what the new release does to one who has learned with the old one.

    Raises:
        UnreadableError: the old release cannot be used.
        NoAnkiError: Anki's library is not installed.
    """
    anki = version()
    for name, data in (("old", old), ("new", new)):
        try:
            read_package(data)
        except UnreadableError as flaw:
            raise UnreadableError(f"The {name} release cannot be used. {flaw}") from None
    try:
        with learner() as fresh:
            fresh.load(new)
            meant = fresh.state()
    except UnreadableError as flaw:
        return Simulation(anki, (Finding("refused", "", 0, "Anki takes the release", str(flaw)),))
    with learner() as student:
        first_log = student.load(old)
        first = student.state()
        unchanged = [
            guid
            for guid, note in first.notes.items()
            if guid in meant.notes and note.says(meant.notes[guid])
        ]
        student.study()
        edited, tagged = dict.fromkeys(unchanged[::2], OWN_WORDS), unchanged[1::2]
        student.write(edited, tagged, OWN_TAG)
        before = student.state()
        log = student.load(new)
        after = student.state()
    update = Update(before, after, meant, frozenset(edited), frozenset(tagged), log)
    failures = [*_refused(first_log), *update.failures()]
    failed = {(found.fact, found.card) for found in failures}
    return Simulation(
        anki=anki,
        failures=tuple(failures),
        remarks=tuple(r for r in update.remarks() if not r.card or (r.fact, r.card) not in failed),
        notes=len(before.notes),
        cards=sum(len(note.cards) for note in before.notes.values()),
        written=len(unchanged),
        new=len(log.new),
        updated=len(log.updated),
        removed=len(before.notes.keys() - meant.notes.keys()),
    )


def _refused(log: Log) -> Iterator[Finding]:
    for guid in sorted(log.refused | log.conflicting):
        yield Finding("refused", guid, 0, "a note of its own", "Anki found no place for it")


@dataclass(frozen=True)
class Update:
    """A learner before and after an update, and what one has who begins with the new release."""

    before: State
    after: State
    meant: State
    edited: frozenset[str]
    tagged: frozenset[str]
    log: Log

    def failures(self) -> Iterator[Finding]:
        """Yield what a learner would lose, or not get."""
        yield from _refused(Log(refused=self.log.refused))
        yield from self._looks()
        for guid, old in self.before.notes.items():
            now, meant = self.after.notes.get(guid), self.meant.notes.get(guid)
            if now is None:
                yield Finding("lost-note", old.fact, 0, "the note stays", "it is gone")
                continue
            yield from _history(old, now)
            if meant is None:
                if not old.says(now):
                    yield Finding("lost-edit", old.fact, 0, "it stays as it was", "it changed")
                continue
            flaw = self._conflict(old, now, meant) or self._own_words(old, now)
            flaw = flaw or self._content(old, now, meant)
            if flaw:
                yield flaw
                continue
            yield from _swapped(old, now)
            yield from self._shown(now, meant)
        yield from self._duplicates()

    def _looks(self) -> Iterator[Finding]:
        for number, meant in self.meant.looks.items():
            now = self.after.looks.get(number)
            if now and now != meant:
                found = "the old one stays: the new one is not dated later"
                yield Finding("stale-look", "", 0, f"the new look of “{meant.name}”", found)

    def _conflict(self, old: NoteState, now: NoteState, meant: NoteState) -> Finding | None:
        if old.guid in self.log.conflicting or now.notetype != meant.notetype:
            found = "Anki takes it for a note of another type and leaves it as it was"
            return Finding("conflict", old.fact, 0, "the release can update the note", found)
        return None

    def _own_words(self, old: NoteState, now: NoteState) -> Finding | None:
        """Tell whether a learner's own words or tag went where the author changed nothing."""
        if old.guid in self.edited and not old.says(now):
            expected = "the learner’s own words stay, for the author changed nothing here"
        elif old.guid in self.tagged and not old.says(now):
            expected = "the learner’s own tag stays, for the author changed nothing here"
        else:
            return None
        found = f"{_differing(old, now)}; for the release dates the note later"
        return Finding("lost-edit", old.fact, 0, expected, found)

    def _content(self, old: NoteState, now: NoteState, meant: NoteState) -> Finding | None:
        """Tell whether a note that the author changed did not become what it should."""
        if old.guid in self.edited | self.tagged or now.says(meant):
            return None
        found = _differing(meant, now)
        if meant.mod <= old.mod:
            found += "; for the release does not date the note later"
        return Finding("stale-note", old.fact, 0, "the note says what the release says", found)

    def _shown(self, now: NoteState, meant: NoteState) -> Iterator[Finding]:
        """Yield each surviving card that shows something else than the release means it to."""
        for ordinal, card in now.cards.items():
            other = meant.cards.get(ordinal)
            if other is None or card.blank or other.blank:
                continue
            for side, shown, wanted in (
                ("front", card.front, other.front),
                ("back", card.back, other.back),
            ):
                if shown.replace(OWN_WORDS, "") != wanted:
                    expected = f"its {side} reads {_quoted(words(wanted))}"
                    found = f"it reads {_quoted(words(shown))}"
                    yield Finding("stale-card", now.fact, ordinal + 1, expected, found)
                    break
        for ordinal in sorted(meant.cards.keys() - now.cards.keys()):
            yield Finding("lost-card", now.fact, ordinal + 1, "the card is there", "it is not")

    def _duplicates(self) -> Iterator[Finding]:
        """Yield each new note that says what an old note says, or is of the same fact."""
        living = [
            note
            for guid, note in self.before.notes.items()
            if guid in self.after.notes and not self.after.notes[guid].retired
        ]
        facts = {note.fact: note for note in living}
        texts = {_text(note): note for note in living if note.guid not in self.meant.notes}
        for guid in self.after.notes.keys() - self.before.notes.keys():
            made = self.after.notes[guid]
            old = facts.get(made.fact) or texts.get(_text(made))
            if old:
                expected = f"one note, as before ({old.guid})"
                found = f"a second one ({guid}), which knows nothing of what was learned"
                if old.fact != made.fact:
                    found += f"; the old one is of the fact `{old.fact}`"
                yield Finding("duplicate", made.fact, 0, expected, found)

    def remarks(self) -> Iterator[Finding]:
        """Yield what is as it should be, and yet good to know."""
        for guid, old in self.before.notes.items():
            now = self.after.notes.get(guid)
            if guid not in self.meant.notes:
                yield Finding("stays", old.fact, 0, "", "is not in the release: learners keep it")
            elif now and now.retired and not old.retired:
                yield Finding("retired", old.fact, 0, "", "is blank: Empty Cards clears it away")
            elif now:
                yield from _noticed(old, now)
        homes = {card.deck for note in self.before.notes.values() for card in note.cards.values()}
        for deck in sorted(_decks(self.meant) - homes):
            there = ", ".join(f"“{home}”" for home in sorted(homes))
            found = f"new cards go to the deck “{deck}”; those learners have stay in {there}"
            yield Finding("deck", "", 0, "", found)


def _history(old: NoteState, now: NoteState) -> Iterator[Finding]:
    """Yield each card that lost its reviews, its plan or its deck."""
    for ordinal, card in old.cards.items():
        kept = now.cards.get(ordinal)
        if kept is None:
            yield Finding("lost-history", old.fact, ordinal + 1, "the card stays", "it is gone")
        elif not card.reviews <= kept.reviews:
            found = f"{len(card.reviews & kept.reviews)} of them are left"
            expected = f"its {len(card.reviews)} reviews stay"
            yield Finding("lost-history", old.fact, ordinal + 1, expected, found)
        elif card.schedule != kept.schedule:
            expected, found = "its next date, its flag and its state stay", "they changed"
            yield Finding("lost-history", old.fact, ordinal + 1, expected, found)
        elif card.deck != kept.deck:
            expected = f"it stays in the deck “{card.deck}”"
            yield Finding(
                "lost-history", old.fact, ordinal + 1, expected, f"it is in “{kept.deck}”"
            )


def _swapped(old: NoteState, now: NoteState) -> Iterator[Finding]:
    """Yield each card whose answer has moved to another card of its note, the history left behind.

    In a table a card is known by its row and column: there an answer may well be corrected to one
    that stood elsewhere.
    """
    asked, asks = _answers(old), _answers(now)
    for ordinal, words_then in asked.items():
        if asks.get(ordinal) == words_then:
            continue
        moved = [o for o, w in asks.items() if w == words_then and asked.get(o) != w]
        if not moved or _same_cell(old, now, ordinal):
            continue
        found = f"it asks for {_quoted(asks[ordinal])}" if ordinal in asks else "it is blank"
        found += f"; card {moved[0] + 1} asks for {_quoted(words_then)} now, without its history"
        expected = f"it still asks for {_quoted(words_then)}"
        yield Finding("swapped", old.fact, ordinal + 1, expected, found)


def _same_cell(old: NoteState, now: NoteState, ordinal: int) -> bool:
    place = cell(old.cards[ordinal].front)
    return place is not None and place == cell(now.cards[ordinal].front)


def _answers(note: NoteState) -> dict[int, str]:
    """Return what each card of a note asks for, the learner's own words aside."""
    return {
        ordinal: answer(card.back.replace(OWN_WORDS, ""))
        for ordinal, card in note.cards.items()
        if not card.blank
    }


def _noticed(old: NoteState, now: NoteState) -> Iterator[Finding]:
    """Yield each card that is left blank, or has another answer."""
    asked, asks = _answers(old), _answers(now)
    for ordinal, before in asked.items():
        if ordinal not in asks and ordinal in now.cards:
            found = "is blank: Empty Cards clears it away"
            yield Finding("blank", old.fact, ordinal + 1, "", found)
        elif asks.get(ordinal, before) != before:
            found = f"has another answer: {_quoted(before)} became {_quoted(asks[ordinal])}"
            yield Finding("answer", old.fact, ordinal + 1, "", found)


def _decks(state: State) -> set[str]:
    return {card.deck for note in state.notes.values() for card in note.cards.values()}


def _text(note: NoteState) -> tuple[str, ...]:
    """Return what a note says, without the fact that it names."""
    return tuple(
        value.replace(OWN_WORDS, "") for name, value in note.fields.items() if name != "Id"
    )


def _differing(wanted: NoteState, found: NoteState) -> str:
    """Return the first field, or else the tags, in which two notes differ."""
    for name, value in wanted.fields.items():
        if found.fields.get(name) != value:
            now = _quoted(words(found.fields.get(name, "")))
            return f"{name} should read {_quoted(words(value))}, and reads {now}"
    return f"its tags should be {_quoted(' '.join(sorted(wanted.tags)))}"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"
