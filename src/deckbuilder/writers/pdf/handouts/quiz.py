"""Questions by what they ask for, with room to answer, and their key on pages of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.model import Ask, Content, Fact, Table, asked_in_print, texts
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Text, Words, gaps, plain, words
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.writing import fields, is_dated, key, written_on
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.pages import Flow, Layout, Story, fitted, overfull
from deckbuilder.writers.pdf.parts import NUMBERED, Panel, flowing, padding, section_rule
from deckbuilder.writers.pdf.runs import blanked
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.strips import paragraph as set_paragraph
from deckbuilder.writers.pdf.tagged import Element
from deckbuilder.writers.pdf.theme import ACCENT, TINT, Theme

MOST_LINES = 12  # to write on: a list of any length fits on a page


def _is_table(fact: Fact) -> bool:
    return any(isinstance(block, Table) for block in fact.parts.asked.prompt)


def _has_gaps(fact: Fact) -> bool:
    return any(True for text in texts(fact.parts.asked.prompt) for _ in gaps(text))


Section = tuple[Callable[[Phrases], str], Callable[[Fact], bool]]
# what is not in an earlier one is in the first that takes it
SECTIONS: tuple[Section, ...] = (
    (lambda say: say.put_dates, is_dated),
    (lambda say: say.fill_tables, _is_table),
    (lambda say: say.fill_gaps, _has_gaps),
    (lambda say: say.in_words, lambda _: True),
)
DATES, TABLES, GAPS, OPEN = range(len(SECTIONS))


def _sections(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Return the facts of each section, in their order."""
    out: list[list[Fact]] = [[] for _ in SECTIONS]
    for fact in facts:
        out[next(n for n, (_, takes) in enumerate(SECTIONS) if takes(fact))].append(fact)
    return out


def lay_out(chosen: Chosen) -> Layout:
    """Return the questions, section by section, then the key."""
    deck, say = chosen.deck, chosen.deck.phrases
    marks = say.marks.format(marks=sum(fact.parts.asked.marks for fact in chosen.facts))

    def story(theme: Theme) -> Story:
        root = Element("Document")
        head = masthead(deck, theme, root, say.quiz, (), told(chosen))
        head += fields((say.name, say.group, say.day), marks, theme, root.add("P"))
        body: list[Strip] = []
        for n, facts in enumerate(_sections(chosen.facts)):
            if facts:
                body += _questions(n, facts, say, theme, root.add("Sect"))
        ordered = [fact for facts in _sections(chosen.facts) for fact in facts]
        answers = Flow(*key(chosen, ordered, theme, root.add("Sect")))
        return Story(root, (Flow(head, body), answers))

    return overfull(fitted(story, deck.printing, most_columns=1), deck)


def _questions(
    n: int, facts: Sequence[Fact], say: Phrases, theme: Theme, section: Element
) -> list[Strip]:
    title, heading = words(SECTIONS[n][0](say)), theme.style("heading")
    strips = section_rule(theme)
    strips += set_paragraph(title, heading, theme.width, section.add("H2"), bookmark=1)
    strips += _bank(facts, say, theme, section) if n == GAPS else []
    parent = section.add("L", attributes=NUMBERED)
    for fact in facts:
        asked, lines = _asked(fact, n, say), 0
        if n == OPEN:
            lines = min(fact.parts.asked.marks + 1, MOST_LINES)
        strips.append(written_on(fact, asked, lines, theme, parent, aside=n == DATES))
    return strips


def _asked(fact: Fact, n: int, say: Phrases) -> Content:
    """Return a question with its blanks; in words, with the marks that it is worth."""
    asked = fact.parts.asked
    if n != OPEN:
        return blanked(asked.prompt)
    worth = (say.mark if asked.marks == 1 else say.marks).format(marks=asked.marks)
    return (*blanked(asked.prompt), Ask(f"({worth})"))


def _bank(facts: Sequence[Fact], say: Phrases, theme: Theme, section: Element) -> list[Strip]:
    """Return what the gaps hold, each once, in the order of the alphabet."""
    held = {plain(text): text for fact in facts for text in _held(fact)}
    ordered = [held[key] for key in sorted(held, key=lambda key: (key.casefold(), key))]
    joined: Text = tuple(node for text in ordered for node in (Words("  ·  "), *text))[1:]
    inside = theme.width - theme.panel_bar - 2 * padding(theme)
    title = replace(theme.style("cell-head"), stay=True)
    strips = set_paragraph(words(say.word_bank), title, inside, section.add("P"))
    strips += set_paragraph(joined, theme.style("body"), inside, section.add("P"))
    return flowing(Panel(strips, [], theme.width, TINT, ACCENT), theme)


def _held(fact: Fact) -> list[Text]:
    return [gap.inside for text in texts(fact.parts.asked.prompt) for gap in gaps(text)]


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each question, then each answer."""
    sections = list(enumerate(_sections(chosen.facts)))
    for n, facts in sections:
        for fact in facts:
            yield Said(str(fact.number), _asked(fact, n, chosen.deck.phrases))
    for _, facts in sections:
        for fact in facts:
            yield Said(str(fact.number), fact.parts.asked.answer)


HANDOUT = Handout(lambda say: say.quiz, asked_in_print, lay_out, says)
