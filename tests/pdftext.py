"""What a screen reader reads out of a tagged PDF: the words of each element, in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Page = tuple[int, int]  # a page by its object's number and generation


@dataclass
class Tag:
    """A structure element. `words`: what it says itself, with its `links`; the rest is below."""

    role: str
    words: str = ""
    links: list[str] = field(default_factory=list)
    below: list[Tag] = field(default_factory=list)

    def all(self, role: str) -> Iterator[Tag]:
        """Yield each element of a role within this one, in reading order."""
        for tag in self.below:
            if tag.role == role:
                yield tag
            yield from tag.all(role)

    @property
    def heard(self) -> str:
        """All words of it, in reading order, one space apart."""
        said = " ".join([self.words, *(tag.heard for tag in self.below)])
        return " ".join(said.split())


def structure(data: bytes) -> Tag:
    """Return the structure of a PDF, its words decoded by way of each font's ToUnicode."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = {page.obj.objgen: _marks(page) for page in pdf.pages}
        (root,) = pdf.Root.StructTreeRoot.K
        return _tag(root, None, said)


def _tag(element: Any, page: Page | None, said: dict[Page, dict[int, str]]) -> Tag:
    page = element.Pg.objgen if "/Pg" in element else page
    tag = Tag(str(element.S).removeprefix("/"))
    for kid in element.K:
        if isinstance(kid, int):
            assert page
            tag.words += said[page][kid]
        elif kid.get("/Type") == "/MCR":
            tag.words += said[kid.Pg.objgen][int(kid.MCID)]
        elif kid.get("/Type") == "/OBJR":
            continue  # the area of a link
        elif kid.S == "/Formula":  # drawn, not written: what is read is what it says of itself
            tag.words += str(kid.Alt)
        elif kid.S == "/Span":  # of a text, and heard in its place
            tag.words += str(kid.ActualText)
        elif kid.S == "/Link":
            tag.links.append(_tag(kid, page, said).words)
            tag.words += tag.links[-1]
        else:
            tag.below.append(_tag(kid, page, said))
    if "/ActualText" in element:
        tag.words = f"{element.ActualText} "
    return tag


def _marks(page: pikepdf.Page) -> dict[int, str]:
    """Return the characters of each marked sequence of a page, by its number."""
    fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
    said: dict[int, str] = {}
    mark: int | None = None
    font: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands = step.operands
        match str(step.operator):
            case "BDC":
                mark = int(operands[1].MCID)
                said.setdefault(mark, "")
            case "BMC" | "EMC":
                mark = None
            case "Tf":
                font = fonts[str(operands[0])]
            case operator if mark is not None:
                shown = operands[0] if operator == "TJ" else operands
                codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
                said[mark] += "".join(font[code] for code in codes)
    return said


CODE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")


def _characters(font: Any) -> dict[int, str]:
    """Return the character that each code of a font stands for."""
    cmap = font.ToUnicode.read_bytes()
    assert b"beginbfrange" not in cmap, "written by a library that these lines do not know"
    _, _, table = cmap.partition(b"beginbfchar")
    found = CODE.findall(table)
    odd = [units for _, units in found if len(units) % 4]
    assert not odd, f"no UTF-16, so that a reader makes something else of it: {odd}"
    return {int(code, 16): bytes.fromhex(u.decode()).decode("utf-16-be") for code, u in found}
