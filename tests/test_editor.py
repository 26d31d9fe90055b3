"""An editor that knows our JSON Schema completes a source, and marks what the reader refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT, SMALL
from contrast import CONTRAST
from test_bad import SAMPLES as BAD
from test_bad import expected
from test_docs import SAMPLES as README
from test_docs import WHOLE

from deckbuilder import editor, schema
from deckbuilder.build import build
from deckbuilder.cli import cli
from deckbuilder.editor import SHAPES, json_schema
from deckbuilder.kinds import KINDS
from deckbuilder.lint import OF_SOURCES, TO_ALLOW
from deckbuilder.model import Printing
from deckbuilder.phrases import ENGLISH
from deckbuilder.schema import TEXTS_IN_PRINT, Key, Type
from deckbuilder.values import READERS, BadValue

COMMITTED = ROOT / "source" / "deckbuilder.schema.json"
TOMBI = Path(sys.executable).with_name("tombi")
ALL_KEYS = [key for table in schema.TABLES.values() for key in table.keys]
ALL_KEYS += [*schema.FACT, *(key for kind in KINDS for key in kind.keys)]
GOOD = [
    *sorted((ROOT / "source").glob("*.toml")),
    *sorted((ROOT / "tests" / "samples").glob("*.toml")),
    ROOT / "tests" / "proof" / "torture.toml",
]
# What the reader refuses though its shape is right, and why no schema can tell.
BEYOND_SHAPE = {
    "asked-twice": "two places that disagree",
    "bad-font": "the file has to be opened",
    "bad-file": "the file is looked for on the disk",
    "bad-picture": "the file has to be opened",
    "bad-sound": "the file has to be opened",
    "bad-style": "the file has to be opened",
    "bad-math": "a formula is a language of its own",
    "bad-when": "words for a time hang on the deck's language",
    "control-character": "a character, wherever it stands; editors show it themselves",
    "deck-name": "what Anki makes of a name is more than a pattern",
    "duplicate-id": "two places that disagree",
    "empty-gap": "text is a language of its own",
    "file-name": "not in the file",
    "gap-number": "text is a language of its own",
    "heading-twice": "two places that disagree",
    "item-twice": "two places that disagree",
    "math-whitespace": "a formula is a language of its own",
    "missing-answer": "text is a language of its own: the answer may be a gap of the statement",
    "no-facts": "one of several topics may well be empty",
    "no-gap": "text is a language of its own",
    "period-order": "two places that disagree",
    "picture-answers": "two places that disagree",
    "statement-disagrees": "two places that disagree",
    "statement-gaps": "text is a language of its own",
    "stray-tex": "text is a language of its own",
    "tag-case": "two places that disagree",
    "typed-answer": "the answer may be a gap of the statement",
    "uneven-table": "two places that disagree",
    "unknown-fact": "two places that disagree",
    "unprintable": "what the fonts have",
    "unprintable-math": "a formula is a language of its own",
    "unsafe-style": "the file has to be opened",
}
# no year 0, no time of day; no key that may have an answer
SHAPED_ALL_THE_SAME = {"bad-when-topic", "bad-when-hour", "missing-answer"}


def lint(folder: Path, text: str, kinds_schema: str | None = None) -> str:
    """Return what tombi says of a source; "" if it is content."""
    (folder / COMMITTED.name).write_text(kinds_schema or json_schema(), encoding="utf-8")
    file = folder / "source.toml"
    file.write_text(f"#:schema {COMMITTED.name}\n{text}", encoding="utf-8")
    run = subprocess.run(
        [TOMBI, "lint", "--offline", "--quiet", "--error-on-warnings", file.name],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stderr if run.returncode else ""


# ---------------------------------------------------------------------------- the schema itself


def test_the_committed_schema_is_the_programs() -> None:
    """What editors have is what the program would print today: else `make schema`."""
    printed = CliRunner().invoke(cli, ["schema"])
    assert printed.exit_code == 0
    assert COMMITTED.read_text(encoding="utf-8") == printed.stdout == json_schema() + "\n"


def test_the_first_source_names_its_schema() -> None:
    """Every source of ours tells an editor on its first line by what to complete it."""
    for file in sorted((ROOT / "source").glob("*.toml")):
        assert file.read_text(encoding="utf-8").startswith(f"#:schema {COMMITTED.name}\n")


def test_a_schema_disturbs_no_build(relations: Path) -> None:
    """A schema beside a source is neither a source nor changed, nor does it change an output."""
    out = relations.parent / "out"
    without = build(relations, out, 1)
    beside = relations.with_name(COMMITTED.name)
    shutil.copy(COMMITTED, beside)
    outputs = {file.name: file.read_bytes() for file in out.iterdir()}
    assert build(relations, out, 1).files == without.files
    assert outputs == {file.name: file.read_bytes() for file in out.iterdir()}
    assert beside.read_bytes() == COMMITTED.read_bytes()
    assert CliRunner().invoke(cli, ["check", str(relations)]).exit_code == 0


def test_every_key_is_in_the_schema_with_its_words() -> None:
    """Each table, and each kind of fact, has exactly its keys, and an editor can explain each."""
    document = json.loads(json_schema())
    tables = document["properties"]
    assert list(tables) == [table.name for table in schema.TABLES.values()]
    facts = tables["topic"]["items"]["properties"].pop("fact")["items"]["oneOf"]
    rows = {
        t.name: (tables[t.name]["items"] if t.many else tables[t.name])
        for t in schema.TABLES.values()
    }
    wanted = [(rows[table.name], table.keys) for table in schema.TABLES.values()]
    wanted += [(fact, (*k.keys, *schema.FACT)) for fact, k in zip(facts, KINDS, strict=True)]
    for shape, keys in wanted:
        assert shape["additionalProperties"] is False
        assert shape["required"] == [key.name for key in keys if key.required]
        told = {name: value["description"] for name, value in shape["properties"].items()}
        assert told == {key.name: key.doc for key in keys}
    assert [fact["title"] for fact in facts] == [kind.name for kind in KINDS]


def test_every_type_has_a_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """A type of value that the schema does not know ends its making with an error."""
    assert set(SHAPES) == set(Type)
    monkeypatch.delitem(editor.SHAPES, Type.VERSION)
    with pytest.raises(KeyError, match="VERSION"):
        json_schema()


def offered(key: Key) -> list[object]:
    """Return the values that an editor has for a key: examples, choices, its default."""
    shape = json.loads(json.dumps(editor._described(key)))
    default = [shape["default"]] if "default" in shape else []
    return [*shape.get("examples", ()), *shape.get("enum", ()), *default]


def test_what_an_editor_offers_is_fine() -> None:
    """Each example, choice and default of a key is a value that the reader takes."""
    values = [(key, value) for key in ALL_KEYS for value in offered(key)]
    assert len(values) > 50
    for key, value in values:
        got = READERS[key.type](key, value, ENGLISH)
        assert not isinstance(got, BadValue), (key.name, value)


def test_defaults_are_those_of_print() -> None:
    """What a source means that says nothing about print is what the keys say."""
    said = {key.name: key.default for key in schema.PRINT if key.default}
    assert said == {name: getattr(Printing(), name) for name in said}
    assert set(said) == {"paper", "profile", "ink", "flip", "poster", "hide"}


# ---------------------------------------------------------------------------- an editor's eyes


@pytest.mark.parametrize("file", GOOD, ids=[file.stem for file in GOOD])
def test_good_source_is_clean(file: Path, tmp_path: Path) -> None:
    """An editor has nothing to mark in a source that is fine."""
    assert lint(tmp_path, file.read_text(encoding="utf-8")) == ""


@pytest.mark.parametrize("sample", README, ids=range(len(README)))
def test_samples_of_readme_are_clean(sample: str, tmp_path: Path) -> None:
    """Nor in what README shows."""
    assert lint(tmp_path, sample if sample is WHOLE else WHOLE + sample) == ""


@pytest.mark.parametrize("sample", BAD, ids=[sample.stem for sample in BAD])
def test_bad_shape_is_marked(sample: Path, tmp_path: Path) -> None:
    """An editor marks every mistake of shape that the reader tells, and no other."""
    codes = {line.split()[-1] for line in expected(sample)}
    said = lint(tmp_path, sample.read_text(encoding="utf-8"))
    shaped = bool(codes - BEYOND_SHAPE.keys()) or sample.stem in SHAPED_ALL_THE_SAME
    assert bool(said) == shaped, said


def test_nothing_is_excused_in_vain() -> None:
    """Each code that a schema cannot tell is one that a sample has."""
    assert {line.split()[-1] for sample in BAD for line in expected(sample)} >= set(BEYOND_SHAPE)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param('cloze = "{{a}}"\nquestion = "b?"', ["cloze", "question"], id="two kinds"),
        pytest.param('cloze = "{{a}}"\nanswer = "b"', ["answer"], id="key of another kind"),
        pytest.param('term = "a"', ["definition"], id="missing key"),
        pytest.param('question = "a?"', ["answer", "statement"], id="no answer"),
        pytest.param('cloze = "{{a}}"\nimage = "a.png"', ["alt"], id="picture without words"),
        pytest.param('cloze = "{{a}}"\nalt = "a"', ["image"], id="words without a picture"),
        pytest.param('cloze = "{{a}}"\ncredit = "a"', ["image", "audio"], id="nobody's credit"),
        pytest.param(
            'cloze = "{{a}}"\nallow = [{ rule = "hiden-set", why = "a" }]',
            ["hidden-set", "no-room"],
            id="no rule",
        ),
        pytest.param('extra = "a"', [kind.name for kind in KINDS], id="no kind"),
        pytest.param('cloze = "{{a}}"\nonly = "print"', ["deck", "sheet"], id="choice"),
        pytest.param(f'cloze = "{"x" * 10_001}"', ["10000"], id="too long"),
        pytest.param('event = "a"\nwhen = 0', ["not"], id="no year 0"),
        pytest.param('event = "a"\nwhen = 12345', ["9999"], id="far year"),
        pytest.param('cloze = "{{a}}"\n[[topic.fact.hint]]', ["Array"], id="table for a value"),
        pytest.param('cloze = "{{a}}"\n[topic.fact.more]', ["more"], id="table in a table"),
    ],
)
def test_mark_names_what_is_wrong(lines: str, said: list[str], tmp_path: Path) -> None:
    """What is marked in a fact names the keys, choices or limits that it is about."""
    report = lint(tmp_path, f'{SMALL}\n[[topic.fact]]\nid = "bad"\n{lines}\n')
    assert all(word in report for word in said), report
    assert "strict" not in report  # what is fine is not marked with it


@pytest.mark.parametrize("when", ["1922", "-44", "1922-04-16", '"1920s"'])
def test_every_form_of_a_time_is_clean(when: str, tmp_path: Path) -> None:
    """A year, a TOML date and words are all times."""
    assert lint(tmp_path, f'{SMALL}\n[[topic.fact]]\nid = "e"\nevent = "a"\nwhen = {when}\n') == ""


def test_a_new_kind_is_known_at_once(tmp_path: Path) -> None:
    """A kind of fact is in the schema by being declared, and in no other way."""
    text = f'{SMALL}\n[[topic.fact]]\nid = "c"\ncontrast = "a"\nother = "b"\nby = "c"\n'
    assert "contrast" in lint(tmp_path, text)
    assert lint(tmp_path, text, json_schema((*KINDS, CONTRAST))) == ""


# ---------------------------------------------------------------------------- an editor's help


class Editor:
    """An editor with a source open in tombi's language server."""

    def __init__(self, server: subprocess.Popen[bytes], file: Path) -> None:
        self.server, self.uri, self.asked = server, file.as_uri(), 0
        self.text = file.read_text(encoding="utf-8")
        self.ask("initialize", processId=None, rootUri=file.parent.as_uri(), capabilities={})
        self.send({"method": "initialized", "params": {}})
        document = {"uri": self.uri, "languageId": "toml", "version": 1, "text": self.text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while self.receive().get("method") != "textDocument/publishDiagnostics":
            pass  # until then the schema may not have been read

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.server.stdout
        length = 0
        while header := self.server.stdout.readline().strip():
            if found := re.fullmatch(rb"(?i)content-length: *(\d+)", header):
                length = int(found[1])
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while (answer := self.receive()).get("id") != self.asked or "method" in answer:
            pass
        return answer["result"]

    def offers(self) -> set[str]:
        """Return what the editor offers at the end of the source."""
        lines = self.text.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        found = self.ask("textDocument/completion", textDocument={"uri": self.uri}, position=place)
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"] for item in items}


@contextmanager
def opened(folder: Path, text: str) -> Iterator[Editor]:
    """Open a source in an editor."""
    shutil.copy(COMMITTED, folder)
    file = folder / "source.toml"
    file.write_text(f"#:schema {COMMITTED.name}\n{text}", encoding="utf-8")
    with subprocess.Popen(
        [TOMBI, "lsp", "--offline"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield Editor(server, file)
        finally:
            server.kill()


COMMON = {key.name for key in schema.FACT} - {"id"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("", COMMON | {k.name for kind in KINDS for k in kind.keys}, id="new fact"),
        pytest.param(
            'question = "a?"\n', COMMON | {"answer", "reverse", "translation"}, id="question"
        ),
        pytest.param('term = "a"\ndef', {"definition"}, id="begun word"),
        pytest.param('cloze = "{{a}}"\nonly = ', {'"deck"', '"sheet"', '"asked"'}, id="choice"),
        pytest.param(
            'cloze = "{{a}}"\n[[topic.fact.allow]]\nrule = ',
            {f'"{code}"' for code in TO_ALLOW},
            id="rule",
        ),
    ],
)
def test_editor_offers(typed: str, offered: set[str], tmp_path: Path) -> None:
    """In a fact an editor offers the keys of every kind, then those of its kind, then choices."""
    with opened(tmp_path, f'{SMALL}\n[[topic.fact]]\nid = "new"\n{typed}') as at:
        assert at.offers() == offered


@pytest.mark.parametrize("table", ["deck", "topic"])
def test_editor_offers_a_topic_and_the_deck_what_they_may_do(table: str, tmp_path: Path) -> None:
    """Rules of cards and of their room are for facts: elsewhere `check` has `unused-allow`."""
    with opened(tmp_path, f"{SMALL}\n[[{table}.allow]]\nrule = ") as at:
        of_texts = {*TEXTS_IN_PRINT, *(rule.explanation.code for rule in OF_SOURCES)}
        assert at.offers() == {f'"{code}"' for code in of_texts}


def test_editor_offers_examples(tmp_path: Path) -> None:
    """For a value without choices an editor offers the key's examples."""
    with opened(tmp_path, f'{SMALL}\n[[topic.fact]]\nid = "new"\nevent = "a"\nwhen = ') as at:
        assert {"1922", '"April 1922"', '"1919–33"'} <= at.offers()
