"""A deck and some of its facts -> a handout in a file: quizzes, cards and the like.

Each handout is a module here, called as the source calls it, with a `HANDOUT`; `schema.HANDOUTS`
lists them. What it prints of each fact it also tells, so that tests and `verify` can hold its pages
against that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import takewhile
from typing import BinaryIO

from deckbuilder.choice import Chosen, leaving_out, written
from deckbuilder.content import Content, Table
from deckbuilder.model import Deck, Fact, Printing
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Problem
from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.blemishes import allowed
from deckbuilder.writers.pdf.drawing import Printed, draw
from deckbuilder.writers.pdf.garbage import nothing_collected
from deckbuilder.writers.pdf.masthead import titled
from deckbuilder.writers.pdf.pages import Layout
from deckbuilder.writers.pdf.theme import PROFILES

# paper and labels that have more room than others
LARGER = {"A5": "A4", "avery-c32011": "avery-5388", "avery-5371": "avery-5388"}


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


@nothing_collected()
def write(name: str, chosen: Chosen, stamp: str, time: int, out: BinaryIO) -> Printed:
    """Write a handout; what has no room on it is left out of it, and told.

    Args:
        name: which.
        chosen: what it is about.
        stamp: names this build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
        out: the file, empty; so it stays where too little has room, and there are no pages.
    """
    kind, deck, without = handout(name), chosen.deck, list[Problem]()
    layout = kind.lay_out(chosen)
    while layout.without_room:  # others may move into the room of those that have none
        gone = {fact.id: fact for fact in layout.without_room}
        untold = [fact for fact in chosen.facts if fact.id in gone and not allowed("no-room", fact)]
        ways = _ways(kind, name, replace(chosen, facts=tuple(untold)))
        without += [_no_room(fact, name, deck, ways[fact.id]) for fact in untold]
        chosen = leaving_out(chosen, gone)
        if not kind.worth(chosen):
            return Printed(0, tuple(without))
        layout = kind.lay_out(chosen)
    title = titled(deck, f"{kind.title(deck.phrases)} {chosen.version}".strip())
    choice = written(chosen.choice, chosen.version, chosen.without)
    about = " · ".join((f"{name} {choice}".strip(), stamp))
    where = f"on the handout `{name}`"
    printed = draw(layout, deck, title, about, lambda: time, where, out)
    return replace(printed, problems=(*without, *printed.problems))


def _ways(kind: Handout, name: str, chosen: Chosen) -> dict[str, list[str]]:
    """Return for each fact what can be done to the print, and gives it room: each is tried."""
    ways: dict[str, list[str]] = {fact.id: [] for fact in chosen.facts}
    for instead in _larger(name, chosen.deck.printing), _smaller(chosen.deck.printing):
        left = chosen
        for way, printing in instead:
            if left.facts:
                tried = replace(left, deck=replace(left.deck, printing=printing))
                stuck = {fact.id for fact in kind.lay_out(tried).without_room}
                for fact in left.facts:
                    ways[fact.id] += [way] if fact.id not in stuck else []
                left = replace(left, facts=tuple([f for f in left.facts if f.id in stuck]))
    return ways


def _larger(name: str, printing: Printing) -> Iterator[tuple[str, Printing]]:
    """Yield how to print a handout on something larger, if there is anything."""
    if name == "labels" and (labels := LARGER.get(printing.label_sheets)):
        yield f"take larger labels ({labels})", replace(printing, labels=labels)
    elif name != "labels" and (paper := LARGER.get(printing.paper)):
        yield f"print on larger paper ({paper})", replace(printing, paper=paper)


def _smaller(printing: Printing) -> Iterator[tuple[str, Printing]]:
    """Yield how to print in smaller type, the largest first."""
    for profile in reversed([*takewhile(lambda name: name != printing.profile, PROFILES)]):
        yield f"use smaller print ({profile})", replace(printing, profile=profile)


def _no_room(fact: Fact, name: str, deck: Deck, ways: Sequence[str]) -> Problem:
    """Return the problem that a fact is too long for what it should be printed on.

    `ways`: what gives it room as it is.
    """
    printing, asked = deck.printing, fact.parts.asked
    paper = printing.label_sheets if name == "labels" else printing.paper
    content = (*asked.prompt, *asked.answer)
    table = next((block for block in content if isinstance(block, Table)), None)
    why, less = f"`{fact.id}` is too long for its place", "say it in fewer words"
    if table:
        why = f"the table of `{fact.id}` is too wide for columns and too long for lists"
        fewer_columns = "fewer columns, or " if len(table.head) > 3 else ""  # of two none can go
        less = f"give it {fewer_columns}fewer rows"
    where = f"on the handout `{name}` ({paper}, {printing.profile} print)"
    return Problem(
        "no-room",
        f"{why} {where}, which is made without it",
        deck.source.place(fact.at),
        f"{', '.join((less, 'make two facts of it', *ways))}, "
        'or say that it may be missing there: allow = [{ rule = "no-room", why = "…" }]',
        "warning",
        owner="fact",
    )
