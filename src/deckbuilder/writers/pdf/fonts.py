"""The faces of print, from PyPI packages: which font has a character, and how wide it is."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import adler32

from deckbuilder.writers.pdf.faces import Face
from deckbuilder.writers.pdf.rl import TTFont, pdfmetrics, ttfonts

ttfonts.TTFontFace = Face  # what a font is made with

# face -> (package, file) of a font, or the name of one in pymupdf-fonts
FACES: dict[str, tuple[str, str] | str] = {
    "Sans": ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    "Sans-Bold": ("font_source_sans_pro", "files/SourceSansPro-Bold.ttf"),
    "Sans-Italic": ("font_source_sans_pro", "files/SourceSansPro-It.ttf"),
    "Sans-BoldItalic": ("font_source_sans_pro", "files/SourceSansPro-BoldIt.ttf"),
    "Serif": ("font_source_serif_pro", "files/SourceSerifPro-Semibold.ttf"),
    "Serif-Regular": ("font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    "Serif-Italic": ("font_source_serif_pro", "files/SourceSerifPro-It.ttf"),
    "Serif-BoldItalic": ("font_source_serif_pro", "files/SourceSerifPro-SemiboldIt.ttf"),
    "Code": "cascadia",
    "Fira": "figo",
    "Fira-Bold": "figbo",
    "Fira-Italic": "figit",
    "Fira-BoldItalic": "figbi",
    "Noto": "notos",
    "Noto-Bold": "notosbo",
    "Signs": ("ziamath", "fonts/STIXTwoMath-Regular.ttf"),  # arrows, ♀ and ♂, as in formulas
}
# what a face lacks is set in these, the first that has it
FALLBACKS: dict[str, tuple[str, ...]] = {
    "Sans": ("Fira", "Noto", "Signs"),
    "Sans-Bold": ("Fira-Bold", "Noto-Bold", "Signs"),
    "Sans-Italic": ("Fira-Italic", "Sans", "Fira", "Noto", "Signs"),
    "Sans-BoldItalic": ("Fira-BoldItalic", "Sans-Bold", "Fira-Bold", "Noto-Bold", "Signs"),
    "Serif": ("Fira-Bold", "Noto-Bold", "Sans-Bold", "Signs"),
    "Serif-Regular": ("Fira", "Noto", "Sans", "Signs"),
    "Serif-Italic": ("Sans-Italic", "Fira-Italic", "Sans", "Fira", "Noto", "Signs"),
    "Serif-BoldItalic": ("Fira-BoldItalic", "Sans-Bold", "Fira-Bold", "Noto-Bold", "Signs"),
    "Code": ("Sans", "Fira", "Noto", "Signs"),
}


MOST_CHECKED = 65_520 // 255  # bytes whose sum a checksum surely holds
AUTHORS: dict[str, TTFont] = {}  # the faces that authors brought


@cache
def font(face: str) -> TTFont:
    """Return the font of a face, registered under its name."""
    if face in AUTHORS:
        return AUTHORS[face]
    where = FACES[face]
    if isinstance(where, str):
        import pymupdf_fonts

        made = TTFont(face, io.BytesIO(pymupdf_fonts.myfont(where)))
    else:
        made = TTFont(face, io.BytesIO(font_file(*where).read_bytes()))
    pdfmetrics.registerFont(made)
    return made


def font_file(package: str, name: str) -> Path:
    """Return the file of a font in a package."""
    return Path(_folder(package), name)


@cache
def _folder(package: str) -> str:
    """Return where a package is.

    It is not imported: those of fonts look at all their files first, which takes 3 ms; to ask
    `importlib.resources` takes 5.
    """
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return spec.submodule_search_locations[0]


@cache
def author_font(data: bytes) -> str:
    """Return the face of a font that an author brought.

    Raises:
        ValueError: it is none that can be used.
    """
    digest = hashlib.sha256(data).hexdigest()[:12]
    face = f"Author-{digest}"
    try:
        made = TTFont(face, io.BytesIO(data))
        made.face.name += f"-{digest}".encode()  # ReportLab takes fonts of one name for one font
    except Exception as error:  # ReportLab's parser fails in many ways on bytes that are no font
        of_another_kind = data.startswith(b"OTTO")
        why = "its outlines are OpenType/CFF" if of_another_kind else "it is damaged, or none"
        raise ValueError(why) from error
    pdfmetrics.registerFont(made)
    AUTHORS[face] = made
    return face


def has(face: str, character: str) -> bool:
    """Tell whether a face draws a character. What is not to be seen is never drawn."""
    return ord(character) in font(face).face.charToGlyph


def is_mark(character: str) -> bool:
    """Tell whether a character sits on the one before it."""
    return unicodedata.combining(character) > 0


def missing(characters: Iterable[str], extra: tuple[str, ...] = ()) -> set[str]:
    """Return the characters that no face can set, those an author brought among them."""
    rare = {c for c in characters if not ("!" <= c <= "~" or c in " \u00a0\u202f")}
    return {c for c in rare if never_set(c) or not _settable(c, extra)}


def never_set(character: str) -> bool:
    """Tell whether a character has no form of its own that a font could give it."""
    return unicodedata.category(character) in ("Cf", "Co", "Cn")


@cache
def _settable(character: str, extra: tuple[str, ...]) -> bool:
    # upright faces decide: each slanted one falls back on them
    return any(has(face, character) for face in ("Sans", *extra, *FALLBACKS["Sans"]))


@cache
def _characters(face: str) -> frozenset[str]:
    return frozenset(map(chr, font(face).face.charToGlyph))


@cache
def _latin_1(face: str) -> bytes:
    """Return a table of Latin-1 that has 0 for what a face does not set."""
    glyphs = font(face).face.charToGlyph
    return bytes([n in glyphs for n in range(256)])


def all_in(text: str, face: str) -> bool:
    """Tell whether a face sets all of a text; with Latin-1 alone, that is told 5 times as fast."""
    try:
        return 0 not in text.encode("latin-1").translate(_latin_1(face))
    except UnicodeEncodeError:
        return _characters(face).issuperset(text)


def segments(text: str, face: str, extra: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield `(face, characters)`: the text in stretches that one face can set."""
    start, current, index = 0, face, 0
    while index < len(text):
        end = next((n for n in range(index + 1, len(text)) if not is_mark(text[n])), len(text))
        best = _face_for(text[index:end], face, extra)
        if not best:  # none has the letter with its marks
            end, best = index + 1, _face_for(text[index], face, extra) or face
        if best != current:
            if index > start:
                yield current, text[start:index]
            start, current = index, best
        index = end
    yield current, text[start:]


@cache
def _face_for(characters: str, face: str, extra: tuple[str, ...]) -> str:
    """Return the first face that has all of the characters; "" if none has."""
    faces = (face, *extra, *FALLBACKS[face])
    return next((f for f in faces if all(has(f, c) for c in characters)), "")


class _Widths(dict[str, float]):
    """How wide the characters of a face are, in thousandths of the size."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self.face = font(face).face

    def __missing__(self, character: str) -> float:
        wide: float = self.face.charWidths.get(ord(character), self.face.defaultWidth)
        self[character] = wide
        return wide


@cache
def widths(face: str) -> Callable[[str], float]:
    """Return what tells how wide a character of a face is, in thousandths of the size."""
    return _Widths(face).__getitem__


@cache
def _bytes_of_widths(face: str) -> tuple[bytes, bytes]:
    """Return how wide the first 256 characters are, the lower and the upper byte of each number.

    Neither has any if these are no whole numbers, as in faces that are not drawn in thousandths.
    """
    of = font(face).face
    wide = [of.charWidths.get(n, of.defaultWidth) for n in range(256)]
    if any(each % 1 or each > 0xFFFF for each in wide):
        return b"", b""
    return bytes(int(each) & 0xFF for each in wide), bytes(int(each) >> 8 for each in wide)


def width(text: str, face: str) -> float:
    """Return how wide a text of one face is at a size of one point.

    Most texts have a byte for each character. Their checksum adds these up in a third of the time
    that a sum of numbers takes: its lower half is 1 and all bytes, up to 65,520 (RFC 1950, 8.2).
    """
    lower, upper = _bytes_of_widths(face)
    wide: float
    try:
        codes = text.encode("latin-1")
        low, high = codes.translate(lower), codes.translate(upper)
        if len(codes) <= MOST_CHECKED:
            wide = (adler32(low) & 0xFFFF) - 1 + 256 * ((adler32(high) & 0xFFFF) - 1)
        else:
            wide = sum(low) + 256 * sum(high)
    except ValueError:  # a character beyond, or a face without bytes
        wide = sum(map(widths(face), text))
    return wide / 1000
