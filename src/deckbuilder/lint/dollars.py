"""A rule about dollars: what stands between two of them, and was meant as text or as money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.lint.words import quote
from deckbuilder.lint.written import Written, shown
from deckbuilder.phrases import LETTERS
from deckbuilder.rule import Finding, rule
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import formulas

INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"  # braces, with others inside as in \ce{Na^{+}}
SETTING = r"\\(?:text|math|operatorname|ce)[a-z]*"  # what sets words, or substances, as they are
COMMAND = re.compile(rf"{SETTING}\s*\{{{INSIDE}\}}|\\[A-Za-z]+\s*")
IN_WORDS = re.compile(r"(?<!\S)[^\W\d_]{3,}[,;:.!?]?(?!\S)")
# two prices that could be a formula: no sign of TeX, but "or" and the like, or a currency behind
PRICES = re.compile(
    r"\d[^\\^_{}]*(?: \(?(?:or|to|in|at|by|of|on|zu|je|ou|et|de|en|au|al|el"
    rf"|[{LETTERS}](?= \(?\d)) "
    r"|[^\d.,][\d.,]* (?:[ACRS]|AU|CA|HK|NT|NZ|SG|US|Mex)$|–\d[^\\^_{}]*$)"
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
def words_in_formula(written: Written) -> Iterator[Finding]:
    """Find words that would run together in a formula."""
    for at, text in shown(written):
        if "$" in text:
            all_tex = (math.tex for math in formulas(parse(text, with_gaps=True)))
            found = next((tex for tex in all_tex if _in_words(tex)), "")
            if found:
                yield Finding(
                    at,
                    f"{quote(f'${found}$')} is read as a formula: its dollars go, and its words"
                    " run together",
                    r"for money write \$ (\\$ in double quotes), for words in a formula \text{…},"
                    r" for functions \sin, \log, …",
                )


def _in_words(tex: str) -> bool:
    spaced = " " in tex and IN_WORDS.search(COMMAND.sub("0", tex)) is not None
    return spaced or PRICES.match(tex) is not None
