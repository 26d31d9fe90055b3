"""Rules about two cards that get in each other's way; they are looked up, not compared in pairs.

Cards that look alike are looked for in the whole deck: `Shared` picks the facts that can have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from deckbuilder.lint.sight import Seen, Sight
from deckbuilder.lint.words import quote, same
from deckbuilder.model import Deck, Faces, Fact
from deckbuilder.rule import Finding, rule
from deckbuilder.toml import Path

FEWEST, MOST = 4, 30  # words of a prompt that can be confused with another
EVERYWHERE = None  # the scope of a front that shows no topic's title


def learned(sight: Sight) -> list[Seen]:
    """Return the cards that meet in Anki."""
    return [seen for seen in sight.cards if seen.fact.only != "sheet"]


def scope(seen: Seen) -> str | None:
    """Return the topic whose title tells a front from others that look the same."""
    return seen.fact.topic if seen.titled else EVERYWHERE


class Answer(NamedTuple):
    """What a prompt has for an answer: as words to compare, as it is shown, and whose it is."""

    words: str
    shown: str
    seen: Seen


class Asking(NamedTuple):
    """What a card asks; unless it is `shown`, what it would ask backward."""

    prompt: Hashable
    seen: Seen
    shown: bool


class Shared:
    """Which facts of a deck ask what another asks, too: cards of others cannot look alike."""

    def __init__(self, deck: Deck) -> None:
        notes = ((fact.kind, fact.parts.note) for fact in deck.facts)
        self._backward = {kind for kind, n in notes if isinstance(n, Faces) and len(n.faces) > 1}
        self._first: dict[int, Path] = {}  # by the hash of a prompt, the first fact that has it
        self.facts: set[Path] = set()

    def add(self, sight: Sight) -> None:
        """Look at some of the deck's cards."""
        for prompt, seen, _ in _prompts(learned(sight), self._backward):
            first = self._first.setdefault(hash(prompt), seen.fact.at)
            if first is not seen.fact.at:
                self.facts |= {first, seen.fact.at}


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
    "asked backward, and another's answer is the same. Forward, a `hint` on one of them is enough.",
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
    cards = learned(sight)
    for asking in _prompts(cards, {seen.fact.kind for seen in cards if _backward(seen)}):
        seen, answer = asking.seen, _answer(asking)
        for where in (seen.fact.topic, EVERYWHERE):
            prompts[where, asking.prompt].add(answer)
        if asking.shown and not seen.hinted:
            asked[scope(seen), asking.prompt].append(answer)
    for key, answers in asked.items():
        disputed = [(answer, prompts[key].rival(answer)) for answer in answers]
        both = [(answer, rival) for answer, rival in disputed if rival]
        for answer, rival in both[1:] or both:  # the first is told with the second
            yield Finding(
                answer.seen.at,
                f"{_shown(answer.seen)} has two right answers: {quote(answer.shown)}"
                f" and {quote(rival.shown)}",
                _way_out(answer.seen),
                "asked here",
                ((rival.seen.at, "answered otherwise here"),),
            )


def _prompts(cards: Iterable[Seen], backward: Set[str]) -> Iterator[Asking]:
    """Yield what cards ask, and what they would ask backward if their kind is one of these."""
    for seen in cards:
        kind = seen.fact.kind
        if _backward(seen):
            yield Asking((kind, same(seen.prompt)), seen, True)
            continue
        yield Asking(seen.alike, seen, True)
        if kind in backward and not seen.gapped:
            yield Asking((kind, same(seen.answer)), seen, False)


def _backward(seen: Seen) -> bool:
    return not seen.gapped and seen.ordinal > 1


def _answer(asking: Asking) -> Answer:
    seen = asking.seen
    if asking.shown:
        return Answer(_compared(seen.answer_words, seen.answer), seen.answer, seen)
    prompt = seen.prompt.strip()
    return Answer(_compared(seen.prompt_words, prompt), prompt, seen)


def _shown(seen: Seen) -> str:
    return quote(seen.whole if seen.gapped else seen.prompt)


def _way_out(seen: Seen) -> str:
    other = "leave out `reverse`" if _backward(seen) else "give a `hint`"  # shown forward only
    return f"say on the front what tells the two apart, or {other}"


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
    for seen in learned(sight):
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


@rule(
    "interference",
    "Two fronts of one topic, of four words or more, differ only in a word that one has more, and "
    "want different answers. A `hint` on one of them is enough.",
    "What looks alike is confused again and again, however well both are known.",
    bad="""
[[topic.fact]]
id       = "guinea"
question = "What is the capital of Guinea?"
answer   = "Conakry"

[[topic.fact]]
id       = "equatorial-guinea"
question = "What is the capital of Equatorial Guinea?"
answer   = "Ciudad de la Paz"
""",
    good="""
[[topic.fact]]
id       = "guinea"
question = "What is the capital of Guinea?"
answer   = "Conakry"
hint     = "Not Equatorial Guinea."

[[topic.fact]]
id       = "equatorial-guinea"
question = "What is the capital of Equatorial Guinea?"
answer   = "Ciudad de la Paz"
""",
    severity="warning",
)
def interference(sight: Sight) -> Iterator[Finding]:
    """Find the fronts that are easily taken for another: look each up with one word left out."""
    asking = [
        seen
        for seen in learned(sight)
        if not seen.hinted and FEWEST <= len(seen.prompt_words) <= MOST
    ]
    near = _near(asking)
    shorter: dict[Hashable, Seen] = {}
    for seen in asking if near else ():
        shorter.setdefault(_look(seen, seen.prompt_words), seen)
    for seen in near:
        for n in range(len(seen.prompt_words)):
            without = (*seen.prompt_words[:n], *seen.prompt_words[n + 1 :])
            other = shorter.get(_look(seen, without))
            if other and other.fact is not seen.fact and other.answer_words != seen.answer_words:
                yield Finding(
                    seen.at,
                    f"only `{seen.prompt_words[n]}` tells this from another front",
                    "ask in other words, or give one of the two a `hint`",
                    "this front",
                    ((other.at, "is easily taken for this one"),),
                )
                break


def _near(asking: Sequence[Seen]) -> list[Seen]:
    """Return the fronts that may become another fact's by leaving a word out.

    Only topic, length and ends are looked at: hardly any front has them in common with another.
    """
    known: dict[Hashable, Fact | None] = {}  # None: several facts have such a front
    for seen in asking:
        words = seen.prompt_words
        key = (seen.fact.topic, len(words), words[0], words[-1])
        if known.setdefault(key, seen.fact) is not seen.fact:
            known[key] = None
    near = []
    for seen in asking:
        words, fact = seen.prompt_words, seen.fact
        topic, shorter, first, last = fact.topic, len(words) - 1, words[0], words[-1]
        if (
            known.get((topic, shorter, first, last), fact) is not fact
            or known.get((topic, shorter, words[1], last), fact) is not fact
            or known.get((topic, shorter, first, words[-2]), fact) is not fact
        ):
            near.append(seen)
    return near


def _look(seen: Seen, prompt: Sequence[str]) -> Hashable:
    return (seen.fact.topic, seen.gapped, seen.asks, *prompt)
