"""Every mistake an author can make is told once, with its code, at its place, with a way out."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest
from conftest import ROOT

import deckbuilder
from deckbuilder.examine import examine
from deckbuilder.lint import LINT
from deckbuilder.problems import Problem, did_you_mean, shown
from deckbuilder.read import read, read_bytes
from deckbuilder.reports.excerpt import describe
from deckbuilder.toml import parse

SAMPLES = sorted((Path(__file__).parent / "bad").glob("*.toml"))
samples = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.stem for sample in SAMPLES])
EXPECT = re.compile(r"# expect: (\d+):(\d+) ([a-z0-9-]+)")
# tested with what reads files, locks and releases; too-long below, as it would be no small file
ELSEWHERE = {
    "bad-lock",
    "cut-word",
    "deck-renamed",
    "duplicate-deck",
    "file-fault",
    "file-too-large",
    "name-taken",
    "no-handouts",
    "no-room",
    "not-utf8",
    "obstacle",
    "other-note-type",
    "released-fact-gone",
    "reserved-id",
    "reserved-number",
    "schema-changed",
    "small-formula",
    "small-picture",
    "stale-lock",
    "too-long",
    "unknown-choice",
    "unclear-gaps",
    "unknown-retired",
    "unknown-was",
}
LINTED = {rule.explanation.code for rule in LINT}  # warnings: test_lint has their samples
OWN_NAME = {"collection", "several"}  # samples whose name is not their code
CODE_AT = {
    "Problem": 0,
    "BadValue": 0,
    "Flaw": 1,
    "add": 0,
    "rule": 0,
}  # which argument is the code

SCIENCE = """\
[deck]
id = "science"
title = "Science"
anki = "Science"
version = "1.0.0"
language = "en"

[[topic]]
id = "water"
title = "Water"

[[topic.fact]]
id = "ice"
term = "Ice"
definition = "frozen water"
"""


def expected(sample: Path) -> list[str]:
    return [" ".join(m.groups()) for m in EXPECT.finditer(sample.read_text("utf-8"))]


def found(sample: Path) -> tuple[Problem, ...]:
    return examine(sample)[1]


def codes_in(module: Path) -> set[str]:
    """Return the codes that a module gives to problems."""
    codes = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) | ast.Attribute(ast.Name("report"), name) if name in CODE_AT:
                code = node.args[CODE_AT[name]]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    codes.add(code.value)
    return codes


@samples
def test_sample_gives_exactly_what_it_expects(sample: Path) -> None:
    """Each sample's problems are those of its first lines, in the order of the source."""
    problems = [f"{p.place.line} {p.place.column} {p.code}" for p in found(sample)]
    assert problems == expected(sample)


@samples
def test_sample_is_one_mistake_with_its_name(sample: Path) -> None:
    """A sample has one root cause and one report, of the code that it is named after."""
    codes = [line.split()[-1] for line in expected(sample)]
    assert len(codes) == (5 if sample.stem == "several" else 1)
    assert len(set(codes)) == len(codes)
    assert sample.stem in OWN_NAME or f"{sample.stem}-".startswith(f"{codes[0]}-")


@samples
def test_problem_shows_a_way_out(sample: Path) -> None:
    """Each problem is an error with a sentence and a hint, in the form that editors read."""
    for problem in found(sample):
        text = describe(problem)
        head = f"{shown(sample)}:{problem.place.line}:{problem.place.column}: error["
        assert text.startswith(f"{head}{problem.code}]: {problem.message}")
        assert problem.message.strip()
        assert text.endswith(f" = help: {problem.hint}")
        assert problem.hint.strip()


def test_a_value_of_another_type_is_shown_as_it_is_written(tmp_path: Path) -> None:
    """Its help line can be typed in, and holds what the author had written."""
    file = tmp_path / "science.toml"
    listed = SCIENCE[: SCIENCE.index("term =")] + 'list = "Which?"\n'
    for given, written in {
        'items = "ice, water"': 'items = ["ice", "water"]',
        'items = "ice"': 'items = ["ice", "…"]',
        "items = 2": 'items = ["2", "…"]',
        "tags = 1922": 'tags = ["1922"]',
        'tags = "old"': 'tags = ["old"]',
        'tags = "old, cold"': 'tags = ["old", "cold"]',
        "extra = true": 'extra = "true"',
        "extra = 1922-04-16": 'extra = "1922-04-16"',
        "extra = 2.70": 'extra = "…"',
        "extra = 12:00:00": 'extra = "…"',
        "extra = 1922-04-16 12:00:00": 'extra = "…"',
        "items = 2.70": 'items = ["…", "…"]',
        'extra = ["one", "two \\"and\\""]': 'extra = "one, two \\"and\\""',
        "extra = {}": 'extra = "…"',
        f'tags = "{"a" * 61}"': 'tags = ["…"]',
        'reverse = "yes"': "reverse = true",
        "reverse = 1": "reverse = true",
        'reverse = " No"': "reverse = false",
        "reverse = 'off'": "reverse = false",
        'reverse = "False"': "reverse = false",
        "reverse = 0": "reverse = false",
        f"reverse = 0x{'f' * 5000}": "reverse = true, or false",
        "reverse = 0.0": "reverse = false",
        'reverse = "nein"': "reverse = false",
        'reverse = "sometimes"': "reverse = true, or false",
        "reverse = 1922-04-16": "reverse = true, or false",
        "image = ['a.png', 'b.png']": 'image = "a.png"',
        'allow = "cold"': 'allow = [{ rule = "cold", why = "…" }]',
        'allow = ["cold"]': '{ rule = "cold", why = "…" }',
        "tags = [1]": '"1"',
    }.items():
        file.write_text((listed if "items" in given else SCIENCE) + given, "utf-8")
        (problem,) = found(file)
        assert problem.code == "wrong-type"
        assert problem.hint == f"write {written}"


@pytest.mark.parametrize(
    ("given", "number", "codes"),
    [
        ('version = "1.0.0"', "version = {}", {"bad-version"}),
        ('id = "ice"', "id = {}", {"wrong-type", "missing-key"}),
        ('id = "ice"', 'id = "ice"\nwas = [{}]', {"wrong-type", "missing-key"}),
        ('id = "ice"', "id = {}\nretired = true", {"wrong-type", "missing-key", "unknown-key"}),
        ('term = "Ice"', 'list = "Ice?"\nitems = [{{ text = "a", n = {} }}, "b"]', {"bad-item"}),
    ],
)
def test_a_number_too_long_to_be_written_is_told(
    given: str, number: str, codes: set[str], tmp_path: Path
) -> None:
    """In hexadecimal digits one may be of any length; what is suggested does without it."""
    file = tmp_path / "science.toml"
    nameless = '[[topic.fact]]\nterm = "Steam"\ndefinition = "water in the air"\n'
    text = f"{SCIENCE}{nameless}" if "missing-key" in codes else SCIENCE
    if "items" in number:
        text = text.replace('definition = "frozen water"\n', "")
    file.write_text(text.replace(given, number.format(f"0x{'f' * 5000}")), "utf-8")
    assert {problem.code for problem in found(file)} == codes


def test_of_keys_that_allow_has_not_the_first_is_told(tmp_path: Path) -> None:
    """Which of several it is hangs on the source alone, not on the process that reads it."""
    file = tmp_path / "science.toml"
    others = ", ".join(f"{key} = 1" for key in "dfhbegac")
    file.write_text(f'{SCIENCE}allow = [{{ rule = "cold", {others}, why = "…" }}]\n', "utf-8")
    (problem,) = found(file)
    assert (problem.code, problem.message) == (
        "unknown-key",
        "`d` is not a key of element 1 of `allow`",
    )


def test_handouts_are_parted_at_commas(tmp_path: Path) -> None:
    """What is written as one text is shown as the list that it is."""
    file = tmp_path / "science.toml"
    file.write_text(f'{SCIENCE}\n[print]\nhandouts = "quiz, grid"\n', "utf-8")
    (problem,) = found(file)
    assert problem.hint == 'write handouts = ["quiz", "grid"]'


def test_one_row_of_a_table_has_brackets_of_its_own(tmp_path: Path) -> None:
    """Texts alone are taken for the row that they are, not for a row each."""
    file = tmp_path / "science.toml"
    table = f'{SCIENCE[: SCIENCE.index("term")]}compare = "How?"\nthings = ["a", "b"]\n'
    file.write_text(f'{table}aspects = ["Depth", "406 m", "64 m"]\n', "utf-8")
    (problem,) = found(file)
    hint = 'write aspects = [["Depth", "406 m", "64 m"]]'
    assert (problem.code, problem.hint) == ("wrong-type", hint)
    file.write_text(f"{table}{hint.removeprefix('write ')}\n", "utf-8")
    assert not found(file)


def test_an_id_that_is_missing_is_suggested(tmp_path: Path) -> None:
    """A topic's is made of its title, a fact's of its words."""
    file = tmp_path / "science.toml"
    for left_out, hint in {
        'id = "water"': 'add id = "water": ',
        'id = "ice"': 'add id = "water-ice", or let deckbuilder fmt do it',
    }.items():
        file.write_text(SCIENCE.replace(f"{left_out}\n", ""), "utf-8")
        (problem,) = found(file)
        assert problem.hint.startswith(hint)


@samples
def test_place_lies_in_the_source(sample: Path) -> None:
    """The stretch that a problem marks begins and ends inside the text, in this order."""
    lines = sample.read_text("utf-8").split("\n")
    for problem in found(sample):
        place = problem.place
        start, end = (place.line, place.column), (place.end_line, place.end_column)
        assert (1, 1) <= start <= end <= (len(lines), len(lines[-1]) + 1)
        assert place.column <= len(lines[place.line - 1]) + 1
        assert place.end_column <= len(lines[place.end_line - 1]) + 1
        assert place.quoted == lines[place.line - 1]
        assert start < end or start == (1, 1)  # what is nowhere stands at the beginning


MANY = r"""
[deck]
id = "science"
title = "Science"
version = "1.0.0"
language = "en"

[print]
paper = "A6"
fonts = ["mine.ttf"]

[[topic]]
id = "water"
title = "Water"

[[topic.fact]]
question = "What is frozen water?"
answer = "ice"

[[topic.fact]]
question = "What is water, in Arabic?"
answer = "ماء, or 水"

[[topic.fact]]
id = "speed"
question = 'What is the formula, $\unknown{v}$?'
answer = 5

[[topic.fact]]
id = "speed"
question = 'What is $\unknown{v}$?'
answer = "no command"
image = "none.png"
alt = "a car"

[[topic.fact]]
id = "speed"
term = "Speed"
definition = "distance by time"
statement = "It is high."

[sheet]
check = ["speeds", "none"]
"""


def test_a_mistake_hides_no_other_fact(tmp_path: Path) -> None:
    """All that stands by itself is told at once, and nothing that may only follow from an error.

    So not: letters that a font may have, questions of facts that could not be read, Anki's name.
    """
    (tmp_path / "many.toml").write_text(MANY, "utf-8")
    problems = examine(tmp_path / "many.toml")[1]
    assert sorted((problem.place.line, problem.code) for problem in problems) == [
        (2, "missing-key"),  # [deck] anki
        (9, "bad-choice"),
        (16, "missing-key"),
        (20, "missing-key"),
        (22, "unprintable"),
        (27, "wrong-type"),
        (30, "duplicate-id"),
        (31, "unprintable-math"),
        (33, "bad-file"),
        (37, "duplicate-id"),
        (40, "statement-disagrees"),
    ]


FAULTY = """
[[topic.fact]]
id    = "a"
cloze = "Nothing is hidden here"
tag   = ["x"]
allow = [{rule = "hiden-set", why = "x"}]

[[topic.fact]]
id       = "a"
question = "Who?"
answer   = ""
tags     = ["a b", "fine", "c d"]

[[topic.fact]]
id       = "b"
question = "Who?"
anser    = "he"
image    = "none.png"

[[topic.fact]]
id      = "c"
was     = ["a"]
compare = "Both"
things  = ["one", "two"]
aspects = [["size", "", "big"], ["", "1", "2"], ["age", "5"]]
only    = "dek"
"""


def test_a_mistake_hides_no_other_of_its_fact(tmp_path: Path) -> None:
    """Keys, values, elements and what they mean together are told at once, if it is known.

    So not: an answer that is misspelt or empty as one that is missing, or an uneven table of cells
    that cannot be read.
    """
    head = SCIENCE[: SCIENCE.index("[[topic.fact]]")]
    (tmp_path / "faulty.toml").write_text(f"{head}{FAULTY}", "utf-8")
    problems = examine(tmp_path / "faulty.toml")[1]
    first = head.count("\n")
    assert sorted((p.place.line - first, p.place.column, p.code) for p in problems) == [
        (4, 9, "no-gap"),
        (5, 1, "unknown-key"),
        (6, 18, "unknown-rule"),
        (9, 12, "duplicate-id"),
        (11, 12, "empty-text"),
        (12, 13, "bad-tag"),
        (12, 28, "bad-tag"),
        (17, 1, "unknown-key"),
        (18, 12, "missing-alt"),
        (25, 21, "empty-text"),
        (25, 34, "empty-text"),
        (26, 11, "bad-choice"),
    ]


@pytest.mark.parametrize(("head", "code"), [("", "missing-table"), ("deck = 5", "wrong-type")])
def test_facts_are_looked_at_without_a_deck(tmp_path: Path, head: str, code: str) -> None:
    """What is wrong with them does not hang on what the deck is called."""
    facts = SCIENCE[SCIENCE.index("[[topic]]") :].replace("frozen", "שלג")
    (tmp_path / "deck.toml").write_text(f"{head}\n{facts}", "utf-8")
    problems = examine(tmp_path / "deck.toml")[1]
    assert [problem.code for problem in problems] == [code, "unprintable"]


def test_nothing_follows_from_what_is_misread(tmp_path: Path) -> None:
    """A value of another type, or a misspelt key, is told as reading tells it, and no more is."""
    text = (ROOT / "tests" / "samples" / "language.toml").read_text("utf-8")
    source, _ = parse(text.encode(), "language.toml")
    assert source
    file = tmp_path / "language.toml"
    for span in random.Random(7).sample([*source.scan.spans.values()], 60):
        (start, end), (_, after) = span.value, span.key
        for wrong in (f"{text[:start]}5{text[end:]}", f"{text[:after]}q{text[after:]}"):
            file.write_text(wrong, "utf-8")
            misread = read(file)[1]
            assert not misread or examine(file)[1] == misread


def test_every_code_has_a_sample() -> None:
    """No code of the program is without a sample, and no sample or exception is left over."""
    package = Path(deckbuilder.__file__).parent
    used: set[str] = set().union(*(codes_in(module) for module in package.rglob("*.py")))
    sampled = {line.split()[-1] for sample in SAMPLES for line in expected(sample)}
    assert used - ELSEWHERE - LINTED == sampled
    assert used > ELSEWHERE | LINTED


@pytest.mark.parametrize(
    ("length", "codes"),
    [pytest.param(10_000, [], id="longest"), pytest.param(10_001, ["too-long"], id="longer")],
)
def test_longest_text(length: int, codes: list[str]) -> None:
    """A text of 10,000 characters is taken, one more is not."""
    text = SCIENCE.replace("frozen water", "x" * length)
    problems = read_bytes(text.encode(), "science.toml")[1]
    assert [problem.code for problem in problems] == codes
    assert [(p.place.line, p.place.column) for p in problems] == [(15, 14)] * len(codes)


@pytest.mark.parametrize(
    ("fact", "codes"),
    [
        pytest.param(f"cloze = '{'{{a}} ' * 499}'", [], id="most gaps"),
        pytest.param(f"list = 'b'\nitems = {['a'] * 499}", [], id="most items"),
        pytest.param(f"cloze = '{'{{a}} ' * 500}'", ["gap-number"], id="more gaps"),
        pytest.param(f"list = 'b'\nitems = {['a'] * 500}", ["gap-number"], id="more items"),
    ],
)
def test_most_gaps(fact: str, codes: list[str]) -> None:
    """A note has 499 cards at most: Anki keeps no more, and no more ids are kept free for them."""
    text = f"{SCIENCE}\n[[topic.fact]]\nid = 'many'\n{fact}\n"
    assert [problem.code for problem in read_bytes(text.encode(), "science.toml")[1]] == codes


@pytest.mark.parametrize("gap", ["{{ }}", "{{c1::}}", "{{c1::::hint}}", "{{c1:: ::hint}}"])
def test_gap_without_words(gap: str) -> None:
    """A gap that leaves nothing to be recalled is a problem, like an empty answer."""
    text = f"{SCIENCE}\n[[topic.fact]]\nid = 'none'\ncloze = 'a {gap} b {{{{c}}}}'\n"
    assert read_bytes(text.encode(), "science.toml")[1]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        pytest.param("[[topic.fact]]", "[[topic.facts]]", "did you mean `fact`?", id="table"),
        pytest.param("definition", "defintion", "did you mean `definition`?", id="kind's key"),
        pytest.param("version =", "versoin =", "did you mean `version`?", id="deck's key"),
        pytest.param('term = "Ice"', 'trem = "Ice"', "did you mean `term`?", id="kind"),
        pytest.param('term = "Ice"\n', "", "with `definition` goes `term`", id="no kind"),
        pytest.param(
            'term = "Ice"\ndefinition =', "items =", "with `items` goes `list` or `order`", id="two"
        ),
        pytest.param('term = "Ice"', 'TERM = "Ice"', "did you mean `term`?", id="capitals"),
        pytest.param(
            "definition",
            'tags = "Lektion 1 b, exam"\ndefinition',
            'write tags = ["Lektion-1-b", "exam"]',
            id="tags",
        ),
        pytest.param('"en"', '"eng"', "did you mean `en`?", id="language"),
        pytest.param('"en"', '"xx-XX"', "known here: `de`, `en`, `es`, `fr`", id="far language"),
        pytest.param(
            "definition",
            "retired = true\ndefinition",
            'to retire it, write in place of the fact: `[[retired]]`, and below it `id = "ice"`',
            id="retired",
        ),
        pytest.param(
            "title = ",
            "colour = 1\ntitle = ",
            "known here: `allow`, `anki`, `hook`, `id`, `language`, `licence`, `order`, `recap`,"
            " `style`, `subject`, `summary`, `title`, `version`, `was`",
            id="far key",
        ),
    ],
)
def test_hint_names_the_nearest_word(old: str, new: str, hint: str) -> None:
    """A misspelt word is answered with the right one, a strange one with all that are known."""
    text = SCIENCE.replace(old, new, 1)
    (problem,) = read_bytes(text.encode(), "science.toml")[1]
    assert problem.hint == hint


@pytest.mark.parametrize("when", ["10000", '"12345"', "-10000", '"10 000 BC"'])
def test_a_year_that_is_too_far_off_is_told_the_limit(when: str) -> None:
    """It is a year, as the hint says that it should be: what is wrong with it is told, too."""
    text = f"{SCIENCE}\n[[topic.fact]]\nid = 'far'\nevent = 'It was.'\nwhen = {when}\n"
    (problem,) = read_bytes(text.encode(), "science.toml")[1]
    assert (problem.code, "9999 is the last" in problem.hint) == ("bad-when", True)


def test_an_uneven_row_is_told_by_its_cells() -> None:
    """However many it has, they are counted in words that go together."""
    table = (
        f'{SCIENCE[: SCIENCE.index("term")]}compare = "How?"\nthings = ["a", "b"]\naspects = [\n'
    )
    for row, told in {'"c", "d"': "1 cell", '"c", "d", "e", "f"': "3 cells"}.items():
        source = f'{table}["x", "y", "z"],\n[{row}],\n]\n'
        _, (problem,) = read_bytes(source.encode(), "science.toml")
        assert (problem.place.line, problem.message) == (18, f"`c` has {told} for 2 things")


def test_each_uneven_row_is_told() -> None:
    """Rows do not hang on one another: who mended the first would be told of the next."""
    table = (
        f'{SCIENCE[: SCIENCE.index("term")]}compare = "How?"\nthings = ["a", "b"]\n'
        'aspects = [["c", "1"], ["d", "2", "3"], ["e", "4", "5", "6"]]\n'
    )
    told = [
        problem.message.partition(" ")[0] for problem in read_bytes(table.encode(), "t.toml")[1]
    ]
    assert told == ["`c`", "`e`"]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        pytest.param(
            '[[topic.fact]]\nid = "ice"\n', "",
            "write [[topic.fact]] above this line, where its keys begin", id="fact's",
        ),
        pytest.param(
            "[[topic.fact]]", "[[topic]]",
            "write [[topic.fact]] in the place of this [[topic]]", id="topic's for fact's",
        ),
        pytest.param("[deck]\n", "", "write [deck] above this line", id="deck's"),
        pytest.param(
            "[deck]", 'term = "Ice"\ndefinition = "frozen water"\n\n[deck]',
            "write [[topic.fact]] above this line", id="first",
        ),
        pytest.param(
            "[[topic.fact]]", "[[term]]",
            'write [[topic.fact]], and `term = "…"` below it', id="kind's for fact's",
        ),
    ],
)  # fmt: skip
def test_a_forgotten_header_is_one_problem(old: str, new: str, hint: str) -> None:
    """However many keys stand below the wrong header, it is told which one to write."""
    _, (problem,) = read_bytes(SCIENCE.replace(old, new).encode(), "science.toml")
    assert (problem.code, problem.hint) == ("unknown-key", hint)


def test_hint_names_the_nearest_id(tmp_path: Path) -> None:
    """A misspelt id in the sheet's list is answered with the id that there is."""
    source = tmp_path / "science.toml"
    source.write_text(f'{SCIENCE}\n[sheet]\ncheck = ["icy"]\n')
    (problem,) = found(source)
    assert (problem.code, problem.hint) == ("unknown-fact", "did you mean `ice`?")


def test_hint_of_nothing_known() -> None:
    """Where nothing is near, all that is known is listed, sorted."""
    assert did_you_mean("x", ["b", "a"]) == "known here: `a`, `b`"


def test_missing_id_is_suggested_from_the_words() -> None:
    """A fact without an id gets one suggested, of small letters, digits and hyphens."""
    text = SCIENCE.replace('id = "ice"\nterm = "Ice"', 'term = "Größe & Été of 5 cold things"')
    (problem,) = read_bytes(text.encode(), "science.toml")[1]
    suggested = re.match(r'add id = "(.*)"', problem.hint)
    assert suggested
    mended = text.replace("term =", f'id = "{suggested[1]}"\nterm =')
    deck, problems = read_bytes(mended.encode(), "science.toml")
    assert deck
    assert not problems
    assert deck.facts[0].id.startswith("water-")


def test_source_behind_the_samples_is_fine() -> None:
    """What the samples are made of has no problem of its own."""
    deck, problems = read_bytes(SCIENCE.encode(), "science.toml")
    assert deck
    assert not problems


def test_a_decimal_comma_in_a_list_is_one_number() -> None:
    """Each half in quotes would be an item of its own."""
    text = SCIENCE[: SCIENCE.index("term =")] + 'list = "Which?"\nitems = [1,5, 2,5]\n'
    hints = [problem.hint for problem in read_bytes(text.encode(), "science.toml")[1]]
    first, _, third, _ = hints
    assert first == 'write "1", or "1,5" if that is one number'
    assert third == 'write "2", or "2,5" if that is one number'


@pytest.mark.parametrize(
    ("text", "told"),
    [(r'"\nu or so"', True), (r'"siete\nu ocho"', False), ('"""v =\nu + at"""', False)],
)
def test_a_broken_nu_is_told_where_no_line_begins_so(text: str, told: bool) -> None:
    """Within a text a line may begin with the letter, or with the Spanish word."""
    source = SCIENCE.replace('"frozen water"', text)
    codes = [problem.code for problem in read_bytes(source.encode(), "science.toml")[1]]
    assert codes == (["math-whitespace"] if told else [])


@pytest.mark.parametrize("when", ["1905-13-30", "1922-02-30", "31.04.1922"])
def test_a_day_that_is_none_is_told_as_such(when: str) -> None:
    """Its author is not sent from quotes to none and back."""
    fact = f'event = "It began."\nwhen = "{when}"\n'
    source = SCIENCE[: SCIENCE.index("term =")] + fact
    (problem,) = read_bytes(source.encode(), "science.toml")[1]
    assert problem.message == f"there is no day `{when}`"
    (problem,) = read_bytes(source.replace(when, "0031-04-07").encode(), "science.toml")[1]
    assert problem.hint == "write a date without quotes: 0031-04-07"


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        ("F = {{m}} a", True),
        ("{{F}} = ma", True),
        (r"\frac{{m}}{{s}}", False),
        (r"\frac {{m}}{{s}}", False),
        ("e^{{x}}", False),
        ("{{x}^{2}}+{{y}^{2}}={{r}^{2}}", False),
        (r"\frac{{{x}^{2}}}{2}", False),
        ("{{x}^a}^b", False),
    ],
)
def test_a_gap_within_a_formula_is_told(tex: str, told: bool) -> None:
    """Beside another gap it was none, without a word; alone, the advice was to write it so."""
    fact = f"cloze = 'The {{{{ice}}}} is ${tex}$ here.'\n"
    source = SCIENCE[: SCIENCE.index("term =")] + fact
    found = [problem.message for problem in read_bytes(source.encode(), "science.toml")[1]]
    assert found == ([f"a gap cannot stand within a formula: `${tex}$`"] if told else [])


@pytest.mark.parametrize(
    "command", [r"\times", r"\theta", r"\text{a}", r"\rho", r"\neq", r"\epsilon"]
)
def test_a_command_of_tex_that_double_quotes_broke_is_told(command: str) -> None:
    """Its first letter is white space by then, or nothing that can be seen."""
    broken = SCIENCE.replace('"frozen water"', f'"3 {command} 4"')
    (problem,) = read_bytes(broken.encode(), "science.toml")[1]
    assert problem.code in ("math-whitespace", "control-character")
    assert "single quotes" in problem.hint
    if command != r"\epsilon":
        assert f"the beginning of `{command.removesuffix('{a}')}`" in problem.message
    mended = SCIENCE.replace('"frozen water"', f"'$3 {command} 4$'")
    assert not read_bytes(mended.encode(), "science.toml")[1]


@pytest.mark.parametrize("typed", [r"three\timeses", r"one\nequal part", r"a\tthe b", r"a\text b"])
def test_white_space_before_a_word_is_no_broken_command(typed: str) -> None:
    """Only what no word begins with is told."""
    assert not read_bytes(SCIENCE.replace('"frozen water"', f'"{typed}"').encode(), "science.toml")[
        1
    ]


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\x00"])
def test_description_is_safe_to_print(character: str) -> None:
    """Nothing in a source reaches the terminal as a command to it, in a key or a value."""
    typed = f"\\u{ord(character):04X}"
    text = f'{SCIENCE}only = "a{typed}b"\n"c{typed}d" = 1\n'.replace('"ice"', f'"x{typed}y"')
    problems = read_bytes(text.encode(), "science.toml")[1]
    assert [problem.code for problem in problems] == [
        "bad-id" if character == "\u202e" else "control-character",
        "bad-choice",
        "unknown-key",
    ]
    for problem in problems:
        assert describe(problem).replace("\n", "").isprintable()


@pytest.mark.parametrize("mistake", ['only = "a\\nb"', '"a\\nb" = 1'], ids=["value", "key"])
def test_sentence_is_one_line(mistake: str) -> None:
    """A line end in a source begins no new line of the report, which could pass for a problem."""
    (problem,) = read_bytes(f"{SCIENCE}{mistake}\n".encode(), "science.toml")[1]
    lines = describe(problem).split("\n")
    assert len(lines) == 5
    assert all(line.lstrip(" 0123456789").startswith(("|", "=")) for line in lines[1:])
