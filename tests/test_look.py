"""What cards look like, and the style sheet that an author may add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import ankilib
import pytest
import tinycss2
from conftest import NOW, SMALL

from deckbuilder import style
from deckbuilder.assets import LARGEST_STYLE
from deckbuilder.build import build
from deckbuilder.examine import examine
from deckbuilder.read import read_bytes
from deckbuilder.writers.apkg.notetypes import CSS, NoteType, note_types

DAY, NIGHT = ".card", ".card.nightMode, .nightMode .card"
SURFACES = {"desk", "paper", "tint", "glow"}
TEXTS = {"ink", "quiet", "accent", "warm"}
OWN_SURFACE = {"good": "good-tint", "bad": "bad-tint"}  # right and wrong, in a typed answer


def note_types_of(source: str = SMALL, css: bytes = b"") -> tuple[NoteType, ...]:
    """Return the note types of a source, a style sheet added."""
    deck, problems = read_bytes(source.encode(), "a.toml")
    assert deck, problems
    if deck.style:
        deck = replace(deck, style=replace(deck.style, data=css))
    return note_types(deck, deck.id)


# ---------------------------------------------------------------------------- our style sheet


def rules(nodes: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each rule of a style sheet: its selector, its declarations; not what @-rules hold."""
    for rule in nodes:
        if rule.type == "qualified-rule":
            parts = tinycss2.parse_blocks_contents(rule.content, True, True)
            yield (
                " ".join(tinycss2.serialize(rule.prelude).split()),
                {part.lower_name: tinycss2.serialize(part.value).strip() for part in parts},
            )


RULES = list(rules(tinycss2.parse_stylesheet(CSS, True, True)))


def colours(time: str) -> dict[str, str]:
    """Return the named colours by day or by night."""
    found = {k[2:]: v for where in (DAY, time) for k, v in dict(RULES)[where].items()}
    return {name: value for name, value in found.items() if re.fullmatch("#[0-9a-f]{3,6}", value)}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the ratio that WCAG 2 defines."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_the_standards() -> None:
    """Our measure is WCAG's: black on white is 21, and #767676 the palest grey that passes."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("time", [DAY, NIGHT], ids=["day", "night"])
def test_every_text_is_readable_on_every_surface(time: str) -> None:
    """Each colour of text has 4.5 : 1 on each surface it may stand on, by day and by night."""
    named = colours(time)
    pairs = [(text, surface) for text in TEXTS for surface in SURFACES] + [*OWN_SURFACE.items()]
    pale = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(named[pair[0]], named[pair[1]])) < 4.5
    }
    assert not pale


@pytest.mark.parametrize("time", [DAY, NIGHT], ids=["day", "night"])
def test_every_mark_is_visible(time: str) -> None:
    """The line of a blank, the bars and the frame of an input have 3 : 1 beside what they mark."""
    named = colours(time)
    for mark in ("warm-line", "warm", "accent", "quiet"):
        for surface in ("paper", "glow"):
            assert contrast(named[mark], named[surface]) >= 3, (mark, surface)


def test_no_colour_goes_untested() -> None:
    """Text and surfaces take their colours from the names tested above, and from nowhere else."""
    texts, surfaces = set(), set()
    for _, declared in RULES:
        texts |= {declared[k] for k in ("color", "fill") if k in declared}
        surfaces |= {declared[k] for k in ("background", "background-color") if k in declared}
    bars = {"var(--accent)"}
    bare = {"none", "#fff"}  # paper behind pictures, by night too: no text stands on it
    known = TEXTS | OWN_SURFACE.keys()
    assert texts - {"var(--tint)"} == {f"var(--{name})" for name in known}  # tint: a button's disc
    assert surfaces - bars <= {f"var(--{n})" for n in SURFACES | {*OWN_SURFACE.values()}} | bare


def test_our_style_sheet_passes_its_own_check() -> None:
    """Nothing in our style sheet is fetched, run or misread: it is checked like an author's."""
    assert not [*style._unsafe(CSS), *style._misread(CSS)]


def test_templates_fetch_and_run_nothing() -> None:
    """No template holds an address, a script, a handler or a field of data."""
    for made in note_types_of():
        for template in made.templates:
            html = template.front + template.back
            assert not re.search(
                r"//|url\(|<(script|link|img|iframe|style)|\s(on\w+|data-\w+)=", html
            )


def test_without_has_no_later_step_is_shown() -> None:
    """Where `:has()` is unknown, all items of an ordered list but the one asked for are hidden."""
    assert not [s for s, d in RULES if ":has" in s and {"visibility", "display"} & d.keys()]
    everywhere = dict(RULES)
    assert everywhere[".asked ol > li"] == {"visibility": "hidden"}
    assert everywhere[".asked ol .cloze"] == {"visibility": "visible"}
    (newer,) = [
        rule
        for rule in tinycss2.parse_stylesheet(CSS, True, True)
        if rule.type == "at-rule" and rule.lower_at_keyword == "supports"
    ]
    assert tinycss2.serialize(newer.prelude).strip() == "selector(li:has(b))"
    assert ankilib.LATER in tinycss2.serialize(newer.content)


def test_an_answer_is_typed_near_its_blank() -> None:
    """Later steps take no room: Anki scrolls to where one types, the question stays in sight."""
    newer = next(r for r in tinycss2.parse_stylesheet(CSS, True, True) if r.type == "at-rule"
                 and r.lower_at_keyword == "supports")  # fmt: skip
    hidden = dict(rules(tinycss2.parse_blocks_contents(newer.content, True, True)))
    assert hidden[".asked ol > li:has(.cloze) ~ li"] == {"display": "none"}
    assert hidden[".asked ol > li"] == {"visibility": "visible"}


def test_a_long_formula_scrolls_in_its_own_box() -> None:
    """Wherever formulas may stand, the page itself never scrolls sideways on a phone."""
    scrolls = [s for s, declared in RULES if declared.get("overflow") == "auto hidden"]
    assert {name for s in scrolls for name in s.split(", ")} == {
        ".topic", ".credit", "details > div", ".front", ".back",
    }  # fmt: skip


def test_each_part_of_a_text_runs_as_it_begins() -> None:
    """A fixed question below a word in Hebrew keeps its mark at its end; items stay at bullets."""
    everywhere = dict(RULES)
    assert everywhere["p, li, th, td"] == {"unicode-bidi": "plaintext"}
    assert everywhere["li, th, td"] == {"text-align": "match-parent"}


def inside(keyword: str, prelude: str) -> str:
    """Return what one @-rule holds."""
    (found,) = [
        rule
        for rule in tinycss2.parse_stylesheet(CSS, True, True)
        if rule.type == "at-rule"
        and rule.lower_at_keyword == keyword
        and tinycss2.serialize(rule.prelude).strip() == prelude
    ]
    return " ".join(tinycss2.serialize(found.content).split())


def test_a_first_column_stands_still_only_where_there_is_room() -> None:
    """On a narrow screen a sticky column would lie on the gap, for it may be 7 em wide."""
    assert not [name for name, declared in RULES if "sticky" in declared.get("position", "")]
    wide = inside("container", "(min-width: 10em)")
    assert "th:first-child { position: sticky; inset-inline-start: 0; z-index: 1; }" in wide
    assert "td { scroll-margin-inline-start: 7em; }" in wide
    everywhere = dict(RULES)
    assert everywhere["th:first-child"]["max-width"] == "7em"
    assert everywhere[".wide"]["container-type"] == "inline-size"


def test_a_table_opens_where_its_blank_is() -> None:
    """Its cell is where a table snaps to, for two seconds: then it is the learner's to scroll."""
    everywhere = dict(RULES)
    assert everywhere[".wide"]["scroll-snap-type"] == "x mandatory"
    assert everywhere["td:has(.cloze)"] == {"animation": "in-sight 2s"}
    assert inside("keyframes", "in-sight") == "from, to { scroll-snap-align: none end; }"
    assert CSS.count("scroll-snap-align") == 1


def test_no_line_ends_between_a_blank_or_a_formula_and_its_stop() -> None:
    """A blank is no box of its own, and a word joiner stands on both sides of a formula's."""
    everywhere = dict(RULES)
    assert "display" not in {**everywhere[".cloze"], **everywhere[".asked .cloze"]}
    assert everywhere["mjx-container"] == {"white-space": "nowrap"}
    assert everywhere["mjx-container::before, mjx-container::after"] == {"content": '"\u2060"'}


def test_fractions_of_two_lines_do_not_touch() -> None:
    """A formula has air above and below; the rule outranks MathJax's own, which comes later."""
    assert dict(RULES)["mjx-container mjx-math"] == {"padding-block": ".15em"}


def test_a_gap_in_code_looks_like_a_gap() -> None:
    """Behind, code that was asked for stands on the warm ground, and is as bold as words are."""
    assert dict(RULES)[".cloze code"] == {"background": "none", "font-weight": "inherit"}


def test_each_text_decides_its_own_direction() -> None:
    """Topic, front, back, hint, extra and cite are set from right to left where they begin so."""
    shown = "".join(t.front + t.back for made in note_types_of() for t in made.templates[:2])
    for name in ("topic", "front", "front asked", "back", "hint", "extra", "cite"):
        assert f'class="{name}"' in shown
        assert all(
            tag.endswith('dir="auto">') for tag in re.findall(rf'<div class="{name}"[^>]*>', shown)
        )


# ---------------------------------------------------------------------------- an author's

STYLED = SMALL.replace('language = "en"\n', 'language = "en"\nstyle = "my.css"\n')


def found(folder: Path, css: bytes) -> list[tuple[str, str]]:
    """Return the codes and messages of a source with this style sheet."""
    (folder / "a.toml").write_text(STYLED, encoding="utf-8")
    (folder / "my.css").write_bytes(css)
    return [(problem.code, problem.message) for problem in examine(folder / "a.toml")[1]]


GOOD = (
    "",
    "/* nothing yet */",
    ".front { color: navy }",
    "\ufeff.front { color: navy }\r\n",
    "a[b='c'] > d::after, e:not(.f) { content: '\\201C' }",
    "@media (width < 30em) { .front:hover b { color: red } }",
    ".nightMode .front { & b { color: red } }",
    "@keyframes in { from { opacity: 0 } 50% { opacity: .5 } }",
    ".front { --mine: { x: y }; animation: in 1s }",
    ".note { background: url(data:image/png;base64,iVBORw0KGgo=) }",
    '@font-face { font-family: Mine; src: local("Mine"), url("data:font/woff2;base64,AAAA") }',
    "@supports (display: grid) { .note { display: grid } }",
)
BAD = {
    ".front { color navy }": "1:20",
    ".front { color: navy } }": "1:24",
    ".front { color: navy": "1:1",
    "a {}\n/* open": "2:1",
    "a {}\n\nfoo": "3:1",
    '.front { content: "x\n }': "1:19",
    '@charset "utf-8";': "1:1",
    "@page { margin: 0 }": "1:1",
    "a { b: " + "(" * 40 + ")" * 40 + " }": "1:39",
}
UNSAFE = {
    '@import "more.css";': "1:1",
    "@im\\port url(more.css);": "1:1",
    "a {}\n@media screen { @import 'x'; }": "2:17",
    "a { background: url(map.png) }": "1:17",
    "a { background: u\\72l(https://example.org/x) }": "1:17",
    "a { background: URL( 'HTTPS://example.org/x' ) }": "1:17",
    "a { --later: { b: url(//example.org) } }": "1:19",
    "a { background: image-set('x.png' 1x) }": "1:17",
    "@font-face { font-family: A; src: url(https://example.org/a.woff2) }": "1:35",
    "a { background: url('data:text/html,x') }": "1:17",
    "a { background: url(javascript:x) }": "1:17",
    "a { width: expression(alert(1)) }": "1:12",
    "a {}\na { content: '</style><script>' }": "2:15",
    "/* </STYLE> */": "1:4",
}


@pytest.mark.parametrize("css", GOOD, ids=range(len(GOOD)))
def test_a_good_style_is_taken(tmp_path: Path, css: str) -> None:
    """What a browser reads, and what brings its pictures and fonts with it, is no problem."""
    assert found(tmp_path, css.encode()) == []


@pytest.mark.parametrize("css", BAD, ids=range(len(BAD)))
def test_a_style_that_cannot_be_read_is_told(tmp_path: Path, css: str) -> None:
    """What a browser would pass over is one problem, with its line and column in the file."""
    (problem,) = found(tmp_path, css.encode())
    assert problem[0] == "bad-style"
    assert problem[1].startswith(f"`my.css:{BAD[css]}` ")


@pytest.mark.parametrize("css", UNSAFE, ids=range(len(UNSAFE)))
def test_a_style_that_fetches_or_runs_is_refused(tmp_path: Path, css: str) -> None:
    """However it is written, an address, a program or the end of the style is found."""
    problems = found(tmp_path, css.encode())
    assert {code for code, _ in problems} == {"unsafe-style"}
    assert any(message.startswith(f"`my.css:{UNSAFE[css]}` ") for _, message in problems)


def test_a_style_of_brackets_ends_no_run(tmp_path: Path) -> None:
    """A hundred thousand open brackets are a problem with a place, too."""
    assert [code for code, _ in found(tmp_path, b"(" * LARGEST_STYLE)] == ["bad-style"]


def test_a_style_in_another_encoding_is_told(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a problem, before anything in it is looked at."""
    ((code, message),) = found(tmp_path, "a { content: 'ü' }".encode("cp1252"))
    assert code == "bad-style"
    assert "UTF-8" in message


def test_a_style_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    """A file too large, missing, outside or a link out of the folder: one problem each."""
    folder = tmp_path / "here"
    folder.mkdir()
    assert found(folder, b" " * LARGEST_STYLE) == []
    assert [code for code, _ in found(folder, b" " * (LARGEST_STYLE + 1))] == ["bad-file"]
    (tmp_path / "out.css").touch()
    (folder / "my.css").unlink()
    assert [p.code for p in examine(folder / "a.toml")[1]] == ["bad-file"]
    (folder / "my.css").symlink_to(tmp_path / "out.css")
    assert [p.code for p in examine(folder / "a.toml")[1]] == ["bad-file"]
    (folder / "a.toml").write_text(STYLED.replace('"my', '"../my'), encoding="utf-8")
    assert [p.code for p in examine(folder / "a.toml")[1]] == ["outside-folder"]


def test_an_authors_style_comes_after_ours() -> None:
    """Both note types end with it, whatever its line ends, and nothing else of them changes."""
    plain = note_types_of()
    styled = note_types_of(STYLED, "\ufeff.front { color: navy }\r\n".encode())
    for old, new in zip(plain, styled, strict=True):
        assert new == replace(old, css=f"{CSS}.front {{ color: navy }}\n")
        assert new.digest != old.digest


def test_a_learner_gets_a_changed_style(tmp_path: Path) -> None:
    """The next release brings the new style to both note types, and touches no note."""
    source, css = tmp_path / "a.toml", tmp_path / "my.css"
    source.write_text(STYLED, encoding="utf-8")
    with ankilib.collection(tmp_path / "learner") as col:
        for n, colour in enumerate(("navy", "teal")):
            css.write_text(f".front {{ color: {colour} }}\n", encoding="utf-8")
            log = ankilib.load(col, ankilib.package(source, NOW + n))
            assert (len(log.new), len(log.duplicate)) == ((2, 0), (0, 2))[n]
            ours = [made["css"] for made in col.models.all() if made["name"].startswith("small:")]
            assert [made.endswith(css.read_text("utf-8")) for made in ours] == [True, True]


def test_a_style_that_is_refused_leaves_the_outputs(tmp_path: Path) -> None:
    """With a problem in the style sheet nothing is built."""
    found(tmp_path, b"a {")
    assert build(tmp_path / "a.toml", tmp_path / "out", NOW).problems
    assert not (tmp_path / "out").exists()
