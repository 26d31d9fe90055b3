"""What a note with gaps holds -> what the front of each of its cards says.

The words are those of the cards that `cards.cards` makes. The cards themselves, with the marks of
their texts, are not made: what is not asked for is read once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deckbuilder.content import Content, Items, Paragraph, texts
from deckbuilder.lint.words import letters, said
from deckbuilder.text.tree import Code, Gap, Math, Text, Words, blank, plain


class Part(NamedTuple):
    """A part of a text, as `plain` and as `words.said` has it; `gap`: the one that it fills."""

    plain: str
    said: str
    gap: Gap | None = None

    def fills(self, number: int) -> bool:
        """Tell whether it fills a gap of this number."""
        return self.gap is not None and self.gap.number == number


class Front(NamedTuple):
    """What a front says.

    Attributes:
        number: of the gaps that are blank on it.
        blanks: these gaps, and what fills them.
        listed: whether one of them is in a list.
        whole: all of it, as `content.plain_content` has it.
        paragraphs, sentences: parts of it, as the functions of `words` have them.
    """

    number: int
    blanks: list[Part]
    listed: bool
    whole: str
    paragraphs: str
    sentences: str


Parts = list[Part]
Spots = list[tuple[int, int, Parts]]  # a block, the place of a text with a gap in it, its parts


def fronts(content: Content) -> Iterator[Front]:
    """Yield the fronts of the cards that a content with gaps gives, by their numbers."""
    filled: list[Parts] = []  # the texts of each block, with nothing blank
    spots: dict[int, Spots] = {}
    for at, block in enumerate(content):
        told = []
        for n, text in enumerate(texts((block,))):
            parts = _parts(text)
            told.append(_told(parts))
            for number in {part.gap.number for part in parts if part.gap}:
                spots.setdefault(number, []).append((at, n, parts))
        filled.append(told)
    for number in sorted(spots):
        yield _front(content, number, spots[number], filled)


def _front(content: Content, number: int, spots: Spots, filled: list[Parts]) -> Front:
    shown = [*filled]
    for at, n, parts in spots:
        if shown[at] is filled[at]:
            block = content[at]
            cut = isinstance(block, Items) and block.ordered  # what follows would give it away
            shown[at] = filled[at][: n + 1] if cut else [*filled[at]]
        if n < len(shown[at]):
            shown[at][n] = _told(parts, number)
    paragraphs, sentences = [], []
    for block, told in zip(content, shown, strict=True):
        words = [part.said for part in told]
        if isinstance(block, Paragraph):
            paragraphs += words
        if isinstance(block, Paragraph | Items):
            sentences += words
    return Front(
        number,
        [part for _, _, parts in spots for part in parts if part.fills(number)],
        any(isinstance(content[at], Items) for at, _, _ in spots),
        " ".join([part.plain for told in shown for part in told if part.plain]),
        " ".join(paragraphs),
        " ".join(sentences),
    )


def _told(parts: Parts, number: int | None = None) -> Part:
    """Return the whole text of these parts, with the gaps of a number blank."""
    if number is not None:
        parts = [
            _blank(part.gap) if part.gap and part.gap.number == number else part for part in parts
        ]
    return Part("".join([part.plain for part in parts]), "".join([part.said for part in parts]))


def _blank(gap: Gap) -> Part:
    return Part(blank(gap), blank(gap))


def _parts(text: Text) -> Parts:
    """Take a text apart into its gaps and what is around them."""
    parts: Parts = []
    for node in text:
        if isinstance(node, Words | Code):
            parts.append(Part(node.text, node.text))
        elif isinstance(node, Math):
            parts.append(Part(node.tex, letters(node)))
        elif isinstance(node, Gap):
            parts.append(Part(plain(node.inside), said(node.inside), node))
        else:
            parts += _parts(node.inside)
    return parts
