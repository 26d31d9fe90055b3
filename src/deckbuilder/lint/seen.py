"""A card -> what a learner sees of it, in words that rules can count and compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deckbuilder.cards import has_own
from deckbuilder.content import Content, without_gaps
from deckbuilder.lint.words import bared, same
from deckbuilder.model import Face, Fact, Gapped
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Gap, blank, unbroken
from deckbuilder.toml import Path


@dataclass(slots=True, eq=False)
class Seen:
    """One card as a learner meets it.

    Attributes:
        fact, ordinal: which card it is.
        face: what the fact has for it, None for one with gaps.
        gapped: whether something is missing from its front, rather than asked for.
        listed: whether that is in a list.
        whole: all that its front shows, letter by letter.
        read: its front's sentences as they are read, with blanks.
        sentences: the same and its items.
        gaps: those that are blank.
        asks: its fixed question ("When?"), or "".
        bare: whether its front has to ask by itself: there is no gap, no such question, and it is
            no translation.
        answers: the words of each gap, or of each text of its back.
        answer: what is to be recalled.
        recalled: the same, letter by letter.
        prompt_words, answer_words: the words of `prompt` and `answer`, see `words.words`.
        titled: whether its topic's title stands above.
        signs: those in it that keyboards type as others, if `whole` is known to be as
            `normal.as_kept` has it: there may be fewer; None if it may be otherwise.
    """

    fact: Fact
    ordinal: int
    face: Face | None
    gapped: bool
    listed: bool
    whole: str
    read: str
    sentences: str
    gaps: Sequence[Gap]
    asks: str
    bare: bool
    answers: list[str]
    answer: str
    recalled: str
    prompt_words: list[str]
    answer_words: list[str]
    titled: bool = True
    signs: str | None = None

    @property
    def at(self) -> Path:
        """Where the source has its front."""
        asks = self.face.asks if self.face else ""
        return (*self.fact.at, asks or self.fact.kind)

    @property
    def prompt(self) -> str:
        """Its front's sentences and items, without blanks and fixed questions."""
        return without_blanks(self.sentences, self.gaps) if self.gapped else self.sentences

    @property
    def front(self) -> Content:
        """Its front, with marks and gaps."""
        note = self.fact.parts.note
        return note.content if isinstance(note, Gapped) else note.faces[self.ordinal - 1].front

    @property
    def back(self) -> Content:
        """Its back, with marks."""
        return self.face.back if self.face else without_gaps(self.front)

    @property
    def backward(self) -> bool:
        """Whether it asks for what another card of its fact shows."""
        return self.face is not None and self.face.backward

    @property
    def translated(self) -> bool:
        """Whether it asks for its text in another language, and says nothing besides."""
        return self.fact.parts.translated

    @property
    def hinted(self) -> bool:
        """Whether the author gave it a hint."""
        return bool(self.fact.hint) and has_own(self.fact, self.ordinal)

    @property
    def alike(self) -> str:
        """What its front shows, as `words.same` has it, and the files of its picture and sound.

        Equal for two cards that look alike.
        """
        tidy = self.signs is not None
        for sign in self.signs or "":  # `any` would take four times as long
            tidy = tidy and sign not in self.whole
        shown = bared(self.whole) if tidy else same(self.whole)
        media = self.fact.media
        if not (media.front and has_own(self.fact, self.ordinal)):
            return shown
        return "\n".join([shown, *(asset.path for asset in (media.image, media.audio) if asset)])


class Made(NamedTuple):
    """The cards of a fact.

    `told`: all that stands on them; what stands together on one of them does so in one of these.
    """

    cards: list[Seen]
    told: list[str]


def without_blanks(sentences: str, gaps: Iterable[Gap]) -> str:
    """Return the sentences of a front without its blanks."""
    for gap in gaps:
        sentences = sentences.replace(unbroken(blank(gap)), " ", 1)
    return sentences
