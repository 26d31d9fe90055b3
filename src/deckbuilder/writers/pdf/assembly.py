"""A document of ReportLab, and objects that are none of its own -> the bytes of the file.

ReportLab comes to the same objects; but each has to be one of its own then, noted in three tables
by a name, which for a long deck's 60,000 elements took longer than to write them, and has to be
held until the end. It also knows no object streams (ISO 32000-1, 7.5.7), in which the elements take
a tenth of the room: with them a sheet of 1,000 facts has 440 kB, without them 990.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, chain
from struct import Struct
from typing import Any, BinaryIO

from deflate import zlib_compress

from deckbuilder.writers.pdf.rl import fp_str, pdfdoc
from deckbuilder.writers.pdf.structure import fresh

STRETCH = 200  # objects in a stream: with more it hardly gets smaller, and readers unpack it whole
ENTRY = Struct(">BIH")  # of the table of all objects, as its `W` says
WIDTHS = "[1 4 2]"
FREE, PLAIN, PACKED = 0, 1, 2  # the kinds of its entries

# By libdeflate, which comes to the same bytes on every machine, and takes a third of the time that
# zlib takes at level 4, for a file 4 % larger. Its own 4 saves 5 % in 1.6 times the time, 6 saves
# 13 % in 2.6 times.
deflated = partial(zlib_compress, compresslevel=1)


class _Deflate:
    """What packs ReportLab's own streams, those of fonts, as all others are: 2 % of a sheet."""

    pdfname = "FlateDecode"

    def encode(self, data: str | bytes) -> bytes:
        return bytes(deflated(data.encode() if isinstance(data, str) else data))


class Body:
    """The objects of a file (ISO 32000-1, 7.5.3), written as they come; the rest is ReportLab's.

    `document`: ReportLab's, by which all objects are counted; `out`: the file, empty.
    """

    def __init__(self, document: Any, out: BinaryIO) -> None:
        self.document, self.out, self._table = document, out, _Table()
        self._packed: dict[int, str] = {}  # those that are to come into one stream
        out.write(b"".join(pdfdoc.PDFFile(document._pdfVersion).strings))

    def stream(self, entries: str, data: bytes | bytearray) -> str:
        """Write a compressed stream, whose dictionary has these entries, too; return its name."""
        number = fresh(self.document)
        self._stream(number, entries, data)
        return f"{number} 0 R"

    def pack(self, number: int, text: str) -> None:
        """Put an object into a stream with others: what they take plain, nobody has to hold."""
        self._packed[number] = text
        if len(self._packed) == STRETCH:
            self._write_packed()

    def end(self, canvas: Any) -> None:
        """Write ReportLab's objects in the order of their numbers, and where all objects are."""
        document = self.document
        if self._packed:
            self._write_packed()
        for face in document.delayedFonts:
            face.addObjects(document)
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        number = 1
        while number <= document.objectcounter:  # one may bring forth others while it is written
            if number in document.numberToId:
                self._table.note(number, self.out.tell())
                self.out.write(_object(document, number))
            number += 1
        end = self.out.tell()
        self._table.note(number, end)
        named = f"/Root {root.format(document).decode()} /Info {info.format(document).decode()}"
        own = document.signature.hexdigest()
        entries = f"/Type /XRef /Size {number + 1} /W {WIDTHS} {named} /ID [<{own}><{own}>]"
        self._stream(number, entries, deflated(self._table.entries))
        self.out.write(b"startxref\n%d\n%%%%EOF\n" % end)

    def _write_packed(self) -> None:
        """Write the packed objects as one stream, made of all of them at once: 3 times as fast."""
        numbers, texts = [*self._packed], [*self._packed.values()]
        starts = accumulate([len(text) + 1 for text in texts[:-1]], initial=0)
        places = chain.from_iterable(zip(numbers, starts, strict=True))
        head, body = " ".join(map(str, places)), "\n".join(texts)
        home = fresh(self.document)
        self._table.note_packed(numbers, home)
        entries = f"/Type /ObjStm /N {len(numbers)} /First {len(head) + 1}"
        self._stream(home, entries, deflated(f"{head}\n{body}\n".encode("ascii")))
        self._packed.clear()

    def _stream(self, number: int, entries: str, data: bytes | bytearray) -> None:
        self._table.note(number, self.out.tell())
        about = f"<</Length {len(data)} /Filter /FlateDecode {entries}>>"
        self.out.write(f"{number} 0 obj\n{about}\nstream\n".encode())
        self.out.write(data)
        self.out.write(b"\nendstream\nendobj\n")


class _Table:
    """Where each object is, by its number (ISO 32000-1, 7.5.8)."""

    def __init__(self) -> None:
        self.entries = bytearray(ENTRY.pack(FREE, 0, 0xFFFF))

    def note(self, number: int, where: int) -> None:
        """Note where in the file an object is."""
        self._reach(number)
        ENTRY.pack_into(self.entries, number * ENTRY.size, PLAIN, where, 0)

    def note_packed(self, numbers: Sequence[int], home: int) -> None:
        """Note in which stream packed objects are, in their order."""
        self._reach(max(numbers))
        for index, number in enumerate(numbers):
            ENTRY.pack_into(self.entries, number * ENTRY.size, PACKED, home, index)

    def _reach(self, number: int) -> None:
        """Make room for the entries up to a number."""
        missing = (number + 1) * ENTRY.size - len(self.entries)
        if missing > 0:
            self.entries += bytes(missing)


def _object(document: Any, number: int) -> bytes:
    """Return one of ReportLab's objects."""
    content = document.idToObject[document.numberToId[number]]
    if isinstance(content, pdfdoc.PDFStream) and content.filters:
        content.filters = [_Deflate()]
    elif isinstance(content, pdfdoc.PDFTrueTypeFont):  # its numbers one by one: 2 % of a sheet
        content.Widths = f"[{fp_str(content.Widths.sequence)}]"
    written: bytes = pdfdoc.format(content, document, toplevel=1)
    end = b"" if written.endswith(b"\n") else b"\n"
    return b"%d 0 obj\n%b%bendobj\n" % (number, written, end)
