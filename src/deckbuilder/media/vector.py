"""The bytes of an SVG -> the same, known to be a drawing and nothing else.

A drawing is taken if it holds only what is on a list: nothing that acts, nothing that is fetched,
nothing that grows without end. So Anki can show it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from deckbuilder.media.medium import Medium, UnusableError

SVG = "{http://www.w3.org/2000/svg}"
XHTML = "{http://www.w3.org/1999/xhtml}"
DRAWING = {
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath",
    "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker",
}  # fmt: skip
STYLED = re.compile(r"(?:^|[;\s])font(?:-size)?\s*:\s*([^;]*)")
IN_PIXELS = re.compile(r"(\d*\.?\d+)(?:px)?")
LARGEST = 2_000_000  # bytes
MOST_ELEMENTS = 20_000  # after every reference is followed
DEEPEST = 60  # elements within elements
MOST_NAMED = 9  # elements that a drawing must not hold, told at once
SIDES = (1, 1600)  # of its pixels, the shortest and the longest
WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL
)
REFERENCE = re.compile(r"url\(\s*['\"]?\s*(#?)([^'\")]*)", re.IGNORECASE)


def is_svg(data: bytes) -> bool:
    """Tell whether bytes look like the text of an SVG, and not like a picture in pixels."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


@cache
def checked(data: bytes) -> Medium:
    """Return a drawing as it is, by its text; whether it can be drawn, `pixels` knows.

    Raises:
        UnusableError: it is broken, or holds what is not on the list.
    """
    root = _parsed(data)
    foreign = dict.fromkeys(name for name in map(_foreign, root.iter()) if name)
    if foreign:
        names = ", ".join(f"<{name[:60]}>" for name in [*foreign][:MOST_NAMED])
        raise UnusableError(
            f"holds {names}: only shapes, colours and lines of words are taken,"
            " no effect, no picture, no movement, no script"
        )
    for element in root.iter():
        _check(element)
    _check_growth(root)
    return Medium(data, "svg", _size(root))


def letters(data: bytes) -> set[str]:
    """Return the characters that a checked drawing writes."""
    return {
        character
        for element in _parsed(data).iter()
        if element.tag in (f"{SVG}text", f"{SVG}tspan", f"{SVG}textPath")
        for words in (element.text, *(child.tail for child in element))
        for character in words or ""
        if not character.isspace()
    }


@cache
def smallest_words(data: bytes) -> float:
    """Return how high the smallest words of a checked drawing are, as a share of its longer side.

    0 if it has none, or their size does not plainly stand there, as where a style sheet gives it.
    """
    root = _parsed(data)
    odd = any(_resizes(element) for element in root.iter() if element is not root)
    sizes = [] if odd else [*_sizes_of_words(root, 0.0)]
    return min(sizes, default=0.0) / max(_extent(root))


def _resizes(element: Any) -> bool:
    """Tell whether an element makes words in it larger or smaller than they say."""
    if element.tag == f"{SVG}style":
        return "font" in (element.text or "")
    scaled = any(how in element.get("transform", "") for how in ("scale", "matrix"))
    return scaled or element.tag in (f"{SVG}svg", f"{SVG}symbol")


def _sizes_of_words(element: Any, outer: float) -> Iterator[float]:
    """Yield how high the words of each text in an element are; 0 if that is not known."""
    size = _letter(element, outer)
    if element.tag != f"{SVG}text":
        for child in element:
            yield from _sizes_of_words(child, size)
    elif (element.text or "").strip():
        yield size
    else:  # each line is a part of its own; what is raised in it is smaller
        yield max([_letter(part, size) for part in element], default=size)


def _letter(element: Any, outer: float) -> float:
    """Return the size of letters in an element, within one that has the `outer` size."""
    styled = STYLED.search(element.get("style", ""))
    given = (styled[1] if styled else element.get("font-size", "")).strip()
    plain = IN_PIXELS.fullmatch(given)
    return float(plain[1]) if plain else 0.0 if given else outer


def _parsed(data: bytes) -> Any:
    """Return the root of the document; no entity is expanded and no file looked up."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if WEB_PAGE.match(data):
        raise UnusableError(
            "is a web page, not a picture",
            "open the picture by itself in your browser, and save that",
        )
    if len(data) > LARGEST:
        raise UnusableError(f"has {len(data):,} bytes, {LARGEST:,} are the most of an SVG")
    try:
        text = data.decode("utf-8-sig")
        root = fromstring(text)
    except DefusedXmlException as error:
        raise UnusableError("defines entities of its own, which can grow without end") from error
    except UnicodeDecodeError as error:
        raise UnusableError("is not saved as UTF-8") from error
    except (ParseError, ValueError) as error:
        raise UnusableError(f"is no SVG that can be read: {error}") from error
    encoding = re.match(r"\s*<\?xml[^>]*?encoding\s*=\s*['\"]([^'\"]*)", text)
    if encoding and encoding[1].lower() != "utf-8":
        raise UnusableError(f"says that its encoding is {encoding[1]}: save it as UTF-8")
    if root.tag != f"{SVG}svg":
        raise UnusableError("is no SVG")
    if "<?xml-stylesheet" in text:
        raise UnusableError("names a style sheet outside of it")
    return root


def _foreign(element: Any) -> str:
    """Return the name of an element that is not on the list; "" for one that is."""
    space, _, name = element.tag.rpartition("}")
    outside = (f"{space}}}" == SVG and name not in DRAWING) or f"{space}}}" == XHTML or not space
    return name if outside else ""


def _check(element: Any) -> None:
    """Find what acts, or would be fetched, in one element."""
    for full, value in element.attrib.items():
        key = full.rpartition("}")[2].lower()
        if key.startswith("on") and key[2:].isalpha():
            raise UnusableError(f"acts by `{key}`")
        if key in ("href", "src") and not value.strip().startswith("#"):
            raise UnusableError(f"refers to `{value[:60]}` outside of it")
        if key == "base":
            raise UnusableError("moves its references by `xml:base`")
        _check_style(value, sheet="}" not in full)
    if element.tag.rpartition("}")[2] == "style":
        _check_style(element.text or "", sheet=True)


def _check_style(css: str, *, sheet: bool) -> None:
    """Find what would be fetched, in a style sheet or a value of an attribute."""
    for found in REFERENCE.finditer(css):
        if not found[1]:
            raise UnusableError(f"refers to `{found[2][:60]}` outside of it")
    if sheet and re.search(r"@import|@font-face|\\|image-set", css, re.IGNORECASE):
        raise UnusableError("has a style sheet that loads another file")


def _check_growth(root: Any) -> None:
    """Find a drawing that draws itself, or that references make too large."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    sheets = " ".join(element.text or "" for element in root.iter(f"{SVG}style"))
    # which elements a style sheet means is not worked out: what it refers to may be part of each
    styled = {to for to in _targets(sheets) if "Gradient" not in getattr(named.get(to), "tag", "")}
    sizes: dict[Any, int] = {}
    begun: set[Any] = set()

    def size(element: Any, depth: int) -> int:
        if depth > DEEPEST:
            raise UnusableError(f"is nested deeper than {DEEPEST} elements")
        if element in begun:
            raise UnusableError("draws itself within itself")
        if element not in sizes:
            begun.add(element)
            inside = [*element, *(named[to] for to in _references(element) if to in named)]
            inside += [named[to] for to in styled if to in named and named[to] not in begun]
            sizes[element] = 1 + sum(size(child, depth + 1) for child in inside)
            begun.discard(element)
        return sizes[element]

    if size(root, 0) > MOST_ELEMENTS:
        raise UnusableError(f"draws more than {MOST_ELEMENTS:,} elements")


def _references(element: Any) -> Iterator[str]:
    for full, value in element.attrib.items():
        if full.rpartition("}")[2] == "href":
            yield value.strip().removeprefix("#")
        yield from _targets(value)


def _targets(css: str) -> Iterator[str]:
    return (found[2].strip() for found in REFERENCE.finditer(css))


def _size(root: Any) -> tuple[int, int]:
    """Return how many pixels a drawing is given: its longer side as many as a photo's."""
    wide, tall = _extent(root)
    least, most = SIDES
    if not (0 < wide < 1e6 and 0 < tall < 1e6) or max(wide, tall) / min(wide, tall) > most:
        raise UnusableError("has no size that could be printed")
    scale = most / max(wide, tall)
    return max(round(wide * scale), least), max(round(tall * scale), least)


def _extent(root: Any) -> tuple[float, float]:
    """Return the width and the height of a drawing in its own units."""
    box = re.findall(r"[-+.\deE]+", root.get("viewBox", ""))
    try:
        return (float(box[2]), float(box[3])) if len(box) == 4 else _lengths(root)
    except (ValueError, TypeError) as error:
        raise UnusableError("does not say its size: give it a `viewBox`") from error


def _lengths(root: Any) -> tuple[float, float]:
    """Return the width and height in the units they are given in, which are the same for both."""
    wide, tall = (
        re.fullmatch(r"\s*([.\deE]+)\s*([a-z]*)\s*", root.get(k, "")) for k in ("width", "height")
    )
    if not wide or not tall or wide[2] != tall[2]:
        raise ValueError
    return float(wide[1]), float(tall[1])
