"""A deck, and what is made of it -> the head of a handout, and its title in the file."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.model import Deck
from deckbuilder.text.raised import in_a_line
from deckbuilder.text.tree import Text, Words, words
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.drawn import down_in, nothing
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line
from deckbuilder.writers.pdf.lines import widest_word
from deckbuilder.writers.pdf.runs import Line, set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, baseline, beside, paragraph
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import HEAD_SPACE, SQUEEZED, Style, Theme


def masthead(
    deck: Deck, theme: Theme, root: Element, name: str, lead: Text, aside: str = ""
) -> list[Strip]:
    """Return what opens a handout: its subject and name, the deck's title, a line to begin with.

    `aside` stands at the right of the name, or below it where there is no room.
    """
    kicker = (*deck.subject, Words(" · "), *words(name)) if deck.subject else words(name)
    title = _fitting(deck.title, theme)
    strips = opening(kicker, aside, theme, root)
    head = paragraph(deck.title, title, theme.width, root.add("H1"), bookmark=0)
    strips += owned(head, deck, "title")
    if lead:
        opened = paragraph(lead, theme.style("lead"), theme.width, root.add("P"))
        strips += owned(opened, deck, "summary")  # any other lead is of fixed words, none so wide
    return strips


def titled(deck: Deck, name: str) -> str:
    """Return what a handout of this name is called in its file, and on the margin of cards."""
    return f"{in_a_line(deck.title)} – {name}"


def opening(kicker: Text, aside: str, theme: Theme, section: Element) -> list[Strip]:
    """Return the space below the bar and a line of small type, `aside` at its right."""
    small = theme.style("kicker")
    actual = in_a_line(kicker) if small.capitals else ""
    strips = [Strip(HEAD_SPACE * theme.unit, nothing)]
    strips += with_aside(kicker, small, section.add("P", actual=actual), aside, theme, section)
    return strips


def with_aside(
    text: Text,
    style: Style,
    element: Element,
    aside: str,
    theme: Theme,
    section: Element,
    bookmark: int | None = None,
) -> list[Strip]:
    """Return a line across the page, quietly at its right `aside`, or below for want of room."""
    strips = paragraph(text, style, theme.width, element, bookmark=bookmark)
    if not aside:
        return strips
    quiet, other = theme.style("foot"), section.add("P")
    line = Line(set_text(words(aside), quiet), spaced=True)
    taken = width_of(set_text(text, style))
    if taken + line.width > theme.width - theme.gutter:
        return strips + paragraph(words(aside), quiet, theme.width, other)
    right, down = theme.width - line.width, down_in(strips[0].draw, baseline(style))

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_line(canvas, line, other, left + right, top - down)

    return beside(draw, strips, 0.0)


def _fitting(text: Text, theme: Theme) -> Style:
    """Return the title's style, a little smaller if that saves a second line, or to cut a word."""
    style = theme.style("title")
    runs = set_text(text, style)
    for wide in (width_of(runs), widest_word(runs)):
        if SQUEEZED * wide < theme.width < wide:
            return replace(style, size=style.size * 0.999 * theme.width / wide)
    return style


def told(chosen: Chosen) -> str:
    """Return how a handout says which of the facts it holds, and in which order."""
    deck, choice, say = chosen.deck, chosen.choice, chosen.deck.phrases
    topics = {topic.id: in_a_line(topic.title) for topic in deck.topics}
    parts = [f"{say.topic}: {topics.get(name, name)}" for name in choice.topics]
    parts += [f"{say.tag}: {tag}" for tag in choice.tags]
    if len(chosen.facts) < len(deck.facts):
        parts.append(say.some_facts.format(some=len(chosen.facts), all=len(deck.facts)))
    if choice.seed is not None:
        parts.append(say.seed.format(seed=choice.seed))
    if chosen.version:
        parts.append(say.version_letter.format(letter=chosen.version))
    return " · ".join(parts)
