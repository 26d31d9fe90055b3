"""A deck at its last release and now -> what learners will notice, and what they have to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from deckbuilder.cards import cards
from deckbuilder.check_anki import same_deck
from deckbuilder.content import gaps_in, without_gaps
from deckbuilder.lock import Line, Lock, is_forced
from deckbuilder.media.medium import NOTHING, as_in_deck
from deckbuilder.model import Deck, Faces, Fact, in_deck, study_order
from deckbuilder.publishing.built import AsBuilt
from deckbuilder.publishing.legible import legible, legible_content
from deckbuilder.publishing.otherwise import (
    Pair,
    above,
    renamed_tags,
    retitled,
    sheet,
    titled_as,
    topics_then,
    ways,
)
from deckbuilder.publishing.version import Step
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.notes import notes, notetype
from deckbuilder.writers.apkg.notetypes import note_types

LONGEST = 90  # characters by which a fact is named


@dataclass(frozen=True, slots=True)
class News:
    """Facts, by their words, in the order of the source; none that is on the sheet alone.

    Attributes:
        new, back, gone: that came, came again, were retired.
        corrected: whose answers are others now.
        more: that are asked in more ways.
        blank: that are asked in fewer ways, so that cards of theirs are blank; each with what it is
            no longer asked for.
        reworded: that read otherwise, with the same answers.
        elsewhere: that are under another topic.
        pictured, tagged, manner: that have another picture or sound, other tags of the author's
            own, or are typed or read aloud where they were not, or no longer.
        aside: that have another hint, extra or source.
        form: that say the same, set otherwise: in an order, in bold.
        retitled: the titles of the deck and of topics, before and now, where they are others.
        tags: the same for the tags that come from the ids of deck and topics.
        replaced: several notes changed for a title or a tag that notes of a topic share, and with
            them what learners wrote into them.
        look: the cards look otherwise.
        revised: the sheet reads otherwise.
        other: anything else of the source changed, be it an id.
        forced: notes were made newer on purpose: what learners wrote into one is replaced.
        schema: learners have to change the options of the import.
        moved: the name of the deck in Anki, before and now, if it is another to Anki.
    """

    new: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    blank: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reworded: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    manner: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    retitled: tuple[Pair, ...] = ()
    tags: tuple[Pair, ...] = ()
    replaced: bool = False
    look: bool = False
    revised: bool = False
    other: bool = False
    forced: bool = False
    schema: bool = False
    moved: tuple[str, str] | tuple[()] = ()

    @property
    def step(self) -> Step:
        """What the release asks of learners."""
        if self.gone or self.blank or self.schema or self.moved:
            return Step.ACT
        if self.new or self.back or self.more:
            return Step.FACTS
        worded = self.corrected or self.form or self.pictured
        if worded or self.look or self.revised or self.other or self.forced:
            return Step.WORDING
        return Step.NOTHING


def news(old: AsBuilt, now: AsBuilt, retired: Mapping[str, Fact] = MappingProxyType({})) -> News:
    """Return what changed from one release to the next; another id alone is nothing to learners.

    `retired`: by its guid each fact that was retired then and is back, as it was before.
    """
    found, before = defaultdict[str, list[Any]](list), _earlier(old, now)
    shared = 0  # notes that get another title or tag, which notes of a topic share
    ids = {name: one.id for name, one in before.items()}
    lines, revived = _by_fact(old.lock), _revived(old.lock, now.lock)
    unnamed, untitled = _unnamed(now.deck, old.deck, ids), titled_as(now.deck, old.deck)
    headed = {a.id: (a, b) for a, b in zip(untitled.topics, now.deck.topics, strict=True)}
    made = {fact.at: note for fact, note in zip(study_order(unnamed), notes(unnamed), strict=True)}
    for fact, known_as in zip(now.deck.facts, unnamed.facts, strict=True):
        words = named(fact)
        one = before.get(fact.id)
        if one is None and fact.at in made:
            found["back" if fact.id in revived else "new"].append(words)
            back = retired.get(revived.get(fact.id, ""))
            if back and (gone := _no_more(back, fact)):
                found["blank"].append((words, gone))
        elif one and fact.at in made:
            told = dict(_asked_otherwise(one, fact, words))
            changed = made[fact.at].digest not in {line.digest for line in lines.get(one.id, ())}
            then, topic = headed[fact.topic]
            titled = changed and above(untitled, then, fact) != above(now.deck, topic, fact)
            if changed:
                others = _ways(one, known_as, asked=bool(told), titled=titled)
                told |= dict.fromkeys(others, words)
            for name, what in told.items():
                found[name].append(what)
            retagged = now.deck.id != old.deck.id or fact.topic != known_as.topic
            stays = one.only != "sheet" and one.topic == known_as.topic
            shared += bool(stays and (titled or retagged))
    known, made_types = old.lock.lines, note_types(unnamed, now.lock.origin)
    names = old.deck.anki, now.deck.anki
    types = [(of, known["", of.kind]) for of in made_types if ("", of.kind) in known]
    return News(
        **{name: tuple(facts) for name, facts in found.items()},
        gone=tuple(_gone(old.deck, now.deck, before)),
        retitled=tuple((legible(a), legible(b)) for a, b in retitled(old.deck, now.deck)),
        tags=tuple(renamed_tags(old.deck, now.deck)),
        replaced=shared > 1,
        look=any(of.digest != line.digest for of, line in types),
        revised=sheet(old.deck, {}) != sheet(now.deck, ids),
        other=_said(old.deck) != _said(now.deck),
        forced=is_forced(now.lock, old.lock),
        schema=any(line.schema not in ("", of.schema) for of, line in types),
        moved=() if same_deck(*names) else names,
    )


def _revived(old: Lock, now: Lock) -> Mapping[str, str]:
    """Return the facts whose notes were retired, under whatever id, and are no longer: guids."""
    retired = {line.guid for line in old.lines.values() if line.retired}
    lines = now.lines.items()
    return {fact: of.guid for (fact, _), of in lines if of.guid in retired and not of.retired}


def _gone(old: Deck, now: Deck, before: Mapping[str, Fact]) -> Iterator[str]:
    """Yield the facts that are no longer in the deck, some of them on the sheet alone."""
    held = {fact.id for fact in in_deck(now)}
    kept = {one.id for name, one in before.items() if name in held}
    for fact in in_deck(old):
        if fact.id not in kept:
            yield named(fact)


def named(fact: Fact) -> str:
    """Return a few words by which a learner knows a fact."""
    note = fact.parts.note
    content = note.faces[0].front if isinstance(note, Faces) else without_gaps(note.content)
    return _shortened(legible_content(content))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _earlier(old: AsBuilt, now: AsBuilt) -> dict[str, Fact]:
    """Return the fact that each fact was, also where it had another id."""
    facts, ids = {fact.id: fact for fact in old.deck.facts}, {}
    guids = {line.guid: key[0] for key, line in old.lock.lines.items() if key[0]}
    lines = _by_fact(now.lock)
    for fact in now.deck.facts:
        names = [guids[line.guid] for line in lines.get(fact.id, ()) if line.guid in guids]
        for name in (*names, fact.id, *fact.was):
            if name in facts and not _other_note(facts[name], fact):
                ids[fact.id] = facts[name]
                break
    return ids


def _other_note(one: Fact, other: Fact) -> bool:
    """Tell whether facts of one id are two notes: what is retired leaves it to the other type."""
    return "sheet" not in (one.only, other.only) and notetype(one) != notetype(other)


def _asked_otherwise(one: Fact, other: Fact, words: str) -> Iterator[tuple[str, Any]]:
    """Yield that cards of a fact came, went, or ask for something else, by the names of `News`."""
    if one.only == "sheet":
        yield "more", words
        return
    before = {card.ordinal: card.answer for card in cards(one)}
    after = {card.ordinal: card.answer for card in cards(other)}
    if gone := _no_more(one, other):
        yield "blank", (words, gone)
    if after.keys() - before.keys():
        yield "more", words
    if any(before[n] != after[n] for n in before.keys() & after.keys()):
        yield "corrected", words


def _no_more(one: Fact, other: Fact) -> tuple[str, ...]:
    """Return what a fact is no longer asked for."""
    asks, asked = {card.ordinal for card in cards(other)}, _asked(one)
    return tuple([asked[card.ordinal] for card in cards(one) if card.ordinal not in asks])


def _ways(one: Fact, other: Fact, *, asked: bool, titled: bool) -> Set[str]:
    """Return in which ways a fact is otherwise, some of which its source does not tell.

    Args:
        one: as it was.
        other: as it is, by the ids that it had then.
        asked: whether its cards ask for something else, which is told already.
        titled: whether another title stands above them, which is told of the title.
    """
    found = {*ways(one, other)} - ({"reworded", "form"} if asked else set())
    if found or asked or titled:
        return found
    return {"form"} if other.media == NOTHING else {"pictured"}  # what we make of words; of a file


def _asked(fact: Fact) -> dict[int, str]:
    """Return what each card of a fact asks for, in a few words."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return {n: _shortened(legible_content(face.back)) for n, face in enumerate(note.faces, 1)}
    asked: dict[int, list[str]] = {}
    for gap in gaps_in(note.content):
        asked.setdefault(gap.number, []).append(legible(gap.inside))
    return {number: _shortened(" ".join(inside)) for number, inside in asked.items()}


def _unnamed(deck: Deck, old: Deck, ids: Mapping[str, str]) -> Deck:
    """Return a deck as it would be if nothing had got another id since `old`.

    `ids`: those that its facts had then.
    """
    topics = topics_then(deck, old)
    return replace(
        deck,
        id=old.id,
        topics=tuple(replace(topic, id=topics[topic.id]) for topic in deck.topics),
        facts=tuple(
            replace(
                fact,
                id=ids.get(fact.id, fact.id),
                topic=topics[fact.topic],
                media=as_in_deck(fact.media, old.id),
            )
            for fact in deck.facts
        ),
    )


def _by_fact(lock: Lock) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for (fact, _), line in lock.lines.items():
        found.setdefault(fact, []).append(line)
    return found


def _said(deck: Deck) -> object:
    """Return all that a source says, but for its version."""
    values = dict(deck.source.values)
    return values | {"deck": {k: v for k, v in values["deck"].items() if k != "version"}}
