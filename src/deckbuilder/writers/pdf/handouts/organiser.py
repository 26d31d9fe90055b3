"""The sheet's facts with blanks for what is to be known, and what belongs there on a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from deckbuilder.choice import Chosen
from deckbuilder.model import Deck, Fact, on_sheet
from deckbuilder.text.tree import Words, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.answers import Group, joined, key, key_says
from deckbuilder.writers.pdf.handouts.hiding import date_hidden, hidden
from deckbuilder.writers.pdf.handouts.writing import ROOMY, fields, in_marks
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.overflow import with_room
from deckbuilder.writers.pdf.pages import Flow, Layout, Story
from deckbuilder.writers.pdf.parts import dated_statement
from deckbuilder.writers.pdf.pictures import described
from deckbuilder.writers.pdf.sections import Setting, by_topic, glossary, sections
from deckbuilder.writers.pdf.strips import space
from deckbuilder.writers.pdf.theme import BODY_SPACE, Theme


def lay_out(chosen: Chosen) -> Layout:
    """Return the sheet with its blanks, then the key."""
    deck, facts = hidden(chosen.deck, chosen.facts)
    of_topic, explaining = by_topic(deck, facts)
    asking, terms = by_topic(deck, [_asking(fact) for fact in facts])
    shown = {topic.id for topic in deck.topics}
    dated = [
        (*topic.title, Words(" "), *words(when.text))
        for topic in chosen.deck.topics
        if topic.id in shown and (when := date_hidden(topic, deck.printing.hide))
    ]
    say, blanks = deck.phrases, sum(fact.parts.asked.marks for fact in facts) + len(dated)

    topics = [(topic.title, of_topic[topic.id]) for topic in deck.topics]
    groups = [
        Group(title, asked)
        for title, of in (*topics, (words(say.glossary), explaining))
        if (asked := [fact for fact in of if fact.parts.asked.marks])
    ]

    def story(theme: Theme, root: Element) -> Story:
        head = masthead(deck, theme, root, say.organiser, (), told(chosen))
        marks = in_marks(blanks, say)
        head += fields(say, marks, theme, root.add("P"))
        head.append(space(BODY_SPACE * theme.unit))
        written = replace(theme, cell_space=ROOMY) if "words" in deck.printing.hide else theme
        setting = Setting(deck, written, asking, {})
        body = [*chain.from_iterable(sections(setting, root)), *glossary(terms, setting, root)]
        answers = key(chosen, say.organiser, groups, theme, root, joined(dated))
        return Flow(head, body), answers

    return with_room(story, deck.printing)


def _facts(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts of the sheet whose blanks can be filled in without hearing anything."""
    return tuple(fact for fact in on_sheet(deck) if not fact.media.heard)


def _asking(fact: Fact) -> Fact:
    """Return a fact without what is on the key, where its blanks are answered."""
    return replace(fact, media=fact.media.asked) if fact.parts.asked.marks else fact


def _in_order(deck: Deck, facts: Sequence[Fact]) -> list[Fact]:
    of_topic, explaining = by_topic(deck, facts)
    return [*(fact for topic in deck.topics for fact in of_topic[topic.id]), *explaining]


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each fact with its blanks, then what belongs there."""
    deck, facts = hidden(chosen.deck, chosen.facts)
    ordered = _in_order(deck, facts)
    for fact in ordered:
        said = (*dated_statement(fact), *described(_asking(fact).media))
        yield Said(str(fact.number), said)
    yield from key_says(fact for fact in ordered if fact.parts.asked.marks)


HANDOUT = Handout(lambda say: say.organiser, _facts, lay_out, says, takes="facts on the sheet")
