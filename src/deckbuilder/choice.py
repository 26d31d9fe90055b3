"""The facts that a handout can hold, and a choice among them -> those it holds, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from deckbuilder.problems import Problem, did_you_mean
from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from deckbuilder.model import Deck, Fact

LETTERS = re.compile(r"[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which facts handouts are about. Nothing chosen: all, in the order of their numbers.

    `count` facts are drawn by the `seed`; a seed that is given shuffles them as well, and so does
    each of the `versions`, every one in its own way.
    """

    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    count: int | None = None
    seed: int | None = None
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one handout is about: a deck, and which of its facts, in which order.

    `version`: its letter, "" if there is one alone; `without`: ids of facts that were chosen, and
    have no room on it.
    """

    deck: Deck
    facts: tuple[Fact, ...]
    choice: Choice
    version: str
    without: tuple[str, ...] = ()


def choose(deck: Deck, facts: Sequence[Fact], choice: Choice, version: str = "") -> Chosen:
    """Return those of the facts that are chosen, in the order of that version.

    The order depends on ids and the seed alone: the same on every machine, and a fact that is
    added moves no other past its neighbours.
    """
    left = [fact for fact in facts if _in(fact.topic, choice.topics) and _tagged(fact, choice.tags)]
    if choice.count is not None:
        drawn = sorted(left, key=lambda fact: lot(fact, choice.seed or 0, ""))[: choice.count]
        ids = {fact.id for fact in drawn}
        left = [fact for fact in left if fact.id in ids]
    if choice.seed is not None or version:
        left.sort(key=lambda fact: lot(fact, choice.seed or 0, version or "order"))
    return Chosen(deck, tuple(left), choice, version)


def leaving_out(chosen: Chosen, ids: Iterable[str]) -> Chosen:
    """Return what is left of a choice where some of its facts have no room."""
    gone = (*chosen.without, *ids)
    left = tuple([fact for fact in chosen.facts if fact.id not in gone])
    return replace(chosen, facts=left, without=gone)


def _in(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or name in wanted


def _tagged(fact: Fact, wanted: Sequence[str]) -> bool:
    """Tell whether a fact has one of the tags, or one below it (`exam::2026` is below `exam`)."""
    return not wanted or any(
        own == tag or own.startswith(f"{tag}::") for own in fact.tags for tag in wanted
    )


def lot(fact: Fact, seed: int, turn: str) -> str:
    """Return what a fact is drawn and shuffled by: the least comes first."""
    return sha256(f"{seed}\0{turn}\0{fact.id}".encode()).hexdigest()


def unknown(deck: Deck, choice: Choice) -> Iterator[Problem]:
    """Yield a problem for each topic or tag that is asked for and that no fact has."""
    from deckbuilder.values.names import with_parents  # loaded with the deck, not with the choice

    tags = {each for fact in deck.facts for tag in fact.tags for each in with_parents(tag)}
    topics = {topic.id for topic in deck.topics}
    for what, wanted, known in (("topic", choice.topics, topics), ("tag", choice.tags, tags)):
        for name in wanted:
            if name not in known:
                message = f"handouts of the {what} `{name}` are asked for, and no fact has it"
                hint = did_you_mean(name, known) if known else f"leave --{what} out"
                yield Problem("unknown-choice", message, deck.source.place(("deck",)), hint)


# ---------------------------------------------------------------------------- written and read


def written(choice: Choice, version: str, without: Sequence[str] = ()) -> str:
    """Return a choice as the file that follows it says it, in its keywords; "" for all facts.

    `without`: ids of facts that have no room in it.
    """
    parts = {
        "topic": ",".join(map(quote, choice.topics)),
        "tag": ",".join(map(quote, choice.tags)),
        "count": "" if choice.count is None else str(choice.count),
        "seed": "" if choice.seed is None else str(choice.seed),
        "version": version,
        "without": ",".join(map(quote, without)),
    }
    return " ".join(f"{key}={value}" for key, value in parts.items() if value)


def parsed(text: str) -> tuple[Choice, str, tuple[str, ...]]:
    """Return the choice, the version's letter and the ids that `written` made a text of.

    Raises:
        ValueError: it did not make this text.
    """
    parts = dict(part.split("=", 1) for part in text.split())
    version = parts.pop("version", "")
    lists = {
        key: tuple(map(unquote, filter(None, parts.pop(key, "").split(","))))
        for key in ("topic", "tag", "without")
    }
    count, seed = (int(parts[key]) if key in parts else None for key in ("count", "seed"))
    choice = Choice(lists["topic"], lists["tag"], count, seed)
    if written(choice, version, lists["without"]) != text:
        raise ValueError(text)
    return choice, version, lists["without"]
