"""Titles, questions and their answers -> which title a front shows, and which of them need one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from deckbuilder.content import Content, each_gap, plain_content
from deckbuilder.media.medium import Media
from deckbuilder.model import Deck, Topic
from deckbuilder.text.tree import Text, blank, holds_words, plain, same_words, words

Question = tuple[str, str]  # its words, and the name of its picture
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


def question_of(asked: Content, media: Media) -> Question:
    """Return what tells a question from others: its words, gaps blank, and its picture."""
    said = plain_content(each_gap(asked, lambda gap: words(blank(gap))))
    return said.casefold(), media.image.name if media.image else ""


def asked_in_several_topics(asked: Iterable[tuple[Question, str]]) -> set[Question]:
    """Return which questions, each with the topic that asks it, several topics ask alike.

    The titles of these tell which answer is meant.
    """
    topics: dict[Question, set[str]] = defaultdict(set)
    for question, topic in asked:
        topics[question].add(topic)
    return {question for question, asking in topics.items() if len(asking) > 1}
