"""A learner before and after an update -> what was lost, what did not arrive, what to know."""

from __future__ import annotations

from collections.abc import Iterator, Set

from deckbuilder.briefly import quoted
from deckbuilder.releases.history import Log, NoteState, State
from deckbuilder.releases.html import words
from deckbuilder.releases.moved import answers, given_back, moved
from deckbuilder.slots import dataclass

OWN_WORDS = " (the learner’s own words)"
OWN_TAG = "the-learners-own-tag"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an update does to one note. `card` counts from 1; 0: the whole note.

    `fact` is "" for a note type; `hint` a way out of this one, if it is not that of its code.
    """

    code: str
    fact: str
    card: int
    expected: str
    found: str
    hint: str = ""


def refused(guids: Set[str]) -> Iterator[Finding]:
    """Yield the notes that found no place in an import."""
    for guid in sorted(guids):
        yield Finding("refused", guid, 0, "a note of its own", "Anki found no place for it")


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A learner before and after an update, and what one has who begins with the new release."""

    before: State
    after: State
    meant: State
    edited: frozenset[str]
    tagged: frozenset[str]
    log: Log

    def failures(self) -> Iterator[Finding]:
        """Yield what a learner would lose, or not get."""
        yield from refused(self.log.refused)
        if not self.before.notes.keys() & self.meant.notes.keys():
            expected, found = "both are releases of one deck", "they have no note in common"
            yield Finding("another-deck", "", 0, expected, found)
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
            flaw = self._conflict(old) or self._own_words(old, now)
            flaw = flaw or self._content(old, now, meant)
            if flaw:
                yield flaw
                continue
            yield from _swapped(old, now)
            yield from self._shown(now, meant)
        yield from self._duplicates()
        yield from self._elsewhere()

    def _looks(self) -> Iterator[Finding]:
        for number, meant in self.meant.looks.items():
            now = self.after.looks.get(number)
            if now and now != meant:
                found = "the old one stays: the new one is not dated later"
                yield Finding("stale-look", "", 0, f"the new look of “{meant.name}”", found)

    def _conflict(self, old: NoteState) -> Finding | None:
        if old.guid in self.log.conflicting:
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
                    expected = f"its {side} reads {quoted(words(wanted))}"
                    found = f"it reads {quoted(words(shown))}"
                    yield Finding("stale-card", now.fact, ordinal + 1, expected, found)
                    break
        for ordinal in sorted(meant.cards.keys() - now.cards.keys()):
            yield Finding("lost-card", now.fact, ordinal + 1, "the card is there", "it is not")

    def _duplicates(self) -> Iterator[Finding]:
        """Yield each new note that says what an old note says, or is of the same fact.

        Of the other type of note it is another fact, which may have the id of one that is retired.
        """
        living = [
            note
            for guid, note in self.before.notes.items()
            if guid in self.after.notes and not self.after.notes[guid].retired
        ]
        facts = {(note.fact, note.has_gaps): note for note in living}
        texts = {_text(note): note for note in living if note.guid not in self.meant.notes}
        for guid in self.after.notes.keys() - self.before.notes.keys():
            made = self.after.notes[guid]
            old = facts.get((made.fact, made.has_gaps)) or texts.get(_text(made))
            if old:
                expected = f"one note, as before ({old.guid})"
                found = f"a second one ({guid}), which knows nothing of what was learned"
                if old.fact != made.fact:
                    found += f"; the old one is of the fact `{old.fact}`"
                yield Finding("duplicate", made.fact, 0, expected, found)

    def _elsewhere(self) -> Iterator[Finding]:
        """Yield each note that asks for something else, while another asks now what it asked."""
        old, now = ({g: _asked(n) for g, n in s.notes.items()} for s in (self.before, self.after))
        asking = {said: guid for guid, said in now.items() if old.get(guid) != said}
        for guid, said in old.items():
            other, there = asking.get(said, guid), self.after.notes.get(guid)
            if other != guid and there and not there.retired and now[guid] != said:
                found = f"`{self.after.notes[other].fact}` asks that now, without its history"
                expected = "it asks what it asked, or what that became"
                yield Finding("elsewhere", self.before.notes[guid].fact, 0, expected, found)

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
    """Yield each card that asks for what was learned on another of its note."""
    code = "swapped" if old.has_gaps else "exchanged"  # gaps have numbers, faces none
    cards = [*moved(old, now)]
    way = given_back(cards, now) if old.has_gaps else ""
    hint = f"in `{old.fact}`, {way}" if way else ""
    for card in cards:
        yield Finding(code, old.fact, card.ordinal + 1, card.expected, card.found, hint)


def _noticed(old: NoteState, now: NoteState) -> Iterator[Finding]:
    """Yield each card that is left blank, or has another answer."""
    asked, asks = answers(old), answers(now)
    for ordinal, before in asked.items():
        if ordinal not in asks and ordinal in now.cards:
            found = "is blank: Empty Cards clears it away"
            yield Finding("blank", old.fact, ordinal + 1, "", found)
        elif asks.get(ordinal, before) != before:
            found = f"has another answer: {quoted(before)} became {quoted(asks[ordinal])}"
            yield Finding("answer", old.fact, ordinal + 1, "", found)


def _decks(state: State) -> set[str]:
    return {card.deck for note in state.notes.values() for card in note.cards.values()}


def _text(note: NoteState) -> tuple[str, ...]:
    """Return what a note says, without the fact that it names."""
    return tuple(
        value.replace(OWN_WORDS, "") for name, value in note.fields.items() if name != "Id"
    )


def _asked(note: NoteState) -> tuple[str, ...]:
    """Return what the cards of a note ask and answer."""
    return tuple(
        value.replace(OWN_WORDS, "")
        for name, value in note.fields.items()
        if name.startswith(("Front ", "Back ", "Text"))
    )


def _differing(wanted: NoteState, found: NoteState) -> str:
    """Return the first field, or else the tags, in which two notes differ."""
    for name, value in wanted.fields.items():
        if found.fields.get(name) != value:
            now = quoted(words(found.fields.get(name, "")))
            return f"{name} should read {quoted(words(value))}, and reads {now}"
    return f"its tags should be {quoted(' '.join(sorted(wanted.tags)))}"
