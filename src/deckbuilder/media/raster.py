"""The bytes of a photo or a drawing in pixels -> bytes fit for a card, and pixels fit for paper."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from deckbuilder.media import apng, gif
from deckbuilder.media.medium import Medium, UnusableError

EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp", "GIF": "gif"}
MOST_PIXELS = 40_000_000  # of a file, before it is decoded
MOST_OF_PHOTO = 80_000_000  # of a JPEG, which can be decoded at a part of its size
LONGEST = 1600  # pixels of a side: fills a laptop's screen, and prints sharp in a column
QUALITY = 88
# what a file says of how its pixels are to be shown; all else may say where, and by whom
HARMLESS = {
    "adobe", "adobe_transform", "background", "bbox", "blend", "chromaticity", "default_image",
    "disposal", "dpi", "duration", "extension", "gamma", "interlace", "jfif", "jfif_density",
    "jfif_unit", "jfif_version", "loop", "progression", "progressive", "srgb", "timestamp",
    "transparency", "version",
}  # fmt: skip
NOTED = {"GIF": {"comment"}}  # gone from its bytes by then
ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
CHUNKS = {b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"VP8 ", b"VP8L", b"VP8X"}  # that a WebP needs
WHITE = (255, 255, 255)


def prepared(data: bytes) -> Medium:
    """Return a picture for a card: byte for byte if it is small and holds nothing but a picture.

    Raises:
        UnusableError: it is no picture of a known form, is broken, or has too many pixels.
    """
    with _guarded():
        opened = _opened(data)
        form = str(opened.format)
        if form == "GIF":
            data = gif.bare(data)
        elif form == "PNG" and getattr(opened, "is_animated", False):
            data = apng.bare(data)
            opened = _opened(data)  # as it holds them between its pictures, not all was seen
        if max(opened.size) <= LONGEST and _clean(opened, data):
            return Medium(data, EXTENSIONS[form], opened.size)
        return _encoded(_in_srgb(ImageOps.exif_transpose(opened)), form)


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever a decoder says of a file into a sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # flaws that are passed over
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        most, of_photo = MOST_PIXELS // 1_000_000, MOST_OF_PHOTO // 1_000_000
        hint = f"make it smaller: {LONGEST} pixels of its longer side are all that is used"
        said = f"has more than {most} million pixels, or {of_photo} as a JPEG"
        raise UnusableError(said, hint) from error
    except UnidentifiedImageError as error:
        raise UnusableError("is no PNG, JPEG, WebP, GIF or SVG, whatever its name says") from error
    except Exception as error:  # each decoder fails in its own ways on bytes that are broken
        raise UnusableError("is broken: it cannot be decoded to its end") from error


def _opened(data: bytes) -> Image.Image:
    """Return a picture decoded, after its head was found fit for that."""
    image = _headed(data)
    pixels, is_photo = image.width * image.height, image.format in ("JPEG", "MPO")
    if pixels > (MOST_OF_PHOTO if is_photo else MOST_PIXELS):
        raise Image.DecompressionBombError
    image.verify()
    image = _headed(data)  # what was verified cannot be decoded
    if pixels > MOST_PIXELS:
        image.draft(None, (LONGEST, LONGEST))
    image.load()
    return image


def _headed(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF"))


def _encoded(image: Image.Image, form: str) -> Medium:
    """Return pixels as a file that says nothing else: a photo as JPEG, a drawing as PNG."""
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    image.info = {}
    out = io.BytesIO()
    if form in ("JPEG", "MPO") or (form == "WEBP" and image.mode != "RGBA"):
        image.save(out, "JPEG", quality=QUALITY, optimize=True)
        return Medium(out.getvalue(), "jpg", image.size)
    image.save(out, "PNG", optimize=True)
    return Medium(out.getvalue(), "png", image.size)


def _clean(image: Image.Image, data: bytes) -> bool:
    """Tell whether a file is a picture and nothing else, in colours that every output knows."""
    form = str(image.format)
    return (
        image.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
        and image.info.keys() - NOTED.get(form, set()) <= HARMLESS
        and {name for name, _ in getattr(image, "applist", ())} <= {"APP0", "APP14"}
        and not getattr(image, "private_chunks", ())
        and _alone(form, data)
    )


def _alone(form: str, data: bytes) -> bool:
    """Tell whether nothing hangs behind a picture in its file, or stands in it for others."""
    if form == "WEBP":  # RFC 9649
        whole = 8 + int.from_bytes(data[4:8], "little") == len(data)
        return whole and CHUNKS.issuperset(_chunks(data))
    end = ENDS.get(form)
    if end:  # the first one: what hangs behind may be a picture, too
        return data.find(end) == len(data) - len(end)
    return form == "GIF"  # it is bare by then


def _chunks(data: bytes) -> Iterator[bytes]:
    """Yield the names of the parts of a WebP."""
    at = 12
    while at < len(data):
        yield data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in the colours that screens and sheets share, or in its greys."""
    profile, clear = image.info.get("icc_profile"), image.has_transparency_data
    if image.mode in ("1", "L") and not clear:
        return image.convert("L")
    if image.mode[:1] == "I" or image.mode == "F":  # greys of more than eight bits
        return image.convert("F").point(lambda grey: grey / 257).convert("L")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a profile that means nothing
            made = None
        if made is not None:
            return made
    return image.convert("RGBA" if clear else "RGB")


def printable(data: bytes) -> Any:
    """Return a prepared picture as ReportLab takes it: a JPEG file, or opaque pixels."""
    image = _headed(data)
    if image.format == "JPEG":
        return io.BytesIO(data)
    if not image.has_transparency_data:
        return image.convert("L" if image.mode in ("1", "L") else "RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", clear.size, WHITE)
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper
