"""The numbers and looks of a timeline: its figure, and the list that stands for it in large type.

Lengths are × the body's size where nothing else is said.
"""

from __future__ import annotations

from typing import NamedTuple

from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.theme import ACCENT, BAND, INK, QUIET, WARM, WARM_BAND


class Look(NamedTuple):
    """How an entry is drawn, and where it belongs. `dot`: its radius; `weight` in points."""

    above: bool
    color: Color
    ink: Color
    weight: float = 0.5
    dot: float = 0.0
    style: str = "event"


TOPIC = Look(above=True, color=WARM, ink=INK, weight=0.8, dot=0.25)
EVENT = Look(above=False, color=QUIET, ink=QUIET, dot=0.18)
PERIOD = Look(above=False, color=ACCENT, ink=ACCENT, style="band")

# how much there may be
MOST = 60  # labels: with more there is no figure
CROWDED = 24  # labels: with more of them they are narrow, and never of the first size
MOST_TICKS = 12  # with words
DENSEST = 0.48  # of a crowd's figure that labels fill; of 1,269 figures, 2 would be fuller
LEVELS = (3, 4, 5)  # of labels on each side of the axis: the first number that is enough

# type and measure
# × a label's size: the first is taken that makes the figure low; 0.0 is the smallest type there is
SIZES = (1.0, 0.88, 0.76, 0.0)
LOW, HIGHEST = 0.38, 0.5  # of the page's height: what is low, and what is still a figure
MEASURES, CROWDED_MEASURES = (10.0, 8.0), (7.2,)  # how wide labels are at most: all are tried
WHOLE_DATE = 15.0  # how wide a date is at most that is no range, if it is not to be parted
PARTED = 10.0  # what it costs that one is, in points of the figure's height

# the axis
BANDS = (BAND, WARM_BAND)  # their colours, in turn
BAND_PADDING, BAND_LINE = 0.75, 1.0  # of a band's height: what is fixed, and each line of its title
TICK, SHORT_TICK = 0.32, 0.18  # how long a tick is: with words, without
TICK_ROOM = 1.45  # below the axis, for ticks and their words
TICKS_APART = 4.0  # points between the words of two ticks
SPAN_LANE = 0.4  # from one span to the next
SHORTEST_SPAN = 0.75  # what is shorter is a dot

# labels on their stems
GAP = 0.6  # between two levels
FAN, FAN_SLOPE, FAN_MOST = 0.4, 0.16, 2.2  # the zone where stems move aside: least, × how far, most
STEM_SPACE = 3.0  # points between a stem and its words
CLEAR = 3.0  # points between a stem and the words it passes
APART = 7.0  # points between two labels on one level; more where a poster has larger ones

# weights of lines, in points
SPAN_WEIGHT, AXIS_WEIGHT, FRAME_WEIGHT, TICK_WEIGHT = 2.4, 1.4, 0.6, 0.5

# the list; in units
BAR_LANE = 1.3  # from one period's bar to the next
BAR = 0.8  # of a lane: how wide a bar is
ROW_PADDING = 0.6  # above and below the words of a row
DATE_SPACE = 2.2  # left and right of the dates
DATES = 0.3  # of a column, at most, for the dates
