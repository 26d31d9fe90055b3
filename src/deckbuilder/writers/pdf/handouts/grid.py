"""Boxes of questions for points, topic by topic, drawn by lot; their answers on a key."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from deckbuilder.cards import lettered
from deckbuilder.choice import Chosen, lot
from deckbuilder.content import Ask, Table, plain_content, texts
from deckbuilder.context import gives_away
from deckbuilder.model import Deck, Fact, Topic, asked_in_print
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Text, plain, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.answers import Group, joined, key, key_says
from deckbuilder.writers.pdf.handouts.boxes import row_of_boxes
from deckbuilder.writers.pdf.handouts.writing import fields
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.overflow import with_room
from deckbuilder.writers.pdf.pages import Flow, Layout, Story
from deckbuilder.writers.pdf.parts import NUMBERED
from deckbuilder.writers.pdf.pictures import described
from deckbuilder.writers.pdf.runs import blanked
from deckbuilder.writers.pdf.strips import Strip, height, paragraph, space, staying
from deckbuilder.writers.pdf.theme import BODY_SPACE, Theme

LEVELS = 4  # points of the hardest question, and how many boxes of a topic make a row of them
BOXES = 16  # at least, if there are as many facts: with few topics, each has more rows
WIDE = 44.0  # × the body: from this width on, the boxes of a row stand side by side
APART = 2.6  # units above a topic
LOW = 0.4  # of the paper's height: a row that is higher may be parted, or pages would stay empty

Row = list[tuple[Fact, int]]  # facts with their points


def _facts(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts whose question has room in a box: none with a table."""
    asked = asked_in_print(deck)
    return tuple(f for f in asked if not any(isinstance(b, Table) for b in f.parts.asked.prompt))


def _drawn(chosen: Chosen) -> list[tuple[Topic, list[Row]]]:
    """Return topics, and the facts that are drawn of each, row by row.

    If the teacher says how many there are to be, none is left out. Where facts are shuffled, so are
    topics, and the facts of a topic that are worth the same.
    """
    of_topic: dict[str, list[Fact]] = {}
    for fact in chosen.facts:
        of_topic.setdefault(fact.topic, []).append(fact)
    most = LEVELS * max(1, math.ceil(BOXES / LEVELS / max(len(of_topic), 1)))
    shuffled = chosen.choice.seed is not None or bool(chosen.version)
    topics = {topic.id: topic for topic in chosen.deck.topics}
    out = []
    for name in of_topic if shuffled else topics:
        facts = of_topic.get(name, [])
        lots = {fact.id for fact in sorted(facts, key=partial(_lot, chosen))[:most]}
        taken = facts if chosen.choice.count else [fact for fact in facts if fact.id in lots]
        out += [(topics[name], _rows(taken, shuffled=shuffled))] if taken else []
    return out


def _lot(chosen: Chosen, fact: Fact) -> str:
    return lot(fact, chosen.choice.seed or 0, f"grid{chosen.version}")


def _rows(facts: Sequence[Fact], *, shuffled: bool) -> list[Row]:
    """Return rows of facts, each from easy to hard.

    If facts are `shuffled`, those worth the same keep their order, or else they are sorted, too.
    """
    rows, ordered = math.ceil(len(facts) / LEVELS), sorted(facts, key=_difficulty)
    levels = [ordered[n : n + rows] for n in range(0, len(facts), rows)]
    if shuffled:
        place = {fact.id: n for n, fact in enumerate(facts)}
        levels = [sorted(level, key=lambda fact: place[fact.id]) for level in levels]
    return [
        [(level[row], points) for points, level in enumerate(levels, 1) if row < len(level)]
        for row in range(rows)
    ]


def _difficulty(fact: Fact) -> tuple[int, int]:
    return fact.parts.asked.marks, len(plain_content(fact.parts.asked.answer))


def lay_out(chosen: Chosen) -> Layout:
    """Return the boxes, then the key."""
    deck, say, drawn = chosen.deck, chosen.deck.phrases, _drawn(chosen)
    asked = [fact for _, rows in drawn for fact, _ in chain(*rows)]
    headings = _headings(drawn, say)
    groups = [
        Group(_title(topic, heading), [fact for fact, _ in chain(*rows)])
        for (topic, rows), heading in zip(drawn, headings, strict=True)
    ]
    points = _points(sum(points for _, rows in drawn for _, points in chain(*rows)), say)

    def story(theme: Theme, root: Element) -> Story:
        some = told(replace(chosen, facts=tuple(asked)))
        head = masthead(deck, theme, root, say.grid, words(say.grid_how), some)
        head += fields(say, points, theme, root.add("P"))
        head.append(space(BODY_SPACE * theme.unit))
        body = list[Strip]()
        for heading, (_, rows) in zip(headings, drawn, strict=True):
            body += _topic(heading, rows, say, theme, root)
        return Flow(head, body), key(chosen, say.grid, groups, theme, root)

    return with_room(story, deck.printing, most_columns=1)


def _points(points: int, say: Phrases) -> str:
    return (say.point if points == 1 else say.points).format(points=points)


def _topic(
    heading: Text, rows: Sequence[Row], say: Phrases, theme: Theme, root: Element
) -> list[Strip]:
    section = root.add("Sect")
    style, title = replace(theme.style("heading"), above=APART * theme.unit), section.add("H2")
    strips = paragraph(heading, style, theme.width, title, bookmark=1)
    across = LEVELS if theme.width >= WIDE * theme.base else LEVELS // 2
    parent = section.add("L", attributes=NUMBERED)
    for row in rows:
        worth = [(fact, _points(points, say)) for fact, points in row]
        parts = [worth[n : n + across] for n in range(0, len(row), across)]
        boxes = [row_of_boxes(part, across, theme, parent) for part in parts]
        if height(boxes) < LOW * theme.paper[1]:
            staying(boxes[:-1])  # else most topics would go on without their title
        strips += boxes
    return strips


def _headings(drawn: Sequence[tuple[Topic, list[Row]]], say: Phrases) -> list[Text]:
    """Return the title of each topic, or "Question", where several have that, with a letter."""
    telling = [topic.id for topic, rows in drawn if _tells(topic, rows)]
    one = len(telling) == 1
    instead = {name: "" if one else f" {lettered(n)}" for n, name in enumerate(telling)}
    return [
        words(say.question + instead[topic.id]) if topic.id in instead else topic.title
        for topic, _ in drawn
    ]


def _tells(topic: Topic, rows: Sequence[Row]) -> bool:
    """Tell whether the title of a topic answers a question of its own.

    What is only to be put in order is no answer: its box shows it.
    """
    asked = [fact.parts.asked for fact, _ in chain(*rows)]
    held = (
        (each.prompt, plain(text))
        for each in asked
        for text in texts(each.answer)
        if text not in texts(each.prompt)
    )
    return any(gives_away(plain(topic.title), *both) for both in held)


def _title(topic: Topic, heading: Text) -> Text:
    """Return the title of a topic for the key, behind what stands above its boxes instead."""
    return topic.title if heading == topic.title else joined([heading, topic.title])


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each box, then each answer."""
    say, drawn = chosen.deck.phrases, _drawn(chosen)
    for _, rows in drawn:
        for fact, points in chain(*rows):
            asked = (*blanked(fact.parts.asked.prompt), *described(fact.media.asked))
            yield Said(str(fact.number), (Ask(_points(points, say)), *asked))
    yield from key_says(fact for _, rows in drawn for fact, _ in chain(*rows))


HANDOUT = Handout(lambda say: say.grid, _facts, lay_out, says, takes="questions without a table")
