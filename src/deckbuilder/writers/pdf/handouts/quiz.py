"""Questions by what they ask for, with room to answer, and their key on pages of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.content import Ask, Content, Items, Table, plain_content
from deckbuilder.model import Fact, asked_in_print
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import plain, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.answers import Group, key, key_says
from deckbuilder.writers.pdf.handouts.hiding import for_most, to_write
from deckbuilder.writers.pdf.handouts.writing import (
    ROOMY,
    fields,
    is_dated,
    word_bank,
    worth,
    written_on,
)
from deckbuilder.writers.pdf.masthead import masthead, told, with_aside
from deckbuilder.writers.pdf.overflow import with_room
from deckbuilder.writers.pdf.pages import Flow, Layout, Story
from deckbuilder.writers.pdf.parts import NUMBERED, section_rule
from deckbuilder.writers.pdf.pictures import described
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import MM, Theme
from deckbuilder.writers.pdf.topics import under_topics

MOST_LINES = 12  # to write on: a list of any length fits on a page
EACH = 3 * MM  # of a line by hand for a character


def _is_table(fact: Fact) -> bool:
    return any(isinstance(block, Table) for block in fact.parts.asked.prompt)


# each is called so, and takes what no earlier one takes
SECTIONS: tuple[tuple[Callable[[Phrases], str], Callable[[Fact], bool]], ...] = (
    (lambda say: say.put_dates, is_dated),
    (lambda say: say.fill_tables, _is_table),
    (lambda say: say.fill_gaps, lambda fact: bool(fact.parts.asked.in_gaps)),
    (lambda say: say.translate, lambda fact: fact.parts.translated),
    (lambda say: say.answer_questions, lambda _: True),
)
DATES, TABLES, GAPS, *OPEN = range(len(SECTIONS))  # the open ones have lines to write on


def _sections(chosen: Chosen) -> list[tuple[int, Group]]:
    """Return which sections there are, each with its facts in their order."""
    of: list[list[Fact]] = [[] for _ in SECTIONS]
    for fact in under_topics(chosen.facts, chosen.deck, told(chosen)):
        of[next(n for n, (_, takes) in enumerate(SECTIONS) if takes(fact))].append(fact)
    there = [(n, facts) for n, facts in enumerate(of) if facts]
    titles = [SECTIONS[n][0](chosen.deck.phrases) for n, _ in there]
    return [
        (n, Group(words(f"{letter}\u2002{title}"), facts))
        for (n, facts), title, letter in zip(there, titles, "ABCDE", strict=False)
    ]


def lay_out(chosen: Chosen) -> Layout:
    """Return the questions, section by section, then the key."""
    deck, say, sections = chosen.deck, chosen.deck.phrases, _sections(chosen)

    def story(theme: Theme, root: Element) -> Story:
        head = masthead(deck, theme, root, say.quiz, (), told(chosen))
        head += fields(say, worth(chosen.facts, say), theme, root.add("P"))
        body = [s for n, of in sections for s in _section(n, of, say, theme, root.add("Sect"))]
        answers = key(chosen, say.quiz, [group for _, group in sections], theme, root)
        return Flow(head, body), answers

    return with_room(story, deck.printing, most_columns=1)


def _section(n: int, group: Group, say: Phrases, theme: Theme, section: Element) -> list[Strip]:
    heading, marks = theme.style("heading"), worth(group.facts, say)
    strips, title = section_rule(theme), section.add("H2")
    strips += with_aside(group.title, heading, title, marks, theme, section, bookmark=1)
    strips += word_bank(group.facts, say, theme, section) if n == GAPS else []
    strips[-1].stay = True  # no page ends above the first question
    theme = replace(theme, cell_space=ROOMY) if n == TABLES else theme
    parent, lines = section.add("L", attributes=NUMBERED), _lines(group.facts, theme.width)
    for fact in group.facts:
        room = lines[fact.parts.asked.marks] if n in OPEN else 0
        asked = _asked(fact, n, say)
        strips += written_on(fact, asked, room, theme, parent, aside=n == DATES)
    return strips


def _lines(facts: Sequence[Fact], measure: float) -> dict[int, int]:
    """Return how many lines there are for so many marks: no answer's length shows in its own.

    `measure`: how long they are, in points.
    """
    most = measure / EACH
    single = [fact.parts.asked.answer for fact in facts if fact.parts.asked.marks == 1]
    needed = [max(1, math.ceil(len(plain_content(each)) / most)) for each in single]
    one = for_most(needed) if needed else 1
    more = {fact.parts.asked.marks for fact in facts if not _is_listed(fact, most)}
    marks = {fact.parts.asked.marks for fact in facts}
    return {n: min(n + (n in more) if n > 1 else one, MOST_LINES) for n in marks}


def _is_listed(fact: Fact, most: float) -> bool:
    """Tell whether a line for each mark is enough: for an item that has room on it."""
    return all(
        isinstance(block, Items) and all(len(plain(item)) <= most for item in block.items)
        for block in fact.parts.asked.answer
    )


def _asked(fact: Fact, n: int, say: Phrases) -> Content:
    """Return a question with its blanks; an open one with the marks that it is worth."""
    asked = fact.parts.asked
    marks = (Ask(f"({worth([fact], say)})"),) if n in OPEN else ()
    return (*to_write(asked.prompt), *marks)


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each question, then each answer."""
    asked = [(n, fact) for n, group in _sections(chosen) for fact in group.facts]
    for n, fact in asked:
        said = (*_asked(fact, n, chosen.deck.phrases), *described(fact.media.asked))
        yield Said(str(fact.number), said)
    yield from key_says(fact for _, fact in asked)


HANDOUT = Handout(lambda say: say.quiz, asked_in_print, lay_out, says)
