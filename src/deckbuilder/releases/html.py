"""The HTML of Anki's fields and cards, as `writers/apkg/html.py` makes it -> what is read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from html.parser import HTMLParser

from deckbuilder.slots import dataclass
from deckbuilder.text.raised import script

BLOCKS = {"div", "p", "ul", "ol", "li", "hr", "br", "details", "summary", "table", "tr", "th", "td"}
EMPTY = {"hr", "br", "img", "input", "link", "meta", "source", "wbr"}
DEEPEST = 100  # elements within elements; what is deeper is read as if it were not
UNREAD = {"script", "style"}
SCRIPTS = {"sup", "sub"}
# a picture or a sound, and its name; another program may have put attributes before it
FILE = re.compile(r'(<img\b[^<>]*?\ssrc=")([^"<>]+)|(\[sound:)([^\[\]]+)')
GAP = re.compile(r"\{\{c(\d{1,3})::([^{}]*)\}\}")  # the writer escapes braces, and `::`
FORMULA = re.compile(r"\\[()\[\]]")
# a gap that is asked for, as Anki marks it; the word that marks it; where a tag may be none
ASKED = re.compile(r'<span class="cloze"(?: data-cloze="[^"<>]*")? data-ordinal="\d+">')
MARKED = re.compile(r"cloze(?<![\w-]cloze)(?![\w-])")
ODD = re.compile(r"<(?:[!?]|script|style|[^<>]*<)", re.IGNORECASE)
TABLE = re.compile("<table", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")


@dataclass(slots=True)
class Element:
    """An element of a page, its children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names that a style sheet knows it by."""
        return self.attributes.get("class", "").split()

    def inside(self) -> Iterator[Element]:
        """Yield each element within this one, in order."""
        ahead = [self]
        while ahead:
            element = ahead.pop()
            if element is not self:
                yield element
            ahead += [c for c in reversed(element.children) if isinstance(c, Element)]


class _Reader(HTMLParser):
    """Builds elements; what is not closed, or closed twice, does no harm."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in EMPTY and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(html: str) -> Element:
    """Return the root of a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def words(html: str | Element) -> str:
    """Return what is read of a piece of HTML, on one line; a formula as its TeX.

    What is raised or lowered is so here, too: 10⁹ is not 109.
    """
    parts: list[str] = []
    ahead: list[Element | str] = [page(html) if isinstance(html, str) else html]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            parts.append(part)
        elif part.tag in SCRIPTS:
            parts.append(script(words(Element("", {}, part.children)), raised=part.tag == "sup"))
        elif part.tag not in UNREAD:
            apart = [" "] * (part.tag in BLOCKS)
            ahead += [*apart, *reversed(part.children), *apart]
    return " ".join(FORMULA.sub("", "".join(parts)).split())


def files_in(field: str) -> list[str]:
    """Return the names of the pictures and sounds of a field."""
    return [file[2] or file[4] for file in FILE.finditer(field)]


def with_files(field: str, name: Callable[[str], str]) -> str:
    """Return a field whose pictures and sounds have other names."""
    return FILE.sub(lambda file: (file[1] or file[3]) + name(file[2] or file[4]), field)


def without_gaps(field: str) -> str:
    """Return the HTML of a field with each gap filled in."""
    return GAP.sub(lambda gap: gap[2].partition("::")[0], field)


def gaps(field: str) -> dict[int, str]:
    """Return what a field asks for, by the number of the gap; gaps of one number together."""
    asked: dict[int, list[str]] = {}
    for gap in GAP.finditer(field):
        asked.setdefault(int(gap[1]), []).append(words(gap[2].partition("::")[0]))
    return {number: " ".join(parts) for number, parts in sorted(asked.items())}


def answer(back: str) -> str:
    """Return what the back of a card gives as the answer: its gaps, its back, or what is below."""
    root = page(_asked(back))
    asked = [e for e in root.inside() if "cloze" in e.classes]
    if asked:
        return " ".join(map(words, asked))
    told = [e for e in root.inside() if "back" in e.classes]
    if told:
        return " ".join(map(words, told))
    _, _, below = back.partition("<hr id=answer>")
    return words(below or back)


def _asked(html: str) -> str:
    """Return the gaps of a page that it asks for; all of it where they are not as Anki has them.

    To read a whole table for each of its gaps would take the square of its size.
    """
    found = [_element(html, gap.start()) for gap in _sure(html)]
    return "".join(found) if found and all(found) else html


def _sure(html: str) -> list[re.Match[str]]:
    """Return where the gaps begin that a page asks for, if no other reading of it is possible."""
    asked = [*ASKED.finditer(html)]
    odd = "='" in html or ODD.search(html) or len(asked) != len(MARKED.findall(html))
    return [] if odd else asked


def _element(html: str, start: int) -> str:
    """Return the element that begins there; "" if one in it is not closed, or closed twice."""
    ahead: list[str] = []
    for tag in TAG.finditer(html, start):
        if not tag[1]:
            ahead += [tag[2]] if tag[2] not in EMPTY else []
        elif ahead.pop() != tag[2]:
            return ""
        if not ahead:
            return html[start : tag.end()]
    return ""


def cell(front: str) -> tuple[str, str] | None:
    """Return the heads of the row and the column that a front asks about; None if no table's."""
    for table in page(_around(front)).inside():
        if table.tag != "table":
            continue
        rows = [
            [entry for entry in row.inside() if entry.tag in ("th", "td")]
            for row in table.inside()
            if row.tag == "tr"
        ]
        for row in rows:
            for column, entry in enumerate(row):
                if any("cloze" in inner.classes for inner in entry.inside()):
                    head = rows[0][column] if column < len(rows[0]) else entry
                    return words(row[0]), words(head)
    return None


def _around(html: str) -> str:
    """Return the first row of a table, and the row with the gap that a page asks for.

    All of it where they are not as we write them; nothing where it has no table.
    """
    if not TABLE.search(html):
        return ""
    asked = _sure(html)
    if len(asked) != 1 or len(TABLE.findall(html)) != 1:
        return html
    gap = asked[0].start()
    table, row, ends = html.find("<table>"), html.rfind("<tr>", 0, gap), html.find("</table>")
    first, last = html.find("</tr>", table), html.find("</tr>", row)
    if not 0 <= table < row < gap < last < ends or html.count("<tr") != html.count("</tr>"):
        return html
    return f"{html[table:first]}</tr>{html[row:last]}"
