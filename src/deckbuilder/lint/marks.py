"""Rules about braces: what was meant as a gap or as its hint, and is none or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckbuilder.lint.seen import Made, Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import authored, recalled
from deckbuilder.lint.words import quote
from deckbuilder.rule import Finding, rule
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Code, Math, gaps, plain, stretches, words

# of Anki's `c1::`, in another spelling
NUMBERED = re.compile(r"\s*[cC]\d+\s*:|[cC]\d+$|\s*\d{1,3}\s*::")
HINTED = re.compile(r"[^\W\d].*[^:\s]::[^:\s].*")
ODD = re.compile(r"[cC]\d|::")  # in each gap that looks like one of the two


def _odd(cards: Iterable[Seen]) -> bool:
    """Tell whether a gap in some cards may look odd."""
    return ODD.search("\n".join([seen.recalled for seen in cards if seen.gapped])) is not None


def _from(mark: str, found: str) -> str:
    """Return the word that a mark stands at, behind it or, if it closes, before it."""
    before, _, behind = found.partition(mark)
    if mark == "{{":
        return mark + behind.partition(" ")[0]
    return before.rpartition(" ")[2] + mark


def _braced(made: Made) -> bool:
    """Tell whether double braces stand on a card of a fact."""
    return any("{{" in text or "}}" in text for text in made.told)


@rule(
    "stray-braces",
    "Double braces stand in a text, and make no gap there.",
    "They are shown as they are typed: a gap needs both its `{{` and its `}}`, and only `cloze` and"
    " `statement` have gaps.",
    bad="""
[[topic.fact]]
id    = "claims"
cloze = "Both sides gave up their {{claims}} and their {{debts."
""",
    good="""
[[topic.fact]]
id    = "claims"
cloze = "Both sides gave up their {{claims}} and their {{debts}}."
""",
    severity="warning",
)
def stray_braces(sight: Sight) -> Iterator[Finding]:
    """Find double braces that learners would see."""
    if "{{" not in sight.told and "}}" not in sight.told:  # as nearly always
        return
    for seen in (made.cards[0] for made in sight.facts if _braced(made)):
        shown = ((at, w) for at, text in authored(seen.fact) for w in stretches(text))
        at, found = next(((at, w) for at, w in shown if "{{" in w or "}}" in w), (seen.at, ""))
        if found:
            mark = "{{" if "{{" in found else "}}"
            yield Finding(
                at,
                f"`{mark}` stands in this card as it is typed",
                "close the gap with `}}`, or take the braces out; only `cloze` and `statement`"
                " have gaps",
                part=_from(mark, found),
            )


@rule(
    "odd-gap",
    "A gap looks like one of Anki’s with a number or a hint, and is not spelt like it.",
    "`{{c1::gap::hint}}` is the spelling; any other is shown to learners as it is typed.",
    bad="""
[[topic.fact]]
id    = "claims"
cloze = "Both sides gave up their {{C1::claims}} on each other."
""",
    good="""
[[topic.fact]]
id    = "claims"
cloze = "Both sides gave up their {{c1::claims}} on each other."
""",
    severity="warning",
)
def odd_gap(sight: Sight) -> Iterator[Finding]:
    """Find gaps with a misspelt number, or a hint without one."""
    if not _odd(sight.cards):  # as nearly always
        return
    for seen in (made.cards[0] for made in sight.facts if _odd(made.cards)):
        inside = [
            (at, plain(gap.inside))
            for at, text in authored(seen.fact)
            for gap in gaps(text)
            if not any(isinstance(node, (Code, Math)) for node in gap.inside)
        ]
        for at, told in inside:
            if NUMBERED.match(told) or HINTED.fullmatch(told):
                yield Finding(
                    at,
                    f"`{{{{{told}}}}}` is one gap, with all of it to be recalled",
                    "a number and a hint are written {{c1::gap::hint}}; code goes between `…`",
                    part=f"{{{{{told}}}}}",
                )


@rule(
    "marked-hint",
    "The hint of a gap holds marks, as of a formula or of lowered digits, or a command of TeX.",
    "It is plain text, in Anki, too, and learners see the marks as they are typed. The key `hint`"
    " takes them all.",
    bad="""
[[topic.fact]]
id    = "rain"
cloze = "Clouds hold {{c1::water::H~2~O}} in drops."
""",
    good="""
[[topic.fact]]
id    = "rain"
cloze = "Clouds hold {{water}} in drops."
hint  = "H~2~O"
""",
    severity="warning",
    needs=(b"::",),
)
def marked_hint(sight: Sight) -> Iterator[Finding]:
    """Find hints in gaps that a reader would take for marked up."""
    for seen in sight.cards:
        for which, hint in enumerate(gap.hint for gap in seen.gaps):
            if hint and _marked(hint):
                at, part = recalled(seen, which)
                yield Finding(
                    at,
                    f"the hint {quote(hint)} is shown with its marks, as it is typed",
                    "write it without marks, or give the fact a `hint`, which takes them",
                    part=part,
                )


def _marked(hint: str) -> bool:
    """Tell whether a hint would be read as more than words if it were a text."""
    if parse(hint, with_gaps=False) != words(hint):
        return True
    if "\\" not in hint:
        return False
    from deckbuilder.formulas.stray import commands  # few hints hold a backslash

    return any(commands(hint))
