"""A sentence with gaps; each gap is a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.content import held, numbering, paragraph, renumbered
from deckbuilder.kinds.common import GAP_NUMBER, statement_or, too_many
from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import Asked, Gapped, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import formulas, gaps

# but braces group in \frac{{m}}{{s}}, {{x}^2} and e^{{x}}
GAP_IN_TEX = re.compile(r"(?:^|[^{}\w\\^_\s])\s*\{\{(?![^{}]*\}[\^_])(?=[^{}]*\}\})")


def check(values: Values) -> Iterator[Flaw]:
    """There is a gap, and each number is one Anki knows."""
    found = tuple(gaps(values["cloze"]))
    tex = (math.tex for math in formulas(values["cloze"]))
    if held_in := next(filter(GAP_IN_TEX.search, tex), ""):
        yield Flaw(
            "cloze",
            "no-gap",
            f"a gap cannot stand within a formula: `${held_in}$`",
            "end the formula before the gap and begin another in it: $F =$ {{$m$}} $\\cdot a$",
        )
    elif not found:
        yield Flaw(
            "cloze",
            "no-gap",
            "this cloze has no gap, so Anki would make no card of it",
            "put the part to be recalled in double braces: {{like this}}",
        )
    yield from too_many([gap.number for gap in found], "cloze")


def compose(values: Values, _: Phrases) -> Parts:
    """The sentence is the note, the printed statement and, its gaps blank, the printed question."""
    content = paragraph(values["cloze"])
    found = [*gaps(values["cloze"])]
    numbers = numbering([gap.number for gap in found])
    if any(not gap.number for gap in found):
        content = renumbered(content, numbers)
    asked = Asked(content, held(found), marks=len(set(numbers)))
    return Parts(Gapped(content, "cloze"), statement_or(values, content), asked)


CLOZE = Kind(
    name="cloze",
    keys=(
        Key(
            "cloze",
            Type.GAPPED,
            "The sentence, its gaps in {{double braces}}.",
            required=True,
            examples=("It was signed in {{1922}}.",),
        ),
    ),
    compose=compose,
    check=check,
    explains=(
        GAP_NUMBER,
        Explanation(
            "no-gap",
            "A cloze has no gap.",
            "Each gap becomes a card; without one, Anki would make no card of the note.",
            """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in 1922."
""",
            """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in {{1922}}."
""",
        ),
    ),
)
