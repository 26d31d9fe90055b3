"""A deck and some of its facts -> a handout in a file: quizzes, cards and the like.

Each handout is a module here, called as the source calls it, with a `HANDOUT`; `schema.HANDOUTS`
lists them. What it prints of each fact it also tells, so that tests and `verify` can hold its pages
against that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO

from deckbuilder.choice import Chosen, written
from deckbuilder.content import Content
from deckbuilder.model import Deck, Fact
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Problem
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import plain
from deckbuilder.writers.pdf.drawing import Printed, draw
from deckbuilder.writers.pdf.garbage import nothing_collected
from deckbuilder.writers.pdf.pages import Layout


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside one number of a handout, as it is printed, blanks and all."""

    number: str
    content: Content


@dataclass(frozen=True, slots=True)
class Handout:
    """A kind of handout.

    Attributes:
        title: what it is called, in the words of the deck.
        facts: those of a deck that it can hold.
        lay_out: what it is about -> its pages, all of the structure declared.
        says: what it is about -> what its pages have to say, in reading order.
        once: whether it is the same in any order of the facts, and so there is one of it.
        worth: what it is about -> whether there is enough for it to be made.
        takes: what there has to be enough of, as an author is told.
    """

    title: Callable[[Phrases], str]
    facts: Callable[[Deck], tuple[Fact, ...]]
    lay_out: Callable[[Chosen], Layout]
    says: Callable[[Chosen], Iterator[Said]]
    once: bool = False
    worth: Callable[[Chosen], bool] = lambda chosen: bool(chosen.facts)
    takes: str = "facts that are asked in print"


def handout(name: str) -> Handout:
    """Return the handout of a name; it is only now that its module is imported.

    Raises:
        ImportError: there is none.
    """
    found: Handout = import_module(f"{__name__}.{name}").HANDOUT
    return found


def write(name: str, chosen: Chosen, stamp: str, time: int, out: BinaryIO) -> Printed:
    """Write a handout.

    Args:
        name: which.
        chosen: what it is about.
        stamp: names this build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
        out: the file, empty.
    """
    with nothing_collected():
        return _printed(name, chosen, stamp, time, out)


def _printed(name: str, chosen: Chosen, stamp: str, time: int, out: BinaryIO) -> Printed:
    kind, deck = handout(name), chosen.deck
    layout = kind.lay_out(chosen)
    title = f"{plain(deck.title)} – {kind.title(deck.phrases)}"
    if chosen.version:
        title += f" {chosen.version}"
    about = " · ".join((f"{name} {written(chosen.choice, chosen.version)}".strip(), stamp))
    without = tuple(_no_room(fact, name, deck) for fact in layout.without_room)
    where = f"on the handout `{name}`"
    printed = draw(layout, deck, title, about, lambda: time, where, out)
    return replace(printed, problems=(*without, *printed.problems))


def _no_room(fact: Fact, name: str, deck: Deck) -> Problem:
    """Return the problem that a fact is too long for what it should be printed on."""
    size = f" in {deck.printing.profile} print" if deck.printing.profile != "standard" else ""
    return Problem(
        "no-room",
        f"`{fact.id}` is too long{size} for its place on the handout `{name}`",
        deck.source.place(fact.at),
        "say it in fewer words, make two facts of it, "
        f'leave it out of print (only = "deck"), or leave `{name}` out of the handouts',
    )
