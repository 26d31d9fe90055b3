"""A front -> what Anki reads aloud of it: words alone, with a pause where a new line begins.

Anki strips the tags of what it reads and takes no notice of the style sheet. So the fields of a
card will not do: its lines would run together, and steps that are hidden would be read out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from deckbuilder.content import Block, Content, Items, each_text, texts
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Code, Gap, Inline, Math, Text, Words, gaps
from deckbuilder.writers.apkg.html import render

PAUSES = (".", "!", "?", ":", ";", ",", "…", "”", "“", "»", "]")  # what ends so needs no comma


def spoken(content: Content, say: Phrases) -> str:
    """Return what is read aloud, as HTML; a gap as Anki's cloze, a formula in words of `say`."""
    said = ""
    for text in texts(each_text(tuple(map(_kept, content)), partial(_bare, say))):
        if said and text:
            said += " " if said.endswith(PAUSES) else ", "
        said += render(text)
    return said


def _kept(block: Block) -> Block:
    """Empty the gaps of an ordered list: Anki would read out the steps that a front hides."""
    if not (isinstance(block, Items) and block.ordered):
        return block
    empty = tuple(replace(gap, inside=()) for item in block.items for gap in gaps(item))
    return replace(block, items=(empty,))


def _bare(say: Phrases, text: Text) -> Text:
    return tuple(_spelt(text, say))


def _spelt(text: Text, say: Phrases) -> Iterator[Inline]:
    """Yield a text without its marks: words, and gaps of words."""
    for node in text:
        match node:
            case Gap():
                yield replace(node, inside=_bare(say, node.inside))
            case Math(tex):
                from deckbuilder.writers.apkg.aloud import aloud  # few decks have a formula

                yield Words(aloud(tex, say))
            case Words() | Code():
                yield Words(node.text)
            case _:
                yield from _spelt(node.inside, say)
