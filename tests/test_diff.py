"""What changed between two editions of a deck, told of sources and of packages alike."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest
from ankilib import edit
from conftest import NOW, SMALL, Told, deck_of, packed
from PIL import Image
from tamper import run, zipped

from deckbuilder.read import read_bytes
from deckbuilder.releases.causes import Cause
from deckbuilder.releases.diff import Diff, Moved, Part, Seen, diff
from deckbuilder.releases.edition import (
    Edition,
    edition_of_package,
    edition_of_source,
)
from deckbuilder.releases.package import read_package
from deckbuilder.releases.worddiff import word_diff
from deckbuilder.stamp import Stamp, stamp_in

SOURCE = """\
[deck]
id = "small"
title = "A small deck"
anki = "Tests::Small"
version = "0.1.0"
language = "en"

[[topic]]
id = "one"
title = "First topic"

[[topic.fact]]
id = "sky"
question = "Which colour has the sky?"
answer = "blue"

[[topic.fact]]
id = "grass"
cloze = "Grass is {{green}} in {{spring}}."

[[topic.fact]]
id = "snow"
term = "snow"
definition = "frozen water"
reverse = true

[[topic]]
id = "two"
title = "Second topic"

[[topic.fact]]
id = "paper"
question = "Is this in Anki?"
answer = "no"
only = "sheet"

[[topic.fact]]
id = "rain"
list = "What falls from clouds?"
items = ["rain", "hail"]
"""
GRASS = "Grass is green in spring."
SKY = "Which colour has the sky?"
FALLS = "What falls from clouds?"
# what is replaced, the section that tells it, and what the section holds
CHANGES = {
    "answer": ('"blue"', '"azure"', "corrected", {"sky": [("answer", "blue", "azure")]}),
    "words": (SKY, "Sky?", "reworded", {"sky": [("question", SKY, "Sky?")]}),
    "gap": (
        "{{green}}",
        "{{lush}}",
        "corrected",
        {"grass": [("text", GRASS, "Grass is lush in spring.")]},
    ),
    "ways exchanged": (
        'term = "snow"\ndefinition = "frozen water"',
        'term = "frozen water"\ndefinition = "snow"',
        "corrected",
        {
            "snow": [
                ("question", "snow What does it mean?", "frozen water What does it mean?"),
                ("answer", "frozen water", "snow"),
            ]
        },
    ),
    "gap elsewhere": ("Grass is {{green}}", "{{Grass}} is green", "corrected", {"grass": []}),
    "second way": (
        'term = "snow"',
        'term = "ice"',
        "reworded",
        {"snow": [("question", "snow What does it mean?", "ice What does it mean?")]},
    ),
    "extra": (
        'answer = "blue"',
        'answer = "blue"\nextra = "By day."',
        "reworded",
        {"sky": [("extra", "", "By day.")]},
    ),
    "tags": (
        'answer = "blue"',
        'answer = "blue"\ntags = ["x", "b"]',
        "reworded",
        {"sky": [("tags", "", "b x")]},
    ),
    "an exponent": (
        'answer = "blue"',
        'answer = "6 × 10^14^ Hz, SO~4~^2-^ or the 7^th^"',
        "corrected",
        {"sky": [("answer", "blue", "6 × 10¹⁴ Hz, SO₄²⁻ or the 7th")]},
    ),
    "typed": (
        'answer = "blue"',
        'answer = "blue"\ntyped = true',
        "reworded",
        {"sky": [("typed", "", "yes")]},
    ),
    "spoken": (
        'answer = "blue"',
        'answer = "blue"\nspeak = true',
        "reworded",
        {"sky": [("read aloud", "", "yes")]},
    ),
    "one way more": (
        'answer = "blue"',
        'answer = "blue"\nreverse = true',
        "asked",
        [("sky", SKY)],
    ),
    "one way less": ("reverse = true", "", "unasked", [("snow", "snow")]),
    "one gap less": ("{{spring}}", "spring", "unasked", [("grass", "spring")]),
    "order of items": (
        'items = ["rain", "hail"]',
        'items = ["rain", "hail"]\nordered = true',
        "reworded",
        {"rain": [("ordered", "", "yes")]},
    ),
    "hint in a gap": (
        "{{green}}",
        "{{c1::green::a colour}}",
        "reworded",
        {"grass": [("hints of gaps", "", "a colour")]},
    ),
    "weight of a word": (
        '"blue"',
        '"**blue**"',
        "reworded",
        {"sky": [("answer, as HTML", "blue", "<b>blue</b>")]},
    ),
    "id of a topic": (
        'id = "one"',
        'id = "first"\nwas = ["one"]',
        "ids",
        [("topic, in tags", "one", "first")],
    ),
    "id of the deck": (
        'id = "small"',
        'id = "tiny"\nwas = ["small"]',
        "ids",
        [("deck, in tags", "small", "tiny")],
    ),
    "name in Anki": ("Tests::Small", "S", "titles", [("deck in Anki", "Tests::Small", "S")]),
}


def edition(text: str) -> Edition:
    deck, problems = read_bytes(text.encode(), "small.toml")
    assert deck, problems
    return edition_of_source(deck, "small.toml")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SOURCE, encoding="utf-8")
    return file


def of_package(data: bytes) -> Edition:
    return edition_of_package(read_package(data), "small.apkg")


def told_of(found: Diff) -> dict[str, object]:
    """Return what a diff holds, but for its names and counts; what is empty is left out."""

    def parts(of: tuple[Part | Cause, ...]) -> list[tuple[str, str, str]]:
        return [(part.label, part.old, part.new) for part in of]

    all_of_it: dict[str, object] = {
        "titles": parts(found.titles),
        "added": [fact.fact for fact in found.added],
        "corrected": {fact.fact: parts(fact.parts) for fact in found.corrected},
        "reworded": {fact.fact: parts(fact.parts) for fact in found.reworded},
        "asked": [(card.fact, card.words) for card in found.asked],
        "unasked": [(card.fact, card.words) for card in found.unasked],
        "moved": list(found.moved),
        "ids": parts(found.ids),
        "renamed": list(found.renamed),
        "look": list(found.look),
        "again": list(found.again),
        "removed": [fact.fact for fact in found.removed],
    }
    return {name: value for name, value in all_of_it.items() if value}


# ---------------------------------------------------------------------------- what changed


def test_nothing_changed() -> None:
    """A source is the same as itself."""
    found = diff(edition(SOURCE), edition(SOURCE))
    assert told_of(found) == {}
    assert found.seen == Seen(0, 0, 0)


@pytest.mark.parametrize("case", CHANGES)
def test_each_change_is_told_as_what_it_is(source: Path, case: str) -> None:
    """Words, answers and titles: a source and a package tell the same, in any pairing."""
    old, new, section, held = CHANGES[case]
    changed = SOURCE.replace(old, new)
    earlier = packed(source, NOW)
    edit(source, old, new)
    later = packed(source, NOW + 9)
    sources = diff(edition(SOURCE), edition(changed))
    packages = diff(of_package(earlier), of_package(later))
    mixed = diff(edition(SOURCE), of_package(later)), diff(of_package(earlier), edition(changed))
    assert told_of(sources) == {section: held}
    for found in (packages, *mixed):
        assert told_of(found) == {section: held}
    assert packages.seen == sources.seen == mixed[0].seen == mixed[1].seen


@pytest.mark.parametrize(
    ("old", "new"), [("10^9^", "10^8^"), ("10^9^", "109"), ("10^x.5^", "10x.5")]
)
def test_another_exponent_is_another_answer(old: str, new: str) -> None:
    """In an answer, in a gap and on paper."""
    sources = [SOURCE.replace("blue", n).replace("{{green}}", f"{{{{{n}}}}}") for n in (old, new)]
    found = diff(*map(edition, sources))
    assert [fact.fact for fact in found.corrected] == ["sky", "grass"]
    assert not found.reworded


def test_a_reversed_question_may_become_a_translation(source: Path) -> None:
    """It loses the words that ask, and no card: none comes, and none goes."""
    edit(source, '"blue"', '"blue"\nreverse = true')
    before, earlier = edition(source.read_text("utf-8")), packed(source, NOW)
    edit(source, '"blue"\nreverse', '"blue"\ntranslation')
    after, later = edition(source.read_text("utf-8")), packed(source, NOW + 9)
    for found in (diff(before, after), diff(of_package(earlier), of_package(later))):
        (fact,) = found.reworded
        (part,) = fact.parts
        assert list(told_of(found)) == ["reworded"]
        assert (fact.fact, part.label, part.new) == ("sky", "Front 2, as HTML", "blue")
        assert found.seen == Seen(0, 1, 0)


TITLES = {
    "of a topic": ("First topic", "1st topic", "topic `one`", ("sky", "grass", "snow")),
    "of the deck": ("A small deck", "Small", "title", ()),
    "of the deck, above a card": ("blue", "first topic", "title", ("sky",)),
}


@pytest.mark.parametrize("case", TITLES)
def test_a_title_is_told_once_with_its_notes(source: Path, case: str) -> None:
    """However many cards it stands above, it is one change; a package knows it by them alone."""
    old, new, label, facts = TITLES[case]
    if case.endswith("card"):  # the title of its topic would answer it
        edit(source, old, new)
        old, new = "A small deck", "Small"
    before = source.read_text("utf-8")
    earlier = packed(source, NOW)
    edit(source, old, new)
    found = diff(edition(before), edition(source.read_text("utf-8")))
    assert found.titles == (Cause(label, old, new, facts),)
    assert found.seen.updated == len(facts)
    later = of_package(packed(source, NOW + 9))
    for other in (later, edition(source.read_text("utf-8"))):
        found = diff(of_package(earlier), other)
        assert [(cause.label, {*cause.facts}) for cause in found.titles] == (
            [("title above cards", {*facts})] if facts else []
        )
        assert found.seen.updated == len(facts)


def test_a_title_that_would_answer_gives_way_to_another(source: Path) -> None:
    """An answer that the topic’s title gives away has the deck’s title above it: that is told."""
    earlier = packed(source, NOW)
    edit(source, '"blue"', '"first topic"')
    found = diff(of_package(earlier), edition(source.read_text("utf-8")))
    steps = (Cause("title above cards", "First topic", "A small deck", ("sky",)),)
    assert (found.titles, [fact.fact for fact in found.corrected]) == (steps, ["sky"])


@pytest.mark.parametrize(
    ("old", "new", "looks"),
    [
        ('version = "0.1.0"', 'version = "0.1.0"\nstyle = "my.css"', ["style"]),
        ('language = "en"', 'language = "de"', ["layout"]),
    ],
)
def test_another_look_is_told_of_all_cards(
    source: Path, told: Told, old: str, new: str, looks: list[str]
) -> None:
    """A style sheet, or the fixed words of the cards, change no note, and yet all cards."""
    source.with_name("my.css").write_text(".front { color: blue; }", encoding="utf-8")
    first = source.with_name("first.apkg")
    first.write_bytes(packed(source, NOW))
    edit(source, old, new)
    second = source.with_name("second.apkg")
    second.write_bytes(packed(source, NOW + 9))
    for other in (second, source):
        document = json.loads(told("diff", first, other, "--format", "json")[1])
        assert document["look"] == looks
    said = "another style sheet" if looks == ["style"] else "laid out otherwise, or with other"
    assert f"Look of all cards:\n  {said}" in told("diff", first, source)[1]


def test_a_note_that_is_only_dated_later_is_named(source: Path) -> None:
    """Anki updates it all the same, and learners lose their own edits: nothing goes unnamed."""
    old = packed(source, NOW)
    new = run(old, "UPDATE notes SET mod = mod + 1 WHERE flds LIKE '%\x1fsky\x1f%'")
    found = diff(of_package(old), of_package(new))
    assert told_of(found) == {"again": ["sky"]}
    assert found.seen == Seen(0, 1, 0)


def test_the_lock_knows_what_a_fact_was_called(source: Path, told: Told) -> None:
    """Once a release with `was` is out, the key may go: the lock remembers."""
    first = source.with_name("first.apkg")
    first.write_bytes(packed(source, NOW))
    edit(source, 'id = "sky"', 'id = "heaven"\nwas = ["sky"]')
    packed(source, NOW + 9)
    edit(source, '\nwas = ["sky"]', "")
    out = told("diff", first, source)[1]
    assert "Has another id:\n  heaven: sky → heaven\n" in out
    assert "0 new, 1 updated, 0 removed" in out
    source.with_suffix(".lock").write_text("<<<<<<< ours\n", encoding="utf-8")
    code, out, err = told("diff", first, source)
    assert (code, "1 new, 0 updated, 1 removed" in out) == (0, True)
    assert "warning[bad-lock]" in err


def test_a_lock_that_kept_the_old_name_of_its_source_is_told(source: Path, told: Told) -> None:
    """Without it, what a fact was called is lost on who compares."""
    first = source.with_name("first.apkg")
    first.write_bytes(packed(source, NOW))
    code, _, err = told("diff", first, source.rename(source.with_name("new.toml")))
    assert code == 0
    assert f"warning[bad-lock]: the lock of this deck is still called {source.stem}.lock" in err


@pytest.mark.parametrize(
    ("items", "section", "card"),
    [('"dew", "rain", "snow", "hail"', "asked", "dew"), ('"rain", "hail"', "unasked", "snow")],
)
def test_an_item_is_told_with_its_card(source: Path, items: str, section: str, card: str) -> None:
    """Where one comes in front, or one between others goes, the others' cards go on."""
    edit(source, '"rain", "hail"', '"rain", "snow", "hail"')
    earlier = edition(source.read_text("utf-8")), of_package(packed(source, NOW))
    edit(source, '"rain", "snow", "hail"', items)
    later = edition(source.read_text("utf-8")), of_package(packed(source, NOW + 9))
    for before, after in product(earlier, later):
        found = told_of(diff(before, after))
        assert found.pop(section) == [("rain", card)]
        assert found.keys() == {"reworded"}


TABLE = """
[[topic.fact]]
id = "lakes"
compare = "How do they differ?"
things = ["Erie", "Huron"]
aspects = [["Depth", "64 m", "229 m"], ["Outlet", "Niagara", "Saint Clair"]]
"""
LATER = '[["Outlet", "the Niagara", "Saint Clair"], ["Depth", "64 m", "229 m"]]'


@pytest.mark.parametrize("is_built", [True, False])
def test_the_lock_knows_a_cell_that_is_reworded_and_moved(
    source: Path, told: Told, is_built: bool
) -> None:
    """A source is compared as its build would number it, before as after; the card goes on."""
    source.write_text(SOURCE + TABLE, encoding="utf-8")
    first = source.with_name("first.apkg")
    first.write_bytes(packed(source, NOW))
    edit(source, TABLE.split("aspects = ")[1].strip(), LATER)
    of_source = told("diff", first, source)[1]
    if is_built:
        second = source.with_name("second.apkg")
        second.write_bytes(packed(source, NOW + 9))
        assert told("diff", first, source)[1] == of_source
        of_packages = told("diff", first, second)[1]
        assert of_packages.splitlines()[1:] == of_source.splitlines()[1:]
    assert "lakes: answer of card 3: {+the+} Niagara\n" in of_source
    assert "Asked as well" not in of_source
    assert "No longer asked" not in of_source


def test_a_lock_of_another_deck_numbers_no_gaps(source: Path, told: Told) -> None:
    """It is told, and the source is compared as one that has none: by what its cards say."""
    source.write_text(SOURCE + TABLE, encoding="utf-8")
    first = source.with_name("first.apkg")
    first.write_bytes(packed(source, NOW))
    edit(source, TABLE.split("aspects = ")[1].strip(), LATER)
    lock = source.with_suffix(".lock")
    lock.write_text(lock.read_text("utf-8").replace('"deck": "small"', '"deck": "x"'), "utf-8")
    _, out, err = told("diff", first, source)
    assert "warning[bad-lock]" in err
    assert "Asked as well:\n  lakes: the Niagara\n" in out
    lock.unlink()
    assert told("diff", first, source)[1] == out


def test_an_answer_that_changed_is_named_by_its_card() -> None:
    """Of a sentence with gaps it is told which card has another answer."""
    found = diff(edition(SOURCE), edition(SOURCE.replace("{{spring}}", "{{early spring}}")))
    (fact,) = found.corrected
    assert fact.answers == (Part("answer of card 2", "spring", "early spring"),)


def test_facts_that_come_and_go_are_told(source: Path) -> None:
    """A new fact, a fact that is gone, and what a learner sees of both."""
    earlier = packed(source, NOW)
    changed = SOURCE.replace('id = "sky"', 'id = "heaven"')
    expected = {"added": ["heaven"], "removed": ["sky"]}
    for before in (edition(SOURCE), of_package(earlier)):
        found = diff(before, edition(changed))
        assert told_of(found) == expected
        assert found.seen == Seen(new=1, updated=0, removed=1)
    assert [told.words for told in found.added] == ["Which colour has the sky? – blue"]


def test_a_fact_on_paper_alone_is_no_note() -> None:
    """A fact that only the sheet has is told between sources, and no learner sees it in Anki."""
    found = diff(edition(SOURCE), edition(SOURCE.replace('id = "paper"', 'id = "print"')))
    assert told_of(found) == {"added": ["print"], "removed": ["paper"]}
    assert [told.words for told in found.added] == ["Is this in Anki? no"]
    assert found.seen == Seen(0, 0, 0)


def test_a_fact_that_goes_to_paper_alone_is_told_as_removed() -> None:
    """Its note goes, though its words stay in print; the other way it is new."""
    both = edition(SOURCE), edition(SOURCE.replace('id = "sky"', 'id = "sky"\nonly = "sheet"'))
    there, back = diff(*both), diff(*both[::-1])
    assert told_of(there) == {"removed": ["sky"]}
    assert told_of(back) == {"added": ["sky"]}
    words = "Which colour has the sky? – blue"
    assert [each.words for each in there.removed] == [f"{words} (stays on paper)"]
    assert [each.words for each in back.added] == [f"{words} (was on paper alone)"]
    assert (there.seen, back.seen) == (Seen(0, 0, 1), Seen(1, 0, 0))


def test_only_the_statement_on_paper_changed() -> None:
    """What the sheet prints of a fact is told where nothing else of it changed."""
    stated = 'answer = "blue"\nstatement = "The sky is blue."'
    before = SOURCE.replace('answer = "blue"', stated)
    found = diff(edition(before), edition(before.replace("The sky is", "Skies are")))
    assert told_of(found) == {
        "reworded": {"sky": [("on paper", "The sky is blue.", "Skies are blue.")]}
    }
    assert found.seen == Seen(0, 0, 0)


def test_a_fact_in_another_topic_is_told() -> None:
    """A fact that moved is neither new nor gone; its note's tag changed."""
    head, rest = SOURCE.split('[[topic.fact]]\nid = "sky"')
    sky, rest = rest.split("[[topic.fact]]", 1)
    moved = f'{head}[[topic.fact]]{rest}\n[[topic.fact]]\nid = "sky"{sky}'
    found = diff(edition(SOURCE), edition(moved))
    assert told_of(found) == {"moved": [Moved("sky", "one", "two")]}
    assert found.seen == Seen(0, 1, 0)


# ---------------------------------------------------------------------------- names and dates


def test_the_guid_tells_a_new_name_of_a_fact(source: Path) -> None:
    """In packages a note that kept its guid is the same fact, whatever its id is now."""
    old = packed(source, NOW)
    new = run(old, "UPDATE notes SET flds = replace(flds, '\x1fsky\x1f', '\x1fheaven\x1f')")
    found = diff(of_package(old), of_package(new))
    assert told_of(found) == {"renamed": [Moved("heaven", "sky", "heaven")]}
    assert found.seen == Seen(0, 0, 0)


def test_a_new_fact_may_have_the_old_name_of_another(source: Path) -> None:
    """Where a guid says which fact is which, an id that goes to another fact confuses nothing."""
    old = packed(source, NOW)
    rename = "UPDATE notes SET flds = replace(flds, '\x1f{}\x1f', '\x1f{}\x1f')"
    other = "UPDATE notes SET guid = 'another' WHERE flds LIKE '%\x1frain\x1f%'"
    new = run(old, rename.format("sky", "heaven"), other, rename.format("rain", "sky"))
    found = diff(of_package(old), of_package(new))
    assert told_of(found) == {
        "renamed": [Moved("heaven", "sky", "heaven")],
        "added": ["sky"],
        "removed": ["rain"],
    }


def test_gaps_that_changed_numbers_are_told_of_packages(source: Path) -> None:
    """Learners have cards by number: in packages a swap is told, in a source it may yet go away."""
    old = packed(source, NOW)
    swapped = "replace(replace(flds, '{{c1::green', '{{c2::green'), '{{c2::spring', '{{c1::spring')"
    new = run(old, f"UPDATE notes SET flds = {swapped}")
    (fact,) = diff(of_package(old), of_package(new)).corrected
    assert [(part.label, part.new) for part in fact.answers] == [
        ("answer of card 1", "spring"),
        ("answer of card 2", "green"),
    ]
    found = diff(edition(SOURCE), of_package(new))
    assert told_of(found) == {}
    assert found.seen == Seen(0, 0, 0)


@pytest.mark.parametrize(
    "numbers",
    [
        {"{{c2::green": "{{c1::green", "{{c3::spring": "{{c2::spring"},
        {"{{c2::green": "{{c1::green"},
    ],
)
def test_a_note_whose_gaps_have_other_numbers_does_not_say_the_same(
    source: Path, numbers: dict[str, str]
) -> None:
    """Its words are the same, and its cards ask for others: it is told once, as corrected."""
    edit(source, "Grass is {{green}}", "{{Grass}} is {{green}}")
    old = packed(source, NOW)
    text = "flds"
    for before, after in numbers.items():
        text = f"replace({text}, '{before}', '{after}')"
    later = "mod = mod + 9 WHERE flds LIKE '%{{c2::green%'"
    found = diff(of_package(old), of_package(run(old, f"UPDATE notes SET flds = {text}, {later}")))
    assert [fact.fact for fact in found.corrected] == ["grass"]
    assert found.again == ()


def test_a_source_tells_a_new_name_of_a_fact() -> None:
    """`was` says which id a fact had before; the old one is not gone then."""
    text = SOURCE.replace('id = "sky"', 'id = "heaven"\nwas = ["sky"]')
    deck, problems = read_bytes(text.encode(), "small.toml")
    assert deck, problems
    found = diff(edition(SOURCE), edition_of_source(deck, "small.toml"))
    assert told_of(found) == {"renamed": [Moved("heaven", "sky", "heaven")]}


def test_packages_are_counted_as_anki_counts(source: Path) -> None:
    """Anki updates a note that is dated later, and doubles one whose guid is another."""
    old = packed(source, NOW)
    sky = "flds LIKE '%\x1fsky\x1f%'"
    cases = {
        f"UPDATE notes SET mod = mod + 1 WHERE {sky}": Seen(0, 1, 0),
        "UPDATE notes SET flds = replace(flds, 'blue', 'red')": Seen(0, 0, 0),
        f"UPDATE notes SET guid = 'another' WHERE {sky}": Seen(1, 0, 1),
    }
    for change, seen in cases.items():
        assert diff(of_package(old), of_package(run(old, change))).seen == seen


def test_a_retired_fact_is_removed(source: Path) -> None:
    """A note that is there only to be cleared away is no fact of the deck any more."""
    old = packed(source, NOW)
    empty = "\x1f" * 4  # Cite, Image, Audio are empty, then comes Retired
    change = f"UPDATE notes SET flds = replace(flds, 'sky{empty}', 'sky{empty}1')"
    assert told_of(diff(of_package(old), of_package(run(old, change)))) == {"removed": ["sky"]}


def test_a_fact_of_another_type_of_note_is_another(source: Path) -> None:
    """One came and one went, as is counted: no answer was corrected."""
    question = 'question = "Which colour has the sky?"\nanswer = "blue"'
    cloze = SOURCE.replace(question, 'cloze = "The sky is {{blue}}."')
    assert cloze != SOURCE
    packages = []
    for text in (SOURCE, cloze):
        source.write_text(text, encoding="utf-8")
        packages.append(of_package(packed(source)))
    for old, new in (packages, (edition(SOURCE), edition(cloze))):
        found = diff(old, new)
        assert [told.fact for told in found.added] == ["sky"]
        assert [told.fact for told in found.removed] == ["sky"]
        assert found.corrected == found.reworded == ()
        assert (found.seen.new, found.seen.removed) == (1, 1)


def test_the_stamp_is_read() -> None:
    """A built file says which deck, version and source it is; other text says nothing."""
    for text in ("small 0.1.0 · 0123456789ab", "A &amp; b.<br>small 0.1.0 · 0123456789ab"):
        assert stamp_in(text) == Stamp("small", "0.1.0", "0123456789ab")
        assert text.endswith(str(stamp_in(text)))
    assert stamp_in("small 0.1.0") is None


def test_words_are_compared_one_by_one() -> None:
    """What stayed, went and came is told in reading order; long texts are told whole."""
    steps = [*word_diff("the sky is blue", "the big sky was blue indeed")]
    assert steps == [
        ("same", "the"), ("new", "big"), ("same", "sky"), ("old", "is"), ("new", "was"),
        ("same", "blue"), ("new", "indeed"),
    ]  # fmt: skip
    long = "word " * 1500
    assert [what for what, _ in word_diff(long, f"{long} more")] == ["old", "new"]


# ---------------------------------------------------------------------------- the command


def two(source: Path, old: str, new: str) -> tuple[Path, Path]:
    later = source.with_name("later.toml")
    later.write_text(SOURCE.replace(old, new), encoding="utf-8")
    return source, later


def test_a_person_is_told_word_by_word(source: Path, told: Told) -> None:
    """Text marks what went and what came, and ends with what a learner sees."""
    code, out, _ = told("diff", *two(source, '"blue"', '"*azure* blue"'))
    assert code == 0
    assert "Corrected:\n  sky: answer: {+azure+} blue\n" in out
    assert out.endswith("On import:\n  0 new, 1 updated, 0 removed from the deck\n")


def test_a_cause_is_told_once(source: Path, told: Told) -> None:
    """What changes many notes is a line, with how many they are, and the first of them."""
    _, out, _ = told("diff", *two(source, 'id = "small"', 'id = "tiny"\nwas = ["small"]'))
    notes = "(4 notes: sky, grass, snow, rain)"
    assert f"Has another id:\n  deck, in tags: [-small-] {{+tiny+}} {notes}\n" in out
    _, out, _ = told("diff", *two(source, '"First topic"', '"1st topic"'))
    assert "Titles:\n  topic `one`: [-First-] {+1st+} topic (3 notes: sky, grass, snow)\n" in out


def test_markdown_marks_what_went_and_came(source: Path, told: Told) -> None:
    """Release notes may be pasted: no character of the author's sets type in them."""
    files = two(source, '"blue"', r'"a\\*b [c] <d>"')
    _, out, _ = told("diff", *files, "--format", "markdown")
    assert "\n### Corrected\n\n* `sky`: answer: ~~blue~~ **a\\*b \\[c\\] \\<d\\>**\n" in out
    _, out, _ = told("diff", *reversed(files), "--format", "markdown")
    assert "**blue**" in out


def test_a_program_is_told_all(source: Path, told: Told) -> None:
    """As JSON, the diff is one document."""
    code, out, _ = told("diff", *two(source, 'id = "sky"', 'id = "heaven"'), "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["removed"] == [{"fact": "sky", "words": "Which colour has the sky? – blue"}]
    assert document["seen"] == {"new": 1, "updated": 0, "removed": 1}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_no_package_drives_the_terminal(source: Path, told: Told, form: str) -> None:
    """Anybody may have made a package: what it holds is told, and is never a command."""
    old, new = source.with_name("old.apkg"), source.with_name("new.apkg")
    old.write_bytes(packed(source, NOW))
    command = "UPDATE notes SET flds = replace(flds, 'blue', char(155) || '31m' || char(127, 8238))"
    new.write_bytes(run(old.read_bytes(), command))
    code, out, _ = told("diff", old, new, "--format", form)
    assert code == 0
    assert "31m" in out
    assert out.replace("\n", "").isprintable()
    if form == "json":
        (changed,) = json.loads(out)["corrected"]
        assert changed["parts"][0]["new"] == "\x9b31m\x7f\u202e"


def test_a_removed_fact_stays_with_the_learner(source: Path, told: Told) -> None:
    """What is gone from the deck is not taken from anybody; that is said."""
    _, out, _ = told("diff", *two(source, 'id = "sky"', 'id = "heaven"'))
    assert "1 new, 0 updated, 1 removed from the deck (stays with you)" in out


def test_a_source_with_a_problem_is_told_as_by_check(source: Path, told: Told) -> None:
    """A source that is none ends the run with its problems, place and all."""
    code, _, err = told("diff", *two(source, "answer =", "anser ="))
    assert code == 1
    assert "later.toml:15:1: error[unknown-key]" in err


@pytest.mark.parametrize("side", ["front", "back"])
def test_a_picture_is_compared_by_what_is_in_it(source: Path, told: Told, side: str) -> None:
    """A package and its source are equal; another picture under the same name is an update.

    Where the picture is not at hand, that is said, and all else is compared.
    """
    picture = source.with_name("sky.png")
    Image.new("RGB", (30, 20), "blue").save(picture)
    media = f'image = "sky.png"\nalt = "A field"\nmedia = "{side}"'
    source.write_text(SOURCE.replace('"blue"', f'"blue"\n{media}'), encoding="utf-8")
    package = source.with_name("old.apkg")
    package.write_bytes(packed(source, NOW))
    assert told("diff", package, source)[1].endswith(
        "\n  0 new, 0 updated, 0 removed from the deck\n"
    )
    Image.new("RGB", (30, 20), "red").save(picture)
    out = told("diff", package, source)[1]
    assert "0 new, 1 updated" in out
    label = "picture asked about" if side == "front" else "picture"
    assert re.search(rf"\n  sky: {label}: A field \[-\(\w+\.png\)-\] {{\+\(\w+\.png\)\+}}\n", out)
    picture.unlink()
    code, out, err = told("diff", package, source)
    assert (code, "0 new, 1 updated" in out) == (0, True)
    assert "warning[bad-file]: `sky.png` cannot be read" in err


def test_a_package_that_is_none_is_told(source: Path, told: Told) -> None:
    """A zip of something else ends the run with a sentence that names the file."""
    bad = source.with_name("bad.apkg")
    bad.write_bytes(zipped({"readme": b""}))
    code, _, err = told("diff", source, bad)
    assert code == 1
    assert "bad.apkg: There are no notes in this package" in err
    bad.write_bytes(b"")  # a download that was cut off is no source either
    code, _, err = told("diff", source, bad)
    assert code == 1
    assert "bad.apkg: This is no Anki package" in err


@pytest.mark.parametrize(("name", "data"), [("deck.pdf", b"%PDF-1.7"), ("deck.tsv", b"a\tb\n")])
def test_what_is_neither_source_nor_package_is_told(
    source: Path, told: Told, name: str, data: bytes
) -> None:
    """What is wrong with it as TOML is of no use to who named another file than was meant."""
    other = source.with_name(name)
    other.write_bytes(data)
    code, _, err = told("diff", str(other), str(source))
    assert code == 1
    assert f"{name} is no source (.toml) and no package (.apkg)" in err


def test_the_second_answer_of_a_fact_has_a_name_of_its_own() -> None:
    """What a quotation means is said as that, not by the number of its card."""
    fact = '[[topic.fact]]\nid = "veni"\nquote = "I came."\nspeaker = "Caesar"\n'
    deck = deck_of(f'{SMALL}\n{fact}meaning = "It was quick."\n')
    assert edition_of_source(deck, "small.toml").entries["veni"].said["second answer"] == (
        "It was quick."
    )
