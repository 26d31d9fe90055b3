"""A text -> its characters, those of sub- and superscripts as Unicode has them.

So a line of plain characters keeps 10⁹ and 109 apart; a formula is its TeX.
"""

from __future__ import annotations

from collections.abc import Mapping

from deckbuilder.text.tree import Code, Math, Sub, Sup, Text, Words, unbroken

RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
RAISED |= dict(zip("′″‴⁗°∘", "′″‴⁗°°", strict=True))
LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
LOWERED |= dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


def in_a_line(text: Text) -> str:
    """Return the characters of a text, those that are raised or lowered as such."""
    return "".join(
        unbroken(node.text) if isinstance(node, (Words, Code))
        else node.tex if isinstance(node, Math)
        else script(in_a_line(node.inside), raised=isinstance(node, Sup))
        if isinstance(node, (Sub, Sup))
        else in_a_line(node.inside)
        for node in text
    )  # fmt: skip


def script(said: str, *, raised: bool) -> str:
    """Return what is raised or lowered; of letters without such characters the letters: 19th."""
    changed = each(said, RAISED if raised else LOWERED)
    return changed or (said if said.isalpha() or not said else f"{'^' if raised else '_'}({said})")


def each(said: str, table: Mapping[str, str]) -> str:
    """Return the text with each of its characters changed; "" if one of them cannot be."""
    changed = [table.get(character, "") for character in said.replace(" ", "")]
    return "".join(changed) if all(changed) else ""
