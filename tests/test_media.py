"""Pictures and sounds: what is taken, what is refused, and what learners and readers get."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import ankilib
import pikepdf
import pytest
from anki.sound import TTSTag
from ankilib import all_cards, collection, load, package, page
from conftest import NOW, SMALL
from filed import filed
from pdftext import structure
from PIL import Image, ImageCms, ImageDraw, ImageOps
from pypdf import PdfReader

from deckbuilder import assets
from deckbuilder.build import build
from deckbuilder.choice import Choice, choose
from deckbuilder.examine import examine
from deckbuilder.media import medium, picture, pixels, raster, sound, vector
from deckbuilder.writers.apkg.digest import content_digest
from deckbuilder.writers.pdf import panels, sheet
from deckbuilder.writers.pdf.columns import Stack, squeezed
from deckbuilder.writers.pdf.drawn import Box, DrawnLine, nothing
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import answers, handout
from deckbuilder.writers.pdf.pages import Page, fitted
from deckbuilder.writers.pdf.panels import Panel, flowing
from deckbuilder.writers.pdf.parts import facts
from deckbuilder.writers.pdf.sheet import _check
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, stacked
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, TINT, Theme

SOUND = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(400)
RED, BLUE = (200, 30, 20), (20, 40, 200)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{}</svg>'


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def plain(wide: int = 60, tall: int = 40, colour: tuple[int, ...] = RED) -> Image.Image:
    return Image.new({1: "L", 3: "RGB", 4: "RGBA"}[len(colour)], (wide, tall), colour)


def corners(wide: int, tall: int) -> Image.Image:
    """Return a picture that is red, with its upper left quarter blue."""
    image = plain(wide, tall)
    ImageDraw.Draw(image).rectangle((0, 0, wide // 2, tall // 2), fill=BLUE)
    return image


def private(**more: int) -> Image.Exif:
    """Return what a camera notes: its name, the place, and the way it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Some camera", "A. Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = more.get("turned", 1)
    return exif


def nearly(colour: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


# ---------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("form", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("GIF", "gif")]
)
def test_a_small_clean_picture_stays_as_it_is(form: str, extension: str) -> None:
    """Bytes that hold a picture and nothing else are not made anew, which would only lose."""
    data = saved(plain(), form)
    assert picture(data) == medium.Medium(data, extension, (60, 40))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_scaled_and_says_nothing_of_its_photographer(form: str) -> None:
    """What a camera notes beside the pixels is gone, and the way it was held has been heeded."""
    data = saved(corners(2400, 1200), form, exif=private(turned=6))
    made = picture(data)
    image = Image.open(io.BytesIO(made.data))
    assert made.size == image.size == (800, 1600)
    assert not image.getexif()
    assert b"camera" not in made.data
    assert nearly(image.convert("RGB").getpixel((790, 10)), BLUE)  # a quarter turn clockwise
    assert nearly(image.convert("RGB").getpixel((10, 1590)), RED)


@pytest.mark.parametrize(
    "options",
    [
        {"form": "JPEG", "exif": private()},
        {"form": "JPEG", "comment": b"by A. Photographer, camera 1"},
        {"form": "JPEG", "xmp": b"<x:xmpmeta>camera</x:xmpmeta>"},
        {"form": "PNG", "exif": private()},
    ],
    ids=["exif", "comment", "xmp", "png"],
)
def test_a_small_picture_is_cleared_too(options: dict[str, object]) -> None:
    """No picture is too small to tell where it was taken."""
    data = saved(plain(), **options)  # type: ignore[arg-type]
    assert b"camera" in data
    made = picture(data)
    assert b"camera" not in made.data
    assert made.size == (60, 40)


def blocks(data: bytes) -> bytes:
    """Return bytes as a GIF holds them: in stretches that begin with their length."""
    parts = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


NOTED = (
    b"!\xfe" + blocks(b"by A. Photographer, camera 1" * 20),
    b"!\xff\x0bXMP DataXMP<x:xmpmeta>camera</x>\x01" + bytes(range(255, -1, -1)) + b"\0",
    b"!\xff" + b"\x0bSOMEPROGRAM" + blocks(b"camera"),
    b"!\xff" + b"\x0bNETSCAPE2.0" + blocks(b"camera"),
    b"!\x01" + blocks(b"camera"),
)


@pytest.mark.parametrize("noted", NOTED, ids=["comment", "xmp", "program", "loop", "text"])
@pytest.mark.parametrize("frames", [1, 3])
def test_a_gif_moves_and_says_nothing_else(noted: bytes, frames: int) -> None:
    """Comments and what programs note go, wherever they stand; pictures, times and loops stay."""
    more = [plain(colour=(0, 0, 90 * n)) for n in range(1, frames)]
    still = {"save_all": True, "append_images": more, "duration": 70, "loop": 3}
    data = saved(plain(), "GIF", **(still if more else {}))
    first = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    made = picture(data[:first] + noted + data[first:-1] + noted + b";hidden film")
    assert made == medium.Medium(data, "gif", (60, 40))


def of_png(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


WORDS = (
    of_png(b"tEXt", b"Author\0camera"),
    of_png(b"eXIf", b"MM camera"),
    of_png(b"prVt", b"camera"),
)


@pytest.mark.parametrize("words", WORDS, ids=["text", "exif", "private"])
def test_a_png_moves_as_a_gif_does(words: bytes) -> None:
    """What it says, before its pictures or between them, goes; they, their times and loops stay."""
    more = [plain(colour=(0, 0, 90 * n)) for n in (1, 2)]
    data = saved(plain(), "PNG", save_all=True, append_images=more, duration=70, loop=3)
    first, later, end = 33, data.index(b"fdAT") - 4, len(data) - 12
    parts = (data[:first], words, data[first:later], words, data[later:end], words, data[end:])
    assert picture(b"".join(parts) + b"hidden film") == medium.Medium(data, "png", (60, 40))
    shown = Image.open(io.BytesIO(picture(data).data))
    assert (getattr(shown, "n_frames", 1), shown.info["loop"]) == (3, 3)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_large_picture_that_moves_stands_still(form: str) -> None:
    """Scaled, it is its first picture."""
    images = [Image.new("RGB", (1700, 10), colour) for colour in (RED, BLUE)]
    options = {"lossless": True} if form == "WEBP" else {}
    made = picture(saved(images[0], form, save_all=True, append_images=images[1:], **options))
    shown = Image.open(io.BytesIO(made.data))
    assert (shown.width, getattr(shown, "n_frames", 1)) == (1600, 1)
    assert nearly(shown.convert("RGB").getpixel((5, 5)), RED)


def test_a_gif_that_ends_within_a_block_is_broken() -> None:
    """Where its blocks cannot be followed to the end, a GIF is not taken."""
    data = saved(plain(), "GIF")
    for end in range(20, len(data) - 1, 5):
        with pytest.raises(medium.UnusableError, match=r"^is (broken|no PNG)"):
            picture(data[:end])


BEHIND = {
    "film": b"hidden film",
    "chunk": b"NOTE\x06\0\0\0camera",
    "PNG": saved(plain(9, 9)),
    "JPEG": saved(plain(9, 9), "JPEG", exif=private()),
    "WEBP": saved(plain(9, 9), "WEBP", exif=private()),
}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("hidden", BEHIND.values(), ids=BEHIND)
def test_what_hangs_behind_a_picture_is_cut_off(form: str, hidden: bytes) -> None:
    """A film, or another picture with all that its camera notes, reaches no learner."""
    assert hidden not in picture(saved(plain(), form) + hidden).data


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_holds_nothing_but_its_picture(lossless: bool) -> None:
    """What a program puts into it, under a name of its own, goes; a file without that stays."""
    data = saved(plain(), "WEBP", lossless=lossless)
    assert picture(data).data == data
    noted = data + BEHIND["chunk"]
    noted = noted[:4] + struct.pack("<I", len(noted) - 8) + noted[8:]
    assert b"camera" not in picture(noted).data


def test_a_large_clear_webp_stays_clear() -> None:
    """Scaled, it becomes what can be clear."""
    made = picture(saved(plain(1800, 20, (*RED, 128)), "WEBP", lossless=True))
    assert made.extension == "png"


def test_the_same_file_gives_the_same_bytes() -> None:
    """A photo scaled twice is the same file."""
    data = saved(corners(2400, 1200), "JPEG", exif=private())
    assert picture(data) == picture(data)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_the_colours_of_another_profile_are_followed() -> None:
    """Where a file's red is what others call blue, it is blue."""
    profile = bytearray(SRGB)
    for n in range(struct.unpack(">I", profile[128:132])[0]):
        at = 132 + 12 * n
        if (tag := bytes(profile[at : at + 4])) in (b"rXYZ", b"bXYZ"):
            profile[at : at + 4] = b"bXYZ" if tag == b"rXYZ" else b"rXYZ"
    made = picture(saved(plain(colour=(0, 0, 255)), icc_profile=bytes(profile)))
    assert nearly(Image.open(io.BytesIO(made.data)).convert("RGB").getpixel((5, 5)), (255, 0, 0))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(saved(plain().convert("CMYK"), "JPEG"), id="cmyk"),
        pytest.param(
            saved(plain(), icc_profile=SRGB),
            id="profile",
        ),
        pytest.param(saved(plain(), icc_profile=b"no profile"), id="broken profile"),
        pytest.param(saved(plain().quantize(4)), id="palette"),
        pytest.param(saved(plain(colour=(*RED, 255))), id="alpha"),
        pytest.param(saved(plain(), "WEBP", lossless=True, exif=private()), id="webp"),
        pytest.param(
            saved(plain(), "GIF", save_all=True, append_images=[plain(colour=BLUE)]), id="animation"
        ),
    ],
)  # fmt: skip
def test_colours_survive(data: bytes) -> None:
    """However a file holds its colours, the card's and the sheet's are the same."""
    made = picture(data)
    shown = Image.open(io.BytesIO(made.data)).convert("RGB").getpixel((5, 5))
    assert nearly(shown, RED)
    printed = raster.printable(made.data)
    image = Image.open(printed) if isinstance(printed, io.BytesIO) else printed
    assert image.mode in ("RGB", "L")
    assert nearly(image.convert("RGB").getpixel((5, 5)), RED)


def test_greys_of_sixteen_bits() -> None:
    """A scientific picture with 65,536 greys keeps its shades."""
    made = picture(saved(Image.new("I;16", (20, 20), 0x8000)))
    assert Image.open(io.BytesIO(made.data)).getpixel((3, 3)) in (127, 128)


def test_clear_parts_are_white_on_paper() -> None:
    """What is transparent shows the paper, half of it half."""
    image = plain(40, 40, (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill=(0, 0, 0, 128))
    printed = raster.printable(picture(saved(image)).data)
    assert [printed.getpixel((x, 5)) for x in (5, 35)] == [(127, 127, 127), (255, 255, 255)]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(wide: int, tall: int) -> bytes:
    """Return a PNG that says it is large; its pixels would come to that, from few bytes."""
    head = chunk(b"IHDR", struct.pack(">2I5B", wide, tall, 1, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes((wide // 8 + 1) * min(tall, 2000)), 9))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


PNG, JPEG = saved(corners(300, 200)), saved(corners(300, 200), "JPEG")
MUCH = zlib.compress(bytes(99_000_000))
BOMBS = {
    "bomb of 49 million pixels": bomb(7_000, 7_000),
    "bomb of 144 million pixels": bomb(12_000, 12_000),
    "bomb of 400 million pixels": bomb(20_000, 20_000),
}
BROKEN = {
    "bomb of text": PNG[:33] + chunk(b"zTXt", b"a\0\0" + MUCH) + PNG[33:],
    "cut PNG": PNG[:-30],
    "half a JPEG": JPEG[: len(JPEG) // 2],
    "PNG with a wrong byte": PNG[:60] + bytes([PNG[60] ^ 255]) + PNG[61:],
    "PNG without pixels": PNG[:33] + chunk(b"IEND", b""),
    "WebP cut": saved(plain(), "WEBP")[:-8],
}  # fmt: skip
OTHERS = {
    "PNG of no size": bomb(0, 0),
    "head of a GIF": saved(plain(), "GIF")[:10],
    "TIFF": saved(plain(), "TIFF"),
    "PostScript": saved(plain(), "EPS"),
    "PDF": b"%PDF-1.7\n",
    "text": b"a picture",
    "sound": SOUND,
    "packed SVG": zlib.compress(SVG.format("").encode()),
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "told"),
    [pytest.param(data, "has more than 40 million pixels", id=n) for n, data in BOMBS.items()]
    + [pytest.param(data, "is broken", id=n) for n, data in BROKEN.items()]
    + [pytest.param(data, "is no PNG, JPEG", id=n) for n, data in OTHERS.items()],
)
def test_what_is_no_picture_is_refused(data: bytes, told: str) -> None:
    """Bombs, stumps and other things are refused with a sentence, before they cost memory."""
    with pytest.raises(medium.UnusableError, match=f"^{told}"):
        picture(data)


def test_a_bomb_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many pixels there are is read off the head of the file."""
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(medium.UnusableError, match="40 million pixels"):
        picture(bomb(7_000, 7_000))


def test_a_photo_of_a_phone_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their sensors have 50 million pixels; it is decoded at a part of that, and upright."""
    data = saved(corners(8160, 6120), "JPEG", exif=private(turned=6))
    decoded = list[tuple[int, int]]()
    turned = ImageOps.exif_transpose

    def noted(image: Image.Image) -> Image.Image:
        decoded.append(image.size)
        return turned(image)

    monkeypatch.setattr(ImageOps, "exif_transpose", noted)
    made = picture(data)
    assert decoded == [(4080, 3060)]
    image = Image.open(io.BytesIO(made.data))
    assert made.size == image.size == (1200, 1600)
    assert nearly(image.convert("RGB").getpixel((1190, 10)), BLUE)
    with pytest.raises(medium.UnusableError, match="or 80 as a JPEG"):
        picture(saved(Image.new("L", (9000, 9000)), "JPEG"))


# ---------------------------------------------------------------------------- drawings

DRAWING = SVG.format('<style>.a{fill:#d00}</style><rect class="a" width="80" height="40"/>')


def test_a_drawing_stays_as_it_is_and_is_printed_sharp() -> None:
    """An SVG goes into the deck byte for byte; print has as many pixels of it as of a photo."""
    made = picture(DRAWING.encode())
    assert made == medium.Medium(DRAWING.encode(), "svg", (1600, 800))
    image = Image.open(io.BytesIO(pixels.rasterised(made.data, made.size)))
    assert (image.size, image.convert("RGB").getpixel((800, 400))) == ((1600, 800), (221, 0, 0))


def test_letters_of_a_drawing_are_printed() -> None:
    """Words in an SVG are set in a font that is always there, whichever the author named."""
    blank, lettered = (
        pixels.rasterised(SVG.format(text).encode(), (160, 80))
        for text in ("", '<text x="5" y="30" font-family="Comic Sans MS">Rapallo</text>')
    )
    assert len(lettered) > len(blank) + 500


def test_no_font_of_this_machine_is_used() -> None:
    """Words look the same in print, wherever it is made, also in a font that is installed here."""
    families = ["Source Sans Pro", "DejaVu Sans", "Liberation Serif", "Arial", "Helvetica", "serif"]
    text = '<text x="5" y="30" font-family="{}">Rapallo</text>'
    drawn = {
        pixels.rasterised(SVG.format(text.format(family)).encode(), (160, 80))
        for family in families
    }
    assert len(drawn) == 1


FINE = {
    "of an editor": '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG '
    '1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    + DRAWING.replace(">", ' xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:v="1">', 1),
    "gradients by a style sheet": SVG.format(
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
        "<style>.a{fill:url(#g)}</style>" + '<rect class="a"/>' * 900
    ),
    "parts used again": SVG.format(
        '<defs><g id="a"><rect/></g></defs><use href="#a"/><use href="#a"/>'
    ),
    "byte order mark": "\ufeff" + DRAWING,
    "lengths for a size": DRAWING.replace('viewBox="0 0 80 40"', 'width="8cm" height="4cm"'),
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_a_still_drawing_is_taken(text: str) -> None:
    """What the usual programs write is fine."""
    assert picture(text.encode()).size == (1600, 800)


def lol(levels: int, each: str, use: str) -> str:
    """Return elements that each show the one before ten times."""
    return "".join(each.format(n, use.format(n - 1) * 10) for n in range(1, levels))


ACTIVE = {
    "script": SVG.format("<script>alert(1)</script>"),
    "event": SVG.format('<rect onclick="alert(1)"/>'),
    "event of the root": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "HTML": SVG.format('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    "HTML's own script": SVG.format('<script xmlns="http://www.w3.org/1999/xhtml">a()</script>'),
    "animation": SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
    "link": SVG.format('<a href="javascript:alert(1)"><rect/></a>'),
    "picture from the disk": SVG.format('<image href="/etc/passwd"/>'),
    "picture within": SVG.format('<image href="data:image/png;base64,AAAA"/>'),
    "part of another file": SVG.format('<use href="https://example.org/a.svg#b"/>'),
    "old reference": SVG.format(
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd#a"/>'
    ),
    "fill from outside": SVG.format('<rect fill="url(https://example.org/a.svg#b)"/>'),
    "style from outside": SVG.format("<rect style=\"fill:URL( 'http://e.org/#b')\"/>"),
    "sheet that imports": SVG.format("<style>@import 'https://example.org/a.css';</style>"),
    "font from outside": SVG.format("<style>@font-face{src:local(a)}</style>"),
    "hidden reference": SVG.format(r"<style>a{fill:\75rl(//e.org)}</style>"),
    "hidden reference of an attribute": SVG.format(r'<rect fill="\75rl(//e.org)"/>'),
    "HTML for a drawing": "<html><script>alert(1)</script></html>",
    "style sheet outside": '<?xml-stylesheet href="https://example.org/a.css"?>' + DRAWING,
    "base elsewhere": DRAWING.replace("viewBox", 'xml:base="https://example.org/" viewBox'),
    "filter": SVG.format('<filter id="f"><feGaussianBlur stdDeviation="99999"/></filter>'),
    "entity of a file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + SVG.format("&a;"),
    "entities that grow": '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    + SVG.format("&b;"),
    "parameter entity": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://e.org/a"> %a;]>' + DRAWING,
    "parts that grow": SVG.format(
        '<g id="l0"><rect/></g>' + lol(9, '<g id="l{}">{}</g>', '<use href="#l{}"/>')
    ),
    "patterns that grow": SVG.format(
        '<pattern id="l0"><rect/></pattern>'
        + lol(9, '<pattern id="l{}">{}</pattern>', '<rect fill="url(#l{})"/>')
    ),
    "clips that grow by a style sheet": SVG.format(
        "<style>"
        + "".join(f".c{n}{{clip-path:url(#l{n})}}" for n in range(9))
        + "</style>"
        + lol(9, '<clipPath id="l{}">{}</clipPath>', '<rect class="c{}"/>')
    ),
    "part of itself": SVG.format('<g id="a"><use href="#a"/></g>'),
    "depth": SVG.format("<g>" * 5000 + "</g>" * 5000),
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "size of nothing": SVG.format("").replace("80 40", "0 0"),
    "endless strip": SVG.format("").replace("80 40", "1 99999"),
    "size that is no number": SVG.format("").replace("80 40", "nan inf"),
    "unclosed": SVG.format("<g>"),
    "other encoding": '<?xml version="1.0" encoding="UTF-7"?>' + DRAWING,
    "no namespace": '<svg viewBox="0 0 1 1"/>',
}  # fmt: skip


@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE)
def test_what_is_more_than_a_drawing_is_refused(text: str) -> None:
    """Whatever acts, is fetched, or grows without end is refused with a sentence."""
    with pytest.raises(medium.UnusableError) as refused:
        picture(text.encode())
    assert re.fullmatch(r"[a-z][^\n]+", str(refused.value))


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><p>", "\n<html lang='en'>", "<!-- saved -->\n<!doctype HTML>\n"]
)
def test_a_web_page_is_told_as_what_it_is(page: str) -> None:
    """Who saved the page around a picture is told to save the picture, not to export it."""
    with pytest.raises(medium.UnusableError, match="is a web page, not a picture") as refused:
        picture(page.encode())
    assert refused.value.hint


def test_a_drawing_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long to draw is given up, though its text looks harmless."""
    monkeypatch.setattr(pixels, "MOST_TIME", 1)
    layers = '<rect width="80" height="40" opacity=".5"/>' * 10_000
    with pytest.raises(medium.UnusableError, match="more than 1 seconds"):
        picture(SVG.format(layers).encode())


def counted_processes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return what is going to hold how many drawings each process is given."""
    given: list[int] = []
    run = subprocess.run

    def counted(*command: Any, **options: Any) -> Any:
        given.append(len(json.loads(options["input"])))
        return run(*command, **options)

    monkeypatch.setattr(pixels, "_drawn", {})
    monkeypatch.setattr(subprocess, "run", counted)
    return given


LOT = [
    (SVG.format(f'<circle cx="9" cy="9" r="{n}"/><text y="30">{n}</text>').encode(), (160, 80))
    for n in range(1, 11)
]


def test_a_process_draws_several_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten drawings begin two processes, not ten, and each is what it is when it is drawn alone."""
    alone = [pixels.rasterised(*drawing) for drawing in LOT]
    given = counted_processes(monkeypatch)
    pixels.draw_all([*LOT, *LOT], 1)
    assert given == [8, 2]
    assert [pixels.rasterised(*drawing) for drawing in LOT] == alone
    assert given == [8, 2]


def test_a_bad_drawing_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a process keeps what was drawn before it; who came behind it is drawn alone."""
    given = counted_processes(monkeypatch)
    bad = (b"<svg", (160, 80))
    pixels.draw_all([*LOT[:3], bad, *LOT[3:5]], 1)
    assert given == [6]
    assert all(pixels.rasterised(*drawing).startswith(b"\x89PNG") for drawing in LOT[:5])
    assert given == [6, 1, 1]
    with pytest.raises(medium.UnusableError, match="cannot be drawn"):
        pixels.rasterised(*bad)


def test_a_process_that_is_stopped_leaves_what_it_drew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PNG of which the end is missing is none."""
    whole = pixels.rasterised(*LOT[0])
    out = len(whole).to_bytes(8, "big") + whole

    def stopped(*command: Any, **_: Any) -> Any:
        raise subprocess.TimeoutExpired(command, 20, out + out[:-1])

    monkeypatch.setattr(pixels, "_drawn", {})
    monkeypatch.setattr(subprocess, "run", stopped)
    pixels.draw_all(LOT[:3], 1)
    assert pixels.rasterised(*LOT[0]) == whole
    for drawing in LOT[1:3]:
        with pytest.raises(medium.UnusableError, match="more than 20 seconds"):
            pixels.rasterised(*drawing)


LEFT = """\
import sys
from deckbuilder.media import draw
draw.MOST_WORK = 1
sys.argv[1:] = ["{}"]
draw.main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="not every system lets itself be limited")
def test_a_drawing_ends_though_nobody_stops_it() -> None:
    """Who began its process may have been killed."""
    layers = '<rect width="80" height="40" opacity=".5"/>' * 10_000
    given = [{"svg_string": SVG.format(layers), "width": 1600, "height": 800}]
    ended = subprocess.run(
        [sys.executable, "-c", LEFT],
        input=json.dumps(given).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode < 0


def test_the_drawings_of_a_source_are_drawn_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check begins as many processes as help, whatever the number of facts, and reads once."""
    text = "cloze = 'A {{{{gap}}}} in {0}'\nimage = '{0}.svg'\nalt = 'A lake'\n"
    file = source(tmp_path / "deck", *(text.format(n) for n in range(len(LOT))))
    for n, (data, _) in enumerate(LOT):
        (tmp_path / "deck" / f"{n}.svg").write_bytes(data)
    given, opened = counted_processes(monkeypatch), list[str]()
    monkeypatch.setattr("deckbuilder.examine.processors", lambda: 1)
    reads = assets._read

    def noted(asset: medium.Asset, *where: Any) -> Any:
        opened.append(asset.path)
        return reads(asset, *where)

    monkeypatch.setattr(assets, "_read", noted)
    assert not examine(file)[1]
    assert given == [8, 2]
    assert sorted(opened) == sorted(f"{n}.svg" for n in range(len(LOT)))


def test_the_size_of_a_drawing_is_limited() -> None:
    """A drawing is a few kilobytes; a file of megabytes is none."""
    with pytest.raises(medium.UnusableError, match="are the most of an SVG"):
        picture(SVG.format("<g/>" * 600_000).encode())


# ---------------------------------------------------------------------------- sounds


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (SOUND, "mp3"),
        (SOUND[10:], "mp3"),
        (b"OggS\0\2" + bytes(22) + b"\x13OpusHead" + bytes(99), "ogg"),
        (b"OggS\0\2" + bytes(22) + b"\x1e\1vorbis" + bytes(99), "ogg"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(99), "m4a"),
        (b"RIFF\0\1\0\0WAVEfmt " + bytes(99), "wav"),
        (b"fLaC\0\0\0\x22" + bytes(99), "flac"),
    ],
)
def test_a_sound_is_known_by_its_bytes(data: bytes, extension: str) -> None:
    """Each form that Anki plays everywhere goes in as it is."""
    assert sound(data) == medium.Medium(data, extension)


@pytest.mark.parametrize(
    "data",
    [b"sound", PNG, SOUND[:50], b"RIFF\0\1\0\0WEBP" + bytes(99), b"OggS\0\2" + bytes(199)],
    ids=["text", "picture", "stump", "WebP", "film"],
)
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    """A wrong or unknown form is told, not shipped."""
    with pytest.raises(medium.UnusableError):
        sound(data)


# ---------------------------------------------------------------------------- names


@pytest.mark.parametrize("deck", ["a", "a.b_c", "con.x", "x" * 500, "a" * 39 + "-b"])
def test_names_are_safe_everywhere(deck: str) -> None:
    """A name is short, of small ASCII letters, and has one dot."""
    name = medium.file_name(deck, b"", "png")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{12}\.png", name)
    assert len(name) <= 60


def test_a_name_hangs_on_the_authors_file_and_the_deck() -> None:
    """Another picture has another name; two decks never share one."""
    files = [("a", b"1"), ("a", b"2"), ("b", b"1")]
    assert len({medium.file_name(deck, data, "png") for deck, data in files}) == 3


# ---------------------------------------------------------------------------- decks

FACT = """
[[topic.fact]]
id = "{id}"
{text}
"""
CLOZE = "cloze = 'A {{gap}} and {{another}} one'"
ASKED = "question = 'Which lake?'\nanswer = 'Huron'\nreverse = true"
IMAGE = "image = '{}'\nalt = 'A lake'\n"


def source(folder: Path, *facts: str, more: str = "") -> Path:
    """Write a source with such facts, f0, f1 …"""
    folder.mkdir(exist_ok=True)
    text = "".join(FACT.format(id=f"f{n}", text=fact) for n, fact in enumerate(facts))
    (folder / "s.toml").write_text(SMALL + text + more, encoding="utf-8")
    return folder / "s.toml"


def images(html: str) -> list[dict[str, str]]:
    return [element.attributes for element in page(html).inside() if element.tag == "img"]


def test_anki_shows_and_plays_what_the_source_names(tmp_path: Path) -> None:
    """Each card's picture is a file that Anki has, each sound one that it would play."""
    home = tmp_path / "deck"
    file = source(
        home,
        f"{ASKED}\n{IMAGE.format('a/lake.png')}audio = 'S.mp3'\ncredit = '*A. Smith* & co'",
        f"{CLOZE}\n{IMAGE.format('b/lake.png')}",
        f"{ASKED}\n{IMAGE.format('odd [1] “é” %20 #?.png')}audio = 'S.mp3'\nmedia = 'front'",
        f"{CLOZE}\n{IMAGE.format('plan.svg')}audio = 'S.mp3'\nmedia = 'front'\ncredit = 'X'",
    )
    for folder, colour in (("a", RED), ("b", BLUE)):
        (home / folder).mkdir()
        (home / folder / "lake.png").write_bytes(saved(plain(colour=colour)))
    (home / "odd [1] “é” %20 #?.png").write_bytes(saved(plain(colour=(1, 2, 3))))
    (home / "S.mp3").write_bytes(SOUND)
    (home / "plan.svg").write_text(DRAWING)
    with collection(tmp_path / "anki") as col:
        assert load(col, package(file, NOW)).new == ("f0", "f1", "f2", "f3", "grass", "sky")
        there = {path.name for path in Path(col.media.dir()).iterdir()}
        assert len(there) == 5
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])
        shown = {}
        for (fact, ordinal), card in all_cards(col).items():
            for side, html in (("front", card.question()), ("back", card.answer())):
                found = images(html)
                assert all(image["src"] in there for image in found)
                assert all(image["alt"] == "A lake" for image in found)
                assert all(html.count(tag.filename) <= 2 for tag in card.question_av_tags())  # type: ignore[union-attr]
                shown[fact, ordinal, side] = [image["src"] for image in found]
            played = (len(card.question_av_tags()), len(card.answer_av_tags()))
            assert played == {"f0": (0, 1), "f2": ((1, 0) if ordinal == 1 else (0, 1))}.get(
                fact, (1, 0) if fact == "f3" else (0, 0)
            )
    counted = {key: len(names) for key, names in shown.items()}
    for key in [("f0", 1), ("f0", 2), ("f1", 1), ("f1", 2), ("f2", 2)]:  # with the answer alone
        assert (counted[*key, "front"], counted[*key, "back"]) == (0, 1)
    for key in [("f2", 1), ("f3", 1), ("f3", 2)]:
        assert (counted[*key, "front"], counted[*key, "back"]) == (1, 1)
    assert shown["f0", 1, "back"] != shown["f1", 1, "back"]  # one name, two files


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize("kind", [CLOZE, ASKED])
def test_a_sound_is_not_read_aloud(tmp_path: Path, kind: str, side: str) -> None:
    """Where Anki reads a card, it reads its words, not the name of the sound; that it plays."""
    fact = f"{kind}\nspeak = true\naudio = 'S.mp3'\nmedia = '{side}'"
    file = source(tmp_path / "deck", fact)
    (tmp_path / "deck" / "S.mp3").write_bytes(SOUND)
    with collection(tmp_path / "anki") as col:
        load(col, package(file, NOW))
        spoken = [card for (fact, _), card in all_cards(col).items() if fact == "f0"]
        assert len(spoken) == 2
        played = set()
        for card in spoken:
            for tags in (card.question_av_tags(), card.answer_av_tags()):
                read = [tag.field_text for tag in tags if isinstance(tag, TTSTag)]
                assert read
                assert not any("sound" in text or "mp3" in text for text in read)
            tags = card.question_av_tags() if side == "front" else card.answer_av_tags()
            played.add(any(not isinstance(tag, TTSTag) for tag in tags))
        assert True in played


PICTURED = f"{IMAGE}media = 'front'\nquestion = 'Which lake is this?'\nanswer = '{{}}'"


@pytest.mark.parametrize(("second", "told"), [("a.png", ["ambiguous-prompt"]), ("b.png", [])])
def test_one_question_about_two_pictures_is_two_questions(
    tmp_path: Path, second: str, told: list[str]
) -> None:
    """A front is what is asked and what is shown: with another picture it has another answer."""
    facts = (PICTURED.format(name, lake) for name, lake in (("a.png", "Erie"), (second, "Huron")))
    file = source(tmp_path / "deck", *facts)
    for name in ("a.png", "b.png"):
        (tmp_path / "deck" / name).write_bytes(PNG)
    assert [problem.code for problem in examine(file)[1]] == told


@pytest.mark.parametrize("only", ["", 'only = "asked"'])
def test_the_sheet_says_who_made_a_picture_that_it_asks_about(tmp_path: Path, only: str) -> None:
    """Once: with the fact; where no fact states it, at the very end, away from the question."""
    text = f"{ASKED}\n{IMAGE.format('l.png')}credit = '*A. Smith*'\nmedia = 'front'\n{only}"
    other = "question = 'Which sea?'\nanswer = 'Baltic'"
    file = source(tmp_path, text, other, more='[sheet]\ncheck = ["f1", "f0"]')
    (tmp_path / "l.png").write_bytes(PNG)
    assert not build(file, tmp_path / "out", NOW).problems
    said = [*structure((tmp_path / "out" / "s.pdf").read_bytes()).all("P")]
    found = [tag.words for tag in said if "Smith" in tag.words]
    assert found == ["B\u2002A. Smith" if only else "A. Smith"]
    assert ("Smith" in said[-1].words) is bool(only)


def test_the_credit_stands_on_the_back_alone(tmp_path: Path) -> None:
    """Who made a picture may name what is asked for, so it comes with the answer, once."""
    text = f"{ASKED}\n{IMAGE.format('l.png')}credit = '*A. Smith* <b>'\nmedia = 'front'"
    file = source(tmp_path / "deck", text)
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    with collection(tmp_path / "anki") as col:
        load(col, package(file, NOW))
        for key, card in all_cards(col).items():
            if key[0] == "f0":
                assert "Smith" not in card.question()
                credit = ankilib.part(page(card.render_output().answer_text), "credit")
                assert ankilib.seen(credit).words == "A. Smith <b>"


def test_all_that_a_drawing_must_not_hold_is_told_at_once() -> None:
    """A shadow, a photo and text that flows: who draws it anew has to do that once."""
    drawn = SVG.format("<filter/><g><image/><image/></g><flowRoot><flowPara/></flowRoot>")
    with pytest.raises(medium.UnusableError, match="<filter>, <image>, <flowRoot>, <flowPara>: "):
        vector.checked(drawn.encode())


HOSTILE = r"""\" onerror=alert(1) x=\" <b> & [sound:x] {{c1::x}} {{Front}} \\(x\\) src=y.png >"""


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize("kind", [CLOZE, ASKED])
def test_alt_is_nothing_but_words(tmp_path: Path, kind: str, side: str) -> None:
    """Whatever an `alt` holds, the picture has it as its words and no other attribute."""
    text = f'{kind}\nimage = "l.png"\nmedia = "{side}"\nalt = "{HOSTILE}"'
    file = source(tmp_path / "deck", text)
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    with collection(tmp_path / "anki") as col:
        load(col, package(file, NOW))
        backs = [card.render_output().answer_text for card in all_cards(col).values()]
        found = [image for html in backs for image in images(html)]
        assert len(found) == 2
        meant = HOSTILE.replace(r"\"", '"').replace("\\\\", "\\")
        assert all(image.keys() == {"src", "alt"} for image in found)
        assert {image["alt"] for image in found} == {meant}
        assert not list(col.media.check().missing)


def test_a_changed_picture_reaches_who_has_the_old_one(tmp_path: Path) -> None:
    """Importing the next release shows the new picture, and touches no other note."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('l.png')}")
    given = tmp_path / "deck" / "l.png"
    with collection(tmp_path / "anki") as col:
        seen = []
        for now, colour in ((NOW, RED), (NOW + 9, BLUE), (NOW + 99, BLUE)):
            given.write_bytes(saved(plain(colour=colour)))
            log = load(col, package(file, now))
            seen.append((log.new, log.updated))
            (image,) = images(all_cards(col)["f0", 1].answer())
            shown = Image.open(Path(col.media.dir()) / image["src"])
            assert shown.convert("RGB").getpixel((1, 1)) == colour
    assert seen == [(("f0", "grass", "sky"), ()), ((), ("f0",)), ((), ())]


def test_the_package_lists_its_media_the_same_each_time(tmp_path: Path) -> None:
    """Members and their list are in one order, and what is on paper alone is not among them."""
    facts = [f"{CLOZE}\n{IMAGE.format(f'{n}.png')}" for n in range(4)]
    file = source(tmp_path / "deck", *facts[:3], f"{facts[3]}only = 'sheet'")
    for n in range(4):
        (tmp_path / "deck" / f"{n}.png").write_bytes(saved(plain(20 + n)))
    first = package(file, NOW).read_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as files:
        names = json.loads(files.read("media"))
        assert files.namelist() == ["collection.anki2", "media", "0", "1", "2"]
        assert list(names) == ["0", "1", "2"]
        assert list(names.values()) == sorted(set(names.values()))
    assert package(file, NOW).read_bytes() == first


def test_the_content_is_another_with_another_picture(tmp_path: Path) -> None:
    """The manifest's digest of the content tells a changed picture."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('l.png')}")
    digests = []
    for colour in (RED, BLUE, RED):
        (tmp_path / "deck" / "l.png").write_bytes(saved(plain(colour=colour)))
        file.with_suffix(".lock").unlink(missing_ok=True)
        package(file, NOW)
        digests.append(json.loads((file.parent / "out" / "s.manifest.json").read_text())["content"])
    assert digests[0] == digests[2] != digests[1]


def test_the_content_is_another_without_its_media() -> None:
    """A package whose notes name a picture that it does not hold says something else."""
    digests = []
    for listed in (b'{"0": "a.png"}', b"{}"):
        out = io.BytesIO()
        with closing(sqlite3.connect(":memory:")) as made, zipfile.ZipFile(out, "w") as files:
            made.executescript(
                "CREATE TABLE col(models, decks); CREATE TABLE notes(id); CREATE TABLE cards(id)"
            )
            files.writestr("collection.anki2", made.serialize())
            files.writestr("media", listed)
        digests.append(content_digest(out.getvalue()))
    assert digests[0] != digests[1]


# ---------------------------------------------------------------------------- print


def figures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]


def drawn(pdf: pikepdf.Pdf) -> list[list[float]]:
    """Return the width and height at which each picture is drawn, in points."""
    found = []
    for one in pdf.pages:
        last: list[float] = []
        for step in pikepdf.parse_content_stream(one):
            if str(step.operator) == "cm":
                last = [float(value) for value in step.operands]
            elif str(step.operator) == "Do":
                found.append([last[0], last[3]])
    return found


def test_print_has_the_picture_its_words_and_its_place(tmp_path: Path) -> None:
    """A picture is a Figure with Alt and a box within the page; its credit is text; one copy."""
    credit = "credit = 'Photo: A. Smith, CC BY 4.0'\n"
    file = source(
        tmp_path / "deck",
        f"{ASKED}\n{IMAGE.format('photo.jpg')}{credit}",
        f"{CLOZE}\n{IMAGE.format('photo.jpg')}",
        f"{CLOZE}\n{IMAGE.format('tiny.png')}",
        f"{CLOZE}\n{IMAGE.format('plan.svg')}only = 'sheet'",
        f"{CLOZE}\n{IMAGE.format('other.png')}only = 'deck'",
    )
    home = tmp_path / "deck"
    (home / "photo.jpg").write_bytes(saved(corners(2000, 3000), "JPEG", exif=private()))
    (home / "tiny.png").write_bytes(saved(plain(30, 15, (*RED, 99))))
    (home / "other.png").write_bytes(PNG)
    (home / "plan.svg").write_text(DRAWING)
    package(file, NOW)
    with pikepdf.open(home / "out" / "s.pdf") as pdf:
        pictures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        sizes = sorted((int(p["/Width"]), int(p["/Height"])) for p in pictures)
        assert sizes == [(30, 15), (1067, 1600), (1600, 800)]
        assert {str(p["/ColorSpace"]) for p in pictures} == {"/DeviceRGB"}
        assert not any("/SMask" in p for p in pictures)
        alts = [str(figure["/Alt"]) for figure in figures(pdf)]
        assert alts.count("A lake") == 4
        boxes = [
            [float(value) for value in figure["/A"][0]["/BBox"]]
            for figure in figures(pdf)
            if figure["/Alt"] == "A lake"
        ]
        paper = [float(value) for value in pdf.pages[0].mediabox]
        assert all(0 < x < right < paper[2] for x, _, right, _ in boxes)
        assert all(0 < y < top < paper[3] for _, y, _, top in boxes)
        box_sizes = sorted([right - x, top - y] for x, y, right, top in boxes)
        for box, (wide, tall) in zip(box_sizes, sorted(drawn(pdf)), strict=True):
            assert box == pytest.approx([wide, tall], abs=0.1)
        assert box_sizes[0] == pytest.approx([30 * 72 / 150, 15 * 72 / 150], abs=0.1)
        assert all(tall < 0.3 * paper[3] for _, tall in box_sizes)
        assert all(
            wide / tall == pytest.approx(1067 / 1600, rel=0.01) for wide, tall in box_sizes[1:3]
        )
        text = "".join(sheet.extract_text() for sheet in PdfReader(home / "out" / "s.pdf").pages)
        assert text.count("Photo: A. Smith, CC BY 4.0") == 1


def test_the_questions_that_close_the_sheet_have_their_pictures(tmp_path: Path) -> None:
    """What is asked about a picture shows it once more; what a sound asks is a problem there."""
    front, back = (
        f"{ASKED}\n{IMAGE.format('l.png')}media = '{side}'" for side in ("front", "back")
    )
    check = "[sheet]\ncheck = ['f0']"
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    (tmp_path / "deck" / "S.mp3").write_bytes(SOUND)
    for fact, shown in ((front, 2), (back, 1)):
        file = source(tmp_path / "deck", fact, more=check)
        with pikepdf.open(package(file, NOW).with_suffix(".pdf")) as pdf:
            assert len(drawn(pdf)) == shown
    heard = f"{ASKED}\naudio = 'S.mp3'\nmedia = 'front'"
    file = source(tmp_path / "deck", heard, more=check)
    assert [problem.code for problem in examine(file)[1]] == ["unknown-fact"]


def test_a_picture_stands_nearer_to_its_own_words(tmp_path: Path) -> None:
    """On the sheet, among its closing questions, on a key: what follows is no caption."""
    (tmp_path / "l.png").write_bytes(saved(plain(300, 200)))
    pictured = [f"{ASKED}\n{IMAGE.format('l.png')}media = '{side}'" for side in ("front", "back")]
    deck, problems = examine(source(tmp_path, *pictured, more="[sheet]\ncheck = ['f0']"))
    assert deck, problems
    theme, root = Theme(10), Element("Document")
    chosen = choose(deck, handout("quiz").facts(deck), Choice())
    for strips in (
        facts(deck.facts, {}, theme, theme.column, root),
        _check(deck, theme, theme.column, root)[0],
        answers.key(chosen, "", [answers.Group((), deck.facts)], theme, root).body,
    ):
        stack = [*strips, Strip(1.0, nothing)]
        picture = max(range(len(stack)), key=lambda n: stack[n].height)
        spaces = [strip.above for strip in stack]
        above, below = sum(spaces[picture - 1 : picture + 1]), sum(spaces[picture + 1 :][:3])
        assert stack[picture].height > 50
        assert below > 1.5 * above


@pytest.mark.parametrize("profile", ["clear", "large"])
def test_pictures_get_a_little_smaller_before_a_page_stays_empty(
    tmp_path: Path, profile: str
) -> None:
    """A picture that would go to the next page takes what is left, down to 0.7 of its size."""
    shapes = {"s": (900, 900), "w": (1200, 500), "t": (600, 1200)}
    for name, shape in shapes.items():
        (tmp_path / f"{name}.png").write_bytes(saved(plain(*shape)))
    pictured = [f"{CLOZE}\n{IMAGE.format(f'{name}.png')}" for name in "swtswtsw"]
    of = [fact for each in pictured for fact in (CLOZE, CLOZE, each)]
    deck, problems = examine(source(tmp_path, *of))
    assert deck, problems
    deck = replace(deck, printing=replace(deck.printing, profile=profile))
    layout = fitted(partial(sheet._story, deck), deck.printing)
    theme, laid = layout.theme, [*layout.pages]
    for each in laid[:-1]:
        strips, _, top = each.blocks[-1]
        assert top - height(strips) - theme.foot < 0.12 * theme.paper[1]
    boxes = [s.box for each in laid for strips, *_ in each.blocks for s in strips if s.box]
    assert len(boxes) == len(pictured)
    for box, name in zip(boxes, "swtswtsw", strict=True):
        wide, tall = shapes[name]
        assert box.size[0] / box.size[1] == pytest.approx(wide / tall)
        assert box.size[1] >= box.least - 0.01
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for size, box in zip(drawn(pdf), boxes, strict=True):
            assert size == pytest.approx([*box.size], abs=0.1)


def test_a_picture_within_a_piece_gets_smaller_too() -> None:
    """That of a question of a quiz, whose lines to write on move up with its foot."""
    tops, box = list[float](), Box(100, 50, 30)
    line = Strip(10.0, lambda canvas, left, top: tops.append(top))
    stack = Stack([stacked([Strip(50.0, nothing, box=box), line]), line])
    assert squeezed(stack, [1], 60.0, 0.0) is False
    assert squeezed(stack, [1], 65.0, 4.0)
    draw_all(stack.strips, TaggedCanvas.__new__(TaggedCanvas), 0.0, 100.0)
    assert tops == pytest.approx([55, 45])
    assert box.size == pytest.approx((90, 45))
    assert stack.used(0, 2) == height(stack.strips) == pytest.approx(65)


def test_a_picture_in_a_panel_gets_smaller_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of a question that closes the sheet in one column; its piece of ground does so, too."""
    theme, box, grounds = Theme(18), Box(100, 50, 30), list[float]()
    picture = Strip(50.0, nothing, box=box)
    panel = Panel([picture, Strip(10.0, nothing)], [], 200.0, TINT, ACCENT)
    stack = Stack(flowing(panel, theme))
    (at,) = (n for n, strip in enumerate(stack.strips) if strip.box)
    stack.lower(at, 15.0)
    monkeypatch.setattr(panels, "_ground", lambda *args: grounds.append(args[-1]))
    draw_all(stack.strips, TaggedCanvas.__new__(TaggedCanvas), 0.0, 400.0)
    assert grounds == pytest.approx([s.above + s.height for s in stack.strips[1:]])
    assert box.size == pytest.approx((70, 35))


def pictured_sheet(tmp_path: Path, of: list[str], profile: str) -> list[Page]:
    """Return a sheet's pages before they are drawn; some of its facts have a square picture."""
    (tmp_path / "p.png").write_bytes(saved(plain(900, 900)))
    deck, problems = examine(source(tmp_path, *of))
    assert deck, problems
    deck = replace(deck, printing=replace(deck.printing, profile=profile))
    return [*fitted(partial(sheet._story, deck), deck.printing).pages]


def boxes_on(page: Page) -> list[Box]:
    return [strip.box for strips, *_ in page.blocks for strip in strips if strip.box]


def test_pictures_get_smaller_where_that_saves_the_last_page(tmp_path: Path) -> None:
    """A line is not left alone on it; where it has to stay, so do pictures."""
    pictured = f"{CLOZE}\n{IMAGE.format('p.png')}"
    lowered = dict[int, list[bool]]()
    for others in (0, 3, 19, 22):
        laid = pictured_sheet(tmp_path, [*[pictured] * 3, *[CLOZE] * others], "clear")
        assert len(laid) == 2
        lowered[others] = [box.lowered > 0 for each in laid for box in boxes_on(each)]
    assert lowered == {0: [False] * 3, 3: [False] * 3, 19: [True] * 3, 22: [True] * 3}


def test_small_print_stays_with_a_picture_that_got_smaller(tmp_path: Path) -> None:
    """Pictures get smaller for all of a fact, or not: what it adds does not go on alone."""
    pictured = f"{CLOZE}\nextra = 'Nobody lives there.'\n{IMAGE.format('p.png')}"
    smaller = 0
    for before in range(12):
        laid = pictured_sheet(tmp_path, [*[CLOZE] * before, *[pictured] * 6], "standard")
        columns = [strips for each in laid for strips, *_ in each.blocks][1:]
        for column, after in pairwise(columns):
            lowered = [strip.box.lowered for strip in column if strip.box]
            if lowered and lowered[-1]:
                assert not isinstance(after[1].draw, DrawnLine)
                smaller += 1
    assert smaller


def test_letters_that_print_lacks_are_a_problem(tmp_path: Path) -> None:
    """A drawing is not printed with words left out; in the deck alone it is fine."""
    fact = f"{CLOZE}\n{IMAGE.format('p.svg')}"
    file = source(tmp_path / "deck", fact)
    (tmp_path / "deck" / "p.svg").write_text(SVG.format("<text y='9'>Å<tspan>日</tspan></text>"))
    (problem,) = examine(file)[1]
    assert (problem.code, problem.place.line) == ("unprintable", 26)
    assert "日" in problem.message
    assert not examine(source(tmp_path / "deck", f"{fact}only = 'deck'"))[1]


# ---------------------------------------------------------------------------- files


def throw(error: Exception) -> bytes:
    raise error


def huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 30_000_000)


def link(to: Path) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(to)


FAULTS: dict[str, tuple[str, str, Callable[[Path], object] | None]] = {
    "missing": ("none.png", "bad-file", None),
    "folder": ("sub", "bad-file", Path.mkdir),
    "pipe": ("pipe", "bad-file", os.mkfifo),
    "device": ("zero.png", "bad-file", link(Path("/dev/zero"))),
    "link out": ("away.png", "bad-file", link(Path("../outside.png"))),
    "link to itself": ("loop.png", "bad-file", link(Path("loop.png"))),
    "path through a file": ("s.toml/a.png", "bad-file", None),
    "empty": ("empty.png", "bad-file", Path.touch),
    "long name": ("x" * 300 + ".png", "bad-file", None),
    "huge": ("huge.png", "bad-file", huge),
    "up": ("../outside.png", "outside-folder", None),
    "up again": ("sub/../../outside.png", "outside-folder", None),
    "absolute": ("/dev/zero", "outside-folder", None),
    "drive": ("C:/a.png", "outside-folder", None),
    "backslash": ("..\\\\outside.png", "outside-folder", None),
    "share": ("//host/a.png", "outside-folder", None),
    "address": ("https://example.org/a.png", "outside-folder", None),
    "colon": ("at 12:30.png", "outside-folder", lambda path: path.write_bytes(PNG)),
    "blank": (" ", "empty-text", None),
    "no picture": ("text.png", "bad-picture", lambda path: path.write_bytes(b"no picture")),
    "sound": ("s.png", "bad-picture", lambda path: path.write_bytes(SOUND)),
    "cut": ("cut.jpg", "bad-picture", lambda path: path.write_bytes(JPEG[:-900])),
    "active": ("a.svg", "bad-picture", lambda path: path.write_text(ACTIVE["script"])),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "why", "way_out"),
    [
        ("at 12:30.png", "holds `:`", "rename the file"),
        ("pics\\\\b.png", "goes by `\\`", 'write "pics/b.png"'),
        ("sub/../a.png", "goes by `..`", 'write "a.png"'),
        ("../a.png", "does not lie in", "put the file beside the source"),
        ("C:\\\\a.png", "does not lie in", "put the file beside the source"),
        ("https://example.org/a.png", "does not lie in", "put the file beside the source"),
    ],
)
def test_a_name_that_is_not_taken_is_told_as_what_it_is(
    tmp_path: Path, name: str, why: str, way_out: str
) -> None:
    """Who has put the file beside the source is not told to put it there."""
    file = source(tmp_path / "deck", f'{CLOZE}\nimage = "{name}"\nalt = "A lake"')
    (problem,) = examine(file)[1]
    assert why in problem.message
    assert way_out in problem.hint


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_problem_at_its_place(tmp_path: Path, fault: str) -> None:
    """Each fault is one problem at the file's name; nothing is built, earlier outputs stay."""
    name, code, make = FAULTS[fault]
    (tmp_path / "outside.png").write_bytes(PNG)
    file = source(tmp_path / "deck", CLOZE)
    out = package(file, NOW).parent
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    if make:
        make(tmp_path / "deck" / name)
    source(tmp_path / "deck", f'{CLOZE}\nimage = "{name}"\nalt = "A lake"')
    (problem,) = build(file, out, NOW).problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, 26, 9)
    assert problem.hint
    assert ("is no file" in problem.message) is (fault in ("folder", "pipe"))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the author may not read is told at its name, also if the tests run as root."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('l.png')}")
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    (tmp_path / "deck" / "l.png").chmod(0)
    refused = OSError(errno.EACCES, "Permission denied")
    reads = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: reads(self) if self == file else throw(refused)
    )
    assert [problem.code for problem in examine(file)[1]] == ["bad-file"]


def test_a_wrong_extension_does_no_harm(tmp_path: Path) -> None:
    """What a file is shows in its bytes: the package names it rightly."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('l.jpg')}")
    (tmp_path / "deck" / "l.jpg").write_bytes(PNG)
    with zipfile.ZipFile(package(file, NOW)) as files:
        assert re.fullmatch(r"small-[0-9a-f]{12}\.png", json.loads(files.read("media"))["0"])


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    """A misspelt file, or one in other letters, is answered with the file that there is."""
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "Lake.PNG").write_bytes(PNG)
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('lake.png')}")
    assert [problem.hint for problem in examine(file)[1]] == ["did you mean `Lake.PNG`?"]
    (tmp_path / "deck" / "media").mkdir()
    (tmp_path / "deck" / "Lake.PNG").rename(tmp_path / "deck" / "media" / "lake.png")
    assert [problem.hint for problem in examine(file)[1]] == ["did you mean `media/lake.png`?"]
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('media/lak.png')}")
    assert [problem.hint for problem in examine(file)[1]] == ["did you mean `media/lake.png`?"]


@pytest.mark.parametrize(
    "named",
    [
        "Media/lake.png",
        "media/Lake.PNG",
        "med/lake.png",
        "Lake.png",
        "at/LAKE.png",
        "MEDIA/lak.png",
    ],
)
def test_a_near_path_is_offered(tmp_path: Path, named: str) -> None:
    """A folder in other letters or misspelt, which works on some systems alone, is told as well."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format(named)}")
    (tmp_path / "deck" / "media").mkdir()
    (tmp_path / "deck" / "media" / "lake.png").write_bytes(PNG)
    assert [problem.hint for problem in examine(file)[1]] == ["did you mean `media/lake.png`?"]


@pytest.mark.parametrize("named", ["Lake.png", "lnk/lake.png", "link/lak.png"])
def test_no_name_beyond_a_link_is_offered(tmp_path: Path, named: str) -> None:
    """Nothing outside the source's folder is looked at, and no file of there could be taken."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format(named)}")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "lake.png").write_bytes(PNG)
    (tmp_path / "deck" / "link").symlink_to(tmp_path / "private")
    assert "lake.png" not in "".join(problem.hint for problem in examine(file)[1])


def test_a_name_whose_accents_stand_apart_is_to_be_changed(tmp_path: Path) -> None:
    """What looks the same as what is written cannot be what to write instead."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('Früchte.png')}")
    (tmp_path / "deck" / unicodedata.normalize("NFD", "Früchte.png")).write_bytes(PNG)
    (hint,) = [problem.hint for problem in examine(file)[1]]
    assert hint.startswith("rename the file: in its name accents stand apart")


def test_a_picture_that_is_too_large_is_to_be_made_smaller(tmp_path: Path) -> None:
    """To export it in the form that it has already would not mend it."""
    file = source(tmp_path / "deck", f"{CLOZE}\n{IMAGE.format('lake.png')}")
    (tmp_path / "deck" / "lake.png").write_bytes(bomb(7_000, 7_000))
    assert [problem.hint for problem in examine(file)[1]] == [
        "make it smaller: 1600 pixels of its longer side are all that is used"
    ]


def test_each_fact_that_names_a_bad_file_is_told(tmp_path: Path) -> None:
    """A file is looked at once, and told wherever it is named."""
    file = source(tmp_path / "deck", *[f"{CLOZE}\n{IMAGE.format('none.png')}"] * 2)
    assert [problem.place.line for problem in examine(file)[1]] == [26, 33]


def test_a_file_is_prepared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten facts with one picture cost as much as one."""
    file = source(
        tmp_path / "deck",
        *(f"cloze = 'A {{{{gap}}}} in {n}'\n{IMAGE.format('l.png')}" for n in range(10)),
    )
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    asked: list[bytes] = []

    def counted(data: bytes) -> medium.Medium:
        asked.append(data)
        return picture(data)

    monkeypatch.setattr(assets, "picture", counted)
    assert not examine(file)[1]
    assert len(asked) == 1


def test_a_picture_is_made_fit_for_print_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten facts that show two pictures decode each once, and the page has each ten times."""
    text = "cloze = 'A {{{{gap}}}} in {}'\n" + IMAGE
    files = ["l.png", "d.svg"] * 10
    file = source(tmp_path / "deck", *(text.format(n, name) for n, name in enumerate(files)))
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    (tmp_path / "deck" / "d.svg").write_text(DRAWING)
    asked: list[bytes] = []

    def counted(data: bytes) -> Any:
        asked.append(data)
        return really(data)

    really = raster.printable
    monkeypatch.setattr(raster, "printable", counted)
    assert build(file, tmp_path, NOW).files
    assert len(asked) == 2
    used: list[bytes] = []
    with pikepdf.open(tmp_path / "s.pdf") as pdf:
        for each in pdf.pages:
            each.contents_coalesce()
            used += re.findall(rb"/(FormXob\S+) Do", each.Contents.read_bytes())
    assert sorted(map(used.count, {*used})) == [10, 10]


def test_a_picture_on_the_back_may_be_named(tmp_path: Path) -> None:
    """An `alt` that holds the answer is a problem on the front alone, for what is asked there."""
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    huron, lake = (f"image = 'l.png'\nalt = '{alt}'\n" for alt in ("HURON, blue", "Which lake?"))
    for text, codes in (
        (f"{ASKED}\n{huron}", []),
        (f"{ASKED}\n{huron}media = 'front'", ["picture-answers"]),
        (f"{ASKED}\n{lake}media = 'front'", []),  # backwards, it is not on the front
        (f"{CLOZE}\n{huron}media = 'front'", []),
        (f"{CLOZE}\n{huron.replace('blue', 'a gap')}media = 'front'", ["picture-answers"]),
    ):
        problems = examine(source(tmp_path / "deck", text))[1]
        assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("answer", "alt", "held"),
    [
        ("A", "A cell with four letters", False),
        ("A", "There is a column of soil", False),
        ("A", "Brown soil. “A” is at its top", False),  # it opens a sentence: who could tell?
        ("A", "A cell, its part A in red", True),
        ("A", "A", True),
        ("L", "L’arbre en coupe", False),
        ("a", "There is a column of soil", False),
        ("b", "The edge b of a triangle", True),
        ("7", "The tile 7", True),
        ("A cell", "There is a cell", True),
    ],
)
def test_one_letter_of_an_alt_may_be_an_article(
    tmp_path: Path, answer: str, alt: str, held: bool
) -> None:
    """A letter that marks a part is told from a word of one letter by its case and its place."""
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "l.png").write_bytes(PNG)
    asked = f"question = 'Which is it?'\nanswer = '{answer}'"
    shown = f"{asked}\nimage = 'l.png'\nalt = '{alt}'\nmedia = 'front'"
    problems = examine(source(tmp_path / "deck", shown))[1]
    assert ("picture-answers" in [problem.code for problem in problems]) is held
