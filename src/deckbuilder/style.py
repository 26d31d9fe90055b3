"""The author's style sheet as bytes -> what is added to ours, and what must not be in it.

Cards are looked at offline, by people who trust the deck: nothing may be fetched, nothing run, and
the sheet may not end the `<style>` that Anki puts it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from deckbuilder.media.medium import Asset
from deckbuilder.model import Deck
from deckbuilder.problems import Problem

HOLD_RULES = {"container", "keyframes", "-webkit-keyframes", "layer", "media", "supports"}
HOLD_DECLARATIONS = {"counter-style", "font-face", "property"}
FETCH_OR_RUN = {"src", "image", "image-set", "-webkit-image-set", "expression"}  # and url()
EMBEDDED = ("data:image/", "data:font/")
DEEPEST = 32  # brackets in brackets; who reads such a sheet has no limit of its own

Faults = Iterator[tuple[str, str]]  # line:column, what is wrong there


def text(style: Asset | None) -> str:
    """Return what a deck's style sheet adds to ours; "" if there is none.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return style.data.decode("utf-8-sig").replace("\r\n", "\n") if style else ""


def check(deck: Deck) -> tuple[Problem, ...]:
    """Return what is wrong with a deck's style sheet, whose bytes have been read."""
    if deck.style is None:
        return ()
    name, place = deck.style.path, deck.source.place(deck.style.at)
    try:
        css = text(deck.style)
    except UnicodeDecodeError:
        hint = "save it as UTF-8 in your editor"
        return (Problem("bad-style", f"`{name}` is not written in UTF-8", place, hint),)
    out = 'take it out; a picture can stand in the style sheet itself: url("data:image/…")'
    unsafe = tuple(
        Problem("unsafe-style", f"`{name}:{at}` {message}", place, out)
        for at, message in _unsafe(css)
    )
    return unsafe or tuple(
        Problem("bad-style", f"`{name}:{at}` {message}", place, "mend the style sheet there")
        for at, message in _misread(css)
    )


# ---------------------------------------------------------------------------- what must not be


def _unsafe(css: str) -> Faults:
    """Find what fetches, runs or ends the sheet, however deep."""
    import tinycss2

    before, end, _ = css.partition("</")
    if end:
        *above, line = before.split("\n")
        yield f"{len(above) + 1}:{len(line) + 1}", "has `</`, which would end the style of the page"
    for _, node in _walk(tinycss2.parse_component_value_list(css)):
        if node.type == "at-keyword" and node.lower_value == "import":
            yield _at(node), "would fetch another style sheet"
        elif node.type == "function" and node.lower_name in FETCH_OR_RUN:
            yield _at(node), f"uses `{node.name}()`, which may fetch something, or run it"
        else:
            for address in _addresses(node):
                if not address.strip().lower().startswith(EMBEDDED):
                    yield _at(node), f"would fetch `{address[:60]}`"


def _addresses(node: Any) -> Iterator[str]:
    if node.type == "url":
        yield node.value
    elif node.type == "function" and node.lower_name == "url":
        yield from (inner.value for inner in node.arguments if inner.type == "string")


# ---------------------------------------------------------------------------- what cannot be read


def _misread(css: str) -> Faults:
    """Find what a browser would pass over, and what lies too deep to be looked at."""
    import tinycss2

    for depth, node in _walk(tinycss2.parse_component_value_list(css)):
        if depth > DEEPEST:
            yield _at(node), f"has more than {DEEPEST} brackets within each other"
            return
        if node.type == "error":
            yield _at(node), "cannot be read as CSS"
    found = list(
        _no_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    )
    yield from found
    # a rule at the very end is one of its own, unless something before it was left open
    *_, last = tinycss2.parse_stylesheet(f"{css}\nend {{}}", skip_whitespace=True)
    whole = last.type == "qualified-rule" and tinycss2.serialize(last.prelude).strip() == "end"
    if not found and not whole:
        yield _at(last), "begins what never ends: a bracket, a quotation mark or a `;` is missing"


def _no_rules(nodes: Iterable[Any]) -> Faults:
    import tinycss2

    for node in nodes:
        inner = getattr(node, "content", None) or ()
        if node.type == "error":
            yield _at(node), "cannot be read as CSS"
        elif node.type == "qualified-rule":
            yield from _no_rules(tinycss2.parse_blocks_contents(inner, True, True))
        elif node.type == "at-rule" and node.lower_at_keyword in HOLD_RULES:
            yield from _no_rules(tinycss2.parse_rule_list(inner, True, True))
        elif node.type == "at-rule" and node.lower_at_keyword in HOLD_DECLARATIONS:
            yield from _no_rules(tinycss2.parse_blocks_contents(inner, True, True))
        elif node.type == "at-rule":
            yield _at(node), f"has `@{node.at_keyword}`, which no card can use"


# ---------------------------------------------------------------------------- the parser's nodes


def _walk(nodes: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Yield every node, however deep, with its depth; without recursion, as there may be many."""
    waiting = [(1, node) for node in reversed(list(nodes))]
    while waiting:
        depth, node = waiting.pop()
        yield depth, node
        inner = getattr(node, "content", None) or getattr(node, "arguments", None) or ()
        waiting += [(depth + 1, each) for each in reversed(inner)]


def _at(node: Any) -> str:
    return f"{node.source_line}:{node.source_column}"
