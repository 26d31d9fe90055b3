"""A text whose marks stand side by side, none within another -> its tree, without a parser.

Nearly all that authors mark is so. Only what is beyond doubt is read here; all else is left to the
parser of `text.markdown`, which makes the same of this, at twenty times the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deckbuilder.text.tree import Bold, Gap, Inline, Italic, Math, Sub, Sup, Text, Words

FORMULA = r"(?:[^$\\]|\\.)*(?:[^$\\\s]|\\\S)"
PLAIN, PLAIN_WORD = r"[^*`^~$\[\\{}]", r"[^*`^~$\[\\{}\s]"
STARRED = rf"[^\W_](?:{PLAIN}*[^\W_])?"
BESIDE = r" .,;:!?()/\"'“”„‚‘’«»–—…-"  # the commonest of what may stand beside a star
OPENS, CLOSES = rf"(?<![^{BESIDE}])", rf"(?![^{BESIDE}])"
PIECE = re.compile(
    rf"(?P<words>{PLAIN}+)"
    rf"|\{{\{{(?!c\d+::)(?P<gap>{PLAIN}+)\}}\}}"
    rf"|{OPENS}\*\*(?P<bold>{STARRED})\*\*{CLOSES}"
    rf"|{OPENS}\*(?P<italic>{STARRED})\*{CLOSES}"
    rf"|\^(?P<sup>{PLAIN_WORD}+)\^"
    rf"|~(?P<sub>{PLAIN_WORD}+)~"
    rf"|\$(?![\s$])(?P<math>{FORMULA})\$(?!\d)"
)
LEAVES: Mapping[str, type[Words | Math]] = {"words": Words, "math": Math}
SPANS: Mapping[str, Callable[[Text], Inline]] = {
    "gap": Gap,
    "bold": Bold,
    "italic": Italic,
    "sup": Sup,
    "sub": Sub,
}


def flat(value: str, *, with_gaps: bool) -> Text | None:
    """Return the text of a normal `value`, or None where it takes a parser to tell what it is."""
    out: list[Inline] = []
    end = 0
    for piece in PIECE.finditer(value):
        name = piece.lastgroup or ""
        if piece.start() != end or (name == "gap" and not with_gaps):
            return None
        end, inside = piece.end(), piece[name]
        out.append(LEAVES[name](inside) if name in LEAVES else SPANS[name]((Words(inside),)))
    return tuple(out) if end == len(value) else None
