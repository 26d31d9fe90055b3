"""A card -> what stands around its words: topic or "answer", number, deck and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from deckbuilder.cards import Card
from deckbuilder.context import gives_away
from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, plain, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts.writing import is_dated
from deckbuilder.writers.pdf.ink import draw_line, draw_runs
from deckbuilder.writers.pdf.lines import first_line, first_lines
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import Line, Run, set_text, width_of
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, WARM, Style, Theme

SMALL, LARGE = 7.2, 11.5  # points: the words; the number and the date
BAR, BAR_WIDTH = 2.0, 16.0  # points: at the head
APART = 0.75  # × the small size: between the frame and the words
DIGITS, ALONE = 0.68, 0.3  # × the size of a number: its height; below it, where it is alone
LINES, LEADING = 2, 1.15  # of a head: how many at most, and how far apart, × its size
AWAY = 6.0  # points between words on one line
STAMP = 0.6  # of the width: a topic and its date, at most, beside notes
LEAST_TITLE = 5  # × its size: with less room, a title beside its date would tell nothing


@dataclass(frozen=True, slots=True)
class Cut:
    """A card that is to be set.

    Attributes:
        fact: what it is about.
        topic: what that belongs to.
        card: its words.
        number: stands on both sides.
        alike: whether the front of another topic's card says the same.
        deck: what it belongs to.
        theme: for whom.
        room: width and height of a side in points.
        measured: what is known of its words by then.
    """

    fact: Fact
    topic: Topic
    card: Card
    number: str
    alike: bool
    deck: Deck
    theme: Theme
    room: tuple[float, float]
    measured: Measured = field(default_factory=Measured)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around one side's words: it only repeats what is known from elsewhere.

    Attributes:
        color: of the bar, the head and the number.
        head: what the side is, in lines.
        number: of the card.
        foot: the lower left corner.
        stamp: the lower right corner.
        size: of head and foot, in points; the number's is that of `number`.
        leading: from one line of the head to the next.
        aside: whether a number alone stands beside the words, and not above them.
    """

    color: Color
    head: tuple[Line, ...]
    number: tuple[Run, ...]
    foot: tuple[Run, ...]
    stamp: tuple[Run, ...]
    size: float
    leading: float
    aside: bool

    @property
    def down(self) -> float:
        """How far below the upper edge of the room the number and the head's first line stand."""
        tall = self.number[0].hand.size
        return BAR + tall if self.head else DIGITS * tall

    @property
    def above(self) -> float:
        """How much of a side's height the head takes, in points, or a number alone."""
        if not self.head:
            return 0.0 if self.aside else self.down + ALONE * self.number[0].hand.size
        return self.down + (len(self.head) - 1) * self.leading + APART * self.size

    @property
    def below(self) -> float:
        """How much of it the foot takes, in points."""
        tallest = max((run.hand.size for run in (*self.foot, *self.stamp)), default=0.0)
        return tallest + APART * self.size if tallest else 0.0

    def inside(self, room: tuple[float, float]) -> tuple[float, float]:
        """Return the width and the height that are left for words in a room, in points."""
        beside = width_of(self.number) + AWAY if self.aside else 0.0
        return room[0] - beside, room[1] - self.above - self.below


def fronts(cut: Cut) -> Iterator[Frame]:
    """Yield frames for a question, those with more first.

    It has its topic and the deck, or its topic; or the number alone, unless there is a front
    like it in another topic, and the title of this one tells which is meant.
    """
    deck, topic, card = cut.deck, cut.topic, cut.card
    telling = gives_away(plain(topic.title), card.front, card.answer)
    head = words(deck.phrases.question) if telling else topic.title
    alike = cut.alike and not telling
    most = None if alike else LINES
    yield _frame(cut, ACCENT, head, foot=deck.title, most=most)
    yield _frame(cut, ACCENT, head, most=most)
    if not alike:
        yield from _bare(cut, ACCENT)


def backs(cut: Cut, *, noted: bool) -> Iterator[Frame]:
    """Yield frames for an answer, those with more first: its topic and when that was, or less.

    `noted`: whether there are notes beside that.
    """
    head = words(cut.deck.phrases.answer)
    if cut.topic.when and not is_dated(cut.fact):
        yield _frame(cut, WARM, head, dated=STAMP if noted else 1.0)
    yield _frame(cut, WARM, head)
    yield from _bare(cut, WARM)


def _bare(cut: Cut, color: Color) -> Iterator[Frame]:
    """Yield frames that have the number alone: above the words, and beside them."""
    yield _frame(cut, color)
    yield _frame(cut, color, aside=True)


def _frame(
    cut: Cut,
    color: Color,
    head: Text = (),
    *,
    foot: Text = (),
    dated: float = 0.0,
    most: int | None = LINES,
    aside: bool = False,
) -> Frame:
    """Return a frame. `dated`: of its width, how much the topic and its date may take at most."""
    theme, (wide, _) = cut.theme, cut.room
    kicker = theme.style("kicker", size=max(SMALL, theme.least), color=color)
    small = theme.style("foot", size=max(SMALL, theme.least))
    large = max(LARGE, theme.least)
    own = set_text(words(cut.number), theme.style("about", size=large, color=color))
    return Frame(
        color,
        first_lines(head, kicker, wide - width_of(own) - AWAY, most) if head else (),
        own,
        first_line(foot, small, wide) if foot else (),
        _stamp(cut.topic, dated * wide, small, theme.style("about", size=large)) if dated else (),
        small.size,
        LEADING * kicker.size,
        aside,
    )


def _stamp(topic: Topic, most: float, small: Style, large: Style) -> tuple[Run, ...]:
    """Return a topic and its date in `most` points: alone, that would read as the fact's own."""
    assert topic.when
    date = set_text(words(topic.when.text), large)
    room = most - width_of(date) - AWAY
    if room < LEAST_TITLE * small.size:
        return ()
    return (*first_line(topic.title, small, room), *set_text(words("\u2002"), small), *date)


def draw_frame(
    canvas: TaggedCanvas,
    frame: Frame,
    label: Element | None,
    left: float,
    top: float,
    room: tuple[float, float],
) -> None:
    """Draw a frame around `room` points of width and height; `label`: what its number is to be."""
    wide, tall = room
    down = top - frame.down
    if frame.head:
        canvas.area(frame.color, left, top - BAR, BAR_WIDTH, BAR)
    for n, line in enumerate(frame.head):
        draw_runs(canvas, line.runs, left, down - n * frame.leading)
    right = left + wide
    number = Line(frame.number, spaced=True)
    draw_line(canvas, number, label, right - number.width, down)
    if frame.foot:
        draw_runs(canvas, frame.foot, left, top - tall)
    if frame.stamp:
        draw_runs(canvas, frame.stamp, right - width_of(frame.stamp), top - tall)
