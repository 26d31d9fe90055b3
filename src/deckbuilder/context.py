"""A deck's titles and a card -> the title that its front shows as context."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from deckbuilder.cards import Card
from deckbuilder.model import Deck, Topic
from deckbuilder.text.tree import Text, plain, same_words

WORD = re.compile(r"\w+")


def context(deck: Deck, topic: Topic, *asked: Card) -> Text:
    """Return the title of the topic, or of the deck, that fronts may show without the answer."""
    titles = (topic.title, deck.title)
    return next((t for t in titles if not _told(plain(t), asked)), ())


def _told(title: str, asked: Iterable[Card]) -> bool:
    return any(gives_away(title, card.answer) for card in asked)


def gives_away(title: str, answer: str) -> bool:
    """Tell whether a title, shown above a front, would answer it."""
    shown = same_words(title)
    folded = answer.lower() if answer.isascii() else normalize("NFKC", answer).casefold()
    first = WORD.search(folded)
    if first and first[0] not in shown and shown.partition(" ")[0] not in folded:
        return False  # the first word of either is nowhere in the other
    answer = same_words(answer)
    return f" {answer} " in f" {shown} " or f" {shown} " in f" {answer} "
