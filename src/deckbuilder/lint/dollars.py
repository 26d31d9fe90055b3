"""Rules about formulas: what is one and was meant as text or as money, and the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from deckbuilder.lint.raised import NEEDED, outside, unraised
from deckbuilder.lint.words import quote
from deckbuilder.lint.written import Written, shown
from deckbuilder.phrases import LETTERS, base
from deckbuilder.rule import Finding, rule
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Code, Math, Text, Words, formulas

INSIDE = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"  # braces, with others inside as in \ce{Na^{+}}
SETTING = r"\\(?:text|math|operatorname|ce)[a-z]*"  # what sets words, or substances, as they are
COMMAND = re.compile(rf"{SETTING}\s*\{{{INSIDE}\}}|\\[A-Za-z]+\s*")
IN_WORDS = re.compile(r"(?<!\S)[^\W\d_]{3,}[,;:.!?]?(?!\S)")
SET = "_"  # stands for what a command sets as it is: no word, no sign
# a product, as in "E = mgh" or "I = nAve": a side or a term that is three letters, or more with a
# capital behind a small one, and no name of a function; words that are set so end it as well
SIGN_OF = r"[^\s\w,;:.!?'\"’(){}\[\]]"
FACTORS = (
    r"(?!(?:sin|cos|tan|cot|sec|csc|exp|log|lim|max|min|sup|inf|det|dim|ker|deg|gcd|arg)\b)"
    r"(?:[^\W\d_]{3}|[a-z]+[A-Z][A-Za-z]*)(?![^\W_])"
)
PRODUCT = re.compile(
    rf"{SIGN_OF} +{FACTORS}(?=[,;:.!?]| *(?:$|{SET}|{SIGN_OF}))"
    rf"|(?:^|{SET} *){FACTORS}(?= +{SIGN_OF})"
)
PRICE = re.compile(r"[1-9][\d.,]* ")  # behind which letters are a currency
# two prices that could be a formula: no sign of TeX, but "or" and the like, or a currency behind
PRICES = re.compile(
    r"\d(?:[^\\^_{}]*(?: \(?(?:or|to|in|at|by|of|on|zu|je|ou|et|de|en|au|al|el"
    rf"|[{LETTERS}](?= \(?\d)) "
    r"|[^\d.,][\d.,]* (?:[ACRS]|AU|CA|HK|NT|NZ|SG|US|Mex)$)"
    r"|(?=[^\\^_{}]*$).*–\d)"
)

# what most likely was meant as a formula, as it may stand in a text
IN_DOLLARS = re.compile(
    r"(?<![^\W_])(?<!\d )(?<!\$)(\${1,2})(?! ?[=<>])([^$]+)\1(?!\$| ?\d)"  # not "5 $", "$ 5"
)
BRACKETS = ((r"\(", r"\)"), (r"\[", r"\]"))
SEPARATING = tuple(":/;,.=")  # what no formula ends with before a letter
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")  # of a shell
# a power such as 10^{23}, Ca^{2+} or 2^{n-1}; what stands in HEAD^{tree} is a word
RAISED = re.compile(
    r"(?<![\w\\/])[A-Za-zΑ-Ωα-ω]_\{[\w,+−-]{1,12}\}"
    r"|(?<![\w)])[\w)]+\^\{(?:\w{1,2}|(?=[^{}]*[\d+−/-])[\w+−/*().-]{1,12})\}(?!\^)"
)
BEGUN = re.compile(r"(?<![\w$\\])\$[A-Za-zΑ-Ωα-ω] ?=[^$]{0,12}")  # and not ended
SIGN = re.compile(r"[\\^_=<>+]")
# numbers with a comma, in English and elsewhere; none are what brackets hold apart, as in (1,2) or
# [0,2\pi), nor is what words hold
THOUSANDS = re.compile(r"(?<![\d,.])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
DECIMAL = re.compile(r"(?<![\d,.])\d+,\d+(?![\d,])")
LISTED_ONE = r"[-+−]?(?:[\d./]+(?:\\[a-z]+|[a-z])?|\\[a-z]+|[a-z])"
# over what an index runs: $i=1,2$ alone, for i=0,1 may be a rate of interest and n=1,2 an amount;
# of two letters, or lowered, also these
INDEX = (
    r"(?:^|[({,;:] ?|quad ?)(?:[ij] ?= ?1,2|[i-n](?:, ?[i-n]){1,3} ?= ?(?:0,1|1,2))"
    r"(?= ?(?:[;)}]|$))|_\{[i-n] ?= ?(?:0,1|1,2)\}"
)
NO_NUMBER = re.compile(
    rf"_\{{[\d,]+\}}|(?:\\\{{|[(\[\]]){LISTED_ONE}(?:,{LISTED_ONE})+(?:\\\}}|[)\[\]])"
    rf"|\\(?:text[a-z]*|ce)\{{[^{{}}]*\}}|{INDEX}",
    re.MULTILINE,
)
ALONE = re.compile(rf" (?![{LETTERS}] |[^\W\d_]{{2,}} )\S*[^\W\d_]\S* ")  # as "$ n $"


@rule(
    "words-in-formula",
    "A formula holds a word between spaces, or two prices, or ends with a sign before a letter, as"
    " in `$HOME/bin:$PATH`, or in capitals before others, as in `$USER$HOME`: it may be text"
    " between two dollars.",
    "Letters between `$` are set one by one, as in a product, and their spaces go. Three that are"
    " a side or a term alone are one: `$E = mgh$`.",
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
            tree = parse(text, with_gaps=True)
            in_words = (math.tex for math in formulas(tree) if _in_words(math.tex))
            found = next(chain(in_words, _run_on(tree)), "")
            if found:
                yield Finding(
                    at,
                    f"{quote(f'${found}$')} is read as a formula: its dollars go, and its words"
                    " run together",
                    r"for a dollar write \$ (\\$ in double quotes), for words in a formula"
                    r" \text{…}, for functions \sin, \log, …",
                )


@rule(
    "raw-formula",
    "A text holds what looks like a formula and is none: between dollars with spaces inside them,"
    " in `\\(…\\)`, a power such as `x^{2}`, or a command of TeX such as `\\pi` in plain words; or"
    " what is meant to be raised or lowered and is not: `H~2O`, `CO_2`, `10^13`, `x<sup>2</sup>`,"
    " or all between the two marks of `Na^+/K^+` or `10^5-10^6`.",
    "Cards and print show it as it is typed. A formula stands between dollars, and code between"
    " backquotes; `H~2~O` and `10^13^` have a mark at both ends of what they lower or raise.",
    bad="""
[[topic.fact]]
id       = "circle"
question = "How large is a circle?"
answer   = '\\(A = \\pi r^2\\)'
""",
    good="""
[[topic.fact]]
id       = "circle"
question = 'How is $\\pi$ written in TeX?'
answer   = '`\\pi`'
""",
    severity="warning",
    needs=(b"\\", b"$", re.compile(rb"_\{"), *NEEDED),
)
def raw_formula(written: Written) -> Iterator[Finding]:
    """Find TeX that learners would see."""
    for at, text in shown(written):
        perhaps = any(sign in text for sign in ("\\", "$ ", " $", "^{", "_{"))
        found = _raw(outside(text)) if perhaps or text.count("$") % 2 else ""
        if found:
            yield Finding(
                at,
                f"{quote(found)} is shown as it is typed: it is no formula",
                "write a formula as $…$, without a space inside its dollars, and code as `…`",
            )
        elif told := unraised(text):
            part, said, hint = told
            yield Finding(at, f"{quote(part)} {said}", hint, part=part)


@rule(
    "split-number",
    "A formula holds a number with a comma, as in `$9,81$`, or `$1,000$` in English.",
    "For TeX it is two numbers: Anki and print leave a space behind the comma.",
    bad="""
[[topic.fact]]
id       = "distance"
question = "How far is the moon?"
answer   = "$384,400$ km"
""",
    good="""
[[topic.fact]]
id       = "distance"
question = "How far is the moon?"
answer   = "$384{,}400$ km"
""",
    severity="warning",
    needs=(re.compile(rb"\$[^$\n]*\d,\d"),),
)
def split_number(written: Written) -> Iterator[Finding]:
    """Find numbers that TeX parts."""
    language = base(written.source.taken()["deck"].get("language", "en"))
    number = THOUSANDS if language == "en" else DECIMAL
    for at, text in shown(written):
        if "$" in text and number.search(text):
            tex = "\n".join(math.tex for math in formulas(parse(text, with_gaps=True)))
            if found := number.search(NO_NUMBER.sub(" ", tex)):
                part, mark = found[0], found.string[: found.start()][-1:]
                whole = part.replace(",", "{,}")
                if mark and mark in "^_":
                    whole = f"{mark}{{{whole}}}"
                else:
                    whole = f"{whole}, or {part.replace(',', ', ')} if it is a list"
                said = f"in a formula, {quote(part)} gets a space behind its comma"
                yield Finding(at, said, f"write {whole}", part=part)


def _raw(said: str) -> str:
    """Return what looks like a formula in what stands outside of formulas; "" if nothing does."""
    for pair in IN_DOLLARS.finditer(said):
        likely = SIGN.search(pair[2]) or ALONE.fullmatch(pair[2])
        if likely and not _has_words(pair[2]):
            return pair[0]
    if bracketed := _bracketed(said):
        return bracketed
    if raised := RAISED.search(said) or BEGUN.search(said):
        return raised[0]
    if "\\" not in said:
        return ""
    from deckbuilder.formulas.stray import commands  # few texts hold a backslash

    return next((command for command, _ in commands(said)), "")


def _bracketed(said: str) -> str:
    """Return the first formula in brackets of TeX; "" if there is none.

    Where one that opens is not closed, no later one is: each is looked for once.
    """
    opened = [(said.find(opens), closes) for opens, closes in BRACKETS]
    found = [(start, said.find(closes, start + 3)) for start, closes in opened if start >= 0]
    start, end = min((pair for pair in found if pair[1] >= 0), default=(0, 0))
    return said[start : end + 2] if end else ""


def _in_words(tex: str) -> bool:
    return (" " in tex and _has_words(tex)) or PRICES.match(tex) is not None


def _has_words(tex: str) -> bool:
    """Tell whether words stand between spaces, in what is none of a command, and no product."""
    said = COMMAND.sub(lambda command: SET if command[0].endswith("}") else "=", tex)
    if not IN_WORDS.search(said):
        return False
    return PRICE.match(said) is not None or bool(IN_WORDS.search(PRODUCT.sub("=", said)))


def _run_on(text: Text) -> Iterator[str]:
    """Yield the formulas that words run on from: not `$n$th`, but `$HOME:$PATH`, `$USER$HOME`."""
    for node, behind in zip(text, (*text[1:], Words("")), strict=True):
        if isinstance(node, Math):
            letters = behind.text[:2] if isinstance(behind, Words) else ""
            named = letters.isalpha() and letters.isupper() and VARIABLE.fullmatch(node.tex)
            if named or (letters[:1].isalpha() and node.tex.endswith(SEPARATING)):
                yield node.tex
        elif not isinstance(node, (Words, Code)):
            yield from _run_on(node.inside)
