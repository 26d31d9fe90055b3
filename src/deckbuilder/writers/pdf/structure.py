"""Elements, and the marks that were painted of each -> the structure tree as objects of a file.

ReportLab's own dictionaries cost several times as much, and a long deck has 60,000 elements. Each
is looked at a fixed number of times, so the cost grows in step with the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from deckbuilder.writers.pdf.elements import Annotation, Content, Element, place
from deckbuilder.writers.pdf.rl import pdfdoc

Array, Dict, Name, String = (
    pdfdoc.PDFArray,
    pdfdoc.PDFDictionary,
    pdfdoc.PDFName,
    pdfdoc.PDFString,
)
FIRST_LINK = 1_000_000  # keys of links in the parent tree, beyond those of pages
LONGEST = 32_767 - 5  # bytes of text in a string, besides its byte order mark and an ellipsis


class Objects(NamedTuple):
    """Objects of a file as they stand there; their numbers follow each other from the first on."""

    first: int
    texts: list[str]


class Painted(NamedTuple):
    """What belongs to each element; the element of each mark, by page; that of each hot area."""

    content: Mapping[Element, Sequence[Content]]
    marked: Sequence[Sequence[Element]]
    linked: Sequence[Element]


def structure(document: Any, root: Element, painted: Painted) -> Objects:
    """Return the root of the structure tree, and after it all that it leads to.

    The elements that were painted are in it, and those that hold them; the others are left out.
    """
    first = document.objectcounter + 1
    order = _in_order(root, painted.content)
    names = {element: f"{number} 0 R" for number, element in enumerate(order, first + 1)}
    pages = [_text(document.Reference(page), document) for page in document.Pages.pages]
    write = _Writer(document, pages, painted.content, names).element
    top = f"{first} 0 R"
    texts = [write(each, names[each.parent] if each.parent else top) for each in order]
    numbers, next_one = [], first + 1 + len(texts)
    for page, elements in enumerate(painted.marked):
        texts.append(f"[{' '.join(map(names.__getitem__, elements))}]")
        numbers.append(f"{page} {next_one + page} 0 R")
    for number, element in enumerate(painted.linked, FIRST_LINK):
        numbers.append(f"{number} {names[element]}")
    texts.append(f"<</Nums [{' '.join(numbers)}]>>")
    tree = (
        f"<</Type /StructTreeRoot /K [{names[root]}] /ParentTree {first + len(texts)} 0 R"
        f" /ParentTreeNextKey {FIRST_LINK + len(painted.linked)}>>"
    )
    document.objectcounter += 1 + len(texts)
    return Objects(first, [tree, *texts])


def _in_order(root: Element, content: Mapping[Element, Sequence[Content]]) -> list[Element]:
    """Return the elements in reading order: those in an element's text, then the declared ones."""
    painted = set[Element]()
    for element in content:
        holder: Element | None = element
        while holder and holder not in painted:
            painted.add(holder)
            holder = holder.parent
    order, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        order.append(element)
        kids = [item for item in content.get(element, ()) if isinstance(item, Element)]
        kids += [child for child in element.children if child in painted]
        waiting += reversed(kids)
    return order


class _Writer:
    """Writes elements; `names` are their references, `pages` those of the pages."""

    def __init__(
        self,
        document: Any,
        pages: Sequence[str],
        content: Mapping[Element, Sequence[Content]],
        names: Mapping[Element, str],
    ) -> None:
        self.document, self.pages, self.content, self.names = document, pages, content, names
        self.attributes: dict[int, str] = {}  # by the identity of what many elements share

    def element(self, element: Element, parent: str) -> str:
        home, kids = self._kids(element)
        entries = f"/Type /StructElem /S /{element.role} /P {parent} /K [{' '.join(kids)}]"
        if home is not None:
            entries += f" /Pg {self.pages[home]}"
        if element.alt:
            entries += f" /Alt {_text(String(_fitting(element.alt)), self.document)}"
        if element.actual:
            entries += f" /ActualText {_text(String(_fitting(element.actual)), self.document)}"
        if element.attributes:
            shared = id(element.attributes)
            if shared not in self.attributes:
                self.attributes[shared] = _text(_attributes(element), self.document)
            entries += f" /A {self.attributes[shared]}"
        return f"<<{entries}>>"

    def _kids(self, element: Element) -> tuple[int | None, list[str]]:
        """Return the page that an element begins on, and what is in it."""
        home: int | None = None
        kids = []
        for item in self.content.get(element, ()):
            if isinstance(item, Element):
                kids.append(self.names[item])
                continue
            page, number = (item.page, None) if isinstance(item, Annotation) else place(item)
            home = page if home is None else home
            if isinstance(item, Annotation):
                target = _text(self.document.refAnnotation(item.name), self.document)
                kids.append(f"<</Type /OBJR /Pg {self.pages[page]} /Obj {target}>>")
            elif page == home:
                kids.append(str(number))
            else:
                kids.append(f"<</Type /MCR /Pg {self.pages[page]} /MCID {number}>>")
        kids += [self.names[child] for child in element.children if child in self.names]
        return home, kids


def _text(value: Any, document: Any) -> str:
    text: bytes = value.format(document)
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
