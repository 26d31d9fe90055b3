"""What a kind of fact has to declare. A kind only declares; it knows no output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from deckbuilder.model import Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation, did_you_mean, nearest
from deckbuilder.schema import FACT, Key
from deckbuilder.slots import dataclass

Values = Mapping[str, Any]  # every key of the fact, read; one left out is `values.empty`


class Flaw(NamedTuple):
    """Something wrong with a fact's values, at one of its keys; `other` is a key involved, too.

    `element`: which of the key's list is meant, where one of them alone is.
    """

    key: str
    code: str
    message: str
    hint: str = ""
    other: str = ""
    element: int | None = None


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


def near_kind(keys: Iterable[str], kinds: Iterable[Kind]) -> tuple[str | None, str]:
    """Return which key of a fact of no kind may tell what it was to be, and a hint."""
    homes = {
        key: [kind for kind in kinds if key in {own.name for own in kind.keys}] for key in keys
    }
    names, known = [kind.name for kind in kinds], {key.name for key in FACT}
    for key, home in homes.items():
        if not home and key not in known and nearest(key, names):
            return key, did_you_mean(key, names)
    of_some = [key for key, home in homes.items() if home]
    if not of_some:
        return None, did_you_mean("", names)
    telling = min(of_some, key=lambda key: len(homes[key]))
    lines = " or ".join(f"`{kind.name}`" for kind in homes[telling])
    return telling, f"with `{telling}` goes {lines}"
