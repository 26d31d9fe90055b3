"""`fmt` lays every source out in one way, and changes nothing but its layout."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, SMALL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_docs import SAMPLES
from tomltext import documents

from deckbuilder import fmt
from deckbuilder.cli import cli
from deckbuilder.examine import examine
from deckbuilder.fmt import canonical
from deckbuilder.read import read_bytes
from deckbuilder.toml import Source, parse
from deckbuilder.toml.blocks import comments

MESSY = """\
\ufeff# about the file\r

# ---- sheet
[ sheet ]
check = ['one', "two" , # why
  # the last
  ]

[[ "topic" ]]
title='It has a \\ and $x$' #c
id = 't'
[[topic.fact]] # first
answer="blue"
  # about the question
question = '''Which colour?'''# asked


only="deck"
# answer = "green"

[[topic.fact]]
cloze="A {{sky}}."
extra = \"""
two
 lines\"""   # long
closs = 1
tags=["aaaaaaaaaaaaaaaaaaaaaaaaaa","aaaaaaaaaaaaaaaaaaaaaaaaaabbb","cccccccccccccccccccccc", 'd"']



# ---- deck

[deck]
title="T"
id="x"
# the end of the deck

# foot"""
NEAT = """\
# about the file

# ---- deck

[deck]
id    = "x"
title = "T"
# the end of the deck

[[topic]]
id    = "t"
title = 'It has a \\ and $x$'  #c

[[topic.fact]]              # first
id       = "t-which-colour"
# about the question
question = "Which colour?"  # asked
answer   = "blue"
only     = "deck"
# answer = "green"

[[topic.fact]]
id    = "t-a-sky"
cloze = "A {{sky}}."
extra = \"""
two
 lines\"""  # long
tags  = [
  "aaaaaaaaaaaaaaaaaaaaaaaaaa",
  "aaaaaaaaaaaaaaaaaaaaaaaaaabbb",
  "cccccccccccccccccccccc",
  'd"',
]
closs = 1

# ---- sheet
[sheet]
check = [
  "one",
  "two",  # why
  # the last
]

# foot
"""
NO_IDS = """\
[deck]
id = "small"
title = "A small deck"
anki = "Small"
version = "0.1.0"
language = "en"

[[topic]]
id = "sky"
title = "Sky"

[[topic.fact]]
cloze = "The sky is {{blue}}."

[[topic.fact]]
id = "sky"
term = "sky"
definition = "what is above"

[[topic.fact]]
cloze = "The sky is {{blue}}, at noon."

[[topic.fact]]
question = "Небо?"
answer = "да"
"""


def source_of(text: str | bytes) -> Source:
    source, problems = parse(text if isinstance(text, bytes) else text.encode(), "a.toml")
    assert source, problems
    return source


def authored() -> Iterator[tuple[str, bytes]]:
    """Give every source of the project: good ones, bad ones that are TOML, those in README."""
    for folder in ("source", "tests/samples", "tests/bad"):
        for file in sorted((ROOT / folder).glob("*.toml")):
            if parse(file.read_bytes(), file.name)[0]:
                yield f"{folder}/{file.stem}", file.read_bytes()
    for number, sample in enumerate(SAMPLES):
        yield f"README-{number}", sample.encode()


AUTHORED = dict(authored())


def without_new_ids(values: Any, made: fmt.Formatted) -> Any:
    for path, name in made.ids.items():
        row = values
        for part in path:
            row = row[part]
        assert row.pop("id") == name
    return values


def assert_only_layout_changes(data: bytes) -> str:
    """Format a source; its values and comments are the same after, and it is so for good."""
    before = source_of(data)
    made = canonical(before)
    after = source_of(made.text)
    assert repr_sorted(without_new_ids(after.values, made)) == repr_sorted(before.values)
    assert sorted(comments(after.text)) == sorted(comments(before.text))
    again = canonical(source_of(made.text))
    assert again.text == made.text
    assert not again.ids
    return made.text


def repr_sorted(value: Any) -> str:
    """Return values as text in which types and NaN count, and the order of keys does not."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {repr_sorted(value[key])}' for key in sorted(value))}}}"
    return f"[{', '.join(map(repr_sorted, value))}]" if isinstance(value, list) else repr(value)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fmt", *arguments])


# ---------------------------------------------------------------------------- the form


def test_a_messy_source_becomes_neat() -> None:
    """Tables, keys and comments are in order, in line and with what they belong to."""
    assert canonical(source_of(MESSY)).text == NEAT


@pytest.mark.parametrize("name", AUTHORED)
def test_only_the_layout_of_a_source_changes(name: str) -> None:
    """Values and comments are kept, and formatting twice is formatting once."""
    assert_only_layout_changes(AUTHORED[name])


@settings(
    max_examples=500,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(documents)
def test_only_the_layout_of_any_toml_changes(text: str) -> None:
    """So it is with every text that TOML allows, however odd."""
    if parse(text.encode(), "a.toml")[0]:
        assert_only_layout_changes(text.encode())


def test_the_first_source_is_in_canonical_form() -> None:
    """What we show to authors is what `fmt` would write."""
    for file in (ROOT / "source").glob("*.toml"):
        assert canonical(source_of(file.read_bytes())).text == file.read_text(encoding="utf-8")


@given(st.integers())
@settings(max_examples=100, derandomize=True, database=None)
def test_every_layout_becomes_the_same(seed: int) -> None:
    """Two authors who write the same facts get the same text."""
    text = (ROOT / "source" / "relations.toml").read_text(encoding="utf-8")
    assert canonical(source_of(scrambled(text, random.Random(seed)))).text == text


def scrambled(text: str, chance: random.Random) -> str:
    """Return a canonical text in another layout: keys shuffled, other blanks and quotes."""
    parts = []
    for part in text.split("\n\n"):
        header, *pairs = re.split(r"\n(?=\w+ +=|\[)", part)
        if header.startswith("[") and pairs:
            chance.shuffle(pairs)
            pairs = [loosened(pair, chance) for pair in pairs]
            header = header.replace("]", chance.choice([" ]", "]"]), 1)
        parts.append("\n".join([header, *pairs]))
    return chance.choice(["\n\n", "\r\n\n\n"]).join(parts)


def loosened(pair: str, chance: random.Random) -> str:
    key, value = re.split(r" += ", pair, maxsplit=1)
    plain = re.fullmatch(r'"([^"\'\\]*)"', value)
    if plain:
        value = chance.choice(['"{}"', "'{}'", '"""{}"""', "'''{}'''"]).format(plain[1])
    if value.startswith("["):
        value = chance.choice([value, re.sub(r'",\s*', '" ,\n ', value), value.replace("\n", "")])
    before, between, after = (chance.choice(["", " ", "\t"]) for _ in range(3))
    return f"{before}{key}{between}={after}{value}"


def test_a_long_line_draws_no_comment_aside() -> None:
    """Comments beside lines of up to sixty characters are in line, the others follow their line."""
    short, edge, long = 'a = "x"', f'b = "{"y" * 54}"', f'c = "{"z" * 55}"'
    assert len(edge) == 60
    text = f"{short} # 1\n{long} # 3\n{edge} # 2\n"
    assert canonical(source_of(text)).text == f"{short:60}  # 1\n{long}  # 3\n{edge}  # 2\n"


def test_a_comment_at_the_end_stays_with_its_table() -> None:
    """No blank line comes between them, though it be the last line of the file."""
    text = "[sheet]\n# none yet\n\n[deck]\n# to come"
    assert canonical(source_of(text)).text == "[deck]\n# to come\n\n[sheet]\n# none yet\n"


def test_tables_in_one_line_are_in_order() -> None:
    """What stands in braces is laid out, too, where its table belongs."""
    text = "odd = 1\nsheet = {check = ['x']}\ndeck.title = 'T'\n'deck' . id = 'x'\n"
    assert canonical(source_of(text)).text == (
        'deck.title = "T"\ndeck.id    = "x"\nsheet      = { check = ["x"] }\nodd        = 1\n'
    )


def test_a_table_in_braces_is_written_in_one_way() -> None:
    """Two authors who allow the same rule, or number the same item, get the same text."""
    for text in ("{rule='x',why=\"y\"}", '{ "why" = "y" , rule="x" }', '{ rule = "x", why = "y" }'):
        made = canonical(source_of(f"allow = [{text}]\n")).text
        assert made == 'allow = [{ rule = "x", why = "y" }]\n'
    text = "items = ['a',{n=3,text='b # c'}, {odd.key=1, n.x = {}}]"
    assert canonical(source_of(text)).text == (
        'items = ["a", { text = "b # c", n = 3 }, { n.x = {}, odd.key = 1 }]\n'
    )
    long = f"a = {{b = [{', '.join(['123456789'] * 12)}], 'c' = 1}}\n"
    assert canonical(source_of(long)).text == long  # in braces no list has lines


def test_a_text_with_backslashes_keeps_its_quotes() -> None:
    r"""`'\theta'` in double quotes would be a tab, or need two backslashes."""
    text = "a = '\\theta'\nb = '\"'\nc = 'x'\nd = \"\\\\theta\"\ne = '''it's'''\nf = \"\"\n"
    assert canonical(source_of(text)).text == text.replace("'x'", '"x"').replace(
        "'''it's'''", '"it\'s"'
    )


def test_a_list_is_on_one_line_if_it_fits() -> None:
    """A hundred characters are one line; one more, or a comment, makes a line an element."""
    fits = f'a = ["{"x" * 44}", "{"y" * 44}"]'
    assert len(fits) == 100
    long = fits.replace("x", "xx", 1)
    assert canonical(source_of(fits.replace(", ", "\n,"))).text == f"{fits}\n"
    assert canonical(source_of(long)).text.splitlines()[::3] == ["a = [", "]"]
    assert canonical(source_of('a = [ # c\n"x"]')).text == 'a = [\n  # c\n  "x",\n]\n'


def test_a_list_in_lists_without_end_is_formatted() -> None:
    """What no author writes ends no program: the innermost lists stay as they are."""
    text = assert_only_layout_changes(f"a = {'[' * 300}{']' * 300}\n".encode())
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) == 20


# ---------------------------------------------------------------------------- ids


def test_facts_get_the_ids_that_check_suggests() -> None:
    """Each is unique in the file, and the source then needs no others."""
    _, problems = read_bytes(NO_IDS.encode(), "a.toml")
    told = [found for p in problems for found in re.findall('add id = "(.*)"', p.hint)]
    made = canonical(source_of(NO_IDS))
    assert told == ["sky-the-sky-is-blue", "sky-the-sky-is-blue-2", "sky-2"]
    assert list(made.ids.values()) == told
    _, problems = read_bytes(made.text.encode(), "a.toml")
    assert not problems


def test_no_id_is_given_again() -> None:
    """What a fact was called before, or a retired one is called, stays theirs."""
    text = NO_IDS.replace('id = "sky"\nterm', 'id = "blue"\nwas = ["sky"]\nterm')
    text += '\n[[retired]]\nid = "sky-the-sky-is-blue"\n'
    _, problems = read_bytes(text.encode(), "a.toml")
    told = [found for p in problems for found in re.findall('add id = "(.*)"', p.hint)]
    made = canonical(source_of(text))
    assert told == ["sky-the-sky-is-blue-2", "sky-the-sky-is-blue-3", "sky-2"]
    assert list(made.ids.values()) == told
    assert 'id         = "blue"\nwas        = ["sky"]\nterm       = "sky"' in made.text


@pytest.mark.parametrize(
    ("before", "new"),
    [
        ('[[topic.fact]]\nid = "sky-why"\nqestion = "Why?"\n', "sky-why-2"),
        ("when = 19.22\n", "sky-why"),
    ],
    ids=["no kind", "topic"],
)
def test_ids_are_the_same_beside_a_mistake(before: str, new: str) -> None:
    """The id of a fact that shows no kind is taken; a topic with an error keeps its own."""
    head = NO_IDS.partition("[[topic.fact]]")[0]
    text = f'{head}{before}[[topic.fact]]\nquestion = "Why?"\nanswer = "so"\n'
    _, problems = read_bytes(text.encode(), "a.toml")
    told = [found for p in problems for found in re.findall('add id = "(.*)"', p.hint)]
    assert told == [new]
    assert list(canonical(source_of(text)).ids.values()) == told


@pytest.mark.parametrize(
    "facts",
    [
        '[{question = "Why?", answer = "so"}, { question = "Why?", answer = "no" }]',
        '[  # two\n{question = "Why?", answer = "so"},\n  {question = "Why?", answer = "no"},\n]',
    ],
)
def test_facts_in_braces_get_ids_as_well(facts: str) -> None:
    """What `check` says of `fmt` is true however a fact is written."""
    text = NO_IDS.partition("[[topic.fact]]")[0] + f"fact = {facts}\n"
    _, problems = read_bytes(text.encode(), "a.toml")
    assert ["let deckbuilder fmt do it" in problem.hint for problem in problems] == [True, True]
    made = canonical(source_of(text))
    assert list(made.ids.values()) == ["sky-why", "sky-why-2"]
    assert '{ id = "sky-why", question = "Why?"' in made.text
    assert canonical(source_of(made.text)).text == made.text
    assert not read_bytes(made.text.encode(), "a.toml")[1]


@pytest.mark.parametrize("above", ["", "# by us\n"])
def test_what_editors_read_stays_on_the_first_line(above: str) -> None:
    """`#:schema` is about the file, and moves with no table, however close that stands."""
    schema = "#:schema deckbuilder.schema.json\n"
    made = canonical(source_of(f'{schema}{above}[sheet]\ncheck = []\n\n[deck]\nid = "a"\n'))
    assert made.text == f'{schema}\n[deck]\nid = "a"\n\n{above}[sheet]\ncheck = []\n'
    assert canonical(source_of(made.text)).text == made.text


def test_what_editors_read_goes_to_the_first_line_with_its_table() -> None:
    """`#:schema` above a table that comes up is about the file then, at once and ever after."""
    schema, above = "#:schema deckbuilder.schema.json\n", "# why\n"
    deck, sheet = '[deck]\nid = "a"\n', "[sheet]\ncheck = []\n"
    made = canonical(source_of(f"{sheet}\n{schema}{above}{deck}")).text
    assert made == f"{schema}\n{above}{deck}\n{sheet}"
    assert canonical(source_of(made)).text == made


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("# a", "# a\n"),
        ("\n # a\n\n\n#b\n\n", "# a\n\n#b\n"),
        ("#:schema x\n# a\n", "#:schema x\n\n# a\n"),
        ("\n\n", ""),
    ],
)
def test_a_file_of_comments_alone_is_formatted(text: str, neat: str) -> None:
    """Whoever begins with a plan in words keeps all of it."""
    assert canonical(source_of(text)).text == neat
    assert canonical(source_of(neat)).text == neat


def test_rows_of_a_table_have_a_line_each() -> None:
    """However short they are."""
    text = "[[topic.fact]]\naspects = [ ['a','b'], # c\n['c', \"d\",] ]\n"
    assert canonical(source_of(f"[[topic]]\n{text}")).text.endswith(
        'aspects = [\n  ["a", "b"],  # c\n  ["c", "d"],\n]\n'
    )


# ---------------------------------------------------------------------------- the command


def test_sources_are_formatted_in_place(folder: Path) -> None:
    """Without arguments it is every source/*.toml; it says which changed."""
    (folder / "source").mkdir()
    for name, text in (("a", MESSY), ("b", NEAT)):
        (folder / "source" / f"{name}.toml").write_bytes(text.encode())
    result = run()
    assert result.exit_code == 0
    assert result.stdout == "source/a.toml: formatted, 2 new ids\nsource/b.toml: fine\n"
    assert (folder / "source" / "a.toml").read_bytes() == NEAT.encode()
    assert sorted(file.name for file in (folder / "source").iterdir()) == ["a.toml", "b.toml"]


def test_check_writes_nothing(folder: Path) -> None:
    """It names what would change and shows where, and ends with 1; what is neat ends with 0."""
    (folder / "a.toml").write_bytes(MESSY.encode())
    (folder / "b.toml").write_bytes(NEAT.encode())
    result = run("--check", "a.toml", "b.toml")
    assert result.exit_code == 1
    assert result.stdout.startswith("a.toml: would change, 2 new ids\n  first at line 3:\n")
    assert "\n  -[ sheet ]\n" in result.stdout
    assert len(result.stdout.splitlines()) < 20
    assert result.stdout.endswith("b.toml: fine\ndeckbuilder fmt lays them out so\n")
    assert (folder / "a.toml").read_bytes() == MESSY.encode()
    assert run("--check", "b.toml").exit_code == 0


def test_check_tells_what_cannot_be_seen(folder: Path) -> None:
    """Ends of lines and a byte order mark differ although the text is the same."""
    (folder / "a.toml").write_bytes(b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode())
    result = run("--check", "a.toml")
    assert result.exit_code == 1
    assert "only the ends of its lines" in result.stdout


def test_the_difference_is_where_it_says() -> None:
    """The line that is named is the first of those shown; a small change shows nothing else."""
    lines = [f"k{n} = {n}" for n in range(5000)]
    changed = [*lines[:3000], "k3000 = 0", *lines[3001:]]
    shown = fmt.difference("\n".join(lines), "\n".join(changed))
    assert shown == [
        "first at line 3001:",
        " k2999 = 2999",
        "-k3000 = 3000",
        "+k3000 = 0",
        " k3001 = 3001",
    ]


def test_the_difference_names_no_line_that_stays() -> None:
    """A line that becomes several moves those below, and does not change them."""
    lines = [f"k{n} = {n}" for n in range(100)]
    shown = fmt.difference("\n".join(lines), "\n".join([*lines[:50], "a", "b", "c", *lines[50:]]))
    assert shown == ["first at line 51:", " k49 = 49", "+a", "+b", "+c", " k50 = 50"]


def test_a_broken_source_stays_as_it_is(folder: Path) -> None:
    """A syntax error is told as by check; the other sources are formatted."""
    (folder / "a.toml").write_text("a=1\nb=\n", encoding="utf-8")
    (folder / "b.toml").write_text("a=1", encoding="utf-8")
    result = run("a.toml", "b.toml")
    checked = CliRunner().invoke(cli, ["check", "a.toml"])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:-1] == checked.stderr.splitlines()
    assert "toml-syntax" in result.stderr
    assert (folder / "a.toml").read_text(encoding="utf-8") == "a=1\nb=\n"
    assert (folder / "b.toml").read_text(encoding="utf-8") == "a = 1\n"


@pytest.mark.parametrize("written", ['""', "{} # new", "="])
def test_a_fault_of_ours_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    """Were a value or a comment to change, or the text no TOML, the file would stay as it is."""
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(fmt, "_string", written.format)
    result = run("small.toml")
    assert isinstance(result.exception, RuntimeError)
    assert (folder / "small.toml").read_text(encoding="utf-8") == SMALL


def test_a_link_stays_a_link(folder: Path) -> None:
    """The file that it leads to is formatted."""
    (folder / "there").mkdir()
    (folder / "there" / "small.toml").write_text(SMALL, encoding="utf-8")
    (folder / "link.toml").symlink_to("there/small.toml")
    assert run("link.toml").exit_code == 0
    assert (folder / "link.toml").is_symlink()
    assert run("--check", "there/small.toml").exit_code == 0


def test_a_file_keeps_its_mode_and_one_that_is_read_only_its_layout(folder: Path) -> None:
    """What its author allowed to whom is not for `fmt` to change, nor to pass over."""
    for name, mode in (("own", 0o600), ("kept", 0o444)):
        (folder / f"{name}.toml").write_bytes(MESSY.encode())
        (folder / f"{name}.toml").chmod(mode)
    assert run("own.toml").exit_code == 0
    assert (folder / "own.toml").stat().st_mode & 0o777 == 0o600
    assert (folder / "own.toml").read_bytes() == NEAT.encode()
    assert "read-only" in run("kept.toml").stderr
    assert (folder / "kept.toml").read_bytes() == MESSY.encode()


def test_a_formatted_source_builds_the_same_deck(small: Path) -> None:
    """What is read of a source does not depend on its layout."""
    before, _ = examine(small)
    assert run(str(small)).stdout == f"{small}: formatted\n"
    after, _ = examine(small)
    assert before
    assert after
    assert (before.facts, before.topics) == (after.facts, after.topics)
