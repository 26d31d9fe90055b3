"""How many facts, of which shape -> the text of a source in the real format, the same each time.

The words are made up, so that no two facts are alike; a source has no error and no warning:
to find its place takes time that a source without one does not.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator

FACTS_A_TOPIC = 40
ONSETS = (
    "b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr",
    "qu", "r", "s", "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "é", "ü")
CODAS = ("l", "m", "n", "nd", "r", "rt", "s", "st", "t", "x")
HEAD = """\
[deck]
id = "bench"
title = "Bench"
anki = "Bench"
version = "0.1.0"
language = "en"
summary = "Facts that are made up."
"""


class Words:
    """Words that are made up, from a seed."""

    def __init__(self, seed: int = 42) -> None:
        self.dice = random.Random(seed)
        self.seen: set[str] = set()

    def word(self) -> str:
        """Return a word, perhaps one that was there before."""
        syllable = self.dice.choice
        parts = self.dice.randint(1, 3)
        return "".join(f"{syllable(ONSETS)}{syllable(VOWELS)}" for _ in range(parts)) + syllable(
            CODAS
        )

    def some(self, least: int, most: int) -> str:
        """Return several words."""
        return " ".join(self.word() for _ in range(self.dice.randint(least, most)))

    def new(self) -> str:
        """Return a word that was not there before."""
        while (made := f"{self.word()}{self.word()}") in self.seen:
            pass
        self.seen.add(made)
        return made

    def year(self) -> int:
        """Return a year."""
        return self.dice.randint(1000, 1999)


Shape = Callable[[Words], str]


def question(w: Words) -> str:
    """Return a question."""
    return f'question = "What is the {w.some(2, 4)} of {w.new()} & {w.new()}?"\nanswer = "{w.some(1, 6)}"\n'


def cloze(w: Words) -> str:
    """Return a sentence with gaps, in which no word stands twice: it would be warned of."""
    while True:
        gaps = f"{{{{{w.some(1, 2)}}}}} and {{{{{w.word()}}}}}"
        said = f"The {w.new()} of {w.some(2, 4)} has {gaps} *{w.some(1, 3)}*."
        words = re.findall(r"\w+", said)
        if len({*words}) == len(words):
            return f'cloze = "{said}"\n'


def listed(w: Words, most: int = 4) -> str:
    """Return a list."""
    items = "".join(f'  "{w.new()} {w.some(0, 2)}",\n' for _ in range(w.dice.randint(3, most)))
    return f'list = "Which {w.some(1, 2)} has the {w.new()}?"\nitems = [\n{items}]\n'


def compare(w: Words) -> str:
    """Return a table."""
    one, other = w.new(), w.new()
    rows = "".join(
        f'  ["{w.word()} {n}", "{w.some(1, 3)}", "{w.some(1, 3)}"],\n' for n in ("i", "ii")
    )
    return (
        f'compare = "What sets {one} and {other} apart?"\nthings = ["{one}", "{other}"]\n'
        f"aspects = [\n{rows}]\n"
    )


def order(w: Words) -> str:
    """Return steps in an order."""
    items = ", ".join(f'"{w.new()}"' for _ in range(4))
    return f'order = "How does a {w.new()} grow? Put its stages in order."\nitems = [{items}]\n'


def event(w: Words) -> str:
    """Return an event."""
    return f'event = "The {w.new()} of {w.some(1, 3)} was founded."\nwhen = {w.year()}\n'


def term(w: Words) -> str:
    """Return a term, asked both ways."""
    return f'term = "{w.new()}"\ndefinition = "a {w.some(3, 7)}"\nreverse = true\n'


def person(w: Words) -> str:
    """Return a person."""
    return f'person = "{w.new().title()} {w.new().title()}"\nknown_for = "finding the {w.some(2, 5)}"\n'


def quote(w: Words) -> str:
    """Return a quotation."""
    return (
        f'quote = "{w.some(5, 10)} {w.new()}"\nspeaker = "{w.new().title()}"\n'
        f'meaning = "That {w.some(2, 5)}."\n'
    )


def longest(w: Words) -> str:
    """Return a question whose answer is as long as a text may be."""
    answer = " ".join(w.word() for _ in range(2000))[:9_990]
    return f'question = "What is {w.new()}?"\nanswer = "{answer.rsplit(" ", 1)[0]}"\n'


def long_list(w: Words) -> str:
    """Return a list of as many items as a fact may have."""
    items = "".join(f'  "{w.new()}",\n' for _ in range(499))
    return f'list = "Which {w.word()} has the {w.new()}?"\nitems = [\n{items}]\n'


# half of all facts are questions and sentences, as in the sources that people write
MIXED: tuple[Shape, ...] = (
    question, cloze, listed, question, cloze, event, term, question, cloze, person,
    question, cloze, listed, compare, question, cloze, order, quote, question, cloze,
)  # fmt: skip
PATHOLOGICAL: dict[str, tuple[tuple[Shape, ...], int, int]] = {
    # name: its shapes, facts a topic, and how many facts weigh what one of the others does
    "one huge topic": (MIXED, 10**9, 1),
    "500 topics": (MIXED, 8, 1),
    "a topic for each fact": (MIXED, 1, 1),
    "longest fields": ((longest,), FACTS_A_TOPIC, 100),
    "all clozes": ((cloze,), FACTS_A_TOPIC, 1),
    "all lists": ((listed,), FACTS_A_TOPIC, 1),
    "longest lists": ((long_list,), FACTS_A_TOPIC, 100),
}


def source(facts: int, shapes: tuple[Shape, ...] = MIXED, topic: int = FACTS_A_TOPIC) -> str:
    """Return a source of so many facts, a topic every so many."""
    return "".join(_parts(facts, shapes, topic))


def _parts(facts: int, shapes: tuple[Shape, ...], topic: int) -> Iterator[str]:
    words = Words()
    yield HEAD
    for n in range(facts):
        if n % topic == 0:
            title = f"{words.new()} {words.some(1, 2)}".capitalize()
            yield f'\n[[topic]]\nid = "t{n // topic}"\ntitle = "{title}"\n'
            yield f'summary = "{words.some(4, 9).capitalize()}."\n'
        yield f'\n[[topic.fact]]\nid = "f{n}"\n{shapes[n % len(shapes)](words)}'
        yield f'tags = ["g{n % 50}"]\n' if n % 4 == 0 else ""
        yield f'extra = "{words.some(4, 10)}"\n' if n % 5 == 0 else ""


def main(facts: str, strange: str) -> None:
    """Write a source to standard output."""
    shapes, topic, _ = PATHOLOGICAL[strange] if strange else (MIXED, FACTS_A_TOPIC, 1)
    sys.stdout.buffer.write(source(int(facts), shapes, topic).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
