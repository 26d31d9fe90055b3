"""The PDF as an archive keeps it: PDF/A-3a and PDF/UA-1 in one file, with the source inside.

What can be asked without Java is asked here; `tests/proof/proof_pdf.py` asks veraPDF.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from conftest import NOW, ROOT, SMALL
from filed import filed
from PIL import Image, ImageCms

from deckbuilder.read import read, read_bytes
from deckbuilder.writers.pdf import sheet
from deckbuilder.writers.pdf.archive import ArchiveCanvas, Attachment, srgb
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.tagged import About

SOURCES = {
    "relations": ROOT / "source" / "relations.toml",
    "torture": ROOT / "tests" / "proof" / "torture.toml",
}
TIME = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW))
DATE = time.strftime("D:%Y%m%d%H%M%S+00'00'", time.gmtime(NOW))
LENGTH = re.compile(rb"/Length (\d+)[^\x80-\xff]*?>>\nstream\n")


def made(source: bytes, name: str = "sample.toml", stamp: str = "stamp", now: int = NOW) -> bytes:
    deck, problems = read_bytes(source, name)
    assert deck, problems
    return filed(sheet.write, deck, stamp, lambda: now)


@pytest.fixture(scope="module", params=SOURCES)
def file(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """A source and its PDF."""
    path = SOURCES[request.param]
    deck, problems = read(path)
    assert deck, problems
    return path.read_bytes(), filed(sheet.write, deck, "stamp <&> 1", lambda: NOW)


@pytest.fixture(scope="module")
def pdf(file: tuple[bytes, bytes]) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file[1]))


def drawn(root: Element, paint: Callable[[ArchiveCanvas], None]) -> pikepdf.Pdf:
    """Return a file of one page with what is painted on it."""
    out = io.BytesIO()
    about = About("title", "subject", "keywords", "en", NOW)
    canvas = ArchiveCanvas(out, root, (400, 400), "blank", Attachment("x.toml", b"x", "facts"))
    paint(canvas)
    canvas.showPage()
    canvas.save(about)
    return pikepdf.open(out)


# ---------------------------------------------------------------------------- claims


def test_both_standards_are_claimed(pdf: pikepdf.Pdf) -> None:
    """The metadata claim part 3, level A, of PDF/A and part 1 of PDF/UA."""
    metadata = pdf.open_metadata()
    assert metadata["pdfaid:part"] == "3"
    assert metadata["pdfaid:conformance"] == "A"
    assert metadata["pdfuaid:part"] == "1"
    assert pdf.pdf_version == "1.7"
    assert "/Encrypt" not in pdf.trailer


def test_metadata_and_info_agree(pdf: pikepdf.Pdf) -> None:
    """What the file says of itself twice, it says the same."""
    info, metadata = pdf.docinfo, pdf.open_metadata()
    assert metadata["dc:title"] == str(info["/Title"])
    assert metadata["dc:description"] == str(info["/Subject"])
    assert metadata["pdf:Keywords"] == str(info["/Keywords"]) == "stamp <&> 1"
    assert metadata["pdf:Producer"] == str(info["/Producer"])
    assert metadata["xmp:CreatorTool"] == str(info["/Creator"])
    assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == TIME
    assert metadata["dc:language"] == {str(pdf.Root.Lang)}
    assert str(info["/CreationDate"]) == str(info["/ModDate"]) == DATE


def test_no_author_is_named(pdf: pikepdf.Pdf) -> None:
    """Readers and managers of references show one as a person; what is known is the deck's id."""
    assert "/Author" not in pdf.docinfo
    assert "dc:creator" not in pdf.open_metadata()


def test_colours_are_those_of_srgb(pdf: pikepdf.Pdf) -> None:
    """The file says what its colours mean, by a profile inside it."""
    (intent,) = pdf.Root.OutputIntents.as_list()
    assert intent.S == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier) == "sRGB"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes() == srgb()


def test_the_profile_is_srgb() -> None:
    """LittleCMS, which has its own sRGB, sees the same colours through ours."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    theirs = ImageCms.createProfile("sRGB")
    assert ours.profile.profile_description == "sRGB IEC 61966-2-1"
    steps = range(0, 256, 15)
    colours = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
    image = Image.frombytes("RGB", (len(steps) ** 2, len(steps)), colours)
    for one, other in ((ours, theirs), (theirs, ours)):
        seen = ImageCms.profileToProfile(image, one, other)
        assert seen
        differences = [abs(a - b) for a, b in zip(seen.tobytes(), colours, strict=True)]
        assert max(differences) <= 1


# ---------------------------------------------------------------------------- the source


def test_the_source_is_attached(file: tuple[bytes, bytes], pdf: pikepdf.Pdf) -> None:
    """The TOML file is in the PDF, byte for byte, under its name, as the PDF's source."""
    ((name, spec),) = pdf.attachments.items()
    assert name == spec.filename
    assert f"{name}" in {path.name for path in SOURCES.values()}
    assert spec.get_file().read_bytes() == file[0]
    assert spec.get_file().mime_type == "application/toml"
    assert spec.get_file().size == len(file[0])
    assert "facts" in spec.description
    (associated,) = pdf.Root.AF.as_list()
    assert associated.objgen == spec.obj.objgen
    assert associated.AFRelationship == "/Source"
    assert associated.F == associated.UF == name


@pytest.mark.parametrize("name", ["плохо (1).toml", "ünïcode & <b>.toml", "日本\\語.toml"])
def test_any_name_will_do(name: str) -> None:
    """The attachment keeps the file's name, whatever letters it has."""
    pdf = pikepdf.open(io.BytesIO(made(SMALL.encode(), name)))
    assert list(pdf.attachments) == [name]
    assert pdf.attachments[name].filename == name


def test_the_sheet_can_be_made_from_itself(file: tuple[bytes, bytes], pdf: pikepdf.Pdf) -> None:
    """What is attached gives the same PDF again."""
    ((name, spec),) = pdf.attachments.items()
    assert made(spec.get_file().read_bytes(), name, "stamp <&> 1") == file[1]


# ---------------------------------------------------------------------------- bytes


def test_the_clock_is_not_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the clock nor the variable that stands for it changes a byte."""
    first = made(SMALL.encode())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert made(SMALL.encode()) == first


def test_every_date_is_that_of_the_last_change(file: tuple[bytes, bytes]) -> None:
    """No date in the file, its attachment's among them, is another."""
    dates = set(re.findall(rb"D:\d{14}[^)]*", file[1]))
    assert {date.decode() for date in dates} == {DATE}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", file[1])) == {TIME.encode()}


def test_the_id_is_that_of_the_content() -> None:
    """The same content has the same ID; another source, stamp, time or drawing has another."""
    variants = [
        made(SMALL.encode()),
        made(f"{SMALL}# remark\n".encode()),
        made(SMALL.encode(), stamp="another"),
        made(SMALL.encode(), now=NOW + 1),
        made(SMALL.replace("blue", "grey").encode()),
        made(SMALL.encode(), "other.toml"),
    ]
    ids = [_id(data) for data in variants]
    assert len(set(ids)) == len(variants)
    assert _id(made(SMALL.encode())) == ids[0]


def _id(data: bytes) -> bytes:
    first, second = pikepdf.open(io.BytesIO(data)).trailer.ID.as_list()
    assert bytes(first) == bytes(second)
    assert len(bytes(first)) == 16
    return bytes(first)


def test_every_stream_ends_with_a_line(file: tuple[bytes, bytes], pdf: pikepdf.Pdf) -> None:
    """ISO 19005-3, 6.1.7.1: an end of line that the stream's length does not count."""
    ends = []
    for match in LENGTH.finditer(file[1]):
        end = match.end() + int(match[1])
        ends.append(file[1][end : end + 11])
    assert set(ends) == {b"\nendstream\n"}
    assert len(ends) == sum(isinstance(o, pikepdf.Stream) for o in pdf.objects)


@pytest.mark.parametrize("text", ["Ж" * 20_000, "Ж" + "x" * 20_000, "😀" * 20_000])
def test_no_string_is_too_long(text: str) -> None:
    """ISO 19005-3, 6.1.13: a string holds 32,767 bytes at most, so longer words are cut."""
    root = Element("Document")
    figure = root.add("Figure", alt=text)
    pdf = drawn(root, lambda canvas: _rectangle(canvas, figure))
    (alt,) = (element.Alt for element in elements(pdf) if element.S == "/Figure")
    assert 32_000 < len(str(alt).encode("utf-16-be")) <= len(bytes(alt)) <= 32_767
    assert str(alt).endswith("…")
    assert text.startswith(str(alt).removesuffix("…"))


# ---------------------------------------------------------------------------- structure


def _rectangle(canvas: ArchiveCanvas, element: Element) -> None:
    with canvas.tag(element):
        canvas.rect(0, 0, 10, 10)


def kids(element: pikepdf.Object, kind: str) -> list[Any]:
    """Return the kids of an element that are of a kind; a mark on its own page is but a number."""
    found: list[Any] = list(element.K.as_list())
    if kind == "mark":
        return [kid for kid in found if isinstance(kid, int)]
    return [kid for kid in found if not isinstance(kid, int) and kid.get("/Type") == kind]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the structure elements in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(kids(element, "/StructElem"))


def test_kids_and_parents_agree(pdf: pikepdf.Pdf) -> None:
    """Each element names its parent, and is among the kids of no other."""
    found = list(elements(pdf))
    assert len({element.objgen for element in found}) == len(found)
    for element in found:
        for kid in kids(element, "/StructElem"):
            assert kid.P.objgen == element.objgen


def test_a_deep_tree_is_written() -> None:
    """Elements may lie in one another deeper than any page has them; what is not painted is not."""
    root = inner = Element("Document")
    for _ in range(200):
        inner = inner.add("Sect")
        inner.add("P")  # never painted, so not written
    pdf = drawn(root, lambda canvas: _rectangle(canvas, inner.add("P")))
    assert len(list(elements(pdf))) == 202


@pytest.fixture(scope="module")
def torture() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(SOURCES["torture"].read_bytes())))


def links(pdf: pikepdf.Pdf) -> dict[str, list[pikepdf.Object]]:
    """Return the Link elements by the one address that each leads to."""
    found: dict[str, list[pikepdf.Object]] = {}
    for element in elements(pdf):
        if element.S == "/Link":
            (address,) = {str(area.A.URI) for area in areas(element)}
            found.setdefault(address.removeprefix("https://example.org/"), []).append(element)
    return found


def areas(link: pikepdf.Object) -> list[Any]:
    """Return the annotations of a Link."""
    return [kid.Obj for kid in kids(link, "/OBJR")]


@pytest.mark.parametrize("address", ["summary?a=1&b=2#part", "wrapped", "whole", "i", "k"])
def test_a_link_on_two_lines_is_one(torture: pikepdf.Pdf, address: str) -> None:
    """Words that go on in the next line stay one Link: marks for its words, an area a line."""
    (link,) = links(torture)[address]
    assert len(kids(link, "mark")) == len(areas(link)) > 1


def test_links_side_by_side_stay_apart(torture: pikepdf.Pdf) -> None:
    """Links that lead elsewhere are their own, with or without a space between them."""
    found = links(torture)
    for address in ("1", "2", "j"):
        (link,) = found[address]
        assert len(areas(link)) == 1


def test_links_are_found_from_the_page(torture: pikepdf.Pdf) -> None:
    """The parent tree leads from each area and each mark of a Link back to it."""
    numbers: list[Any] = list(torture.Root.StructTreeRoot.ParentTree.Nums.as_list())
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for link in (link for found in links(torture).values() for link in found):
        on_page = parents[int(link.Pg.StructParents)]
        assert all(parents[int(area.StructParent)].objgen == link.objgen for area in areas(link))
        assert all(on_page[mark].objgen == link.objgen for mark in kids(link, "mark"))


def test_a_link_over_pages_is_one() -> None:
    """A link that goes on overleaf has its areas on both pages."""
    words = " ".join(f"word{n}" for n in range(600))
    source = SMALL.replace('"blue"', f'"[{words}](https://example.org/)"')
    pdf = pikepdf.open(io.BytesIO(made(f'{source}[print]\nprofile = "large"\n'.encode())))
    ((link,),) = links(pdf).values()
    assert len({kid.Pg.objgen for kid in kids(link, "/OBJR")}) > 1
    assert len(areas(link)) == sum(len(page.get("/Annots", [])) for page in pdf.pages)


def test_addresses_are_ascii(torture: pikepdf.Pdf) -> None:
    """ISO 32000-1, 12.6.4.7: letters beyond ASCII are percent-encoded, what is encoded stays."""
    encoded = "https://m%C3%BCnchen.example/stra%C3%9Fe/%CE%B1%CE%B2?q=%C3%A4%20b#%C3%B6"
    (link,) = links(torture)[encoded]
    assert str(areas(link)[0].Contents) == "https://münchen.example/straße/αβ?q=ä%20b#ö"
