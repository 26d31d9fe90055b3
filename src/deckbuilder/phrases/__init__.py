"""A language -> every fixed word that a learner or a reader of the print meets in it."""

from __future__ import annotations

import datetime

from deckbuilder.phrases.english import ENGLISH
from deckbuilder.phrases.fields import Phrases
from deckbuilder.phrases.french import FRENCH
from deckbuilder.phrases.german import GERMAN
from deckbuilder.phrases.spanish import SPANISH

__all__ = [
    "ENGLISH",
    "LETTERS",
    "PHRASES",
    "Phrases",
    "base",
    "counted",
    "phrases",
    "written_day",
]

PHRASES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
# each is a word somewhere, where it stands alone
LETTERS = "".join(sorted({letter for say in PHRASES.values() for letter in say.letters}))


def phrases(language: str) -> Phrases:
    """Return the fixed words of a language tag such as `en` or `en-GB`; KeyError if unknown."""
    return PHRASES[base(language)]


def base(language: str) -> str:
    """Return the language of a tag, without region or script: its words go by that."""
    return language.partition("-")[0].lower()


def counted(say: Phrases, facts: int, cards: int) -> str:
    """Return how much a deck holds."""
    held = say.fact if facts == 1 else say.facts, say.card if cards == 1 else say.cards
    return ", ".join(held).format(facts=facts, cards=cards)


def written_day(say: Phrases, date: datetime.date) -> str:
    """Return a day as it is written."""
    day = date.day if date.day > 1 else say.first
    return say.date.format(day=day, month=say.months[date.month - 1], year=date.year)
