"""A rule about answers that are to be typed: Anki compares them letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckbuilder.cards import cards, to_type
from deckbuilder.content import texts
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import recalled
from deckbuilder.lint.words import ALTERNATIVE, quote, said
from deckbuilder.rule import Finding, rule
from deckbuilder.text.keyboard import keyed, unkeyed
from deckbuilder.text.tree import Code, Math, Sup, Text, Words, formulas, plain

BESIDES = re.compile(r"\s\(|;\s|\s/\s")  # what begins a remark, or another right form
OTHER = "leave `typed` out, or ask for what can be typed: a name, a number, a word"
AS_TYPED = "write it as keyboards do, or ask a `question`: its answer is compared as they type it"
REST = "keep in the answer what is to be typed, and put the rest into `extra`"


@rule(
    "hard-to-type",
    "An answer to be typed holds what nobody types as Anki compares it: a formula, raised digits "
    "or signs, a character that no keyboard has; or a remark, or several right forms.",
    "Anki compares letter by letter with one form, and marks all else as wrong.",
    bad="""
[[topic.fact]]
id       = "germany"
question = "Who signed for Germany?"
answer   = "Rathenau (or the chancellor)"
typed    = true
""",
    good="""
[[topic.fact]]
id       = "germany"
question = "Who signed for Germany?"
answer   = "Rathenau"
extra    = "The chancellor was there, too."
typed    = true
""",
    severity="warning",
)
def hard_to_type(sight: Sight) -> Iterator[Finding]:
    """Find the answers that would be wrong however they are typed."""
    for seen in sight.learned:
        if not seen.fact.typed:
            continue
        for n, text in enumerate(_to_type(seen)):
            if flaw := _flaw(text, gap=seen.gapped):
                at, part = recalled(seen, n)
                yield Finding(at, *flaw, part=part)
                break


def _to_type(seen: Seen) -> Sequence[Text]:
    """Return what is to be typed: what the gaps hold, or the answer if it is one to be typed."""
    if seen.gapped:
        return [gap.inside for gap in seen.gaps]
    typed = to_type(seen.fact, cards(seen.fact))
    if not any(card.ordinal == seen.ordinal for card in typed):
        return []
    return [*texts(seen.back)]


def _flaw(text: Text, *, gap: bool) -> tuple[str, str] | None:
    """Return what stands in the way of typing a text, and a way out; None if nothing does."""
    shown = plain(text)
    formula = next((each.tex for each in formulas(text) if not each.tex.isalnum()), "")
    if formula:
        return f"a formula would have to be typed here as {quote(formula)}", OTHER
    raised = next(_raised(text), "")
    if raised:
        return f"the raised {quote(raised)} would have to be typed on the line", OTHER
    character = unkeyed(keyed(shown))
    if character:
        return f"no keyboard has the {quote(character)} that would have to be typed here", OTHER
    prose = said(text, code=False)
    if BESIDES.search(prose) or ALTERNATIVE.search(prose):
        return f"all of {quote(shown)} would have to be typed", REST
    printed = next((one for one in shown if keyed(one) != one), "") if gap else ""
    if printed:
        return f"in a gap, {quote(printed)} has to be typed as it stands", AS_TYPED
    return None


def _raised(text: Text) -> Iterator[str]:
    """Yield what is raised and is no letter: letters are typed all the same, as in `1^er^`."""
    for node in text:
        if isinstance(node, Sup) and not plain(node.inside).isalpha():
            yield plain(node.inside)
        elif not isinstance(node, (Words, Code, Math)):
            yield from _raised(node.inside)
