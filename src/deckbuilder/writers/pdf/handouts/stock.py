"""Paper and the size of a card -> where each card is, marks to cut by, words in the margin."""

from __future__ import annotations

from deckbuilder.model import Deck
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.lines import first_line, first_lines
from deckbuilder.writers.pdf.masthead import titled
from deckbuilder.writers.pdf.pen import Rule
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, FOOT_WEIGHT, MM, PAPERS, QUIET, WRITING, Theme

MARK, OFF, CROSS = 4 * MM, 1.6 * MM, 1.2 * MM  # crop marks: long, off the cards; inside, long
RULER, TICKS = 50 * MM, 5  # in the margin
BELOW, LEADING = 2.6, 1.2  # × their size: from words to a ruler below them; from line to line
SAID, LEAST = 7.4, 5.0  # points: the words in the margin, and how near they come to an edge


@dataclass(frozen=True, slots=True)
class Stock:
    """What cards are cut or broken from: a grid on a paper. Lengths in points.

    `left`, `top`: of the first card; `across`, `down`: from one card to the next.
    `inset`: what stays free inside an edge, as no printer and no blade is exact.
    """

    paper: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float
    inset: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height for the words of a side."""
        return self.width - 2 * self.inset, self.height - 2 * self.inset

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """Return where a card's upper left corner is, from the paper's lower left."""
        top = PAPERS[self.paper][1] - self.top - row * self.down
        return self.left + column * self.across, top


def centred(paper: str, width: float, height: float, inset: float) -> Stock:
    """Return as many cards of a size as a paper holds beside their crop marks."""
    wide, tall = PAPERS[paper]
    free = 2 * (MARK + OFF)
    columns, rows = (max(int((a - free) / b), 1) for a, b in ((wide, width), (tall, height)))
    left, top = (wide - columns * width) / 2, (tall - rows * height) / 2
    return Stock(paper, columns, rows, width, height, left, top, width, height, inset)


def crop_marks(stock: Stock) -> Strip:
    """Return marks in the margin, and small crosses where cards meet."""
    xs = [stock.left + n * stock.across for n in range(stock.columns + 1)]
    tops = [stock.corner(0, n)[1] for n in range(stock.rows + 1)]
    marks: list[Rule] = []
    for x in xs:
        marks.append(((x, tops[0] + OFF), (x, tops[0] + OFF + MARK)))
        marks.append(((x, tops[-1] - OFF), (x, tops[-1] - OFF - MARK)))
    for y in tops:
        marks.append(((xs[0] - OFF - MARK, y), (xs[0] - OFF, y)))
        marks.append(((xs[-1] + OFF, y), (xs[-1] + OFF + MARK, y)))
    for x in xs[1:-1]:
        for y in tops[1:-1]:
            marks.append(((x - CROSS, y), (x + CROSS, y)))
            marks.append(((x, y - CROSS), (x, y + CROSS)))

    def draw(canvas: TaggedCanvas, _: float, __: float) -> None:
        canvas.rules(WRITING, FOOT_WEIGHT, marks)

    return Strip(0.0, draw)


def _marked_within(stock: Stock) -> bool:
    """Tell whether marks between two cards reach as far as the words in the margin."""
    return stock.columns > 1 and stock.top - OFF - MARK < max(stock.top / 2, LEAST) + SAID / 2


def margin(
    stock: Stock, theme: Theme, deck: Deck, name: str, where: str, how: str, *, cut: bool
) -> Strip:
    """Return words for who prints a sheet, in its margins, and a ruler to check it by.

    Where the words leave it no room, it is below them; where there is none, either, it is not.
    No mark between two cards goes through them.

    Args:
        stock: the sheet.
        theme: whose faces they are in.
        deck: whose title stands at the head.
        name: what the cards are: behind the title.
        where: which sheet, which side: at the head's right.
        how: what stands at the foot: how to print and to cut.
        cut: whether there are marks to cut by.
    """
    style = theme.style("foot", size=SAID)
    left, right = stock.left + OFF + MARK, stock.left + stock.columns * stock.across - OFF - MARK
    head = PAPERS[stock.paper][1] - max(stock.top / 2, LEAST) - SAID / 3
    foot = max(stock.corner(0, stock.rows)[1] / 2, LEAST) - SAID / 3
    start = right - RULER
    title = words(titled(deck, name))
    bold = theme.style("foot", size=SAID, face="Sans-Bold", color=ACCENT)
    check = deck.phrases.check_length.format(length=round(RULER / MM))
    sheet, beside = set_text(words(where), style), set_text(words(check), style)
    aside = start - width_of(beside) - SAID
    from_right = right - width_of(sheet)
    end = stock.left + stock.across - SAID if cut and _marked_within(stock) else right
    told = first_lines(words(how), style, end - left, 2)
    low = max(foot - (len(told) - 1) / 2 * LEADING * SAID, LEAST)  # where the last line stands
    in_line = left + width_of(set_text(words(how), style)) + SAID < aside
    level = foot if in_line else foot - BELOW * SAID
    ruled = in_line or (level > 2 * LEAST and aside > left)

    def draw(canvas: TaggedCanvas, _: float, __: float) -> None:
        draw_runs(canvas, first_line(title, bold, min(from_right - SAID, end) - left), left, head)
        draw_runs(canvas, sheet, from_right, head)
        for below, line in enumerate(told, 1 - len(told)):
            draw_runs(canvas, line.runs, left, low - below * LEADING * SAID)
        if not ruled:
            return
        draw_runs(canvas, beside, aside, level)
        lines: list[Rule] = [((start, level), (right, level))]
        for tick in range(TICKS + 1):
            x = start + tick * RULER / TICKS
            lines.append(((x, level), (x, level + SAID * (0.5 if 0 < tick < TICKS else 0.9))))
        canvas.rules(QUIET, FOOT_WEIGHT, lines)

    return Strip(0.0, draw)
