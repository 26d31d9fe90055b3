"""What a kind of fact has to declare. A kind only declares; it knows no output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from deckbuilder.model import Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key
from deckbuilder.slots import dataclass

Values = Mapping[str, Any]  # every key of the fact, read; a key left out is None (a flag: False)


class Flaw(NamedTuple):
    """Something wrong with a fact's values, at one of its keys; `other` is a key involved, too."""

    key: str
    code: str
    message: str
    hint: str = ""
    other: str = ""


def no_flaws(_: Values) -> Iterable[Flaw]:
    """Find nothing: all that can be wrong with this kind is wrong with its keys."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    Attributes:
        name: the key by which a fact shows that it is of this kind.
        keys: its own keys, the naming one first; those every fact has are in `schema.FACT`.
        compose: the values of a fact, and the fixed words of its language -> its parts.
        check: what is wrong with values that are each fine by themselves.
        glossary: whether the sheet prints it among people and terms, not in its topic.
        explains: what `check` finds, each code with its reason and example.
    """

    name: str
    keys: tuple[Key, ...]
    compose: Callable[[Values, Phrases], Parts]
    check: Callable[[Values], Iterable[Flaw]] = no_flaws
    glossary: bool = False
    explains: tuple[Explanation, ...] = ()
