"""The frozen facts that every output shares: a deck, its topics, its facts and their parts.

    source/relations.toml - read -> Deck - check -> build - writers -> build/relations.*

A kind of fact writes its parts once, a writer renders them; the two meet only here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter
from pathlib import PurePath
from typing import Literal, NamedTuple

from deckbuilder.content import Content, Hint, each_gap, gaps_in, hinted, plain_content
from deckbuilder.media.medium import NOTHING, Asset, Media
from deckbuilder.phrases import Phrases
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, words
from deckbuilder.toml import Path, Source
from deckbuilder.when import When

NUMBER = attrgetter("number")
LAST_GAP = 499  # Anki keeps no gap of a higher number


@dataclass(frozen=True, slots=True)
class Face:
    """A finished front with its back.

    `typed`: whether that is what anybody would type; `sentence`: whether it is one, with its stop.
    `asks`, `answers`: the source's keys in which the front and the back are written, if not in the
    one that shows the kind. `backward`: whether it asks for what the fact's own question shows.
    """

    front: Content
    back: Content
    typed: bool = True
    asks: str = ""
    answers: str = ""
    sentence: bool = False
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Faces:
    """A note of the *Facts* type: one card, or two for a fact asked both ways."""

    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Gapped:
    """A note of the *Gaps* type: one card for each gap number in its content.

    `key` names the source's key in which its gaps are written, `head` that of its table's head.
    """

    content: Content
    key: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The one question, hint and all, that print asks about a fact, its answer, and its marks.

    A prompt with gaps is answered by what they hold, gap for gap.
    """

    prompt: Content
    answer: Content
    marks: int

    @property
    def in_gaps(self) -> list[Text]:
        """What the gaps of the prompt hold, if it has any."""
        return [gap.inside for gap in gaps_in(self.prompt)]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind makes of a fact. `statement` is what print says of it, `when` its date there.

    `translated`: whether it is a text in two languages, and no card of it says anything besides.
    """

    note: Faces | Gapped
    statement: Content
    asked: Asked
    when: When | None = None
    translated: bool = False


def with_hint(parts: Parts, hint: Text) -> Parts:
    """Return parts whose question is printed with a hint, if there is one."""
    if not hint:
        return parts
    return replace(parts, asked=replace(parts.asked, prompt=hinted(parts.asked.prompt, hint)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `number`: its place on paper (None: not printed); `at`: where the source has it."""

    id: str
    was: tuple[str, ...]
    kind: str
    topic: str
    number: int | None
    parts: Parts
    glossary: bool
    extra: Text
    hint: Text
    cite: Text
    tags: tuple[str, ...]
    typed: bool
    speak: bool
    only: Literal["deck", "sheet", "asked"] | None
    allow: tuple[str, ...]
    at: Path
    media: Media


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the sheet, and a tag of its facts."""

    id: str
    was: tuple[str, ...]
    title: Text
    when: When | None
    summary: Text
    part: Text  # the heading that it shares with its neighbours
    allow: tuple[str, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Period:
    """A band of the timeline."""

    title: Text
    start: When
    end: When
    at: Path


@dataclass(frozen=True, slots=True)
class Retired:
    """A fact that was released and is to go."""

    id: str
    at: Path


class Faulty(NamedTuple):
    """A fact that has an error: what is known of it."""

    id: str
    was: tuple[str, ...]
    at: Path


@dataclass(frozen=True, slots=True)
class Printing:
    """What is to be printed and how; the choices are those of `schema.PRINT`.

    `back_offset`: how far the backs of cards are moved to the right and up, in millimetres.
    """

    paper: str = "A4"
    profile: str = "standard"
    ink: str = "normal"
    fonts: tuple[Asset, ...] = ()
    handouts: tuple[str, ...] = ()
    flip: Literal["long", "short"] = "long"
    labels: str = ""
    back_offset: tuple[float, float] = (0.0, 0.0)
    poster: Literal["tiles", "whole"] = "tiles"
    hide: tuple[str, ...] = ("dates", "terms", "words")

    @property
    def label_sheets(self) -> str:
        """What labels are printed on: business cards that suit the paper, if none are named."""
        return self.labels or ("avery-5371" if self.paper == "Letter" else "avery-c32011")


@dataclass(frozen=True, slots=True)
class Deck:
    """All facts of one source, in its order."""

    id: str
    was: tuple[str, ...]
    title: Text
    anki: str
    version: str
    language: str
    order: str
    phrases: Phrases
    subject: Text
    licence: str
    summary: Text
    recap: Text
    hook: Text
    style: Asset | None
    allow: tuple[str, ...]
    periods: tuple[Period, ...]
    topics: tuple[Topic, ...]
    facts: tuple[Fact, ...]
    retired: tuple[Retired, ...]
    check: tuple[str, ...]  # ids of the facts whose questions close the sheet
    printing: Printing
    source: Source
    unread: frozenset[str] = frozenset()  # tables of the source that have an error
    faulty: tuple[Faulty, ...] = ()  # facts that have one

    @property
    def file(self) -> str:
        """The name of the source's file, without the folder it happens to lie in."""
        return PurePath(self.source.name).name

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that it goes by: its own, and those that it had before."""
        return self.id, *self.was


def in_deck(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that become notes, in the order of the source."""
    return tuple(fact for fact in deck.facts if fact.only != "sheet")


def study_order(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that become notes, in the order they are learned.

    Interleaved, each topic gives one fact in turn: what is mixed is remembered better.
    """
    facts = in_deck(deck)
    if deck.order != "interleaved":
        return facts
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        by_topic.setdefault(fact.topic, []).append(fact)
    return tuple(fact for turn in zip_longest(*by_topic.values()) for fact in turn if fact)


def on_paper(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that are printed on one handout or another, by their numbers."""
    return tuple(sorted([f for f in deck.facts if f.number], key=NUMBER))


def on_sheet(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that print states, by their numbers."""
    return tuple(fact for fact in on_paper(deck) if fact.only != "asked")


def stated(deck: Deck) -> Deck:
    """Return the deck as the sheet states it: with a hint where two facts on it ask the same."""
    shown = on_sheet(deck)
    if not any(fact.hint for fact in shown):
        return deck
    asked = Counter(map(_without_hint, shown))
    facts = [_hinted(f) if f.hint and asked[_without_hint(f)] > 1 else f for f in deck.facts]
    return replace(deck, facts=tuple(facts))


def _without_hint(fact: Fact) -> str:
    """Return what a fact asks, in words, its gaps blank: what they hold is no part of it."""
    prompt = tuple([block for block in fact.parts.asked.prompt if not isinstance(block, Hint)])
    return plain_content(each_gap(prompt, lambda _: words("_"))).casefold()


def _hinted(fact: Fact) -> Fact:
    statement = hinted(fact.parts.statement, fact.hint)
    return replace(fact, parts=replace(fact.parts, statement=statement))


def asked_in_print(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that print asks about, by their numbers: none that a sound asks.

    Their pictures are those that are asked about; what answers, it says in words alone.
    """
    asked = [f for f in on_paper(deck) if f.only != "sheet" and not f.media.heard]
    return tuple([f if f.media.front or not f.media.image else _bare(f) for f in asked])


def _bare(fact: Fact) -> Fact:
    return replace(fact, media=NOTHING)
