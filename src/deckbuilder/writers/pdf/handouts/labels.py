"""Flash cards for sheets that are cut already: business cards and index cards."""

from __future__ import annotations

from deckbuilder.choice import Chosen
from deckbuilder.model import asked_in_print
from deckbuilder.writers.pdf.handouts import Handout
from deckbuilder.writers.pdf.handouts.cutting import duplex, says
from deckbuilder.writers.pdf.handouts.stock import Stock
from deckbuilder.writers.pdf.pages import Layout
from deckbuilder.writers.pdf.theme import MM

INCH = 72.0
INSET = 4 * MM
# the makers' templates: columns, rows; width, height; left, top; from card to card across, down
STOCKS = {
    "avery-c32011": Stock(
        "A4", 2, 5, 85 * MM, 54 * MM, 15 * MM, 13.5 * MM, 95 * MM, 54 * MM, INSET
    ),
    "avery-5371": Stock(
        "Letter", 2, 5, 3.5 * INCH, 2 * INCH, 0.75 * INCH, 0.5 * INCH, 3.5 * INCH, 2 * INCH, INSET
    ),
    "avery-5388": Stock(
        "Letter", 1, 3, 5 * INCH, 3 * INCH, 1.75 * INCH, 1 * INCH, 5 * INCH, 3 * INCH, INSET
    ),
}


def lay_out(chosen: Chosen) -> Layout:
    """Return fronts and backs by turns on the sheets that the source names."""
    deck = chosen.deck
    return duplex(chosen, STOCKS[deck.printing.label_sheets], deck.phrases.labels, cut=False)


HANDOUT = Handout(lambda say: say.labels, asked_in_print, lay_out, says)
