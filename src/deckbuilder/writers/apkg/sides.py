"""Content with gaps -> the HTML of the two sides of each of its cards, as `cards` has them.

What a card does not ask for is the same on all of them: it is made once, and put together anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Content, Items, each_gap, texts
from deckbuilder.text.tree import Gap, blank, gaps
from deckbuilder.writers.apkg.html import escape, render, render_content

# braces, which `escape` lets no character through as
HOLE = Gap(())
MARK = render((HOLE,))
CUT = "{}"  # behind a blank in an ordered list


def sides(content: Content) -> Iterator[tuple[str, str]]:
    """Yield the front of each card, and its back with the answer in bold, by their numbers."""
    held: dict[int, list[tuple[int, str]]] = {}  # by number: where each gap stands, and its blank
    around = render_content(each_gap(content, lambda _: (HOLE,))).split(MARK)
    whole = around[:1]
    for gap, ordered in _gaps(content):
        held.setdefault(gap.number, []).append((len(whole), escape(blank(gap)) + CUT * ordered))
        whole += render(gap.inside), around[len(whole) // 2 + 1]
    for _, places in sorted(held.items()):
        asked, told = whole[:], whole[:]
        for at, empty in places:
            asked[at], told[at] = empty, f"<b>{whole[at]}</b>"
        yield _without_later("".join(asked)), "".join(told)


def _gaps(content: Content) -> Iterator[tuple[Gap, bool]]:
    """Yield each gap, and whether it is in an ordered list."""
    for block in content:
        ordered = isinstance(block, Items) and block.ordered
        yield from ((gap, ordered) for text in texts((block,)) for gap in gaps(text))


def _without_later(front: str) -> str:
    """Cut an ordered list behind the item that is asked for: what follows would give it away."""
    before, found, after = front.partition(CUT)
    if not found:
        return front
    item, end, later = after.partition("</li>")
    _, close, rest = later.partition("</ol>")
    return before + item + end + close + _without_later(rest)
