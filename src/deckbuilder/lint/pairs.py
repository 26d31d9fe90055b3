"""Rules about two cards of a deck that look alike; they are looked up, not compared in pairs.

The whole deck need not be there for that: `Shared` picks the facts that can have such cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from deckbuilder.cards import asks_back, has_own
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import recalled
from deckbuilder.lint.words import quote, same
from deckbuilder.model import Deck
from deckbuilder.rule import Finding, rule
from deckbuilder.slots import dataclass
from deckbuilder.toml import Path

EVERYWHERE = None  # the scope of a front that shows no topic's title


def scope(seen: Seen) -> str | None:
    """Return the topic whose title tells a front from others that look the same."""
    return seen.fact.topic if seen.titled else EVERYWHERE


class Answer(NamedTuple):
    """What a prompt has for an answer: as words to compare, as it is shown, and whose it is.

    `back`: whether it is on that card's back; else it would be, were the fact asked backward.
    """

    words: str
    shown: str
    seen: Seen
    back: bool

    @property
    def at(self) -> Path:
        """Where the source has it."""
        return recalled(self.seen)[0] if self.back else self.seen.at


Asking = tuple[Hashable, Seen, bool]  # what a card asks; if not shown, it would do so backward


class Shared:
    """Which facts of a deck ask what another asks, too: cards of others cannot look alike."""

    def __init__(self, deck: Deck) -> None:
        self._backward = {fact.kind for fact in deck.facts if asks_back(fact)}
        self._first: dict[int, Path] = {}  # by the hash of a prompt, the first fact that has it
        self.facts: set[Path] = set()

    def add(self, sight: Sight) -> None:
        """Look at some of the deck's cards."""
        for prompt, seen, _ in _prompts(sight.learned, self._backward):
            at = seen.fact.at
            first = self._first.setdefault(hash(prompt), at)
            if first is not at:
                self.facts |= {first, at}


@dataclass(slots=True)
class Prompt:
    """The answers of one prompt: the first, and the first that differs from it."""

    first: Answer | None = None
    other: Answer | None = None

    def add(self, answer: Answer) -> None:
        """Note an answer to this prompt."""
        if self.first is None:
            self.first = answer
        elif self.other is None and answer.words != self.first.words:
            self.other = answer

    def rival(self, answer: Answer) -> Answer | None:
        """Return another fact's answer, if it differs."""
        for known in (self.first, self.other):
            if known and known.words != answer.words and known.seen.fact is not answer.seen.fact:
                return known
        return None


@rule(
    "ambiguous-prompt",
    "Two cards show the same front, under the same title, and want different answers; or a fact is "
    "asked backward, and another's answer is the same. Forward, a `hint` on each is enough; "
    "backward none is shown.",
    "Whoever gives the other answer is right, too, and still has to press Again.",
    bad="""
[[topic.fact]]
id       = "signed-russia"
question = "Who signed?"
answer   = "Chicherin"

[[topic.fact]]
id       = "signed-germany"
question = "Who signed?"
answer   = "Rathenau"
""",
    good="""
[[topic.fact]]
id       = "signed-russia"
question = "Who signed for Russia?"
answer   = "Chicherin"

[[topic.fact]]
id       = "signed-germany"
question = "Who signed for Germany?"
answer   = "Rathenau"
""",
    severity="warning",
)
def ambiguous_prompt(sight: Sight) -> Iterator[Finding]:
    """Find the fronts with two right answers."""
    prompts: dict[Hashable, Prompt] = defaultdict(Prompt)
    asked: dict[Hashable, list[Answer]] = defaultdict(list)
    backward = {seen.fact.kind for seen in sight.learned if seen.backward}
    for prompt, seen, shown in _prompts(sight.learned, backward):
        answer = _answer(seen, shown)
        for where in (seen.fact.topic, EVERYWHERE):
            prompts[where, prompt].add(answer)
        if shown and not seen.hinted:
            asked[scope(seen), prompt].append(answer)
    for key, answers in asked.items():
        disputed = [(answer, prompts[key].rival(answer)) for answer in answers]
        both = [(answer, rival) for answer, rival in disputed if rival]
        for answer, rival in both[1:] or both:  # the first is told with the second
            yield Finding(
                answer.seen.at,
                f"{_shown(answer.seen)} has two right answers: {quote(answer.shown)}"
                f" and {quote(rival.shown)}",
                _way_out(answer.seen, rival.seen),
                "asked here",
                ((rival.at, "answered otherwise here"),),
            )


def _prompts(cards: Iterable[Seen], backward: Set[str]) -> Iterator[Asking]:
    """Yield what cards ask, and what they would ask backward if their kind is one of these."""
    for seen in cards:
        kind = seen.fact.kind
        if seen.backward:
            yield (kind, same(seen.prompt)), seen, True
            if seen.translated:  # its front looks as if it asked forward
                yield seen.alike, seen, True
            continue
        yield seen.alike, seen, True
        if kind in backward and not seen.gapped:
            yield (kind, same(seen.answer)), seen, False


def _answer(seen: Seen, shown: bool) -> Answer:
    if shown:
        return Answer(_compared(seen.answer_words, seen.answer), seen.answer, seen, back=True)
    prompt = seen.prompt.strip()
    return Answer(_compared(seen.prompt_words, prompt), prompt, seen, back=False)


def _shown(seen: Seen) -> str:
    return quote(seen.whole if seen.gapped else seen.prompt)


def _way_out(seen: Seen, rival: Seen) -> str:
    """Return what tells a card apart from another, and would do without it."""
    if seen.backward:
        return _way_back(seen, rival)
    front = "say on the front what tells the two apart"
    if rival.backward:  # whose front it would still be, without a hint
        return front
    if seen.face is None or has_own(seen.fact, seen.ordinal):
        return f"{front}, or give each a `hint`"
    return f"{front}, or leave out `{seen.face.answers}`"


def _way_back(seen: Seen, rival: Seen) -> str:
    """Return the same of a card that asks backward: its front is an answer, and shows no hint."""
    key, which = seen.at[-1], "both" if asks_back(rival.fact) else "it"
    once = f"ask {which} one way only, with `reverse = false`"
    if seen.translated and seen.fact.typed:  # what is said more there has to be typed, too
        return once
    if key == "when":
        return f"give a more exact time in its `when`, or {once}"
    return f"say in its `{key}` what tells the two apart, or {once}"


def _compared(said: Sequence[str], text: str) -> str:
    return " ".join(said) or text


@rule(
    "duplicate-card",
    "Two facts give a card with the same front, under the same title, and the same answer.",
    "It is learned twice, and each time one of the two is mended the other stays wrong.",
    bad="""
[[topic.fact]]
id       = "signed"
question = "Who signed for Russia?"
answer   = "Chicherin"

[[topic.fact]]
id       = "signed-again"
question = "Who signed for Russia?"
answer   = "Chicherin"
""",
    good="""
[[topic.fact]]
id       = "signed"
question = "Who signed for Russia?"
answer   = "Chicherin"
""",
    severity="warning",
)
def duplicate_card(sight: Sight) -> Iterator[Finding]:
    """Find the cards that there are twice."""
    first: dict[Hashable, Seen] = {}
    for seen in sight.learned:
        key = (scope(seen), seen.alike, _compared(seen.answer_words, seen.answer))
        other = first.setdefault(key, seen)
        if other.fact is not seen.fact:
            yield Finding(
                seen.at,
                f"{_shown(seen)} is asked twice, with the same answer",
                "take one of the two facts out",
                "asked again here",
                ((other.at, "first asked here"),),
            )
