"""What a note with gaps holds -> its cards, with what the front of each of them says.

The words are those of the cards that `cards.cards` makes. The cards themselves, with the marks of
their texts, are not made: what is not asked for is read once for all of them.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Sequence
from itertools import pairwise

from deckbuilder.content import Block, Content, Items, Paragraph, texts
from deckbuilder.lint.seen import Made, Seen, without_blanks
from deckbuilder.lint.words import letters, said, words
from deckbuilder.model import Fact
from deckbuilder.text.tree import (
    Code,
    Gap,
    Math,
    Text,
    Words,
    blank,
    formulas,
    gaps,
    plain,
    unbroken,
)

FEW = 20  # cards of a fact: with more, what their fronts have in common is read and held once
BLANK = blank(Gap(()))


def fronts(fact: Fact, content: Content, asks: str) -> Made:
    """Return the cards of a fact whose content has gaps, by their numbers; `asks` as in `Seen`."""
    whole, read, sentences, paragraphs = _rows(content)
    hints = [gap.hint for asked in whole.asked.values() for gap in asked.gaps if gap.hint]
    known = Known(sentences) if len(whole.asked) > FEW else None
    cards: list[Seen] = []
    for number, asked in sorted(whole.asked.items()):
        front = whole.front(number)
        says = front if sentences is whole else sentences.front(number)
        answers = [said(gap.inside) for gap in asked.gaps] if whole.formula else asked.held
        answer = " ".join(answers)
        cards.append(
            Seen(
                fact,
                number,
                None,  # face
                True,  # gapped
                asked.listed,
                front,
                says if paragraphs is sentences else paragraphs.front(number),
                says,
                asked.gaps,
                asks,
                False,  # bare
                answers,
                answer,
                " ".join(asked.held),
                known.words(number, says)
                if known
                else words(without_blanks(says, asked.gaps) if hints else says),
                words(answer),
            )
        )
    return Made(cards, [whole.text, *hints, *([read.text] if whole.formula else ())])


def _rows(content: Content) -> tuple[Row, Row, Row, Row]:
    """Return all that is shown, the same as it is read, its sentences with items, and without."""
    whole = Row(content, shown=True)
    read = Row(content, shown=False) if whole.formula else whole
    if len(content) == 1 and isinstance(content[0], Paragraph):  # a sentence, as most are
        return whole, read, read, read
    counted = [block for block in content if isinstance(block, (Paragraph, Items))]
    lead = [block for block in counted if isinstance(block, Paragraph)]
    sentences = read if len(counted) == len(content) else Row(counted, shown=read.shown)
    alone = sentences if len(lead) == len(counted) else Row(lead, shown=read.shown)
    return whole, read, sentences, alone


class Asked:
    """The gaps of a number.

    Attributes:
        gaps: these gaps.
        held: what each of them holds.
        listed: whether one of them is in a list.
        blanks: where each begins and ends, and what stands there while it is asked for; also what
            would give it away, and is left out.
    """

    __slots__ = ("blanks", "gaps", "held", "listed")

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.held: list[str] = []
        self.listed = False
        self.blanks: list[tuple[int, int, str]] = []


class Row:
    """What some texts say one after the other, with their gaps filled in.

    `shown`: whether letter by letter, or with each formula as one word.
    """

    __slots__ = ("asked", "ends", "formula", "listing", "shown", "text")

    def __init__(self, content: Sequence[Block], *, shown: bool) -> None:
        self.text = ""
        self.ends: list[int] = []  # of each text
        self.asked: dict[int, Asked] = {}  # by number
        self.formula = False  # whether there is one
        self.shown = shown
        self.listing = False  # whether a list is being added
        for block in content:
            if isinstance(block, Items):
                self._list(block)
            else:
                for text in texts((block,)):
                    self._line(text)
        self.text = self.text[:-1]

    def front(self, number: int) -> str:
        """Return what they say while the gaps of a number are blank."""
        if number not in self.asked:
            return self.text
        told, at = "", 0
        for start, end, instead in self.asked[number].blanks:
            if start >= at:
                told += self.text[at:start] + instead
                at = end
        return told + self.text[at:]

    def _line(self, text: Text) -> None:
        """Add a text, and a space; not if nothing would be shown."""
        before = len(self.text)
        self._add(text)
        if len(self.text) > before or not self.shown:
            self.text += " "
        self.ends.append(len(self.text))

    def _add(self, text: Text) -> None:
        for node in text:
            if isinstance(node, (Words, Code)):
                self.text += unbroken(node.text)
            elif isinstance(node, Gap):
                self._gap(node)
            elif isinstance(node, Math):
                self.formula = True
                self.text += node.tex if self.shown else letters(node)
            else:
                self._add(node.inside)

    def _gap(self, gap: Gap) -> None:
        inside = gap.inside
        if len(inside) == 1 and type(inside[0]) is Words:  # as in nearly every gap
            held = unbroken(inside[0].text)
        else:
            held = plain(inside) if self.shown else said(inside)
            self.formula = self.formula or any(True for _ in formulas(inside))
        asked = self.asked.get(gap.number)
        if asked is None:
            asked = self.asked[gap.number] = Asked()
        asked.listed = asked.listed or self.listing
        asked.gaps.append(gap)
        asked.held.append(held)
        start = len(self.text)
        self.text += held
        instead = unbroken(blank(gap)) if gap.hint else BLANK
        asked.blanks.append((start, len(self.text), instead))

    def _list(self, block: Items) -> None:
        """Add a list; what follows an item in a given order would give it away."""
        self.listing = True
        ends: list[tuple[int, int]] = []
        for item in block.items:
            self._line(item)
            if block.ordered:
                ends += [(gap.number, len(self.text) - 1) for gap in gaps(item)]
        self.listing = False
        for number, end in ends:
            blanks = self.asked[number].blanks
            blanks.append((end, len(self.text) - 1, ""))
            blanks.sort()


class Known:
    """The words of a row's texts, each held once: on a front only those of a few texts differ."""

    def __init__(self, row: Row) -> None:
        self.row, self.told, self.counts = row, list[str](), [0]
        for start, end in pairwise((0, *row.ends)):
            self.told += words(row.text[start:end])
            self.counts.append(len(self.told))
        self.once = {word: word for word in self.told}

    def words(self, number: int, front: str) -> list[str]:
        """Return the words of the front of a number, without blanks."""
        row = self.row
        if number not in row.asked:
            return self.told
        blanks, gaps = row.asked[number].blanks, row.asked[number].gaps
        first = bisect(row.ends, blanks[0][0])
        last = bisect_left(row.ends, max(end for _, end, _ in blanks))
        begin = row.ends[first - 1] if first else 0
        behind = max(len(row.text) - row.ends[last], 0)
        changed = words(without_blanks(front[begin : len(front) - behind], gaps))
        once = map(self.once.get, changed, changed)
        return [*self.told[: self.counts[first]], *once, *self.told[self.counts[last + 1] :]]
