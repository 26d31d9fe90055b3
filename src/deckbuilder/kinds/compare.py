"""Things side by side, aspect by aspect: a table whose cells are asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from deckbuilder.content import Table, gap_numbers, paragraph, without_gaps
from deckbuilder.kinds.common import as_gaps, given_number, statement_or, too_many, twice, whole
from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import Asked, Gapped, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Text, plain


def check(values: Values) -> Iterator[Flaw]:
    """Each aspect has a cell for each thing, and no more than Anki keeps; headings differ."""
    yield from _again("things", "columns", values["things"])
    yield from _again("aspects", "rows", [whole(aspect) for aspect, *_ in values["aspects"]])
    cells = [given_number(cell) for cell in _cells(values)]
    yield from [*_uneven(values)] or too_many(cells, "aspects")


def _uneven(values: Values) -> Iterator[Flaw]:
    """Yield each row that has not one cell for each thing."""
    wanted = 1 + len(values["things"])
    for row, aspect in enumerate(values["aspects"]):
        if len(aspect) != wanted:
            cells = "1 cell" if len(aspect) == 2 else f"{len(aspect) - 1} cells"
            yield Flaw(
                "aspects",
                "uneven-table",
                f"`{plain(aspect[0])}` has {cells} for {wanted - 1} things",
                "give each aspect its name, and then one text for each of the `things`",
                other="things",
                element=row,
            )


def _again(key: str, lines: str, headings: Iterable[Text]) -> Iterator[Flaw]:
    """Yield each heading that another had: learners' cards are known by theirs."""
    for at, heading in twice(headings):
        yield Flaw(
            key,
            "heading-twice",
            f"`{heading}` is the heading of two {lines}",
            "tell the two apart in words, or leave one out",
            element=at,
        )


def _cells(values: Values) -> list[Text]:
    """Return what is asked for, row by row."""
    return [cell for _, *cells in values["aspects"] for cell in cells]


def _table(values: Values) -> Table:
    """Return the table, each cell as a gap."""
    cells, width = iter(as_gaps(_cells(values))), len(values["things"])
    rows = ((whole(aspect), *islice(cells, width)) for aspect, *_ in values["aspects"])
    return Table(((), *values["things"]), tuple(rows))


def compose(values: Values, _: Phrases) -> Parts:
    """Each cell is a gap among the others; print shows the table whole."""
    lead = paragraph(values["compare"])
    table = (*lead, _table(values))
    shown = without_gaps(table[1:])  # every cell is a key word: in bold, none would be
    asked = Asked(table, shown, marks=len(gap_numbers(table)))
    return Parts(Gapped(table, "aspects", "things"), (*statement_or(values, lead), *shown), asked)


COMPARE = Kind(
    name="compare",
    keys=(
        Key("compare", Type.TEXT, "What is compared, as a question or a title.", required=True),
        Key("things", Type.TEXTS, "The things side by side, two at least.", required=True),
        Key(
            "aspects",
            Type.ROWS,
            "Rows, one at least: an aspect, then a text for each thing.",
            required=True,
        ),
    ),
    compose=compose,
    check=check,
    explains=(
        Explanation(
            "heading-twice",
            "Two rows, or two things, of a comparison have the same heading.",
            "A card asks for what stands below its two headings, and is known by them: of two that "
            "are the same nobody could tell which is asked for, and learners' cards could be "
            "exchanged.",
            """
[[topic.fact]]
id      = "treaties"
compare = "How do the two treaties differ?"
things  = ["Rapallo", "Berlin"]
aspects = [
  ["Promise", "debts cancelled", "neutrality"],
  ["Promise", "full relations", "talks"],
]
""",
            """
[[topic.fact]]
id      = "treaties"
compare = "How do the two treaties differ?"
things  = ["Rapallo", "Berlin"]
aspects = [
  ["First promise", "debts cancelled", "neutrality"],
  ["Second promise", "full relations", "talks"],
]
""",
        ),
        Explanation(
            "uneven-table",
            "A row of a comparison has too few cells, or too many.",
            "A table needs one cell for each thing in each row, or they would slip under the wrong "
            "head.",
            """
[[topic.fact]]
id      = "treaties"
compare = "How do the two treaties differ?"
things  = ["Rapallo", "Berlin"]
aspects = [
  ["Signed in", "1922"],
  ["Promise", "debts cancelled", "neutrality"],
]
""",
            """
[[topic.fact]]
id      = "treaties"
compare = "How do the two treaties differ?"
things  = ["Rapallo", "Berlin"]
aspects = [
  ["Signed in", "1922", "1926"],
  ["Promise", "debts cancelled", "neutrality"],
]
""",
        ),
    ),
)
