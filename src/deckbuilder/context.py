"""Titles, questions and their answers -> which title a front shows, and which of them need one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from deckbuilder.content import Content, each_gap, plain_content
from deckbuilder.media.medium import Media
from deckbuilder.model import Deck, Topic
from deckbuilder.phrases import LETTERS
from deckbuilder.text.tree import Text, blank, folded, plain, same_words, words

Question = tuple[str, str]  # its words, and the name of its picture
OPENS = re.compile(r"(?:^|[.!?…:]\s)[\s\"'“„«‘¿¡(]*$")  # what a sentence begins behind
WORD = re.compile(r"\w+")
TELLING = 4  # letters: shorter words of a title tell nothing alone


def context(deck: Deck, topic: Topic, asked: Content, *answers: str) -> Text:
    """Return the title of the topic, or of the deck, that gives no answer to what is asked away."""
    for title in (topic.title, deck.title):
        shown = plain(title)
        if not any(gives_away(shown, asked, answer) for answer in answers):
            return title
    return ()


def gives_away(title: str, asked: Content, answer: str) -> bool:
    """Tell whether a title, shown above what is asked, would answer it.

    It has the answer, or is in it; or it has half of the answer's words that tell something and
    that the question, its gaps blank, has not.
    """
    return may_give_away(title, WORD.findall(folded(answer))) and (
        _tells(_known(title)[1], asked, answer)
        or holds_words(title, answer)
        or holds_words(answer, title)
    )


def may_give_away(title: str, said: Sequence[str]) -> bool:
    """Tell whether a title can give away an answer of these words, folded; hardly any can.

    The first word of either is in the other, or the answer has one of those that tell something.
    """
    shown, _, sought = _known(title)
    return not said or said[0] in shown or not sought.isdisjoint(said)


def holds_words(text: str, answer: str) -> bool:
    """Tell whether the words of an answer stand in a text.

    A letter alone is a name there only in its own case: "a", and what opens a sentence, is a word.
    """
    said, sought = same_words(text), same_words(answer)
    if f" {sought} " not in f" {said} ":
        return False
    if len(sought) != 1 or not sought.isalpha() or said == sought:
        return True
    letter = answer.strip(" .:!?")
    alone = [found.start() for found in re.finditer(r"\w+", text) if found[0] == letter]
    return any(not OPENS.search(text[:start]) for start in alone) and letter not in LETTERS


@lru_cache(maxsize=256)  # each is compared with every card below it
def _known(title: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words of a title, those that tell something alone, and these with its first."""
    each = same_words(title).split()
    telling = frozenset([word for word in each if len(word) >= TELLING])
    return frozenset(each), telling, telling.union(each[:1])


def _tells(telling: Iterable[str], asked: Content, answer: str) -> bool:
    """Tell whether some words are half of what an answer tells beyond its question."""
    said = same_words(plain_content(each_gap(asked, lambda _: ()))).split()
    new = {word for word in same_words(answer).split() if len(word) >= TELLING}.difference(said)
    return bool(new) and 2 * len(new.intersection(telling)) >= len(new)


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
