"""What a note with gaps holds -> what the front of each of its cards says.

The words are those of the cards that `cards.cards` makes. The cards themselves, with the marks of
their texts, are not made: what is not asked for is read once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from deckbuilder.content import Block, Content, Items, Paragraph, texts
from deckbuilder.lint.words import WORD, letters, tidy, words
from deckbuilder.text.tree import Code, Gap, Math, Text, Words, blank


class Front(NamedTuple):
    """What a front says.

    Attributes:
        number: of the gaps that are blank on it.
        gaps: these gaps.
        listed: whether one of them is in a list.
        whole: all of it, as `content.plain_content` has it.
        paragraphs, sentences: parts of it, as the functions of `words` have them.
        words: those of the sentences, without blanks.
    """

    number: int
    gaps: list[Gap]
    listed: bool
    whole: str
    paragraphs: str
    sentences: str
    words: list[str]


class Fronts(NamedTuple):
    """The fronts of a fact, by their numbers.

    Attributes:
        fronts: these.
        told: all that stands on them, and in their gaps; what stands together on one of them does
            so here, too.
        tidy: whether all of them are, see `words.tidy`.
    """

    fronts: list[Front]
    told: str
    tidy: bool


def fronts(content: Content) -> Fronts:
    """Return the fronts of the cards that a content with gaps gives."""
    lines = _lines(content, lambda formula: formula.tex)
    if any(line.formula for line in lines):
        return _several(content, lines, _lines(content, letters))
    if len(lines) == 1 and isinstance(content[0], Paragraph):
        return _sentence(lines[0])
    return _several(content, lines, lines)


def cuts_words(content: Content) -> bool:
    """Tell whether a gap begins or ends within a word."""
    return any(
        WORD.match(line.text, end) or WORD.match(line.text[:start][-1:])
        for line in _lines(content, letters)
        for spots in line.gaps.values()
        for start, end, _ in spots
    )


def without_blanks(sentences: str, gaps: Iterable[Gap]) -> str:
    """Return the sentences of a front without its blanks."""
    for gap in gaps:
        sentences = sentences.replace(blank(gap), " ", 1)
    return sentences


# ---------------------------------------------------------------------------- a text


class Line(NamedTuple):
    """A text with its gaps filled in; by number, where each of them stands."""

    text: str
    gaps: dict[int, list[tuple[int, int, Gap]]]
    formula: bool  # whether there is one in it

    def front(self, number: int) -> str:
        """Return the text with the gaps of a number blank."""
        shown, at = "", 0
        for start, end, gap in self.gaps[number]:
            shown += self.text[at:start] + blank(gap)
            at = end
        return shown + self.text[at:]


def _lines(content: Content, read: Callable[[Math], str]) -> list[Line]:
    return [_line(text, read) for text in texts(content)]


def _line(text: Text, read: Callable[[Math], str]) -> Line:
    if len(text) == 1 and type(text[0]) is Words:  # what is asked about a list, and most gaps
        return Line(text[0].text, {}, False)
    said: list[str] = []
    gaps: dict[int, list[tuple[int, int, Gap]]] = {}
    at, formula = 0, False
    for node in text:
        if isinstance(node, (Words, Code)):
            said.append(node.text)
        elif isinstance(node, Math):
            said.append(read(node))
            formula = True
        else:
            inside = _line(node.inside, read)
            said.append(inside.text)
            formula = formula or inside.formula
            if isinstance(node, Gap):
                gaps.setdefault(node.number, []).append((at, at + len(inside.text), node))
            else:
                for number, spots in inside.gaps.items():
                    moved = [(at + start, at + end, gap) for start, end, gap in spots]
                    gaps.setdefault(number, []).extend(moved)
        at += len(said[-1])
    return Line("".join(said), gaps, formula)


# ---------------------------------------------------------------------------- fronts


def _sentence(line: Line) -> Fronts:
    """Return the fronts of a content that is no more than a sentence, as most are."""
    made, told = [], [line.text]
    for number in sorted(line.gaps):
        front = line.front(number)
        gaps = [gap for _, _, gap in line.gaps[number]]
        told += [gap.hint for gap in gaps if gap.hint]
        asks = words(without_blanks(front, gaps))
        made.append(Front(number, gaps, False, front, front, front, asks))
    return Fronts(made, "\n".join(told), all(map(tidy, told)))


def _several(content: Content, shown: list[Line], read: list[Line]) -> Fronts:
    """Return the fronts of a content of several texts, or of another than a sentence.

    These are given as they are shown, and as they are read.
    """
    blocks, after = zip(*_places(content), strict=True)
    there = [line.text != "" for line in shown]
    counted = [isinstance(block, (Paragraph, Items)) for block in blocks]
    apart = [isinstance(block, Paragraph) for block in blocks]
    whole, paragraphs = Row(shown, there, after, _spaced), Row(read, apart, after, _spaced)
    same = shown is read and there == counted  # as in a list, whose fronts are long
    sentences = whole if same else Row(read, counted, after, _spaced)
    told = Row(read, counted, after, words)
    where: dict[int, list[int]] = {}
    for n, line in enumerate(shown):
        for number in line.gaps:
            where.setdefault(number, []).append(n)
    made, hints = [], []
    for number, lines in sorted(where.items()):
        gaps = [gap for n in lines for _, _, gap in shown[n].gaps[number]]
        listed = any(isinstance(blocks[n], Items) for n in lines)
        front = whole.front(number, lines)[:-1]
        said = front if same else sentences.front(number, lines)[:-1]
        hinted = [gap.hint for gap in gaps if gap.hint]  # no other blank holds a word
        asks = words(without_blanks(said, gaps)) if hinted else told.front(number, lines)
        before = paragraphs.front(number, lines)[:-1]
        made.append(Front(number, gaps, listed, front, before, said, asks))
        hints += hinted
    full, also = whole.told[:-1], [] if shown is read else [line.text for line in read]
    return Fronts(made, "\n".join([full, *hints, *also]), all(map(tidy, [full, *hints])))


def _places(content: Content) -> Iterator[tuple[Block, int]]:
    """Yield the block of each text, and which text follows on a front with a blank in it."""
    start = 0
    for block in content:
        end = start + len([*texts((block,))])
        cut = isinstance(block, Items) and block.ordered  # what follows would give it away
        for n in range(start, end):
            yield block, end if cut else n + 1
        start = end


Read = TypeVar("Read", str, list[str])  # a text, or its words


class Row(Generic[Read]):
    """Some of the lines, read one after the other: for all fronts once, but for the blanks."""

    def __init__(
        self,
        lines: list[Line],
        kept: list[bool],
        after: Sequence[int],
        read: Callable[[str], Read],
    ) -> None:
        self.lines, self.kept, self.after = lines, kept, after
        self.read: Callable[[str], Read] = read
        self.nothing: Read = read("")[:0]
        self.told: Read = self.nothing
        self.starts = [0]
        for line, there in zip(lines, kept, strict=True):
            if there:
                self.told = self.told + read(line.text)
            self.starts.append(len(self.told))

    def front(self, number: int, lines: Iterable[int]) -> Read:
        """Return what is read on the front of a number, which has its blanks on these lines."""
        shown: Read = self.nothing
        at = 0
        for n in lines:
            if n >= at:
                blank = self.read(self.lines[n].front(number)) if self.kept[n] else self.nothing
                shown = shown + self.told[self.starts[at] : self.starts[n]] + blank
                at = self.after[n]
        return shown + self.told[self.starts[at] :]


def _spaced(text: str) -> str:
    return f"{text} "
