"""A document of ReportLab, and objects that are none of its own -> the bytes of the file.

ReportLab comes to the same bytes; but each object has to be one of its own then, noted in three
tables by a name, which for a long deck's 60,000 elements took longer than to write them.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any, BinaryIO

from deckbuilder.writers.pdf.rl import pdfdoc
from deckbuilder.writers.pdf.structure import Objects

STRETCH = 10_000  # texts that are written at a time


def assemble(document: Any, canvas: Any, objects: Objects, out: BinaryIO) -> None:
    """Write the file, all objects in the order of their numbers."""
    for face in document.delayedFonts:
        face.addObjects(document)
    document.info.invariant = document.invariant
    document.info.digest(document.signature)
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    out.write(b"".join(pdfdoc.PDFFile(document._pdfVersion).strings))
    offsets: list[int] = []
    number = 1
    while True:  # an object may bring forth others while it is written
        if number == objects.first and objects.texts:
            number += len(objects.texts)
            _write(objects.texts, out, offsets)
        elif number in document.numberToId:
            offsets.append(out.tell())
            out.write(_object(document, number))
            number += 1
        else:
            break
    end = out.tell()
    lines = (f"{offset:010} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {number}\n0000000000 65535 f \n{''.join(lines)}".encode("ascii"))
    trailer = pdfdoc.PDFTrailer(startxref=end, Size=number, Root=root, Info=info, ID=document.ID())
    out.write(trailer.format(document))


def _write(texts: list[str], out: BinaryIO, offsets: list[int]) -> None:
    """Write texts, and note where each begins; they are as large as the file, so they go by it."""
    for start in range(0, len(texts), STRETCH):
        some = texts[start : start + STRETCH]
        texts[start : start + STRETCH] = [""] * len(some)
        *begins, _ = accumulate(map(len, some), initial=out.tell())
        offsets += begins
        out.write("".join(some).encode("ascii"))
    texts.clear()


def _object(document: Any, number: int) -> bytes:
    """Return one of ReportLab's objects."""
    content = document.idToObject[document.numberToId[number]]
    written: bytes = pdfdoc.format(content, document, toplevel=1)
    end = b"" if written.endswith(b"\n") else b"\n"
    return b"%d 0 obj\n%b%bendobj\n" % (number, written, end)
