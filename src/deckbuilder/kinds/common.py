"""What several kinds of fact share: a card asked both ways, and a name with what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deckbuilder.content import Ask, Content, numbering, paragraph
from deckbuilder.kinds.kind import Flaw, Values
from deckbuilder.model import LAST_GAP, Asked, Face, Faces, Parts
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Bold, Gap, Text, Words, map_gaps, plain

REVERSE = Key("reverse", Type.FLAG, "Ask the other way round as well.")
SPACE = Words(" ")

GAP_NUMBER = Explanation(
    "gap-number",
    f"A gap has a number above {LAST_GAP}, or a list as many items.",
    "Anki makes no card of a gap with a higher number.",
    """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in {{c1922::1922}}."
""",
    """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in {{1922}}."
""",
)


def too_many(given: Sequence[int], key: str) -> Iterator[Flaw]:
    """Find a gap with a number that Anki does not keep; 0 was given to those without one."""
    if max(given, default=0) + len(given) <= LAST_GAP:
        return  # whichever numbers the others get
    number = max(numbering(given))
    if number > LAST_GAP:
        yield Flaw(
            key,
            "gap-number",
            f"gap numbers run from 1 to {LAST_GAP}, here is one of {number}",
            "leave numbers out: gaps number themselves; split what has too many of them",
        )


def twice(items: Iterable[Text]) -> Iterator[tuple[int, str]]:
    """Yield each item that another before it is, letter by letter: where it stands, and its words.

    `CO` and `Co` are two.
    """
    seen: set[str] = set()
    for at, item in enumerate(map(plain, items)):
        if item in seen:
            yield at, item
        seen.add(item)


def given_number(item: Text) -> int:
    """Return the number that the author gave an item as a gap, or 0."""
    return item[0].number if item and isinstance(item[0], Gap) else 0


def as_gaps(items: Sequence[Text]) -> tuple[Text, ...]:
    """Return items as gaps, each with its number; one that the author numbered is one already."""
    given = [given_number(item) for item in items]
    return tuple(
        item if own else (Gap(item, number),)
        for item, own, number in zip(items, given, numbering(given), strict=True)
    )


def whole(item: Text) -> Text:
    """Return an item without a gap, for where its number means nothing."""
    return map_gaps(item, lambda gap: gap.inside)


def both_ways(
    forward: Face,
    ask: str,
    asked_for: Content,
    values: Values,
    *,
    typed: bool = True,
    sentence: bool = False,
) -> Faces:
    """Return the forward card and, where the author wants it, the backward one.

    That shows the answer, and asks for something with the fixed words of `ask`; for
    `typed` and `sentence` see `Face`.
    """
    if not values["reverse"]:
        return Faces((forward,))
    backward = Face(
        front=(*forward.back, Ask(ask)),
        back=asked_for,
        typed=typed,
        asks=forward.answers,
        answers=forward.asks,
        sentence=sentence,
        backward=True,
    )
    return Faces((forward, backward))


def statement_or(values: Values, own_form: Content) -> Content:
    """Return what print says of a fact: the author's statement, or else the kind's own form.

    The gap of that is what the fact asks for; what is bold in it, its author has stressed.
    """
    return paragraph(values["statement"]) if values["statement"] else own_form


def named(name: Text, key: str, ask_meaning: str, ask_name: str, values: Values) -> Parts:
    """Return the parts of a name in bold and what a key says of it; each can be asked for."""
    meaning: Text = values[key]
    shown, answer = paragraph((Bold(name),)), paragraph(meaning)
    asked = (*shown, Ask(ask_meaning))
    return Parts(
        note=both_ways(Face(asked, answer, answers=key), ask_name, shown, values),
        statement=statement_or(values, paragraph((Gap(name), SPACE, *meaning))),
        asked=Asked(asked, answer, marks=1),
    )
