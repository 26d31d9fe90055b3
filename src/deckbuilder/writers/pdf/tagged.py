"""Elements in reading order, and paint marked as theirs -> tagged pages (PDF/UA-1, ISO 14289-1).

The logical structure is declared with the story, as a tree of `Element`s; drawing only records
which marks of which page belong to which element. What is painted outside a `tag` block is an
artifact, so rules, tints and running heads need no care.
"""

from __future__ import annotations

import hashlib
import string
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from deckbuilder.writers.pdf.fonts import font
from deckbuilder.writers.pdf.pen import Pen
from deckbuilder.writers.pdf.rl import Canvas, TimeStamp, pdfdoc
from deckbuilder.writers.pdf.runs import Run

Array, Dict, Name, String = (
    pdfdoc.PDFArray,
    pdfdoc.PDFDictionary,
    pdfdoc.PDFName,
    pdfdoc.PDFString,
)
FIRST_LINK = 1_000_000  # keys of links in the parent tree, beyond those of pages
LONGEST = 32_767 - 5  # bytes of text in a string, besides its byte order mark and an ellipsis
CREATOR, PRODUCER = "deckbuilder", "deckbuilder, with ReportLab"


class Element:
    """A structure element: its role, its children, and what a screen reader says of it (`alt`).

    `actual`: the words themselves, where their letters are drawn as others, in capitals.
    Children are declared with `add`; an `inline` element (a link within a paragraph) is not, it
    comes where its parent's text has come to when it is first painted.
    """

    def __init__(
        self,
        role: str,
        parent: Element | None = None,
        *,
        alt: str = "",
        actual: str = "",
        attributes: dict[str, dict[str, object]] | None = None,
        inline: bool = False,
    ) -> None:
        self.role, self.parent, self.inline = role, parent, inline
        self.alt, self.actual = alt, actual
        self.attributes = attributes or {}
        self.children: list[Element] = []

    def add(self, role: str, **more: Any) -> Element:
        """Append a child and return it."""
        self.children.append(Element(role, self, **more))
        return self.children[-1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's content, by the number it has there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's hot area, by its name in the file."""

    page: int
    name: str


Content = Mark | Annotation | Element


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself. `keywords` name the build; `time`: seconds since 1970."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    time: int


class TaggedCanvas(Canvas):
    """A canvas whose pages carry the structure `root`."""

    def __init__(self, out: Any, root: Element, about: About, paper: tuple[float, float]) -> None:
        self._root, self._about = root, about
        self._content: dict[Element, list[Content]] = {}
        self._marked: list[list[Element]] = []  # by page, then by the mark's number
        self._linked: list[Element] = []  # by the number of the hot area
        self._urls: dict[Element, str] = {}
        self._open: Element | None = None
        self._bookmarks = 0
        super().__init__(
            out,
            pagesize=paper,
            pdfVersion=(1, 7),
            lang=about.language,
            invariant=1,
            initialFontName=font("Sans").fontName,  # else Helvetica, which is not embedded
        )
        self._pen = Pen(self._doc)
        # not the time of the environment or the clock: the same source gives the same bytes
        stamp = TimeStamp(1)
        stamp.YMDhms, stamp.dhh, stamp.dmm = pdf_time(about.time), 0, 0
        self._doc._timeStamp = stamp
        self._doc.signature = hashlib.md5(repr(about).encode(), usedforsecurity=False)
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject(about.subject)
        self.setKeywords(about.keywords)
        self.setCreator(CREATOR)
        self.setProducer(PRODUCER)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    @contextmanager
    def tag(self, element: Element) -> Iterator[None]:
        """Let all paint inside belong to the element."""
        outer, self._open = self._open, element
        if element.inline and element not in self._content:
            self._place(element)
        self._code.append(self._switch(element))
        yield
        self._open = outer
        self._code.append(self._switch(outer))

    def paint(self, element: Element, runs: Sequence[Run], x: float, y: float) -> None:
        """Write runs as part of an element that is not inline."""
        begin = self._switch(element)
        self._code += (begin, self._pen.write(runs, x, y), self._switch(self._open))

    def write(self, runs: Sequence[Run], x: float, y: float) -> None:
        """Write runs from `x` on, at the baseline `y`."""
        self._code.append(self._pen.write(runs, x, y))

    def _place(self, element: Element) -> None:
        """Note that an inline element comes where its parent's text has come to."""
        holder = element.parent
        assert holder
        if holder.inline and holder not in self._content:  # a formula alone in a link
            self._place(holder)
        self._content.setdefault(holder, []).append(element)

    def _switch(self, element: Element | None) -> str:
        """Return the operators that end the open sequence and begin the element's."""
        if element is None:
            return "EMC /Artifact BMC"
        page = self._pageNumber - 1
        while len(self._marked) <= page:
            self._marked.append([])
        number = len(self._marked[page])
        self._marked[page].append(element)
        self._content.setdefault(element, []).append(Mark(page, number))
        return f"EMC /{element.role} <</MCID {number}>> BDC"

    def link(self, element: Element, url: str, box: tuple[float, float, float, float]) -> None:
        """Make a box of the page lead to an address; `element` is the Link that holds its words.

        Words that go on in the next line, or on the next page, stay one Link with several boxes.
        """
        element = self._continued(element, url)
        self._urls[element] = url
        name, number = f"link{len(self._linked)}", len(self._linked)
        address = quote(url, safe=string.punctuation)  # ASCII alone: ISO 32000-1, 12.6.4.7
        target = Dict({"S": Name("URI"), "URI": String(address)})
        self._addAnnotation(
            Dict({
                "Type": Name("Annot"), "Subtype": Name("Link"), "Rect": Array(box),
                "F": 4,  # it prints: ISO 19005-3, 6.3.2
                "Border": Array([0, 0, 0]), "Contents": String(url), "A": target,
                "StructParent": FIRST_LINK + number,
            }),
            name,
        )  # fmt: skip
        self._content.setdefault(element, []).append(Annotation(self._pageNumber - 1, name))
        self._linked.append(element)

    def _continued(self, element: Element, url: str) -> Element:
        """Return the Link that a new one only goes on with, all that was painted now its own."""
        around = self._content[element.parent] if element.parent and element.inline else []
        before = around[-2] if around[-1:] == [element] and len(around) > 1 else None
        if not isinstance(before, Element) or self._urls.get(before) != url:
            return element
        around.pop()
        for part in self._content.pop(element):
            if isinstance(part, Mark):
                self._marked[part.page][part.number] = before
            elif isinstance(part, Element):
                part.parent = before
            self._content[before].append(part)
        return before

    def bookmark(self, level: int, title: str, top: float) -> None:
        """Let a line of the outline lead to this height of the page."""
        self._bookmarks += 1
        key = f"bookmark{self._bookmarks}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, level)

    def showPage(self) -> None:
        """End the page; all of it lies in exactly one marked sequence at a time."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        stream = f"/Artifact BMC\n{page.stream}EMC\n"
        page.stream = stream.replace("/Artifact BMC\nEMC ", "")
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._doc.Pages.pages) - 1, Name("S")

    def save(self) -> None:
        """Write the structure, then the file."""
        if len(self._code):
            self.showPage()
        self._write_structure()
        for page in self._doc.Pages.pages:
            self._doc.updateSignature(page.stream)  # the file's ID is that of its content
        super().save()

    def _write_structure(self) -> None:
        document, catalog = self._doc, self._doc.Catalog
        written = _Structure(document, self._content)
        root = written.add("")
        tree = written.write(self._root, root.reference)
        numbers = []
        for page, elements in enumerate(self._marked):
            parents = written.add(f"[{' '.join(map(written.reference, elements))}]")
            numbers.append(f"{page} {parents.reference}")
        for number, element in enumerate(self._linked, FIRST_LINK):
            numbers.append(f"{number} {written.reference(element)}")
        parent_tree = written.add(f"<</Nums [{' '.join(numbers)}]>>")
        root.text = (
            f"<</Type /StructTreeRoot /K [{tree}] /ParentTree {parent_tree.reference}"
            f" /ParentTreeNextKey {FIRST_LINK + len(self._linked)}>>"
        )
        catalog.StructTreeRoot = root
        catalog.MarkInfo = Dict({"Marked": "true"})


class _Object(pdfdoc.PDFObject):
    """An object of the file as it stands there; its `text` may come until the file is written.

    ReportLab's own dictionaries cost several times as much, and a long deck has 60,000 elements.
    """

    def __init__(self, text: str, document: Any) -> None:
        self.text = text
        document.Reference(self)
        self.reference = f"{document.objectcounter} 0 R"

    def format(self, document: Any) -> bytes:
        return self.text.encode("ascii")


class _Structure:
    """Writes the elements that were painted, and those that hold them; the others are left out.

    Each element is looked at a fixed number of times, so the cost grows in step with the sheet.
    """

    def __init__(self, document: Any, content: dict[Element, list[Content]]) -> None:
        self.document, self.content = document, content
        self.pages = [self._text(document.Reference(page)) for page in document.Pages.pages]
        self.objects: dict[Element, _Object] = {}
        self.painted = set[Element]()
        for element in content:
            holder: Element | None = element
            while holder and holder not in self.painted:
                self.painted.add(holder)
                holder = holder.parent

    def add(self, text: str) -> _Object:
        return _Object(text, self.document)

    def reference(self, element: Element) -> str:
        return self.objects[element].reference

    def write(self, root: Element, parent: str) -> str:
        """Write the tree and return the reference to its root, whose `parent` is one too."""
        waiting = [root]
        while waiting:  # numbers first, in reading order: an element names its kids
            element = waiting.pop()
            self.objects[element] = self.add("")
            waiting += reversed(self._kids(element))
        for element, written in self.objects.items():
            above = self.reference(element.parent) if element.parent else parent
            written.text = self._element(element, above)
        return self.reference(root)

    def _kids(self, element: Element) -> list[Element]:
        """Return the elements in an element: those in its text, then the declared ones."""
        inline = [item for item in self.content.get(element, ()) if isinstance(item, Element)]
        return inline + [child for child in element.children if child in self.painted]

    def _element(self, element: Element, parent: str) -> str:
        content = self.content.get(element, ())
        home = next((item.page for item in content if not isinstance(item, Element)), None)
        kids = [self._item(item, home) for item in content]
        kids += [self.reference(child) for child in element.children if child in self.painted]
        entries = f"/Type /StructElem /S /{element.role} /P {parent} /K [{' '.join(kids)}]"
        if home is not None:
            entries += f" /Pg {self.pages[home]}"
        if element.alt:
            entries += f" /Alt {self._text(String(_fitting(element.alt)))}"
        if element.actual:
            entries += f" /ActualText {self._text(String(_fitting(element.actual)))}"
        if element.attributes:
            entries += f" /A {self._text(_attributes(element))}"
        return f"<<{entries}>>"

    def _item(self, item: Content, home: int | None) -> str:
        if isinstance(item, Element):
            return self.reference(item)
        page = self.pages[item.page]
        if isinstance(item, Annotation):
            target = self._text(self.document.refAnnotation(item.name))
            return f"<</Type /OBJR /Pg {page} /Obj {target}>>"
        if item.page == home:
            return str(item.number)
        return f"<</Type /MCR /Pg {page} /MCID {item.number}>>"

    def _text(self, value: Any) -> str:
        text: bytes = value.format(self.document)
        return text.decode("ascii")


def _attributes(element: Element) -> Any:
    return Array([
        Dict({"O": Name(owner), **{key: _value(value) for key, value in values.items()}})
        for owner, values in element.attributes.items()
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


def pdf_time(seconds: int) -> tuple[int, ...]:
    """Return year, month, day, hour, minute, second in universal time."""
    return tuple(time.gmtime(seconds)[:6])
