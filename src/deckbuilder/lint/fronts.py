"""What a note with gaps holds -> what the front of each of its cards says.

The words are those of the cards that `cards.cards` makes. The cards themselves, with the marks of
their texts, are not made: what is not asked for is read once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from deckbuilder.content import Block, Content, Items, Paragraph, texts
from deckbuilder.lint.words import letters, words
from deckbuilder.text.normal import as_kept
from deckbuilder.text.tree import Code, Gap, Math, Text, Words, blank, unbroken

FEW = 20  # gaps of a sentence: with more, the words of its fronts are held only once


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
        tidy: whether all of them are, see `normal.as_kept`.
    """

    fronts: list[Front]
    told: str
    tidy: bool


def fronts(content: Content) -> Fronts:
    """Return the fronts of the cards that a content with gaps gives."""
    if len(content) == 1 and isinstance(content[0], Paragraph):  # a sentence, as most are
        line = _line(content[0].text, _tex)
        if not line.formula:
            return _sentence(line)
    shown = _lines(content, _tex)
    if any(line.formula for _, lines in shown for line in lines):
        return _several(shown, _lines(content, letters))
    return _several(shown, shown)


def without_blanks(sentences: str, gaps: Iterable[Gap]) -> str:
    """Return the sentences of a front without its blanks."""
    for gap in gaps:
        sentences = sentences.replace(unbroken(blank(gap)), " ", 1)
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
            shown += self.text[at:start] + unbroken(blank(gap))
            at = end
        return shown + self.text[at:]


Lines = Sequence[tuple[Block, list[Line]]]


def _lines(content: Content, read: Callable[[Math], str]) -> Lines:
    return [(block, [_line(text, read) for text in texts((block,))]) for block in content]


def _tex(formula: Math) -> str:
    return formula.tex


def _line(text: Text, read: Callable[[Math], str]) -> Line:
    if len(text) == 1 and type(text[0]) is Words:  # what is asked about a list
        return Line(unbroken(text[0].text), {}, False)
    said: list[str] = []
    gaps: dict[int, list[tuple[int, int, Gap]]] = {}
    at, formula = 0, False
    for node in text:
        if isinstance(node, (Words, Code)):
            part = unbroken(node.text)
        elif isinstance(node, Math):
            part, formula = read(node), True
        elif len(node.inside) == 1 and type(node.inside[0]) is Words:  # of nearly every mark
            part = unbroken(node.inside[0].text)
        else:
            part, within, also = _line(node.inside, read)
            formula = formula or also
            for number, spots in within.items() if not isinstance(node, Gap) else ():
                moved = [(at + start, at + end, gap) for start, end, gap in spots]
                gaps.setdefault(number, []).extend(moved)
        if isinstance(node, Gap):
            gaps.setdefault(node.number, []).append((at, at + len(part), node))
        said.append(part)
        at += len(part)
    return Line("".join(said), gaps, formula)


# ---------------------------------------------------------------------------- fronts


def _sentence(line: Line) -> Fronts:
    """Return the fronts of a content that is no more than a sentence without a formula."""
    made, told = [], [line.text]
    once = {word: word for word in words(line.text)} if len(line.gaps) > FEW else {}
    for number in sorted(line.gaps):
        front = line.front(number)
        gaps = [gap for _, _, gap in line.gaps[number]]
        told += [gap.hint for gap in gaps if gap.hint]
        asks = words(without_blanks(front, gaps))
        if once:  # held once, these take a seventh of the room
            asks = [once.get(word, word) for word in asks]
        made.append(Front(number, gaps, False, front, front, front, asks))
    return Fronts(made, "\n".join(told), all(map(as_kept, told)))


def _several(shown: Lines, read: Lines) -> Fronts:
    """Return the fronts of any content, given as it is shown and as it is read."""
    full = [(block, [line for line in lines if line.text]) for block, lines in shown]
    counted = [(block, lines) for block, lines in read if isinstance(block, (Paragraph, Items))]
    lead = [(block, lines) for block, lines in counted if isinstance(block, Paragraph)]
    whole, paragraphs, told = Row(full, _spaced), Row(lead, _spaced), Row(counted, words)
    same = counted == full  # as in a list, whose fronts are long
    sentences = whole if same else paragraphs if counted == lead else Row(counted, _spaced)
    listed = [line for block, lines in shown if isinstance(block, Items) for line in lines]
    in_lists = set(chain.from_iterable([line.gaps for line in listed]))
    made, hints = [], []
    for number in sorted(whole.where):
        gaps = [gap for _, _, line in whole.where[number] for _, _, gap in line.gaps[number]]
        hinted = [gap.hint for gap in gaps if gap.hint]  # no other blank holds a word
        hints += hinted
        front = whole.front(number)[:-1]
        said = front if same else sentences.front(number)[:-1]
        asks = words(without_blanks(said, gaps)) if hinted else told.front(number)
        before = paragraphs.front(number)[:-1]
        made.append(Front(number, gaps, number in in_lists, front, before, said, asks))
    everything = [whole.told[:-1], *hints]
    also = [] if shown is read else [line.text for _, lines in read for line in lines]
    return Fronts(made, "\n".join([*everything, *also]), all(map(as_kept, everything)))


def _spaced(text: str) -> str:
    return f"{text} "


Read = TypeVar("Read", str, list[str])  # a text, or its words


class Row(Generic[Read]):
    """What some lines say one after the other: read for all fronts once, but for the blanks."""

    def __init__(self, blocks: Lines, read: Callable[[str], Read]) -> None:
        self.read: Callable[[str], Read] = read
        told: Read = read("")[:0]
        self.where: dict[int, list[tuple[int, int, Line]]] = {}  # which stretch a line stands for
        for block, lines in blocks:
            at, said = len(told), [read(line.text) for line in lines]
            last = at + sum(map(len, said))
            cut = isinstance(block, Items) and block.ordered  # what follows would give it away
            for line, part in zip(lines, said, strict=True):
                end = at + len(part)
                for number in line.gaps:
                    self.where.setdefault(number, []).append((at, last if cut else end, line))
                at = end
                told += part
        self.told: Read = told

    def front(self, number: int) -> Read:
        """Return what is read on the front of a number."""
        shown: Read = self.told[:0]
        at = 0
        for start, end, line in self.where.get(number, ()):
            if start >= at:
                shown += self.told[at:start]
                shown += self.read(line.front(number))
                at = end
        return shown + self.told[at:]
