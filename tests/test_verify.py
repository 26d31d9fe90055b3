"""What was built, or downloaded, is held against its own source: each flaw is named, no other."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import early
import nasty
import pikepdf
import pytest
from conftest import NOW, ROOT, SMALL, Told, deck_of
from filed import filed
from tamper import members, run, zipped
from test_media import ASKED, IMAGE, PNG, SOUND

from deckbuilder.briefly import count
from deckbuilder.build import build
from deckbuilder.choice import Choice, Chosen, choose
from deckbuilder.model import asked_in_print
from deckbuilder.problems import errors
from deckbuilder.releases.verify import stems, verify
from deckbuilder.request import Request
from deckbuilder.writers.pdf import sheet
from deckbuilder.writers.pdf.handouts import write

MORE = """
[[topic.fact]]
id = "snow"
term = "snow"
definition = "frozen water"
extra = "Each flake has six arms."
reverse = true

[[topic.fact]]
id = "rain"
list = "What falls from clouds?"
items = ["rain", "hail"]
tags = ["wet"]

[[topic.fact]]
id = "paper"
question = "Is this in Anki?"
answer = "no"
only = "sheet"
"""
SOURCE = SMALL + MORE
EVENT = """
[[topic.fact]]
id = "f{n}"
event = "Senate {n} **votes**."
when = {when}
"""
DATED = SMALL.partition("[[topic]]")[0] + "".join(
    f'[[topic]]\nid = "t{topic}"\ntitle = "Time {topic}"\nwhen = {when}\n'
    + "".join(EVENT.format(n=topic * 3 + n, when=year) for n, year in enumerate(years, 1))
    for topic, (when, years) in enumerate([
        ("1900", (9, 1900, 2)), ("'1930s'", (3, "'1930s'", -9)), ("9", (1, "'after 5'", 12)),
    ])
)  # fmt: skip
Files = dict[str, bytes]
ALL = Choice()


def built(
    folder: Path, source: str | bytes = SOURCE, stem: str = "small", **printing: Any
) -> Files:
    """Return what a build makes of a source, by name."""
    file = folder / f"{stem}.toml"
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    made = build(file, folder / "out", NOW, Request(printing=printing))
    assert not errors(made.problems), made.problems
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return built(tmp_path)


def wrong(files: Files, stem: str = "small") -> list[tuple[str, str, str]]:
    """Return file, fact and sentence of each mismatch."""
    found = verify(stem, files).mismatches
    return [(each.file, each.fact, each.sentence) for each in found]


def without_manifest(files: Files, **others: bytes) -> Files:
    """Return downloaded files: nothing says what belongs to them. `others` by their suffix."""
    kept = {name: data for name, data in files.items() if not name.endswith(".json")}
    return kept | {f"small.{suffix}": data for suffix, data in others.items()}


def handout(of: str, attached: str, stamp: str) -> bytes:
    """Return a sheet of one source which says that it is another's."""
    return filed(
        sheet.write, replace(deck_of(of), source=deck_of(attached).source), stamp, lambda: NOW
    )


def chosen_of(text: str, choice: Choice = ALL, version: str = "") -> Chosen:
    deck = deck_of(text)
    return choose(deck, asked_in_print(deck), choice, version)


def foldover(of: str, attached: str, stamp: str) -> bytes:
    """Return a fold-over sheet of one source which says that it is another's."""
    chosen = chosen_of(of)
    deck = replace(chosen.deck, source=deck_of(attached).source)
    return filed(write, "foldover", replace(chosen, deck=deck), stamp, NOW)


def stamp(files: Files) -> str:
    source = json.loads(files["small.manifest.json"])["source"]["sha256"]
    return f"small 0.1.0 · {source[:12]}"


def pictured(more: str) -> str:
    """Return a source with a question that has a picture, and everything that can be printed."""
    printed = '[print]\nhandouts = ["all"]\n'
    credit = "credit = 'Photo: *A. Smith*'\n"
    fact = f"{ASKED}\n{IMAGE.format('lake.png')}{credit}{more}"
    return f'{SOURCE}\n[[topic.fact]]\nid = "lake"\n{fact}\n{printed}'


# ---------------------------------------------------------------------------- what is fine


@pytest.mark.parametrize(
    "name", ["source/relations", "tests/samples/science", "tests/samples/language"]
)
def test_what_was_just_built_is_fine(tmp_path: Path, name: str) -> None:
    """Deck, text file, sheet, handouts and manifest of three decks hold what their sources say."""
    files = built(tmp_path, (ROOT / f"{name}.toml").read_bytes(), "deck")
    verdict = verify("deck", files)
    assert verdict.mismatches == ()
    assert len(verdict.held) == 3 + sum(file.endswith(".pdf") for file in files)


def test_a_deck_may_be_all_on_paper(tmp_path: Path) -> None:
    """A package without a card tells its deck and its stamp all the same."""
    paper = SMALL.partition("[[topic.fact]]")[0] + MORE[MORE.rindex("[[topic.fact]]") :]
    assert wrong(built(tmp_path, paper)) == []


@pytest.mark.parametrize("typed", [True, False])
def test_no_text_raises_a_false_alarm(tmp_path: Path, typed: bool) -> None:
    """Texts full of marks, markup and rare letters are found where they were written."""
    made = built(tmp_path, nasty.source(11, 150, typed=typed).toml(), "nasty")
    assert wrong(made, "nasty") == []


@pytest.mark.parametrize("seed", range(6))
def test_no_date_raises_a_false_alarm(tmp_path: Path, seed: int) -> None:
    """Years as small as numbers, decades, small letters: all that is printed of a deck is fine.

    Whole or a file alone, with the source that it carries.
    """
    made = built(tmp_path, early.source(seed, 9), "early")
    assert wrong(made, "early") == []
    for name, data in made.items():
        assert not name.endswith(".pdf") or wrong({name: data}, name[:-4]) == []


@pytest.mark.parametrize(
    ("language", "when"), [("en", "after 1934"), ("es", "enero de 49 a. C."), ("en", "c. 12")]
)
def test_a_date_in_small_letters_opens_a_sentence(tmp_path: Path, language: str, when: str) -> None:
    """An organiser that hides words keeps dates, in a capital, as the sheet has them."""
    text = SMALL.replace('"en"', f'"{language}"') + EVENT.format(n=3, when=f"'{when}'")
    assert wrong(built(tmp_path, text, handouts=("organiser",), hide=("words",))) == []


LISTED: dict[str, Any] = {
    "paper": "A5",
    "profile": "large",
    "handouts": ("poster", "organiser"),
    "hide": ("words",),
}


def test_dates_in_a_list_are_no_numbers(tmp_path: Path) -> None:
    """Where the timeline and the poster are lists, fact 9 is not what happened in the year 9."""
    assert wrong(built(tmp_path, DATED, **LISTED)) == []


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        pytest.param("when = 9\n", "when = 10\n", "f1", id="date"),
        pytest.param("Senate 9 **votes**", "Senate 8 **votes**", "f9", id="number"),
        pytest.param("Senate 2 **votes**", "Senate 2 **sleeps**", "f2", id="word"),
        pytest.param("when = 1900\n", "when = 1901\n", "f2", id="year"),
        pytest.param("when = '1930s'\n\n", "when = 1930\n\n", "f5", id="decade"),
    ],
)
def test_a_date_or_a_word_that_differs_in_a_list_is_told(
    tmp_path: Path, old: str, new: str, fact: str
) -> None:
    """What is no false alarm any more is still an alarm: on sheet, poster and organiser."""
    (tmp_path / "other").mkdir()
    own = built(tmp_path, DATED, **LISTED)
    other = built(tmp_path / "other", DATED.replace(old, new), **LISTED)
    printed = {name: data for name, data in other.items() if name.endswith(".pdf")}
    files = without_manifest(own | printed, toml=DATED.encode())
    found = wrong(files)
    told = {file for file, about, _ in found if about == fact}
    assert told == {*printed}
    assert any(sentence.startswith("Its timeline should have") for _, _, sentence in found)


@pytest.mark.parametrize("media", ["front", "back"])
@pytest.mark.parametrize("more", ["", "audio = 'lake.mp3'\n"], ids=["picture", "and sound"])
def test_pictures_and_sounds_are_held_as_well(tmp_path: Path, media: str, more: str) -> None:
    """The source alone has no files: which there are, the package says; a lost one is told."""
    (tmp_path / "lake.png").write_bytes(PNG)
    (tmp_path / "lake.mp3").write_bytes(SOUND)
    made = built(tmp_path, pictured(f"{more}media = '{media}'\n"))
    assert len(made) > 8
    assert wrong(made) == []
    name = next(n for n in json.loads(members(made["small.apkg"])["media"]).values())
    renamed = run(made["small.apkg"], f"UPDATE notes SET flds = replace(flds, '{name}', 'x.png')")
    found = [row[1:] for row in wrong(without_manifest(made, apkg=renamed))]
    assert ("lake", "The file x.png is not in it.") in found


def test_it_says_what_it_held_together(files: Files) -> None:
    """What was found of each file is told, with the source that all came from."""
    assert verify("small", files).held == (
        f"version 0.1.0 of small, source {stamp(files)[-12:]}",
        "small.apkg: 4 notes",
        "small.tsv: the same notes as text",
        "small.pdf: 5 facts on 1 page",
    )


def test_it_counts_the_facts_that_are_on_a_handout(tmp_path: Path) -> None:
    """Of a grid, those that were drawn for its boxes; not all among which they were."""
    facts = (f'[[topic.fact]]\nid = "f{n}"\ncloze = "Nest {n} is {{{{high}}}}."' for n in range(20))
    head = SMALL.partition("[[topic.fact]]")[0]
    made = built(tmp_path, head + "\n".join(facts), handouts=("grid", "quiz"))
    held = verify("small", made).held
    assert "small-grid.pdf: 16 facts on 3 pages" in held
    assert "small-quiz.pdf: 20 facts on 3 pages" in held


@pytest.mark.parametrize(
    "kept", [(".pdf",), (".apkg", ".pdf"), (".apkg", ".toml"), (".apkg", ".pdf", ".toml")]
)
def test_downloaded_files_need_no_manifest(files: Files, kept: tuple[str, ...]) -> None:
    """The source is in the sheet, or beside the deck; it need not be both."""
    files |= {"small.toml": SOURCE.encode()}
    assert wrong({name: data for name, data in files.items() if name.endswith(kept)}) == []


def test_gaps_may_have_other_numbers(files: Files) -> None:
    """A lock may have numbered the gaps otherwise than the source alone would."""
    fields = "replace(flds, '{{c2::', '{{c7::')"
    data = run(
        files["small.apkg"],
        f"UPDATE notes SET flds = {fields} WHERE flds LIKE '%{{{{c2::spring%'",
        "UPDATE cards SET ord = 6 WHERE ord = 1 AND nid IN"
        " (SELECT id FROM notes WHERE flds LIKE '%{{c7::spring%')",
    )
    text = re.sub(rb'-2"(\t.*Grass)', rb'-7"\1', files["small.tsv"])
    assert wrong(without_manifest(files, apkg=data, tsv=text)) == []


def test_cards_on_paper_go_by_the_numbers_of_the_package(tmp_path: Path) -> None:
    """An item put in front has the last number, and so the last card, in Anki and on paper."""
    more = SOURCE.replace('["rain"', '["snow", "rain"')
    first = built(tmp_path, handouts=("cards",))
    made = built(tmp_path, more, handouts=("all",))
    assert wrong(made) == []
    made["small-cards.pdf"] = first["small-cards.pdf"]
    assert any(row[:2] == ("small-cards.pdf", "rain") for row in wrong(made))


def test_a_retired_note_is_no_flaw(files: Files) -> None:
    """What is in a package only to be cleared away need not be in the source."""
    without = SOURCE.replace(MORE, "")
    empty = "\x1f" * 4
    data = run(
        files["small.apkg"],
        f"UPDATE notes SET flds = replace(flds, 'snow{empty}', 'snow{empty}1')",
        f"UPDATE notes SET flds = replace(flds, 'rain{empty}', 'rain{empty}1')",
    )
    found = wrong({"small.apkg": data, "small.toml": without.encode()})
    assert [sentence for _, _, sentence in found if "built from" not in sentence] == []


# ---------------------------------------------------------------------------- the package

SKY = "flds LIKE '%\x1fsky\x1f%'"


@pytest.mark.parametrize(
    ("change", "fact", "sentence"),
    [
        pytest.param(
            "UPDATE notes SET flds = replace(flds, 'blue', 'red')",
            "sky",
            "Back 1 should read “blue”, and reads “red”.",
            id="field",
        ),
        pytest.param(f"DELETE FROM notes WHERE {SKY}", "sky", "no note of this fact", id="gone"),
        pytest.param(
            f"UPDATE notes SET flds = replace(flds, '\x1fsky\x1f', '\x1fsun\x1f') WHERE {SKY}",
            "sun",
            "which the source does not have",
            id="another fact",
        ),
        pytest.param(
            "UPDATE notes SET guid = 'same'", "grass", "goes by the same guid", id="guid"
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '\x1fgrass\x1f', '\x1fsky\x1f')",
            "sky",
            "It has more than one note of this fact.",
            id="two of one fact",
        ),
        pytest.param(
            f"UPDATE notes SET tags = ' mine ' WHERE {SKY}",
            "sky",
            "Its tags should be small::one, and are mine.",
            id="tags",
        ),
        pytest.param(
            f"DELETE FROM cards WHERE nid IN (SELECT id FROM notes WHERE {SKY})",
            "sky",
            "It should give 1 cards, and gives 0.",
            id="cards",
        ),
        pytest.param(f"UPDATE notes SET mod = 0 WHERE {SKY}", "sky", "has no date", id="date"),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, 'blue', '<b>blue</b>')",
            "sky",
            "Back 1 has other markup than the source gives it.",
            id="markup",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '{{c2::spring', '{{c1::spring')",
            "grass",
            "Text should read “Grass is {{c1::green}} in {{c2::spring}}.”, and reads",
            id="gaps made one",
        ),
        pytest.param(
            "UPDATE col SET decks = replace(decks, 'Tests::Small', 'Other')",
            "",
            "Its deck should be “Tests::Small”, and is “Other”.",
            id="deck",
        ),
        pytest.param(
            "UPDATE col SET decks = replace(decks, 'small 0.1.0', 'small 0.2.0')",
            "",
            "It was built from version 0.2.0 of small",
            id="stamp",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, 'blue', '<img src=\"x.png\">')",
            "sky",
            "The file x.png is not in it.",
            id="picture",
        ),
    ],
)  # fmt: skip
def test_a_note_that_differs_is_named(files: Files, change: str, fact: str, sentence: str) -> None:
    """Whatever a package says otherwise than the source is told with the fact it is about."""
    data = run(files["small.apkg"], change)
    found = wrong(without_manifest(files, apkg=data))
    assert [each for each in found if each[:2] == ("small.apkg", fact) and sentence in each[2]]


def test_media_that_is_listed_has_to_be_there(files: Files) -> None:
    """A picture that the package only lists is told."""
    data = zipped(members(files["small.apkg"]) | {"media": b'{"0": "x.png"}'})
    sentence = "The file x.png is listed in it, and is not there."
    assert wrong(without_manifest(files, apkg=data)) == [("small.apkg", "", sentence)]


# ---------------------------------------------------------------------------- print and text

OTHER = SOURCE.replace('"blue"', '"red"').replace('"hail"]', '"sleet"]')
SMALL_PRINT = SOURCE.replace("six arms", "six points")


def test_a_sheet_of_another_release_is_told(files: Files, tmp_path: Path) -> None:
    """A sheet from yesterday beside a deck from today: its source and its facts are others."""
    (tmp_path / "later").mkdir()
    later = built(tmp_path / "later", OTHER.replace('"0.1.0"', '"0.2.0"'))
    found = wrong({"small.pdf": files["small.pdf"], "small.apkg": later["small.apkg"]})
    about = {(file, fact) for file, fact, _ in found}
    assert about == {("small.apkg", ""), ("small.apkg", "sky"), ("small.apkg", "rain")}
    assert "It was built from version 0.2.0 of small" in found[0][2]


def test_two_sheets_of_two_sources_are_told(files: Files) -> None:
    """Each PDF carries its source; that of a handout has to be the sheet's."""
    later = stamp(files).replace("small 0.1.0", "small 0.2.0")
    files["small-foldover.pdf"] = foldover(SOURCE, SOURCE + "\n# later", later)
    assert [(file, sentence[:18]) for file, _, sentence in wrong(files)] == [
        ("small-foldover.pdf", "Its source is not "),
        ("small-foldover.pdf", "It was built from "),
    ]


def test_words_that_are_missing_on_paper_are_told(files: Files) -> None:
    """A sheet that says what its own source does not: the number, the fact, both texts."""
    files["small.pdf"] = handout(OTHER, SOURCE, stamp(files))
    number = "Number {} on the sheet should read “{}”, and reads “{}”."
    sky = number.format(1, "Which colour has the sky? blue", "Which colour has the sky? red")
    rain = number.format(3, "hail", "What falls from clouds? rain sleet")
    expected = [("small.pdf", "sky", sky), ("small.pdf", "rain", rain)]
    assert wrong(without_manifest(files)) == expected


@pytest.mark.parametrize(
    ("changed", "missing"), [("A lake", "A lake"), ("Photo: *A. ", "Photo: A. Smith")]
)
def test_a_picture_or_its_credit_that_differs_on_paper_is_told(
    tmp_path: Path, changed: str, missing: str
) -> None:
    """A picture is held by the words for it; this one has others than the source."""
    (tmp_path / "lake.png").write_bytes(PNG)
    text = pictured("")
    own = built(tmp_path, text)
    other = built(tmp_path, text.replace(changed, "Another "))
    files = without_manifest(own, toml=text.encode(), pdf=other["small.pdf"])
    files["small-organiser.pdf"] = other["small-organiser.pdf"]
    found = {file: sentence for file, fact, sentence in wrong(files) if fact == "lake"}
    assert found.keys() == {"small.pdf", "small-organiser.pdf"}
    assert f"should read “{missing}”" in found["small.pdf"]


def test_small_print_counts(files: Files) -> None:
    """What a fact says besides is part of it."""
    files["small.pdf"] = handout(SMALL_PRINT, SOURCE, stamp(files))
    assert [fact for _, fact, _ in wrong(without_manifest(files))] == ["snow"]


def test_the_order_of_words_on_paper_counts(files: Files) -> None:
    """Items that stand in another order are not the same statement."""
    turned = SOURCE.replace('["rain", "hail"]', '["hail", "rain"]')
    files["small.pdf"] = handout(turned, SOURCE, stamp(files))
    assert [fact for _, fact, _ in wrong(without_manifest(files))] == ["rain"]


def test_a_fact_that_is_missing_on_paper_is_told(files: Files) -> None:
    """A fact that the sheet does not have is named; those after it have other numbers."""
    files["small.pdf"] = handout(SOURCE.replace(MORE, ""), SOURCE, stamp(files))
    found = wrong(without_manifest(files))
    assert {fact for _, fact, _ in found} == {"snow", "rain", "paper"}
    assert "It should be number 3 on the sheet, and is not there." in {s for _, _, s in found}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(topics=("sky",)),
        Choice(tags=("wet",)),
        Choice(count=2, seed=3),
        Choice(versions=("A", "B")),
    ],
    ids=["all", "topic", "tag", "drawn", "versions"],
)
def test_a_handout_has_the_facts_that_it_says(files: Files, choice: Choice) -> None:
    """What a handout chose of the facts it says itself, and it is held against that."""
    for version in choice.versions or ("",):
        chosen = chosen_of(SOURCE, choice, version)
        files[f"small-foldover{version}.pdf"] = filed(write, "foldover", chosen, stamp(files), NOW)
        held = f"small-foldover{version}.pdf: {count(len(chosen.facts), 'fact')} on 1 page"
        assert held in verify("small", files).held
    assert wrong(files) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("blue", "red", "Number 1 should read “First topic · Which colour has the sky? blue”, and"),
        (MORE, "", "Number 3 should come here: "),
    ],
    ids=["another word", "no fact"],
)
def test_a_handout_that_differs_is_told(files: Files, old: str, new: str, sentence: str) -> None:
    """Each entry of a handout has the words of its fact, and none is missing."""
    files["small-foldover.pdf"] = foldover(SOURCE.replace(old, new), SOURCE, stamp(files))
    found = wrong(without_manifest(files))
    assert {file for file, _, _ in found} == {"small-foldover.pdf"}
    assert any(each.startswith(sentence) for _, _, each in found), found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"profile": "large"}, "profile large"),
        ({"hide": ("dates",)}, "hide dates"),
        ({"profile": "large", "hide": ()}, "profile large; hide nothing"),
        ({"paper": "A5", "profile": "standard"}, ""),
    ],
    ids=["large", "hide", "both", "as the source"],
)
def test_what_the_build_was_asked_for_is_known(
    tmp_path: Path, asked: dict[str, Any], said: str
) -> None:
    """A profile, what an organiser hides: the manifest tells what outranked the source."""
    files = built(tmp_path, handouts=("cards", "organiser"), **asked)
    verdict = verify("small", files)
    assert verdict.mismatches == ()
    told = [line for line in verdict.held if line.startswith("printed as the build was asked")]
    assert told == [f"printed as the build was asked, not the source: {said}"] * bool(said)
    assert bool(wrong(without_manifest(files))) == bool(said)


@pytest.mark.parametrize(
    "forged",
    [
        {"profile": "huge"},
        {"profile": ["large"]},
        {"profile": {}},
        {"hide": "words"},
        {"hide": ["everything"]},
        {"hide": [[]]},
        {"hide": None, "profile": "large"},
        ["profile"],
        None,
    ],
    ids=str,
)
def test_a_forged_manifest_hides_nothing(tmp_path: Path, forged: object) -> None:
    """What no source may ask for counts for nothing, and words of another source never pass."""
    handouts = ("cards", "organiser")
    files = built(tmp_path, handouts=handouts)
    name, said = "small.manifest.json", json.loads(files["small.manifest.json"])
    said["record"]["options"]["printing"] = forged
    files[name] = json.dumps(said).encode()
    verdict = verify("small", files)
    assert not any(line.startswith("printed") for line in verdict.held)
    assert verdict.mismatches == ()
    other = built(tmp_path, SOURCE.replace("frozen", "cold"), handouts=handouts)
    said["record"]["options"]["printing"] = {"profile": "large", "hide": []}
    said["files"] |= json.loads(other[name])["files"]
    mixed = files | {n: other[n] for n in ("small-cards.pdf", "small-organiser.pdf")}
    mixed[name] = json.dumps(said).encode()
    assert {"small-cards.pdf", "small-organiser.pdf"} <= {
        file for file, fact, _ in wrong(mixed) if fact == "snow"
    }


def test_a_file_that_is_no_handout_is_told(files: Files) -> None:
    """A PDF is what it says it is: its name may not say something else, and some word it needs."""
    files["small-quiz.pdf"] = handout(SOURCE, SOURCE, stamp(files))
    sentence = "Its name says `quiz`, and it is the sheet."
    assert wrong(files) == [("small-quiz.pdf", "", sentence)]
    files["small-quiz.pdf"] = handout(SOURCE, SOURCE, f"game · {stamp(files)}")
    assert wrong(files)[0] == ("small-quiz.pdf", "", "It does not say what handout it is.")
    files["small-quiz.pdf"] = handout(SOURCE, SOURCE, "")
    sentence = "It does not say which source it was built from."
    assert wrong(files) == [("small-quiz.pdf", "", sentence)]


@pytest.mark.parametrize(
    ("old", "new", "fact", "sentence"),
    [
        ("blue", "red", "sky", "is not as the source gives it"),
        ("#separator:tab", "#separator:comma", "", "which the source does not give"),
        ("-2\"\t", "-3\"\t", "grass", "It has no row"),
    ],
    ids=["words", "head", "guid"],
)  # fmt: skip
def test_a_text_file_that_differs_is_told(
    files: Files, old: str, new: str, fact: str, sentence: str
) -> None:
    """Each row of the text file is one of the package's notes, in its words."""
    text = files["small.tsv"].replace(old.encode(), new.encode())
    assert text != files["small.tsv"]
    found = wrong(without_manifest(files, tsv=text))
    assert {file for file, _, _ in found} == {"small.tsv"}
    assert [each for each in found if each[1] == fact and sentence in each[2]]


@pytest.mark.parametrize("beside", ["small.apkg", "small.pdf"])
def test_a_row_that_comes_twice_is_told(files: Files, beside: str) -> None:
    """With the package as without it: rows are counted, not only compared."""
    text = files["small.tsv"]
    row = text.splitlines()[-1]
    part = {"small.pdf": files["small.pdf"], beside: files[beside]}
    part["small.tsv"] = text + row + b"\n"
    guid = row.partition(b"\t")[0].decode()
    sentence = f"More than one of its rows goes by the guid “{guid}”."
    assert ("small.tsv", "", sentence) in wrong(part)
    assert wrong(part | {"small.tsv": text}) == []


# ---------------------------------------------------------------------------- the manifest


def test_a_changed_file_is_not_the_one_that_was_built(files: Files) -> None:
    """A digest that differs, and a file that is not there, are told by name."""
    files["small.tsv"] += b"\n"
    del files["small.pdf"]
    found = wrong(files | {"small.toml": SOURCE.encode()})
    assert found == [
        ("small.tsv", "", "It is not the file that was built: its digest is another."),
        ("small.pdf", "", "It was built, says the manifest, and is not here."),
    ]


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("deck", "deck"),
        ("version", "version"),
        ("pages", "number of pages"),
        ("content", "content of the package"),
    ],
)
def test_a_manifest_says_what_is_so(files: Files, key: str, what: str) -> None:
    """Whatever the manifest says of the files is looked up in them."""
    manifest = json.loads(files["small.manifest.json"])
    manifest[key] = "x"
    files["small.manifest.json"] = json.dumps(manifest).encode()
    ((file, _, sentence),) = wrong(files)
    assert file == "small.manifest.json"
    assert sentence.startswith(f"The {what} is not x, but ")


def test_another_deckbuilder_is_told(files: Files) -> None:
    """Files of another version may be set otherwise: who reads of flaws is told so."""
    manifest = json.loads(files["small.manifest.json"]) | {"deckbuilder": "99.0.0"}
    files["small.manifest.json"] = json.dumps(manifest).encode()
    verdict = verify("small", files)
    assert verdict.held[1].startswith("built by deckbuilder 99.0.0, read by ")
    assert verdict.mismatches == ()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"files": 1}', b"\xff", b"[" * 100_000])
def test_a_manifest_that_is_none_is_told(files: Files, data: bytes) -> None:
    """A file that is no manifest is a flaw of its own; the others are looked at all the same."""
    files["small.manifest.json"] = data
    assert wrong(files) == [("small.manifest.json", "", "This is no manifest of deckbuilder.")]


# ---------------------------------------------------------------------------- parts of a download


def test_a_handout_is_known_by_what_it_says(tmp_path: Path) -> None:
    """One alone, or renamed, is held against the source in it, and told for what it is."""
    made = built(tmp_path, handouts=("quiz", "cards"))
    for stem in ("small-quiz", "small-quiz (1)", "Monday"):
        verdict = verify(stem, {f"{stem}.pdf": made["small-quiz.pdf"]})
        assert verdict.mismatches == ()
        what = "" if "quiz" in stem else ", the handout `quiz`"
        assert verdict.held[1] == f"{stem}.pdf{what}: 4 facts on 3 pages"
    both = {name: made[name] for name in ("small-quiz.pdf", "small-cards.pdf")}
    both["small-match.pdf"] = both.pop("small-cards.pdf")
    assert wrong(both) == [
        ("small-match.pdf", "", "Its name says `match`, and it is the handout `cards`.")
    ]


def test_a_handout_alone_that_differs_is_told(files: Files) -> None:
    """Whatever it is called, each word of it is held against its own source."""
    changed = foldover(SOURCE.replace("blue", "red"), SOURCE, stamp(files))
    ((file, fact, sentence),) = wrong({"Monday.pdf": changed}, "Monday")
    assert (file, fact) == ("Monday.pdf", "sky")
    assert sentence.endswith("First topic · Which colour has the sky? red”.")


def test_cards_on_paper_need_no_package(tmp_path: Path) -> None:
    """Where none tells the order of a fact's cards they may have any; not other words."""
    first = built(tmp_path)
    more = SOURCE.replace('["rain"', '["snow", "rain"')
    made = built(tmp_path, more, handouts=("cards",))
    assert wrong({"small-cards.pdf": made["small-cards.pdf"]}) == []
    both = {"small-cards.pdf": made["small-cards.pdf"], "small.tsv": made["small.tsv"]}
    assert wrong(both) == []
    both["small.tsv"] = first["small.tsv"]
    assert {file for file, _, _ in wrong(both)} == {"small.tsv"}
    other = built(tmp_path, more.replace("hail", "sleet"), handouts=("cards",))
    files = {"small-cards.pdf": other["small-cards.pdf"], "small.toml": more.encode()}
    assert "rain" in {fact for _, fact, _ in wrong(files)}


@pytest.mark.parametrize("beside", ["small.pdf", "small.toml"])
def test_a_text_file_needs_no_package(files: Files, beside: str) -> None:
    """Its rows read as the source gives them; that they update the right notes is not known."""
    files["small.toml"] = SOURCE.encode()
    part = {name: files[name] for name in ("small.tsv", beside)}
    assert wrong(part) == []
    said = "small.tsv: the same facts as text; which notes it updates was not checked, as that is"
    assert any(line.startswith(said) for line in verify("small", part).held)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            b"blue",
            b"red",
            [
                ("sky", "It lacks a row that the source gives: “First topic Which colour"),
                ("", "It has a row that the source does not give: “First topic Which colour"),
            ],
            id="word",
        ),
        pytest.param(
            b"#html:true\n",
            b"",
            [("", "It lacks a row that the source gives: “#html:true”.")],
            id="head",
        ),
        pytest.param(
            b'-2"\t',
            b'-1"\t',
            [("", "More than one of its rows goes by the guid")],
            id="guid",
        ),
    ],
)
def test_a_text_file_alone_that_differs_is_told(
    files: Files, old: bytes, new: bytes, expected: list[tuple[str, str]]
) -> None:
    """Without a package, too, no row is passed over."""
    part = {"small.pdf": files["small.pdf"], "small.tsv": files["small.tsv"].replace(old, new)}
    found = wrong(part)
    assert {file for file, _, _ in found} == {"small.tsv"}
    for fact, sentence in expected:
        assert any((about, told[: len(sentence)]) == (fact, sentence) for _, about, told in found)


def test_a_text_file_without_a_source_is_told(files: Files) -> None:
    """Nothing to hold it against: that is said, and what would help."""
    ((file, _, sentence),) = wrong({"small.tsv": files["small.tsv"]})
    assert file == "small"
    assert sentence == (
        "There is no source to hold the files against: no sheet that can be read has it."
        " Put a PDF of the same deck beside them, which has it, or the source itself."
    )


def test_the_list_of_a_release_counts(files: Files) -> None:
    """What a release's manifest.json lists, and is here, is what was released, to the byte."""
    part = {name: files[name] for name in ("small.tsv", "small.pdf")}
    kept = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    part["manifest.json"] = json.dumps({"files": kept}).encode()
    assert wrong(part) == []
    assert "manifest.json: 2 files as released" in verify("small", part).held
    part["small.tsv"] += b"\n"
    sentence = "It is not the file that was released: its digest is another."
    assert wrong(part) == [("small.tsv", "", sentence)]
    for other in (b"", b"[]", b'{"files": 1}', b'{"files": {"small.pdf": 1}}', b"[" * 100_000):
        assert wrong(part | {"manifest.json": other}) == []


def test_handouts_of_several_sources_are_told(tmp_path: Path, files: Files, told: Told) -> None:
    """Each alone is right; together they are no deck to give away, and a script can see it."""
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "small-foldover.pdf").write_bytes(foldover(SOURCE, SOURCE, stamp(files)))
    code, out, _ = told("verify", folder)
    assert code == 0
    assert out.endswith("all come from one source, and hold all that they should\n")
    later = SOURCE + "\n# later"
    other = built(tmp_path, later, handouts=("quiz",))
    (folder / "small-quiz.pdf").write_bytes(other["small-quiz.pdf"])
    code, out, _ = told("verify", folder)
    assert code == 1
    assert out.endswith(
        "small is here from 2 sources: give away what is from one of them\n"
        "each holds all that its own source says\n"
    )


# ---------------------------------------------------------------------------- hostile files


def locked(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    return out.getvalue()


def untagged(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root.StructTreeRoot
        opened.save(out)
    return out.getvalue()


def circular(pdf: bytes) -> bytes:
    """Return a PDF whose structure is below itself."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.StructTreeRoot
        (document,) = root.K
        document.K.append(document)
        opened.save(out)
    return out.getvalue()


def doubled(pdf: bytes) -> bytes:
    """Return a PDF that has a part of its structure twice, as one that grows without end would."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (document,) = opened.Root.StructTreeRoot.K
        document.K.append(document.K[0])
        opened.save(out)
    return out.getvalue()


def test_a_pdf_that_is_none_is_told(files: Files) -> None:
    """Nothing, half of one, a locked one, one of another program: a sentence each."""
    whole = files["small.pdf"]
    for data, sentence in {
        b"": "This is no PDF.",
        b"%PDF-1.7\n": "The PDF is damaged, or only a part of one.",
        whole[: len(whole) // 2]: "The PDF is damaged, or only a part of one.",
        locked(whole): "The PDF is locked with a password.",
        untagged(whole): "The PDF says nothing of its structure: it is none of ours.",
        circular(whole): "The PDF is damaged, or only a part of one.",
        doubled(whole): "The PDF is damaged, or only a part of one.",
    }.items():
        found = wrong(without_manifest(files | {"small.toml": SOURCE.encode()}, pdf=data))
        assert found == [("small.pdf", "", sentence)]


def test_a_package_that_is_none_is_told(files: Files) -> None:
    """A bomb, a zip of something else, half of a package, programs in it: a sentence each."""
    whole = files["small.apkg"]
    for data, sentence in {
        b"": "This is no Anki package",
        whole[:-100]: "This is no Anki package",
        zipped({"x": b"x"}): "There are no notes in this package",
        zipped({"collection.anki2": b"SQLite format 3\0" * 99}): "its notes cannot be read",
        zipped({"collection.anki2": bytes(1 << 26)}): "far more than a deck would",
        run(whole, "CREATE VIEW v AS SELECT 1"): "carries programs",
        run(whole, "DROP TABLE cards", "CREATE VIEW cards AS SELECT 1"): "has other tables",
        run(whole, "UPDATE notes SET flds = x'ff00'"): "not as Anki has them",
        run(whole, "UPDATE notes SET flds = flds || hex(zeroblob(150000))"): "is too long",
        run(whole, "UPDATE notes SET id = 0 WHERE id = (SELECT max(id) FROM notes)"): "a number",
        run(whole, "UPDATE notes SET id = -1 WHERE id = (SELECT max(id) FROM notes)"): "a number",
        run(
            whole,
            "ALTER TABLE notes RENAME TO old",
            "CREATE TABLE notes AS SELECT id + 0.5 AS id, guid, mid, mod, tags, flds FROM old",
        ): "not as Anki has them",
        run(whole, "UPDATE notes SET guid = x'00'"): "not as Anki has them",
        run(whole, "UPDATE notes SET mod = 'today'"): "not as Anki has them",
        run(whole, "UPDATE notes SET tags = x'00'"): "not as Anki has them",
        run(whole, "UPDATE cards SET nid = 'none'"): "not as Anki has them",
        run(whole, "UPDATE cards SET ord = 'first'"): "not as Anki has them",
        run(whole, "UPDATE notes SET mid = x'00'"): "not as Anki has them",
        run(whole, "UPDATE notes SET mid = 7"): "not as Anki has them",
        run(whole, "UPDATE col SET models = '[]'"): "not as Anki has them",
        run(whole, "UPDATE notes SET flds = 'one field'"): "not as Anki has them",
    }.items():
        ((file, _, told),) = wrong(without_manifest(files, apkg=data))
        assert (file, sentence in told) == ("small.apkg", True), told


def test_two_files_of_one_name_are_told(files: Files) -> None:
    """Which of two collections of one name counts, each program decides for itself."""
    out = io.BytesIO(files["small.apkg"])
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("media", "{}")
    ((_, _, told),) = wrong(without_manifest(files, apkg=out.getvalue()))
    assert told == "Two files in the package have one name."


def test_an_endless_package_is_left(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """A collection that keeps SQLite busy is given up."""
    monkeypatch.setattr("deckbuilder.releases.package.PATIENCE", 0)
    monkeypatch.setattr("deckbuilder.releases.package.STEPS", 10)
    ((_, _, told),) = wrong(without_manifest(files))
    assert "its notes cannot be read" in told


def test_no_damage_ends_in_a_traceback(files: Files) -> None:
    """Bytes changed by lot: whatever is left of a file, there is a verdict."""
    lot = random.Random(5)
    alarms = 0
    for _ in range(60):
        bad = dict(without_manifest(files))
        for name, data in bad.items():
            spoilt = bytearray(data)
            for _ in range(lot.choice((1, 8, 64))):
                spoilt[lot.randrange(len(spoilt))] = lot.randrange(256)
            bad[name] = bytes(spoilt)
        alarms += bool(wrong(bad))
    assert alarms > 30


def test_a_source_that_cannot_be_read_is_told(files: Files) -> None:
    """A source of a deckbuilder that is not this one leaves nothing to compare with."""
    files["small.pdf"] = handout(SOURCE, SOURCE, stamp(files))
    found = wrong({"small.toml": SOURCE.replace("answer =", "reply =").encode()})
    assert found[0][0] == "small.toml"
    assert "Its source cannot be read by deckbuilder" in found[0][2]
    found = wrong({"small.apkg": files["small.apkg"]})
    assert "There is no source to hold the files against" in found[0][2]


# ---------------------------------------------------------------------------- folders


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.apkg", "a.pdf", "a-quiz.pdf", "a.manifest.json", "x.txt"], {"a": 4}),
        (["a.pdf", "a-quiz.pdf"], {"a": 2}),
        (["a-quiz.pdf"], {"a-quiz": 1}),
        (["a.apkg", "a.pdf", "a-upgrade.apkg"], {"a": 3}),
        (["a.apkg", "a.pdf", "a-b.apkg", "a-b.pdf", "a-b-quiz.pdf"], {"a": 2, "a-b": 3}),
        (["a.manifest.json", "a-b.manifest.json", "ab.pdf"], {"a": 1, "a-b": 1, "ab": 1}),
        ([], {}),
    ],
)
def test_files_are_put_together_by_name(names: list[str], expected: dict[str, int]) -> None:
    """A handout goes with its deck; a deck whose name begins like another's is its own."""
    assert {stem: len(own) for stem, own in stems(names).items()} == expected


def test_the_command_tells_what_is_wrong(tmp_path: Path, files: Files, told: Told) -> None:
    """All is fine: 0. A flaw: 1, and a line with the file, the fact and what is the matter."""
    folder = tmp_path / "out"
    code, out, _ = told("verify", folder)
    assert code == 0
    assert "  small.pdf: 5 facts on 1 page\n" in out
    assert out.endswith("all come from one source, and hold all that they should\n")
    bad = run(files["small.apkg"], "UPDATE notes SET flds = replace(flds, 'blue', 'red')")
    (folder / "small.apkg").write_bytes(bad)
    (folder / "small.manifest.json").unlink()
    code, out, _ = told("verify", folder)
    assert code == 1
    line = "  WRONG small.apkg: `sky`: Back 1 should read “blue”, and reads “red”.\n"
    assert line in out
    assert out.endswith("1 flaw: do not give these files away\n")


def test_a_folder_without_decks_is_told(tmp_path: Path, told: Told) -> None:
    """Nothing to prove is nothing proved."""
    code, _, err = told("verify", tmp_path)
    assert code == 1
    assert "holds no deck and no sheet" in err


def test_a_source_without_outputs_is_not_verified(tmp_path: Path, told: Told) -> None:
    """A source alone holds nothing that could be held against it."""
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "small.toml").write_text(SOURCE)
    code, out, _ = told("verify", empty)
    assert code == 1
    assert "WRONG small: There is no deck and no sheet that can be read: nothing of it was" in out
    assert "all come from one source" not in out
