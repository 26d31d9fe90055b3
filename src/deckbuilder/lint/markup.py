"""A rule about marks of HTML, of Anki and of Markdown, in texts that take them for signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.lint.raised import outside
from deckbuilder.lint.written import Written, shown
from deckbuilder.rule import Finding, Needed, rule

# No pattern goes over a text more than once from where it begins: none takes time with its square.
# a tag; one of a letter could be a comparison, x<b, unless it is closed, too (<sub> is told apart)
TAG = re.compile(
    r"</?(?:br|div|p|span|img|strong|em|small|ul|ol|li|font|table|tr|td|h[1-6]|hr|code|pre)"
    r"(?:\s[^<>]*)?/?>"
    r"|<([biua])(?:\s[^<>]*)?>(?=[^<]{0,200}</\1>)",
    re.IGNORECASE,
)
ENDS = r"\.(?:png|jpe?g|svg|gif|webp)"  # of pictures
PICTURE = re.compile(rf"!\[[^\[\]]*\]\((?:(?!https?:)[^()\s]+|[^()\s]+{ENDS})\)")
# _so_ or __so__, as words: not a name such as __init__.py, a face ^_^, a blank ___
LINED = re.compile(r"(?<![^\s(“„«\"'])(_{1,2})(?![\s_])[^_]*[^\s_]\1(?=[.,;:!?)”“»\"']*(?:\s|$))")
MARKS = (
    (TAG, "write **bold**, *italic*, a fact for each line, code between `…`"),
    (
        re.compile(r"(?<![\w)])\[[^\[\]]+\]\((?![a-z]+:)(?=[^()\s]*(?:/|\.\w\w))[^()\s]*\)"),
        "a link begins with https://",
    ),
    (re.compile(r"\[sound:[^\[\]]+\]"), 'a sound is a key of its fact: audio = "word.mp3"'),
    (re.compile(r"~~[^~\s][^~]*~~"), "nothing can be struck through: leave it out"),
    (
        re.compile(r"(?<!\S)\*\* (?=[^*]*[^\W\d_]{3})[^*]* \*\*(?!\S)"),
        "write **bold**, without spaces inside its stars",
    ),
)
PICTURED = re.compile(rf"<img\b|{ENDS}\)$", re.IGNORECASE)
SINGLE = re.compile(r"\{(?=[^{}|,;=<>]*[^\W\d_])[^{}|,;=<>]*\}")  # no set
# one of these is in each source with a breach; a key may hold an underscore, but not two
TRACES: tuple[Needed, ...] = (
    *(b"![", b"[sound:", b"~~"),
    re.compile(rb"\]\("),
    re.compile(rb"\*\* "),
    re.compile(rb"<[A-Za-z/]"),
    re.compile(rb"_[^\s_\"'=][^\n_]*_"),
    re.compile(rb"\{[^{}\n=]+\}(?!\})"),
)
SIGNS = ("<", "_", "![", "](", "[sound:", "~~", "** ", "{")
IMAGE = 'a picture is a key of its fact: image = "cell.png"'
LETTERS = re.compile(r"[^\W\d_]")


@rule(
    "raw-markup",
    "A text holds a mark of another program: a tag of HTML, as in `one<br>two` or `<b>three</b>`, a"
    " picture, a sound or a link, as in `![cell](cell.png)` or `[sound:a.mp3]`, words as `_four_`"
    " or `~~five~~`, or a cloze has a word between single braces.",
    "It is shown as it is typed: bold is written `**so**`, italic `*so*`, a gap `{{so}}`, a picture"
    " is the key `image`, and code stands between backquotes.",
    bad="""
[[topic.fact]]
id       = "wall"
question = "Which cells have a wall?"
answer   = "<b>plants'</b> cells"
""",
    good="""
[[topic.fact]]
id       = "wall"
question = "Which cells have a wall?"
answer   = "**plants'** cells"
""",
    severity="warning",
    needs=TRACES,
)
def raw_markup(written: Written) -> Iterator[Finding]:
    """Find marks that learners would see."""
    for at, text in shown(written):
        if any(sign in text for sign in SIGNS):
            said = outside(text)
            if told := _marked(said, text) or _braced(said, at[-1]):
                found, hint = told
                yield Finding(at, f"`{found}` is shown as it is typed", hint, part=found)


def _marked(said: str, text: str) -> tuple[str, str] | None:
    """Return the first mark in what was typed outside of code, and what to write; else None."""
    if found := PICTURE.search(said if "`" in text else text):
        return found[0], IMAGE
    for pattern, hint in MARKS:
        if found := pattern.search(said):
            return found[0], IMAGE if PICTURED.search(found[0]) else hint
    if (found := LINED.search(said)) and LETTERS.search(found[0]) and found[0] in text:
        stars = "*" * len(found[1])
        return found[0], f"write {stars}{found[0].strip('_')}{stars}, or code between `…`"
    return None


def _braced(said: str, key: str | int) -> tuple[str, str] | None:
    """Return what stands between single braces in a cloze, and what to write; else None."""
    found = SINGLE.search(said) if key == "cloze" else None
    return (found[0], f"a gap has two braces at each end: {{{found[0]}}}") if found else None
