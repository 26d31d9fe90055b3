"""Elements in reading order, and paint marked as theirs -> tagged pages (PDF/UA-1, ISO 14289-1).

The logical structure is declared with the story, as a tree of `Element`s; drawing only records
which marks of which page belong to which element. What is painted outside a `tag` block is an
artifact, so rules, tints and running heads need no care.
"""

from __future__ import annotations

import hashlib
import string
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

from deckbuilder.writers.pdf.assembly import Body, deflated
from deckbuilder.writers.pdf.elements import Annotation, Described, Element, stretch
from deckbuilder.writers.pdf.fonts import font
from deckbuilder.writers.pdf.pen import Pen, Point, Rule
from deckbuilder.writers.pdf.rl import Canvas, Color, ImageReader, TimeStamp, pdfdoc
from deckbuilder.writers.pdf.runs import Run
from deckbuilder.writers.pdf.structure import (
    FIRST_LINK,
    Array,
    Dict,
    Name,
    Painted,
    String,
    fresh,
    structure,
)

ARTIFACT = "EMC /Artifact BMC"  # ends a marked sequence and begins one of no element
CREATOR, PRODUCER = "deckbuilder", "deckbuilder, with ReportLab"


Box = tuple[float, float, float, float]  # its left, its foot, its right, its top in points


class About(NamedTuple):
    """What a PDF says of itself. `keywords` name the build; `time`: seconds since 1970."""

    title: str
    subject: str
    keywords: str
    language: str
    time: int


class TaggedCanvas(Canvas):
    """A canvas whose pages carry the structure `root`.

    `blank`: what a screen reader says of a blank to fill in; of its underscores it says nothing, or
    says each.
    """

    def __init__(self, out: Any, root: Element, paper: tuple[float, float], blank: str) -> None:
        self._root, self.blank = root, blank
        self._marked: list[int] = []  # how many sequences each page has that is done
        self._first, self._count = stretch(0, 0), 0  # of the page that is not done
        self._linked: list[Element] = []  # by the number of the hot area
        self._urls: dict[Element, str] = {}
        self._open: Element | None = None
        self._painted: Element | None = None  # whose line was the last one that `paint` wrote
        self._bookmarks = 0
        self._pictures: dict[bytes, str] = {}  # by their bytes, the names of those that are there
        super().__init__(
            out,
            pagesize=paper,
            pdfVersion=(1, 7),
            invariant=1,
            initialFontName=font("Sans").fontName,  # else Helvetica, which is not embedded
        )
        self._pen, self._body = Pen(self._doc), Body(self._doc, out)
        self._doc.signature = hashlib.md5(usedforsecurity=False)  # the file's ID is of its content
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    @contextmanager
    def tag(self, element: Element) -> Iterator[None]:
        """Let all paint inside belong to the element."""
        outer, self._open = self._open, element
        self._painted = None
        if element.holder and element.content is None:
            _place(element, element.holder)
        self._code.append(self._switch(element))
        yield
        self._open = outer
        self._code.append(self._switch(outer))

    def paint(
        self, element: Element, runs: Sequence[Run], x: float, y: float, *, spaced: bool = False
    ) -> None:
        """Write runs, `spaced` from what comes next, as part of an element without a holder.

        Lines of one element that follow on each other are one marked sequence.
        """
        written = self._pen.write(runs, x, y, spaced=spaced)
        code = self._code
        if element is self._painted and code[-1] is ARTIFACT:  # its next line
            code[-1:] = written, ARTIFACT
            return
        number = self._count  # as `_switch` does
        self._count = number + 1
        element.own(self._first + number)
        end = self._switch(self._open) if self._open else ARTIFACT
        code += f"EMC /{element.role} <</MCID {number}>> BDC", written, end
        self._painted = element

    def write(self, runs: Sequence[Run], x: float, y: float) -> None:
        """Write runs from `x` on, at the baseline `y`."""
        self._code.append(self._pen.write(runs, x, y))

    def rule(self, color: Color, weight: float, start: Point, end: Point) -> None:
        """Draw a line from a point to another."""
        self.rules(color, weight, ((start, end),))

    def rules(self, color: Color, weight: float, of: Sequence[Rule]) -> None:
        """Draw lines that look alike."""
        self._code.append(self._pen.rules(color, weight, of))

    def area(self, color: Color, left: float, below: float, wide: float, tall: float) -> None:
        """Fill a rectangle."""
        self._code.append(self._pen.area(color, left, below, wide, tall))

    def outlines(self, color: Color, path: str, place: Point, scale: float) -> None:
        """Fill a path, given in operators around a place, so many times as large."""
        self.saveState()
        self.setFillColor(color)
        self.translate(*place)
        self.scale(scale, scale)
        self._code.append(f"{path} f")
        self.restoreState()

    def picture(
        self, data: bytes, fit: Callable[[], Any], corner: Point, size: tuple[float, float]
    ) -> None:
        """Draw a picture from a corner up; `fit` makes it fit for print, once, wherever it is."""
        (left, below), (wide, tall) = corner, size
        if data not in self._pictures:
            made = {"name": ""}
            self.drawImage(ImageReader(fit()), left, below, wide, tall, extraReturn=made)
            self._pictures[data] = made["name"]
            return
        self._currentPageHasImages = 1  # as `drawImage` does, all of it
        self.saveState()
        self.translate(left, below)
        self.scale(wide, tall)
        self.doForm(self._pictures[data])
        self.restoreState()

    def _switch(self, element: Element | None) -> str:
        """Return the operators that end the open sequence and begin the element's."""
        if element is None:
            return ARTIFACT
        number = self._count
        self._count = number + 1
        element.own(self._first + number)
        return f"EMC /{element.role} <</MCID {number}>> BDC"

    def bounded(self, element: Element, box: Box, placement: str = "Block") -> None:
        """Note which box of the page an element is seen in."""
        element.attributes = {"Layout": {"BBox": self._on_page(box), "Placement": placement}}

    def _on_page(self, box: Box) -> list[float]:
        """Return a box as the page counts, wherever the origin has been moved to."""
        return [*self.absolutePosition(*box[:2]), *self.absolutePosition(*box[2:])]

    def link(self, element: Element, url: str, box: Box) -> None:
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
                "Type": Name("Annot"), "Subtype": Name("Link"), "Rect": Array(self._on_page(box)),
                "F": 4,  # it prints: ISO 19005-3, 6.3.2
                "Border": Array([0, 0, 0]), "Contents": String(url), "A": target,
                "StructParent": FIRST_LINK + number,
            }),
            name,
        )  # fmt: skip
        element.own(Annotation(self._pageNumber - 1, name))
        self._linked.append(element)

    def _continued(self, element: Element, url: str) -> Element:
        """Return the Link that a new one only goes on with, all that was painted now its own."""
        around = element.holder.painted if element.holder else []
        before = around[-2] if around[-1:] == [element] and len(around) > 1 else None
        if not isinstance(before, Element) or self._urls.get(before) != url:
            return element
        around.pop()
        for part in element.painted:
            if isinstance(part, Described):
                part.holder = before
            before.own(part)
        element.content = None
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
        self._marked.append(self._count)
        self._first, self._count, self._painted = stretch(len(self._marked), 0), 0, None
        page = self._doc.Pages.pages[-1]
        page.stream, page.Contents = None, self._content(page.stream)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._doc.Pages.pages) - 1, Name("S")

    def lay_under(self, number: int) -> None:
        """Put all paint since the last page ended under that of an earlier one, as artifacts."""
        page = self._doc.Pages.pages[number - 1]
        under = self._content("\n".join(self._code) + "\n")
        self._code.clear()
        page.Contents = Array([under, page.Contents])

    def _content(self, code: str) -> str:
        """Write operators; what of them is in no marked sequence is an artifact."""
        stream = f"/Artifact BMC\n{code}EMC\n".replace("/Artifact BMC\nEMC ", "").encode()
        packed = deflated(stream)
        self._doc.signature.update(packed)  # a fifth as long
        return self._body.stream("", packed)

    def save(self, about: About) -> None:
        """Write the structure, then the file."""
        document = self._doc
        document.updateSignature(repr(about).encode())
        document.Catalog.Lang = String(about.language)
        when = pdf_date(about.time)
        document.info = Dict({  # ReportLab's own names an author, "anonymous" at least
            "Title": String(about.title), "Subject": String(about.subject),
            "Keywords": String(about.keywords), "Creator": String(CREATOR),
            "Producer": String(PRODUCER), "CreationDate": when, "ModDate": when,
        })  # fmt: skip
        while self._marked and not self._marked[-1]:
            self._marked.pop()
        tree = fresh(document)
        painted = Painted(self._marked, self._linked)
        structure(document, tree, self._root, painted, self._body.pack)
        self._root, self._marked, self._linked = Element("Document"), [], []  # no more needed
        document.Catalog.StructTreeRoot = f"{tree} 0 R"
        document.Catalog.MarkInfo = Dict({"Marked": "true"})
        self._body.end(self)


def _place(element: Element, holder: Element) -> None:
    """Note that an element comes where its holder's text has come to."""
    if holder.holder and holder.content is None:  # a formula alone in a link
        _place(holder, holder.holder)
    holder.own(element)


def pdf_date(seconds: int) -> Any:
    """Return a time as a file has it; ReportLab's own is that of the environment or the clock."""
    stamp = TimeStamp(1)
    stamp.YMDhms, stamp.dhh, stamp.dmm = pdf_time(seconds), 0, 0
    return pdfdoc.PDFDate(stamp)


def pdf_time(seconds: int) -> tuple[int, ...]:
    """Return year, month, day, hour, minute, second in universal time."""
    return tuple(time.gmtime(seconds)[:6])
