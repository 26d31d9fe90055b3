"""Every code is explained, and what its explanation shows is true."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from PIL import Image
from test_bad import codes_in
from test_media import SOUND
from test_print import make_font

import deckbuilder
from deckbuilder import toml
from deckbuilder.build import build
from deckbuilder.choice import Choice
from deckbuilder.cli import cli
from deckbuilder.examine import examine, examine_together
from deckbuilder.explain import explanations
from deckbuilder.kinds import KINDS
from deckbuilder.problems import Explanation, Problem, file_fault, in_the_way
from deckbuilder.publishing.present import uncommitted
from deckbuilder.read import read
from deckbuilder.reports.harmless import harmless
from deckbuilder.request import Request
from deckbuilder.schema import IN_PRINT
from deckbuilder.values.texts import LONGEST_FIELD
from deckbuilder.writers.apkg import notetypes
from deckbuilder.writers.apkg.notes import notetype

NOW = 1_790_000_000
KNOWN = explanations()
Codes = list[str]
HEAD = """\
[deck]
id       = "rapallo"
title    = "Rapallo"
anki     = "History::Rapallo"
version  = "0.1.0"
language = "en"

[[topic]]
id    = "agreement"
title = "Agreement"
"""


def whole(example: str) -> str:
    """Return an example as a whole source: most are only its end."""
    if "[deck]" in example or "[[topic]]" in example:
        return example
    return f"{HEAD}\n{example.strip()}\n"


def codes(problems: tuple[Problem, ...]) -> Codes:
    return [problem.code for problem in problems]


def examined(folder: Path, example: str, name: str = "a.toml", encoding: str = "utf-8") -> Codes:
    (folder / name).write_bytes(whole(example).encode(encoding))
    return codes(examine(folder / name)[1])


# ---------------------------------------------------------------------------- codes of files

Scene = Callable[[Path, Explanation, pytest.MonkeyPatch], tuple[Codes, Codes]]


def not_utf8(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    return examined(folder, known.bad, encoding="cp1252"), examined(folder, known.good)


def dangling(folder: Path, _: Explanation, __: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    link = folder / "a.toml"
    link.symlink_to("nowhere")
    with pytest.raises(OSError, match="No such file") as caught:
        examine(link)
    link.unlink()
    return codes((file_fault(link, caught.value),)), examined(folder, KNOWN["no-gap"].good)


def draft(folder: Path, _: Explanation, __: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    source = folder / "a.toml"
    source.write_text(whole(KNOWN["no-gap"].good), "utf-8")

    def told() -> Codes:
        return codes(tuple(in_the_way(source, each) for each in uncommitted(folder)))

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", folder, *arguments], check=True)

    git("init", "--quiet")
    bad = told()
    git("add", "--all")
    author = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
    git(*author, "commit", "--quiet", "--message", "All")
    return bad, told()


def too_large(folder: Path, _: Explanation, patch: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    good = examined(folder, KNOWN["no-gap"].good)
    patch.setattr(toml, "LARGEST_FILE", 100)
    return examined(folder, KNOWN["no-gap"].good), good


def too_long(folder: Path, _: Explanation, patch: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    good = KNOWN["no-gap"].good
    long = good.replace("The", "The " + "a" * LONGEST_FIELD)
    return examined(folder, long), examined(folder, good)


def file_name(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    example = KNOWN["no-gap"].good
    bad, good = Path(known.bad).name, Path(known.good).name
    return examined(folder, example, bad), examined(folder, example, good)


def fonts(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    (folder / "fonts").mkdir()
    (folder / "fonts" / "broken.ttf").write_bytes(b"no font")
    (folder / "fonts" / "my.ttf").write_bytes(make_font("x"))
    return examined(folder, known.bad), examined(folder, known.good)


def styles(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    found = []
    for example in (known.bad, known.good):
        css = re.search(r'"my.css" +# (.*)', example)
        assert css
        (folder / "my.css").write_text(css[1], encoding="utf-8")
        found.append(examined(folder, example))
    return found[0], found[1]


def media(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    (folder / "media").mkdir()
    Image.new("RGB", (30, 20)).save(folder / "media" / "moraine.png")
    (folder / "media" / "moraine.mp3").write_bytes(SOUND)
    for name in ("broken.png", "broken.mp3"):
        (folder / "media" / name).write_bytes(b"broken")
    return examined(folder, known.bad), examined(folder, known.good)


def two_decks(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    both = [folder / "a.toml", folder / "b.toml"]
    for file in both:
        examined(folder, known.bad, file.name)
    bad = codes(examine_together(both))
    examined(folder, whole(known.good).replace('id       = "rapallo"', 'id = "other"'), "b.toml")
    return bad, codes(examine_together(both))


def built(folder: Path, lock: str | None, *, frozen: bool = False) -> Codes:
    if lock is not None:
        (folder / "a.lock").write_text(lock + "\n", "utf-8")
    return codes(build(folder / "a.toml", folder / "out", NOW, Request(frozen=frozen)).problems)


def bad_lock(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, KNOWN["no-gap"].good)
    return built(folder, known.bad), built(folder, known.good)


def stale_lock(folder: Path, _: Explanation, __: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, KNOWN["no-gap"].good)
    assert built(folder, None) == []
    examined(folder, KNOWN["no-gap"].good.replace("agreement", "treaty"))
    bad = built(folder, None, frozen=True)
    return bad, built(folder, None)


LONG = """
[[topic.fact]]
id       = "long"
question = "Which {}?"
answer   = "that"
"""


def handed_out(folder: Path, choice: Choice, handouts: tuple[str, ...] = ("foldover",)) -> Codes:
    """Build a fold-over sheet of the chosen facts."""
    request = Request(printing={"handouts": handouts}, choice=choice)
    made = build(folder / "a.toml", folder / "out", NOW, request)
    told = {*IN_PRINT, "no-handouts"}
    return codes(tuple(p for p in made.problems if p.severity == "error" or p.code in told))


def no_room(folder: Path, _: Explanation, __: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, LONG.format("word " * 1900))
    bad = handed_out(folder, Choice())
    examined(folder, LONG.format("word"))
    return bad, handed_out(folder, Choice())


def printed(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    """Build each example; what only print can tell is told then."""
    assert examined(folder, known.bad) == []
    bad = built(folder, None)
    examined(folder, known.good)
    return bad, built(folder, None)


def pictured(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    (folder / "media").mkdir()
    Image.new("RGB", (300, 200)).save(folder / "media" / "moraine.png")
    return printed(folder, known, _)


def unknown_choice(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, KNOWN["no-gap"].good)
    bad, good = (known.bad.split()[-1], known.good.split()[-1])
    return handed_out(folder, Choice(topics=(bad,))), handed_out(folder, Choice(topics=(good,)))


def no_handouts(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, KNOWN["no-gap"].good)
    choice = Choice(versions=tuple(known.bad.split()[-1].split(",")))
    return handed_out(folder, choice, handouts=()), handed_out(folder, choice)


def name_taken(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    found = []
    for n, example in enumerate((known.bad, known.good)):
        told: Codes = []
        for name in re.findall(r"[a-z-]+\.toml", example):
            text = whole(KNOWN["no-gap"].good).replace('"rapallo"', f'"{Path(name).stem}"')
            (folder / name).write_text(text, "utf-8")
            printing = {"handouts": ("quiz",)}
            told += codes(
                build(folder / name, folder / str(n), NOW, Request(printing=printing)).problems
            )
        found.append(told)
    return found[0], found[1]


CLAIMS = """
[[topic.fact]]
id    = "rapallo-claims"
cloze = "Both {{sides}} gave up their {{claims}}."
"""


def released(folder: Path, first: str) -> str:
    """Build a source and return its lock, as if it had been released."""
    examined(folder, first)
    assert built(folder, None) == []
    lines = (folder / "a.lock").read_text("utf-8").splitlines()
    return "\n".join(line.replace("}", ', "since": "0.1.0"}') for line in lines if line)


def later(folder: Path, first: str, known: Explanation) -> tuple[Codes, Codes]:
    """Build both examples as the next release."""
    lock = released(folder, first)
    examined(folder, known.bad)
    bad = built(folder, lock)
    examined(folder, known.good)
    return bad, built(folder, lock)


def next_release(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    return later(folder, CLAIMS, known)


def taken_out(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    """Build both examples after a release in which the second gap was taken out."""
    lock = released(folder, CLAIMS)
    examined(folder, CLAIMS.replace("{{claims}}", "claims"))
    assert built(folder, lock) == []
    lock = (folder / "a.lock").read_text("utf-8").rstrip("\n")
    examined(folder, known.bad)
    bad = built(folder, lock)
    examined(folder, known.good)
    return bad, built(folder, lock)


def gone(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    return later(folder, CLAIMS + KNOWN["no-gap"].good, known)


def first_build(folder: Path, known: Explanation, _: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    examined(folder, known.bad)
    bad = built(folder, None)
    examined(folder, known.good)
    return bad, built(folder, None)


def other_fields(folder: Path, _: Explanation, patch: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    lock = released(folder, CLAIMS)
    good = built(folder, lock)
    patch.setitem(notetypes.FIELDS, notetypes.GAPS, (*notetypes.FIELDS[notetypes.GAPS], "New"))
    return built(folder, lock), good


SCENES: dict[str, Scene] = {
    "not-utf8": not_utf8,
    "file-too-large": too_large,
    "file-fault": dangling,
    "obstacle": draft,
    "too-long": too_long,
    "file-name": file_name,
    "bad-file": fonts,
    "bad-font": fonts,
    "bad-style": styles,
    "unsafe-style": styles,
    "missing-alt": media,
    "no-media": media,
    "bad-picture": media,
    "bad-sound": media,
    "picture-answers": media,
    "duplicate-deck": two_decks,
    "bad-lock": bad_lock,
    "stale-lock": stale_lock,
    "released-fact-gone": gone,
    "other-note-type": next_release,
    "unclear-gaps": next_release,
    "reserved-id": next_release,
    "reserved-number": taken_out,
    "unknown-retired": first_build,
    "unknown-was": next_release,
    "deck-renamed": next_release,
    "schema-changed": other_fields,
    "no-room": no_room,
    "cut-word": printed,
    "small-formula": printed,
    "small-picture": pictured,
    "unknown-choice": unknown_choice,
    "no-handouts": no_handouts,
    "name-taken": name_taken,
}


# ---------------------------------------------------------------------------- tests


def test_every_code_is_explained() -> None:
    """No code of the program is without an explanation, and none is explained in vain."""
    package = Path(deckbuilder.__file__).parent
    used: set[str] = set().union(*(codes_in(module) for module in package.rglob("*.py")))
    assert used == KNOWN.keys()


@pytest.mark.parametrize("code", KNOWN)
def test_examples_are_true(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bad example has exactly the problem that it explains, the good one none."""
    known = KNOWN[code]
    if code in SCENES:
        bad, good = SCENES[code](tmp_path, known, monkeypatch)
    else:
        bad, good = examined(tmp_path, known.bad), examined(tmp_path, known.good)
    assert (bad, good) == ([code], [])


@pytest.mark.parametrize("code", KNOWN)
def test_explain_tells_a_code(code: str) -> None:
    """explain CODE shows what, why and both examples, and nothing a terminal could act on."""
    ended = CliRunner().invoke(cli, ["explain", code])
    assert ended.exit_code == 0
    known = KNOWN[code]
    for words in (known.what, known.why, *known.bad.split(), *known.good.split()):
        assert words in ended.output
    assert all(line == harmless(line) for line in ended.output.splitlines())


def test_every_kind_is_on_its_side_of_the_note_types() -> None:
    """Whoever is refused another type of note learns which kinds share one."""
    first, second = KNOWN["other-note-type"].why.split(";")
    sides = {notetypes.FACTS: first, notetypes.GAPS: second}
    words = {
        "question": "Questions",
        "event": "events",
        "term": "terms",
        "person": "people",
        "quote": "quotations",
        "order": "put in order",
        "cloze": "clozes",
        "compare": "comparisons",
    }
    assert {*words, "list"} == {kind.name for kind in KINDS}
    decks = [read(file)[0] for file in (ROOT / "tests" / "samples").glob("*.toml")]
    facts = [fact for deck in decks if deck for fact in deck.facts]
    assert {fact.kind for fact in facts} == {kind.name for kind in KINDS}
    for fact in facts:
        side = sides[notetype(fact)]
        asked = "item by item" if notetype(fact) == notetypes.GAPS else '`ask = "all"`'
        assert words.get(fact.kind, asked) in side


def test_explain_lists_all_codes() -> None:
    """explain alone names every code with its sentence."""
    ended = CliRunner().invoke(cli, ["explain"])
    lines = [line.split(maxsplit=1) for line in ended.output.splitlines()]
    assert lines == [[code, KNOWN[code].what] for code in sorted(KNOWN)]


def test_explain_of_a_misspelt_code() -> None:
    """A code that there is not is answered with the nearest."""
    ended = CliRunner().invoke(cli, ["explain", "unkown-key"])
    assert ended.exit_code == 2
    assert "did you mean `unknown-key`?" in ended.output


def test_reference_lists_all_codes() -> None:
    """docs/problems.md has a row for each code; `DOCS=new` writes them anew."""
    page = ROOT / "docs" / "problems.md"
    text = page.read_text("utf-8")
    head, mark, _ = text.partition("| code | what is wrong |\n|---|---|\n")
    rows = [f"| `{code}` | {KNOWN[code].what} |" for code in sorted(KNOWN)]
    wanted = head + mark + "\n".join(rows) + "\n"
    if os.environ.get("DOCS") == "new":
        page.write_text(wanted, "utf-8")
    assert text == wanted
