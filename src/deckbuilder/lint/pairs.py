"""Rules about two cards that get in each other's way; they are looked up, not compared in pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deckbuilder.lint.sight import Seen, Sight
from deckbuilder.lint.words import quote, same
from deckbuilder.rule import Finding, rule

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
    for seen in learned(sight):
        for prompt, answer, shown in _prompts(seen):
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
                _way_out(answer.seen),
                "asked here",
                ((rival.seen.at, "answered otherwise here"),),
            )


def _prompts(seen: Seen) -> Iterator[tuple[Hashable, Answer, bool]]:
    """Yield what a card asks, and what it would ask backward; with the answer, and if it does."""
    answer = Answer(_compared(seen.answer_words, seen.answer), seen.answer, seen)
    if seen.gapped:
        yield seen.alike, answer, True
    elif seen.card.ordinal == 1:
        prompt = seen.prompt.strip()
        backward = Answer(_compared(seen.prompt_words, prompt), prompt, seen)
        yield seen.alike, answer, True
        yield (seen.fact.kind, same(seen.answer)), backward, False
    else:
        yield (seen.fact.kind, same(seen.prompt)), answer, True


def _shown(seen: Seen) -> str:
    return quote(seen.whole if seen.gapped else seen.prompt)


def _way_out(seen: Seen) -> str:
    backward = not seen.gapped and seen.card.ordinal > 1  # a hint is not shown there
    other = "leave out `reverse`" if backward else "give a `hint`"
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
    shorter: dict[Hashable, Seen] = {}
    for seen in asking:
        shorter.setdefault(_look(seen, seen.prompt_words), seen)
    for seen in asking:
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


def _look(seen: Seen, prompt: Sequence[str]) -> Hashable:
    return (seen.fact.topic, seen.gapped, seen.asks, *prompt)
