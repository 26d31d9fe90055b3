"""Other paper, other readers, other fonts; what a sheet repeats, and what it cites."""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import pikepdf
import pytest
from conftest import NOW, ROOT, SMALL
from filed import filed
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pdftext import structure
from pypdf import PdfReader

from deckbuilder.build import build
from deckbuilder.cards import cards
from deckbuilder.choice import Choice, choose
from deckbuilder.content import Table
from deckbuilder.examine import examine
from deckbuilder.model import Printing, asked_in_print
from deckbuilder.read import read_bytes
from deckbuilder.releases.pdf import read_pdf
from deckbuilder.releases.verify import verify
from deckbuilder.request import Request
from deckbuilder.schema import IN_PRINT, PRINT
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import plain, words
from deckbuilder.writers.pdf import cells, sheet, theme
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import write
from deckbuilder.writers.pdf.lines import break_lines, plain_lines, widest_word
from deckbuilder.writers.pdf.masthead import _fitting
from deckbuilder.writers.pdf.quick import quick_lines, seams_in
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import Blemished, Line, set_text, width_of
from deckbuilder.writers.pdf.strips import draw_all
from deckbuilder.writers.pdf.tables import table
from deckbuilder.writers.pdf.theme import ACCENT, PAPERS, PROFILES, STYLES, Theme
from deckbuilder.writers.pdf.theme_timeline import BANDS, MOST
from deckbuilder.writers.pdf.ties import NUMBERS, TIE
from deckbuilder.writers.pdf.ties import tied as with_ties

RELATIONS = (
    (ROOT / "source" / "relations.toml")
    .read_text(encoding="utf-8")
    .replace('\n[print]\nhandouts = ["all"]\n', "")
)


def pdf_of(source: str) -> PdfReader:
    deck, problems = read_bytes(source.encode(), "sample.toml")
    assert deck, problems
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    return PdfReader(io.BytesIO(data))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_source_can_ask_for_what_can_be_printed() -> None:
    """The choices of `[print]` are those that the theme knows."""
    choices = {key.name: set(key.choices) for key in PRINT}
    assert choices["paper"] == set(PAPERS)
    assert choices["profile"] == set(PROFILES)


@pytest.mark.parametrize("paper", PAPERS)
def test_paper(paper: str) -> None:
    """Every page has the size that the source asks for, and every fact is on one."""
    pdf = pdf_of(f'{RELATIONS}\n[print]\npaper = "{paper}"\n')
    for page in pdf.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            PAPERS[paper], abs=0.01
        )
    assert "Britain had guaranteed Poland’s safety." in text_of(pdf)


@pytest.mark.parametrize("profile", ["clear", "large"])
def test_nothing_is_smaller_than_its_reader_needs(profile: str) -> None:
    """Clear print is nowhere under 12 points, large print nowhere under 18."""
    least = {"clear": 12.0, "large": 18.0}[profile]
    sizes: list[float] = []

    def note(text: str, _: object, __: object, ___: object, size: float) -> None:
        sizes.extend([size] * bool(text.strip()))

    for page in pdf_of(f'{RELATIONS}\n[print]\nprofile = "{profile}"\n').pages:
        page.extract_text(visitor_text=note)
    assert sizes
    assert min(sizes) >= least - 0.01


def test_clear_print_has_no_italics() -> None:
    """Slanted letters are upright there, in a colour; they are not bold: that marks answers."""
    source = SMALL.replace('"blue"', '"*blue*"')
    clear = fonts_of(pdf_of(f'{source}[print]\nprofile = "clear"'))
    assert any(name.endswith("It") for name in fonts_of(pdf_of(source)))
    assert not any(name.endswith("It") for name in clear)
    style = Theme(12, Printing(profile="clear")).style("body")
    taxon, answer = set_text(parse("*Taq* **DNA**"), style)[::2]
    assert (taxon.hand.face, answer.hand.face) == ("Sans", "Sans-Bold")
    assert taxon.hand.color == ACCENT
    title = Theme(12, Printing(profile="clear")).style("title")
    taxon, other = set_text(parse("*Homo sapiens* and his kin"), title)
    assert taxon.hand.color != other.hand.color == ACCENT  # else it would be like the rest


def fonts_of(pdf: PdfReader) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }


def test_low_ink_leaves_out_tints() -> None:
    """With little ink the panels have their bar but no ground."""
    normal, low = (
        pdf_of(f'{RELATIONS}\n[print]\nink = "{ink}"\n').pages[-1].get_contents()
        for ink in ("normal", "low")
    )
    assert normal is not None
    assert low is not None
    tint = b".980392 .94902 .92549 rg"
    assert tint in normal.get_data()
    assert tint not in low.get_data()


def test_the_command_line_outranks_the_source(small: Path) -> None:
    """A flag asks once for what the source does not, and the source stays as it is."""
    built = build(small, small.parent / "out", NOW, Request(printing={"paper": "A5"}))
    assert not built.problems
    page = PdfReader(small.parent / "out" / "small.pdf").pages[0]
    assert float(page.mediabox.width) == pytest.approx(PAPERS["A5"][0], abs=0.01)


def test_following_pages_repeat_the_title() -> None:
    """A loose page still says what it belongs to, and which one it is."""
    source = f'{RELATIONS}\n[print]\nprofile = "clear"\n'
    pages = [" ".join(page.extract_text().split()) for page in pdf_of(source).pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "USSR–Germany Relations (1919–33)" in text
        assert f"Page {number} of {len(pages)}" in text


def test_a_line_in_capitals_is_read_as_it_was_written() -> None:
    """Capitals are drawn, words are said; who needs clear or large print gets no capitals."""
    for profile, drawn in (("standard", "PHYSICS · REVISION SHEET"), ("clear", "Physics · Rev")):
        source = SMALL.replace("summary =", 'subject = "Physics"\nsummary =')
        deck, problems = read_bytes(f'{source}[print]\nprofile = "{profile}"\n'.encode(), "t.toml")
        assert deck, problems
        data = filed(sheet.write, deck, "stamp", lambda: NOW)
        assert drawn in text_of(PdfReader(io.BytesIO(data)))
        assert next(structure(data).all("P")).words.strip() == "Physics · Revision sheet"


def test_what_is_raised_in_a_title_is_so_wherever_it_is_said(tmp_path: Path) -> None:
    """10⁹ is not 109 in the file's title and outline, words for a figure, a margin, a head."""
    file = tmp_path / "many.toml"
    source = SMALL.replace("A small deck", "The first 10^9^ years").replace("First", "10^9^")
    period = '[[period]]\ntitle = "10^9^ years"\nfrom = 1800\nto = 1900\n'
    source = source.replace("What this", "What 10^9^").replace("[[topic]]", f"{period}[[topic]]", 1)
    file.write_text(f'{source}[print]\nhandouts = ["cards", "quiz"]\n', encoding="utf-8")
    build(file, tmp_path, NOW, Request(choice=Choice(topics=("one",))))
    with pikepdf.open(tmp_path / "many.pdf") as pdf, pdf.open_outline() as outline:
        said = [str(pdf.docinfo[name]) for name in ("/Title", "/Subject")]
        said += [item.title for item in (outline.root[0], *outline.root[0].children)]
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        said += [str(o.Alt) for o in objects if "/Alt" in o]
    assert len(said) == 5
    assert all("10⁹" in text and "109" not in text for text in said)
    assert "The first 10⁹ years – Flash cards" in text_of(PdfReader(tmp_path / "many-cards.pdf"))
    assert "Topic: 10⁹ topic" in text_of(PdfReader(tmp_path / "many-quiz.pdf"))


def test_citations_are_numbered_references() -> None:
    """Facts that cite the same share a number, which leads to the list at the end."""
    extra = '\n[[topic.fact]]\nid = "f{}"\nquestion = "Why {}?"\nanswer = "so"\ncite = "{}"\n'
    facts = [("a", "Old book"), ("b", "New *book*"), ("c", "Old book")]
    text = text_of(pdf_of(SMALL + "".join(extra.format(n, n, cite) for n, cite in facts)))
    for shown in ("Why a? so 1", "Why b? so 2", "Why c? so 1", "References 1 Old book 2 New book"):
        assert shown in text


def test_titles_grow_with_their_page_but_not_beyond_it() -> None:
    """A title that is a little too long is set on one line, a much longer one on several."""
    for title in (
        "Short",
        "A title that is a little too long for its line",
        "x " * 90,
    ):
        large = Theme(11.0)
        style = _fitting(words(title), large)
        lines = break_lines(set_text(words(title), style), large.width)
        assert len(lines) == 1 or title.startswith("x")


def test_no_word_of_a_title_is_cut_that_fits_in_smaller_type() -> None:
    """A long word of a title gets smaller with all others, on a small paper, too."""
    title = words("The Geschichtswissenschaften of old, and the others that came after them")
    theme = Theme(9.5, Printing(paper="A5"))
    assert widest_word(set_text(title, theme.style("title"))) > theme.width
    lines = break_lines(set_text(title, _fitting(title, theme)), theme.width)
    assert any("Geschichtswissenschaften" in "".join(r.text for r in each.runs) for each in lines)


def test_every_style_keeps_its_leading() -> None:
    """No profile sets lines closer than their letters are high."""
    for profile in PROFILES:
        deck, _ = read_bytes(f'{SMALL}[print]\nprofile = "{profile}"'.encode(), "t.toml")
        assert deck
        small = Theme(PROFILES[profile].smallest, deck.printing)
        for name in STYLES:
            style = small.style(name)
            assert style.leading >= style.size * 0.85, name


def brightness(color: Color) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = (color.red, color.green, color.blue)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


@pytest.mark.parametrize("ground", [theme.PAPER, theme.TINT, theme.WARM_TINT, *BANDS])
def test_all_text_can_be_read_on_its_ground(ground: Color) -> None:
    """Every colour of text has a contrast of 4.5 to 1 on every ground that it can stand on."""
    on_band = {STYLES["band"].color}
    colors = on_band if ground in BANDS else {s.color for s in STYLES.values()}
    for color in colors | {s.label_color for s in STYLES.values()} - on_band:
        light, dark = sorted((brightness(ground), brightness(color)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("on 16 April 1922 they", "on 16~April~1922 they"),
        ("am 16. April 1922", "am 16.~April~1922"),
        ("el 16 de abril de 1922, 1.º de mayo", "el 16~de~abril~de~1922, 1.º~de~mayo"),
        ("on April 16, 1922 or March 15, 44 BC", "on April~16,~1922 or March~15,~44~BC"),
        ("the 1st of April 1922, 16 Apr. 1922", "the 1st~of~April~1922, 16~Apr.~1922"),
        ("1er mai 1886, IIIe siècle av. J.-C.", "1er~mai~1886, IIIe~siècle~av.~J.-C."),
        ("24 septembre 480 av. J.-C.", "24~septembre~480~av.~J.-C."),
        ("15. März 44 v. Chr., 3. Jh. n. Chr.", "15.~März~44~v.~Chr., 3.~Jh.~n.~Chr."),
        ("24 de agosto de 79 d. C.", "24~de~agosto~de~79~d.~C."),
        ("el siglo III a. C.", "el siglo~III~a.~C."),
        ("44 v.Chr. und 44 vor Christus", "44~v.Chr. und 44~vor~Christus"),
        ("44 B.C., 44 a. de C.", "44~B.C., 44~a.~de~C."),
        ("44 avant J.-C., avant 44", "44~avant~J.-C., avant 44"),
        (
            "siglos XV y XVI, siglo I, siglo 16, s. XIX",
            "siglos~XV y~XVI, siglo~I, siglo~16, s.~XIX",
        ),
        ("au XVIe siècle, XVIᵉ siècle", "au XVIe~siècle, XVIᵉ~siècle"),
        ("Luis XIV, Henry VIII, Ludwig XIV.", "Luis~XIV, Henry~VIII, Ludwig~XIV."),
        ("World War II, Carlos V", "World War~II, Carlos~V"),
        ("Louis XIV’s, Henry VIII's son", "Louis~XIV’s, Henry~VIII's son"),
        (
            "François Ier, Élisabeth Ire, au Ier siècle",
            "François~Ier, Élisabeth~Ire, au Ier~siècle",
        ),
        ("des 20. Jahrhunderts, 18. Jhd.", "des 20.~Jahrhunderts, 18.~Jhd."),
        (
            "15th and 16th centuries, XVᵉ et XVIᵉ siècles",
            "15th and 16th~centuries, XVᵉ et XVIᵉ~siècles",
        ),
        ("Chapter 3, Abbildung 2, Act I", "Chapter~3, Abbildung~2, Act~I"),
        ("z. B. Hl. Anna, p. ej. EE. UU.", "z.~B. Hl.~Anna, p.~ej. EE.~UU."),
        ("Mr. Smith and Dr. Watson", "Mr.~Smith and Dr.~Watson"),
        ("When I was in Vienna, XX, so I’ve", "When I was in Vienna, XX, so I’ve"),
        ("What I did, a page of it, Mr. x", "What I did, a page of it, Mr. x"),
        ("9 CE, AD 9, the third century BC", "9~CE, AD~9, the third century~BC"),
        (
            "11:30 a.m., 5 pm, 8 Uhr, a las 11:30 p. m.",
            "11:30~a.m., 5~pm, 8~Uhr, a las 11:30~p.~m.",
        ),
        ("3.5 million, 3,5 Millionen", "3.5~million, 3,5~Millionen"),
        ("3,5 millions, 3,5 millones", "3,5~millions, 3,5~millones"),
        ("In 1919, 1920 and 1922 a Canadian", "In 1919, 1920 and 1922 a Canadian"),
        ("c. 1500", "c.~1500"),
        ("env. 1920, v. 1920, approx. 1920", "env.~1920, v.~1920, approx.~1920"),
        ("In 1919 A treaty of 10 A, 230 V", "In 1919 A treaty of 10~A, 230~V"),
        ("5 mA, 3 A.", "5~mA, 3~A."),
        ("5 000 men", "5~000 men"),
        ("12 of them in 1933 or so", "12 of them in 1933 or so"),
        ("20–30 m pro Jahr", "20–30~m pro Jahr"),
        ("12 345 m, 40 % or 5 °C", "12~345~m, 40~% or 5~°C"),
        ("51° 28′ 40″ N", "51°~28′~40″~N"),
        ("vgl. S. 105, p. 7", "vgl. S.~105, p.~7"),
        ("nº 3, n.º 3, n° 3, nᵒ 3, № 3, Nr. 3", "nº~3, n.º~3, n°~3, nᵒ~3, №~3, Nr.~3"),
        ("§ 5 Abs. 2, §§ 5–7, núm. 3, Bd. 2", "§~5 Abs.~2, §§~5–7, núm.~3, Bd.~2"),
        ("págs. 12, art. 5, t. III, Z. 12", "págs.~12, art.~5, t.~III, Z.~12"),
        ("à 14 h 30, in 2 h 3 men", "à 14~h~30, in 2~h 3 men"),
        ("u. v. m., o. Ä., v. a. Sta. Ana", "u.~v.~m., o.~Ä., v.~a. Sta.~Ana"),
        ("9.2 × 10⁶ km² und 83,6 Mio. Kühe", "9.2~×~10⁶~km² und 83,6~Mio. Kühe"),
        ("im Verhältnis 9 : 3 : 3 : 1", "im Verhältnis 9~:~3~:~3~:~1"),
        ("30 km/h à 12 kg", "30~km/h à 12~kg"),
        ("En 1914 a vu, 1914 y 1918, 1914 s’ouvre", "En 1914 a vu, 1914 y 1918, 1914 s’ouvre"),
        ("7 men, 5 graves, 3 × 4", "7 men, 5 graves, 3 × 4"),
    ],
)
def test_dates_and_numbers_hold_together(text: str, tied: str) -> None:
    """No line ends within a date or a number; most texts have nothing of such and are let go."""
    assert with_ties(text) == tied.replace("~", TIE)


def test_numbers_of_any_script_are_looked_at() -> None:
    """Texts are let go by their bytes: of every digit one is among those that count."""
    digits = re.findall(r"\d", "".join(map(chr, range(0xD800))))
    digits += re.findall(r"\d", "".join(map(chr, range(0xE000, sys.maxunicode + 1))))
    assert len(digits) > 600
    assert {digit.encode()[0] for digit in digits} <= {*NUMBERS}
    assert with_ties("१२ km, ١٢ km") == f"१२{TIE}km, ١٢{TIE}km"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Qui a dit : « L’État, c’est moi » ?", "Qui a dit~: «~L’État, c’est moi~»~?"),
        ("Quoi ?! Oui ! (« Non »)", "Quoi~?! Oui~! («~Non~»)"),
        ("de l’« ancien régime » ; puis", "de l’«~ancien régime~»~; puis"),
        ("das »Wort« hier, »Ja!« sagte er", "das »Wort« hier, »Ja!« sagte er"),
        ("«si» y «no», ¿qué? a :root b", "«si» y «no», ¿qué? a :root b"),
        ("direct — payé par eux — : 2", "direct — payé par eux~—~: 2"),
        ("so – sagt man – ist es – oder nicht", "so – sagt man~– ist es – oder nicht"),
        ("eso —dicen— es; a – b, c — d", "eso —dicen— es; a – b, c — d"),
        ("en humo, / en polvo, and/or 1/2", "en humo,~/ en polvo, and/or 1/2"),
    ],
)
def test_signs_of_french_hold_to_their_words(text: str, tied: str) -> None:
    """No line ends before a sign that is set off by a space, or the dash that closes an aside."""
    assert with_ties(text) == tied.replace("~", TIE)
    assert "".join(run.text for run in set_text(parse(text), Theme(10).style("fact"))) == (
        tied.replace("~", TIE)
    )


@pytest.mark.parametrize(
    "told",
    ["{{Qui}} a *dit* ? « **Moi** », dit : $x$ ;", "Dit-{{il}} : « {{oui}} » ! ou « *non* » ?"],
)
def test_no_line_begins_with_a_sign_of_french(told: str) -> None:
    """Nor where it stands behind a gap, a formula or what is bold; both ways set the same words."""
    runs = set_text(parse(f"{told} {told} {told}", with_gaps=True), Theme(10).style("fact"))
    for wide in range(70, 300, 3):
        plainly = ["".join(run.text for run in line.runs) for line in plain_lines(runs, wide)]
        assert not [said for said in plainly if said[0] in "?!:;»" or said[-1] == "«"]
        quickly = quick_lines(runs, wide)
        if quickly:
            assert plainly == ["".join(run.text for run in line.runs) for line in quickly]


def test_a_line_may_end_within_other_words_with_a_stroke() -> None:
    """It does so behind the stroke of what is no unit of a number, be it tied or not."""
    told = f"5{TIE}km/h-Zone und/oder 9{TIE}Kinder/km, Herr{TIE}A/B"
    parts = [told[begin:end] for begin, end in pairwise([0, *seams_in(told)])]
    assert [part[-2:] for part in parts] == ["h-", "d/", "r/", "A/"]


@pytest.mark.parametrize(
    ("told", "ties"),
    [
        ("9.2 × 10^6^ km^2^ of land", 3),
        ("it has {{9.2}} km of it", 1),
        ("{{16}} April 1922, {{44}} v. Chr. and {{3.5}} million", 5),
        ("51° 28′ N, S. 105, 20–30 m pro Jahr", 4),
        ("300 000 km/s or 10 g/cm³", 3),
        ("9.2 × 10^6^ km/h, {{5}} m/s^2^", 4),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(told: str, ties: int) -> None:
    """Nor where the number is raised or in a gap; both ways to break lines set the same words."""
    runs = set_text(parse(f"{told} and {told}", with_gaps=True), Theme(10).style("fact"))
    assert "".join(run.text for run in runs).count(TIE) == 2 * ties
    for wide in range(100, 300, 3):
        plainly = ["".join(run.text for run in line.runs) for line in plain_lines(runs, wide)]
        assert not [said for said in plainly[:-1] if re.search(r"((?<!km|/s)\d|[×°′/]|S\.)$", said)]
        quickly = quick_lines(runs, wide)
        if quickly:
            assert plainly == ["".join(run.text for run in line.runs) for line in quickly]


# ---------------------------------------------------------------------------- fonts


def make_font(characters: str) -> bytes:
    """Return a TrueType font that draws each of the characters as a square."""
    names = [".notdef", *(f"uni{ord(c):04X}" for c in characters)]
    pen = TTGlyphPen(None)
    for step, point in enumerate([(50, 0), (50, 800), (900, 800), (900, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"uni{ord(c):04X}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


JAPANESE = "江戸幕府を開いた"
WITH_FONT = f'{SMALL}[print]\nfonts = ["fonts/squares.ttf"]\n'.replace('"blue"', f'"{JAPANESE}"')


def test_an_authors_font_sets_what_ours_lack(tmp_path: Path) -> None:
    """A Japanese answer is set with the font beside the source, and reads back as it was typed."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "squares.ttf").write_bytes(make_font(JAPANESE))
    file = tmp_path / "japan.toml"
    file.write_text(WITH_FONT, encoding="utf-8")
    built = build(file, tmp_path / "out", NOW)
    assert not built.problems
    pdf = PdfReader(tmp_path / "out" / "japan.pdf")
    assert JAPANESE in text_of(pdf).replace(" ", "")
    assert any("Squares" in name for name in fonts_of(pdf))


def test_the_foot_names_a_file_in_an_authors_letters(tmp_path: Path) -> None:
    """What the font beside the source sets in a title, it sets in the name of the file, too."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "squares.ttf").write_bytes(make_font(JAPANESE))
    file = tmp_path / f"{JAPANESE}.toml"
    file.write_text(WITH_FONT, encoding="utf-8")
    assert not build(file, tmp_path / "out", NOW).problems
    said = text_of(PdfReader(tmp_path / "out" / f"{JAPANESE}.pdf")).replace(" ", "")
    assert f"{JAPANESE}.toml·version" in said


def test_a_font_without_a_space_draws_nothing_where_a_line_ends(tmp_path: Path) -> None:
    """Words are read apart there, on a line of the sheet and of a timeline's label."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "squares.ttf").write_bytes(make_font(JAPANESE))
    event = f'[[topic.fact]]\nid = "e"\nevent = "The {JAPANESE} began at once."\nwhen = 1868\n'
    file = tmp_path / "japan.toml"
    source = WITH_FONT.replace("[print]", f'{event}[print]\nhandouts = ["poster"]')
    file.write_text(source, encoding="utf-8")
    assert not build(file, tmp_path / "out", NOW).problems
    for name in ("japan.pdf", "japan-poster.pdf"):
        for page in PdfReader(tmp_path / "out" / name).pages:
            fonts = page["/Resources"]["/Font"].items()  # type: ignore[index]
            own = [key for key, font in fonts if "Squares" in str(font.get_object()["/BaseFont"])]
            drawn = page.get_contents()
            assert drawn is not None
            spaced = rf"({'|'.join(own) or '$^'}) [\d.]+ Tf \([^)]* \)"
            assert not re.search(spaced, drawn.get_data().decode("latin-1"))
    files = {each.name: each.read_bytes() for each in (tmp_path / "out").iterdir()}
    assert verify("japan", files).mismatches == ()


def test_the_address_of_a_link_may_hold_any_letter(tmp_path: Path) -> None:
    """It is not printed; the same letters in the link's words, or in code, are a problem."""
    address = "[blue](https://he.wikipedia.org/wiki/רפאלו)"
    for answer, fine in ((address, True), (f"`{address}`", False), ("[רפאלו](https://x.y)", False)):
        file = tmp_path / "link.toml"
        file.write_text(SMALL.replace('"blue"', f'"{answer}"'), encoding="utf-8")
        assert [problem.code for problem in examine(file)[1]] == ["unprintable"] * (not fine)


def test_fonts_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    """Two fonts that call themselves alike, as two parts of one do, each set what they have."""
    (tmp_path / "fonts").mkdir()
    for name, characters in (("one", JAPANESE[:4]), ("two", JAPANESE[4:])):
        (tmp_path / "fonts" / f"{name}.ttf").write_bytes(make_font(characters))
    file = tmp_path / "japan.toml"
    both = WITH_FONT.replace('"fonts/squares.ttf"', '"fonts/one.ttf", "fonts/two.ttf"')
    file.write_text(both, encoding="utf-8")
    assert not build(file, tmp_path / "out", NOW).problems
    pdf = PdfReader(tmp_path / "out" / "japan.pdf")
    assert JAPANESE in text_of(pdf).replace(" ", "").replace("\n", "")


def test_without_it_the_character_is_a_problem_with_a_place(tmp_path: Path) -> None:
    """What no font has is told at the fact, with the way out."""
    file = tmp_path / "japan.toml"
    file.write_text(WITH_FONT.partition("[print]")[0], encoding="utf-8")
    deck, (problem,) = examine(file)
    assert deck is None
    assert (problem.code, problem.place.line) == ("unprintable", 17)
    assert "[print] fonts" in problem.hint


def test_signs_of_biology_and_chemistry_are_printed(tmp_path: Path) -> None:
    """What no font of words has is set in that of formulas, bold, slanted and in code, too."""
    signs = "♀♂⇌⟶⊕≙□"
    file = tmp_path / "signs.toml"
    marked = f"{signs} **{signs}** *{signs}* `{signs}`"
    file.write_text(SMALL.replace('"blue"', f'"{marked}"'), encoding="utf-8")
    assert not build(file, tmp_path / "out", NOW).problems
    written = text_of(PdfReader(tmp_path / "out" / "signs.pdf"))
    assert re.sub(r"\s", "", written).count(signs) == 4


def test_a_mark_that_is_not_seen_alone_is_told_by_its_number(tmp_path: Path) -> None:
    """Between backquotes nothing would be seen of what makes an emoji of a sign."""
    file = tmp_path / "emoji.toml"
    file.write_text(SMALL.replace('"blue"', '"🌱☀\ufe0f"'), encoding="utf-8")
    _, (problem,) = examine(file)
    assert problem.message == "print cannot show `🌱` (U+1F331, seedling), U+FE0F"


def test_all_that_print_cannot_show_is_told_at_once(tmp_path: Path) -> None:
    """Each character of a text is named, with what helps: a font only where one would."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "squares.ttf").write_bytes(make_font("مرحبا"))
    file = tmp_path / "many.toml"
    text = WITH_FONT.replace(JAPANESE, r"مرحبا 江 $\\unknown{x}$ 戸\u2060江")
    file.write_text(text, encoding="utf-8")
    told = {problem.message: problem.hint for problem in examine(file)[1]}
    (arabic, script), (chinese, font), (joiner, taken_out), (formula, _) = sorted(
        told.items(),
        key=lambda pair: ("م" not in pair[0], "江" not in pair[0], "U+" not in pair[0]),
    )
    assert arabic.endswith("`م` (U+0645, arabic letter meem), `ر`, `ح`, `ب`, `ا`")
    assert chinese.endswith("`江` (U+6C5F, cjk unified ideograph-6c5f), `戸`")
    assert joiner.endswith("(U+2060, word joiner)")
    assert "unknown" in formula
    assert ["no font helps" in way for way in (script, font, taken_out)] == [True, False, True]
    assert "[print] fonts" in font


def test_a_font_that_is_not_there_hides_no_other_problem(tmp_path: Path) -> None:
    """What it may have is not asked for; scripts and formulas that no font helps are told."""
    file = tmp_path / "many.toml"
    text = WITH_FONT.replace(JAPANESE, r"江戸 مر $\\unknown{x}$")
    file.write_text(text, encoding="utf-8")
    codes = sorted(problem.code for problem in examine(file)[1])
    assert codes == ["bad-file", "unprintable", "unprintable-math"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nowhere.ttf", "bad-file"),
        ("pipe", "bad-file"),
        ("away.ttf", "bad-file"),
        ("t.toml", "bad-font"),
    ],
)
def test_a_file_that_is_no_font_is_one_problem(tmp_path: Path, name: str, code: str) -> None:
    """A missing file, a pipe, a link out of the folder, bytes that are no font: none is read."""
    folder = tmp_path / "here"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (tmp_path / "outside.ttf").write_bytes(make_font("a"))
    (folder / "away.ttf").symlink_to(tmp_path / "outside.ttf")
    file = folder / "t.toml"
    file.write_text(f'{SMALL}[print]\nfonts = ["{name}"]\n', encoding="utf-8")
    assert [problem.code for problem in examine(file)[1]] == [code]


@pytest.mark.parametrize("cut", [0, 100, 300])
def test_a_damaged_font_is_told_in_words(tmp_path: Path, cut: int) -> None:
    """Where it breaks off is the business of no author."""
    (tmp_path / "f.ttf").write_bytes(make_font("abc")[:cut] or b"OTTO")
    file = tmp_path / "t.toml"
    file.write_text(f'{SMALL}[print]\nfonts = ["f.ttf"]\n', encoding="utf-8")
    (problem,) = examine(file)[1]
    why = "it is damaged, or none" if cut else "its outlines are OpenType/CFF"
    assert problem.message == f"the font `f.ttf` cannot be used: {why}"


def test_wide_characters_break_between_each_other() -> None:
    """Japanese lines end between characters, but not before what closes, nor behind what opens."""
    style = Theme(10).style("body")
    text = "一二三「四五」、六（七八）九十。" * 4
    assert plain(words(text)) == text
    for wide in range(40, 200, 3):
        lines = break_lines(set_text(words(text), style), wide)
        said = ["".join(run.text for run in line.runs) for line in lines]
        assert len(said) > 2
        assert "".join(said) == text
        assert not [line for line in said if line[0] in "、。」）" or line[-1] in "「（"]


def test_signs_between_wide_characters_hold_to_one_of_them() -> None:
    """What closes, lengthens or is small holds to what is before it, what opens to what follows."""
    small = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    for sign in f"、。，．）」』】》〉〕！？：；ー々・ゝゞヽヾ{small}":
        assert seams_in(f"一二{sign}三四") == [1, 3, 4], sign
    for sign in "（「『【《〈〔":
        assert seams_in(f"一二{sign}三四") == [1, 2, 4], sign
    assert seams_in("一a二") == []


@pytest.mark.parametrize("word", ["Endosymbiontentheorie?", "Kohlendioxid).", "Lichtpunkt"])
def test_a_word_is_not_cut_before_its_last_letters(word: str) -> None:
    """No sign that closes a sentence, and no letter or two, stand in a line of their own."""
    style = Theme(10).style("body")
    wide = width_of(set_text(words(word), style))
    for less in range(1, int(wide / 3), 2):
        broken = break_lines(set_text(words(word), style), wide - less)
        said = ["".join(run.text for run in line.runs) for line in broken]
        assert "".join(said) == word
        assert sum(map(str.isalnum, said[-1])) >= 4
        assert all(line.width <= wide - less for line in broken)


# ---------------------------------------------------------------------------- tables


def compared(things: list[str], *aspects: list[str]) -> str:
    """Return a source with a table, long enough for two columns."""
    fact = '[[topic.fact]]\nid = "c"\ncompare = "How?"\n'
    fact += f"things = {things}\naspects = {list(aspects)}\n"
    more = (
        f'[[topic.fact]]\nid = "f{n}"\nquestion = "What does {n} stand for here?"\nanswer = "{n}"\n'
        for n in range(30)
    )
    return SMALL.partition("[[topic.fact]]")[0] + fact + "".join(more)


def said(pdf: PdfReader) -> set[str]:
    """Return the words that are drawn whole."""
    return set(text_of(pdf).split())


@pytest.mark.parametrize("profile", PROFILES)
def test_a_table_cuts_no_word_that_has_room(profile: str) -> None:
    """Long words get wider columns, smaller type where the reader may have it, closer columns."""
    rows = (
        ["Bausteine", "Aminosäuren", "Monosaccharide", "Nukleotide"],
        ["Bindung", "Peptidbindung", "Esterbindung", "Diesterbindung"],
    )
    things = ["Proteine", "Kohlenhydrate", "Nukleinsäuren"]
    pdf = pdf_of(f'{compared(things, *rows)}[print]\nprofile = "{profile}"\n')
    assert said(pdf) >= {*things, *rows[0], *rows[1]}


def test_only_the_longest_words_of_a_table_are_cut() -> None:
    """A column that needs little keeps it, where another would take all there is."""
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 2
    words_of = said(
        pdf_of(compared(["Proteine", "Hydrate"], ["Bindung", "Kohlenstoffdioxid", long]))
    )
    assert words_of >= {"Proteine", "Hydrate", "Bindung", "Kohlenstoffdioxid"}
    assert long not in words_of


@pytest.mark.parametrize("profile", ["clear", "large"])
def test_a_table_in_a_narrow_column_becomes_lists(profile: str) -> None:
    """Where words have no room side by side, each row is a list; it is read aloud as a table."""
    things = ["männliche", "weibliche", "sächliche"]
    rows = [["Nominativ", "der", "die", "das"], ["Akkusativ", "den", "die", "das"]]
    deck, _ = read_bytes(compared(things, *rows).encode(), "sample.toml")
    assert deck
    deck = replace(deck, printing=replace(deck.printing, profile=profile))
    chosen = choose(deck, asked_in_print(deck), Choice())
    out = io.BytesIO()
    assert not write("foldover", chosen, "stamp", NOW, out).problems
    asked, told = (
        [[cell.words.strip() for cell in row.below] for row in inner.below]
        for outer in structure(out.getvalue()).all("TD")
        for inner in outer.all("Table")
    )
    assert told == [["", *things], *rows]
    assert asked == [["", *things], *([name, *["blank"] * 3] for name, *_ in rows)]
    drawn = text_of(PdfReader(out)).split()
    assert [drawn.count(thing) for thing in things] == [2 * len(rows)] * 3


VERBS = compared(
    ["être", "avoir", "aller", "faire"],
    ["je", "suis", "ai", "vais", "fais"],
    ["nous", "sommes", "avons", "allons", "faisons"],
    ["vous", "êtes", "avez", "allez", "faites"],
    ["ils", "sont", "ont", "vont", "font"],
)


@pytest.mark.parametrize("name", ["quiz", "organiser", "foldover", "cards", "foldcards", "labels"])
@pytest.mark.parametrize(("paper", "profile"), [("A4", "large"), ("A4", "clear"), ("A5", "large")])
def test_no_word_of_a_table_is_cut_to_have_columns(
    tmp_path: Path, name: str, paper: str, profile: str
) -> None:
    """Each row becomes a list, however high; where that has no room, the fact is left out."""
    file = tmp_path / "verbs.toml"
    file.write_text(VERBS, encoding="utf-8")
    printing = {"handouts": (name,), "paper": paper, "profile": profile}
    built = build(file, tmp_path, NOW, Request(printing=printing))
    found = [p for p in built.problems if p.code in IN_PRINT]
    assert "cut-word" not in {problem.code for problem in found}
    if found:
        assert "too wide for columns and too long for lists" in found[0].message
        assert "fewer columns" in found[0].hint
    else:
        words_of = text_of(PdfReader(tmp_path / f"verbs-{name}.pdf")).split()
        assert {"sommes", "faisons"} <= {*words_of}


def test_a_cell_stands_below_its_head_where_that_is_long() -> None:
    """In a list there may be no room beside a head for the words of its cell."""
    theme = Theme(10)

    def lines(head: str) -> int:
        row = tuple(map(words, ("a", *["conclusion"] * 3)))
        cells = Table(((), *[words(head)] * 3), (row,))
        strips = table(cells, theme.style("body"), theme, 100, Element("P"))
        assert not any(strip.blemishes for strip in strips)
        return sum(strip.height > theme.base for strip in strips)

    assert (lines("head"), lines("the head that is longer")) == (1 + 3, 1 + 2 * 3)


def test_a_cell_below_its_head_stands_further_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their colours alone would not tell them apart, where print is black and white."""
    theme, at = Theme(10), dict[str, float]()
    told = "conclusion", "conclusive", "concluding"

    def see(_: object, line: Line, __: object, left: float, ___: float) -> None:
        at["".join(run.text for run in line.runs)] = left

    monkeypatch.setattr(cells, "draw_line", see)
    of = Table(((), *[words("the head that is longer")] * 3), (tuple(map(words, ("a", *told))),))
    strips = table(of, theme.style("body"), theme, 100, Element("P"))
    draw_all(strips, Mock(), 0.0, 500.0)
    assert {left for said, left in at.items() if said not in told} == {0.0}
    assert {at[said] for said in told} == {theme.style("cell").size}


def test_blanks_make_no_table_smaller() -> None:
    """A blank to fill in may be broken: words beside it keep their size."""
    theme = Theme(10)
    cell = (*words("_" * 15),)
    strips = table(
        Table((words("a"),) * 4, ((words("aa"), cell, cell, cell),)),
        theme.style("body"),
        theme,
        150,
        Element("P"),
    )
    assert strips[0].height == theme.style("cell-head").leading


@pytest.mark.parametrize(
    "name", ["Louis XIV", "siglo XVIII", "capítulo 12", "Dr. Watson", "s. XX", "20. Jahrhunderts"]
)
def test_names_in_one_line_make_no_table_smaller(name: str) -> None:
    """A name holds together where there is room for it, and costs its table no other place."""
    theme = Theme(10)
    style, long = theme.style("cell-head"), words("it is so " * 9)
    alone, *parts = (width_of(set_text(words(part), style)) for part in (name, *name.split()))

    def heads(measure: float) -> tuple[int, bool]:
        cells = Table((words("of"), words(name), words(name)), ((words("a"), words("b"), long),))
        strips = table(cells, theme.style("body"), theme, measure, Element("P"))
        count = next(n for n, strip in enumerate(strips) if strip.height != style.leading)
        return count, not any(strip.blemishes for strip in strips)

    other, side = width_of(set_text(words("of"), style)), theme.cell[0]
    assert heads(2 * alone + other + 2 * side + 1) == (1, True)
    assert heads(2 * max(parts) + other + 2 * side + 1) == (2, True)


KINGS = ["Louis XIV", "Charles VII", "Henri VIII", "Philippe II", "Innocent XIII", "Napoléon III"]


@pytest.mark.parametrize("name", ["cards", "labels"])
def test_names_in_one_line_cost_no_fact_its_card(tmp_path: Path, name: str) -> None:
    """A table of kings has its columns there, its heads in two lines."""
    file = tmp_path / "kings.toml"
    lands = ["Pays", "France", "France", "Angleterre", "Espagne", "Rome", "France"]
    born = ["Né en", "1638", "1403", "1491", "1527", "1655", "1808"]
    file.write_text(compared(KINGS, lands, born), encoding="utf-8")
    built = build(file, tmp_path, NOW, Request(printing={"handouts": (name,)}))
    assert not built.problems
    assert {"Innocent", "Angleterre"} <= said(PdfReader(tmp_path / f"kings-{name}.pdf"))


@pytest.mark.parametrize("name", ["", "quiz", "organiser", "grid", "foldover", "cards"])
def test_a_cut_word_is_told(tmp_path: Path, name: str) -> None:
    """Wherever a word is cut, its author hears of it: which word, of which fact, on what."""
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    file = tmp_path / "long.toml"
    fact = f'[[topic.fact]]\nid = "a"\nquestion = "Who is a {long}?"\nanswer = "he"\n'
    file.write_text(SMALL.partition("[[topic.fact]]")[0] + fact, encoding="utf-8")
    built = build(file, tmp_path, NOW, Request(printing={"handouts": (name,) if name else ()}))
    where = f"on the handout `{name}`" if name else "on the sheet"
    (told,) = [problem for problem in built.problems if where in problem.message]
    assert (told.code, told.severity, told.owner) == ("cut-word", "warning", "fact")
    assert f"`{long[:39]}…` is wider" in told.message
    assert told.place.line == SMALL.partition("[[topic.fact]]")[0].count("\n") + 1
    assert built.files
    allowed = 'allow = [{ rule = "cut-word", why = "It is a name." }]'
    file.write_text(
        file.read_text("utf-8").replace(f'{long}?"\n', f'{long}?"\n{allowed}\n'), "utf-8"
    )
    assert allowed in file.read_text("utf-8")
    built = build(file, tmp_path, NOW, Request(printing={"handouts": (name,) if name else ()}))
    assert not {"cut-word", "unused-allow"} & {problem.code for problem in built.problems}


@pytest.mark.parametrize("profile", ["standard", "large"])
def test_what_is_cut_or_small_in_a_panel_is_told(tmp_path: Path, profile: str) -> None:
    """Once, where the sheet has it elsewhere, too; panels are beside each other or flow."""
    head, long = SMALL.partition("[[topic.fact]]")[0], "Donaudampfschifffahrtsgesellschaft" * 4
    tall = rf"$\sqrt{{{' + '.join('ABCDEFGHIJKLMNOPQRSTUVWX' * 2)}}}$"
    asked = {"a": f"Who is a {long}?", "b": f"What is {tall}?"}
    for only in ("", 'only = "asked"\n'):
        source = head + "".join(
            f"[[topic.fact]]\nid = '{name}'\nquestion = '{question}'\nanswer = 'it'\n{only}"
            for name, question in asked.items()
        )
        file = tmp_path / "long.toml"
        file.write_text(f"{source}[sheet]\ncheck = ['a', 'b']\n", encoding="utf-8")
        problems = build(file, tmp_path, NOW, Request(printing={"profile": profile})).problems
        told = sorted(one.code for one in problems if "on the sheet" in one.message)
        assert told == ["cut-word", "small-formula"]


def test_all_words_that_are_cut_are_told(tmp_path: Path) -> None:
    """Those of one fact on one handout are one warning, that names eight and counts the others."""
    long = [f"{letter}{'W' * 39}" for letter in "abcdefghijk"]  # none too long to be named whole
    file = tmp_path / "long.toml"
    for words_of, said in (
        (long[:3], f"`, `{long[1]}` and `{long[2]}` are"),
        (long, "and 3 more are"),
    ):
        fact = f'[[topic.fact]]\nid = "a"\nquestion = "Who?"\nanswer = "{" ".join(words_of)}"\n'
        file.write_text(SMALL.partition("[[topic.fact]]")[0] + fact, encoding="utf-8")
        problems = build(
            file, tmp_path, NOW, Request(printing={"handouts": ("foldover",)})
        ).problems
        told = [p for p in problems if p.code == "cut-word" and "foldover" in p.message]
        assert len(told) == 1
        assert f"{said} wider than their lines" in told[0].message


def test_a_cut_word_is_named_without_its_marks(tmp_path: Path) -> None:
    """One word within a sentence, at its end and in brackets is one; what belongs to it stays."""
    file, long = tmp_path / "long.toml", "Donaudampfschifffahrtsgesellschaftskapi"
    fact = f'[[topic.fact]]\nid = "a"\nquestion = "Who?"\nanswer = "A {long} is a ({long})."\n'
    for word in (long, f"{long[:-2]}x\u0301"):
        source = SMALL.partition("[[topic.fact]]")[0] + fact.replace(long, word)
        file.write_text(source, encoding="utf-8")
        asked = {"paper": "A5", "profile": "large", "handouts": ("foldover",)}
        (told,) = (
            one
            for one in build(file, tmp_path, NOW, Request(printing=asked)).problems
            if one.code == "cut-word" and "foldover" in one.message
        )
        assert told.message.startswith(f"`{word}` is wider")


@pytest.mark.parametrize("name", ["", "poster"])
def test_a_cut_word_in_a_list_of_dates_is_told(tmp_path: Path, name: str) -> None:
    """The rows of a timeline in large print are narrower than what the sheet says of a fact."""
    head, long = SMALL.partition("[[topic.fact]]")[0], "Bundesversammlungsausschuss"
    source = head + "".join(
        f'[[topic.fact]]\nid = "e{n}"\nevent = "{"It" if n else long} began."\n'
        f'when = "14 October {1066 + n}"\n'
        for n in range(MOST)  # and the topic's date is one too many for a figure
    )
    file = tmp_path / "long.toml"
    file.write_text(source, encoding="utf-8")
    printing = {"paper": "A5", "profile": "large", "handouts": (name,) if name else ()}
    where = f"on the handout `{name}`" if name else "on the sheet"
    found = build(file, tmp_path, NOW, Request(printing=printing)).problems
    assert [(one.code, one.place.line) for one in found if where in one.message] == [
        ("cut-word", head.count("\n") + 1)
    ]


LARGE = {"paper": "A5", "profile": "large"}


@pytest.mark.parametrize(
    ("text", "owner", "printing"),
    [
        ('title = "A small', "deck", {}),
        ('summary = "What', "deck", {}),
        ('recap = "In one', "deck", {}),
        ('recap = "In one', "deck", LARGE),
        ('hook = "Blue', "deck", {}),
        ('title = "First', "topic", {}),
        ('title = "First', "topic", LARGE),
        ('part = "Both', "topic", {}),
        ('summary = "The gist', "topic", {}),
        ('title = "The age', "", LARGE),  # in a figure it has the room that it takes
    ],
)
def test_a_cut_word_outside_facts_is_told_at_its_text(
    tmp_path: Path, text: str, owner: str, printing: dict[str, str]
) -> None:
    """Once of the sheet, wherever that has the text; its topic or the deck may allow it."""
    source = SMALL
    for mark, added in (
        ("[[topic]]", 'recap = "In one breath."\nhook = "Blue"\n\n[[topic]]'),
        ("[[topic]]", '[[period]]\ntitle = "The age"\nfrom = 1900\nto = 1910\n\n[[topic]]'),
        ("when = 1900", 'when = 1900\npart = "Both"\nsummary = "The gist."'),
        (text, f"{text} {'Donaudampfschifffahrtsgesellschaft' * 4}"),
    ):
        source = source.replace(mark, added, 1)
    file = tmp_path / "long.toml"

    def told() -> list[tuple[str, str, int]]:
        file.write_text(source, encoding="utf-8")
        found = build(file, tmp_path, NOW, Request(printing=printing)).problems
        return [(problem.code, problem.owner, problem.place.line) for problem in found]

    line = source[: source.index(text)].count("\n") + 1
    assert told() == [("cut-word", owner, line)]
    if owner:
        begin = {"deck": 'id = "small"\n', "topic": 'id = "one"\n'}[owner]
        allowed = 'allow = [{ rule = "cut-word", why = "It is a name." }]\n'
        source = source.replace(begin, f"{begin}{allowed}")
        assert told() == []


@pytest.mark.parametrize("name", ["", "poster"])
def test_a_cut_word_in_a_figure_of_dates_is_told(tmp_path: Path, name: str) -> None:
    """A label is narrower than what the sheet says of its fact, which has room for the word."""
    head, file = SMALL.partition("[[topic.fact]]")[0], tmp_path / "long.toml"
    event = "Donaudampfschifffahrtselektrizitätenbetriebswerke begin."
    fact = f'[[topic.fact]]\nid = "a"\nevent = "{event}"\nwhen = 1921\n'
    file.write_text(f"{head}{fact}", encoding="utf-8")
    handouts = (name,) if name else ()
    problems = build(file, tmp_path, NOW, Request(printing={"handouts": handouts})).problems
    where = f"on the handout `{name}`" if name else "on the sheet"
    assert [(one.code, one.place.line) for one in problems if where in one.message] == [
        ("cut-word", head.count("\n") + 1)
    ]


def test_a_cut_word_below_a_title_in_a_figure_is_told_at_its_own_text(tmp_path: Path) -> None:
    """A poster has the summary of a topic below its title: the author looks where the word is."""
    file, long = tmp_path / "long.toml", "Donaudampfschifffahrtsgesellschaftskapitän" * 2
    source = SMALL.replace("when = 1900", f'when = 1900\nsummary = "The {long}."', 1)
    source += '[[topic]]\nid = "two"\ntitle = "Second topic"\nwhen = 1920\n'
    file.write_text(source, encoding="utf-8")
    asked = {"paper": "A5", "handouts": ("poster",)}
    problems = build(file, tmp_path, NOW, Request(printing=asked)).problems
    line = source[: source.index('summary = "The')].count("\n") + 1
    told = [(one.code, one.place.line) for one in problems if "`poster`" in one.message]
    assert told == [("cut-word", line)]


def test_a_cut_word_in_the_title_of_a_deck_is_told_once(tmp_path: Path) -> None:
    """It heads the sheet and each handout: told for each of them, it would hide other warnings."""
    file, long = tmp_path / "long.toml", "Donaudampfschifffahrtsgesellschaftskapitän" * 2
    source = SMALL.replace("A small", f"A {long}").replace("What this", f"What {long}")
    file.write_text(source, encoding="utf-8")
    asked = {**LARGE, "handouts": ("quiz", "organiser", "calibration")}
    problems = build(file, tmp_path, NOW, Request(printing=asked)).problems
    lines = [n for n, line in enumerate(source.split("\n"), 1) if long in line]
    told = [(one.code, one.place.line) for one in problems if one.code in IN_PRINT]
    assert told == [("cut-word", line) for line in lines]


HIGH = r"$\begin{matrix} 0" + r" \\ 0" * 89 + r" \end{matrix}$"


@pytest.mark.parametrize("name", ["", "poster", "quiz", "organiser"])
def test_a_line_higher_than_its_page_is_told(tmp_path: Path, name: str) -> None:
    """Once, however often it is there; the sheet and a poster have it, cut off at the foot."""
    head, file = SMALL.partition("[[topic.fact]]")[0], tmp_path / "high.toml"
    fact = f"[[topic.fact]]\nid = 'a'\nevent = 'See {HIGH}'\nwhen = 1921\n"
    rest = SMALL[SMALL.index("[[topic.fact]]") :] + "[sheet]\ncheck = ['a']\n"
    asked = Request(printing={"handouts": (name,) if name else ()})
    where = f"on the handout `{name}`" if name else "on the sheet"
    file.write_text(head + fact + rest, encoding="utf-8")
    (told,) = (one for one in build(file, tmp_path, NOW, asked).problems if where in one.message)
    assert (told.code, told.place.line) == ("no-room", head.count("\n") + 1)
    assert ("cut off" in told.message) == (name in ("", "poster"))
    assert told.owner == "fact"  # or who releases is not told that it may be so
    allow = 'allow = [{ rule = "no-room", why = "It is a joke." }]\n'
    file.write_text(head + fact + allow + rest, encoding="utf-8")
    assert not build(file, tmp_path, NOW, asked).problems


@pytest.mark.parametrize(("text", "owner"), [("The gist", "topic"), ("In one breath", "deck")])
def test_a_line_of_no_fact_that_is_higher_than_its_page_is_told(
    tmp_path: Path, text: str, owner: str
) -> None:
    """A summary or a recap is cut off like a fact, and its topic or the deck may allow that."""
    source = SMALL.replace("[[topic]]", 'recap = "In one breath."\n\n[[topic]]', 1)
    source = source.replace("when = 1900", 'when = 1900\nsummary = "The gist."', 1)
    high = HIGH.replace("\\", "\\\\")
    source, file = source.replace(text, f"{text} {high}", 1), tmp_path / "high.toml"
    line = source[: source.index(f"{text} {high}")].count("\n") + 1
    file.write_text(source, encoding="utf-8")
    found = build(file, tmp_path, NOW).problems
    assert [(one.code, one.owner, one.place.line) for one in found] == [("no-room", owner, line)]
    begin = {"deck": 'id = "small"\n', "topic": 'id = "one"\n'}[owner]
    allow = 'allow = [{ rule = "no-room", why = "It is a joke." }]\n'
    file.write_text(source.replace(begin, begin + allow), encoding="utf-8")
    assert not build(file, tmp_path, NOW).problems


# ---------------------------------------------------------------------------- places to break

CHAIN = "Donau\u00addampf\u00adschiff\u00ad und **Haus\u00ad**tür\u200bschloss"


@pytest.mark.parametrize("measure", range(20, 200, 9))
def test_a_word_breaks_where_its_author_says(measure: int) -> None:
    """A soft hyphen shows at the end of a line and nowhere else; without a space nothing shows."""
    lines = break_lines(set_text(parse(CHAIN), Theme(10).style("body")), measure)
    rows = ["".join(run.text for run in line.runs) for line in lines]
    assert "".join(row + " " * line.spaced for row, line in zip(rows, lines, strict=True)).replace(
        "\u00ad", ""
    ) == plain(parse(CHAIN))
    assert all("\u00ad" not in row[:-1] for row in rows)
    assert not any(
        row.endswith("\u00ad") and (line.spaced or line is lines[-1])
        for row, line in zip(rows, lines, strict=True)
    )
    if measure > 50:
        assert all(line.width <= measure for line in lines)
        parts = [
            row.strip("\u00ad") for row, line in zip(rows, lines, strict=True) if not line.spaced
        ]
        ends = "Donau", "dampf", "Haus", "tür", "schloss"
        assert all(part.endswith(ends) for part in parts)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2-methyl-1,3,5-trinitrobenzene", ["2-methyl-1,3,5-", "trinitrobenzene"]),
        ("2-methyl-1,3,5-\u00adtrinitrobenzene", ["2-methyl-1,3,5-", "trinitrobenzene"]),
        ("1,3,5-trinitro\u00ad-2-methylbenzene", ["1,3,5-trinitro", "-2-methylbenzene"]),
        ("in 1919-1933", ["in 1919-1933"]),
        ("the years 1919\u20131933", ["the years", "1919\u20131933"]),
    ],
)
def test_a_name_is_parted_behind_its_own_hyphens(text: str, rows: list[str]) -> None:
    """Only where it would have to be cut; a soft hyphen shows none beside one that is there."""
    style = Theme(10).style("body")
    lines = break_lines(set_text(parse(text), style), 100 if "benz" in text else 75)
    assert ["".join(run.text for run in line.runs) for line in lines] == rows
    assert not any(isinstance(line, Blemished) for line in lines)


def test_a_broken_word_is_read_as_one(tmp_path: Path) -> None:
    """What a reader hears, and what `verify` reads, is the word; Anki gets it as it was written."""
    word = (
        "Donau\u00addampf\u00adschifffahrts\u00adgesell\u00adschafts\u00adkapitän\u00adsmütze" * 2
    )
    file = tmp_path / "long.toml"
    file.write_text(SMALL.replace("blue", word), encoding="utf-8")
    assert not build(file, tmp_path, NOW).problems
    files = {path.name: path.read_bytes() for path in tmp_path.glob("long.*") if path != file}
    del files["long.lock"]
    assert not verify("long", files).mismatches
    said = dict(read_pdf(files["long.pdf"]).entries)["1"]
    assert "\u00ad" in said
    assert word.replace("\u00ad", "") in said.replace("\u00ad", "")
    assert word in files["long.tsv"].decode()


def test_a_place_to_break_makes_no_difference(tmp_path: Path) -> None:
    """Two questions that differ by one alone are the same, and what is typed has none."""
    file = tmp_path / "same.toml"
    fact = (
        '[[topic.fact]]\nid = "{}"\nquestion = "{}"\nanswer = "the Blue\u00adbird"\ntyped = true\n'
    )
    asked = "What did the steam\u00adship bring there?", "What did the steamship bring there?"
    head = SMALL.partition("[[topic.fact]]")[0]
    file.write_text(head + fact.format("a", asked[0]) + fact.format("b", asked[1]), "utf-8")
    deck, problems = examine(file)
    assert [problem.code for problem in problems] == ["duplicate-card"]
    assert deck
    first, *_ = cards(deck.facts[0])
    assert first.answer == "the Bluebird"
