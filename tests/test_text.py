"""The small Markdown: what each mark means, and that nothing else has a meaning."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuilder.content import Content, Items, numbering, paragraph, renumbered, texts
from deckbuilder.text.flat import flat
from deckbuilder.text.markdown import _nested, broken_math, parse
from deckbuilder.text.normal import as_kept, normal
from deckbuilder.text.tree import (
    Bold,
    Code,
    Gap,
    Italic,
    Link,
    Math,
    Sub,
    Sup,
    Text,
    Words,
    formulas,
    gaps,
    map_gaps,
    plain,
    same_words,
    words,
)
from deckbuilder.values.texts import FORBIDDEN

NAMES = {Bold: "b", Italic: "i", Sub: "sub", Sup: "sup", Code: "code", Math: "math"}


def drawn(text: Text) -> str:
    """Return a tree on one line: `⟨b bold⟩`, `⟨gap 1 inside|hint⟩`, words as they are."""
    out = ""
    for node in text:
        match node:
            case Words():
                out += node.text
            case Code():
                out += f"⟨code {node.text}⟩"
            case Math():
                out += f"⟨math {node.tex}⟩"
            case Link():
                out += f"⟨link {node.url} {drawn(node.inside)}⟩"
            case Gap():
                hint = f"|{node.hint}" if node.hint else ""
                out += f"⟨gap {node.number} {drawn(node.inside)}{hint}⟩"
            case _:
                out += f"⟨{NAMES[type(node)]} {drawn(node.inside)}⟩"
    return out


# ---------------------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("**bold** and *italic*", "⟨b bold⟩ and ⟨i italic⟩"),
        ("***both***", "⟨i ⟨b both⟩⟩"),
        ("**a *b* c**", "⟨b a ⟨i b⟩ c⟩"),
        ("*a **b** c*", "⟨i a ⟨b b⟩ c⟩"),
        ("(*a*), **b**.", "(⟨i a⟩), ⟨b b⟩."),
        ("„**a**“ – *b*", "„⟨b a⟩“ – ⟨i b⟩"),
        ("**1914**–**18**", "⟨b 1914⟩–⟨b 18⟩"),
        ("**日本**。", "⟨b 日本⟩。"),
        ("**a*", "*⟨i a⟩"),
        ("*a*b*c*", "⟨i a*b*c⟩"),
        ("x^2^ and H~2~O", "x⟨sup 2⟩ and H⟨sub 2⟩O"),
        ("x^*a*^", "x⟨sup ⟨i a⟩⟩"),
        ("x~a^b^c~", "x⟨sub a⟨sup b⟩c⟩"),
        ("x^2^3^", "x⟨sup 2⟩3^"),
        ("**H~2~O**", "⟨b H⟨sub 2⟩O⟩"),
        ("`code`", "⟨code code⟩"),
        ("``a`b``", "⟨code a`b⟩"),
        ("`**a** $x$ \\*`", "⟨code **a** $x$ \\*⟩"),
        ("*`a*`", "*⟨code a*⟩"),
    ],
)
def test_marks(value: str, tree: str) -> None:
    """Stars, carets, tildes and backticks make the spans that authors know from elsewhere."""
    assert drawn(parse(value)) == tree


@pytest.mark.parametrize(
    "value",
    [
        "2*3*4",
        "a*b* c",
        "*a*b",
        "**a**b",
        "é**a**",
        "日**本**語",
        "* a *",
        "** a **",
        "a ** b",
        "*a",
        "a*",
        "****",
        "* * *",
        "*",
        "x^a b^",
        "a~b and c~d",
        "^",
        "~~",
        "`a",
        "snake_case_word __a__ _b_",
        "\\(x\\) and \\[x\\]",
        "C:\\temp \\alpha \\_ \\# \\{",
        "\\",
        "\\\\",
        "<me@x.org>",
        "<b>x</b> <!-- c -->",
        "AT&T &amp; &lt; &#65;",
        "a::b",
        "{x} {{x}} }}{{",
        "{{c1::x}}",
        "[sound:x]",
        "[a] (b)",
        "[a][b]",
        "https://x.org www.x.org me@x.org",
        "# head",
        "- a",
        "1. a",
        "> a",
        "    a".strip(),
        "a | b",
        "---",
        "(c) -- ... 'a' \"b\"",
        ":-) :smile:",
        "½ ﬁ …",
    ],
)
def test_all_else_comes_out_as_typed(value: str) -> None:
    """What is no mark of ours is characters: no HTML, no entity, no autolink, no block."""
    assert parse(value) == words(value)


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("\\*a\\*", "*a*"),
        ("\\**a*", "*⟨i a⟩"),
        ("*\\*a*", "⟨i *a⟩"),
        ("\\`a`", "`a`"),
        ("\\^a^ \\~a~", "^a^ ~a~"),
        ("\\$x$", "$x$"),
        ("\\[a](https://x.org)", "[a](https://x.org)"),
        ("\\[a]", "\\[a]"),
        ("\\\\*a*", "\\*a*"),
        ("\\a*", "\\a*"),
        ("\\{{a}}", "\\{{a}}"),
    ],
)
def test_backslash(value: str, tree: str) -> None:
    """A backslash takes the meaning from one of our marks; before all else it is a backslash."""
    assert drawn(parse(value)) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("$x$", "⟨math x⟩"),
        ("so $a + b$, too", "so ⟨math a + b⟩, too"),
        ("$**a** `b`$", "⟨math **a** `b`⟩"),
        ("$x\\$y$", "⟨math x\\$y⟩"),
        ("$\\alpha$ $\\\\$", "⟨math \\alpha⟩ ⟨math \\\\⟩"),
        ("$a$$b$", "⟨math a⟩⟨math b⟩"),
        ("*$a*$", "*⟨math a*⟩"),
        ("$5 and $10", "$5 and $10"),
        ("$x$5", "$x$5"),
        ("$ x$", "$ x$"),
        ("$x $", "$x $"),
        ("$$x$$", drawn(parse("$x$"))),
        ("a $$x$$, $y$", drawn(parse("a $x$, $y$"))),
        ("$$ x $$", "$$ x $$"),
        ("$$5 or more, and 6$$", "$$5 or more, and 6$$"),
        ("$$–$$$", drawn(parse(r"\$$–$\$\$"))),
        ("$", "$"),
        ("$$", "$$"),
        ("5$", "5$"),
    ],
)
def test_math_is_pandocs(value: str, tree: str) -> None:
    """A formula begins and ends at its characters and no digit follows: money stays money."""
    assert drawn(parse(value)) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("[a b](https://x.org/?q=1&r#s)", "⟨link https://x.org/?q=1&r#s a b⟩"),
        ("[a **b**](https://x.org)", "⟨link https://x.org a ⟨b b⟩⟩"),
        ("*[a](https://x.org)*", "⟨i ⟨link https://x.org a⟩⟩"),
        ("[*a](https://x.org)*", "⟨link https://x.org *a⟩*"),
        ("*[a*](https://x.org)", "*⟨link https://x.org a*⟩"),
        ("[a](https://x)[b](https://y)", "⟨link https://x a⟩⟨link https://y b⟩"),
        ("[[a](https://x)", "[⟨link https://x a⟩"),
        ("[a](https://x/B_(c))", "⟨link https://x/B_(c) a⟩"),
        ("([a](https://x/(b)_(c(d)e)f))", "(⟨link https://x/(b)_(c(d)e)f a⟩)"),
        ("[a](https://x/b(c)", "[a](https://x/b(c)"),
        ("[a](https://x/b)c)", "⟨link https://x/b a⟩c)"),
        ("[a](http://x.org)", "[a](http://x.org)"),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("[a](file:///x)", "[a](file:///x)"),
        ("[a](//x.org)", "[a](//x.org)"),
        ("[a](HTTPS://x.org)", "[a](HTTPS://x.org)"),
        ("[a](https://x.org 'title')", "[a](https://x.org 'title')"),
        ('[a](https://x.org"onclick=1)', '[a](https://x.org"onclick=1)'),
        ("[a](https://<x>)", "[a](https://<x>)"),
        ("[a]( https://x.org)", "[a]( https://x.org)"),
        ("[](https://x.org)", "[](https://x.org)"),
        ("[a] (https://x.org)", "[a] (https://x.org)"),
        ("![a](https://x.org)", "!⟨link https://x.org a⟩"),
    ],
)
def test_links_are_https(value: str, tree: str) -> None:
    """Words in brackets with an https address are a link, and nothing else is."""
    assert drawn(parse(value)) == tree


# ---------------------------------------------------------------------------- gaps


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("a {{b}} c", "a ⟨gap 0 b⟩ c"),
        ("{{a}}{{b}}", "⟨gap 0 a⟩⟨gap 0 b⟩"),
        ("{{c2::a}}", "⟨gap 2 a⟩"),
        ("{{c1::Paris::capital}}", "⟨gap 1 Paris|capital⟩"),
        ("{{c1:: a :: b }}", "⟨gap 1  a |b⟩"),
        ("{{c1::a::b::c}}", "⟨gap 1 a|b::c⟩"),
        ("{{c1::**a**::*b*}}", "⟨gap 1 ⟨b a⟩|*b*⟩"),
        ("{{c1000::a}}", "⟨gap 1000 a⟩"),
        ("{{a::b}}", "⟨gap 0 a::b⟩"),
        ("{{C1::a}}", "⟨gap 0 C1::a⟩"),
        ("{{c1:a}}", "⟨gap 0 c1:a⟩"),
        ("{{{x}}}", "⟨gap 0 {x}⟩"),
        ("{{{a} b}}", "⟨gap 0 {a} b⟩"),
        ("{{a {b}}}", "⟨gap 0 a {b}⟩"),
        ("{{a} b}}", "⟨gap 0 a} b⟩"),
        ("{{c1::{a}::{h}}}", "⟨gap 1 {a}|{h}⟩"),
        ("{{a}}}", "⟨gap 0 a⟩}"),
        ("{{a}} }}", "⟨gap 0 a⟩ }}"),
        ("{{a {{b}} c}}", "{{a ⟨gap 0 b⟩ c}}"),
        ("{{}}", "{{}}"),
        ("{{a", "{{a"),
        ("a}}", "a}}"),
        ("{a}", "{a}"),
    ],
)
def test_gaps(value: str, tree: str) -> None:
    """Double braces are a gap, with Anki's number and hint where given; braces may stand in it."""
    assert drawn(parse(value, with_gaps=True)) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("**{{a}}**", "⟨b ⟨gap 0 a⟩⟩"),
        ("**a {{b}} c**", "⟨b a ⟨gap 0 b⟩ c⟩"),
        ("{{**a** *b*}}", "⟨gap 0 ⟨b a⟩ ⟨i b⟩⟩"),
        ("{{x^2^}} x^{{2}}^", "⟨gap 0 x⟨sup 2⟩⟩ x⟨sup ⟨gap 0 2⟩⟩"),
        ("[a {{b}}](https://x.org)", "⟨link https://x.org a ⟨gap 0 b⟩⟩"),
        ("{{[a](https://x.org)}}", "⟨gap 0 ⟨link https://x.org a⟩⟩"),
        ("{{$x^{2}$}}", "⟨gap 0 ⟨math x^{2}⟩⟩"),
        ("{{$\\sqrt{\\frac{1}{2}}$}}", "⟨gap 0 ⟨math \\sqrt{\\frac{1}{2}}⟩⟩"),
        ("{{`a}}`}}", "⟨gap 0 ⟨code a}}⟩⟩"),
        ("`{{a}}` ${{a}}$", "⟨code {{a}}⟩ ⟨math {{a}}⟩"),
        ("**a {{b** c}}", "**a ⟨gap 0 b** c⟩"),
        ("{{a **b}} c**", "⟨gap 0 a **b⟩ c**"),
        ("*{{a* b}} c*", "⟨i ⟨gap 0 a* b⟩ c⟩"),
        ("{{a ~b}} c~", "⟨gap 0 a ~b⟩ c~"),
    ],
)
def test_gaps_and_marks_nest(value: str, tree: str) -> None:
    """Marks stand around a gap or in it, and never reach over its edge."""
    assert drawn(parse(value, with_gaps=True)) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("\\{{a}}", "{{a}}"),
        ("{{a\\}}", "{{a}}"),
        ("{{a\\}} b}}", "⟨gap 0 a}} b⟩"),
        ("\\{a\\}", "\\{a\\}"),
        ("\\\\{{a}}", "\\{{a}}"),
    ],
)
def test_backslash_before_braces(value: str, tree: str) -> None:
    """Where gaps are read, a backslash makes their braces plain."""
    assert drawn(parse(value, with_gaps=True)) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("{{c1::`std::list`}}", "⟨gap 1 ⟨code std::list⟩⟩"),
        ("{{c1::$a::b$::sum}}", "⟨gap 1 ⟨math a::b⟩|sum⟩"),
    ],
    ids=["code", "formula"],
)
def test_colons_in_code_begin_no_hint(value: str, tree: str) -> None:
    """The colons before a hint stand outside code and formulas."""
    assert drawn(parse(value, with_gaps=True)) == tree


@pytest.mark.parametrize(("depth", "read"), [(50, True), (51, False)])
def test_marks_within_marks_have_an_end(depth: int, read: bool) -> None:
    """Beyond what any reader follows, marks in marks come out as typed."""
    value = "*a " * depth + "b* " * depth + "{{c}}"
    text = parse(value, with_gaps=True)
    assert (text != words(value)) is read
    assert len(list(gaps(text))) == read


PIECES = st.text(st.sampled_from("*^~ab .,"), min_size=1, max_size=12).filter(
    lambda text: normal(text) == text
)


@given(PIECES, PIECES, PIECES)
def test_inside_of_a_gap_does_not_depend_on_what_is_around(
    before: str, inside: str, after: str
) -> None:
    """Whatever marks stand before and after a gap, its inside is what it would be alone."""
    text = parse(f"{before} {{{{a {inside} z}}}} {after}", with_gaps=True)
    assert [gap.inside for gap in gaps(text)] == [parse(f"a {inside} z")]


def numbered(content: Content) -> Content:
    given = [gap.number for text in texts(content) for gap in gaps(text)]
    return renumbered(content, numbering(given))


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("{{a}} {{b}} {{c}}", [1, 2, 3]),
        ("{{a}} {{c1::b}} {{c}}", [2, 1, 3]),
        ("{{c2::a}} {{b}} {{c}}", [2, 1, 3]),
        ("{{c1::a}} {{c1::b}} {{c}}", [1, 1, 2]),
        ("{{a}} {{c0::b}}", [1, 2]),
        ("{{c3::a}} **{{b}}** x^{{c}}^", [3, 1, 2]),
        ("no gap", []),
    ],
)
def test_gaps_number_themselves(value: str, numbers: list[int]) -> None:
    """A gap without a number gets the next that no gap of the text claims for itself."""
    (text,) = texts(numbered(paragraph(parse(value, with_gaps=True))))
    assert [gap.number for gap in gaps(text)] == numbers


def test_gaps_are_numbered_through_all_items() -> None:
    """The gaps of a list's items are numbered on from one item to the next."""
    items = tuple(parse(value, with_gaps=True) for value in ("{{a}}", "{{c2::b}}", "{{c}}"))
    numbers = [gap.number for text in texts(numbered((Items(items),))) for gap in gaps(text)]
    assert numbers == [1, 2, 3]


# ---------------------------------------------------------------------------- the tree


def test_plain() -> None:
    """The characters of a text are those of its nodes, without a mark or a hint."""
    text = parse("**a *b*** {{c1::c::hint}} `d` $e$ [f](https://x.org) g^h^", with_gaps=True)
    assert plain(text) == "a b c d e f gh"


def test_map_gaps() -> None:
    """Every gap is replaced, however deep it is; what is around stays."""
    text = parse("**a {{b}}** {{c}} [*{{d}}*](https://x.org) `{{e}}`", with_gaps=True)
    filled = map_gaps(text, lambda gap: (Words("<"), *gap.inside, Words(">")))
    assert drawn(filled) == "⟨b a <b>⟩ <c> ⟨link https://x.org ⟨i <d>⟩⟩ ⟨code {{e}}⟩"
    assert list(gaps(filled)) == []
    assert map_gaps(text, lambda gap: (gap,)) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The  Treaty!", "the treaty", True),
        ("STRASSE", "Straße", True),
        ("e\u0301te\u0301", "été", True),
        ("x²", "x2", True),
        ("a-b", "a b", True),
        ("ete", "été", False),
        ("a b", "ab", False),
        ("1921", "1922", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    """Two answers are compared without case, spaces, punctuation and the way they are encoded."""
    assert (same_words(one) == same_words(other)) is same


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("  a \t\r\n b  ", "a b"),
        ("e\u0301", "é"),
        ("a\u00a0b\u202fc\u3000", "a\u00a0b\u202fc\u3000"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_normal(value: str, kept: str) -> None:
    """White space that TOML allows is one space, fixed spaces stay, letters are composed."""
    assert normal(value) == kept


@pytest.mark.parametrize(
    ("value", "broken"),
    [
        ("$2\theta$", True),
        ("a $x\nu$ b", True),
        ("$a$ and $b\rho$", True),
        ("$\theta$", True),
        ("$2\\theta$", False),
        ("a\tb\nc", False),
        ("a\t$x$\n", False),
        ("$5\tand $10\n", False),
    ],
)
def test_broken_math(value: str, broken: bool) -> None:
    """A tab or new line in a formula is told from one beside it: a TOML backslash went wrong."""
    assert broken_math(value) is broken


@pytest.mark.parametrize(
    "value",
    [
        "What cost $5 in 1950 and costs 60$ today?",
        "A costs $5, B costs 10$",
        "A costs $5, B costs 10$, C 12$",
        "from $5 to 10$",
        "$1,000 or 2,000.50$",
        "$5 and what 10 US$?",
        "In A$, C$ and US$",
        "(5$) or (6$)",
        "$5 in 1950,\n60$ today",
        "entre $5 y 6$",
        "$5 o 6$",
        "$5 millones (o 6$)",
        "de $5 à 6$",
        "de $5/kg à 6$/kg",
        "5$/kg o 6$/kg",
        "US$5 = 7 A$",
        "US$5 to 10 NZ$",
        "3 US$/kg, or 4 A$/kg",
        "an A$-note or C$",
    ],
)
def test_prices_are_no_formula(value: str) -> None:
    """A word between a price's dollar and the next tells that no formula stands there."""
    assert parse(value) == words(normal(value))
    assert not broken_math(value)


def test_prices_in_gaps_are_no_formula() -> None:
    """A formula does not reach from one gap into the next."""
    tree = parse("It cost {{$5}} in 1950 and {{60$}} today.", with_gaps=True)
    assert drawn(tree) == "It cost ⟨gap 0 $5⟩ in 1950 and ⟨gap 0 60$⟩ today."
    tree = parse("{{$5}} or {{10$}}", with_gaps=True)
    assert drawn(tree) == "⟨gap 0 $5⟩ or ⟨gap 0 10$⟩"


@pytest.mark.parametrize(
    "tex",
    [
        "1", "2x", "10 - 5", "5 kg m", "2 ab + 3 cd", "2 ab c", "7 mod 3 = 1", "3x + 5 and y = 2",
        "2 \\text{ if } 3", "5 \\cdot 10^3", "3^2 and 4", ".5", ")x(", "a and b", "5}", "0 < mod 3",
        "2 y", "2 y + 3 a", "3 a 2^2", "2 x 3", "5 A",
    ],
)  # fmt: skip
def test_formulas_that_begin_with_a_digit_stay(tex: str) -> None:
    """With a sign of TeX, or without a word, a formula stays what it was."""
    assert drawn(parse(f"is ${tex}$.")) == f"is ⟨math {tex}⟩."


def test_a_formula_may_stand_right_behind_a_letter() -> None:
    """What is raised or lowered is no price, nor is a number with a sign of TeX."""
    tree = parse("CO$_2$, m$^3$, n$-$k, x$\\alpha$, e$2^n$")
    assert [math.tex for math in formulas(tree)] == ["_2", "^3", "-", "\\alpha", "2^n"]


# ---------------------------------------------------------------------------- any input


MARKS = st.text(st.sampled_from("**``^~$[](){}\\:c1 ahtps/.\n"))


ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(ANY | MARKS, st.booleans())
def test_any_text_can_be_read(value: str, with_gaps: bool) -> None:
    """No text and no heap of marks is an error, and reading invents no character."""
    seen = plain(parse(value, with_gaps=with_gaps))
    typed = iter(normal(value))
    assert all(character in typed for character in seen)


@given(st.text(st.characters(exclude_characters="\0*`^~$[\\{", exclude_categories=["Cs"])))
def test_text_without_marks_is_itself(value: str) -> None:
    """Characters that are no marks come out as typed, white space and composition aside."""
    assert parse(value) == parse(value, with_gaps=True) == words(normal(value))
    assert unicodedata.is_normalized("NFC", plain(parse(value)))


SPACED = st.text(st.sampled_from(" \t\na\u0301é\u00a0")) | ANY


@given(SPACED)
def test_what_is_kept_is_normal(value: str) -> None:
    """A value that one look finds normal is so on the long road, too; it has no control."""
    composed = unicodedata.normalize("NFC", value)
    spaced = re.sub("[ \t\r\n]+", " ", composed).strip(" ")
    assert normal(value) == spaced
    assert not as_kept(value) or value == spaced


def test_no_control_is_kept() -> None:
    """What no output can carry is looked at, and so is all white space but the space."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert not [c for c in every if as_kept(c) and (FORBIDDEN.search(c) or c.isspace())]
    assert not [text for text in (" a", "a ", "a  b", "e\u0301") if as_kept(text)]


LOOSE = r"** * ^ ~ $ {{ }} { } ` [a](https://x.org) \ c1:: a é 1 ½ _ . ( ’ €"
WHOLE = r"*a* {{d}} {{c2::e}} {{c1::f::g}} {{$x$}} x^2^ H~2~O $\frac{1}{2}$ $5"
TOKENS = (*LOOSE.split(), *WHOLE.split(), "**b c**", " ", "\u0301", "\u00a0")
FLAT = st.lists(st.sampled_from(TOKENS), max_size=12).map(lambda parts: normal("".join(parts)))


@given(FLAT, st.booleans())
@settings(max_examples=2000)
def test_marks_side_by_side_need_no_parser(value: str, with_gaps: bool) -> None:
    """Where the short road through marks gives a text, it is the one that the parser gives."""
    text = flat(value, with_gaps=with_gaps)
    assert text is None or text == _nested(value, with_gaps=with_gaps)


@pytest.mark.parametrize(
    "value",
    [
        "a **b c**, *d*.",
        "{{a b}} and {{c}}: *d*",
        "(**E**) is {{$mc^2$}}",
        "{{c1::a::b}}, {{c2::c d}}",
        "H~2~O and x^2^",
        "*a*’s",
    ],
)
def test_common_marks_take_the_short_road(value: str) -> None:
    """What authors mark every day is read without the parser."""
    assert flat(value, with_gaps=True) == _nested(value, with_gaps=True) != words(value)


READ = """\
import sys
from deckbuilder.text.markdown import broken_math, parse
from deckbuilder.text.tree import gaps, plain
text = sys.stdin.buffer.read().decode()
broken_math(text)
trees = [parse(text), parse(text, with_gaps=True)]
print(len(text), *(len(plain(tree)) <= len(text) for tree in trees), len(list(gaps(trees[1]))))
"""


@pytest.mark.parametrize(
    ("unit", "end", "found"),
    [
        ("*", "", 0),
        ("*a ", "", 0),
        ("a* ", "", 0),
        ("**a *b ", "", 0),
        ("**a** ", "", 0),
        ("{{", "", 0),
        ("{{", "}}", 0),
        ("{{a ", "}}", 1),
        ("{{`", "}}", 1),
        ("{{a}}", "", 2000),
        ("{{[a](", "", 0),
        ("{", "}}", 0),
        ("$", "", 0),
        ("$a ", "", 0),
        ("$\\", "", 0),
        ("$5 ab ", "", 0),
        ("$5", " ab " * 2499 + "$", 0),
        ("$5 abc", ", " * 1000 + "5$", 0),
        ("$5}} ", "", 0),
        ("[", "", 0),
        ("[a](", "", 0),
        ("[a](https://", "", 0),
        ("[b](https://x(", "", 0),
        ("x[a](https://x(", "))", 0),
        ("[c](https://(y)", "(", 0),
        ("()", "[a](https://x", 0),
        ("`", "", 0),
        ("`a``b", "", 0),
        ("^", "", 0),
        ("^a~b", "", 0),
        ("\\", "", 0),
        ("**a ", "b** " * 1250, 0),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_heaps_of_marks_are_read_in_time(unit: str, end: str, found: int) -> None:
    """The longest text a fact may hold is read, whatever marks it is made of."""
    text = unit * ((10_000 - len(end)) // len(unit)) + end
    run = subprocess.run(
        [sys.executable, "-c", READ],
        input=text.encode(),
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert run.stderr == b""
    assert run.stdout.split() == [str(len(text)).encode(), b"True", b"True", str(found).encode()]
