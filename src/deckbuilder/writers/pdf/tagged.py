"""A ReportLab canvas that writes tagged PDF (PDF/UA-1, ISO 14289).

The logical structure is declared with the story, as a tree of `Element`s in reading order; drawing
only records which marks of which page belong to which element. What is painted outside a `tag`
block is an artifact, so rules, tints and running heads need no care.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from deckbuilder.writers.pdf.fonts import font
from deckbuilder.writers.pdf.rl import Canvas, TimeStamp, pdfdoc

Array, Dict, Name, Ref, String = (
    pdfdoc.PDFArray,
    pdfdoc.PDFDictionary,
    pdfdoc.PDFName,
    pdfdoc.PDFObjectReference,
    pdfdoc.PDFString,
)
FIRST_LINK = 1_000_000  # keys of links in the parent tree, beyond those of pages


class Element:
    """A structure element: its role, its children, and what a screen reader says instead of it.

    Children are declared with `add`; an `inline` element (a link within a paragraph) is not, it
    comes where its parent's text has come to when it is first painted.
    """

    def __init__(
        self,
        role: str,
        parent: Element | None = None,
        *,
        alt: str = "",
        attributes: dict[str, dict[str, object]] | None = None,
        inline: bool = False,
    ) -> None:
        self.role, self.parent, self.alt, self.inline = role, parent, alt, inline
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
    """What a PDF says of itself. `time`: seconds since 1970."""

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
        self._linked: list[Element] = []
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
        # not the time of the environment or the clock: the same source gives the same bytes
        stamp = TimeStamp(1)
        stamp.YMDhms, stamp.dhh, stamp.dmm = pdf_time(about.time), 0, 0
        self._doc._timeStamp = stamp
        self._doc.signature = hashlib.md5(repr(about).encode(), usedforsecurity=False)
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject(about.subject)
        self.setKeywords(about.keywords)
        self.setCreator("deckbuilder")
        self.setProducer("deckbuilder, with ReportLab")
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    @contextmanager
    def tag(self, element: Element) -> Iterator[None]:
        """Let all paint inside belong to the element."""
        outer, self._open = self._open, element
        if element.inline and element.parent and element not in self._content:
            self._content.setdefault(element.parent, []).append(element)
        self._code.append(self._switch(element))
        yield
        self._open = outer
        self._code.append(self._switch(outer))

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
        """Make a box of the page lead to an address; `element` is the Link that holds its words."""
        name, number = f"link{len(self._linked)}", len(self._linked)
        target = Dict({"S": Name("URI"), "URI": String(url)})
        self._addAnnotation(
            Dict({
                "Type": Name("Annot"), "Subtype": Name("Link"), "Rect": Array(box), "F": 4,
                "Border": Array([0, 0, 0]), "Contents": String(url), "A": target,
                "StructParent": FIRST_LINK + number,
            }),
            name,
        )  # fmt: skip
        self._content.setdefault(element, []).append(Annotation(self._pageNumber - 1, name))
        self._linked.append(element)

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
        super().save()

    def _write_structure(self) -> None:
        document, catalog = self._doc, self._doc.Catalog
        writer = _StructureWriter(document, self._content)
        tree = writer.write(self._root)
        numbers: list[object] = []
        for page, elements in enumerate(self._marked):
            parents = Array([writer.reference(element) for element in elements])
            numbers += [page, document.Reference(parents, f"parents{page}")]
        for number, element in enumerate(self._linked, FIRST_LINK):
            numbers += [number, writer.reference(element)]
        parent_tree = document.Reference(Dict({"Nums": Array(numbers)}), "parents")
        catalog.StructTreeRoot = document.Reference(
            Dict({
                "Type": Name("StructTreeRoot"), "K": Array([tree]), "ParentTree": parent_tree,
                "ParentTreeNextKey": FIRST_LINK + len(self._linked),
            }),
            ROOT,
        )  # fmt: skip
        catalog.MarkInfo = Dict({"Marked": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: _metadata(self._about))


ROOT = "structure"


class _StructureWriter:
    """Writes the elements that were painted, and those that hold them; the others are left out."""

    def __init__(self, document: Any, content: dict[Element, list[Content]]) -> None:
        self.document, self.content = document, content
        self.pages = [document.Reference(page) for page in document.Pages.pages]
        self.names: dict[Element, str] = {}

    def reference(self, element: Element) -> Any:
        return Ref(self.names.setdefault(element, f"element{len(self.names)}"))

    def painted(self, element: Element) -> bool:
        return element in self.content or any(self.painted(child) for child in element.children)

    def write(self, element: Element) -> Any:
        content = self.content.get(element, [])
        home = next((item.page for item in content if not isinstance(item, Element)), None)
        parent = self.reference(element.parent) if element.parent else Ref(ROOT)
        entries: dict[str, Any] = {
            "Type": Name("StructElem"),
            "S": Name(element.role),
            "P": parent,
            "K": Array(
                [self._entry(item, home) for item in content]
                + [self.write(child) for child in element.children if self.painted(child)]
            ),
        }
        if home is not None:
            entries["Pg"] = self.pages[home]
        if element.alt:
            entries["Alt"] = String(element.alt)
        if element.attributes:
            entries["A"] = Array([
                Dict({"O": Name(owner), **{key: _value(v) for key, v in values.items()}})
                for owner, values in element.attributes.items()
            ])  # fmt: skip
        return self.document.Reference(Dict(entries), self.reference(element).name)

    def _entry(self, item: Content, home: int | None) -> Any:
        if isinstance(item, Element):
            return self.write(item)
        page = self.pages[item.page]
        if isinstance(item, Annotation):
            target = self.document.refAnnotation(item.name)
            return Dict({"Type": Name("OBJR"), "Pg": page, "Obj": target})
        if item.page == home:
            return item.number
        return Dict({"Type": Name("MCR"), "Pg": page, "MCID": item.number})


def _value(value: object) -> Any:
    if isinstance(value, str):
        return Name(value)
    return Array(value) if isinstance(value, (list, tuple)) else value


def pdf_time(seconds: int) -> tuple[int, ...]:
    """Return year, month, day, hour, minute, second in universal time."""
    return tuple(time.gmtime(seconds)[:6])


def _metadata(about: About) -> bytes:
    """Return the XMP packet: the title, the language, and the claim to be PDF/UA-1."""
    year, month, day, hour, minute, second = pdf_time(about.time)
    when = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.subject)}</rdf:li></rdf:Alt>
</dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{escape(about.keywords)}</pdf:Keywords>
<pdf:Producer>deckbuilder, with ReportLab</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
""".encode()
