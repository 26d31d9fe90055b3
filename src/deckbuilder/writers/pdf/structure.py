"""Elements, and what was painted of each -> the structure tree as objects of a file.

ReportLab's own dictionaries cost several times as much, and a long deck has 60,000 elements. Each
is looked at a fixed number of times, so the cost grows in step with the sheet.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from deckbuilder.writers.pdf.elements import (
    FIRST,
    MORE,
    PAGE,
    Annotation,
    Attributes,
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

Keep = Callable[[int, str], None]  # takes an object: its number, and how it stands in a file


class Painted(NamedTuple):
    """How many marked sequences each page has; the element of each hot area."""

    marked: Sequence[int]
    linked: Sequence[Element]


def fresh(document: Any) -> int:
    """Return the number of a new object."""
    number: int = document.objectcounter + 1
    document.objectcounter = number
    return number


def structure(document: Any, own: int, root: Element, painted: Painted, keep: Keep) -> None:
    """Hand on all that the structure tree leads to, and the tree of the number `own` as the last.

    The elements that were painted are in it, and those that hold them; the others are left out.
    """
    pages = [formatted(document.Reference(page), document) for page in document.Pages.pages]
    writer = _Writer(document, pages, painted.marked, keep)
    writer.write(root, f"{own} 0 R")
    entries: list[str] = []
    for page, parents in enumerate(writer.parents):
        entries.append(f"{page} {(number := fresh(document))} 0 R")
        keep(number, f"[{' 0 R '.join(map(str, parents))} 0 R]" if parents else "[]")
    for number, element in enumerate(painted.linked, FIRST_LINK):
        entries.append(f"{number} {element.number} 0 R")
    keep(last := fresh(document), f"<</Nums [{' '.join(entries)}]>>")
    tree = (
        f"<</Type /StructTreeRoot /K [{root.number} 0 R] /ParentTree {last} 0 R"
        f" /ParentTreeNextKey {FIRST_LINK + len(painted.linked)}>>"
    )
    keep(own, tree)


class _Writer:
    """Writes elements as objects of a file, numbered in reading order.

    `pages` are the references of the pages, `marked` says how many marked sequences each has;
    `parents`: the number of the element of each.
    """

    def __init__(
        self, document: Any, pages: Sequence[str], marked: Sequence[int], keep: Keep
    ) -> None:
        self.document, self.keep = document, keep
        self.homes = [f" /Pg {page}" for page in pages]  # as an element says where it begins
        self.parents = [array("I", [0]) * count for count in marked]
        self.attributes: dict[int, str] = {}  # by the identity of what many elements share

    def write(self, element: Element, holder: str) -> str:
        """Write an element and all in it: first what is in its text, then the declared ones.

        Return its name; nothing if nothing of it was painted, and so it was not written.
        """
        number = element.number = fresh(self.document)
        name, content, home = f"{number} 0 R", element.content, ""
        if type(content) is int and not element.first:  # one stretch of a page, as most are
            kids, home = self._kids(content, number), self.homes[content >> PAGE]
        else:
            kids, page = self._inside(element, name)
            if not kids:
                return ""
            if page is not None:
                home = self.homes[page]
        if element.attributes or type(element) is Described:
            home += self._said(element)
        self.keep(number, f"<</Type /StructElem /S /{element.role} /P {holder} /K [{kids}]{home}>>")
        return name

    def _inside(self, element: Element, name: str) -> tuple[str, int | None]:
        """Write what is in an element; return it as its kids, and the page that it begins on."""
        kids, home = list[str](), None
        painted = element.painted if element.content is not None else ()  # half of them have none
        element.content = None  # it holds no more than it must, and nothing that it is held by
        for item in painted:
            if isinstance(item, Element):
                kids.append(self.write(item, name))
                continue
            page = item >> PAGE if isinstance(item, int) else item.page
            home = page if home is None else home
            kids.append(self._noted(item, element.number, here=page == home))
        child = element.release()
        while child:
            kid = self.write(child, name)
            if kid:
                kids.append(kid)
            child = child.next
        return " ".join(kids), home

    def _noted(self, item: Stretch | Annotation, number: int, *, here: bool) -> str:
        """Return a stretch of a page, or a link's hot area, as a kid of an element.

        `here`: whether that is on the page that the element begins on.
        """
        if isinstance(item, Annotation):
            target = formatted(self.document.refAnnotation(item.name), self.document)
            return f"<</Type /OBJR{self.homes[item.page]} /Obj {target}>>"
        kids = self._kids(item, number)
        if here:
            return kids
        about = f"/Type /MCR{self.homes[item >> PAGE]}"
        return " ".join([f"<<{about} /MCID {number}>>" for number in kids.split()])

    def _kids(self, item: Stretch, parent: int) -> str:
        """Return the numbers of a stretch; note whose they are."""
        parents, first, more = self.parents[item >> PAGE], item & FIRST, item >> MORE & FIRST
        parents[first] = parent
        if not more:  # nearly always
            return str(first)
        kids = range(first, first + more + 1)
        for number in kids:
            parents[number] = parent
        return " ".join(map(str, kids))

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
