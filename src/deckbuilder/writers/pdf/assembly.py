"""A document of ReportLab, and objects that are none of its own -> the bytes of the file.

ReportLab comes to the same objects; but each has to be one of its own then, noted in three tables
by a name, which for a long deck's 60,000 elements took longer than to write them. It also knows no
object streams (ISO 32000-1, 7.5.7), in which the elements take a tenth of the room: with them a
sheet of 1,000 facts has 430 kB, without them 990.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import islice
from struct import Struct
from typing import Any, BinaryIO, NamedTuple

from deckbuilder.writers.pdf.rl import pdfdoc
from deckbuilder.writers.pdf.structure import Object

STRETCH = 200  # objects in a stream: with more it hardly gets smaller, and readers unpack it whole
LEVEL = 4  # of compression: 6 saves 8 % more in twice the time
ENTRY = Struct(">BIH")  # of the table of all objects, as its `W` says
WIDTHS = "[1 4 2]"
FREE, PLAIN, PACKED = 0, 1, 2  # the kinds of its entries


class _Stretch(NamedTuple):
    """Objects in one stream: their numbers in its order, its dictionary's entries, its data."""

    numbers: tuple[int, ...]
    entries: str
    data: bytes


def assemble(document: Any, canvas: Any, objects: Iterable[Object], out: BinaryIO) -> None:
    """Write the file: the objects in streams, then ReportLab's in the order of their numbers.

    No other object gets a number before the first of the `objects` is asked for.
    """
    stretches, table = _packed(objects), _Table()
    for face in document.delayedFonts:
        face.addObjects(document)
    document.info.invariant = document.invariant
    document.info.digest(document.signature)
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    out.write(b"".join(pdfdoc.PDFFile(document._pdfVersion).strings))
    for stretch in stretches:
        document.objectcounter = number = document.objectcounter + 1
        for index, packed in enumerate(stretch.numbers):
            table.note(packed, PACKED, number, index)
        table.note(number, PLAIN, out.tell())
        out.write(_stream(number, stretch.entries, stretch.data))
    number = 1
    while number <= document.objectcounter:  # an object may bring forth others while it is written
        if number in document.numberToId:
            table.note(number, PLAIN, out.tell())
            out.write(_object(document, number))
        number += 1
    table.note(number, PLAIN, end := out.tell())
    named = f"/Root {root.format(document).decode()} /Info {info.format(document).decode()}"
    own = document.signature.hexdigest()
    entries = f"/Type /XRef /Size {number + 1} /W {WIDTHS} {named} /ID [<{own}><{own}>]"
    out.write(_stream(number, entries, zlib.compress(table.entries, LEVEL)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % end)


class _Table:
    """Where each object is, by its number (ISO 32000-1, 7.5.8)."""

    def __init__(self) -> None:
        self.entries = bytearray(ENTRY.pack(FREE, 0, 0xFFFF))

    def note(self, number: int, kind: int, where: int, index: int = 0) -> None:
        """Note where an object is: in the file, or a packed one in which stream, at what place."""
        missing = (number + 1) * ENTRY.size - len(self.entries)
        if missing > 0:
            self.entries += bytes(missing)
        ENTRY.pack_into(self.entries, number * ENTRY.size, kind, where, index)


def _packed(objects: Iterable[Object]) -> list[_Stretch]:
    """Return objects in streams, compressed: what they would take plain, no one has to hold."""
    left, stretches = iter(objects), list[_Stretch]()
    while some := tuple(islice(left, STRETCH)):
        at, places = 0, list[str]()
        for number, text in some:
            places.append(f"{number} {at}")
            at += len(text) + 1
        head = f"{' '.join(places)}\n"
        data = "".join([head, *(f"{text}\n" for _, text in some)]).encode("ascii")
        entries = f"/Type /ObjStm /N {len(some)} /First {len(head)}"
        numbers = tuple([number for number, _ in some])
        stretches.append(_Stretch(numbers, entries, zlib.compress(data, LEVEL)))
    return stretches


def _stream(number: int, entries: str, data: bytes) -> bytes:
    about = f"<</Length {len(data)} /Filter /FlateDecode {entries}>>"
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, about.encode(), data)


def _object(document: Any, number: int) -> bytes:
    """Return one of ReportLab's objects."""
    content = document.idToObject[document.numberToId[number]]
    written: bytes = pdfdoc.format(content, document, toplevel=1)
    end = b"" if written.endswith(b"\n") else b"\n"
    return b"%d 0 obj\n%b%bendobj\n" % (number, written, end)
