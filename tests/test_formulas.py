"""Formulas in print: what is set, how it stands in its line, what it says, and what is refused."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from unittest.mock import Mock, patch
from xml.etree import ElementTree
from xml.etree.ElementTree import tostring

import pdftext
import pikepdf
import pytest
from conftest import NOW, ROOT, SMALL
from filed import filed
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckbuilder.build import build
from deckbuilder.content import Items, Table, texts
from deckbuilder.examine import examine
from deckbuilder.formulas import symbols
from deckbuilder.formulas.mathml import Unsettable
from deckbuilder.formulas.stray import commands
from deckbuilder.formulas.tex import read as read_tex
from deckbuilder.model import Deck, Printing, on_paper
from deckbuilder.phrases import PHRASES
from deckbuilder.problems import errors
from deckbuilder.read import read
from deckbuilder.releases.pdf import read_pdf
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Text, formulas, words
from deckbuilder.writers.apkg.aloud import aloud
from deckbuilder.writers.pdf import sheet
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.formulas import outlines
from deckbuilder.writers.pdf.formulas.library import library
from deckbuilder.writers.pdf.formulas.outlines import formula, pieces, try_out
from deckbuilder.writers.pdf.lines import break_lines
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.runs import set_text
from deckbuilder.writers.pdf.strips import Label, apart, baseline, paragraph
from deckbuilder.writers.pdf.tables import table
from deckbuilder.writers.pdf.theme import PROFILES, Theme

PAGE = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
# what a command needs beside it to be a formula
WITH = {
    r"\left": r"\left( x \right)",
    r"\right": r"\left[ x \right]",
    r"\begin": r"\begin{matrix} a \end{matrix}",
    r"\end": r"\begin{bmatrix} a & b \end{bmatrix}",
    r"\\": r"\begin{cases} a \\ b \end{cases}",
    r"\ce": r"\ce{H2O}",
    **{name: f"{name}{{AB}}" for name in (*symbols.FONTS, *symbols.TEXTS, r"\sqrt")},
    **{name: f"{name}{{AB}}" for name in (*symbols.ACCENTS, *symbols.WIDE)},
    **{name: f"{name}{{a}}{{b}}" for name in symbols.FRACTIONS},
    **{name: f"a{name} b" for name in symbols.SPACES},
}
SCIENCE = ROOT / "tests" / "samples" / "science.toml"


def science() -> Deck:
    deck, problems = read(SCIENCE)
    assert deck, problems
    return deck


# ---------------------------------------------------------------------------- the subset


def test_the_page_lists_what_print_sets() -> None:
    """docs/formulas.md names every command that print can set, and no other."""
    told = PAGE.replace("&#124;", "|").replace(r"<code>\\|", r"`\|")
    named = set(re.findall(r"\\(?:[A-Za-z]+|[^A-Za-z`])", told))
    assert named >= symbols.COMMANDS
    assert named - symbols.COMMANDS == set()
    assert all(f"`{name}`" in PAGE or f"{{{name}}}" in PAGE for name in symbols.MATRICES)


def test_what_the_page_shows_is_set() -> None:
    """Each whole example of the page is a formula of the subset."""
    examples = re.findall(r"`(\\(?:ce|frac|binom|sqrt|begin|math\w+)[^`]*\}[^`]*)`", PAGE)
    assert len(examples) > 20
    assert all(formula(example).outlines for example in examples if "…" not in example)


@pytest.mark.parametrize("name", sorted(symbols.COMMANDS))
def test_each_command_is_drawn(name: str) -> None:
    """Every command of the subset draws something, from glyphs that the font has, as wide as it."""
    made = formula(WITH.get(name, name))
    assert made.outlines
    assert 0.1 < made.width < 4
    assert -0.1 < made.above < 3
    assert -0.8 < made.below < 2
    characters = "".join(read_tex(WITH.get(name, name)).itertext())
    from ziamath.zmath import loadedfonts

    assert all(loadedfonts["default"].glyphindex(c) for c in characters)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-x", "a-x"),  # a sign, not a difference
        ("x^{2}", "x^2"),
        ("α", r"\alpha"),
        (r"\mathrm{Δ}", r"\Delta"),
        ("a≤b", r"a \leq b"),
        (r"{a}", "a"),
    ],
)
def test_spaces_are_those_of_tex(one: str, other: str) -> None:
    """A minus that joins nothing stands close; the same formula, typed otherwise, is the same."""
    if one == "-x":
        difference = formula("a-x").width - formula("a").width - formula("-x").width
        assert difference == pytest.approx(8 / 18, abs=0.02)
    else:
        assert formula(one) == formula(other)


@pytest.mark.parametrize(
    ("count", "set_as"), [(1, "′"), (2, "″"), (3, "‴"), (4, "⁗"), (5, "′′′′′"), (6, "′′′′′′")]
)
def test_as_many_primes_are_set_as_are_typed(count: int, set_as: str) -> None:
    """Up to four are one sign, as in MathJax; the fifth derivative is not the fourth."""
    assert "".join(read_tex("f" + "'" * count).itertext()) == f"f{set_as}"
    assert formula("f" + "'" * count).width > formula("f" + "'" * (count - 1)).width


@pytest.mark.parametrize("typed", "ΓΔΘΛΞΠΣΥΦΨΩ")
def test_a_greek_capital_typed_as_it_is_is_slanted(typed: str) -> None:
    """MathJax slants it as any letter, where its command is upright; so does print."""
    (command,) = (name for name, sign in symbols.CAPITALS.items() if sign == typed)
    assert [e.get("mathvariant") for e in read_tex(typed).iter("mi")] == ["italic"]
    assert formula(typed).outlines != formula(command).outlines


@pytest.mark.parametrize(
    ("tex", "said", "way_out"),
    [
        (r"\fraq{a}{b}", r"\fraq", r"\frac"),
        (r"\displaystyle x", r"\displaystyle", "leave it out"),
        (r"\unheard x", r"\unheard", "docs/formulas.md"),
        ("x^12", "`1` alone of `12`", "^{12}"),
        (r"\frac12", "alone of `12`", "braces"),
        ("10^-34", "`-` alone of `-34`", "^{-34}"),
        ("x_−1", "`−` alone of `−1`", "_{−1}"),
        (
            "E_kin",
            "`k` alone of `kin`",
            r"_{kin}, _{\text{kin}} for a word, or a space behind the `k`",
        ),
        ("x^1.5", "`1` alone of `1.5`", "^{1.5}"),
        ("e^-kt", "`-` alone of `-kt`", "^{-kt}"),
        ("2^-n", "`-` alone of `-n`", "^{-n}, or a space behind the `-`"),
        ("2^(n+1)", "`(` alone of `(n+1)`", "^{n+1}, or ^{(n+1)} with its brackets"),
        (r"\sqrt(3)", "`(` alone of `(3)`", r"\sqrt{3}"),
        (r"\frac(1)(2)", "`(` alone of `(1)`", "braces"),
        ("L = {3; 4}", "the braces of `{3; 4}`", r"\{3; 4\}"),
        ("a – b", "–", "write -"),
        (r"\color{red}x", r"\color", "leave it out"),
        (r"\underbrace{x}", r"\underbrace", r"\underline"),
        (r"\unit{m}", r"\unit", r"\mathrm{…}"),
        (r"\si{m}", r"\si", r"\mathrm{…}"),
        (r"\qty{5}{m}", r"\qty", r"5\,\mathrm{m}"),
        (r"\frac{a}", r"\frac", "braces"),
        ("x^", "^", "braces"),
        ("a^b^c", "two times", "group"),
        (r"\left( x", r"no `\right`", r"\right."),
        (r"x \right)", "without its beginning", r"\left"),
        (r"\begin{align} a \end{align}", "align", "pmatrix"),
        (r"\begin{matrix} a", "not closed", r"\end{matrix}"),
        ("50%", "%", r"\%"),
        ("a & b", "&", r"\&"),
        ("größer", "ö", r"\text"),
        ("A ∪ B", "∪", r"\cup"),
        ("∅", "∅", r"\emptyset"),
        ("x ∈ ℝ", "ℝ", r"\mathbb{R}"),
        ("√2", "√", r"\sqrt{…}"),
        ("x²", "²", "^2"),
        (r"\text{日}", "日", "outside"),
        (r"\text{$x$}", "words alone", "outside"),
        (r"\mathbb{r}", "capital letters", r"\mathbb"),
        (r"\mathbf{\alpha}", "letters and digits", r"\mathbf"),
        (r"\ce{A\bond{=}B}", "within", "docs/formulas.md"),
        (r"\ce{H2O}{", "not followed", "write"),
        ("{}", "empty", "dollar"),
        (r"\sqrt{" * 20 + "x" + "}" * 20, "nests too deep", "split"),
        ("x+" * 400 + "x", "too long", "several"),
        ("{}" * 2000 + "x", "too long", "several"),
        (r"\text{" + "word " * 400 + "}", "too long", "several"),
        (r"\ce{" + "(" * 2000 + "H" + ")" * 2000 + "}", "too long", "several"),
        ("1" * 2000, "too long", "several"),
    ],
)
def test_what_print_cannot_set_is_told(tex: str, said: str, way_out: str) -> None:
    """No formula is set by guess: what is wrong with it is named, and what to write instead."""
    with pytest.raises(Unsettable) as told:
        formula(tex)
    assert said in str(told.value)
    assert way_out in told.value.hint


@pytest.mark.parametrize(
    "tex",
    [
        "Na^+",
        "e^-e^+",
        r"\pi^-p",
        "x_iy_i",
        "v_xt",
        "a_{ijk}",
        "e^{-34}",
        "v_xdt",
        r"\int_a^bxdx",
        "3{,}5",
        "{a}b",
        r"384{\,}400",
        "{f(x,y)}^2",
        "{(x, y)}",
    ],
)
def test_what_is_raised_or_lowered_alone_is_set(tex: str) -> None:
    """A charge, and a letter before another, are what their author means."""
    assert formula(tex).width > 0


def test_a_number_may_stand_apart_from_its_substance() -> None:
    """As chemists type it; mhchem sets both alike."""
    apart, close = (read_tex(rf"\ce{{{n}H2 + O2 -> {n}H2O}}") for n in ("2 ", "2"))
    assert tostring(apart) == tostring(close)
    with pytest.raises(Unsettable):
        read_tex(r"\ce{2 + H2}")


def test_what_no_author_writes_is_the_least_that_is_too_long() -> None:
    """A matrix of ten by ten, each with two numbers below, is set, and so are 300 letters."""
    cells = r" \\ ".join([" & ".join(["a_{ij}"] * 10)] * 10)
    for tex in (rf"\begin{{pmatrix}} {cells} \end{{pmatrix}}", " + ".join("x" * 300)):
        try_out(tex)


def test_a_formula_that_is_too_long_is_told_briefly(tmp_path: Path) -> None:
    """Its place is named, and its beginning: nobody wants to read all of it."""
    file = tmp_path / "a.toml"
    file.write_text(SMALL.replace('"blue"', f"'${'x+' * 2000}x$'"), "utf-8")
    (problem,) = errors(examine(file)[1])
    assert problem.code == "unprintable-math"
    assert "too long" in problem.message
    assert len(problem.message) < 200


@pytest.mark.parametrize("word", ["äöüß", "éèêçœ", "жар"])
@pytest.mark.parametrize(
    ("command", "bold"), [("text", True), ("textbf", False), ("textit", False), ("textit", True)]
)
def test_letters_with_marks_are_of_one_hand_with_their_word(
    word: str, command: str, bold: bool
) -> None:
    """None stays thin among bold letters, or upright among slanted ones, but Russian ones."""
    for letters in (word, *word):
        drawn = formula(rf"\{command}{{{letters}}}", bold=bold)
        upright = formula(rf"\text{{{letters}}}", bold=bold and command == "textit")
        assert (drawn.outlines != upright.outlines) == (command != "textit" or word != "жар")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (r"2\pi r or x\boxed{y}", [(r"\pi", False), (r"\boxed{", False)]),
        (r"mc\frac{1}{2}", [(r"\frac{", True)]),
        (r"\alpha\operatorname*{Re} x", [(r"\alpha", False), (r"\operatorname*{", True)]),
        (r"f:\mathbb{R}, so.\text{.5}", [(r"\mathbb{", True), (r"\text{", True)]),
        (r"C:\text{1}, D:\a.b\bar{1}, ~\pi\vec{1}, %HOME%\hat{1}, \\server\dot{1}", []),
        (r"CORP\max, and\or, either\neither{1}, a\text.txt", []),
    ],
)
def test_tex_in_words_is_told_from_paths(said: str, found: list[tuple[str, bool]]) -> None:
    """A command that braces follow is TeX beyond doubt, but in a path that begins as one."""
    assert list(commands(said)) == found


TOKENS = st.sampled_from([*sorted(symbols.COMMANDS), *WITH.values(), *"ab12+-=([)]|{}^_'&%,. αé"])


@settings(max_examples=300)
@given(st.lists(TOKENS, max_size=9).map(" ".join))
def test_any_tokens_are_set_or_refused(tex: str) -> None:
    """Whatever is typed gives a formula of sane size, or is refused; nothing else happens."""
    try:
        made = formula(tex)
    except Unsettable:
        return
    assert 0 < made.width < 40
    assert -1 < made.above < 12
    assert -1 < made.below < 12
    assert re.fullmatch(r"[-0-9. mlch]+", made.outlines)


def refusal(work: Callable[[str], object], tex: str) -> tuple[str, str] | None:
    try:
        work(tex)
    except Unsettable as told:
        return str(told), told.hint
    return None


@settings(max_examples=300)
@given(st.lists(TOKENS | st.sampled_from([r"\text{ }", r"\text{日}"]), max_size=6).map(" ".join))
@example("")
@example(r"\quad")
@example(r"\left. \right.")
@example(r"\text{ }")
@example(r"\frac{}{}")
def test_what_is_tried_out_is_what_is_set(tex: str) -> None:
    """A formula is refused before it is drawn for what it would be refused for then."""
    assert refusal(try_out, tex) == refusal(formula, tex)


def test_the_font_of_formulas_has_plain_words() -> None:
    """No word of them has to be looked up, as in a reaction."""
    font = library().zmath.loadedfonts["default"]
    assert all(font.glyphindex(c) for c in map(chr, range(0x100)) if outlines.PLAIN.fullmatch(c))


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn from now on, by the characters of it; all that was drawn is forgotten."""
    drawn: list[str] = []

    def counted(tree: ElementTree.Element, bold: bool) -> outlines.Formula:
        drawn.append("".join(tree.itertext()))
        return really(tree, bold)

    really = outlines._drawn
    monkeypatch.setattr(outlines, "_drawn", counted)
    for kept in (formula, pieces, try_out):
        kept.cache_clear()
    return drawn


def test_a_check_draws_no_formula(tmp_path: Path, drawings: list[str]) -> None:
    """Whether one can be set shows before it is drawn: that takes 40 times as long."""
    answer = r"'$\frac{x^{1}}{2}$, $\ce{2H2 + O2 -> 2H2O}$, $\pi \le \text{the end}$'"
    file = tmp_path / "a.toml"
    file.write_text(SMALL.replace('"blue"', answer), "utf-8")
    assert not errors(examine(file)[1])
    assert drawings == []


@pytest.mark.parametrize(
    ("tex", "parts"),
    [("x", []), (r"\frac{a + b}{2}", []), (r"\ce{SO4^2-}", []), ("a + b", ["a+", "b"])],
)
def test_a_formula_that_stays_whole_is_drawn_once(
    tex: str, parts: list[str], drawings: list[str]
) -> None:
    """One that no line can part is its only piece, as it was drawn."""
    formula(tex, bold=False, full=False)
    drawings.clear()
    made = pieces(tex)
    assert drawings == parts
    assert len(made) == (len(parts) or 1)


# ---------------------------------------------------------------------------- in the source


def examined(tmp_path: Path, fact: str) -> list[tuple[str, int]]:
    file = tmp_path / "a.toml"
    file.write_text(f'{SMALL}\n[[topic.fact]]\nid = "x"\n{fact}', "utf-8")
    problems = examine(file)[1]
    lines = SMALL.count("\n") + 4
    return [(problem.code, problem.place.line - lines) for problem in problems]


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("question = 'Why?'\nanswer = '$\\foo$'", 1),
        ("cloze = 'Of all bodies {{$\\foo$}} holds.'", 0),
        ("cloze = 'Of all sets {{$A ∪ B$}} holds both.'", 0),
        ("cloze = 'Of all $\\foo{{a}}$ this {{one}} holds.'", 0),
        ("list = 'Which?'\nitems = ['a', '$\\foo$']", 1),
        ("term = 'a'\ndefinition = 'b'\nextra = '$\\foo$'", 2),
        ("term = 'a'\ndefinition = 'b'\nhint = '$\\foo$'", 2),
        ("term = 'a'\ndefinition = 'b'\ncite = '[$\\foo$](https://x.org)'", 2),
    ],
)
def test_each_printed_text_is_tried(tmp_path: Path, fact: str, line: int) -> None:
    """A formula that print cannot set is an error at its key, unless the fact is not printed."""
    assert examined(tmp_path, fact) == [("unprintable-math", line)]
    assert examined(tmp_path, f"{fact}\nonly = 'deck'") == []


def test_a_price_that_is_set_as_a_formula_is_told_its_way_out(tmp_path: Path) -> None:
    """Where a number begins what print cannot set, it may be money, and `\\$` is named."""
    file = tmp_path / "a.toml"
    file.write_text(
        f"{SMALL}\n[[topic.fact]]\nid = 'x'\nevent = 'It cost $5–10$.'\nwhen = 3", "utf-8"
    )
    (problem,) = examine(file)[1]
    assert problem.hint.endswith(r"; for money write \$ (\\$ in double quotes)")
    file.write_text(file.read_text("utf-8").replace("$5–10$", r"\$5–10\$"), "utf-8")
    assert examine(file)[1] == ()


def test_without_a_formula_the_library_stays_away(relations: Path) -> None:
    """A source without formulas does not pay for setting them."""
    code = (
        "import sys, pathlib; from deckbuilder.build import build\n"
        f"build(pathlib.Path({str(relations)!r}), pathlib.Path({str(relations.parent)!r}), 1)\n"
        "sys.exit('ziamath' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------------------- on the page


def test_a_tall_formula_moves_the_lines_apart() -> None:
    """A power leaves the leading as it is; for a matrix there is room above and below."""
    style = Theme(10).style("body")
    matrix = r"$\begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \end{pmatrix}$"
    (low,) = paragraph(parse("so $x^2$"), replace(style, below=0), 300, Element("P"))
    (high,) = paragraph(parse(f"so {matrix}"), replace(style, below=0), 300, Element("P"))
    (line,) = break_lines(set_text(parse(matrix), style), 300)
    assert low.height == style.leading
    assert high.height > line.above + line.below > 3 * style.size
    assert baseline(style) < line.above


@pytest.mark.parametrize("labelled", [False, True])
def test_items_beside_each_other_have_one_baseline(labelled: bool) -> None:
    """However high one is, also where a list has a label: their row is as high as all need."""
    theme, style = Theme(10), Theme(10).style("fact")
    matrix = parse(r"$\begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \end{pmatrix}$")
    (line,) = break_lines(set_text(matrix, style), 300)

    def row(*items: Text) -> tuple[float, set[float]]:
        label = Label("7", Element("Lbl")) if labelled else None
        of = (Items(items, ordered=False),)
        strips = content(of, style, theme, 300, Element("P"), label)
        (only,) = [strip for strip in strips if strip.height]
        canvas = Mock()
        only.draw(canvas, 0, 0)
        painted = [call.args[3] for call in canvas.paint.call_args_list]
        with_formula = [call.args[4] for call in drawn.call_args_list]
        drawn.reset_mock()
        return only.height, {round(y, 3) for y in painted + with_formula}

    with patch("deckbuilder.writers.pdf.drawn.draw_line") as drawn:
        usual, (place,) = row(words("a"), words("b"))
        for items in ((words("a"), matrix, words("b")), (matrix, words("a"))):
            tall, (lower,) = row(*items)
            assert tall > line.above + line.below > 2 * usual
            assert lower < place - line.above / 2


def test_a_tall_formula_makes_its_row_taller() -> None:
    """A row of a table is as tall as the tallest formula in it needs, and the others as before."""
    theme = Theme(10)
    matrix = parse(r"$\begin{pmatrix} 1 \\ 2 \\ 3 \\ 4 \end{pmatrix}$")
    a = words("a")
    (line,) = break_lines(set_text(matrix, theme.style("cell")), 300)

    def heights(*rows: tuple[Text, ...]) -> list[float]:
        made = Table((a, a, a), rows)
        strips = table(made, theme.style("body"), theme, 300, Element("P"))
        return [strip.height for strip in strips]

    plain, tall = heights((a, a, a), (a, a, a)), heights((a, matrix, a), (a, a, a))
    higher = [n for n, (one, other) in enumerate(zip(plain, tall, strict=True)) if one != other]
    assert len(higher) == 1
    assert tall[higher[0]] > line.above + line.below


@pytest.mark.parametrize(
    ("tex", "english", "german"),
    [
        ("E = mc^2", "E = m c²", "E = m c²"),
        (r"\frac{1}{2}", "1/2", "1/2"),
        (r"\frac{a + b}{c}", "a + b, over c", "a + b, durch c"),
        (r"\binom{n}{k}", "( n, k )", "( n, k )"),
        (r"\sqrt{2gh} + 1", "root of 2 g h, + 1", "Wurzel aus 2 g h, + 1"),
        (r"\sqrt[2]{9}", "root of 9", "Wurzel aus 9"),
        (r"\sqrt[3]{8}", "cube root of 8", "dritte Wurzel aus 8"),
        (r"\sqrt[n]{xy}", "nth root of x y", "n-te Wurzel aus x y"),
        (r"x_1^{n + 1}", "x 1 to the power of n + 1", "x 1 hoch n + 1"),
        (r"10^{-3}\,\mathrm{km}", "10 to the power of − 3, km", "10 hoch − 3, km"),
        (r"\sum_{i=1}^n i", "∑ from i = 1 to n, i", "∑ von i = 1 bis n, i"),
        (r"\lim_{x \to 0} f'(x)", "lim x → 0, f′ ( x )", "lim x → 0, f′ ( x )"),
        (r"\vec{F} = m \vec{a}", "F = m a", "F = m a"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "( a, b; c, d )", "( a, b; c, d )"),
        (r"\ce{2H2 + O2 -> 2H2O}", "2 H 2 + O 2 → 2 H 2 O", "2 H 2 + O 2 → 2 H 2 O"),
        (r"\ce{SO4^2-}", "S O 4 2 −", "S O 4 2 −"),
        (r"\ce{^14_6C}", "14 6 C", "14 6 C"),
        ("3{,}14", "3,14", "3,14"),
        (r"\overbrace{x}", r"\overbrace{x}", r"\overbrace{x}"),
    ],
)
def test_a_formula_is_read_aloud_in_words(tex: str, english: str, german: str) -> None:
    """What a page shows by its place is said in the deck's language; letters do not make a word."""
    assert [aloud(tex, PHRASES[language]) for language in ("en", "de")] == [english, german]


@pytest.mark.parametrize("profile", PROFILES)
def test_common_formulas_fit_their_line(profile: str) -> None:
    """A root, a sum within a line need no more leading, in any profile; nor a small fraction."""
    theme = Theme(PROFILES[profile].smallest)
    theme = replace(theme, printing=replace(theme.printing, profile=profile))
    style = replace(theme.style("body"), below=0)
    fraction = () if style.fractions else (r"\frac{1}{2}",)
    for tex in (*fraction, r"\sqrt{x}", r"\sum_{i=1}^n i", "x_1^2", r"\ce{SO4^2-}"):
        (strip,) = paragraph(parse(f"so ${tex}$"), style, 300, Element("P"))
        assert strip.height == pytest.approx(style.leading, rel=0.03)


TALL = (r"\frac{1}{2}", r"\frac{v^2}{r}", r"\frac{m_1 m_2}{r^2}", r"\sqrt{\frac{a}{b}}")


@pytest.mark.parametrize("profile", ["clear", "large"])
def test_fractions_as_large_as_words_get_as_much_air(profile: str) -> None:
    """Beside their size no less is free above and below them than in normal print, in any order."""

    def air(name: str, upper: str, lower: str) -> float:
        style = Theme(PROFILES[name].smallest, Printing(profile=name)).style("body")
        one, two = (break_lines(set_text(parse(f"${t}$"), style), 300)[0] for t in (upper, lower))
        (_, down), (up, _) = apart(one, style), apart(two, style)
        return (style.leading + down + up - one.below - two.above) / style.size

    for upper, lower in product(TALL, repeat=2):
        assert air(profile, upper, lower) >= air("standard", upper, lower)


def test_labels_stay_apart() -> None:
    """Where lines cannot move apart, a formula is set no higher than they are."""
    style = Theme(10).style("event")
    (run,) = set_text(parse(r"$\dfrac{a}{b}$"), style, flat=True)
    assert run.formula
    assert (run.formula.above + run.formula.below) * run.hand.size <= style.leading + 0.01


@pytest.mark.parametrize("measure", [20.0, 60.0, 120.0])
def test_a_wide_formula_keeps_to_its_column(measure: float) -> None:
    """A formula wider than its column is set smaller; no word beside it is lost."""
    style = Theme(10).style("body")
    text = parse("see $a + b + c + d + e = f + g + h$, and then on $x$$x$ we go")
    lines = break_lines(set_text(text, style), measure)
    assert all(line.width <= measure + 0.01 for line in lines)
    said = "".join("".join(r.text for r in line.runs) + " " * line.spaced for line in lines)
    assert said == "see a + b + c + d + e = f + g + h, and then on xx we go"


WIDE = r"\ce{6CO2 + 12H2O + 18ATP + 12NADPH -> C6H12O6 + 6H2O + 6O2 + 18ADP + 12NADP+}"


@pytest.mark.parametrize("tex", [WIDE, "a + b = c - d = e", r"x = f(a + b) + \frac{1 + 2}{3}"])
def test_a_formula_is_broken_behind_its_signs(tex: str) -> None:
    """A formula wider than its line goes on in the next one, as large, and as wide in all."""
    style = Theme(10).style("body")
    (whole,) = set_text(parse(f"${tex}$"), style)
    widest = max(piece.width for piece in pieces(tex)) * style.size
    lines = break_lines((whole,), widest + 1)
    assert len(lines) > 1
    assert all(line.width <= widest + 1 for line in lines)
    assert {run.hand.size for line in lines for run in line.runs} == {style.size}
    assert sum(line.width for line in lines) == pytest.approx(whole.width, abs=0.05)
    assert formula(tex) == whole.formula


@pytest.mark.parametrize(
    ("tex", "count"),
    [("f(a + b)", 1), ("-a", 1), ("x^{a + b}", 1), ("a = -b", 2), (r"\ce{SO4^2-}", 1)],
)
def test_a_formula_is_broken_nowhere_else(tex: str, count: int) -> None:
    """No line ends in brackets, in what is raised, or behind the sign of a number."""
    assert len(pieces(tex)) == count


@pytest.mark.parametrize("end", ["{}", r"\text{ }"])
def test_a_formula_may_end_in_nothing(end: str) -> None:
    """What is to be completed ends in "=": what shows nothing is no piece of its own."""
    whole = formula(f"a + b = {end}")
    assert sum(piece.width for piece in pieces(f"a + b = {end}")) == pytest.approx(whole.width)
    assert len(pieces(f"a + b = {end}")) == len(pieces("a + b ="))


def test_what_closes_a_sentence_stays_with_its_formula() -> None:
    """A full stop behind a formula as wide as the line takes its last piece along."""
    style = Theme(10).style("body")
    runs = set_text(parse("$a + b + c$."), style)
    *_, last = break_lines(runs, runs[0].width + 0.1)
    assert last.runs[-1].text == "."
    assert last.runs[0].formula


def test_a_broken_formula_says_its_tex_once(tmp_path: Path) -> None:
    """On however many lines it stands, it is one Formula to who hears it read, and to `verify`."""
    file = tmp_path / "wide.toml"
    answer = f"'${WIDE}$'"
    file.write_text(SMALL.replace('"blue"', answer) + '[print]\nprofile = "large"\n', "utf-8")
    built = build(file, tmp_path, NOW)
    assert not built.problems
    with pikepdf.open(tmp_path / "wide.pdf") as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        assert [o.get("/Alt") for o in objects if o.get("/S") == "/Formula"] == [WIDE]
    said = dict(read_pdf((tmp_path / "wide.pdf").read_bytes()).entries)
    assert said["1"].count("NADPH") == 1


def test_a_formula_with_nowhere_to_break_is_told(tmp_path: Path) -> None:
    """Where it gets smaller than its reader needs, its author is told; where not, no one is."""
    tall = rf"\sqrt{{{' + '.join('ABCDEFGHIJKLMNOPQ')}}}"
    for profile, codes in (("standard", []), ("large", ["small-formula"])):
        file = tmp_path / f"{profile}.toml"
        source = SMALL.replace('"blue"', f"'${tall}$'")
        file.write_text(f'{source}[print]\nprofile = "{profile}"\n', encoding="utf-8")
        told = build(file, tmp_path, NOW).problems
        assert [(one.code, one.owner) for one in told] == [(code, "fact") for code in codes]


@pytest.mark.parametrize(
    ("tex", "as_if"),
    [
        (r"\frac{a}{b}", r"\dfrac{a}{b}"),
        (r"\frac{a}{1 + \frac{b}{c}}", r"\dfrac{a}{1 + \dfrac{b}{c}}"),
        (r"x^{\frac{a}{b}}", r"x^{\frac{a}{b}}"),
        (r"\sqrt{\frac{a}{b}} = \frac{c}{d}", r"\sqrt{\dfrac{a}{b}} = \dfrac{c}{d}"),
    ],
)
def test_fractions_are_as_large_as_their_reader_needs(tex: str, as_if: str) -> None:
    r"""In clear and large print \frac sets what \dfrac does, but in what is raised or lowered."""
    for profile, like in (("standard", tex), ("clear", as_if), ("large", as_if)):
        style = Theme(PROFILES[profile].flowing, Printing(profile=profile)).style("body")
        (run,) = set_text(parse(f"${tex}$"), style)
        assert run.formula
        assert run.formula.outlines == formula(like).outlines
        parted = [r.formula for line in break_lines((run,), run.width * 0.7) for r in line.runs]
        if "=" in tex:
            assert [part.outlines for part in parted if part] == [p.outlines for p in pieces(like)]


@pytest.mark.parametrize("profile", ["clear", "large"])
def test_the_parts_of_a_choice_are_large(profile: str) -> None:
    """So are those of a binomial coefficient."""
    style = Theme(PROFILES[profile].flowing, Printing(profile=profile)).style("body")
    (run,) = set_text(parse(r"$\binom{n}{k}$"), style)
    small = formula(r"\binom{n}{k}")
    assert run.formula
    assert run.formula.above + run.formula.below > 1.2 * (small.above + small.below)


def test_a_gap_that_holds_a_formula_is_bold() -> None:
    """The letters and digits of a gap's formula are those of the bold font, as its words are."""
    text = parse("the {{$2x$}} and $2x$ and **$2x$**", with_gaps=True)
    shapes = [run.formula for run in set_text(text, Theme(10).style("body")) if run.formula]
    gap, plain, strong = shapes
    assert gap == strong == formula("2x", bold=True)
    assert plain == formula("2x")
    assert gap.width > plain.width


def test_each_formula_says_its_tex() -> None:
    """Every formula of a printed fact is a Formula element with its TeX, where it is read."""
    deck = science()
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    said = [body.heard for body in pdftext.structure(data).all("LBody")]
    for fact in on_paper(deck):
        for text in texts(fact.parts.statement):
            for node in formulas(text):
                assert any(node.tex in line for line in said), node.tex
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Formula"
        ]
        assert len(found) > 25
        for one in found:
            left, low, right, high = map(float, one.A[0].BBox)
            assert 0 < left < right < 596
            assert 0 < low < high < 842
            assert str(one.Alt)


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Formulas are drawn by the same bytes whatever order Python's sets have."""
    code = (
        "import sys, hashlib; from deckbuilder.writers.pdf.formulas.outlines import formula\n"
        r"tex = r'\frac{1}{2}\sum_{i=1}^n \vec{F}\begin{pmatrix} a & b \end{pmatrix}'"
        "\n"
        "print(hashlib.sha256(repr(formula(tex)).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_science_builds_without_a_problem(tmp_path: Path) -> None:
    """The sample with formulas of every sort is fit to be built."""
    file = tmp_path / "science.toml"
    file.write_bytes(SCIENCE.read_bytes())
    assert not build(file, tmp_path / "out", NOW).problems
