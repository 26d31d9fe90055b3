"""The numbers and colours of print: the only place where they stand. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
PAPER = HexColor("#FFFFFF")

LARGEST, SMALLEST, FLOWING = (
    11.0,
    8.5,
    9.5,
)  # sizes of the body; FLOWING where one page is too little
STEP = 0.05
MOST_FITTED = 4  # pages


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
    stay: bool = False  # no page ends behind it


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that depends on the size of the body and the paper."""

    base: float
    paper: tuple[float, float] = (210 * MM, 297 * MM)
    margin: float = 14 * MM
    top: float = 13 * MM
    foot: float = 16 * MM
    gutter: float = 7 * MM
    bar: float = 2.6  # the thick line at the head of the page
    rule: float = 0.9
    panel_bar: float = 2.4

    @property
    def unit(self) -> float:
        """The step of all spacing: about 4 points at a body of 9.4."""
        return self.base * 0.426

    @property
    def width(self) -> float:
        """Of the page between its margins."""
        return self.paper[0] - 2 * self.margin

    @property
    def column(self) -> float:
        """The width of each of two columns."""
        return (self.width - self.gutter) / 2

    @property
    def dates(self) -> float:
        """The width of the column that holds a topic's date."""
        return 11.2 * self.unit

    def style(self, name: str) -> Style:
        """Return the named style at this size."""
        return _scaled(STYLES[name], self.base, self.unit)


def _scaled(style: Style, base: float, unit: float) -> Style:
    return replace(
        style,
        size=style.size * base,
        leading=style.leading * base,
        label_size=style.label_size * base,
        above=style.above * unit,
        below=style.below * unit,
        indent=style.indent * unit,
    )


# sizes and leadings × the body's size, spaces and indents × the unit
STYLES = {
    "kicker": Style("Sans-Bold", 0.81, 1.3, ACCENT),
    "kicker-right": Style("Sans", 0.87, 1.3, QUIET),
    "title": Style("Serif", 2.95, 3.3, ACCENT, below=0.6),
    "lead": Style("Sans", 1.2, 1.62, QUIET, below=1.8),
    "heading": Style("Serif", 1.43, 1.75, ACCENT, above=1.4, below=0.9, stay=True),
    "topic": Style("Sans-Bold", 1.1, 1.42, INK, below=0.45, stay=True),
    "year": Style("Serif", 1.65, 1.42, WARM, stay=True),
    "date": Style("Sans-Bold", 1.0, 1.42, WARM, stay=True),
    "body": Style("Sans", 1.0, 1.36, INK, below=0.5),
    "fact": Style(
        "Sans", 1.0, 1.36, INK, below=0.4, indent=4.2, label="Sans-Bold", label_size=0.84
    ),
    "item": Style("Sans", 1.0, 1.36, INK, below=0.15, indent=2.6, label="Sans", label_size=1.0),
    "small": Style("Sans", 0.87, 1.2, QUIET, below=0.4, indent=4.2),
    "recap": Style("Sans", 1.05, 1.5, INK, below=0.5),
    "hook": Style("Serif", 2.1, 2.5, WARM, above=1.2),
    "foot": Style("Sans", 0.79, 1.1, QUIET),
    "tick": Style("Sans", 0.79, 1.0, QUIET),
    "band": Style("Sans-Bold", 0.85, 1.0, ACCENT),
    "event": Style("Sans", 0.87, 1.02, INK),
    "event-date": Style("Sans-Bold", 0.87, 1.02, WARM),
    "box": Style("Sans", 0.87, 1.2, QUIET),
}
