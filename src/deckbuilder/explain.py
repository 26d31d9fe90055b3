"""Every code a problem can have -> what it means, why it is one, and an example bad and good."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from deckbuilder.check import RULES
from deckbuilder.kinds import KINDS
from deckbuilder.lint import LINT
from deckbuilder.problems import Explanation
from deckbuilder.toml import parse


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return every explanation by its code: those of reading first, then kinds, then rules."""
    own = files("deckbuilder").joinpath("explanations.toml").read_bytes()
    source, _ = parse(own, "explanations.toml")
    assert source is not None
    found = [Explanation(code, **words) for code, words in source.values.items()]
    found += [known for kind in KINDS for known in kind.explains]
    found += [rule.explanation for rule in (*RULES, *LINT)]
    return {known.code: known for known in found}


def told(known: Explanation) -> str:
    """Return an explanation as a person reads it."""
    bad, good = (
        "\n".join(f"    {line}".rstrip() for line in example.strip().splitlines())
        for example in (known.bad, known.good)
    )
    return f"{known.code}: {known.what}\n\n{known.why}\n\nNot so:\n\n{bad}\n\nBut so:\n\n{good}"
