"""The bytes of a PDF of ours -> what it says of itself, what is attached, and its words in order.

The words are read as a screen reader does: along the structure, each character by way of its
font's own table. The only module that knows pypdf.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.slots import dataclass

MOST_PAGES = 10_000
INLINE = {"/Link", "/Formula", "/Span"}  # roles of what stands within a text
CODE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<((?:[0-9A-Fa-f]{4})+)>")
FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError,
          RecursionError, NotImplementedError, OSError, zlib.error, struct.error)  # fmt: skip

Marks = Mapping[tuple[int, int], str]  # (number of the page's object, of the mark) -> words


@dataclass(frozen=True, slots=True)
class Print:
    """A sheet or a handout.

    `entries`: each number of a fact, a card or a reference, and the words beside it, in reading
    order. They are told by where they stand: in a list that is numbered, or at the head of a row.
    `dated`: each date of a timeline that is a list, and the words beside it.
    """

    keywords: str
    attached: Mapping[str, bytes]
    pages: int
    entries: tuple[tuple[str, str], ...]
    dated: tuple[tuple[str, str], ...]


def read_pdf(data: bytes) -> Print:
    """Open a PDF.

    Raises:
        UnreadableError: it is no PDF, a damaged one, or one without structure.
    """
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told here
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("This is no PDF.")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("The PDF is locked with a password.")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError("The PDF has more pages than any deck needs.")
        root: Any = reader.trailer["/Root"]
        attached = dict(_attached(root))
        tree = root.get("/StructTreeRoot")
        if tree is None:
            raise UnreadableError("The PDF says nothing of its structure: it is none of ours.")
        words = _Words(_marks(reader))
        words.of(tree.get_object(), 0)
        about: Mapping[str, Any] = reader.metadata or {}
        return Print(
            keywords=str(about.get("/Keywords", "")),
            attached=attached,
            pages=len(reader.pages),
            entries=tuple(words.entries),
            dated=tuple(words.dated),
        )
    except DependencyError:  # what deciphers is not installed: nothing of ours needs it
        raise UnreadableError("The PDF is locked with a password.") from None
    except (PyPdfError, *FAULTS):
        raise UnreadableError("The PDF is damaged, or only a part of one.") from None


def _attached(root: Any) -> Iterator[tuple[str, bytes]]:
    """Yield each attached file: its name and its bytes."""
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    for name, file in zip(names[::2], names[1::2], strict=False):
        yield str(name), file.get_object()["/EF"]["/F"].get_data()


@dataclass(slots=True)
class _Words:
    """Reads elements of the structure, each once."""

    marks: Marks
    entries: list[tuple[str, str]] = field(default_factory=list)
    dated: list[tuple[str, str]] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    def of(self, element: Any, page: int, listed: object = None) -> str:
        """Return the words of an element, with all that is below it.

        `listed`: how the list is numbered that it stands in.
        """
        if id(element) in self.read:
            raise ValueError("an element within itself, or twice")
        self.read.add(id(element))
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        role, label, parts, at = element.get("/S"), "", list[str](), len(self.entries)
        numbering = _attribute(element, "/ListNumbering") if role == "/L" else None
        for kid in _list(element.get("/K", [])):
            if isinstance(kid, int):
                parts.append(self.marks.get((page, kid), ""))
            elif kid.get("/Type") == "/MCR":
                own = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
                parts.append(self.marks.get((own, int(kid["/MCID"])), ""))
            elif kid.get("/Type") != "/OBJR":  # the area of a link
                said = self.of(kid, page, numbering)
                if not label and _is_label(role, kid):
                    label = said.strip()
                    continue
                if kid.get("/S") in ("/Formula", "/Figure") and not said.strip():  # drawn
                    said = str(kid.get("/Alt", ""))
                parts.append(said if kid.get("/S") in INLINE else f" {said} ")
        said = "".join(parts)
        if label:  # numbers within an entry are its own: of a list, of a table
            self.entries[at:] = [(label, said)] if role == "/TR" or listed == "/Decimal" else []
            self.dated += [(label, said)] if listed == "/None" else []
        return f"{label} {said}" if role == "/TR" else said


def _is_label(role: str, kid: Any) -> bool:
    """Tell whether what is in a list's entry, or in a row, says which one that is."""
    if role == "/TR":
        return bool(kid.get("/S") == "/TH" and _attribute(kid, "/Scope") == "/Row")
    return bool(role == "/LI" and kid.get("/S") == "/Lbl")


def _attribute(element: Any, name: str) -> Any:
    """Return what an element's attributes say, None if they do not."""
    return next((of.get(name) for of in _list(element.get("/A", [])) if name in of), None)


def _list(kids: Any) -> list[Any]:
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    entries = kids if isinstance(kids, list) else [kids]
    return [kid.get_object() if hasattr(kid, "get_object") else kid for kid in entries]


# ---------------------------------------------------------------------------- pages


def _marks(reader: Any) -> Marks:
    """Return the words of each marked stretch of each page."""
    from pypdf.generic import ContentStream

    said: dict[tuple[int, int], str] = {}
    tables: dict[int, Mapping[int, str]] = {}
    for page in reader.pages:
        content = page.get_contents()
        if content is None:
            continue
        number = page.indirect_reference.idnum
        fonts = {
            name: _table(font.get_object(), tables)
            for name, font in page["/Resources"].get("/Font", {}).items()
        }
        mark: int | None = None
        font: Mapping[int, str] = {}
        for operands, operator in ContentStream(content, reader).operations:
            if operator == b"BDC":
                named = operands[1] if isinstance(operands[1], dict) else {}
                mark = int(named["/MCID"]) if "/MCID" in named else None
            elif operator in (b"BMC", b"EMC"):
                mark = None
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator in (b"Tj", b"TJ") and mark is not None:
                words = "".join(font.get(code, "\ufffd") for code in _codes(operands[0]))
                said[number, mark] = said.get((number, mark), "") + words
    return said


def _codes(shown: Any) -> bytes:
    """Return the codes of the characters that are shown, whatever pypdf took them for."""
    if isinstance(shown, list):
        return b"".join(_codes(part) for part in shown if isinstance(part, str | bytes))
    return shown if isinstance(shown, bytes) else bytes(shown.original_bytes)


def _table(font: Any, tables: dict[int, Mapping[int, str]]) -> Mapping[int, str]:
    """Return the character that each code of a font stands for."""
    if id(font) not in tables:
        cmap = font["/ToUnicode"].get_data() if "/ToUnicode" in font else b""
        _, _, listed = cmap.partition(b"beginbfchar")
        tables[id(font)] = {
            int(code, 16): bytes.fromhex(units.decode()).decode("utf-16-be")
            for code, units in CODE.findall(listed)
        }
    return tables[id(font)]
