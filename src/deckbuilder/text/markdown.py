"""The characters of one value -> its text. All rules of the small Markdown stand here.

But for what a formula is, and a price, and how a gap is numbered: `flat`, the quick way, has those.

CommonMark would surprise an author of facts (`2*3*4` turns italic, `\\(x\\)` loses its
backslashes), so markdown-it gives the machinery and the code spans, and the rules are ours:

* `**bold**` and `*italic*` open after a space or punctuation and close before one;
* `x^2^` and `H~2~O` hold no space; `` `code` `` is CommonMark's;
* `$x$` is Pandoc's, so that money stays money, but for `$5 or 6$`: that is money, too; `$$x$$`,
  as formulas on a line of their own are written elsewhere, is the same;
* `[words](https://…)` is the only link; `{{gap}}` exists only where gaps are asked for;
* a backslash takes the meaning from one of these marks, and from nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from deckbuilder.text.flat import DOLLAR, FORMULA, NUMBERED, flat
from deckbuilder.text.normal import normal
from deckbuilder.text.tree import (
    Bold,
    Code,
    Gap,
    Inline,
    Italic,
    Link,
    Math,
    Span,
    Sub,
    Sup,
    Text,
    Words,
    words,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MARKS = re.compile(r"[*`^~$\[\\{]")  # a text without any of them needs no parser
ESCAPED = re.compile(r"\\([*`^~$])")
MATH = re.compile(rf"{DOLLAR}({FORMULA})\$(?!\d)")
DOUBLED = re.compile(rf"\$(?=[^$]*\$[^$]*[^\W_]){DOLLAR}({FORMULA})\$\$(?!\$)")  # not "$$–$$"
# `$\theta` in a basic string of TOML: a formula that may begin with white space, but not behind "5"
BROKEN_MATH = re.compile(r"(?<!\d)" + MATH.pattern.replace(r"(?![\s$])", r"(?![ $])"))
BARE = r"[^\s()<>\"\\]"
PAIR = rf"\({BARE}*+\)"
PAIRS = rf"\((?>(?:{BARE}|{PAIR})*)\)"  # an address may hold parentheses if each has its other
LINK = re.compile(rf"\[([^\[\]]+)\]\((https://(?>(?:{BARE}|{PAIRS})+))\)")
RAISED = {
    "^": (re.compile(r"\^([^\s^]+)\^"), "sup"),
    "~": (re.compile(r"~([^\s~]+)~"), "sub"),
}
DEEPEST = 50  # marks within marks; beyond it a text comes out as it was typed


def parse(value: str, *, with_gaps: bool = False) -> Text:
    """Return the text that an author's `value` stands for."""
    return parse_normal(normal(value), with_gaps=with_gaps)


def parse_normal(value: str, *, with_gaps: bool) -> Text:
    """Return the text that a value stands for of which `normal` would change nothing."""
    if not MARKS.search(value):
        return words(value)
    return flat(value, with_gaps=with_gaps) or _nested(value, with_gaps=with_gaps)


def _nested(value: str, *, with_gaps: bool) -> Text:
    """Return the text of a normal value, whatever stands in it."""
    md = _parser()
    tokens = md.inline.parse(value, md, {"gaps": with_gaps}, [])
    return words(value) if _too_deep(tokens) else _tree(iter(tokens))


def broken_math(value: str) -> bool:
    """Tell whether a formula holds a tab or a new line: most likely an unescaped TOML backslash."""
    return any(re.search(r"[\t\n\r]", formula[1]) for formula in BROKEN_MATH.finditer(value))


# ---------------------------------------------------------------------------- tokens -> tree


def _tree(tokens: Iterator[Token], until: str = "") -> Text:
    """Return the tokens up to the closing one as nodes; no two of text are neighbours."""
    out: list[Inline] = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "text":
            if token.content:
                out.append(Words(token.content))
        elif token.type == "code_inline":
            out.append(Code(token.content))
        elif token.type == "math":
            out.append(Math(token.content))
        else:
            inside = _tree(tokens, token.type.replace("_open", "_close"))
            out.append(_span(token, inside))
    return tuple(out)


def _too_deep(tokens: Sequence[Token]) -> bool:
    """Tell whether marks stand in marks to a depth that no reader follows, nor Python's stack."""
    return max(accumulate(token.nesting for token in tokens), default=0) > DEEPEST


def _span(token: Token, inside: Text) -> Span:
    match token.type:
        case "strong_open":
            return Bold(inside)
        case "em_open":
            return Italic(inside)
        case "sub_open":
            return Sub(inside)
        case "sup_open":
            return Sup(inside)
        case "link_open":
            return Link(inside, str(token.meta["url"]))
        case _:
            number, hint = token.meta["number"], token.meta["hint"]
            return Gap(inside, number, hint, given=number > 0)


# ---------------------------------------------------------------------------- the rules


@cache
def _parser() -> MarkdownIt:
    """Return markdown-it with our rules alone. Imported on demand: most texts hold no mark."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("zero", {"maxNesting": 40})
    md.enable(["backticks", "emphasis", "balance_pairs"])
    md.inline.ruler.at("emphasis", _emphasis)
    ours: tuple[tuple[str, Callable[[StateInline, bool], bool]], ...] = (
        ("marks_escaped", _escape),
        ("gap", _gap),
        ("math", _math),
        ("raised", _raised),
        ("https_link", _link),
    )
    for name, rule in ours:
        md.inline.ruler.before("backticks", name, rule)
    return md


def _literal(state: StateInline, silent: bool, characters: str, length: int) -> bool:
    if not silent:
        state.append_pending(characters)
    state.pos += length
    return True


def _nest(state: StateInline, name: str, start: int, end: int, **meta: object) -> None:
    """Read src[start:end] as the inside of a span; marks cannot reach over its edges."""
    state.push(f"{name}_open", "", 1).meta = dict(meta)
    after, state.posMax, state.pos = state.posMax, end, start
    state.md.inline.tokenize(state)
    state.posMax = after
    state.push(f"{name}_close", "", -1)


def _escape(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if src[pos] != "\\":
        return False
    mark = ESCAPED.match(src, pos, state.posMax)
    if mark:
        return _literal(state, silent, mark[1], 2)
    if LINK.match(src, pos + 1, state.posMax):
        return _literal(state, silent, "[", 2)
    if state.env["gaps"] and src[pos + 1 : pos + 3] in ("{{", "}}"):
        return _literal(state, silent, src[pos + 1 : pos + 3], 3)
    return _literal(state, silent, "\\", 1)


def _gap(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if not state.env["gaps"] or not src.startswith("{{", pos):
        return False
    end = _gap_end(state, pos + 2)
    if end < 0:
        return _literal(state, silent, "{{", 2)
    if not silent:
        start, number, stop, hint = pos + 2, 0, end, ""
        explicit = NUMBERED.match(src, start, end)
        if explicit:
            start, number = explicit.end(), int(explicit[1])
            stop = _seek(state, start, end, "::")
            hint = src[stop + 2 : end].strip()
        _nest(state, "gap", start, stop, number=number, hint=hint)
    state.pos = end + 2
    return True


def _gap_end(state: StateInline, start: int) -> int:
    """Return where the gap's `}}` stands, or -1 if it has none before the next gap begins."""
    src = state.src
    if src.find("}}", start, state.posMax) < 0:
        return -1
    end = _seek(state, start, state.posMax, "}}", "{{")
    if end == start or not src.startswith("}}", end):
        return -1
    while src.count("{", start, end) > src.count("}", start, end) and src[end + 2 :][:1] == "}":
        end += 1  # `{{{x}}}` is a gap that holds `{x}`
    return end


def _seek(state: StateInline, start: int, end: int, *marks: str) -> int:
    """Return where one of the marks first stands, not counting code and formulas; else the end."""
    here, limit = state.pos, state.posMax
    state.pos, state.posMax = start, end
    while state.pos < end and not state.src.startswith(marks, state.pos, end):
        state.md.inline.skipToken(state)
    found, state.pos, state.posMax = state.pos, here, limit
    return found


def _math(state: StateInline, silent: bool) -> bool:
    src, start, end = state.src, state.pos, state.posMax
    formula = MATH.match(src, start, end) or DOUBLED.match(src, start, end)
    if not formula:
        return False
    if not silent:
        state.push("math", "", 0).content = formula[1]
    state.pos = formula.end()
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    pattern, name = RAISED.get(state.src[state.pos], (None, ""))
    inside = pattern.match(state.src, state.pos, state.posMax) if pattern else None
    if not inside or inside[1].count("{{") != inside[1].count("}}"):  # it would cut a gap
        return False
    if not silent:
        _nest(state, name, inside.start(1), inside.end(1))
    state.pos = inside.end()
    return True


def _link(state: StateInline, silent: bool) -> bool:
    link = LINK.match(state.src, state.pos, state.posMax)
    if not link:
        return False
    if not silent:
        _nest(state, "link", link.start(1), link.end(1), url=link[2])
    state.pos = link.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Push the stars of one run as delimiters; markdown-it pairs them."""
    from markdown_it.rules_inline.state_inline import Delimiter

    src, start = state.src, state.pos
    if silent or src[start] != "*":
        return False
    end = start
    while end < state.posMax and src[end] == "*":
        end += 1
    before = src[start - 1] if start else " "
    after = src[end] if end < len(src) else " "
    for _ in range(end - start):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=_apart(before) and not after.isspace(),
                close=_apart(after) and not before.isspace(),
            )
        )
    state.pos = end
    return True


def _apart(character: str) -> bool:
    """Tell whether a mark may stand next to this character: white space or punctuation."""
    return character.isspace() or unicodedata.category(character)[0] in "PS"
