"""The numbers and colours that modules of print share, in points; see also `theme_timeline`."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any, ClassVar, NamedTuple

from deckbuilder.model import Printing
from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.fonts import author_font
from deckbuilder.writers.pdf.hands import Hand
from deckbuilder.writers.pdf.rl import Color, HexColor

MM = 72 / 25.4

INK = HexColor("#1A1D21")
QUIET = HexColor("#55606A")
ACCENT = HexColor("#12425C")
WARM = HexColor("#A23E17")
HAIRLINE = HexColor("#BFC8CE")
WRITING = HexColor("#7D8890")  # lines to write on, boxes to tick
TINT = HexColor("#EFF4F6")
WARM_TINT = HexColor("#FAF2EC")
BAND = HexColor("#CADAE2")
WARM_BAND = HexColor("#F6E4DA")
PAPER = HexColor("#FFFFFF")

PAPERS = {
    "A4": (210 * MM, 297 * MM),
    "Letter": (215.9 * MM, 279.4 * MM),
    "A5": (148 * MM, 210 * MM),
}
# as large as two sheets of one of these side by side
DOUBLE = {
    "A3 across": (420 * MM, 297 * MM),
    "Tabloid across": (431.8 * MM, 279.4 * MM),
    "A4 across": (297 * MM, 210 * MM),
}
NARROW = 170 * MM  # paper that has room for one column only

# how pages are filled
STEP = 0.05  # between two sizes that are tried
SMALLEST = 6.5  # points: no type is made smaller to have room
MOST_FITTED, MOST_SNUG = 4, 8  # pages: with more, no other sizes, no other spaces are tried
GROWTH = 1.7  # what a story fills mostly grows with this power of its type's size
FULL, LAST = 0.92, 0.07  # so full pages mostly can be, and the last of them by so much more
NEXT_TO_NOTHING = 0.01  # of a page
SQUEEZED = 0.7  # of its size: so small a title may get to stand on one line
FEATHER = 1.6  # of a space: so much wider each may get to let columns end level
EMPTY = 0.1  # of the page's height: so much may be left free above the closing panels
RULE = 0.6  # between the rows of a table
TIGHT = 34.0  # × the body: a page narrower than this is tight
CELL_GAP, CELL_SPACE = 2.4, 0.4  # units between two columns of a table; above and below a row
# where the words of a table have no room: parts of their size, then units between two columns
SMALLER_CELLS, CLOSE_CELLS = (0.93, 0.86, 0.8), 1.4
TABLE = 0.3  # of the page's height: a longer table is parted
LEAST = 0.12  # of the page's height: with less room below the head, columns begin a new page
SHORT = 0.4  # of the page's height: a longer section is parted
GOES_ON = 2.5  # lines: of a shorter one, no less goes on in the next column
TALL = 0.5  # of the page's height: a taller panel is parted
LONG_DATE = 0.4  # of a column: a longer date stands above its title

# spaces, in units
UNIT, SNUG_UNIT = 0.426, 0.34  # × the body's size
HEAD_SPACE = 1.6  # below the bar
BODY_SPACE = 4.4  # above the columns
RULE_ABOVE, RULE_BELOW = 1.9, 1.1  # of the line that opens a section
PART_SPACE = 1.5  # below the heading of a part
GUTTER = 4.7  # × the body: the column of dates in a part
DATE_GAP = 1.8  # between a topic's date and its title
DATE_NEAR = 0.5  # between one in the column of dates and what stands beside it, at least
ITEM_GAP = 3.0  # between short items of a list that stand on one line
PANEL_SPACE, PANEL_PADDING = 3.0, 2.2  # above a panel; inside it
RUNNING_ABOVE, RUNNING_SPACE = 0.8, 1.6  # of the title that following pages repeat
BOX_GAP, BOXES_ABOVE = 0.75, 0.8  # between a box and its words; above the first row
BOXES_APART = 0.5, 1.8  # least, most

# boxes to tick
BOX, BOX_LEADING = 0.92, 1.15  # of their words' size, and of its leading
BOX_WEIGHT = 0.7

# the foot of the page
FOOT_LINE, FOOT_SPACE = 4 * MM, 1.2 * MM  # the line below the columns, and the words below it
FOOT_WEIGHT = 0.5


class Profile(NamedTuple):
    """What a kind of reader needs. The sizes are of the body, in points."""

    smallest: float  # tried to save a second page
    flowing: float  # where one page is too little
    largest: float
    columns: int = 2
    spacing: float = 1.0  # × every leading
    display: float = 1.0  # how much larger than the body a title may grow
    least: float = 0.0  # points: nothing is set smaller, but what is raised or lowered
    italics: bool = True
    capitals: bool = True


# clear print and large print: UKAAF G003, RNIB, British Dyslexia Association
PROFILES = {
    "standard": Profile(8.5, 9.5, 11.0),
    "clear": Profile(
        12.0, 12.0, 14.0, 1, 1.5 / 1.36, display=0.7, least=12.0, italics=False, capitals=False
    ),
    "large": Profile(18.0, 18.0, 18.0, 1, display=0.4, least=18.0, capitals=False),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set. `indent` moves it right of its label."""

    face: str
    size: float
    leading: float
    color: Color = INK
    above: float = 0
    below: float = 0
    indent: float = 0
    label: str = ""  # face of the label, if there is one
    label_size: float = 0
    label_color: Color = ACCENT
    strong: Color | None = None  # of what is bold, if it has a colour of its own
    tracking: float = 0.0  # between letters, × the size
    capitals: bool = False
    stay: bool = False  # no page ends behind it
    italics: bool = True  # else they are upright, in a colour
    fractions: bool = False  # whether what they consist of is as large as words
    extra: tuple[str, ...] = ()  # faces that an author brought
    apart: Style | None = None  # of fixed words and hints, if they stand in lines of their own
    hand: Hand = field(init=False, compare=False, repr=False)  # what its words are written in
    label_hand: Hand = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        own = Hand(self.face, self.size, self.color, tracking=self.tracking * self.size)
        object.__setattr__(self, "hand", own)
        label = Hand(self.label, self.label_size, self.label_color)
        object.__setattr__(self, "label_hand", label)


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that depends on the size of the body, the paper and the reader."""

    base: float
    printing: Printing = field(default_factory=Printing)
    snug: bool = False  # whether spaces are narrower, to save a page
    most_columns: int = 2
    margin: float = 14 * MM
    cell_space: float = CELL_SPACE
    top: ClassVar[float] = 11.5 * MM  # these are the same for all pages
    foot: ClassVar[float] = 16 * MM
    gutter: ClassVar[float] = 7 * MM
    bar: ClassVar[float] = 2.6  # the thick line at the head of the page
    rule: ClassVar[float] = 0.9
    panel_bar: ClassVar[float] = 2.4
    styles: dict[Any, Style] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def profile(self) -> Profile:
        """What the reader needs."""
        return PROFILES[self.printing.profile]

    @property
    def least(self) -> float:
        """In points: nothing is set smaller. A body of 1 is no type, but what others are times."""
        return self.profile.least if self.base > 1.0 else 0.0

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page."""
        paper = self.printing.paper
        return PAPERS[paper] if paper in PAPERS else DOUBLE[paper]

    @property
    def unit(self) -> float:
        """The step of all spacing: about 4 points at a body of 9.4."""
        return self.base * (SNUG_UNIT if self.snug else UNIT)

    @property
    def width(self) -> float:
        """Of the page between its margins."""
        return self.paper[0] - 2 * self.margin

    @property
    def tight(self) -> bool:
        """Whether the page is narrow for its type."""
        return self.width < TIGHT * self.base

    @property
    def columns(self) -> int:
        """How many columns the body flows through."""
        return 1 if self.paper[0] < NARROW else min(self.profile.columns, self.most_columns)

    @property
    def column(self) -> float:
        """The width of each column."""
        return (self.width - (self.columns - 1) * self.gutter) / self.columns

    @property
    def tallest(self) -> float:
        """How high a column is at most, in points."""
        return self.paper[1] - self.top - self.foot

    @property
    def cell(self) -> tuple[float, float]:
        """The space between two columns of a table, and above and below the words of a row."""
        return CELL_GAP * self.unit, self.cell_space * self.unit

    @property
    def gutters(self) -> bool:
        """Whether a column has room for a column of dates in it."""
        return self.columns > 1

    @property
    def vertical_timeline(self) -> bool:
        """Whether the labels of an axis across the page would be crowded."""
        return self.base >= 14 or self.paper[0] < NARROW

    def tint(self, color: Color) -> Color:
        """Return the colour of an area, which costs ink."""
        return PAPER if self.printing.ink == "low" else color

    def shrunk(self, name: str, part: float) -> Style:
        """Return the named style in a part of its size, or in the least that its reader may get."""
        style, least = self.style(name), max(SMALLEST, self.least)
        size = min(style.size, max(part * style.size, least))
        return self.style(name, size=size, leading=style.leading / style.size * size)

    def style(self, name: str, **changes: Any) -> Style:
        """Return the named style at this size, and with changes; each is made only once."""
        key = (name, *changes.items()) if changes else name
        if key not in self.styles:
            style = self._style(name)
            self.styles[key] = replace(style, **changes) if changes else style
        return self.styles[key]

    def _style(self, name: str) -> Style:
        style, profile, unit = STYLES[name], self.profile, self.unit
        size = style.size
        if size > 1.2:
            size = 1.2 + (size - 1.2) * profile.display
        size = max(size * self.base, self.least)
        return replace(
            style,
            size=size,
            leading=style.leading / style.size * size * profile.spacing,
            label_size=max(style.label_size * self.base, self.least),
            above=style.above * unit,
            below=style.below * unit,
            indent=style.indent * UNIT * self.base,
            face=style.face if profile.italics else style.face.replace("Serif-Italic", "Sans"),
            italics=profile.italics,
            fractions=profile.least > 0,
            capitals=style.capitals and profile.capitals,
            tracking=style.tracking if profile.capitals else 0.0,
            extra=tuple(author_font(font.data) for font in self.printing.fonts),
        )


# sizes and leadings × the body's size, spaces and indents × the unit
FACT = Style("Sans", 1.0, 1.36, INK, below=0.5, indent=4.0, label="Sans-Bold", label_size=0.84)
STYLES = {
    "kicker": Style(
        "Sans-Bold", 0.78, 1.0, ACCENT, above=0.59, below=0.59, tracking=0.12, capitals=True
    ),
    "title": Style("Serif-Regular", 3.1, 3.3, ACCENT, below=0.6),
    "lead": Style("Sans", 1.2, 1.62, QUIET, below=1.8),
    "heading": Style("Serif", 1.43, 1.75, ACCENT, above=1.4, below=0.9, stay=True),
    "topic": Style("Serif", 1.37, 1.62, ACCENT, below=0.5, stay=True),
    "again": Style("Serif-Italic", 1.0, 1.42, QUIET, below=0.4),
    "year": Style("Serif", 1.75, 1.62, WARM, stay=True),
    "about": Style("Serif", 1.37, 1.62, WARM),
    "date": Style("Sans-Bold", 1.0, 1.42, WARM, stay=True),
    "entry": Style("Sans-Bold", 1.1, 1.5, INK, above=1.7, stay=True),
    "entry-gist": Style("Sans", 1.0, 1.36, INK, below=0.6, stay=True),
    "gist": Style("Serif-Italic", 1.02, 1.36, QUIET, below=0.5, stay=True),
    "body": Style("Sans", 1.0, 1.36, INK, below=0.5),
    "fact": FACT,
    "term": replace(FACT, strong=ACCENT),
    "item": Style("Sans", 1.0, 1.36, INK, below=0.15, indent=2.6, label="Sans", label_size=1.0),
    "small": Style("Sans", 0.87, 1.2, QUIET, below=0.4, indent=3.8),
    "reference": Style(
        "Sans", 0.87, 1.2, QUIET, below=0.3, indent=4.2, label="Sans-Bold", label_size=0.75
    ),
    "cell": Style("Sans", 0.95, 1.28, INK),
    "cell-head": Style("Sans-Bold", 0.87, 1.28, ACCENT),
    "recap": Style("Sans", 1.05, 1.5, INK, below=0.5),
    "hook": Style("Serif", 2.1, 2.5, WARM, above=1.2),
    "foot": Style("Sans", 0.79, 1.1, QUIET),
    "tick": Style("Sans", 0.79, 1.0, QUIET),
    "band": Style("Sans-Bold", 0.85, 1.0, ACCENT),
    "event": Style("Sans", 0.87, 1.02, INK),
    "event-date": Style("Sans-Bold", 0.87, 1.02, WARM),
    "box": Style("Sans", 0.87, 1.2, QUIET),
}
