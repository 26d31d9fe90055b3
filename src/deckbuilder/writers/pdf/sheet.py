"""A deck -> its revision sheet: what stands on it, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from deckbuilder.model import Deck, Fact, Topic, on_paper
from deckbuilder.text.tree import Text, Words, plain, words
from deckbuilder.writers.pdf.lines import set_text
from deckbuilder.writers.pdf.pages import Story, draw, fitted
from deckbuilder.writers.pdf.parts import (
    LETTERED,
    boxes,
    content,
    facts,
    panel,
    panel_height,
    panel_padding,
    section_rule,
)
from deckbuilder.writers.pdf.strips import (
    Label,
    Strip,
    baseline,
    beside,
    draw_all,
    nothing,
    paragraph,
    space,
)
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, TINT, WARM, WARM_TINT, Style, Theme
from deckbuilder.writers.pdf.timeline import timeline


def write(deck: Deck, stamp: str, time: int) -> tuple[bytes, int]:
    """Return the PDF and how many pages it has.

    Args:
        deck: what to print.
        stamp: names this build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
    """
    layout = fitted(partial(_story, deck))
    title = f"{plain(deck.title)} – {deck.phrases.revision_sheet}"
    return draw(layout, deck, title, stamp, time), len(layout.pages)


def _story(deck: Deck, theme: Theme) -> Story:
    root = Element("Document")
    head = _masthead(deck, theme, root)
    of_topic: dict[str, list[Fact]] = {topic.id: [] for topic in deck.topics}
    glossary: list[Fact] = []
    for fact in on_paper(deck):
        (glossary if fact.glossary else of_topic[fact.topic]).append(fact)
    body = [
        strip for topic in deck.topics for strip in _topic(topic, of_topic[topic.id], theme, root)
    ]
    if glossary:
        body += _glossary(deck, glossary, theme, root)
    return Story(root, head, body, _panels(deck, theme, root))


def _masthead(deck: Deck, theme: Theme, root: Element) -> list[Strip]:
    sheet = words(deck.phrases.revision_sheet)
    kicker = (*deck.subject, Words("  ·  "), *sheet) if deck.subject else sheet
    title, lead = _on_one_line(deck.title, theme.style("title"), theme.width), theme.style("lead")
    strips = [Strip(1.6 * theme.unit, nothing)]
    strips += paragraph(kicker, theme.style("kicker"), theme.width, root.add("P"))
    strips += paragraph(deck.title, title, theme.width, root.add("H1"), bookmark=0)
    if deck.summary:
        strips += paragraph(deck.summary, lead, theme.width, root.add("P"))
    figure = timeline(deck, theme, root)
    return [*strips, *figure, space(2.4 * theme.unit)]


def _on_one_line(text: Text, style: Style, measure: float) -> Style:
    """Return the style, a little smaller if that saves the text a second line."""
    wide = sum(run.width for run in set_text(text, style))
    scale = measure / wide if wide else 1.0
    if not 0.7 < scale < 1.0:
        return style
    return replace(style, size=style.size * scale * 0.999, leading=style.leading * scale)


def _topic(topic: Topic, of: Sequence[Fact], theme: Theme, root: Element) -> list[Strip]:
    """Set a section: a rule, its date at the left, its title and its facts at the right."""
    if not of and not topic.summary:
        return []
    section = root.add("Sect")
    indent = theme.dates if topic.when else 0.0
    measure = theme.column - indent
    strips = paragraph(topic.title, theme.style("topic"), measure, section.add("H2"), bookmark=1)
    when = section.add("P")
    if topic.summary:
        strips += paragraph(topic.summary, theme.style("body"), measure, section.add("P"))
    date = topic.when.text if topic.when else ""
    strips += facts(of, date, theme, measure, section)
    if topic.when:
        strips = beside(_date(topic, theme, when), strips, indent)
    return [*section_rule(theme), *strips]


def _date(topic: Topic, theme: Theme, element: Element) -> Strip:
    """Set a topic's date: a year large, anything longer in the size of the text."""
    assert topic.when
    year = topic.when.text.isdigit()
    style = theme.style("year" if year else "date")
    lines = paragraph(words(topic.when.text), style, theme.dates - theme.unit, element)
    lower = baseline(theme.style("topic")) - baseline(style)  # on one line with the title

    def draw_date(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_all(lines, canvas, left, top - lower)

    return Strip(0.0, draw_date)


def _glossary(deck: Deck, of: Sequence[Fact], theme: Theme, root: Element) -> list[Strip]:
    section = root.add("Sect")
    title = words(deck.phrases.glossary)
    head = replace(theme.style("heading"), above=0.0)
    strips = paragraph(title, head, theme.column, section.add("H2"), bookmark=1)
    return [*section_rule(theme), *strips, *facts(of, "", theme, theme.column, section)]


def _panels(deck: Deck, theme: Theme, root: Element) -> list[Strip]:
    """Set the closing panels side by side, or the only one across the page."""
    made = []
    measure = theme.column if deck.recap and deck.check else theme.width
    inside = measure - 2 * panel_padding(theme) - theme.panel_bar
    if deck.recap:
        made.append((_recap(deck, theme, inside, root), WARM_TINT, WARM))
    if deck.check:
        made.append((_check(deck, theme, inside, root), TINT, ACCENT))
    if not made:
        return []
    tall = max(panel_height(strips, theme) for strips, _, _ in made)
    drawn = [panel(strips, theme, measure, tall, tint, bar) for strips, tint, bar in made]

    def draw_panels(canvas: TaggedCanvas, left: float, top: float) -> None:
        for index, strip in enumerate(drawn):
            strip.draw(canvas, left + index * (theme.column + theme.gutter), top)

    return [Strip(tall, draw_panels)]


def _recap(deck: Deck, theme: Theme, measure: float, root: Element) -> list[Strip]:
    section = root.add("Sect")
    strips = _panel_title(deck.phrases.recap, theme, measure, section)
    strips += paragraph(deck.recap, theme.style("recap"), measure, section.add("P"))
    if deck.hook:
        strips += paragraph(deck.hook, theme.style("hook"), measure, section.add("P"))
    return strips


def _check(deck: Deck, theme: Theme, measure: float, root: Element) -> list[Strip]:
    section = root.add("Sect")
    strips = _panel_title(deck.phrases.check, theme, measure, section)
    asked = {fact.id: fact.parts.asked.prompt for fact in deck.facts}
    parent = section.add("L", attributes=LETTERED)
    style = theme.style("fact")
    for number, name in enumerate(deck.check):
        entry = parent.add("LI")
        label = Label(_letter(number), entry.add("Lbl"))
        strips += content(
            asked[name], style, theme, measure, entry.add("LBody"), label, blanks=True
        )
    return [*strips, *boxes(deck.phrases, theme, measure, section.add("P"))]


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _panel_title(title: str, theme: Theme, measure: float, section: Element) -> list[Strip]:
    style = replace(theme.style("heading"), above=0.0)
    return paragraph(words(title), style, measure, section.add("H2"), bookmark=1)
