"""Two editions of a deck -> what changed between them, fact by fact, and what a learner sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from deckbuilder.releases import causes
from deckbuilder.releases.causes import Cause
from deckbuilder.releases.edition import ON_PAPER, Edition, Entry, differences
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.notetypes import FACTS

MAIN = ("text", "question", "answer")  # what a statement on paper repeats


@dataclass(frozen=True, slots=True)
class Part:
    """Something that reads otherwise; `old` or `new` is "" where there was, or is, nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact whose words changed. `answers`: those of its cards, where they are others now."""

    fact: str
    parts: tuple[Part, ...]
    answers: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that came or went, and its words; or a card of one, and what it asks for."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact that has another id, or another topic."""

    fact: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a learner of the old edition sees on import, counted in notes."""

    new: int
    updated: int
    removed: int


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences, each in the order of the new edition; what went in that of the old."""

    old: str
    new: str
    titles: tuple[Cause, ...]
    added: tuple[Told, ...]
    corrected: tuple[Changed, ...]
    reworded: tuple[Changed, ...]
    asked: tuple[Told, ...]  # cards that came
    unasked: tuple[Told, ...]  # and went: learners see them blank
    moved: tuple[Moved, ...]
    ids: tuple[Cause, ...]  # of deck and topics, with the tags of their notes
    renamed: tuple[Moved, ...]
    look: tuple[str, ...]  # "style", "layout": of all cards
    again: tuple[str, ...]  # notes that are dated later, and hold the same
    removed: tuple[Told, ...]
    seen: Seen


def diff(old: Edition, new: Edition) -> Diff:
    """Return what changed. A fact on paper alone is compared only where both come from sources."""
    before, after = _comparable(old, new), _comparable(new, old)
    pairs = _pairs(before, after)
    known = [(entry, after[name]) for name, entry in pairs.items()]
    both = [(was, now) for was, now in known if bool(was.kind) == bool(now.kind)]
    packed, printed = old.packed and new.packed, not (old.packed or new.packed)
    cards = [_cards(was, now, packed=packed) for was, now in both]
    compared = [_changed(*each, of, printed=printed) for each, of in zip(both, cards, strict=True)]
    changed = [found for found in compared if found]
    met = {was.id for was, _ in known}
    topics = causes.renamed(old, new, both)
    return Diff(
        old=_named(old),
        new=_named(new),
        titles=tuple(causes.titles(old, new, both, topics)),
        added=(
            *(_told(entry) for name, entry in after.items() if name not in pairs),
            *(_told(now, "was on paper alone") for was, now in known if now.kind and not was.kind),
        ),
        corrected=tuple(found for found in changed if found.answers),
        reworded=tuple(found for found in changed if not found.answers),
        asked=tuple(card for found in cards for card in found.come),
        unasked=tuple(card for found in cards for card in found.gone),
        moved=tuple(
            Moved(now.id, was.topic, now.topic)
            for was, now in both
            if was.topic != now.topic and (was.topic, now.topic) not in topics
        ),
        ids=tuple(causes.ids(old, new, both, topics)),
        renamed=tuple(Moved(now.id, was.id, now.id) for was, now in both if was.id != now.id),
        look=tuple(causes.look(old, new)),
        again=tuple(
            now.id
            for (was, now), of in zip(both, cards, strict=True)
            if packed and _dated(was, now) and was.content == now.content and not any(of)
        ),
        removed=(
            *(_told(entry) for name, entry in before.items() if name not in met),
            *(_told(was, "stays on paper") for was, now in known if was.kind and not now.kind),
        ),
        seen=_seen(before, after, both, packed=packed),
    )


def _named(edition: Edition) -> str:
    return f"{edition.name} {edition.version}".strip()


def _comparable(edition: Edition, other: Edition) -> Mapping[str, Entry]:
    if not other.packed:
        return edition.entries
    return {name: entry for name, entry in edition.entries.items() if entry.kind}


def _pairs(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the earlier entry of each fact, by its present id: also where the id was another.

    Notes of two types are of two facts, also if they have one id: none becomes the other.
    """
    guids = {entry.guid: entry for entry in before.values() if entry.guid}
    claimed = {guids[entry.guid].id for entry in after.values() if entry.guid in guids}
    pairs = {}
    for name, entry in after.items():
        ids = [old for old in (name, *entry.was) if old in before and old not in claimed]
        named = (before[old] for old in ids)
        same = (old for old in named if not (old.kind and entry.kind) or old.kind == entry.kind)
        known = guids.get(entry.guid) or next(same, None)
        if known:
            pairs[name] = known
    return pairs


def _dated(was: Entry, now: Entry) -> bool:
    """Tell whether a learner's note is the same, with a later date."""
    return was.guid == now.guid and now.mod > was.mod


def _told(entry: Entry, remark: str = "") -> Told:
    main = [entry.said[label] for label in MAIN if label in entry.said]
    words = " – ".join(main) or entry.said.get(ON_PAPER, "")
    return Told(entry.id, f"{words} ({remark})" if remark else words)


def _changed(old: Entry, new: Entry, cards: _Cards, *, printed: bool) -> Changed | None:
    """Return how a fact changed. `printed`: its statement is known, as both come from sources."""
    labels = [label for label in {**new.said, **old.said} if label != ON_PAPER]
    parts = list(_differing(labels, old.said, new.said))
    if printed and not any(part.label in MAIN for part in parts):
        parts += _differing([ON_PAPER], old.said, new.said)
    answers = tuple(part for number, part in cards.changed.items() if number in old.answers)
    if not (parts or any(cards)):  # the same words, set otherwise
        parts += [Part(*found) for found in differences(old, new)]
    return Changed(new.id, tuple(parts), answers) if parts or answers else None


def _differing(labels: list[str], old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Part]:
    for label in labels:
        if old.get(label, "") != new.get(label, ""):
            yield Part(label, old.get(label, ""), new.get(label, ""))


class _Cards(NamedTuple):
    """What became of a fact's cards. `changed`: by its number, the answer of one that goes on."""

    changed: Mapping[int, Part]
    gone: Sequence[Told]
    come: Sequence[Told]


def _cards(old: Entry, new: Entry, *, packed: bool) -> _Cards:
    """Compare the cards of a fact by their numbers, which learners have them by.

    Those of gaps in a source that has no lock are not the last word: there a card goes on wherever
    its answer does; so where the lock knows another note by the fact's id than a package has.
    """
    one = old.numbered and new.numbered and old.guid == new.guid
    numbered = packed or one or new.kind == FACTS
    gone = Counter(old.cards.values()) - Counter(new.cards.values())
    come = Counter(new.cards.values()) - Counter(old.cards.values())
    changed = {}
    for number, was in old.cards.items():
        now = new.cards.get(number, was)
        if was != now and (numbered or (was in gone and now in come)):
            changed[number] = Part(f"answer of card {number}", was, now)
    if numbered:
        went = [was for number, was in old.cards.items() if number not in new.cards]
        came = [now for number, now in new.cards.items() if number not in old.cards]
    else:
        went = [*(gone - Counter(part.old for part in changed.values())).elements()]
        came = [*(come - Counter(part.new for part in changed.values())).elements()]
    return _Cards(changed, [Told(new.id, was) for was in went], [Told(new.id, now) for now in came])


def _seen(
    before: Mapping[str, Entry],
    after: Mapping[str, Entry],
    both: Sequence[tuple[Entry, Entry]],
    *,
    packed: bool,
) -> Seen:
    """Count notes: of packages by what Anki goes by, else by what building the sources would do."""
    kept = [(old, new) for old, new in both if _same_note(old, new, packed=packed)]
    return Seen(
        new=sum(bool(entry.kind) for entry in after.values()) - len(kept),
        updated=sum(
            new.mod > old.mod if packed else new.content != old.content for old, new in kept
        ),
        removed=sum(bool(entry.kind) for entry in before.values()) - len(kept),
    )


def _same_note(old: Entry, new: Entry, *, packed: bool) -> bool:
    """Tell whether a learner's note of the one becomes the note of the other."""
    return old.guid == new.guid if packed else bool(new.kind)
