"""Every code a problem can have -> what it means, why it is one, and an example bad and good."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from deckbuilder.check import RULES
from deckbuilder.kinds import KINDS
from deckbuilder.problems import Explanation
from deckbuilder.toml import parse

HEAD = """\
[deck]
id       = "rapallo"
title    = "Rapallo"
anki     = "History::Rapallo"
version  = "0.1.0"
language = "en"

[[topic]]
id    = "agreement"
title = "Agreement"
"""


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return every explanation by its code: those of reading first, then kinds, then rules."""
    own = files("deckbuilder").joinpath("explanations.toml").read_bytes()
    source, _ = parse(own, "explanations.toml")
    assert source is not None
    found = [Explanation(code, **words) for code, words in source.values.items()]
    found += [known for kind in KINDS for known in kind.explains]
    found += [rule.explanation for rule in RULES]
    return {known.code: known for known in found}


def whole(example: str) -> str:
    """Return an example as a whole source: most are only its end."""
    if "[deck]" in example or "[[topic]]" in example:
        return example
    return f"{HEAD}\n{example.strip()}\n"


def told(known: Explanation) -> str:
    """Return an explanation as a person reads it."""
    bad, good = (
        "\n".join(f"    {line}".rstrip() for line in example.strip().splitlines())
        for example in (known.bad, known.good)
    )
    return f"{known.code}: {known.what}\n\n{known.why}\n\nNot so:\n\n{bad}\n\nBut so:\n\n{good}"
