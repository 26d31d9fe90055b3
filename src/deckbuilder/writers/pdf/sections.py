"""Topics and their facts -> the sections of a sheet, each under a rule and a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.drawn import down_in
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line, draw_runs
from deckbuilder.writers.pdf.lines import first_line, widest_word
from deckbuilder.writers.pdf.parts import NUMBERED, facts, list_entry, section_rule
from deckbuilder.writers.pdf.runs import Line, Run, set_text, width_of
from deckbuilder.writers.pdf.strips import (
    Strip,
    baseline,
    beside,
    draw_all,
    height,
    paragraph,
    stacked,
)
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    DATE_GAP,
    DATE_NEAR,
    GOES_ON,
    GUTTER,
    LONG_DATE,
    PART_SPACE,
    SHORT,
    WARM,
    Style,
    Theme,
)
from deckbuilder.writers.pdf.ties import ERA

# what of a date is set large: a year, or a range of years
YEARS = re.compile(r"(\b\d{3,}(?:[–/-]\d+)?)(?![\w–/-])")
WITH_ERA = re.compile(rf"\b{ERA}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all sections of a sheet share: the facts by topic, and the numbers of what they cite."""

    deck: Deck
    theme: Theme
    of_topic: Mapping[str, Sequence[Fact]]
    cited: Mapping[Text, int]


def by_topic(deck: Deck, facts: Sequence[Fact]) -> tuple[dict[str, list[Fact]], list[Fact]]:
    """Return the facts that stand under each topic, and those of the glossary."""
    of_topic: dict[str, list[Fact]] = {topic.id: [] for topic in deck.topics}
    explaining: list[Fact] = []
    for fact in facts:
        (explaining if fact.glossary else of_topic[fact.topic]).append(fact)
    return of_topic, explaining


def sections(setting: Setting, root: Element) -> Iterator[list[Strip]]:
    """Set topic after topic; those with one `part` stand together under it."""
    shown = [t for t in setting.deck.topics if setting.of_topic[t.id] or t.summary]
    for part, group in groupby(shown, key=lambda topic: topic.part):
        topics = tuple(group)
        if part:
            yield _part(part, topics, setting, root)
        else:
            for topic in topics:
                yield _topic(topic, setting, root)


def glossary(of: Sequence[Fact], setting: Setting, root: Element) -> list[Strip]:
    """Set the facts that explain names and terms in a section of their own, if there are any."""
    if not of:
        return []
    title, theme, section = words(setting.deck.phrases.glossary), setting.theme, root.add("Sect")
    strips = _headed(title, theme, section)
    strips += facts(of, setting.cited, theme, theme.column, section)
    return _whole(strips, title, setting)


def references(setting: Setting, root: Element) -> list[Strip]:
    """Set what facts cite in a section of its own, if they do."""
    if not setting.cited:
        return []
    title, theme, section = words(setting.deck.phrases.references), setting.theme, root.add("Sect")
    strips, style = _headed(title, theme, section), theme.style("reference")
    parent = section.add("L", attributes=NUMBERED)
    for text, number in setting.cited.items():
        label, body = list_entry(parent, str(number))
        strips += paragraph(text, style, theme.column, body, label=label)
    return _whole(strips, title, setting)


def _headed(title: Text, theme: Theme, section: Element) -> list[Strip]:
    """Return the rule and the heading of a section that is no topic."""
    style, element = theme.style("topic"), section.add("H2")
    heading = paragraph(title, style, theme.column, element, bookmark=1)
    return [*section_rule(theme), *heading]


def _whole(strips: list[Strip], title: Text, setting: Setting) -> list[Strip]:
    """Keep a short section in one column if that can be; where one goes on, it says what it is."""
    strips[-1].stay = False  # a heading alone holds nothing that follows
    _hold_together(strips, setting.theme)
    head = len(section_rule(setting.theme))
    return strips[:head] + _going_on(strips[head:], title, setting)


def _going_on(strips: list[Strip], title: Text, setting: Setting) -> list[Strip]:
    """Let strips say, at the head of a column, what they continue; a table its head as well."""
    theme, style = setting.theme, setting.theme.style("again")
    line = section_rule(theme)

    def draw_again(canvas: TaggedCanvas, left: float, top: float) -> None:
        top = draw_all(line, canvas, left, top)
        draw_runs(canvas, _continued(title, setting, style), left, top - baseline(style))

    again = Strip(height(line) + style.leading + style.below, draw_again)
    for strip in strips:
        strip.again = stacked([again, strip.again]) if strip.again else again
    return strips


def _continued(title: Text, setting: Setting, style: Style) -> tuple[Run, ...]:
    """Return in a line that a title goes on; where it is too long, it is cut, no word of ours."""
    before, _, after = setting.deck.phrases.continued.partition("{title}")
    lead, end = set_text(words(before), style), set_text(words(after), style)
    room = setting.theme.column - width_of((*lead, *end))
    return (*lead, *first_line(title, style, room), *end)


def _hold_together(strips: list[Strip], theme: Theme) -> None:
    """Let columns rather end behind strips than within them, if these are short.

    What goes on in the next column is more than a line or two.
    """
    if height(strips) >= SHORT * theme.paper[1]:
        return
    left, least = 0.0, GOES_ON * theme.style("fact").leading
    for strip, below in zip(strips[-2::-1], strips[:0:-1], strict=True):
        left += below.above + below.height
        strip.rather = strip.rather or not strip.stay
        if left < least:
            strip.stay, strip.rather = True, False


# ---------------------------------------------------------------------------- one topic


def _topic(topic: Topic, setting: Setting, root: Element) -> list[Strip]:
    """Set a section of its own: a rule, its date and title, the gist of it, its facts."""
    theme = setting.theme
    section = root.add("Sect")
    strips = _heading(topic, theme, section, "H2", theme.style("topic"))
    strips += _inside(topic, setting, theme.column, section, theme.style("gist"))
    return _whole([*section_rule(theme), *strips], topic.title, setting)


def _inside(
    topic: Topic, setting: Setting, measure: float, section: Element, gist: Style
) -> list[Strip]:
    """Set what stands under a topic's title."""
    strips: list[Strip] = []
    if topic.summary:
        summary = paragraph(topic.summary, gist, measure, section.add("P"))
        strips += owned(summary, topic, "summary")
    of = setting.of_topic[topic.id]
    return strips + facts(of, setting.cited, setting.theme, measure, section)


def _heading(topic: Topic, theme: Theme, section: Element, role: str, style: Style) -> list[Strip]:
    """Set a topic's title, its date on the same line, or above it where that is long."""
    title, level = section.add(role), int(role[1]) - 1
    if not topic.when:
        return _title(topic, style, theme.column, title, level)
    date, element = Line(_date(topic.when.text, theme), spaced=True), section.add("P")
    wide = date.width + DATE_GAP * theme.unit
    room = theme.column - wide
    if wide > LONG_DATE * theme.column or widest_word(set_text(topic.title, style)) > room:
        above = paragraph(words(topic.when.text), theme.style("date"), theme.column, element)
        return [*above, *_title(topic, style, theme.column, title, level)]
    strips = _title(topic, style, room, title, level)
    down = down_in(strips[0].draw)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_line(canvas, date, element, left, top - down)

    return beside(draw, strips, wide)


def _title(topic: Topic, style: Style, measure: float, element: Element, level: int) -> list[Strip]:
    """Set a topic's title, with a bookmark to it."""
    strips = paragraph(topic.title, style, measure, element, bookmark=level)
    return owned(strips, topic, "title")


def _date(text: str, theme: Theme) -> tuple[Run, ...]:
    """Set a date: years alone are large, one with words as large as the title."""
    return set_text(words(text), theme.style("year" if YEARS.fullmatch(text) else "about"))


# ---------------------------------------------------------------------------- topics of one part


def _part(part: Text, topics: Sequence[Topic], setting: Setting, root: Element) -> list[Strip]:
    """Set topics under one heading, dates in a column of their own if there are any, and room."""
    theme = setting.theme
    section = root.add("Sect")
    style = theme.style("topic")
    strips = paragraph(part, style, theme.column, section.add("H2"), bookmark=1)
    owned(strips, topics[0], "part")
    begin = [*strips]  # what says the part at the head of a column; what is in a topic says that
    gutter, first_space = GUTTER * theme.base, PART_SPACE * theme.unit
    dated = theme.gutters and any(topic.when for topic in topics)
    aside = dated and all(_fits(topic, theme, gutter) for topic in topics)  # alike, all of them
    for index, topic in enumerate(topics):
        inner = section.add("Sect")
        if aside:
            entry = _entry(topic, setting, gutter, inner)
        else:
            entry = _heading(topic, theme, inner, "H3", theme.style("entry", above=0.0))
            entry += _inside(topic, setting, theme.column, inner, theme.style("gist"))
        entry[0].above = theme.style("entry").above if index else first_space
        entry[-1].stay = False
        _hold_together(entry, theme)
        _going_on(entry[1:], topic.title, setting)
        begin.append(entry[0])
        strips += entry
    _going_on(begin, part, setting)
    return [*section_rule(theme), *strips]


def _fits(topic: Topic, theme: Theme, gutter: float) -> bool:
    """Tell whether the lines of a date, and the words of the title, fit beside each other."""
    lines = list(_date_lines(topic.when.text, theme)) if topic.when else []
    title = widest_word(set_text(topic.title, theme.style("entry")))
    room = gutter - DATE_NEAR * theme.unit
    return title <= theme.column - gutter and all(line.width <= room for line, _ in lines)


def _entry(topic: Topic, setting: Setting, gutter: float, section: Element) -> list[Strip]:
    """Set a topic beside its date."""
    theme, style = setting.theme, setting.theme.style("entry")
    measure = theme.column - gutter
    when = topic.when.text if topic.when else ""
    date = section.add("P", actual=when) if when else None
    strips = _title(topic, style, measure, section.add("H3"), 2)
    down = down_in(strips[0].draw)
    strips += _inside(topic, setting, measure, section, theme.style("entry-gist"))

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        y = top - down
        for line, leading in _date_lines(when, theme):
            draw_line(canvas, line, date, left, y)
            y -= leading

    return beside(draw, strips, gutter)


def _date_lines(text: str, theme: Theme) -> Iterator[tuple[Line, float]]:
    """Yield the lines of a date in a narrow column, its year large, each with its leading.

    With an era it is one line: "753" alone would be another year.
    """
    year, small = theme.style("year"), theme.style("date", color=WARM)
    parts = [text] if WITH_ERA.search(text) else YEARS.split(text, 1)
    before, number, after = [*parts, "", ""][:3]
    rows = [(number, year, small.leading)]
    if number and not any(c.isdigit() for c in before):  # "after 1930": the word comes first
        rows.insert(0, (before, small, year.leading)) if before else None
        rows.append((after, small, small.leading))
    else:  # "6 May 1922": the year comes first
        rows.append((f"{before}{after}", small, small.leading))
    for words_of, style, leading in rows:
        if words_of.strip():
            yield Line(set_text(words(words_of.strip()), style), spaced=True), leading
