"""What a note with gaps holds -> what the front of each of its cards says.

The words are those of the cards that `cards.cards` makes. The cards themselves, with the marks of
their texts, are not made: what is not asked for is read once for all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from deckbuilder.content import Content, Items, Paragraph, texts
from deckbuilder.lint.words import letters, said
from deckbuilder.text.tree import Code, Gap, Math, Text, Words, blank, plain


class Told(NamedTuple):
    """A text as `tree.plain` and as `words.said` has it."""

    plain: str
    said: str


class Front(NamedTuple):
    """What a front says.

    Attributes:
        number: of the gaps that are blank on it.
        gaps: these gaps, each with what fills it.
        listed: whether one of them is in a list.
        whole: all of it, as `content.plain_content` has it.
        paragraphs, sentences: parts of it, as the functions of `words` have them.
    """

    number: int
    gaps: list[tuple[Gap, Told]]
    listed: bool
    whole: str
    paragraphs: str
    sentences: str


class Apart(NamedTuple):
    """A text, taken apart: each of its gaps is a part; `plain` and `said` as in `Told`."""

    plain: list[str]
    said: list[str]
    gaps: list[tuple[int, Gap]]  # each with the part that it is


Spots = list[tuple[int, int, Apart]]  # a block, the place of a text with a gap in it, this text


def fronts(content: Content) -> tuple[list[Front], str]:
    """Return the fronts of the cards that a content with gaps gives, by their numbers.

    And, once, all characters that stand next to each other on any of these fronts, or in a gap.
    """
    blocks = [[_apart(text) for text in texts((block,))] for block in content]
    filled = [[_told(apart) for apart in block] for block in blocks]
    if len(content) == 1 and isinstance(content[0], Paragraph):
        made = _sentence(blocks[0][0])
    else:
        made = _several(content, blocks, filled)
    hints = [gap.hint for block in blocks for apart in block for _, gap in apart.gaps if gap.hint]
    told = [characters for block in filled for text in block for characters in text]
    return made, "\n".join(dict.fromkeys([*told, *hints]))


def _sentence(apart: Apart) -> list[Front]:
    """Return the fronts of a content that is no more than a sentence, as most are."""
    made = []
    for number in sorted({gap.number for _, gap in apart.gaps}):
        whole, read = _told(apart, number)
        made.append(Front(number, _filling(apart, number), False, whole, read, read))
    return made


def _several(content: Content, blocks: list[list[Apart]], filled: list[list[Told]]) -> list[Front]:
    """Return the fronts of a content of several blocks, or of another than a sentence."""
    spots: dict[int, Spots] = {}
    for at, block in enumerate(blocks):
        for n, apart in enumerate(block):
            for number in {gap.number for _, gap in apart.gaps}:
                spots.setdefault(number, []).append((at, n, apart))
    made = []
    for number in sorted(spots):
        found = spots[number]
        gaps = [gap for _, _, apart in found for gap in _filling(apart, number)]
        listed = any(isinstance(content[at], Items) for at, _, _ in found)
        made.append(Front(number, gaps, listed, *_shown(content, number, found, filled)))
    return made


def _filling(apart: Apart, number: int) -> list[tuple[Gap, Told]]:
    """Return the gaps of a number, each with what fills it."""
    return [
        (gap, Told(apart.plain[n], apart.said[n])) for n, gap in apart.gaps if gap.number == number
    ]


def _shown(
    content: Content, number: int, spots: Spots, filled: list[list[Told]]
) -> tuple[str, str, str]:
    """Return all that a front shows, its paragraphs, and these with its items."""
    shown = [*filled]
    for at, n, apart in spots:
        if shown[at] is filled[at]:
            block = content[at]
            cut = isinstance(block, Items) and block.ordered  # what follows would give it away
            shown[at] = filled[at][: n + 1] if cut else [*filled[at]]
        if n < len(shown[at]):
            shown[at][n] = _told(apart, number)
    paragraphs, sentences = [], []
    for block, told in zip(content, shown, strict=True):
        if isinstance(block, (Paragraph, Items)):
            counted = [text.said for text in told]
            sentences += counted
            paragraphs += counted if isinstance(block, Paragraph) else []
    whole = [text.plain for told in shown for text in told if text.plain]
    return " ".join(whole), " ".join(paragraphs), " ".join(sentences)


def _apart(text: Text) -> Apart:
    apart = Apart([], [], [])
    _take(text, apart)
    return apart


def _take(text: Text, apart: Apart) -> None:
    for node in text:
        if isinstance(node, (Words, Code)):
            apart.plain.append(node.text)
            apart.said.append(node.text)
        elif isinstance(node, Math):
            apart.plain.append(node.tex)
            apart.said.append(letters(node))
        elif isinstance(node, Gap):
            apart.gaps.append((len(apart.plain), node))
            apart.plain.append(plain(node.inside))
            apart.said.append(said(node.inside))
        else:
            _take(node.inside, apart)


def _told(apart: Apart, number: int | None = None) -> Told:
    """Return the whole text, with the gaps of a number blank."""
    shown, counted = apart.plain, apart.said
    if number is not None:
        shown, counted = [*shown], [*counted]
        for n, gap in apart.gaps:
            if gap.number == number:
                shown[n] = counted[n] = blank(gap)
    return Told("".join(shown), "".join(counted))
