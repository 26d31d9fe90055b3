"""A tagged canvas and the source of its words -> an archival PDF (PDF/A-3a, ISO 19005-3) with both.

The file needs nothing from outside: its colours are defined in it, what it says of itself stands in
it as XMP, and the source is attached, so that the sheet can be made again from the sheet. The files
that the source names are not: photos as they left the camera would outweigh the sheet many times.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from deckbuilder.writers.pdf.assembly import deflated
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.rl import pdfdoc
from deckbuilder.writers.pdf.structure import Array, Dict, Name, String, formatted
from deckbuilder.writers.pdf.tagged import (
    CREATOR,
    PRODUCER,
    About,
    TaggedCanvas,
    pdf_date,
    pdf_time,
)

# sRGB as ICC profiles hold it: seen under D50, the white that ICC relates all colours to
WHITE = (0.9642, 1.0, 0.8249)
RED, GREEN, BLUE = (
    (0.43604, 0.22249, 0.01392),
    (0.38512, 0.71690, 0.09706),
    (0.14305, 0.06061, 0.71391),
)
# how its own white, D65, was brought there (Bradford's matrix, by rows)
ADAPTED = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


class Attachment(NamedTuple):
    """The file that a PDF was made from, to travel inside it."""

    name: str
    data: bytes
    description: str


class ArchiveCanvas(TaggedCanvas):
    """A tagged canvas whose file is fit for an archive and carries its own source."""

    def __init__(
        self,
        out: Any,
        root: Element,
        paper: tuple[float, float],
        blank: str,
        source: Attachment,
    ) -> None:
        super().__init__(out, root, paper, blank)
        self._source = source
        self._doc.encrypt = _EndedStreams()
        self._doc.updateSignature(source.data)

    def save(self, about: About) -> None:
        """Write what makes a PDF archival, then the file."""
        document, catalog = self._doc, self._doc.Catalog
        source = self._attached(about.time)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "OutputIntents"]
        catalog.AF = Array([source])  # ISO 19005-3, 6.8: what the file is to the document
        catalog.Names = Dict({
            "EmbeddedFiles": Dict({"Names": Array([String(self._source.name), source])})
        })  # fmt: skip
        catalog.OutputIntents = Array([_colours(document)])
        packet = _metadata(about)
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: packet)
        super().save(about)

    def _attached(self, time: int) -> Any:
        """Return a reference to the source, embedded."""
        document, source = self._doc, self._source
        params = Dict({"Size": len(source.data), "ModDate": pdf_date(time)})
        kind = "/Type /EmbeddedFile /Subtype /application#2Ftoml"
        entries = f"{kind} /Params {formatted(params, document)}"
        file = self._body.stream(entries, deflated(source.data))
        return document.Reference(
            Dict({
                "Type": Name("Filespec"),
                "F": String(source.name),
                "UF": String(source.name),
                "Desc": String(source.description),
                "AFRelationship": Name("Source"),
                "EF": Dict({"F": file, "UF": file}),
            })
        )  # fmt: skip


# ---------------------------------------------------------------------------- streams


class _EndedStreams(pdfdoc.NoEncryption):
    """Ends the data of each stream with a line, which ReportLab does not (ISO 19005-3, 6.1.7.1).

    All streams of a document, those of pages and fonts among them, pass through its encryption just
    before they are written. So this is where one of ours can see to them all, unencrypted.
    """

    def encode(self, data: bytes) -> _Ended:
        return _Ended(data)


class _Ended(bytes, pdfdoc.PDFObject):
    """Data that is written with an end of line behind it, which its length does not count."""

    def format(self, document: Any) -> bytes:
        return self + b"\n"


# ---------------------------------------------------------------------------- colours


def _colours(document: Any) -> Any:
    """Return what the colours of the pages mean: those of sRGB (ISO 19005-3, 6.2.3 and 6.2.4.3)."""
    profile = pdfdoc.PDFStream(Dict({"N": 3}), srgb(), [pdfdoc.PDFZCompress])
    return Dict({
        "Type": Name("OutputIntent"),
        "S": Name("GTS_PDFA1"),
        "OutputConditionIdentifier": String("sRGB"),
        "Info": String("sRGB IEC 61966-2-1"),
        "DestOutputProfile": document.Reference(profile),
    })  # fmt: skip


def srgb() -> bytes:
    """Return sRGB (IEC 61966-2-1) as an ICC profile (ISO 15076-1).

    It is written here because those that libraries make hold the time, the machine and the
    library's version.
    """
    curve = _tag("para", struct.pack(">HH", 3, 0), _fixed(CURVE))
    tags = {
        "desc": _tag("mluc", _english("sRGB IEC 61966-2-1")),
        "cprt": _tag("mluc", _english("No copyright, use freely")),
        "wtpt": _tag("XYZ ", _fixed(WHITE)),
        "chad": _tag("sf32", _fixed(ADAPTED)),
        "rXYZ": _tag("XYZ ", _fixed(RED)),
        "gXYZ": _tag("XYZ ", _fixed(GREEN)),
        "bXYZ": _tag("XYZ ", _fixed(BLUE)),
        "rTRC": curve,
        "gTRC": curve,
        "bTRC": curve,
    }
    start = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += struct.pack(">4sII", name.encode(), start + len(data), len(value))
        data += value
    return _header(start + len(data)) + table + data


def _header(size: int) -> bytes:
    """Return a profile's first 128 bytes: version 4.2, for displays, dated to sRGB's own year."""
    date = struct.pack(">6H", 1999, 1, 1, 0, 0, 0)
    return (
        struct.pack(">I4xI4s4s4s12s4s", size, 0x0420_0000, b"mntr", b"RGB ", b"XYZ ", date, b"acsp")
        + bytes(28)  # no platform, flags, device or intent of its own
        + _fixed(WHITE)
        + bytes(48)
    )


def _tag(kind: str, *values: bytes) -> bytes:
    value = kind.encode() + bytes(4) + b"".join(values)
    return value + bytes(-len(value) % 4)


def _english(text: str) -> bytes:
    units = text.encode("utf-16-be")
    return struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(units), 28) + units


def _fixed(numbers: Sequence[float]) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


# ---------------------------------------------------------------------------- metadata


def _metadata(about: About) -> bytes:
    """Return the XMP packet: what the Info dictionary says, and the claims to both standards.

    ISO 19005-3, 6.6.2.3: a schema that XMP itself does not define, such as PDF/UA's, is described.
    """
    year, month, day, hour, minute, second = pdf_time(about.time)
    said = about.title, about.subject, about.keywords, about.language
    title, subject, keywords, language = (escape(words, quote=False) for words in said)
    when = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
</dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>
""".encode()
