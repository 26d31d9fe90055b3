"""Elements, and what was painted of each -> the structure tree as objects of a file.

ReportLab's own dictionaries cost several times as much, and a long deck has 60,000 elements. Each
is looked at a fixed number of times, so the cost grows in step with the sheet.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.elements import (
    FIRST,
    MORE,
    PAGE,
    Annotation,
    Attributes,
    Content,
    Described,
    Element,
    Stretch,
)
from deckbuilder.writers.pdf.rl import pdfdoc

Array, Dict, Name, String = (
    pdfdoc.PDFArray,
    pdfdoc.PDFDictionary,
    pdfdoc.PDFName,
    pdfdoc.PDFString,
)
FIRST_LINK = 1_000_000  # keys of links in the parent tree, beyond those of pages
LONGEST = 32_767 - 5  # bytes of text in a string, besides its byte order mark and an ellipsis

Object = tuple[int, str]  # its number, and how it stands in a file


class Painted(NamedTuple):
    """How many marked sequences each page has; the element of each hot area."""

    marked: Sequence[int]
    linked: Sequence[Element]


def fresh(document: Any) -> int:
    """Return the number of a new object."""
    number: int = document.objectcounter + 1
    document.objectcounter = number
    return number


def structure(document: Any, own: int, root: Element, painted: Painted) -> Iterator[Object]:
    """Yield all that the structure tree leads to, and the tree of the number `own` as the last.

    The elements that were painted are in it, and those that hold them; the others are left out.
    """
    pages = [formatted(document.Reference(page), document) for page in document.Pages.pages]
    writer = _Writer(document, pages, painted.marked)
    yield from writer.write(root, f"{own} 0 R")
    entries: list[str] = []
    for page, parents in enumerate(writer.parents):
        entries.append(f"{page} {(number := fresh(document))} 0 R")
        yield number, f"[{' '.join([f'{parent} 0 R' for parent in parents])}]"
    for number, element in enumerate(painted.linked, FIRST_LINK):
        entries.append(f"{number} {element.number} 0 R")
    yield (last := fresh(document)), f"<</Nums [{' '.join(entries)}]>>"
    tree = (
        f"<</Type /StructTreeRoot /K [{root.number} 0 R] /ParentTree {last} 0 R"
        f" /ParentTreeNextKey {FIRST_LINK + len(painted.linked)}>>"
    )
    yield own, tree


@dataclass(slots=True)
class _Begun:
    """An element that has its number: what is in it so far, what is to follow."""

    element: Element
    name: str
    holder: str
    to_come: Iterator[Content]
    kids: list[str]
    home: int | None = None  # the page that it begins on


class _Writer:
    """Writes elements as objects of a file, numbered in reading order.

    `pages` are the references of the pages, `marked` says how many marked sequences each has;
    `parents`: the number of the element of each.
    """

    def __init__(self, document: Any, pages: Sequence[str], marked: Sequence[int]) -> None:
        self.document, self.pages = document, pages
        self.parents = [array("I", [0]) * count for count in marked]
        self.attributes: dict[int, str] = {}  # by the identity of what many elements share

    def write(self, root: Element, holder: str) -> Iterator[Object]:
        """Write an element and all in it: first what is in its text, then the declared ones."""
        waiting = [self._begin(root, holder)]
        while waiting:
            last = waiting[-1]
            for item in last.to_come:
                if not isinstance(item, Element):
                    self._note(item, last)
                elif text := self._leaf(item, last.name):
                    last.kids.append(f"{item.number} 0 R")
                    yield item.number, text
                else:
                    waiting.append(self._begin(item, last.name))
                    break
            else:
                waiting.pop()
                if not last.kids and waiting:  # nothing of it was painted
                    continue
                yield last.element.number, self._text(last)
                if waiting:
                    waiting[-1].kids.append(last.name)

    def _leaf(self, element: Element, holder: str) -> str:
        """Write an element that is one stretch of a page, as most are."""
        item = element.content
        if not isinstance(item, int) or element.first or element.attributes:
            return ""
        if isinstance(element, Described):
            return ""
        element.number = fresh(self.document)
        return (
            f"<</Type /StructElem /S /{element.role} /P {holder}"
            f" /K [{self._kids(item, element)}] /Pg {self.pages[item >> PAGE]}>>"
        )

    def _kids(self, item: Stretch, parent: Element) -> str:
        """Return the numbers of a stretch; note whose they are."""
        parents, first, more = self.parents[item >> PAGE], item & FIRST, item >> MORE & FIRST
        parents[first] = parent.number
        if not more:  # nearly always
            return str(first)
        kids = range(first, first + more + 1)
        for number in kids:
            parents[number] = parent.number
        return " ".join(map(str, kids))

    def _begin(self, element: Element, holder: str) -> _Begun:
        element.number = fresh(self.document)
        to_come = chain(element.painted, element.released())
        element.content = None  # it holds no more than it must, and nothing that it is held by
        return _Begun(element, f"{element.number} 0 R", holder, to_come, [])

    def _note(self, item: Stretch | Annotation, within: _Begun) -> None:
        """Note a stretch of a page, or a link's hot area, as part of an element."""
        page = item >> PAGE if isinstance(item, int) else item.page
        within.home = page if within.home is None else within.home
        if isinstance(item, Annotation):
            target = formatted(self.document.refAnnotation(item.name), self.document)
            within.kids.append(f"<</Type /OBJR /Pg {self.pages[page]} /Obj {target}>>")
            return
        kids = self._kids(item, within.element)
        if page != within.home:
            about = f"/Type /MCR /Pg {self.pages[page]}"
            kids = " ".join([f"<<{about} /MCID {number}>>" for number in kids.split()])
        within.kids.append(kids)

    def _text(self, done: _Begun) -> str:
        element = done.element
        more = "" if done.home is None else f" /Pg {self.pages[done.home]}"
        if element.alt or element.actual or element.attributes:
            more += self._said(element)
        return (
            f"<</Type /StructElem /S /{element.role} /P {done.holder}"
            f" /K [{' '.join(done.kids)}]{more}>>"
        )

    def _said(self, element: Element) -> str:
        """Return what is said of an element beside what is in it."""
        said = ""
        if element.alt:
            said += f" /Alt {formatted(String(_fitting(element.alt)), self.document)}"
        if element.actual:
            said += f" /ActualText {formatted(String(_fitting(element.actual)), self.document)}"
        if element.attributes:
            shared = id(element.attributes)
            if shared not in self.attributes:
                self.attributes[shared] = formatted(_attributes(element.attributes), self.document)
            said += f" /A {self.attributes[shared]}"
        return said


def formatted(value: Any, document: Any) -> str:
    """Return what is ReportLab's as it stands in a file."""
    text: bytes = value.format(document)
    return text.decode("ascii")


def _attributes(of: Attributes) -> Any:
    return Array([
        Dict({"O": Name(owner), **{key: _value(value) for key, value in values.items()}})
        for owner, values in of.items()
    ])  # fmt: skip


def _value(value: object) -> Any:
    if isinstance(value, str):
        return Name(value)
    return Array(value) if isinstance(value, (list, tuple)) else value


def _fitting(text: str) -> str:
    """Return the text, cut where no string may be longer (ISO 19005-3, 6.1.13)."""
    units = text.encode("utf-16-be")
    if len(units) <= LONGEST:
        return text
    return units[:LONGEST].decode("utf-16-be", errors="ignore") + "…"
