"""A text whose marks stand side by side, at most a formula within a gap -> its tree, unparsed.

Nearly all that authors mark is so. Only what is beyond doubt is read here; all else is left to the
parser of `text.markdown`, which makes the same of this, at twenty times the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deckbuilder.phrases import LETTERS
from deckbuilder.text.tree import Bold, Gap, Inline, Italic, Math, Sub, Sup, Text, Words, words

FORMULA = r"(?:[^$\\]|\\.)*(?:[^$\\\s]|\\\S)"
# What stands behind the dollar of a price, where Pandoc would take two prices for a formula: a
# comma, as in "5$, 6$"; "/kg"; behind a letter, as in "US$5 = 7 A$", a number and no sign of TeX;
# or a number and then, up to the next dollar, the end of a gap, as in "{{$5}} or {{6$}}", or no
# sign of TeX or of sums but a word between spaces, as in "$5 in 1950 and 60$".
# A word of two letters may be a product, or a unit: it counts if a digit ends what is between; one
# of one letter, if it is a word in our languages, and a number follows, as in "$5 y 6$".
PRICE = (
    r"[,;:.!?)]+ |/[^\W\d_]"
    r"|(?<=[^\W\d_]\$)(?:\d|-[^\W\d_]{2})[^$\\^_{}]*\$"
    r"|\d[^${}\\]*\}\}[^$]* "
    r"|(?=\d[^$\\^_{}=+<>*|]*\$)"
    r"(?:[^$]* [^\W\d_]{3,}[,;:.!?]? |[^$]* \(?"
    rf"[{LETTERS}] \(?\d"
    r"|(?=[^$]* [^\W\d_]{2}[,;:.!?]? )[^$]*\d\$)"
)
DOLLAR = rf"\$(?![\s$])(?!{PRICE})"  # the one that opens a formula
NUMBERED = re.compile(r"c(\d{1,9})::")

PLAIN, PLAIN_WORD = r"[^*`^~$\[\\{}]", r"[^*`^~$\[\\{}\s]"
STARRED = rf"[^\W_](?:{PLAIN}*[^\W_])?"
BESIDE = r" .,;:!?()/\"'“”„‚‘’«»–—…-"  # the commonest of what may stand beside a star
OPENS, CLOSES = rf"(?<![^{BESIDE}])", rf"(?![^{BESIDE}])"
PIECE = re.compile(
    rf"(?P<words>{PLAIN}+)"
    rf"|\{{\{{(?P<gap>{PLAIN}+)\}}\}}"
    rf"|\{{\{{{DOLLAR}(?P<asked>{FORMULA})\$\}}\}}(?!\}})"
    rf"|{OPENS}\*\*(?P<bold>{STARRED})\*\*{CLOSES}"
    rf"|{OPENS}\*(?P<italic>{STARRED})\*{CLOSES}"
    rf"|\^(?P<sup>{PLAIN_WORD}+)\^"
    rf"|~(?P<sub>{PLAIN_WORD}+)~"
    rf"|{DOLLAR}(?P<math>{FORMULA})\$(?!\d)"
)


def _gap(inside: str) -> Gap:
    explicit = NUMBERED.match(inside)
    if not explicit:
        return Gap((Words(inside),))
    number = int(explicit[1])
    said, _, hint = inside[explicit.end() :].partition("::")
    return Gap(words(said), number, hint.strip(), given=number > 0)


NODES: Mapping[str, Callable[[str], Inline]] = {  # by the pieces of `PIECE`
    "words": Words,
    "gap": _gap,
    "asked": lambda tex: Gap((Math(tex),)),
    "bold": lambda said: Bold((Words(said),)),
    "italic": lambda said: Italic((Words(said),)),
    "sup": lambda said: Sup((Words(said),)),
    "sub": lambda said: Sub((Words(said),)),
    "math": Math,
}


def flat(value: str, *, with_gaps: bool) -> Text | None:
    """Return the text of a normal `value`, or None where it takes a parser to tell what it is."""
    out: list[Inline] = []
    end = 0
    while end < len(value):
        piece = PIECE.match(value, end)
        name = piece.lastgroup if piece else None
        if not piece or not name or (name in ("gap", "asked") and not with_gaps):
            return None
        out.append(NODES[name](piece[name]))
        end = piece.end()
    return tuple(out)
