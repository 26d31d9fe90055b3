"""What is said, as blocks of text: paragraphs, lists, tables; what can be done with its gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, takewhile

from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Gap, Text, Words, gaps, map_gaps, plain, words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Ask:
    """The fixed words that turn a bare fact into a question ("When?")."""

    words: str


@dataclass(frozen=True, slots=True)
class Hint(Paragraph):
    """What helps with a question, in brackets."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where the sequence is part of what is known."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Things side by side: a head, and rows of as many cells; the first of each is a heading.

    `letters`: of the longest word that is written into a cell by hand, if its cells are blank.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    letters: int = 0


Block = Paragraph | Ask | Items | Table
Content = tuple[Block, ...]


def paragraph(text: Text) -> Content:
    """Return a text as content."""
    return (Paragraph(text),)


def hinted(content: Content, hint: Text) -> Content:
    """Return content with a hint, if there is one, behind the words that open it."""
    if not hint:
        return content
    lead = tuple(takewhile(lambda block: not isinstance(block, Items | Table), content))
    return (*lead, Hint((*words("("), *hint, *words(")"))), *content[len(lead) :])


def texts(content: Content) -> Iterator[Text]:
    """Yield each text of a content, in reading order."""
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Table):
            yield from block.head
            for row in block.rows:
                yield from row
        else:
            yield (Words(block.words),)


def plain_content(content: Content) -> str:
    """Return a content's characters, its blocks and items set apart by spaces."""
    if len(content) == 1 and isinstance(content[0], Paragraph):  # most of what is asked or said
        return plain(content[0].text)
    return " ".join(filter(None, (plain(text) for text in texts(content))))


def gaps_in(content: Content) -> Iterator[Gap]:
    """Return each gap of a content, in reading order."""
    return chain.from_iterable(map(gaps, texts(content)))


def gap_numbers(content: Content) -> list[int]:
    """Return the numbers of a content's gaps, ascending, each once."""
    return sorted({gap.number for gap in gaps_in(content)})


def without_gaps(content: Content) -> Content:
    """Return the content with every gap filled in."""
    return each_gap(content, lambda gap: gap.inside)


def each_gap(content: Content, change: Callable[[Gap], Text]) -> Content:
    """Return the content with `change(gap)` in the place of each gap."""
    return each_text(content, lambda text: map_gaps(text, change))


def held(found: Sequence[Gap]) -> Content:
    """Return what gaps hold, in their order: a paragraph, or a list of several."""
    inside = tuple([gap.inside for gap in found])
    return (Items(inside, ordered=True),) if len(inside) > 1 else tuple(map(Paragraph, inside))


def numbering(given: Sequence[int]) -> list[int]:
    """Return the numbers of gaps: 0 becomes the next number that no other of them claims."""
    if not any(given):  # as nearly always
        return list(range(1, len(given) + 1))
    taken = set(given)
    free = (n for n in count(1) if n not in taken)
    return [number or next(free) for number in given]


def renumbered(content: Content, numbers: Sequence[int]) -> Content:
    """Return the content with its gaps numbered anew, in their order."""
    left = iter(numbers)

    def number(gap: Gap) -> Text:
        return (Gap(gap.inside, next(left), gap.hint, gap.given),)

    return each_gap(content, number)


def each_text(content: Content, change: Callable[[Text], Text]) -> Content:
    """Return the content with each of its texts changed."""
    return tuple([_changed(block, change) for block in content])


def _changed(block: Block, change: Callable[[Text], Text]) -> Block:
    if isinstance(block, Paragraph):
        text = change(block.text)
        return block if text is block.text else replace(block, text=text)
    if isinstance(block, Items):
        return Items(tuple(change(item) for item in block.items), block.ordered)
    if isinstance(block, Table):
        rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
        return replace(block, head=tuple(change(cell) for cell in block.head), rows=rows)
    return block
