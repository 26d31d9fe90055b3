"""A fact, or a deck, as it was and as it is -> in which ways learners find it otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckbuilder.cards import answers, cards
from deckbuilder.content import Content, each_gap, gaps_in, texts
from deckbuilder.context import context
from deckbuilder.model import Deck, Faces, Fact, Topic, on_sheet
from deckbuilder.text.tree import Gap, Text, plain

Pair = tuple[str, str]


def ways(one: Fact, other: Fact) -> Iterator[str]:
    """Yield the ways in which a fact differs, as `News` calls them, by its source alone.

    Args:
        one: as it was.
        other: as it is, its topic by the id that it had then.
    """
    if one.topic != other.topic:
        yield "elsewhere"
    if _words(one) != _words(other):
        yield "reworded"
    elif _form(one) != _form(other):
        yield "form"
    if _aside(one) != _aside(other):
        yield "aside"
    if _media(one) != _media(other):
        yield "pictured"
    if {*one.tags} != {*other.tags}:
        yield "tagged"
    if (one.typed, one.speak) != (other.typed, other.speak):
        yield "manner"


def _words(fact: Fact) -> object:
    """Return what the cards of a fact ask and answer; items and cells in whatever order."""
    return [sorted(map(plain, texts(content))) for content in _contents(fact)]


def _form(fact: Fact) -> object:
    return fact.kind, [each_gap(content, _bare) for content in _contents(fact)]


def _aside(fact: Fact) -> object:
    """Return what stands beside question and answer."""
    held = [gap for content in _contents(fact) for gap in gaps_in(content)]
    return (
        fact.extra,
        fact.hint,
        fact.cite,
        sorted((gap.number, gap.hint) for gap in held if gap.hint),
    )


def _contents(fact: Fact) -> list[Content]:
    note = fact.parts.note
    if isinstance(note, Faces):
        return [content for face in note.faces for content in (face.front, face.back)]
    return [note.content]


def _bare(gap: Gap) -> Text:
    """Return a gap as print has it, bold, and without a number."""
    return (Gap(gap.inside),)


def _media(fact: Fact) -> object:
    """Return what is shown and played: a file is what is in it, if that is known."""
    media = fact.media
    files = [asset and (asset.digest or asset.path) for asset in (media.image, media.audio)]
    return files, media.alt, media.credit, media.front


def above(deck: Deck, topic: Topic, fact: Fact) -> list[Text]:
    """Return the titles that stand above the cards of a fact of a topic."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return [context(deck, topic, card.front, card.answer) for card in cards(fact)]
    return [context(deck, topic, note.content, *answers(note.content).values())]


def topics_then(deck: Deck, old: Deck) -> Mapping[str, str]:
    """Return the id that each topic had in an older deck; its own if it was not there.

    One that names a topic which is there still was split off from it, and has a new tag. One that
    is new and has the title of one that went is that, though its author did not say so.
    """
    then, now = ({topic.id for topic in of.topics} for of in (old, deck))
    gone = then - now
    named = {name for topic in deck.topics for name in topic.was}
    titled = {topic.title: topic.id for topic in old.topics if topic.id in gone - named}

    def before(topic: Topic) -> str:
        if topic.id in then:
            return topic.id
        said = (name for name in topic.was if name in gone)
        return next(said, titled.get(topic.title, topic.id))

    return {topic.id: before(topic) for topic in deck.topics}


def titled_as(deck: Deck, old: Deck) -> Deck:
    """Return a deck with the titles that it and its topics had in an older one."""
    before, then = {topic.id: topic.title for topic in old.topics}, topics_then(deck, old)
    topics = (replace(t, title=before.get(then[t.id], t.title)) for t in deck.topics)
    return replace(deck, title=old.title, topics=tuple(topics))


def retitled(old: Deck, now: Deck) -> Iterator[tuple[Text, Text]]:
    """Yield each title that is another now."""
    before, after = (
        [deck.title, *(topic.title for topic in deck.topics)] for deck in (titled_as(now, old), now)
    )
    for one, other in zip(before, after, strict=True):
        if one != other:
            yield one, other


def renamed_tags(old: Deck, now: Deck) -> Iterator[Pair]:
    """Yield each tag of deck or topic that has another name now; Anki’s tags are nested by `::`."""
    if old.id != now.id:
        yield old.id, now.id
    for topic, then in topics_then(now, old).items():
        if topic != then:
            yield f"{old.id}::{then}", f"{now.id}::{topic}"


def sheet(deck: Deck, ids: Mapping[str, str]) -> object:
    """Return what the printed sheet of a deck says; `ids`: those that its facts had before."""
    facts: dict[str, list[object]] = {}
    for fact in on_sheet(deck):
        parts = fact.parts
        said = each_gap(parts.statement, _bare), parts.when, fact.extra, fact.cite, _media(fact)
        facts.setdefault(fact.topic, []).append((said, fact.glossary))
    prompts = {ids.get(f.id, f.id): each_gap(f.parts.asked.prompt, _bare) for f in deck.facts}
    return (
        [
            getattr(deck, name)
            for name in ("title", "subject", "licence", "summary", "recap", "hook")
        ],
        deck.language,
        deck.source.values.get("print"),
        [(period.title, period.start, period.end) for period in deck.periods],
        [(t.title, t.when, t.summary, t.part, facts.get(t.id)) for t in deck.topics],
        [prompts.get(ids.get(name, name)) for name in deck.check],
    )
