"""A text whose marks stand side by side, none within another -> its tree, without a parser.

Nearly all that authors mark is so. Only what is beyond doubt is read here; all else is left to the
parser of `text.markdown`, which makes the same of this, at twenty times the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deckbuilder.text.tree import Bold, Gap, Inline, Italic, Math, Sub, Sup, Text, Words, words

FORMULA = r"(?:[^$\\]|\\.)*(?:[^$\\\s]|\\\S)"
PLAIN, PLAIN_WORD = r"[^*`^~$\[\\{}]", r"[^*`^~$\[\\{}\s]"
STARRED = rf"[^\W_](?:{PLAIN}*[^\W_])?"
BESIDE = r" .,;:!?()/\"'“”„‚‘’«»–—…-"  # the commonest of what may stand beside a star
OPENS, CLOSES = rf"(?<![^{BESIDE}])", rf"(?![^{BESIDE}])"
PIECES: Mapping[str, tuple[str, Callable[[str], Inline]]] = {
    "words": (rf"(?P<words>{PLAIN}+)", Words),
    "gap": (rf"\{{\{{(?!c\d+::)(?P<gap>{PLAIN}+)\}}\}}", lambda inside: Gap(words(inside))),
    "bold": (rf"{OPENS}\*\*(?P<bold>{STARRED})\*\*{CLOSES}", lambda inside: Bold(words(inside))),
    "italic": (rf"{OPENS}\*(?P<italic>{STARRED})\*{CLOSES}", lambda inside: Italic(words(inside))),
    "sup": (rf"\^(?P<sup>{PLAIN_WORD}+)\^", lambda inside: Sup(words(inside))),
    "sub": (rf"~(?P<sub>{PLAIN_WORD}+)~", lambda inside: Sub(words(inside))),
    "math": (rf"\$(?![\s$])(?P<math>{FORMULA})\$(?!\d)", Math),
}
PIECE = re.compile("|".join(pattern for pattern, _ in PIECES.values()))
MAKE = {name: make for name, (_, make) in PIECES.items()}


def flat(value: str, *, with_gaps: bool) -> Text | None:
    """Return the text of a normal `value`, or None where it takes a parser to tell what it is."""
    out: list[Inline] = []
    at = 0
    while at < len(value):
        piece = PIECE.match(value, at)
        name = piece.lastgroup if piece else None
        if not piece or not name or (name == "gap" and not with_gaps):
            return None
        out.append(MAKE[name](piece[name]))
        at = piece.end()
    return tuple(out)
