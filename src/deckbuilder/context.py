"""A deck's titles and the answers of cards -> the title that their fronts show as context."""

from __future__ import annotations

import re
from unicodedata import normalize

from deckbuilder.model import Deck, Topic
from deckbuilder.text.tree import Text, holds_words, plain, same_words

WORD = re.compile(r"\w+")


def context(deck: Deck, topic: Topic, *answers: str) -> Text:
    """Return the title of the topic, or of the deck, that gives none of the answers away."""
    for title in (topic.title, deck.title):
        shown = plain(title)
        for answer in answers:
            if gives_away(shown, answer):
                break
        else:
            return title
    return ()


def gives_away(title: str, answer: str) -> bool:
    """Tell whether a title, shown above a front, would answer it."""
    shown = same_words(title)
    folded = answer.lower() if answer.isascii() else normalize("NFKC", answer).casefold()
    first = WORD.search(folded)
    if first and first[0] not in shown and shown.partition(" ")[0] not in folded:
        return False  # the first word of either is nowhere in the other
    return holds_words(title, answer) or holds_words(answer, title)
