"""A deck -> its revision sheet: what stands on it, and in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from deckbuilder.model import Deck, Fact, Topic, on_paper
from deckbuilder.text.tree import Text, Words, plain, words
from deckbuilder.writers.pdf.lines import Line, Run, break_lines, first_line, set_text, widest_word
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
    apart,
    baseline,
    beside,
    draw_all,
    draw_runs,
    draw_runs_tagged,
    height,
    nothing,
    paragraph,
    space,
)
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    BODY_SPACE,
    DATE_GAP,
    HEAD_SPACE,
    LONG_DATE,
    SHORT,
    SQUEEZED,
    TALL,
    TINT,
    WARM,
    WARM_TINT,
    Style,
    Theme,
)
from deckbuilder.writers.pdf.timeline import timeline

# what of a date is set large: a year, or a range of years
YEARS = re.compile(r"(\b\d{3,}(?:[–-]\d+)?)")


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


def pages(deck: Deck) -> int:
    """Return how many pages the PDF would have."""
    return len(fitted(partial(_story, deck), deck.printing).pages)


def _story(deck: Deck, theme: Theme) -> Story:
    root = Element("Document")
    head = _masthead(deck, theme, root)
    figure, rows = timeline(deck, theme, root)
    head += [*figure, space(BODY_SPACE * theme.unit)]
    of_topic: dict[str, list[Fact]] = {topic.id: [] for topic in deck.topics}
    glossary: list[Fact] = []
    cited: dict[Text, int] = {}
    for fact in on_paper(deck):
        (glossary if fact.glossary else of_topic[fact.topic]).append(fact)
        if fact.cite:
            cited.setdefault(fact.cite, len(cited) + 1)
    body = rows
    for topic in deck.topics:
        body += _topic(topic, of_topic[topic.id], cited, deck, theme, root)
    if glossary:
        section = root.add("Sect")
        strips = _headed(deck.phrases.glossary, theme, section)
        strips += facts(glossary, "", cited, theme, theme.column, section)
        body += _whole(strips, words(deck.phrases.glossary), deck, theme)
    if cited:
        section = root.add("Sect")
        strips = _headed(deck.phrases.references, theme, section)
        strips += references(cited, theme, theme.column, section)
        body += _whole(strips, words(deck.phrases.references), deck, theme)
    closing = _panels(deck, theme, root)
    tall = max((height(panel.all) for panel in closing), default=0.0)
    in_columns = theme.columns == 1 or tall > TALL * theme.paper[1]
    foot = [] if in_columns or not closing else panels(closing, theme)
    for panel in closing if in_columns else ():
        body += flowing(panel, theme)
    return Story(root, head, body, foot)


def _masthead(deck: Deck, theme: Theme, root: Element) -> list[Strip]:
    sheet = words(deck.phrases.revision_sheet)
    kicker = (*deck.subject, Words(" · "), *sheet) if deck.subject else sheet
    title, lead = _on_one_line(deck.title, theme.style("title"), theme.width), theme.style("lead")
    strips = [Strip(HEAD_SPACE * theme.unit, nothing)]
    small = theme.style("kicker")
    said = plain(kicker) if small.capitals else ""
    strips += paragraph(kicker, small, theme.width, root.add("P", actual=said))
    strips += paragraph(deck.title, title, theme.width, root.add("H1"), bookmark=0)
    if deck.summary:
        strips += paragraph(deck.summary, lead, theme.width, root.add("P"))
    return strips


def _on_one_line(text: Text, style: Style, measure: float) -> Style:
    """Return the style, a little smaller if that saves the text a second line."""
    wide = sum(run.width for run in set_text(text, style))
    if not SQUEEZED * wide < measure < wide:
        return style
    return replace(style, size=style.size * 0.999 * measure / wide)


def _topic(
    topic: Topic,
    of: Sequence[Fact],
    cited: Mapping[Text, int],
    deck: Deck,
    theme: Theme,
    root: Element,
) -> list[Strip]:
    """Set a section: a rule, its date and title, the gist of it, its facts."""
    if not of and not topic.summary:
        return []
    section = root.add("Sect")
    strips = _heading(topic, theme, section)
    if topic.summary:
        strips += paragraph(topic.summary, theme.style("gist"), theme.column, section.add("P"))
    date = topic.when.text if topic.when else ""
    strips += facts(of, date, cited, theme, theme.column, section)
    return _whole([*section_rule(theme), *strips], topic.title, deck, theme)


def _heading(topic: Topic, theme: Theme, section: Element) -> list[Strip]:
    """Set a topic's title, its date on the same line, or above it where that is long."""
    title, style = section.add("H2"), theme.style("topic")
    if not topic.when:
        return paragraph(topic.title, style, theme.column, title, bookmark=1)
    date, element = Line(_date(topic.when.text, theme), spaced=True), section.add("P")
    runs = set_text(topic.title, style)
    wide = date.width + DATE_GAP * theme.unit
    room = theme.column - wide
    if wide > LONG_DATE * theme.column or widest_word(runs) > room:
        above = paragraph(words(topic.when.text), theme.style("date"), theme.column, element)
        return [*above, *paragraph(topic.title, style, theme.column, title, bookmark=1)]
    down = baseline(style) + apart(break_lines(runs, room)[0], style)[0]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_runs_tagged(canvas, date, element, left, top - down)

    return beside(Strip(0.0, draw), paragraph(topic.title, style, room, title, bookmark=1), wide)


def _date(text: str, theme: Theme) -> tuple[Run, ...]:
    """Set a date: its years large, its words and days smaller."""
    year, other = theme.style("year"), theme.style("about")
    parts = [(part, bool(index % 2)) for index, part in enumerate(YEARS.split(text)) if part]
    return tuple(
        run for part, large in parts for run in set_text(words(part), year if large else other)
    )


def _whole(strips: list[Strip], title: Text, deck: Deck, theme: Theme) -> list[Strip]:
    """Keep a short section in one column; let a longer one say, where it goes on, what it is."""
    *rest, last = strips
    strips = [*rest, replace(last, stay=False)]  # a heading alone holds nothing that follows
    if height(strips) < SHORT * theme.paper[1]:
        return [*(replace(strip, stay=True) for strip in rest), strips[-1]]
    style = theme.style("again")
    before, _, after = deck.phrases.continued.partition("{title}")
    goes_on = (*words(before), *title, *words(after))
    line = section_rule(theme)

    def draw_again(canvas: TaggedCanvas, left: float, top: float) -> None:
        top = draw_all(line, canvas, left, top)
        draw_runs(canvas, first_line(goes_on, style, theme.column), left, top - baseline(style))

    again = Strip(height(line) + style.leading + style.below, draw_again)
    head = len(section_rule(theme))
    return strips[:head] + [replace(strip, again=again) for strip in strips[head:]]


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
        made.append(Panel(*_recap(deck, theme, inside, root), measure, WARM_TINT, WARM))
    if deck.check:
        made.append(Panel(*_check(deck, theme, inside, root), measure, TINT, ACCENT))
    return made


def _recap(
    deck: Deck, theme: Theme, measure: float, root: Element
) -> tuple[list[Strip], list[Strip]]:
    """Return the recap, and the hook for the foot of its panel."""
    section = root.add("Sect")
    strips = _panel_title(deck.phrases.recap, theme, measure, section)
    strips += paragraph(deck.recap, theme.style("recap"), measure, section.add("P"))
    if not deck.hook:
        return strips, []
    return strips, paragraph(deck.hook, theme.style("hook"), measure, section.add("P"))


def _check(
    deck: Deck, theme: Theme, measure: float, root: Element
) -> tuple[list[Strip], list[Strip]]:
    """Return the questions, and the boxes for the foot of their panel."""
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
    return strips, boxes(deck.phrases, theme, measure, section.add("P"))


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _panel_title(title: str, theme: Theme, measure: float, section: Element) -> list[Strip]:
    style = replace(theme.style("heading"), above=0.0)
    return paragraph(words(title), style, measure, section.add("H2"), bookmark=1)
