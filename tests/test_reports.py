"""Reports: the caret stands under what it means, and each program gets the form that it reads."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from anybytes import hold
from click.testing import CliRunner, Result
from conftest import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import damaged, on_a_terminal, strange
from wcwidth import iter_graphemes, wcswidth, wcwidth

from deckbuilder.briefly import SHOWN, quoted, shortened, some
from deckbuilder.cli import cli
from deckbuilder.explain import explanations
from deckbuilder.problems import Label, Place, Problem
from deckbuilder.reports import excerpt
from deckbuilder.reports.cells import NARROW, cells, pieces
from deckbuilder.reports.excerpt import describe
from deckbuilder.reports.formats import to_github, to_json, to_sarif, to_text
from deckbuilder.toml import parse

# ---------------------------------------------------------------------------- the caret: an oracle

LETTERS = ["a", "b", " ", "é", "ß", '"', "=", "…", "日", "本", "\t", "\u0301", "\u200d", "\ufe0f"]
LETTERS += ["👍", "👍🏽", "❤\ufe0f", "🇩🇪", "\u202e", "\u00ad", "\x00", "\r", "\x85", "क्षि", "한"]


def as_shown(text: str) -> str:
    """Return what a terminal can be given of a source: tabs as spaces, the rest as it prints."""
    return "".join("    " if c == "\t" else c if c.isprintable() else "\ufffd" for c in text)


lines = st.lists(st.sampled_from(LETTERS), max_size=15).map("".join)
WHOLE = ["e\u0301", *(letter for letter in LETTERS if wcswidth(as_shown(letter)) > 0)]
long_lines = st.lists(st.sampled_from(WHOLE), min_size=60, max_size=150).map("".join)


def stretches(line: str) -> st.SearchStrategy[list[int]]:
    """Return any stretch of a line, also an empty one."""
    return st.lists(st.integers(0, len(line)), min_size=2, max_size=2).map(sorted)


def apart(text: str, at: int) -> bool:
    """Tell whether a terminal may draw what stands on the two sides of an offset by itself."""
    if at <= 0 or at >= len(text):
        return True
    alone = wcswidth(text[:at]) + wcswidth(text[at:]) == wcswidth(text)
    return alone and wcwidth(text[at]) > 0


def marked(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what is to be seen before, above and after the signs under a stretch of a line."""
    text = as_shown(line)
    first, last = len(as_shown(line[:start])), len(as_shown(line[:end]))
    while not apart(text, first):
        first -= 1
    while start < end and not apart(text, last):
        last += 1
    last = last if start < end else first
    return text[:first], text[first:last], text[last:]


def test_usual_characters_take_one_cell_each() -> None:
    """None of them is wide, or goes with another; what is not among them is looked up."""
    usual = [c for c in map(chr, range(sys.maxunicode + 1)) if NARROW.fullmatch(c)]
    assert len(usual) > 500
    assert {wcwidth(c) for c in usual} == {1}
    for one in usual:
        joined = one.join(usual)
        assert list(iter_graphemes(joined)) == [*joined] == [*pieces(joined)]
        assert cells(joined) == wcswidth(joined)
    for other in ("日", "e\u0301", "👍🏽", "\u00ad", "a\u200d"):
        assert cells(other) == wcswidth(other)
        assert [*pieces(other)] == [*iter_graphemes(other)]


def place(text: str, line: int, column: int, end_line: int, end_column: int) -> Place:
    begins = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
    return Place("x.toml", line, column, end_line, end_column, text, begins)


def excerpted(problem: Problem) -> list[str]:
    """Return the lines of the excerpt without what stands left of them."""
    told = describe(problem).split("\n")[2:]
    return [line.partition("| ")[2] for line in told]


@given(lines, st.data())
@settings(max_examples=200)
def test_caret_is_under_the_marked_characters(line: str, data: st.DataObject) -> None:
    """The signs take the cells of the marked characters, no more and no fewer, one at least."""
    start, end = data.draw(stretches(line))
    text = f"first\n{line}\nlast"
    shown, under = excerpted(Problem("x", "m", place(text, 2, start + 1, 2, end + 1)))
    before, above, after = marked(line, start, end)
    assert shown == (before + above + after).rstrip()
    assert len(under) - len(under.lstrip()) == wcswidth(before)
    assert under.strip() == "^" * max(1, wcswidth(before + above) - wcswidth(before))


@given(long_lines, st.data())
@settings(max_examples=60)
def test_long_line_is_cut_around_its_mark(line: str, data: st.DataObject) -> None:
    """A long line fits, shows what stands around its mark, and says with … where it goes on."""
    start, end = data.draw(stretches(line))
    shown, under = excerpted(Problem("x", "m", place(line, 1, start + 1, 1, end + 1)))
    before, above, after = marked(line, start, end)
    assert wcswidth(shown) <= excerpt.WIDEST
    pad = len(under) - len(under.lstrip())
    shown += " " * (pad - wcswidth(shown))  # a mark may be behind a space that ends the line
    border = max(k for k in range(len(shown) + 1) if wcswidth(shown[:k]) == pad)
    left, right = shown[:border], shown[border:]
    assert left == before or (left.startswith("…") and before.endswith(left[1:]))
    whole = (above + after).rstrip()
    if right.rstrip() != whole and not after.startswith(right):
        begun = right.removesuffix("…")
        assert right.endswith("…")
        assert (above + after).startswith(begun)
    wide = len(under.strip())
    full = max(1, wcswidth(before + above) - wcswidth(before))
    assert wide == full or (wide < full and wide == wcswidth(right))
    assert wide >= min(full, excerpt.WIDEST - 2 * excerpt.AROUND)


@given(lines, lines, lines, st.data())
def test_mark_of_several_lines(one: str, two: str, three: str, data: st.DataObject) -> None:
    """What goes on over lines is marked on its first one, to the line's end."""
    start = data.draw(st.integers(0, len(one)))
    end = data.draw(st.integers(0, len(three)))
    text = f"{one}\n{two}\n{three}"
    shown, under = excerpted(Problem("x", "m", place(text, 1, start + 1, 3, end + 1)))
    before, above, after = marked(one, start, len(one))
    assert (shown, after) == ((before + above).rstrip(), "")
    assert len(under) - len(under.lstrip()) == wcswidth(before)
    assert len(under.strip()) == max(1, wcswidth(before + above) - wcswidth(before))


@given(lines, st.data())
def test_two_marks_on_one_line(line: str, data: st.DataObject) -> None:
    """Two marks of a line stand below it in their order, each under its own characters."""
    stretch = [data.draw(stretches(line)) for _ in range(2)]
    own, other = (place(f"{line}\n", 1, start + 1, 1, end + 1) for start, end in stretch)
    told = excerpted(Problem("x", "m", own, label="own", also=(Label(other, "other"),)))
    signs = [("^", "own", stretch[0]), ("-", "other", stretch[1])]
    assert told[0] == as_shown(line).rstrip()
    for under, (sign, word, (start, end)) in zip(
        told[1:], sorted(signs, key=lambda s: (s[2], s[0] != "^")), strict=True
    ):
        before, above, _ = marked(line, start, end)
        wide = max(1, wcswidth(before + above) - wcswidth(before))
        assert under == f"{' ' * wcswidth(before)}{sign * wide} {word}"


def test_two_marks_far_apart_on_a_long_line() -> None:
    """Where one cut of a line cannot show both marks, each stands under a cut of its own."""
    line = "a" * 200 + "ONE" + "b" * 200 + "TWO" + "c" * 200
    first, second = line.index("ONE"), line.index("TWO")
    own = place(line, 1, second + 1, 1, second + 4)
    other = place(line, 1, first + 1, 1, first + 4)
    told = excerpted(Problem("x", "m", own, label="here", also=(Label(other, "there"),)))
    assert len(told) == 4
    for shown, under, word in ((told[0], told[1], "ONE"), (told[2], told[3], "TWO")):
        assert shown.index(word) == len(under) - len(under.lstrip())
        assert under.split()[0] in ("^^^", "---")


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_caret_in_a_file_as_editors_save_it(start: str, end: str) -> None:
    """Neither a byte order mark nor Windows' line ends move a caret or are seen."""
    data = f'{start}a = "日本"{end}b = "日本" = 1{end}'.encode()
    (problem,) = parse(data, "x.toml")[1]
    shown, under = excerpted(problem)[:2]
    assert (shown, under) == ('b = "日本" = 1', "           ^^^")


def test_one_line_of_many_megabytes_costs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long line only what is near the mark is measured."""
    measured: list[int] = []

    def counted(text: str) -> int:
        measured.append(len(text))
        return wcswidth(text)

    monkeypatch.setattr(excerpt, "cells", counted)
    line = "x" * 1_000_000
    shown, under = excerpted(Problem("x", "m", place(line, 1, 500_001, 1, 500_002)))
    assert shown == f"…{'x' * 98}…"
    assert under == " " * 30 + "^"
    assert max(measured) < 10_000


# ---------------------------------------------------------------------------- for programs

TWO = Problem(
    "duplicate-id",
    "50% done: a,b\r::error::c",
    Place("a b,c:d%.toml", 3, 2, 4, 5, ""),
    hint="mend\nit",
    severity="warning",
    label="again",
    also=(Label(Place("ä.toml", 1, 1, 1, 2, ""), "first"),),
)


def test_github_escapes_what_it_reads_itself() -> None:
    """A message is one command, whatever it holds; a file's name cannot end its property."""
    (line,) = to_github([TWO]).split("\n")
    properties, _, said = line.removeprefix("::warning ").partition("::")
    assert properties == (
        "file=a b%2Cc%3Ad%25.toml,line=3,endLine=4,col=2,endColumn=5,title=deckbuilder duplicate-id"
    )
    assert said == "50%25 done: a,b\ufffd::error::c%0Afirst: ä.toml:1:1%0Ahelp: mend\ufffdit"


def test_many_problems_are_counted_as_all_else_is() -> None:
    """Thousands have their comma, with the problems as everywhere."""
    said = to_text([TWO] * 1234)
    assert said.endswith("… and 1,184 more\n\n1,234 warnings")


def test_what_is_cut_is_as_long_as_it_may_be() -> None:
    """The sign that tells so counts, in quotation marks and without them."""
    assert shortened("abcd", 4) == "abcd"
    assert shortened("abcde", 4) == "abc…"
    assert quoted("a" * SHOWN) == f"“{'a' * SHOWN}”"
    assert quoted("a" * (SHOWN + 1)) == f"“{'a' * (SHOWN - 1)}…”"


def test_json_tells_all_of_a_problem() -> None:
    """A program finds in JSON what a person is told, and where."""
    document = json.loads(to_json([TWO]))
    assert (document["errors"], document["warnings"]) == (0, 1)
    assert document["problems"] == [
        {
            "code": "duplicate-id",
            "severity": "warning",
            "message": TWO.message,
            "file": TWO.place.file,
            "line": 3,
            "column": 2,
            "end_line": 4,
            "end_column": 5,
            "label": "again",
            "help": "mend\nit",
            "also": [
                {
                    "file": "ä.toml",
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 2,
                    "label": "first",
                }
            ],
        }
    ]


def check_location(location: dict[str, Any]) -> None:
    """Assert what SARIF 2.1.0 asks of a location (3.28 to 3.30) as we use it."""
    assert set(location) <= {"physicalLocation", "message"}
    assert "message" not in location or location["message"]["text"]
    physical = location["physicalLocation"]
    assert set(physical) == {"artifactLocation", "region"}
    assert set(physical["artifactLocation"]) == {"uri"}
    uri = physical["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)  # RFC 3986, no scheme
    region = physical["region"]
    assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
    assert all(isinstance(number, int) and number >= 1 for number in region.values())
    start, end = (
        (region["startLine"], region["startColumn"]),
        (region["endLine"], region["endColumn"]),
    )
    assert start <= end


def check_sarif(text: str) -> list[dict[str, Any]]:
    """Assert what SARIF 2.1.0 asks of a log; no package holds its schema. Return the results."""
    log = json.loads(text)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    assert re.fullmatch(r"https://\S+/sarif-2\.1\.0\.json", log["$schema"])
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert set(driver) == {"name", "version", "rules"}
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(set(rules)) == len(rules)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription"}
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription"))
    results: list[dict[str, Any]] = run["results"]
    for result in results:
        required = {"ruleId", "level", "message", "locations"}
        assert required <= set(result) <= required | {"relatedLocations"}
        assert result["level"] in ("none", "note", "warning", "error")
        assert set(result["message"]) == {"text"}
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            check_location(location)
    assert set(rules) <= {result["ruleId"] for result in results}
    return results


def test_sarif_is_what_the_standard_asks_for() -> None:
    """A log holds its results with their rule, level, message and places, and nothing unknown."""
    (result,) = check_sarif(to_sarif([TWO], explanations().values()))
    assert (result["ruleId"], result["level"]) == ("duplicate-id", "warning")
    (place,) = result["locations"]
    assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == TWO.place.file
    assert place["physicalLocation"]["region"]["endColumn"] == 5
    (also,) = result["relatedLocations"]
    assert also["message"]["text"] == "first"
    check_sarif(to_sarif([], explanations().values()))


# ---------------------------------------------------------------------------- the command line

Checked = Callable[..., Result]
WRONG = SMALL.replace('"sky"', '"grass"').replace("{{green}}", "green").replace("{{spring}}", "it")


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Check a source with two mistakes, each in its own fact, and one without."""
    monkeypatch.chdir(tmp_path)
    text = WRONG.replace("= 1900", '= "once"').replace('"grass"', '"lawn"', 1)
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    (tmp_path / "fine.toml").write_text(SMALL, encoding="utf-8")

    def check(*options: str, **environment: str) -> Result:
        arguments = ["check", "wrong.toml", "fine.toml", *options]
        return CliRunner(env=environment).invoke(cli, arguments)

    return check


def test_json_has_standard_output_for_itself(checked: Checked) -> None:
    """One document on standard output holds every problem; what else is said goes elsewhere."""
    ended = checked("--format", "json")
    assert ended.exit_code == 1
    document = json.loads(ended.stdout)
    assert [problem["code"] for problem in document["problems"]] == ["bad-when", "no-gap"]
    assert document["errors"] == 2
    assert ended.stderr == "fine.toml: fine, 2 facts\n"


def test_sarif_has_standard_output_for_itself(checked: Checked) -> None:
    """And so it is with SARIF."""
    ended = checked("--format", "sarif")
    assert ended.exit_code == 1
    assert [result["ruleId"] for result in check_sarif(ended.stdout)] == ["bad-when", "no-gap"]
    assert ended.stderr == "fine.toml: fine, 2 facts\n"


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_nothing_wrong_is_a_document_too(checked: Checked, form: str) -> None:
    """Without a problem a program gets a document without problems, and exit code 0."""
    ended = CliRunner().invoke(cli, ["check", "fine.toml", "--format", form])
    assert ended.exit_code == 0
    document = json.loads(ended.stdout)
    assert (document["problems"] if form == "json" else document["runs"][0]["results"]) == []


def test_github_is_spoken_at_github(checked: Checked) -> None:
    """In a workflow problems become annotations by themselves, and elsewhere where asked for."""
    ended = checked(GITHUB_ACTIONS="true")
    assert ended.exit_code == 1
    assert ended.stdout == checked("--format", "github").stdout
    assert re.findall(r"^::error file=(\S+),line=(\d+),", ended.stdout, re.MULTILINE) == [
        ("wrong.toml", "12"),
        ("wrong.toml", "21"),
    ]
    assert "::error" not in checked("--format", "text", GITHUB_ACTIONS="true").output
    assert "::error" not in checked().output


def test_text_goes_to_standard_error(checked: Checked) -> None:
    """For a person, results stand on standard output, problems on standard error, counted."""
    ended = checked()
    assert ended.stdout == "fine.toml: fine, 2 facts\n"
    assert "wrong.toml:12:8: error[bad-when]" in ended.stderr
    assert "\n2 errors\n" in ended.stderr


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        pytest.param({}, False, id="no terminal"),
        pytest.param({"FORCE_COLOR": "1"}, True, id="forced"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="forbidden"),
        pytest.param({"FORCE_COLOR": ""}, False, id="empty"),
    ],
)
def test_colours_follow_the_environment(
    checked: Checked, environment: dict[str, str], colored: bool
) -> None:
    """NO_COLOR forbids colours, FORCE_COLOR asks for them; empty, they say nothing."""
    assert ("\x1b[" in checked(**environment).stderr) is colored
    assert "\x1b" not in checked("--format", "json", **environment).output


def test_colours_follow_the_terminal(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal problems are coloured, unless NO_COLOR forbids it."""
    assert (
        b"\x1b[1;31merror[bad-when]\x1b[0m" in on_a_terminal("check", "wrong.toml", cwd=tmp_path)[1]
    )
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b" not in on_a_terminal("check", "wrong.toml", cwd=tmp_path)[1]


def test_a_terminal_that_shows_text_alone_gets_no_colours(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell within an editor and some CI show what drives a terminal as rubbish."""
    checked()
    monkeypatch.setenv("TERM", "dumb")
    for command in ("check", "build"):
        code, shown = on_a_terminal(command, "wrong.toml", "fine.toml", cwd=tmp_path)
        assert code == 1
        assert b"\x1b" not in shown
    assert b"fine.toml: 2 facts" in shown


@pytest.mark.parametrize("command", ["check", "build"])
def test_strict_lets_a_warning_fail(
    small: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning is told and lets the run go on; with --strict it ends it, and writes nothing."""
    warning = Problem("x", "be careful", Place("x", 1, 1, 1, 1), severity="warning")
    monkeypatch.setattr("deckbuilder.check.check", lambda deck: (warning,))
    monkeypatch.chdir(small.parent)
    strict = CliRunner().invoke(cli, [command, small.name, "--strict"])
    assert strict.exit_code == 1
    assert "warning[x]: be careful" in strict.stderr
    assert not Path("build").exists()
    lenient = CliRunner().invoke(cli, [command, small.name])
    assert lenient.exit_code == 0
    assert "warning[x]: be careful" in lenient.stderr
    assert Path("build").exists() == (command == "build")


# ---------------------------------------------------------------------------- anything at all

# What once broke a promise, found by `make fuzz`.
FOUND = [b'[top\n[top="', b'[a]\n[a = "b"]', b'[deck\nid = "a"\n\n[deck]\nid = "b"\n']


@pytest.mark.parametrize("data", FOUND, ids=range(len(FOUND)))
def test_what_the_fuzzer_found_holds(data: bytes) -> None:
    """What was once told wrongly, or not at all, is told in order."""
    assert hold(data)


@given(st.binary() | damaged() | strange())
@settings(max_examples=200)
def test_every_report_of_any_source(data: bytes) -> None:
    """Any bytes give a deck or problems in the text, told in four forms that nothing can break."""
    hold(data)


VALUES = ["nan", "inf", "-inf", "1e400", "-0.0", f"0x{'f' * 6_000}", f"0b{'1' * 5_000}", "07:32:00"]
VALUES += ["9999-12-31", "0001-01-01", "1979-05-27T07:32:00Z", f"{'[' * 90}1{']' * 90}"]
KEYS = ["id", "statement", "tags", "only", "items", "ordered", "ask", "when", "list", "reverse"]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_strange_values_are_told(value: str) -> None:
    """Not a number, infinity, endless integers, times and deep lists are told where they stand."""
    for key in KEYS:
        fact = {"list": '"a"', "id": '"b"', "items": '["a", "b"]'} | {key: value}
        lines = "".join(f"{name} = {given}\n" for name, given in fact.items())
        problems = hold(f"{SMALL}\n[[topic.fact]]\n{lines}".encode())
        assert problems, key
        assert all(len(describe(problem)) < 2_000 for problem in problems)


@pytest.mark.parametrize(
    ("start", "opening", "inside", "closing", "end"),
    [
        pytest.param("x = ", "[", "1", "]", "", id="lists"),
        pytest.param("x = ", "{a = ", "1", "}", "", id="braces"),
        pytest.param("x = ", "[{a = ", "1", "}]", "", id="both"),
        pytest.param("", "a.", "a = 1", "", "", id="dots"),
        pytest.param("[", "a.", "a", "", "]", id="header"),
    ],
)
def test_any_nesting_is_told(start: str, opening: str, inside: str, closing: str, end: str) -> None:
    """However deep the brackets or dots are, there is a problem for each source, and no error."""
    codes = []
    for depth in (90, 200, 204, 400, 407, 990, 1_001, 1_002, 5_000):
        text = start + opening * depth + inside + closing * depth + end
        codes.append({problem.code for problem in hold(text.encode())})
    assert codes[0] == {"unknown-key", "missing-table"}
    assert codes[-1] == {"toml-syntax"}


def test_of_many_names_the_first_are_told() -> None:
    """A sixth name, and what comes after it, is a mark: a message stays a line."""
    assert some(()) == ""
    assert some([*"abcde"]) == "a, b, c, d, e"
    assert some([*"abcdef"]) == some([*"abcdefg"]) == "a, b, c, d, e …"
