"""A rule about fronts of one topic that are easily taken for each other; they are looked up."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.model import Fact
from deckbuilder.rule import Finding, rule

FEWEST, MOST = 4, 30  # words of a prompt that can be confused with another


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
        for seen in sight.learned
        if FEWEST <= len(seen.prompt_words) <= MOST and not seen.hinted
    ]
    asking = _alike_at_the_end(asking)
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


def _alike_at_the_end(asking: Sequence[Seen]) -> list[Seen]:
    """Return the fronts that end as another fact's does, or would without its last word.

    Hardly any in a topic do, so most are spared a closer look.
    """
    last: dict[str, Fact | None] = {}  # by the last word; None: of several facts
    for seen in asking:
        word = seen.prompt_words[-1]
        if last.setdefault(word, seen.fact) is not seen.fact:
            last[word] = None
    ends: set[str] = set()
    for seen in asking:
        fact, before, word = seen.fact, seen.prompt_words[-2], seen.prompt_words[-1]
        if last[word] is not fact or last.get(before, fact) is not fact:
            ends |= {before, word}
    return [seen for seen in asking if seen.prompt_words[-1] in ends]


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
