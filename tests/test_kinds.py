"""Kinds of fact: what each declares, and that a new one is one file."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import NOW, ROOT, SMALL
from contrast import CONTRAST
from pypdf import PdfReader

from deckbuilder.build import build
from deckbuilder.cards import cards, to_be_typed, to_type
from deckbuilder.check import check
from deckbuilder.content import plain_content
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.model import Asked, Deck, Faces, Fact, Gapped, asked_in_print, in_deck, on_sheet
from deckbuilder.read import read, read_bytes
from deckbuilder.schema import FACT

MADE_UP = """
[[topic.fact]]
id = "moon"
contrast = "Crescent"
other = "full moon"
by = "how much is lit"
"""


def test_a_new_kind_is_one_file(small: Path) -> None:
    """A kind in a file of its own is read, and is seen in the deck and on the sheet."""
    small.write_text(SMALL + MADE_UP, encoding="utf-8")
    built = build(small, small.parent / "out", NOW, kinds=(*KINDS, CONTRAST))
    assert not built.problems
    with zipfile.ZipFile(small.parent / "out" / "small.apkg") as package:
        database = sqlite3.connect(":memory:")
        database.deserialize(package.read("collection.anki2"))
    fields = [row[0].split("\x1f") for row in database.execute("SELECT flds FROM notes")]
    database.close()
    assert any(f[:2] == ["Crescent or full moon?", "how much is lit"] for f in fields)
    data = (small.parent / "out" / "small.pdf").read_bytes()
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "Crescent or full moon? how much is lit" in " ".join(text.split())


def test_a_kind_that_is_not_listed_is_not_read() -> None:
    """Without its name in the tuple, the made-up kind is no kind."""
    deck, problems = read_bytes((SMALL + MADE_UP).encode(), "small.toml")
    assert deck is None
    assert [p.code for p in problems] == ["no-kind"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_named_by_its_first_key(kind: Kind) -> None:
    """The key that shows a kind is its own, required, and no other kind's."""
    assert kind.keys[0].name == kind.name
    assert kind.keys[0].required
    assert kind.name not in {key.name for other in KINDS if other is not kind for key in other.keys}
    assert not {key.name for key in kind.keys} & {key.name for key in FACT}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_sample_uses_each_kind(kind: Kind) -> None:
    """The language sample shows every kind at work, but the ones that relations has."""
    used = set()
    for file in (ROOT / "source" / "relations.toml", ROOT / "tests" / "samples" / "language.toml"):
        deck, _ = read(file)
        assert deck
        used |= {fact.kind for fact in deck.facts}
    assert kind.name in used


FACTS = {
    "question": ('question = "Q?"\nanswer = "A"', [("Q?", "A")], "Q? A", 1),
    "question, reversed": (
        'question = "Q?"\nanswer = "A"\nreverse = true',
        [("Q?", "A"), ("A To which question is this the answer?", "Q?")],
        "Q? A",
        1,
    ),
    "question, reversed, which asks nothing": (
        'question = "Capital of Peru"\nanswer = "Lima"\nreverse = true',
        [
            ("Capital of Peru", "Lima"),
            ("Lima To which question is this the answer?", "Capital of Peru"),
        ],
        "Capital of Peru Lima",
        1,
    ),
    "question, a word and its translation": (
        'question = "the kitchen"\nanswer = "la cuisine"\ntranslation = true',
        [("the kitchen", "la cuisine"), ("la cuisine", "the kitchen")],
        "the kitchen la cuisine",
        1,
    ),
    "question, a translation that its statement has": (
        'question = "How are you?"\nstatement = "One asks: {{Ça va ?}}"\ntranslation = true',
        [("How are you?", "Ça va ?"), ("Ça va ?", "How are you?")],
        "One asks: Ça va ?",
        1,
    ),
    "question, a translation and reversed": (
        'question = "ja"\nanswer = "yes"\ntranslation = true\nreverse = true',
        [("ja", "yes"), ("yes", "ja")],
        "ja yes",
        1,
    ),
    "question, a translation asked one way": (
        'question = "ja"\nanswer = "yes"\ntranslation = true\nreverse = false',
        [("ja", "yes")],
        "ja yes",
        1,
    ),
    "question, no translation": (
        'question = "ja"\nanswer = "yes"\ntranslation = false',
        [("ja", "yes")],
        "ja yes",
        1,
    ),
    "question, answered by its statement": (
        'question = "Q?"\nstatement = "It is {{A}} here."',
        [("Q?", "A")],
        "It is A here.",
        1,
    ),
    "cloze": (
        'cloze = "One {{two}} three {{four}}."',
        [("One [...] three four.", "One two three four."), ("One two three [...].",) * 2],
        "One two three four.",
        2,
    ),
    "cloze, numbered and hinted": (
        'cloze = "{{c2::b::second}} {{a}} {{c2::c}}"',
        [("b [...] c", "b a c"), ("[second] a [...]", "b a c")],
        "b a c",
        2,
    ),
    "list": (
        'list = "Which?"\nitems = ["a", "b"]',
        [("Which? [...] b", "Which? a b"), ("Which? a [...]", "Which? a b")],
        "Which? a b",
        2,
    ),
    "list, ordered": (
        'list = "Which?"\nitems = ["a", "b"]\nordered = true',
        [("Which? [...]", "Which? a b"), ("Which? a [...]", "Which? a b")],
        "Which? a b",
        2,
    ),
    "list, all at once": (
        'list = "Which?"\nitems = ["a", "b"]\nask = "all"',
        [("Which?", "a b")],
        "Which? a b",
        2,
    ),
    "compare": (
        'compare = "How?"\nthings = ["a", "b"]\naspects = [["C", "d", "e"], ["F", "g", "h"]]',
        [
            ("How? a b C [...] e F g h", "How? a b C d e F g h"),
            ("How? a b C d [...] F g h", "How? a b C d e F g h"),
            ("How? a b C d e F [...] h", "How? a b C d e F g h"),
            ("How? a b C d e F g [...]", "How? a b C d e F g h"),
        ],
        "How? a b C d e F g h",
        4,
    ),
    "order": ('order = "Sort."\nitems = ["b", "a"]', [("Sort. a b", "b a")], "Sort. b a", 2),
    "order, by alphabet already": (
        'order = "Sort."\nitems = ["a", "b", "c"]',
        [("Sort. c b a", "a b c")],
        "Sort. a b c",
        3,
    ),
    "order, with items that differ in capitals": (
        'order = "Sort."\nitems = ["H2O", "Co", "CO"]',
        [("Sort. CO Co H2O", "H2O Co CO")],
        "Sort. H2O Co CO",
        3,
    ),
    "quote": (
        'quote = "Never."\nspeaker = "N"',
        [("“Never.” Who said this?", "N")],
        "“Never.” N",
        1,
    ),
    "quote, with its meaning": (
        'quote = "Never."\nspeaker = "N"\nmeaning = "not once"',
        [("“Never.” Who said this?", "N"), ("“Never.” What was meant by it?", "not once")],
        "“Never.” N not once",
        1,
    ),
    "event": ('event = "It began"\nwhen = 1905', [("It began When?", "1905")], "It began", 1),
    "event, reversed": (
        'event = "It began"\nwhen = "c. 1905"\nreverse = true',
        [("It began When?", "c. 1905"), ("c. 1905 What happened?", "It began")],
        "It began",
        1,
    ),
    "term": (
        'term = "T"\ndefinition = "what T means"\nreverse = true',
        [("T What does it mean?", "what T means"), ("what T means Which term is this?", "T")],
        "T what T means",
        1,
    ),
    "person": (
        'person = "P"\nknown_for = "deeds"\nreverse = true',
        [("P Known for what?", "deeds"), ("deeds Who is this?", "P")],
        "P deeds",
        1,
    ),
}


def fact_of(written: str) -> Fact:
    """Return the fact that a source with no other gives."""
    head = SMALL.partition("[[topic.fact]]")[0]
    deck, problems = read_bytes(f'{head}[[topic.fact]]\nid = "f"\n{written}\n'.encode(), "t.toml")
    assert deck, problems
    (fact,) = deck.facts
    return fact


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_becomes_its_cards_statement_and_question(name: str) -> None:
    """Each kind gives the cards, the printed line and the marks that its author expects."""
    written, expected, statement, marks = FACTS[name]
    fact = fact_of(written)
    made = [(plain_content(card.front), plain_content(card.back)) for card in cards(fact)]
    if name == "cloze":
        expected = [expected[0], ("One two three [...].", "One two three four.")]
    assert made == expected
    assert plain_content(fact.parts.statement) == statement
    assert isinstance(fact.parts.asked, Asked)
    assert fact.parts.asked.marks == marks
    assert isinstance(fact.parts.note, (Faces, Gapped))


def test_what_is_only_asked_is_numbered_behind_the_sheet() -> None:
    """A fact that the sheet does not state takes no number from those it does, and is a note."""
    text = SMALL.replace('answer = "blue"', 'answer = "blue"\nonly = "asked"')
    deck, _ = read_bytes(text.encode(), "small.toml")
    assert deck
    asked = next(fact for fact in deck.facts if fact.only == "asked")
    assert asked.number == len(deck.facts)
    assert [fact.number for fact in on_sheet(deck)] == [*range(1, len(deck.facts))]
    assert asked in in_deck(deck)
    assert asked in asked_in_print(deck)


ANSWERS = {
    "question": "A",
    "question, answered by its statement": "A",
    "cloze": "two four",
    "list": "a b",
    "compare": "a b C d e F g h",
    "order": "b a",
    "quote": "N",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_printed_question_has_its_answer(name: str) -> None:
    """What print asks is answered in the kind's own words, a cloze gap for gap."""
    assert plain_content(fact_of(FACTS[name][0]).parts.asked.answer) == ANSWERS[name]


def typed_deck(fact: str) -> Deck:
    text = f'{SMALL}\n[[topic.fact]]\nid = "keys"\ntyped = true\n{fact}\n'
    deck, problems = read_bytes(text.encode(), "deck.toml")
    assert deck, problems
    return deck


CAPITAL = "question = 'What is the capital?'\nanswer = 'Bonn'\n"
LINE = "term = 'isotherm'\ndefinition = 'a line of equal warmth'\n"


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        (CAPITAL, ["Bonn"]),
        (f"{CAPITAL}reverse = true", ["Bonn"]),
        (
            "question = 'Why?'\nanswer = 'so that it is done'\nreverse = true",
            ["so that it is done"],
        ),
        ("question = 'Fe'\nanswer = 'iron'\nreverse = true", ["iron", "Fe"]),
        ("question = 'Define it.'\nanswer = 'what it is'\nreverse = true", ["what it is"]),
        (
            "question = 'How deep? (m)'\nanswer = 'so deep as that'\nreverse = true",
            ["so deep as that"],
        ),
        ("question = 'Who?'\nanswer = 'Qui ?'\ntranslation = true", ["Qui ?", "Who?"]),
        ("question = 'Who?'\nanswer = 'Qui ?'\ntranslation = true\nreverse = false", ["Qui ?"]),
        (LINE, ["a line of equal warmth"]),
        (f"{LINE}reverse = true", ["isotherm"]),
        ("event = 'Hooke named cells in cork.'\nwhen = 1665\nreverse = true", ["1665"]),
        ("quote = 'All is one.'\nspeaker = 'Ann'\nmeaning = 'each thing acts on all'", ["Ann"]),
    ],
)
def test_the_short_answer_is_typed(fact: str, typed: list[str]) -> None:
    """Asked both ways, nobody types a question, nor the longer side unless it has few words."""
    deck = typed_deck(fact)
    *_, last = deck.facts
    assert [card.answer for card in to_type(last, cards(last))] == typed
    assert not check(deck)


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("list = 'Which?'\nitems = ['red', '*green*', 'blue']\nask = 'all'", "red, green, blue"),
        ("order = 'Which first?'\nitems = ['Rome', 'Berlin']", "Rome, Berlin"),
        ("event = 'The Wall fell.'\nwhen = 1989\nreverse = true", "The Wall fell"),
        ("event = 'The end ...'\nwhen = 1989\nreverse = true", "The end ..."),
        ("question = 'Which firm?'\nanswer = 'Acme Inc.'", "Acme Inc."),
    ],
)
def test_an_answer_is_typed_as_people_write(fact: str, typed: str) -> None:
    """What stands below each other is typed with commas, and nobody ends an event with a stop."""
    *_, last = typed_deck(fact).facts
    assert to_be_typed(last, to_type(last, cards(last))[-1]) == typed


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("I came.", "“I came.”"),
        ("“I came.”", "“I came.”"),
        ('"I came."', "“I came.”"),
        ("„Ich *kam*.“", "“Ich kam.”"),
        ("«\u202fJe vins.\u202f»", "“Je vins.”"),
        ("‘I *came*’", "“I came”"),
        ("“Yes,” he said, “I came.”", "““Yes,” he said, “I came.””"),
        ('"Et tu," he "said"', '“"Et tu," he "said"”'),
        ("He said “yes”", "“He said “yes””"),
        ("«Así sea».", "“Así sea”."),
        ("«Así *sea*».", "“Así sea”."),
        ("He said “yes”.", "“He said “yes”.”"),
        ('".', '“".”'),
        ("'Tis the season o'", "“'Tis the season o'”"),
        ('""', '“""”'),
    ],
)
def test_a_quote_has_one_pair_of_marks(quote: str, shown: str) -> None:
    """Marks typed around the whole quote are the deck's own; any others are words of it."""
    fact = fact_of(f"quote = {json.dumps(quote)}\nspeaker = 'Ann'\nmeaning = 'that it is so'")
    for card in cards(fact):
        assert plain_content(card.front).startswith(f"{shown} ")
    assert plain_content(fact.parts.statement).startswith(f"{shown} Ann")


def test_a_question_is_no_answer_to_be_typed() -> None:
    """Where the answer is too long, and only the question would be short, `typed` is a problem."""
    deck = typed_deck(f"question = 'Why?'\nanswer = '{'so ' * 30}'\nreverse = true")
    assert [problem.code for problem in check(deck)] == ["typed-answer"]


def test_of_two_answers_the_shorter_one_is_typed() -> None:
    """A definition of many words is no problem where the term is asked for, too."""
    typed = f"term = 'ice'\ndefinition = '{'so ' * 30}'"
    assert [problem.code for problem in check(typed_deck(typed))] == ["typed-answer"]
    assert not check(typed_deck(f"{typed}\nreverse = true"))
