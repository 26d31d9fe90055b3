"""Content with gaps and its HTML -> that of both sides of each of its cards, as `cards` has them.

What a card does not ask for is the same on all of them: it is made once, and put together anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Content, Items, gaps_in
from deckbuilder.text.tree import Gap, blank
from deckbuilder.writers.apkg.html import escape, render

CUT = "{}"  # behind a blank in an ordered list; `escape` lets no brace of an author through
BLANK = escape(blank(Gap(())))  # of nearly every gap


def sides(content: Content, html: str) -> Iterator[tuple[str, str]]:
    """Yield the front of each card, and its back with the answer in bold, by their numbers."""
    whole: list[str] = []  # the HTML with all gaps filled in, cut before and behind each
    held: dict[int, list[tuple[int, str]]] = {}  # by number: where each gap stands, and its blank
    end = 0
    for gap, ordered in _gaps(content):
        inside = render(gap.inside)
        start = html.index("{{c", end)
        whole += html[end:start], inside
        end = html.index("}}", html.index("::", start) + len("::") + len(inside)) + len("}}")
        empty = escape(blank(gap)) if gap.hint else BLANK
        place = len(whole) - 1, empty + CUT if ordered else empty
        held.setdefault(gap.number, []).append(place)
    whole.append(html[end:])
    for _, places in sorted(held.items()):
        asked, told = whole[:], whole[:]
        for at, empty in places:
            asked[at], told[at] = empty, f"<b>{whole[at]}</b>"
        yield _without_later("".join(asked)), "".join(told)


def _gaps(content: Content) -> Iterator[tuple[Gap, bool]]:
    """Yield each gap, and whether it is in an ordered list."""
    for block in content:
        ordered = isinstance(block, Items) and block.ordered
        yield from ((gap, ordered) for gap in gaps_in((block,)))


def _without_later(front: str) -> str:
    """Cut an ordered list behind the item that is asked for: what follows would give it away."""
    before, found, after = front.partition(CUT)
    if not found:
        return front
    item, end, later = after.partition("</li>")
    _, close, rest = later.partition("</ol>")
    return before + item + end + close + _without_later(rest)
