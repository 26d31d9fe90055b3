"""Characters that are to be typed -> those that keyboards type, and which no keyboard has."""

from __future__ import annotations

import re
from unicodedata import category

IN_KEYS = {
    **dict.fromkeys("‘’‛ʼ′‹›", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),  # hyphens, dashes, a minus
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f", " "),
    "\u2060": "",  # where no line breaks
    "…": "...",
}
PRINTED = re.compile(f"[{''.join(IN_KEYS)}]")
# within « … », a space that nobody types beside a `"`; not behind the end of »…«
DASH = "\u2013\u2014-"
INNER = re.compile(
    rf"[ \u00a0\u2009\u202f](?:(?<=[«‹].)(?<![^\s(\['’{DASH}]..)"
    rf"|(?=[»›](?:$|[\s.,;:!?…)\]{DASH}])))"
)
SIGNS = {"Sm", "So", "Sk", "No"}  # of mathematics and others, accents alone, raised digits
ON_SOME = "°²³¬¦´¨"  # those that keyboards do have: of Germany, France, Spain, Britain
PHONETIC, PRINTERS = ("\u0250", "\u02ff"), ("\u2000", "\u206f")


def keyed(characters: str) -> str:
    """Return characters as they are typed: apostrophes and quotation marks straight, and so on."""
    if characters.isascii():
        return characters
    if "»" in characters or "›" in characters:
        characters = INNER.sub("", characters)
    return PRINTED.sub(lambda sign: IN_KEYS[sign[0]], characters)


def printed(characters: str) -> str:
    """Return which signs there are among characters that are typed as others."""
    return "" if characters.isascii() else "".join(filter(characters.__contains__, IN_KEYS))


def unkeyed(characters: str) -> str:
    """Return the first of some characters that no keyboard of any language has, "" if all have."""
    return next(filter(_on_none, characters), "")


def _on_none(character: str) -> bool:
    if character.isascii() or character in ON_SOME:
        return False
    kind = category(character)
    between = any(first <= character <= last for first, last in (PHONETIC, PRINTERS))
    return kind in SIGNS or (between and kind != "Cf")  # what shows nothing may be of a keyboard
