"""A card -> what stands around its words: topic or "answer", number, deck and date."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.cards import Card
from deckbuilder.content import plain_content
from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, plain, same_words, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts.writing import is_dated
from deckbuilder.writers.pdf.ink import draw_runs, draw_runs_tagged
from deckbuilder.writers.pdf.lines import first_line
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import Line, Run, set_text, width_of
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, WARM, Style, Theme

SMALL, LARGE = 7.2, 11.5  # points: the words; the number and the date
BAR, BAR_WIDTH = 2.0, 16.0  # points: at the head
APART = 0.75  # × the small size: between the frame and the words
TELLING = 4  # letters: shorter words give no answer away
AWAY = 6.0  # points between words on one line
STAMP = 0.6  # of the width: a topic and its date, at most
LEAST_TITLE = 5  # × its size: with less room, a title beside its date would tell nothing


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around one side's words: it only repeats what is known from elsewhere.

    Attributes:
        color: of the bar, the head and the number.
        head: what the side is.
        number: of the card.
        foot: the lower left corner.
        stamp: the lower right corner.
        size: of head and foot, in points; the number's is that of `number`.
    """

    color: Color
    head: tuple[Run, ...]
    number: tuple[Run, ...]
    foot: tuple[Run, ...]
    stamp: tuple[Run, ...]
    size: float

    @property
    def above(self) -> float:
        """How much of a side's height the head takes, in points; a number alone is outside it."""
        if not self.head:
            return 0.0
        tallest = max(run.hand.size for run in (*self.head, *self.number))
        return BAR + tallest + APART * self.size

    @property
    def below(self) -> float:
        """How much of it the foot takes, in points."""
        tallest = max((run.hand.size for run in (*self.foot, *self.stamp)), default=0.0)
        return tallest + APART * self.size if tallest else 0.0


def frames(
    fact: Fact, topic: Topic, card: Card, number: str, theme: Theme, wide: float, deck: Deck
) -> Iterator[tuple[Frame, Frame]]:
    """Yield frames for a question and its answer, `wide` points wide, those with more first.

    The question has its topic and the deck, the answer its topic and when that was; or both the
    number alone, which is all that there is room for where everything is set large.
    """
    dated = topic if topic.when and not is_dated(fact) else None
    head = words(deck.phrases.question) if _tells(topic.title, card) else topic.title
    if theme.profile.least < 1:
        yield (
            _frame(ACCENT, head, number, deck.title, None, theme, wide),
            _frame(WARM, words(deck.phrases.answer), number, (), dated, theme, wide),
        )
    yield (
        _frame(ACCENT, (), number, (), None, theme, wide),
        _frame(WARM, (), number, (), None, theme, wide),
    )


def _tells(title: Text, card: Card) -> bool:
    """Tell whether a topic's title has a word of a card's answer that its question has not."""
    asked = same_words(plain_content(card.front)).split()
    answer = same_words(card.answer).split()
    return any(
        len(word) >= TELLING and word in answer and word not in asked
        for word in same_words(plain(title)).split()
    )


def _frame(
    color: Color,
    head: Text,
    number: str,
    foot: Text,
    dated: Topic | None,
    theme: Theme,
    wide: float,
) -> Frame:
    least = theme.profile.least * theme.base
    kicker = theme.style("kicker", size=max(SMALL, least), color=color)
    small = theme.style("foot", size=max(SMALL, least))
    large = max(LARGE, least)
    own = set_text(words(number), theme.style("about", size=large, color=color))
    return Frame(
        color,
        first_line(head, kicker, wide - width_of(own) - AWAY) if head else (),
        own,
        first_line(foot, small, wide) if foot else (),
        _stamp(dated, small, theme.style("about", size=large), STAMP * wide) if dated else (),
        small.size,
    )


def _stamp(topic: Topic, small: Style, large: Style, most: float) -> tuple[Run, ...]:
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
    down = top - frame.above + APART * frame.size
    if frame.head:
        canvas.area(frame.color, left, top - BAR, BAR_WIDTH, BAR)
        draw_runs(canvas, frame.head, left, down)
    right = left + wide
    if label:
        number = Line(frame.number, spaced=True)
        draw_runs_tagged(canvas, number, label, right - number.width, down)
    else:
        draw_runs(canvas, frame.number, right - width_of(frame.number), down)
    if frame.foot:
        draw_runs(canvas, frame.foot, left, top - tall)
    if frame.stamp:
        draw_runs(canvas, frame.stamp, right - width_of(frame.stamp), top - tall)
