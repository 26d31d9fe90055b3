"""A text as a tree of inline nodes, and what can be asked of it without an output in mind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from deckbuilder.slots import dataclass

# where a word may break: a hyphen shows at the end of a line alone; nothing shows
SOFT_HYPHEN, NO_SPACE = "\u00ad", "\u200b"
# what Unicode has programs show nothing for, from the first to the last, and Braille's empty cell
UNSEEN = (
    ("\u00ad", "\u00ad"), ("\u034f", "\u034f"), ("\u061c", "\u061c"), ("\u115f", "\u1160"),
    ("\u17b4", "\u17b5"), ("\u180b", "\u180f"), ("\u200b", "\u200f"), ("\u202a", "\u202e"),
    ("\u2060", "\u206f"), ("\u2800", "\u2800"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"),
    ("\ufeff", "\ufeff"), ("\uffa0", "\uffa0"), ("\ufff0", "\ufffb"),
    ("\U0001bca0", "\U0001bca3"), ("\U0001d173", "\U0001d17a"), ("\U000e0000", "\U000e0fff"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Characters as they are to be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Characters in a typewriter face."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Strong text."""

    inside: Text


@dataclass(frozen=True, slots=True)
class Italic:
    """Emphasised text."""

    inside: Text


@dataclass(frozen=True, slots=True)
class Sub:
    """Lowered text."""

    inside: Text


@dataclass(frozen=True, slots=True)
class Sup:
    """Raised text."""

    inside: Text


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an https address."""

    inside: Text
    url: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The part of a cloze to be recalled.

    `number` 0: not numbered yet; `given`: the author gave it the number.
    """

    inside: Text
    number: int = 0
    hint: str = ""
    given: bool = False


Span = Bold | Italic | Sub | Sup | Link | Gap
Inline = Words | Code | Math | Span
Text = tuple[Inline, ...]


def words(text: str) -> Text:
    """Return plain characters as a text."""
    return (Words(text),) if text else ()


def _no_marks(text: Text) -> bool:
    """Tell whether a text is nothing but one stretch of words, as nearly every text is."""
    return len(text) == 1 and type(text[0]) is Words


def is_seen(character: str) -> bool:
    """Tell whether a character shows: it is no space, and nothing that programs leave out."""
    if "!" <= character <= "~":  # most are
        return True
    return not (character.isspace() or any(first <= character <= last for first, last in UNSEEN))


def shows(text: Text) -> bool:
    """Tell whether anything of a text is to be seen once it is rendered; a formula always is.

    The first character tells it of nearly every text.
    """
    if text and type(text[0]) is Words and "!" <= text[0].text[:1] <= "~":
        return True
    return any(
        any(map(is_seen, node.text)) if isinstance(node, (Words, Code))
        else isinstance(node, Math) or shows(node.inside)
        for node in text
    )  # fmt: skip


def unbroken(characters: str) -> str:
    """Return characters without the places where a word may break: nobody reads those."""
    if characters.isascii() or (SOFT_HYPHEN not in characters and NO_SPACE not in characters):
        return characters
    return characters.replace(SOFT_HYPHEN, "").replace(NO_SPACE, "")


def plain(text: Text) -> str:
    """Return the characters of a text without its marks (a formula as its TeX)."""
    if len(text) == 1 and type(text[0]) is Words:  # nearly every text
        return unbroken(text[0].text)
    return "".join(
        [
            unbroken(node.text) if isinstance(node, (Words, Code))
            else node.tex if isinstance(node, Math)
            else plain(node.inside)
            for node in text
        ]
    )  # fmt: skip


def gaps(text: Text) -> Iterator[Gap]:
    """Return the gaps of a text, in order."""
    if not text or _no_marks(text):
        return iter(())
    found: list[Gap] = []
    for node in text:
        if isinstance(node, Words):  # half of them
            continue
        if isinstance(node, Gap):
            found.append(node)
        elif not isinstance(node, (Code, Math)):
            found += gaps(node.inside)
    return iter(found)


def blank(gap: Gap) -> str:
    """Return what stands for a gap while it is asked for, as Anki shows it."""
    return f"[{gap.hint or '...'}]"


def formulas(text: Text) -> Iterator[Math]:
    """Yield the formulas of a text, in order."""
    if _no_marks(text):
        return
    for node in text:
        if isinstance(node, Math):
            yield node
        elif not isinstance(node, (Words, Code)):
            yield from formulas(node.inside)


def stretches(text: Text) -> Iterator[str]:
    """Yield the stretches of plain words in a text, outside code and formulas."""
    for node in text:
        if isinstance(node, Words):
            yield node.text
        elif not isinstance(node, (Code, Math)):
            yield from stretches(node.inside)


def map_gaps(text: Text, change: Callable[[Gap], Text]) -> Text:
    """Return the text with `change(gap)` in the place of each gap."""
    return map_spans(text, lambda span: change(span) if isinstance(span, Gap) else None)


def map_spans(text: Text, change: Callable[[Span], Text | None]) -> Text:
    """Return the text with `change(span)` in the place of each span, the outer before the inner.

    Where that is None, the span stays, and what is inside it is gone through in turn.
    """
    if _no_marks(text):
        return text
    out: list[Inline] = []
    for node in text:
        if isinstance(node, (Words, Code, Math)):
            out.append(node)
        elif (changed := change(node)) is not None:
            out += changed
        else:
            inside = map_spans(node.inside, change)
            out.append(node if inside is node.inside else replace(node, inside=inside))
    return tuple(out)


@lru_cache(maxsize=256)  # the titles that are compared with every card below them
def same_words(text: str) -> str:
    """Return the text as it counts when two answers are compared: case, marks and spaces aside."""
    return " ".join(re.findall(r"\w+", folded(text)))


def folded(text: str) -> str:
    """Return the text without regard to case and to how its characters are encoded."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
