"""Two editions, and which fact became which -> what changes many notes at once, told once.

A title stands above the cards of a topic, the ids of deck and topic are tags of all their notes,
and the look is that of all cards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

from deckbuilder.releases.edition import Edition, Entry
from deckbuilder.slots import dataclass

Pairs = Collection[tuple[Entry, Entry]]  # a fact as it was, and as it is
Renaming = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that reads otherwise, and the facts whose notes that changes."""

    label: str
    old: str
    new: str
    facts: tuple[str, ...] = ()


def titles(old: Edition, new: Edition, pairs: Pairs, others: Set[Renaming]) -> Iterator[Cause]:
    """Yield each title that changed, and each that cards have another above them.

    That of a fact which moved to another topic is another for that. `others`: the topics that
    have another id.
    """
    if old.anki != new.anki:
        yield Cause("deck in Anki", old.anki, new.anki)
    above: dict[Renaming, list[str]] = {}
    for was, now in pairs:
        if was.kind == now.kind and (was.topic == now.topic or (was.topic, now.topic) in others):
            for renaming in dict.fromkeys(zip(was.titles, now.titles, strict=False)):
                above.setdefault(renaming, []).append(now.id)
    for label, renaming in _rows(old, new, others):
        if renaming[0] != renaming[1]:
            yield Cause(label, *renaming, tuple(above.pop(renaming, ())))
    for renaming, facts in above.items():
        if renaming[0] != renaming[1]:
            yield Cause("title above cards", *renaming, tuple(facts))


def _rows(old: Edition, new: Edition, others: Set[Renaming]) -> Iterator[tuple[str, Renaming]]:
    """Yield the titles of deck and topics, then and now, as far as both are sources."""
    if old.topics is not None and new.topics is not None:
        yield "title", (old.title, new.title)
        now = dict(others)  # a topic that went -> what it is called now
        before = {now.get(topic, topic): title for topic, title in old.topics.items()}
        for topic in {**new.topics, **before}:
            yield f"topic `{topic}`", (before.get(topic, ""), new.topics.get(topic, ""))


def ids(old: Edition, new: Edition, pairs: Pairs, others: Set[Renaming]) -> Iterator[Cause]:
    """Yield each id of a deck or a topic that is another now, and with it the tags of its notes."""
    both = [(was, now) for was, now in pairs if was.kind and now.kind]
    if old.deck != new.deck and old.deck and new.deck:
        yield Cause("deck, in tags", old.deck, new.deck, tuple(now.id for _, now in both))
    for renaming in sorted(others):
        facts = tuple(now.id for was, now in both if (was.topic, now.topic) == renaming)
        yield Cause("topic, in tags", *renaming, facts)


def renamed(old: Edition, new: Edition, pairs: Pairs) -> Set[Renaming]:
    """Return the topics that went for one that came: the same to learners, with another id."""
    before, after = _topics(old), _topics(new)
    renamings = {(was.topic, now.topic) for was, now in pairs}
    return {(one, other) for one, other in renamings if one not in after and other not in before}


def _topics(edition: Edition) -> Set[str]:
    return {entry.topic for entry in edition.entries.values()} | {*(edition.topics or ())}


def look(old: Edition, new: Edition) -> Iterator[str]:
    """Yield what of all cards looks otherwise."""
    both = [(was, new.looks[kind]) for kind, was in old.looks.items() if kind in new.looks]
    for what, at in (("style", 1), ("layout", 0)):
        if any(was[at] != now[at] for was, now in both):
            yield what
