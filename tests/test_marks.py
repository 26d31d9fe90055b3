"""Accents and other marks sit on their letters, whichever face sets them, and are read as typed."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise

import pypdfium2
import pytest
from conftest import NOW, deck_of
from filed import filed
from fontTools.ttLib import TTFont
from test_handouts import HEAD

from deckbuilder.writers.pdf.fonts import font, segments, widths
from deckbuilder.writers.pdf.marks import placed
from deckbuilder.writers.pdf.sheet import write

# French, Russian, Navajo, Yoruba; sounds above and below; two marks, capitals, with no anchor
MARKED = ["bɔ̃", "vɛ̃", "blɑ̃", "мо́ре", "hǫ́zhǫ́", "ẹ̀kọ́", "x̂", "n̥", "m̩", "i̯", "X̱", "Э́", "m̥", "ɣ̃"]
HANDS = {"plain": "{}", "bold": "**{}**", "italic": "*{}*", "code": "`{}`", "raised": "x^{}^"}


def boxes(words: str) -> tuple[str, list[tuple[str, tuple[float, float, float, float]]]]:
    """Return the text of a sheet of one fact, and each character with the box around its ink."""
    fact = f"\n[[topic.fact]]\nid = 'a'\nterm = 'All'\ndefinition = 'these > {words} < here'\n"
    data = filed(write, deck_of(f"{HEAD}{fact}".encode()), "", lambda: NOW)
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    text = page.get_text_range()
    found = [(c, page.get_charbox(n)) for n, c in enumerate(text)]
    return text, found


@pytest.mark.parametrize("hand", HANDS)
def test_a_mark_sits_on_its_letter(hand: str) -> None:
    """Its middle is over its letter, above the letter's middle or below it."""
    text, found = boxes(" ".join(HANDS[hand].format(word) for word in MARKED))
    meant = [(a, b) for a, b in pairwise(" ".join(MARKED)) if unicodedata.combining(b)]
    marks = [n for n in range(text.index(">"), text.index("<")) if unicodedata.combining(text[n])]
    for (letter, mark), n in zip(meant, marks, strict=True):
        assert text[n] == mark
        left, below, right, above = found[n][1]
        (under,) = (
            box
            for character, box in found[
                n - 2 : n + 2
            ]  # some readers have what is further left first
            if character == letter and box[0] < (left + right) / 2 < box[2]
        )
        middle = (under[1] + under[3]) / 2
        assert below > middle if unicodedata.combining(mark) == 230 else above < middle


def test_marked_words_are_read_as_typed() -> None:
    """A mark that goes back to its letter leaves no space behind it."""
    text, _ = boxes(" ".join(MARKED))
    assert " ".join(MARKED) in " ".join(text.split())


@pytest.mark.parametrize("face", ["Sans", "Serif-Italic", "Code", "Noto-Bold"])
def test_marks_lie_on_the_anchors_of_the_font(face: str) -> None:
    """What is read of the font's table is what another reader finds there."""
    file = TTFont(io.BytesIO(font(face).face._ttf_data))
    scale, named = 1000 / file["head"].unitsPerEm, {g: c for c, g in file.getBestCmap().items()}
    table, pairs = file["GPOS"].table, dict[str, tuple[float, float]]()
    wanted = {
        n
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "mark"
        for n in record.Feature.LookupListIndex
    }
    for lookup in (table.LookupList.Lookup[n] for n in sorted(wanted)):
        for sub in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if type(sub).__name__ != "MarkBasePos":
                continue
            for base, row in zip(sub.BaseCoverage.glyphs, sub.BaseArray.BaseRecord, strict=True):
                for mark, own in zip(
                    sub.MarkCoverage.glyphs, sub.MarkArray.MarkRecord, strict=True
                ):
                    on = row.BaseAnchor[own.Class]
                    if on and base in named and mark in named:
                        x = on.XCoordinate - own.MarkAnchor.XCoordinate
                        y = on.YCoordinate - own.MarkAnchor.YCoordinate
                        pairs[chr(named[base]) + chr(named[mark])] = x * scale, y * scale
    assert len(pairs) > 100
    for pair in [*pairs][:: len(pairs) // 100]:
        if unicodedata.combining(pair[1]) and not unicodedata.combining(pair[0]):
            (_, still), (mark, (right, up)) = placed(pair, face)
            assert (still, mark) == ((0.0, 0.0), pair[1])
            assert (right + widths(face)(pair[0]), up) == pytest.approx(pairs[pair])


def test_a_letter_and_its_marks_are_of_one_face() -> None:
    """Where a face lacks the mark, another one sets the letter, too."""
    assert [*segments("xn̥x", "Serif-Italic")] == [
        ("Serif-Italic", "x"),
        ("Fira-Italic", "n̥"),
        ("Serif-Italic", "x"),
    ]


def test_text_without_marks_is_one_stretch() -> None:
    """What has no mark is drawn as ever."""
    assert [*placed("Was für ein Name", "Sans")] == [("Was für ein Name", (0.0, 0.0))]
    assert "".join(piece for piece, _ in placed("a bɔ̃ c", "Sans")) == "a bɔ̃ c"
