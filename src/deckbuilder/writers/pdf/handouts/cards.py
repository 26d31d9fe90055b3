"""Flash cards to print on both sides and cut: the same card on A4 and Letter."""

from __future__ import annotations

from deckbuilder.choice import Chosen
from deckbuilder.model import Printing, asked_in_print
from deckbuilder.writers.pdf.handouts import Handout
from deckbuilder.writers.pdf.handouts.cutting import duplex, says
from deckbuilder.writers.pdf.handouts.stock import centred
from deckbuilder.writers.pdf.pages import Layout
from deckbuilder.writers.pdf.theme import MM

CARD = 95 * MM, 66 * MM
LARGE_CARD = 95 * MM, 132 * MM  # clear and large print need twice the room
INSET = 7.5 * MM


def lay_out(chosen: Chosen) -> Layout:
    """Return fronts and backs by turns, with crop marks at the fronts."""
    printing, name = chosen.deck.printing, chosen.deck.phrases.flash_cards
    return duplex(chosen, centred(printing.paper, *size(printing), INSET), name, cut=True)


def size(printing: Printing) -> tuple[float, float]:
    """Return the width and the height of a card, in points."""
    return CARD if printing.profile == "standard" else LARGE_CARD


HANDOUT = Handout(lambda say: say.flash_cards, asked_in_print, lay_out, says)
