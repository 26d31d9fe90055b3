"""What learners get and keep, told by the real Anki library."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ankilib
import pytest
from anki.cards import CardId
from anki.decks import DeckId
from anki.tags import TagTreeNode
from ankilib import (
    Collection,
    Imported,
    all_cards,
    back,
    edit,
    faces,
    front,
    load,
    package,
    page,
    part,
    rows,
    scheduler,
    study,
)
from conftest import ROOT, deck_of

from deckbuilder.build import build
from deckbuilder.examine import examine
from deckbuilder.model import Deck, in_deck
from deckbuilder.problems import errors
from deckbuilder.read import read_bytes
from deckbuilder.writers.apkg import notetypes

NOW = 1_790_000_000
LATE = 2_100_000_000  # later than any learner's own edit

# a fact of each kind, with each option
EVERY_OPTION = """\
[deck]
id = "every"
title = "Italy"
anki = "Every::Option"
version = "0.1.0"
language = "en"

[[topic]]
id = "t"
title = "The topic"

[[topic.fact]]
id = "question"
question = "What is *H~2~O*?"
answer = "`water`, that is $x^2$"
extra = "More **extra**."
hint = "a *hint*"
cite = "Book, p. 3"
tags = ["my-tag", "another::tag"]

[[topic.fact]]
id = "question-reverse"
question = "Capital of France?"
answer = "Paris"
reverse = true
hint = "It has a tower."

[[topic.fact]]
id = "question-gap"
question = "What colour is the sky?"
statement = "The sky is {{blue}} by day."

[[topic.fact]]
id = "cloze-several"
cloze = "First {{one}}, then {{**two**}} and {{three}}."
hint = "count"

[[topic.fact]]
id = "cloze-numbers"
cloze = "{{c2::B}} {{c2::b}} after {{c1::A}}, then {{free}}."

[[topic.fact]]
id = "cloze-hint"
cloze = "The {{c1::Rhine::a river}} flows north."

[[topic.fact]]
id = "list-unordered"
list = "Which two?"
items = ["this", "that"]
extra = "Extra of a list."

[[topic.fact]]
id = "list-ordered"
list = "Which steps?"
items = ["get set", "wait", "go"]
ordered = true

[[topic.fact]]
id = "list-all"
list = "Which ones?"
items = ["alpha", "beta"]
ask = "all"

[[topic.fact]]
id = "list-all-ordered"
list = "In which order?"
items = ["alpha", "beta"]
ask = "all"
ordered = true

[[topic.fact]]
id = "event"
event = "A thing happened"
when = 1850-03-09
reverse = true

[[topic.fact]]
id = "term"
term = "gap"
definition = "what is to be recalled"
reverse = true

[[topic.fact]]
id = "person"
person = "Ada Lovelace"
known_for = "the first program"
reverse = true

[[topic.fact]]
id = "compare"
compare = "How do *they* differ?"
things = ["One", "the **other**"]
aspects = [["Size", "small", "$x^3$"], ["Age", "old", "new"]]

[[topic.fact]]
id = "order"
order = "Sort them."
items = ["go", "get set", "rest"]

[[topic.fact]]
id = "quote"
quote = "To be, or not to be"
speaker = "Hamlet"
meaning = "whether to live"
typed = true
speak = true

[[topic.fact]]
id = "only-sheet"
question = "Is this in Anki?"
answer = "no"
only = "sheet"

[[topic]]
id = "answers"
title = "Treaty of Rapallo"

[[topic.fact]]
id = "is-title"
question = "Which treaty made the two partners?"
answer = "the Treaty of Rapallo"

[[topic.fact]]
id = "in-title"
cloze = "The treaty is named after {{Rapallo}} in {{Italy}}."

[[topic.fact]]
id = "one-way"
term = "treaty of Rapallo"
definition = "a treaty of 1922"
reverse = true
"""

# (fact, card) -> what stands on its front, on its back
READ: dict[tuple[str, int], tuple[str, str]] = {
    ("question", 1): ("What is H2O?", "water, that is x^2"),
    ("question-reverse", 1): ("Capital of France?", "Paris"),
    ("question-reverse", 2): (
        "Paris To which question is this the answer?",
        "Capital of France?",
    ),
    ("question-gap", 1): ("What colour is the sky?", "blue"),
    ("cloze-several", 1): ("First [...], then two and three.", "First one, then two and three."),
    ("cloze-several", 2): ("First one, then [...] and three.", "First one, then two and three."),
    ("cloze-several", 3): ("First one, then two and [...].", "First one, then two and three."),
    ("cloze-numbers", 1): ("B b after [...], then free.", "B b after A, then free."),
    ("cloze-numbers", 2): ("[...] [...] after A, then free.", "B b after A, then free."),
    ("cloze-numbers", 3): ("B b after A, then [...].", "B b after A, then free."),
    ("cloze-hint", 1): ("The [a river] flows north.", "The Rhine flows north."),
    ("list-unordered", 1): ("Which two? [...] that", "Which two? this that"),
    ("list-unordered", 2): ("Which two? this [...]", "Which two? this that"),
    ("list-ordered", 1): ("Which steps? [...]", "Which steps? get set wait go"),
    ("list-ordered", 2): ("Which steps? get set [...]", "Which steps? get set wait go"),
    ("list-ordered", 3): ("Which steps? get set wait [...]", "Which steps? get set wait go"),
    ("list-all", 1): ("Which ones?", "alpha beta"),
    ("list-all-ordered", 1): ("In which order?", "alpha beta"),
    ("event", 1): ("A thing happened When?", "9 March 1850"),
    ("event", 2): ("9 March 1850 What happened?", "A thing happened"),
    ("term", 1): ("gap What does it mean?", "what is to be recalled"),
    ("term", 2): ("what is to be recalled Which term is this?", "gap"),
    ("person", 1): ("Ada Lovelace Known for what?", "the first program"),
    ("person", 2): ("the first program Who is this?", "Ada Lovelace"),
    ("compare", 1): (
        "How do they differ? One the other Size [...] x^3 Age old new",
        "How do they differ? One the other Size small x^3 Age old new",
    ),
    ("compare", 2): (
        "How do they differ? One the other Size small [...] Age old new",
        "How do they differ? One the other Size small x^3 Age old new",
    ),
    ("compare", 3): (
        "How do they differ? One the other Size small x^3 Age [...] new",
        "How do they differ? One the other Size small x^3 Age old new",
    ),
    ("compare", 4): (
        "How do they differ? One the other Size small x^3 Age old [...]",
        "How do they differ? One the other Size small x^3 Age old new",
    ),
    ("order", 1): ("Sort them. get set go rest", "go get set rest"),
    ("quote", 1): ("“To be, or not to be” Who said this?", "Hamlet"),
    ("quote", 2): ("“To be, or not to be” What was meant by it?", "whether to live"),
    ("is-title", 1): ("Which treaty made the two partners?", "the Treaty of Rapallo"),
    ("in-title", 1): (
        "The treaty is named after [...] in Italy.",
        "The treaty is named after Rapallo in Italy.",
    ),
    ("in-title", 2): (
        "The treaty is named after Rapallo in [...].",
        "The treaty is named after Rapallo in Italy.",
    ),
    ("one-way", 1): ("treaty of Rapallo What does it mean?", "a treaty of 1922"),
    ("one-way", 2): ("a treaty of 1922 Which term is this?", "treaty of Rapallo"),
}
TITLED = dict.fromkeys(("is-title", "in-title", "one-way"), "Treaty of Rapallo")
FIRST_TOPIC = tuple(sorted({fact for fact, _ in READ if fact not in TITLED}))
ANSWERED_BY_TITLE: dict[tuple[str, int], list[str]] = {
    ("is-title", 1): ["Italy"],
    ("one-way", 2): ["Italy"],
    ("in-title", 1): [],  # a gap of the same text is Italy
    ("in-title", 2): [],
}


@pytest.fixture
def col(tmp_path: Path) -> Iterator[Collection]:
    """A learner's empty Anki."""
    with ankilib.collection(tmp_path / "learner") as made:
        yield made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source with each kind of fact and each option."""
    file = tmp_path / "every.toml"
    file.write_text(EVERY_OPTION, encoding="utf-8")
    return file


def ids(source: Path) -> tuple[str, ...]:
    """Return the ids of the facts that become notes, sorted."""
    return tuple(sorted(fact.id for fact in in_deck(deck_of(source))))


def only(changed: str, source: Path) -> Imported:
    """Return the log of an import that updated one note and left all others alone."""
    return Imported(updated=(changed,), duplicate=tuple(i for i in ids(source) if i != changed))


def note_types(col: Collection) -> list[tuple[int, str]]:
    return sorted((entry.id, entry.name) for entry in col.models.all_names_and_ids())


def fact_rows(col: Collection, fact: str, *, but: bool = False) -> list[Any]:
    """Return the note of a fact as the collection holds it, or (`but`) all other notes."""
    is_fact = f"flds LIKE '%\x1f{fact}\x1f%'"
    return rows(col, "notes", f"NOT {is_fact}" if but else is_fact)


# ---------------------------------------------------------------------------- first import


def test_first_import_brings_every_note(col: Collection, relations: Path) -> None:
    """Anki takes each fact of the relations deck as a new note and balks at none."""
    assert load(col, package(relations, NOW)) == Imported(new=ids(relations))
    assert col.note_count() == len(in_deck(deck_of(relations)))


@pytest.mark.parametrize(
    "name", ["source/relations", "tests/samples/science", "tests/samples/language"]
)
def test_anki_shows_the_cards_of_the_model(col: Collection, tmp_path: Path, name: str) -> None:
    """Each card of three decks reads as the model has it, on both sides, and there is no other."""
    source = Path(shutil.copy(ROOT / f"{name}.toml", tmp_path / "deck.toml"))
    load(col, package(source, NOW))
    shown = {key: (front(card), back(card)) for key, card in all_cards(col).items()}
    assert shown == faces(deck_of(source))


def test_no_card_is_empty_or_missing(col: Collection, relations: Path) -> None:
    """Anki's Empty Cards finds nothing, and Check Database neither adds nor repairs anything."""
    load(col, package(relations, NOW))
    assert not col.get_empty_cards().notes
    before = rows(col, "cards"), rows(col, "notes")
    report, fine = col.fix_integrity()
    assert fine, report
    assert (rows(col, "cards"), rows(col, "notes")) == before


def test_importing_again_changes_nothing(col: Collection, relations: Path) -> None:
    """The same package a second time: each note is a duplicate, no row differs."""
    file = package(relations, NOW)
    load(col, file)
    before = [rows(col, table) for table in ("notes", "cards")], note_types(col)
    assert load(col, file) == Imported(duplicate=ids(relations))
    assert ([rows(col, table) for table in ("notes", "cards")], note_types(col)) == before


def test_interleaved_cards_come_from_each_topic_in_turn(col: Collection, relations: Path) -> None:
    """With `order = "interleaved"`, neighbours are of different topics while there are several."""
    edit(relations, 'language = "en"', 'language = "en"\norder = "interleaved"')
    load(col, package(relations, NOW))
    topics = {fact.id: fact.topic for fact in deck_of(relations).facts}
    learned = sorted(all_cards(col).values(), key=lambda card: card.due)
    met = list(dict.fromkeys(card.note()["Id"] for card in learned))
    count = len(set(topics.values()))
    assert len({topics[fact] for fact in met[:count]}) == count


def test_new_cards_come_in_the_order_of_the_source(col: Collection, relations: Path) -> None:
    """A learner who studies the new cards meets the facts in the author's order."""
    load(col, package(relations, NOW))
    deck = deck_of(relations)
    queue = scheduler(col, deck.anki).get_queued_cards(fetch_limit=999).cards
    assert len(queue) == col.card_count()
    met = dict.fromkeys(col.get_card(CardId(each.card.id)).note()["Id"] for each in queue)
    assert list(met) == [fact.id for fact in in_deck(deck)]


# ---------------------------------------------------------------------------- updates


def reworded(source: Path) -> str:
    """Change the answer of a fact, and return the fact's id."""
    edit(source, 'answer = "Paris"', 'answer = "Lutetia"')
    return "question-reverse"


def test_an_edited_fact_updates_its_note_alone(col: Collection, source: Path) -> None:
    """After an edit the next release updates that note, and no row of another note differs."""
    load(col, package(source, NOW))
    fact = reworded(source)
    others = fact_rows(col, fact, but=True)
    assert load(col, package(source, LATE)) == only(fact, source)
    assert back(all_cards(col)[fact, 1]).words == "Lutetia"
    assert front(all_cards(col)[fact, 2]).words.startswith("Lutetia")
    assert fact_rows(col, fact, but=True) == others


def test_an_update_keeps_every_review(col: Collection, relations: Path) -> None:
    """Reviews, the state of every card and the note types outlive the update of a studied note."""
    load(col, package(relations, NOW))
    studied = study(col, deck_of(relations).anki, 12)
    fact = col.get_card(studied[0]).note()["Id"]
    text = relations.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if re.fullmatch(rf'id *= "{fact}"', row))
    edit(relations, line, f'{line}\ntags = ["edited"]')
    before = rows(col, "cards"), rows(col, "revlog"), note_types(col)
    assert len(before[1]) == 12
    assert load(col, package(relations, LATE)) == only(fact, relations)
    assert "edited" in col.get_card(studied[0]).note().tags
    assert (rows(col, "cards"), rows(col, "revlog"), note_types(col)) == before


def test_a_reverted_edit_reaches_learners_too(col: Collection, source: Path) -> None:
    """Going back to the old text is an update too, though the clock went back with it."""
    load(col, package(source, NOW))
    original = source.read_bytes()
    fact = reworded(source)
    before = back(all_cards(col)[fact, 1])
    load(col, package(source, LATE))
    assert back(all_cards(col)[fact, 1]) != before
    source.write_bytes(original)
    assert load(col, package(source, NOW)) == only(fact, source)
    assert back(all_cards(col)[fact, 1]) == before


def test_a_new_fact_adds_one_note(col: Collection, source: Path) -> None:
    """A fact put before others becomes a new note; all that was there stays as it was."""
    load(col, package(source, NOW))
    old, before = ids(source), rows(col, "notes")
    fact = '[[topic.fact]]\nid = "added"\nquestion = "Is this new?"\nanswer = "yes"\n\n'
    edit(source, '[[topic.fact]]\nid = "term"', f'{fact}[[topic.fact]]\nid = "term"')
    assert load(col, package(source, LATE)) == Imported(new=("added",), duplicate=old)
    assert fact_rows(col, "added", but=True) == before


@pytest.mark.parametrize(
    ("title", "updated"),
    [
        pytest.param("The topic", FIRST_TOPIC, id="shown by every note"),
        pytest.param("Treaty of Rapallo", ("one-way",), id="hidden where it answers"),
    ],
)
def test_a_retitled_topic_updates_the_notes_that_show_it(
    col: Collection, source: Path, title: str, updated: tuple[str, ...]
) -> None:
    """A topic's new title reaches every note that shows it, and no other note."""
    load(col, package(source, NOW))
    edit(source, f'title = "{title}"', f'title = "{title.rsplit(maxsplit=1)[-1]}"')
    others = tuple(fact for fact in ids(source) if fact not in updated)
    expected = Imported(updated=updated, duplicate=others)
    assert load(col, package(source, LATE)) == expected


def test_a_learners_own_edit_survives(col: Collection, source: Path) -> None:
    """What a learner wrote and tagged on one note outlives the update of another."""
    load(col, package(source, NOW))
    note = all_cards(col)["term", 1].note()
    note["Extra"] = "My own words."
    note.add_tag("mine")
    col.update_note(note)
    before = fact_rows(col, "term")
    fact = reworded(source)
    assert load(col, package(source, LATE)) == only(fact, source)
    assert fact_rows(col, "term") == before
    assert "mine" in all_cards(col)["term", 1].note().tags


@pytest.mark.parametrize("what", ["style", "template"])
def test_a_new_look_updates_no_note(
    col: Collection, source: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A changed style sheet or template reaches the learners' note types, and touches no note."""
    load(col, package(source, NOW))
    before = rows(col, "notes"), rows(col, "cards"), note_types(col)
    if what == "style":
        monkeypatch.setattr(notetypes, "CSS", notetypes.CSS + "\n.brand-new { color: red; }")
    else:
        plain = notetypes._back
        monkeypatch.setattr(notetypes, "_back", lambda *a: plain(*a) + '<hr class="brand-new">')
    assert load(col, package(source, LATE)) == Imported(duplicate=ids(source))
    assert (rows(col, "notes"), rows(col, "cards"), note_types(col)) == before
    for card in all_cards(col).values():
        shown = card.render_output()
        assert "brand-new" in (shown.css if what == "style" else shown.answer_text)


def test_two_decks_do_not_touch_each_other(
    col: Collection, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal facts in decks of two ids have notes and note types of their own, styled apart."""
    other = source.with_name("other.toml")
    other.write_bytes(source.read_bytes())
    edit(other, 'id = "every"', 'id = "other"')
    first = package(source, NOW)
    load(col, first)
    before = rows(col, "notes") + rows(col, "cards")
    assert load(col, package(other, NOW)) == Imported(new=ids(other))
    monkeypatch.setattr(notetypes, "CSS", ".brand-new {}")
    assert load(col, package(other, LATE)) == Imported(duplicate=ids(other))
    assert [row for row in rows(col, "notes") + rows(col, "cards") if row in before] == before
    styled = {made["name"] for made in col.models.all() if "brand-new" in made["css"]}
    assert styled == {"other: Facts", "other: Gaps"}
    assert load(col, first) == Imported(duplicate=ids(source))


# ---------------------------------------------------------------------------- kinds and options


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, Deck]]:
    """A learner's Anki with each kind of fact and each option in it, and the deck it came from."""
    folder = tmp_path_factory.mktemp("every")
    source = folder / "every.toml"
    source.write_text(EVERY_OPTION, encoding="utf-8")
    with ankilib.collection(folder / "learner") as made:
        load(made, package(source, NOW))
        yield made, deck_of(source)


def test_every_kind_reads_as_in_the_model(every: tuple[Collection, Deck]) -> None:
    """Whatever the kind and its options, Anki's fronts and backs hold the model's words."""
    col, deck = every
    shown = {key: (front(card), back(card)) for key, card in all_cards(col).items()}
    assert shown == faces(deck)


def test_every_kind_reads_as_a_person_would_expect(every: tuple[Collection, Deck]) -> None:
    """Anki's fronts and backs are the ones written down here, for each kind and each option."""
    shown = {key: (front(c).words, back(c).words) for key, c in all_cards(every[0]).items()}
    assert shown == READ


def test_a_formula_is_set_as_one(every: tuple[Collection, Deck]) -> None:
    """`$…$` reaches MathJax, and is the only thing that does."""
    formulas = {key: back(card).formulas for key, card in all_cards(every[0]).items()}
    assert {key: found for key, found in formulas.items() if found} == {
        ("question", 1): ["x^2"],
        **{("compare", n): ["x^3"] for n in range(1, 5)},
    }


def test_a_front_never_shows_a_title_that_answers_it(every: tuple[Collection, Deck]) -> None:
    """A front shows its topic's title, or the deck's where that answers, or none if both do."""
    titles = {}
    for key, card in all_cards(every[0]).items():
        asked = page(card.render_output().question_text)
        titles[key] = [ankilib.seen(e).words for e in asked.inside() if "topic" in e.classes]
    answered = {key: titles.pop(key) for key in ANSWERED_BY_TITLE}
    assert answered == ANSWERED_BY_TITLE
    for (fact, _), shown in titles.items():
        assert shown == [TITLED.get(fact, "The topic")], fact


def test_later_steps_are_hidden_from_the_front_alone(every: tuple[Collection, Deck]) -> None:
    """The style sheet hides the steps behind the one asked for, on fronts; Anki has the rule."""
    card = all_cards(every[0])["list-ordered", 1]
    asked = page(card.render_output().question_text)
    assert ankilib.seen(part(asked, "front")).words == "Which steps? [...] wait go"
    assert ankilib.LATER in card.render_output().css
    assert "asked" not in part(page(card.render_output().answer_text), "front").classes


def test_the_hint_stands_folded_on_the_front(every: tuple[Collection, Deck]) -> None:
    """A hint is on the front, behind a fold; of a card asked backward it would be the answer's."""
    cards = all_cards(every[0])
    for key, hint in {
        ("question", 1): "Hint a hint",
        ("question-reverse", 1): "Hint It has a tower.",
        ("question-reverse", 2): "",
        ("cloze-several", 1): "Hint count",
        ("cloze-several", 3): "Hint count",
        ("list-all", 1): "",
    }.items():
        html = page(cards[key].render_output().question_text)
        folded = [ankilib.seen(e).words for e in html.inside() if e.tag == "details"]
        assert folded == [hint] * bool(hint), key


def test_extra_and_cite_stand_on_the_back_alone(every: tuple[Collection, Deck]) -> None:
    """Extra, cite and id are folded away at the foot of the back; the front has none of them."""
    cards = all_cards(every[0])
    shown = page(cards["question", 1].render_output().answer_text)
    (folded,) = [ankilib.seen(e).words for e in shown.inside() if e.tag == "details"]
    assert folded == "More to know More extra. Book, p. 3 question"
    asked = ankilib.seen(page(cards["question", 1].render_output().question_text)).words
    assert not any(word in asked for word in ("More", "Book", "question"))
    bare = page(cards["list-all", 1].render_output().answer_text)
    (folded,) = [ankilib.seen(e).words for e in bare.inside() if e.tag == "details"]
    assert folded == "About this card list-all"


def test_tags_arrive(every: tuple[Collection, Deck]) -> None:
    """A note is tagged with its topic, under the deck's id, and with the author's own tags."""
    cards = all_cards(every[0])
    assert cards["question", 1].note().tags == ["another::tag", "every::t", "my-tag"]
    assert cards["is-title", 1].note().tags == ["every::answers"]


def test_gaps_of_one_number_are_one_card(col: Collection, tmp_path: Path) -> None:
    """Two gaps of one number, words between them, are blank together on one card."""
    head, _ = EVERY_OPTION.split("[[topic.fact]]", 1)
    source = tmp_path / "twice.toml"
    fact = '[[topic.fact]]\nid = "twice"\ncloze = "{{c1::One}} and {{c1::two}}, then {{three}}."'
    source.write_text(head + fact, encoding="utf-8")
    load(col, package(source, NOW))
    assert {key: front(card).words for key, card in all_cards(col).items()} == {
        ("twice", 1): "[...] and [...], then three.",
        ("twice", 2): "One and two, then [...].",
    }


# ---------------------------------------------------------------------------- names

DECKS = (
    "Default", "default", "DEFAULT", "A:::b", "A::b:", ":A", "A:: b", " A", "A::", "::A", "A::::b",
    "a::b::c", 'A "x" \\ * _ %', "<b>&amp;{{c1x}}", "x:y", "e\u0301", "İ", "\u00a0A", "🙂",
    "\u200bA", "::".join("abcdefghijk"), "::".join("abcdefghijkl"),
)  # fmt: skip
TAGS = (
    "::x", "a::", "a::::b", "::", ":", "a:b", "a::b", "-x", "*", "_", 'a"b', "a,b", "(x)",
    "e\u0301", "\\", "tag:x", "none", "leech", "MARKED", "a b", "a\u3000b", "\u00a0", "<b>",
    "🙂", "\u200bx",
)  # fmt: skip


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_name_is_kept_or_refused(col: Collection, source: Path, name: str) -> None:
    """Anki keeps each name of a deck that passes the check, and never mixes it with its Default."""
    edit(source, '"Every::Option"', json.dumps(name, ensure_ascii=False))
    made = build(source, source.parent, NOW)
    if errors(made.problems):
        assert {problem.code for problem in errors(made.problems)} == {"deck-name"}
        return
    load(col, source.with_suffix(".apkg"))
    homes = {col.decks.name(card.did) for card in all_cards(col).values()}
    assert homes == {unicodedata.normalize("NFC", name).strip(" ")}
    assert col.decks.id_for_name("Default") not in {c.did for c in all_cards(col).values()}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("War", "war"), ("Ärger", "ärger"), ("straße", "STRASSE"), ("a::B", "a::b"), ("A", "a::b"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("EVERY", "x"), ("every::T", "x"), ("e\u0301", "É"),
        ("a", "b::A"), ("War", "wars"), ("İ", "i"), ("ı", "i"), ("ﬁ", "fi"), ("K", "k"),
    ],
)  # fmt: skip
def test_tags_that_anki_makes_one_are_refused(
    col: Collection, tmp_path: Path, first: str, second: str
) -> None:
    """Two tags are refused as one if, and only if, Anki's browser lists one of them otherwise."""
    head, _ = EVERY_OPTION.split("[[topic.fact]]", 1)
    for name, tag in (("one", first), ("two", second)):
        head += f"[[topic.fact]]\nid = '{name}'\nquestion = '{name}?'\nanswer = 'a'\n"
        head += f"tags = ['{tag}']\n"
    file = tmp_path / "tags.toml"
    file.write_text(head, encoding="utf-8")
    told = [problem.code for problem in errors(examine(file)[1])]
    written = {unicodedata.normalize("NFC", tag) for tag in ("every::t", first, second)}
    basic = col.models.by_name("Basic")
    assert basic
    for tag in sorted(written, key=len, reverse=True):
        note = col.new_note(basic)
        note.fields[0], note.tags = tag, [tag]
        col.add_note(note, DeckId(1))
    assert told == ([] if written <= set(listed(col.tags.tree())) else ["tag-case"])


def listed(tree: TagTreeNode, above: str = "") -> Iterator[str]:
    """Yield the tags that Anki's browser lists at its side."""
    for node in tree.children:
        yield above + node.name
        yield from listed(node, f"{above}{node.name}::")


def test_a_tag_is_kept_or_refused(col: Collection, tmp_path: Path) -> None:
    """Anki keeps each tag that passes the check, by import and by Check Database."""
    head, _ = EVERY_OPTION.split("[[topic.fact]]", 1)
    kept: list[str] = []
    for tag in TAGS:
        fact = f"[[topic.fact]]\nid = 'f{len(kept)}'\nquestion = 'Q?'\nanswer = 'a'\n"
        fact += f"tags = [{json.dumps(tag, ensure_ascii=False)}]\n"
        deck, problems = read_bytes((head + fact).encode(), "tags.toml")
        if deck:
            kept.append(tag)
            head += fact
        else:
            assert [problem.code for problem in problems] in (["bad-tag"], ["empty-text"]), tag
    (tmp_path / "tags.toml").write_text(head, encoding="utf-8")
    load(col, package(tmp_path / "tags.toml", NOW))
    col.fix_integrity()
    found = all_cards(col)
    for number, tag in enumerate(kept):
        expected = {"every::t", unicodedata.normalize("NFC", tag)}
        assert set(found[f"f{number}", 1].note().tags) == expected
