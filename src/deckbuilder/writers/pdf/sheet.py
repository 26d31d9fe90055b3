"""A deck -> its revision sheet: what stands on it, and in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from deckbuilder.model import Deck, Fact, Topic, on_paper
from deckbuilder.text.tree import Text, Words, plain, words
from deckbuilder.writers.pdf.lines import break_lines, set_text, widest_word
from deckbuilder.writers.pdf.pages import Story, draw, fitted
from deckbuilder.writers.pdf.parts import (
    LETTERED,
    Panel,
    boxes,
    content,
    facts,
    flowing,
    padding,
    panels,
    references,
    section_rule,
)
from deckbuilder.writers.pdf.strips import (
    Label,
    Strip,
    baseline,
    beside,
    draw_all,
    draw_runs,
    height,
    nothing,
    paragraph,
    space,
)
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, SHORT, TINT, WARM, WARM_TINT, Style, Theme
from deckbuilder.writers.pdf.timeline import timeline


def write(deck: Deck, stamp: str, time: int) -> tuple[bytes, int]:
    """Return the PDF and how many pages it has.

    Args:
        deck: what to print.
        stamp: names this build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
    """
    layout = fitted(partial(_story, deck), deck.printing)
    title = f"{plain(deck.title)} – {deck.phrases.revision_sheet}"
    return draw(layout, deck, title, stamp, time), len(layout.pages)


def _story(deck: Deck, theme: Theme) -> Story:
    root = Element("Document")
    head = _masthead(deck, theme, root)
    of_topic: dict[str, list[Fact]] = {topic.id: [] for topic in deck.topics}
    glossary: list[Fact] = []
    cited: dict[Text, int] = {}
    for fact in on_paper(deck):
        (glossary if fact.glossary else of_topic[fact.topic]).append(fact)
        if fact.cite:
            cited.setdefault(fact.cite, len(cited) + 1)
    body: list[Strip] = []
    for topic in deck.topics:
        body += _topic(topic, of_topic[topic.id], cited, deck, theme, root)
    if glossary:
        section = root.add("Sect")
        body += _headed(deck.phrases.glossary, theme, section)
        body += facts(glossary, "", cited, theme, theme.column, section)
    if cited:
        section = root.add("Sect")
        body += _headed(deck.phrases.references, theme, section)
        body += references(cited, theme, theme.column, section)
    closing = _panels(deck, theme, root)
    in_columns = theme.columns == 1 or any(height(p.strips) > theme.paper[1] / 2 for p in closing)
    foot = [] if in_columns or not closing else panels(closing, theme)
    for panel in closing if in_columns else ():
        body += flowing(panel, theme)
    return Story(root, head, body, foot)


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
    return _narrowed(style, wide, measure) if measure > 0.7 * wide else style


def _narrowed(style: Style, wide: float, measure: float) -> Style:
    """Return the style, smaller where that makes what is `wide` points wide fit the measure."""
    return replace(style, size=style.size * min(1.0, 0.999 * measure / (wide or measure)))


def _topic(
    topic: Topic,
    of: Sequence[Fact],
    cited: Mapping[Text, int],
    deck: Deck,
    theme: Theme,
    root: Element,
) -> list[Strip]:
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
    strips += facts(of, date, cited, theme, measure, section)
    if topic.when:
        strips = beside(_date(topic, theme, when), strips, indent)
    return _whole([*section_rule(theme), *strips], topic, deck, theme)


def _whole(strips: list[Strip], topic: Topic, deck: Deck, theme: Theme) -> list[Strip]:
    """Keep a short section in one column; let a longer one say, where it goes on, what it is."""
    if height(strips) < SHORT * theme.paper[1]:
        *rest, last = strips
        return [*(replace(strip, stay=True) for strip in rest), last]
    style = theme.style("again")
    before, _, after = deck.phrases.continued.partition("{title}")
    title = (*words(before), *topic.title, *words(after))
    first, *more = break_lines(set_text(title, style, flat=True), theme.column)

    line = section_rule(theme)

    def draw_again(canvas: TaggedCanvas, left: float, top: float) -> None:
        rest = set_text(words(" …"), style) if more else ()
        top = draw_all(line, canvas, left, top)
        draw_runs(canvas, (*first.runs, *rest), left, top - baseline(style))

    again = Strip(height(line) + style.leading + style.below, draw_again)
    head = len(section_rule(theme))
    return strips[:head] + [replace(strip, again=again) for strip in strips[head:]]


def _date(topic: Topic, theme: Theme, element: Element) -> Strip:
    """Set a topic's date: a year large; words before it, and anything longer, like the text."""
    text = topic.when.text if topic.when else ""
    year = re.fullmatch(r"(?:(\D+) )?(\d{1,4})", text)
    about = [(f"{year[1]}\u00a0", "date")] if year and year[1] else []
    parts = [*about, (year[2], "year")] if year else [(text, "date")]
    # on one line with the title
    lower = baseline(theme.style("topic")) - baseline(theme.style(parts[0][1]))
    strips: list[Strip] = []
    for part, name in parts:
        style, room = theme.style(name), theme.dates - theme.unit
        fitting = _narrowed(style, widest_word(set_text(words(part), style)), room)
        strips += paragraph(words(part), fitting, room, element)

    def draw_date(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_all(strips, canvas, left, top - lower)

    return Strip(0.0, draw_date)


def _headed(title: str, theme: Theme, section: Element) -> list[Strip]:
    """Return the rule and the heading of a section that is no topic."""
    style, element = theme.style("topic"), section.add("H2")
    heading = paragraph(words(title), style, theme.column, element, bookmark=1)
    return [*section_rule(theme), *heading]


def _panels(deck: Deck, theme: Theme, root: Element) -> list[Panel]:
    """Return the closing panels: side by side if there are two and the page has two columns."""
    pair = bool(deck.recap and deck.check and theme.columns > 1)
    measure = theme.column if pair else theme.width
    inside = measure - 2 * padding(theme) - theme.panel_bar
    made = []
    if deck.recap:
        made.append(Panel(_recap(deck, theme, inside, root), measure, WARM_TINT, WARM))
    if deck.check:
        made.append(Panel(_check(deck, theme, inside, root), measure, TINT, ACCENT))
    return made


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
    *strips, last = strips
    return [
        *strips,
        replace(last, stay=True),
        *boxes(deck.phrases, theme, measure, section.add("P")),
    ]


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _panel_title(title: str, theme: Theme, measure: float, section: Element) -> list[Strip]:
    style = replace(theme.style("heading"), above=0.0)
    return paragraph(words(title), style, measure, section.add("H2"), bookmark=1)
