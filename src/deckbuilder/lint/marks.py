"""Rules about marks: braces that were meant as a gap, dollars that were meant as money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckbuilder.cards import cards
from deckbuilder.content import texts
from deckbuilder.lint.sight import Seen, Sight
from deckbuilder.lint.words import quote
from deckbuilder.model import Gapped
from deckbuilder.rule import Finding, rule
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Code, Math, Text, Words, formulas, gaps, plain
from deckbuilder.toml import Path, strings

NUMBERED = re.compile(r"[cC]\d+:|[cC]\d+$")  # of Anki's `c1::`, in another spelling
HINTED = re.compile(r"[^\W\d].*[^:\s]::[^:\s].*")
INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"  # braces, with others inside as in \ce{Na^{+}}
SETTING = r"\\(?:text|math|operatorname|ce)[a-z]*"  # what sets words, or substances, as they are
COMMAND = re.compile(rf"{SETTING}\s*\{{{INSIDE}\}}|\\[A-Za-z]+\s*")
IN_WORDS = re.compile(r"(?<!\S)[^\W\d_]{3,}[,;:.!?]?(?!\S)")
# two prices that could be a formula: no sign of TeX, but "or" and the like, or a currency behind
PRICES = re.compile(
    r"\d[^\\^_{}]*(?: \(?(?:or|to|in|at|by|of|on|zu|je|ou|et|de|en|au|al|el|[aàeoóuy](?= \(?\d)) "
    r"|[^\d.,][\d.,]* (?:[ACRS]|AU|CA|HK|NT|NZ|SG|US|Mex)$|–\d[^\\^_{}]*$)"
)
INNER = ("topic", "fact", "allow")  # keys of a table that have no text of its own on a card
ODD = re.compile(r"[cC]\d|::")  # in each gap that looks like one of the two


def _odd(cards: Iterable[Seen]) -> bool:
    """Tell whether a gap in some cards may look odd."""
    return ODD.search("\n".join([seen.recalled for seen in cards if seen.gapped])) is not None


def _words(text: Text) -> Iterator[str]:
    """Yield the stretches of plain words in a text, outside code and formulas."""
    for node in text:
        if isinstance(node, Words):
            yield node.text
        elif not isinstance(node, (Code, Math)):
            yield from _words(node.inside)


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
    perhaps = (made.cards[0] for made in sight.facts if "{{" in made.told or "}}" in made.told)
    for seen in perhaps:
        shown = (text for card in cards(seen.fact) for text in texts((*card.front, *card.back)))
        found = next((w for text in shown for w in _words(text) if "{{" in w or "}}" in w), None)
        if found is not None:
            mark = "{{" if "{{" in found else "}}"
            yield Finding(
                seen.at,
                f"`{mark}` stands in this card as it is typed",
                "close the gap with `}}`, or take the braces out; only `cloze` and `statement`"
                " have gaps",
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
        note = seen.fact.parts.note
        if not isinstance(note, Gapped):
            continue
        inside = [
            plain(gap.inside)
            for text in texts(note.content)
            for gap in gaps(text)
            if not any(isinstance(node, (Code, Math)) for node in gap.inside)
        ]
        for words in inside:
            if NUMBERED.match(words) or HINTED.fullmatch(words):
                yield Finding(
                    seen.at,
                    f"`{{{{{words}}}}}` is one gap, with all of it to be recalled",
                    "a number and a hint are written {{c1::gap::hint}}; code goes between `…`",
                )


@rule(
    "words-in-formula",
    "A formula holds a word between spaces, or two prices: it may be text between two dollars.",
    "Letters between `$` are set one by one, as in a product, and their spaces go.",
    bad="""
[[topic.fact]]
id       = "currencies"
question = "Why does a bill have the $-sign before, and C$ behind its sums?"
answer   = "the law asks for it"
""",
    good="""
[[topic.fact]]
id       = "currencies"
question = 'How do people tell a US\\$ from an A\\$ on a bill?'
answer   = "by the letters before it"
""",
    severity="warning",
    needs=(b"$",),
)
def words_in_formula(sight: Sight) -> Iterator[Finding]:
    """Find words that would run together in a formula."""
    facts = [made.cards[0].fact.at for made in sight.facts]
    tables: list[Path] = [("deck",), *dict.fromkeys(at[:2] for at in facts), *facts]
    for at in tables:
        own = {key: value for key, value in sight.source.value(at).items() if key not in INNER}
        texts = ((path, text) for path, text in strings(own, at) if "$" in text)
        for path, text in texts:
            all_tex = (math.tex for math in formulas(parse(text, with_gaps=True)))
            found = next((tex for tex in all_tex if _in_words(tex)), "")
            if found:
                yield Finding(
                    path[: len(at) + 1],
                    f"{quote(f'${found}$')} is read as a formula: its dollars go, and its words"
                    " run together",
                    r"for money write \$ (\\$ in double quotes), for words in a formula \text{…},"
                    r" for functions \sin, \log, …",
                )


def _in_words(tex: str) -> bool:
    spaced = " " in tex and IN_WORDS.search(COMMAND.sub("0", tex)) is not None
    return spaced or PRICES.match(tex) is not None
