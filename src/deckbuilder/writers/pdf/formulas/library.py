"""ziamath, which sets MathML, made to do so as our formulas need it."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from deckbuilder.writers.pdf.fonts import font_file

UNITS = 1000  # of the outlines to the size
# by bold and slanted: of letters in these hands, the font of formulas has A–Z and Greek ones alone
SERIF = {
    (True, False): "SourceSerifPro-Bold.ttf",
    (False, True): "SourceSerifPro-It.ttf",
    (True, True): "SourceSerifPro-BoldIt.ttf",
}


@cache
def library() -> Any:
    """Return ziamath, set up. Imported on demand: few sources hold a formula."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # how it opens its font, in Python 3.11
        import ziamath
    from ziamath.config import config

    _set_rows_once()
    _set_words_in_one_hand()
    config.svg2 = False  # each glyph as a path of its own
    config.precision = 1
    config.minsizefraction = 0.5  # of what is raised twice: still to be read
    ziamath.zmath.loadedfonts["default"].basesize = UNITS
    return ziamath


def _set_rows_once() -> None:
    from ziamath.nodes.mrow import Mrow

    class Row(Mrow, tag="mrow"):
        """A row that sets its children twice only for a bracket that grows with them.

        Else the time would double with each group in a group.
        """

        def _get_height_nostretch(self, line: list[Element], **more: Any) -> tuple[float, float]:
            if any(child.get("stretchy") == "true" for child in line):
                return super()._get_height_nostretch(line, **more)
            return 0.0, 0.0


def _set_words_in_one_hand() -> None:
    from ziamath.nodes.mnumber import Mtext
    from ziamath.styles import styledchr

    class Words(Mtext, tag="mtext"):
        """Words, bold or slanted as a whole: also those with letters that have marks."""

        def _setup(self, **more: Any) -> None:
            variant = self.style.mathvariant
            if any(c.isalpha() and styledchr(c, variant) == c for c in self.string):
                hands = (variant.bold, variant.italic), (variant.bold, False)
                for file in (SERIF[hand] for hand in hands if hand in SERIF):
                    serif = _serif(file, self.font)
                    if all(serif.glyphindex(c) for c in self.string):
                        self.font = serif
                        break
            super()._setup(**more)


@cache
def _serif(file: str, formulas: Any) -> Any:
    """Return a font of words that can stand in for the one of formulas; both have equal units."""
    from ziafont.font import Font

    class Serif(Font):
        """A font that has its hand by itself, and the measures of the one of formulas."""

        math = formulas.math

        def findglyph(self, character: str, _: Any) -> Any:
            return self.glyph(character)

        def advance(self, glyph: int, _: int | None) -> Any:
            """Leave pairs as wide as in the text around: ziafont moves some together twice."""
            return super().advance(glyph, None)

        def language(self, *_: str) -> None:
            """Keep the script as it is: it has none for formulas."""

    return Serif(font_file("font_source_serif_pro", f"files/{file}"))
