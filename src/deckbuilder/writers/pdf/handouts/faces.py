"""A card and the room on it -> its front and its back, set as large as they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from deckbuilder.cards import Card, answered, asked_about, question
from deckbuilder.content import Content, Paragraph
from deckbuilder.media.medium import Asset
from deckbuilder.model import Deck, Fact, Printing, Topic
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, plain
from deckbuilder.writers.pdf.blemishes import blemishes_in, owned
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.figures import figure, fitted, is_tiny
from deckbuilder.writers.pdf.handouts.frames import AWAY, Frame, backs, draw_frame, fronts
from deckbuilder.writers.pdf.lines import widest_word
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, paragraph, rule
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import HAIRLINE, PROFILES, QUIET, RULE, Style, Theme

STEP = 0.5  # points between two sizes that are tried
# from the largest to the smallest, in points; of readers who need larger type, none below theirs
FRONT, BACK = (16.0, 11.0), (13.0, 10.0)
LIGHT = "Serif-Regular"  # fixed words and hints below what is asked about
NOTE = 8.5  # points: of what else there is to know
LONGEST_NOTE = 160  # characters: a longer note stays off the cards
LEADING = 1.28
MOST, SMALLEST = 0.8, 0.2  # of the height: of a picture
NARROWEST, TRIES = 0.4, 5  # of the width: no line is balanced to less; how exactly that is found


Setter = Callable[[Element], list[Strip]]
Sided = Callable[[Element, Element | None], Strip]  # of its element, and its number's, if any


@dataclass(frozen=True, slots=True)
class Faced:
    """A card's sides, each a strip as high as the room for it."""

    fact: Fact
    front: Strip
    back: Strip


def notes(fact: Fact, card: Card, printing: Printing) -> tuple[Text, ...]:
    """Return what else a back says: what there is to know, if it is brief, and a credit."""
    brief = len(plain(fact.extra)) <= LONGEST_NOTE and PROFILES[printing.profile].least < 1
    credit = fact.media.told.credit if asked_about(fact, card.ordinal).image else ()
    return tuple(filter(None, (fact.extra if brief else (), credit)))


def faced(
    fact: Fact,
    topic: Topic,
    card: Card,
    number: str,
    theme: Theme,
    room: tuple[float, float],
    table: Element,
    deck: Deck,
    *,
    alike: bool,
) -> Faced | None:
    """Return a card, or None if a side has no room in its smallest type.

    Args:
        fact: what it is about.
        topic: what that belongs to.
        card: its words.
        number: stands on both sides.
        theme: for whom.
        room: width and height in points.
        table: the card becomes a row of it: number, front, back.
        deck: what it belongs to.
        alike: whether the front of another topic's card says the same.
    """
    measured = Measured()
    before: Iterable[Frame] = fronts(topic, card, number, theme, room[0], deck, alike=alike)
    if image := asked_about(fact, card.ordinal).image:
        left = partial(_left, fact, card, theme, measured)
        before = _roomiest([*before], image, theme, room, left)
    asking = _first(before, partial(_asking, fact, card, theme, room, measured))
    if not asking:
        return None
    noted = bool(notes(fact, card, theme.printing))
    behind = backs(fact, topic, number, theme, room[0], deck, noted=noted)
    telling = _first(behind, partial(_telling, fact, card, theme, room, measured))
    if not telling:
        return None
    line = table.add("TR")
    label = line.add("TH", attributes={"Table": {"Scope": "Row"}})
    return Faced(fact, asking(line.add("TD"), label), telling(line.add("TD"), None))


def _first(of: Iterable[Frame], sided: Callable[[Frame], Sided | None]) -> Sided | None:
    """Return what makes a side in the first of some frames that leaves its words room."""
    return next(filter(None, map(sided, of)), None)


def _asking(
    fact: Fact,
    card: Card,
    theme: Theme,
    room: tuple[float, float],
    measured: Measured,
    frame: Frame,
) -> Sided | None:
    """Return what makes a card's front in a frame, if it has room there."""
    front = _pictured(fact, card, theme, frame.inside(room), measured)
    return front and (
        lambda element, label: _side(owned(front(element), fact), [], frame, room, label)
    )


def _telling(
    fact: Fact,
    card: Card,
    theme: Theme,
    room: tuple[float, float],
    measured: Measured,
    frame: Frame,
) -> Sided | None:
    """Return what makes a card's back in a frame, if it has room there."""
    more = partial(_notes, notes(fact, card, theme.printing), frame, theme, room[0])
    below = max(frame.below, height(more(measured)))
    wide, tall = frame.inside(room)
    free = wide, tall + frame.below - below
    back = _largest(answered(fact, card), "Sans", BACK, theme, free, measured)
    return back and (
        lambda element, label: _side(owned(back(element), fact), more(element), frame, room, label)
    )


def _notes(
    of: Sequence[Text], frame: Frame, theme: Theme, wide: float, element: Element
) -> list[Strip]:
    """Return notes below their line, beside the date."""
    if not of:
        return []
    size = max(NOTE, theme.profile.least * theme.base)
    like = {"size": size, "leading": LEADING * size, "indent": 0.0, "below": 0.0, "color": QUIET}
    stamp = width_of(frame.stamp)
    strips = rule(RULE, HAIRLINE, wide, above=0.0, below=0.4 * size)
    measure = wide - (stamp + 2 * AWAY if stamp else 0.0)
    for text in of:
        strips += paragraph(text, theme.style("small", **like), measure, element.add("P"))
    return strips


def _roomiest(
    of: Sequence[Frame],
    image: Asset,
    theme: Theme,
    room: tuple[float, float],
    left: Callable[[tuple[float, float]], float],
) -> Sequence[Frame]:
    """Return the frames that leave a picture the room to be read; else the one that leaves most.

    `left`: tells how high the picture may be in a room that it has together with its question.
    """
    inside = [frame.inside(room) for frame in of]
    boxes = [fitted(image.size, (each[0], left(each)), theme) for each in inside]
    readable = [f for f, box in zip(of, boxes, strict=True) if not is_tiny(image.size, box, theme)]
    return readable or [of[boxes.index(max(boxes))]]


def _left(
    fact: Fact, card: Card, theme: Theme, measured: Measured, room: tuple[float, float]
) -> float:
    """Return how high a picture may be below the smallest words; 0 if nobody could make it out."""
    *_, smallest = _styles("Serif", FRONT, theme)
    words_tall = _height(question(fact, card), smallest, theme, measured)(room[0])
    free = room[1] - words_tall - theme.unit
    return min(MOST * room[1], free) if free >= SMALLEST * room[1] else 0.0


def _pictured(
    fact: Fact, card: Card, theme: Theme, room: tuple[float, float], measured: Measured
) -> Setter | None:
    """Return what sets a question, and the picture that it asks about: smaller words before it."""
    media, asked, (wide, tall) = asked_about(fact, card.ordinal), question(fact, card), room
    if not media.image:
        return _largest(asked, "Serif", FRONT, theme, room, measured)
    most = _left(fact, card, theme, measured, room)
    if not most:
        return None

    def picture(parent: Element) -> list[Strip]:
        return figure(media, theme, wide, parent, most=most, indent=0.0)

    left = tall - sum(strip.above + strip.height for strip in picture(measured))
    front = _largest(asked, "Serif", FRONT, theme, (wide, left), measured)
    return front and (lambda element: [*front(element), *picture(element)])


def _styles(face: str, sizes: tuple[float, float], theme: Theme) -> Iterator[Style]:
    """Yield how words may be set, from the largest to the smallest."""
    least = theme.profile.smallest if theme.profile.least else 0.0
    largest, smallest = (max(size, least) for size in sizes)
    for n in range(round((largest - smallest) / STEP) + 1):
        size = largest - n * STEP
        leading = LEADING * size * theme.profile.spacing
        like = {"size": size, "leading": leading, "below": 0.0}
        apart = theme.style("body", face=LIGHT, **like)
        yield theme.style("body", face=face, apart=apart, **like)


def _largest(
    of: Content,
    face: str,
    sizes: tuple[float, float],
    theme: Theme,
    room: tuple[float, float],
    measured: Measured,
) -> Setter | None:
    """Return what sets the words in the largest type that fits, if any does."""

    def fits(style: Style) -> bool:
        return _height(of, style, theme, measured)(room[0]) <= room[1]

    style = _first_that(fits, _styles(face, sizes, theme))
    if not style:
        return None
    measure = room[0]
    if len(of) == 1 and isinstance(of[0], Paragraph):
        measure = _balanced(_height(of, style, theme, measured), room[0])
        if not measured.lines(of[0].text, style, measure, blanks=False):
            longest = widest_word(set_text(of[0].text, style))
            measure = max(measure, min(longest, room[0]))  # no word is cut to balance lines
    return partial(content, of, style, theme, measure)


def _first_that(fits: Callable[[Style], bool], styles: Iterator[Style]) -> Style | None:
    """Return the first style that fits, if any does.

    Where the largest does not, the smallest is tried next: a long table fits in none, and to set
    it in all of them takes long.
    """
    largest = next(styles)
    if fits(largest):
        return largest
    smaller = [*styles]
    return next(filter(fits, smaller)) if smaller and fits(smaller[-1]) else None


def _height(
    of: Content, style: Style, theme: Theme, measured: Measured
) -> Callable[[float], float]:
    """Return what tells how high words are in a measure: 20 are tried for each card."""

    def tall(wide: float) -> float:
        if len(of) == 1 and isinstance(of[0], Paragraph):
            lines = measured.lines(of[0].text, style, wide, blanks=False)
            if lines:
                return sum([style.leading] * lines)  # as their strips are
        return height(content(of, style, theme, wide, measured))

    return tall


def _balanced(height_in: Callable[[float], float], wide: float) -> float:
    """Return the narrowest measure at which a paragraph is no higher."""
    tall, low, high = height_in(wide), NARROWEST * wide, wide
    for _ in range(TRIES):
        middle = (low + high) / 2
        low, high = (low, middle) if height_in(middle) <= tall else (middle, high)
    return high


def _side(
    strips: Sequence[Strip],
    more: Sequence[Strip],
    frame: Frame,
    room: tuple[float, float],
    label: Element | None,
) -> Strip:
    """Return a side: its words in the middle of its frame, its note at the foot."""
    below = max(frame.below, height(more))
    free = room[1] - frame.above - below

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_frame(canvas, frame, label, left, top, room)
        draw_all(strips, canvas, left, top - frame.above - (free - height(strips)) / 2)
        draw_all(more, canvas, left, top - room[1] + height(more))

    return Strip(room[1], draw, blemishes=blemishes_in(strips))
