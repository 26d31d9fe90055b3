"""The times of a deck -> a figure of periods, topics and events; in large type, a list of them."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.model import Content, Deck, Period, on_paper, texts, without_gaps
from deckbuilder.text.tree import Text, Words, plain
from deckbuilder.writers.pdf.axis import EVENT, PERIOD, TOPIC, Entry, arranged, figure_strip
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.tagged import Element
from deckbuilder.writers.pdf.theme import Theme
from deckbuilder.writers.pdf.timescale import YEAR, Stretch

HIGHEST = 0.45  # of the page: a higher figure becomes a list


def timeline(deck: Deck, theme: Theme, parent: Element) -> list[Strip]:
    """Return the figure or the list, or nothing where fewer than two things have a time."""
    entries, periods = _dated(deck), sorted(map(_period, deck.periods), key=_time)
    if len(entries) + len(periods) < 2:
        return []
    if not getattr(theme, "vertical_timeline", False):
        figure = arranged(entries, periods, theme, deck.phrases)
        if figure and figure.height <= HIGHEST * theme.paper[1]:
            element = parent.add("Figure", alt=_in_words(deck, entries, periods))
            return [figure_strip(figure, element)]
    return _list(sorted([*periods, *entries], key=_time), theme, parent)


def _dated(deck: Deck) -> list[Entry]:
    """Return topics and events in the order of time."""
    found = [
        Entry((topic.when.start, topic.when.end), topic.when.text, topic.title, TOPIC)
        for topic in deck.topics
        if topic.when
    ]
    own = {topic.id: topic.when for topic in deck.topics}
    for fact in on_paper(deck):
        when = fact.parts.when
        if when and when != own[fact.topic]:  # else it shares its topic's mark
            label = _label(fact.parts.statement)
            found.append(Entry((when.start, when.end), when.text, label, EVENT))
    return sorted(found, key=_time)


def _label(statement: Content) -> Text:
    """Return a statement without its full stop, its key words like all others."""
    nodes = [node for text in texts(without_gaps(statement)) for node in (Words(" "), *text)][1:]
    last = nodes[-1] if nodes else None
    if isinstance(last, Words) and last.text.endswith("."):
        nodes[-1] = Words(last.text.rstrip("."))
    return tuple(nodes)


def _period(period: Period) -> Entry:
    """Return a period as an entry; "to 1930" is where "from 1930" begins."""
    start, end = period.start.start, period.end
    meets = start < end.start and end.end - end.start <= YEAR
    date = f"{period.start.text} – {end.text}"
    return Entry((start, end.start if meets else end.end), date, period.title, PERIOD)


def _time(entry: Entry) -> Stretch:
    return entry.stretch


def _in_words(deck: Deck, entries: Sequence[Entry], periods: Sequence[Entry]) -> str:
    """Return what the figure shows, for those who cannot see it."""
    bands = [f"{plain(period.text)}: {period.date}" for period in periods]
    rows = [f"{entry.date}: {plain(entry.text)}" for entry in entries]
    return f"{deck.phrases.timeline}. {'; '.join([*bands, *rows])}."


# ---------------------------------------------------------------------------- the list


def _list(rows: Sequence[Entry], theme: Theme, parent: Element) -> list[Strip]:
    return []
