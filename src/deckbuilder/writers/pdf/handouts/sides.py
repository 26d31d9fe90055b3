"""A card and the room on it -> its front and its back, set as large as they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from deckbuilder.cards import Card, answered, asked_about, question
from deckbuilder.content import texts
from deckbuilder.media.medium import Asset, Media
from deckbuilder.model import Fact, Printing
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, plain
from deckbuilder.writers.pdf.blemishes import blemishes_in, owned
from deckbuilder.writers.pdf.cells import HEADS
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts.frames import AWAY, Cut, Frame, backs, draw_frame, fronts
from deckbuilder.writers.pdf.handouts.sizes import LEADING, Setter, height_of, largest, styles
from deckbuilder.writers.pdf.pictures import figure, fitted, is_tiny
from deckbuilder.writers.pdf.rows import FormCell, row
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, paragraph, rule
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import HAIRLINE, PROFILES, QUIET, RULE, Theme

# from the largest to the smallest, in points; of readers who need larger type, none below theirs
NOTED = 12.0  # points: print that has to be larger leaves no room for notes
FRONT, BACK = (16.0, 11.0), (13.0, 10.0)
NOTE = 8.5  # points: of what else there is to know
LONGEST_NOTE = 160  # characters: a longer note stays off the cards
MOST, SMALLEST = 0.8, 0.2  # of the height: of a picture
# of the width: a picture beside the words, at most; units between them; by how much larger it has
# to get there, and how large the words have to stay
ASIDE, APART, LARGER, BESIDE = 0.5, 3.0, 1.05, (16.0, 13.0)
LINE = 6.0  # × their size: some 12 letters, which a line beside a picture holds at least


Sided = Callable[[Element, Element | None], Strip]  # of its element, and its number's, if any


class Spot(NamedTuple):
    """Where a picture that is asked about stands: its width and height in points.

    `words_of`: what sets the words at its left; without it, they stand above it.
    """

    box: tuple[float, float]
    words_of: Setter | None = None


@dataclass(frozen=True, slots=True)
class Faced:
    """A card's sides, each a strip as high as the room for it."""

    front: Strip
    back: Strip


def notes(fact: Fact, card: Card, printing: Printing) -> tuple[Text, ...]:
    """Return what else a back says: what there is to know, if it is brief, and a credit."""
    brief = len(plain(fact.extra)) <= LONGEST_NOTE and PROFILES[printing.profile].least <= NOTED
    credit = fact.media.told.credit if asked_about(fact, card.ordinal).image else ()
    return tuple(filter(None, (fact.extra if brief else (), credit)))


def faced(cut: Cut, table: Element) -> Faced | None:
    """Return a card, or None if a side has no room in its smallest type.

    It becomes a row of a table: number, front, back.
    """
    front = _first(_asking(cut, *framed) for framed in _fronts(cut))
    noted = bool(notes(cut.fact, cut.card, cut.theme.printing))
    back = front and _first(_telling(cut, frame) for frame in backs(cut, noted=noted))
    if not (front and back):
        return None
    line = table.add("TR")
    label = line.add("TH", attributes=HEADS["Row"])
    return Faced(front(line.add("TD"), label), back(line.add("TD"), None))


def _first(of: Iterable[Sided | None]) -> Sided | None:
    """Return what makes a side in the first of the frames that leave its words room."""
    return next(filter(None, of), None)


def _fronts(cut: Cut) -> Iterable[tuple[Frame, Spot | None]]:
    """Return frames for the question, those with more first, and where in them its picture is."""
    image = asked_about(cut.fact, cut.card.ordinal).image
    if not image:
        return ((frame, None) for frame in fronts(cut))
    of = [(frame, _spot(cut, image, frame.inside(cut.room))) for frame in fronts(cut)]
    return _roomiest(of, image, cut.theme)


def _asking(cut: Cut, frame: Frame, spot: Spot | None) -> Sided | None:
    """Return what makes a card's front in a frame, if it has room there."""
    front, room = _questioning(cut, frame.inside(cut.room), spot), cut.room
    return front and (
        lambda element, label: _side(owned(front(element), cut.fact), [], frame, room, label)
    )


def _telling(cut: Cut, frame: Frame) -> Sided | None:
    """Return what makes a card's back in a frame, if it has room there."""
    fact, theme, room = cut.fact, cut.theme, cut.room
    more = partial(_notes, notes(fact, cut.card, theme.printing), frame, theme, room[0])
    below = max(frame.below, height(more(cut.measured)))
    wide, tall = frame.inside(room)
    free = wide, tall + frame.below - below
    back = largest(answered(fact, cut.card), "Sans", BACK, theme, free, cut.measured)
    return back and (
        lambda element, label: _side(owned(back(element), fact), more(element), frame, room, label)
    )


def _notes(
    of: Sequence[Text], frame: Frame, theme: Theme, wide: float, element: Element
) -> list[Strip]:
    """Return notes below their line, beside the date."""
    if not of:
        return []
    size = max(NOTE, theme.least)
    like = {"size": size, "leading": LEADING * size, "indent": 0.0, "below": 0.0, "color": QUIET}
    stamp = width_of(frame.stamp)
    strips = rule(RULE, HAIRLINE, wide, above=0.0, below=0.4 * size)
    measure = wide - (stamp + 2 * AWAY if stamp else 0.0)
    for text in of:
        strips += paragraph(text, theme.style("small", **like), measure, element.add("P"))
    return strips


def _roomiest(
    of: Sequence[tuple[Frame, Spot]], image: Asset, theme: Theme
) -> Sequence[tuple[Frame, Spot]]:
    """Return the frames that leave a picture the room to be read; else the one that leaves most."""
    readable = [each for each in of if not is_tiny(image.size, each[1].box, theme)]
    return readable or [max(of, key=lambda each: each[1].box)]


def _spot(cut: Cut, image: Asset, room: tuple[float, float]) -> Spot:
    """Return where a picture that is asked about stands: where it is larger."""
    box = fitted(image.size, (room[0], _left(cut, room)), cut.theme)
    aside = _aside(image, room, cut.theme)
    words_of = aside[0] >= LARGER * box[0] and _beside(cut, room, aside[0])
    return Spot(aside, words_of) if words_of else Spot(box)


def _left(cut: Cut, room: tuple[float, float]) -> float:
    """Return how high a picture may be below the smallest words; 0 if nobody could make it out."""
    *_, smallest = styles("Serif", FRONT, cut.theme)
    asked = question(cut.fact, cut.card)
    words_tall = height_of(asked, smallest, cut.theme, cut.measured)(room[0])
    free = room[1] - words_tall - cut.theme.unit
    return min(MOST * room[1], free) if free >= SMALLEST * room[1] else 0.0


def _aside(image: Asset, room: tuple[float, float], theme: Theme) -> tuple[float, float]:
    """Return the width and the height of a picture that stands beside the words."""
    words_wide = LINE * max(BESIDE[1], theme.least) + APART * theme.unit
    return fitted(image.size, (min(ASIDE * room[0], room[0] - words_wide), room[1]), theme)


def _beside(cut: Cut, room: tuple[float, float], taken: float) -> Setter | None:
    """Return what sets a question beside a picture that takes so much of the width.

    No word of it is cut for that, and no formula parted.
    """
    theme, free = cut.theme, (room[0] - taken - APART * cut.theme.unit, room[1])
    asked, style = question(cut.fact, cut.card), next(styles("Serif", BESIDE, theme))
    runs = chain.from_iterable(set_text(text, style) for text in texts(asked))
    if any(run.formula and run.width > free[0] for run in runs):
        return None
    setter = largest(asked, "Serif", BESIDE, theme, free, cut.measured)
    return setter if setter and not blemishes_in(setter(Element("TD"))) else None


def _questioning(cut: Cut, room: tuple[float, float], spot: Spot | None) -> Setter | None:
    """Return what sets a question, and the picture that it asks about: smaller words before it."""
    theme, measured, (wide, tall) = cut.theme, cut.measured, room
    media, asked = asked_about(cut.fact, cut.card.ordinal), question(cut.fact, cut.card)
    if not spot:
        return largest(asked, "Serif", FRONT, theme, room, measured)
    box, words_of = spot
    if words_of:
        return lambda element: [_row(words_of(element), media, box, wide, theme, element)]
    if not box[1]:
        return None

    def picture(parent: Element) -> list[Strip]:
        return figure(media, theme, box[0], parent, most=box[1], indent=0.0)

    left = tall - sum(strip.above + strip.height for strip in picture(measured))
    front = largest(asked, "Serif", FRONT, theme, (wide, left), measured)
    return front and (lambda element: [*front(element), *picture(element)])


def _row(
    words_of: Sequence[Strip],
    media: Media,
    box: tuple[float, float],
    wide: float,
    theme: Theme,
    parent: Element,
) -> Strip:
    """Return words at the left, and a picture in its box at the right."""
    picture = figure(media, theme, box[0], parent, most=box[1], indent=0.0)[:1]
    cells = FormCell(words_of, 0.0), FormCell(picture, wide - box[0])
    return row(cells)


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
