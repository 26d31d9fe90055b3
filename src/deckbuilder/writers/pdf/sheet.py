"""A deck -> its revision sheet in a file: what stands on it, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import BinaryIO

from deckbuilder.cards import lettered
from deckbuilder.model import Deck, Fact, on_sheet, stated
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.drawing import Printed, draw
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.garbage import nothing_collected
from deckbuilder.writers.pdf.masthead import masthead, titled
from deckbuilder.writers.pdf.pages import Flow, Story, fitted
from deckbuilder.writers.pdf.panels import Panel, flowing, padding, panels
from deckbuilder.writers.pdf.parts import LETTERED, asking, boxes, list_entry
from deckbuilder.writers.pdf.pictures import set_apart
from deckbuilder.writers.pdf.runs import blanked
from deckbuilder.writers.pdf.sections import Setting, by_topic, glossary, references, sections
from deckbuilder.writers.pdf.strips import Strip, height, paragraph, space
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    BODY_SPACE,
    TALL,
    TINT,
    WARM,
    WARM_TINT,
    Theme,
)
from deckbuilder.writers.pdf.timeline import timeline
from deckbuilder.writers.pdf.topics import under_topics


@nothing_collected()
def write(deck: Deck, stamp: str, time: Callable[[], int], out: BinaryIO) -> Printed:
    """Write the PDF.

    Args:
        deck: what to print.
        stamp: names this build, in the file's metadata.
        time: asked, once the pages are drawn, for when the deck last changed, in seconds since
            1970.
        out: the file, empty.
    """
    title = titled(deck, deck.phrases.revision_sheet)
    layout = fitted(partial(_story, stated(deck)), deck.printing)
    return draw(layout, deck, title, stamp, time, "on the sheet", out)


def pages(deck: Deck) -> int:
    """Return how many pages the PDF would have."""
    return sum(1 for _ in fitted(partial(_story, stated(deck)), deck.printing).pages)


def _story(deck: Deck, theme: Theme, root: Element) -> Story:
    head = masthead(deck, theme, root, deck.phrases.revision_sheet, deck.summary)
    figure, rows = timeline(deck, theme, root)
    head += [*figure, space(BODY_SPACE * theme.unit)]
    shown = on_sheet(deck)
    of_topic, explaining = by_topic(deck, shown)
    cited: dict[Text, int] = {}
    for fact in shown:
        if fact.cite:
            cited.setdefault(fact.cite, len(cited) + 1)
    setting = Setting(deck, theme, of_topic, cited)
    closing = _panels(deck, theme, root)
    tall = max((height(panel.all) for _, panel in closing), default=0.0)
    in_columns = theme.columns == 1 or tall > TALL * theme.paper[1]
    if in_columns and any(panel.measure > theme.column for _, panel in closing):
        closing = _panels(deck, theme, root, in_columns=True)
    foot = [] if in_columns or not closing else panels([panel for _, panel in closing], theme)

    def body() -> Iterator[list[Strip]]:
        yield rows
        yield from sections(setting, root)
        yield glossary(explaining, setting, root)
        yield references(setting, root)
        for section, _ in closing:
            root.take(section)
        for _, panel in closing if in_columns else ():
            yield flowing(panel, theme)

    return (Flow(head, chain.from_iterable(body()), foot),)


def _panels(
    deck: Deck, theme: Theme, root: Element, *, in_columns: bool = False
) -> list[tuple[Element, Panel]]:
    """Return the closing panels, each with the section that it is; one alone is as wide as a page.

    `in_columns`: not this one, either.
    """
    ends, made = bool(deck.recap or deck.hook), []
    measure = theme.column if in_columns or (ends and deck.check) else theme.width
    inside = measure - 2 * padding(theme) - theme.panel_bar
    if ends:
        section = root.detached("Sect")
        panel = Panel(*_recap(deck, theme, inside, section), measure, WARM_TINT, WARM)
        made.append((section, panel))
    if deck.check:
        section = root.detached("Sect")
        panel = Panel(*_check(deck, theme, inside, section), measure, TINT, ACCENT)
        made.append((section, panel))
    return made


def _recap(
    deck: Deck, theme: Theme, measure: float, section: Element
) -> tuple[list[Strip], list[Strip]]:
    """Return the recap, and the hook for the foot of its panel; there is one of them at least."""
    strips, hook = _panel_title(deck.phrases.recap, theme, measure, section), list[Strip]()
    if deck.recap:
        recap = paragraph(deck.recap, theme.style("recap"), measure, section.add("P"))
        strips += owned(recap, deck, "recap")
    if deck.hook:
        hook = paragraph(deck.hook, theme.style("hook"), measure, section.add("P"))
    return strips, owned(hook, deck, "hook")


def _check(
    deck: Deck, theme: Theme, measure: float, section: Element
) -> tuple[list[Strip], list[Strip]]:
    """Return the questions, and the boxes for the foot of their panel."""
    strips = _panel_title(deck.phrases.check, theme, measure, section)
    by_id = {fact.id: fact for fact in deck.facts}
    asked = under_topics([by_id[name] for name in deck.check], deck)
    parent = section.add("L", attributes=LETTERED)
    style = theme.style("fact")
    for number, fact in enumerate(asked):
        label, inside = list_entry(parent, lettered(number))
        prompt = blanked(fact.parts.asked.prompt)
        question = asking(fact, prompt, style, theme, measure, inside, label)
        strips += set_apart(question, fact.media.asked, theme)
    foot = boxes(deck.phrases, theme, measure, section.add("P"))
    return strips, [*foot, *_credits(asked, theme, measure, section)]


def _credits(asked: Sequence[Fact], theme: Theme, measure: float, section: Element) -> list[Strip]:
    """Return whose pictures are asked about that no other part of the sheet has.

    They stand away from their questions, as a credit may well name the answer.
    """
    strips, style = list[Strip](), theme.style("small", indent=0.0, above=theme.unit)
    for number, fact in enumerate(asked):
        if fact.only == "asked" and fact.media.asked.image and fact.media.credit:
            credit = (*words(f"{lettered(number)}\u2002"), *fact.media.credit)
            strips += paragraph(credit, style, measure, section.add("P"))
    return strips


def _panel_title(title: str, theme: Theme, measure: float, section: Element) -> list[Strip]:
    style = theme.style("heading", above=0.0)
    return paragraph(words(title), style, measure, section.add("H2"), bookmark=1)
