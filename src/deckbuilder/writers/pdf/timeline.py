"""The times of a deck -> one figure: bands for its periods, topics above the axis, events below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from deckbuilder.model import Deck, on_paper, plain_content
from deckbuilder.text.tree import Words, plain, words
from deckbuilder.when import When
from deckbuilder.writers.pdf.lines import Line, break_lines, set_text
from deckbuilder.writers.pdf.strips import Strip, draw_runs, spaced
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BAND, MM, PAPER, QUIET, WARM, Theme

LABEL = 31 * MM  # the widest label
APART = 6.0  # points between two labels on one level
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something at a time."""

    when: When
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A label where it stands: `x` of its time, `left` of its words, its level from the axis."""

    x: float
    left: float
    level: int
    lines: tuple[Line, ...]


def timeline(deck: Deck, theme: Theme, parent: Element) -> list[Strip]:
    """Return the figure, or nothing where fewer than two things have a time."""
    topics = [Entry(t.when, plain(t.title)) for t in deck.topics if t.when]
    own = {topic.id: topic.when for topic in deck.topics}
    events = [
        Entry(fact.parts.when, plain_content(fact.parts.statement).rstrip("."))
        for fact in on_paper(deck)
        if fact.parts.when and fact.parts.when != own[fact.topic]
    ]
    if len(topics) + len(events) < 2:
        return []
    figure = _Figure(deck, theme, topics, events)
    element = parent.add("Figure", alt=_in_words(deck, topics, events))
    return [figure.strip(element)]


def _in_words(deck: Deck, topics: Sequence[Entry], events: Sequence[Entry]) -> str:
    """Return what the figure shows, for those who cannot see it."""
    bands = [f"{plain(p.title)}: {p.start.text} – {p.end.text}" for p in deck.periods]
    dated = sorted([*topics, *events], key=lambda entry: entry.when.start)
    rows = [f"{entry.when.text}: {entry.words}" for entry in dated]
    return f"{deck.phrases.timeline}. " + "; ".join([*bands, *rows]) + "."


class _Figure:
    """The measures of the figure; `strip` draws it."""

    def __init__(
        self, deck: Deck, theme: Theme, topics: Sequence[Entry], events: Sequence[Entry]
    ) -> None:
        self.deck, self.theme = deck, theme
        starts = [e.when.start for e in (*topics, *events)] + [p.start.start for p in deck.periods]
        ends = [e.when.start for e in (*topics, *events)] + [p.end.start for p in deck.periods]
        self.first, last = min(starts), max(ends)
        self.step = next((s for s in STEPS if (last - self.first) / s <= 12), STEPS[-1])
        self.last = max(last, self.first + 1) + (last - self.first) * 0.02
        self.above = self._place(topics)
        self.below = self._place(events)
        base = theme.base
        self.bar, self.lead, self.ticks = base * 1.75, base * 1.02, base * 1.75

    def x(self, time: float) -> float:
        return (time - self.first) / (self.last - self.first) * self.theme.width

    def _place(self, entries: Sequence[Entry]) -> list[Placed]:
        """Place labels on the lowest level where they touch no other, from left to right."""
        ends: list[float] = []
        placed = []
        for entry in sorted(entries, key=lambda entry: entry.when.start):
            date = set_text(words(entry.when.text), self.theme.style("event-date"))
            name = set_text(words(entry.words), self.theme.style("event"))
            lines = (*break_lines(date, LABEL), *break_lines(name, LABEL))
            wide = max(line.width for line in lines)
            x = self.x(entry.when.start)
            left = min(max(x - wide / 2, 0.0), self.theme.width - wide)
            level = next((n for n, end in enumerate(ends) if left >= end + APART), len(ends))
            ends[level : level + 1] = [left + wide]
            placed.append(Placed(x, left, level, lines))
        return placed

    def _depth(self, placed: Sequence[Placed], level: int) -> float:
        """Return how far from the axis the labels of a level begin."""
        gap = 0.55 * self.theme.base
        return gap + sum(
            max(len(p.lines) for p in placed if p.level == lower) * self.lead + gap
            for lower in range(level)
        )

    def _extent(self, placed: Sequence[Placed]) -> float:
        levels = 1 + max((p.level for p in placed), default=-1)
        return self._depth(placed, levels) if levels else 0.0

    def strip(self, element: Element) -> Strip:
        up, down = self._extent(self.above), self._extent(self.below)
        total = up + self.bar + self.ticks + down

        def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
            box = [left, top - total, left + self.theme.width, top]
            element.attributes["Layout"] = {"BBox": box, "Placement": "Block"}
            canvas.saveState()
            canvas.translate(left, top - up - self.bar)
            with canvas.tag(element):
                self._bands(canvas)
                self._axis(canvas)
                self._labels(canvas, self.above, up=True)
                self._labels(canvas, self.below, up=False)
            canvas.restoreState()

        return Strip(total, draw, 0.0)

    def _bands(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(0.6)
        canvas.setFillColor(PAPER)
        canvas.rect(0, 0, self.theme.width, self.bar, fill=1)
        style = self.theme.style("band")
        for index, period in enumerate(self.deck.periods):
            left, right = self.x(period.start.start), self.x(period.end.start)
            canvas.setFillColor(BAND if index % 2 == 0 else PAPER)
            canvas.rect(left, 0, right - left, self.bar, fill=1)
            runs = set_text((*period.title, Words(" ")), style)
            wide = sum(run.width for run in runs)
            if wide < right - left:
                y = (self.bar - style.size * 0.68) / 2
                draw_runs(canvas, runs, (left + right - wide) / 2, y)

    def _axis(self, canvas: TaggedCanvas) -> None:
        style = self.theme.style("tick")
        stems = [placed.x for placed in self.below]
        year = math.ceil(self.first / self.step) * self.step
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.5)
        while year <= self.last:
            x = self.x(year)
            canvas.line(x, 0, x, -2.6)
            runs = set_text(words(f"{_year_words(year, self.deck)} "), style)
            half = sum(run.width for run in runs) / 2
            inside = half <= x + 0.1 or x < 0.1
            if inside and x + half <= self.theme.width and all(abs(s - x) > half for s in stems):
                draw_runs(canvas, runs, max(x - half, 0.0), -2.6 - style.size)
            year += self.step

    def _labels(self, canvas: TaggedCanvas, placed: Sequence[Placed], *, up: bool) -> None:
        edge = self.bar if up else 0.0
        for label in placed:
            depth = self._depth(placed, label.level)
            tall = len(label.lines) * self.lead
            head = edge + depth + tall if up else -self.ticks - depth
            canvas.setStrokeColor(WARM if up else QUIET)
            canvas.setFillColor(WARM if up else QUIET)
            canvas.setLineWidth(0.8 if up else 0.5)
            canvas.line(label.x, edge, label.x, head - tall if up else head)
            canvas.circle(label.x, edge, 2.3 if up else 1.6, stroke=0, fill=1)
        for label in placed:  # over the stems, which end behind their words
            depth = self._depth(placed, label.level)
            tall = len(label.lines) * self.lead
            head = edge + depth + tall if up else -self.ticks - depth
            wide = max(line.width for line in label.lines)
            canvas.setFillColor(PAPER)
            canvas.rect(label.left - 1, head - tall, wide + 2, tall, stroke=0, fill=1)
            for index, line in enumerate(label.lines):
                draw_runs(canvas, spaced(line), label.left, head - (index + 0.8) * self.lead)


def _year_words(year: float, deck: Deck) -> str:
    return str(int(year)) if year > 0 else f"{1 - int(year)} {deck.phrases.bc[0]}"
