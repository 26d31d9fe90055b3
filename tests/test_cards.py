"""All that a learner meets on each side of a card, told by the real Anki: words, voice, typing."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ankilib
import pytest
from anki.cards import Card
from anki.sound import SoundOrVideoTag, TTSTag
from ankilib import Collection, Seen, all_cards, collection, hide_later, load, package, page, seen
from conftest import NOW, ROOT, SMALL, deck_of
from PIL import Image
from test_anki import EVERY_OPTION

from deckbuilder.cards import Card as ModelCard
from deckbuilder.cards import cards, to_type
from deckbuilder.content import plain_content
from deckbuilder.context import context
from deckbuilder.kinds import KINDS
from deckbuilder.model import Deck, Faces, Fact, in_deck
from deckbuilder.read import read
from deckbuilder.text.keyboard import keyed
from deckbuilder.text.tree import plain

PICTURED = """
[[topic]]
id = "media"
title = "Pictures and *sounds*"

[[topic.fact]]
id = "picture-front"
question = "Which lake is this, in $km^2$?"
answer = "Huron"
image = "lake.png"
alt = "Water & <sky>"
credit = "Photo: *A. Smith*"
audio = "wave.mp3"
media = "front"
reverse = true
speak = true
typed = true
hint = "The second"

[[topic.fact]]
id = "picture-back"
cloze = "Lake {{c1::Erie::which}} is the {{shallowest}}, $d < 100$."
image = "lake.png"
alt = "Water"
audio = "wave.mp3"
typed = true
speak = true
extra = "More"
cite = "Atlas"

[[topic.fact]]
id = "steps-read"
list = "Which steps?"
items = ["get set", "wait", "go"]
ordered = true
speak = true

[[topic.fact]]
id = "table-read"
compare = "How do they differ?"
things = ["*Erie*", "Huron"]
aspects = [["Depth", "64 m", "229 m"]]
speak = true

[[topic.fact]]
id = "one-number-typed"
cloze = "{{c1::One}} and {{c1::**two**}}."
typed = true
"""
SOUND = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(400)
SOURCES = ("source/relations", "tests/samples/science", "tests/samples/language", "every option")


@dataclass(frozen=True)
class Learned:
    """A deck, and the cards of it that a learner has in Anki."""

    deck: Deck
    cards: dict[tuple[str, int], Card]
    col: Collection

    def made(self) -> Iterator[tuple[Fact, ModelCard, Card]]:
        """Yield each fact with a card of the model and the same of Anki."""
        assert len(self.cards) == sum(len(cards(fact)) for fact in in_deck(self.deck))
        for fact in in_deck(self.deck):
            for card in cards(fact):
                yield fact, card, self.cards[card.fact, card.ordinal]


def write_every_option(folder: Path) -> Path:
    """Write a source with each kind of fact and each option, and its media, into a folder."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 20)).save(picture, "PNG")
    (folder / "lake.png").write_bytes(picture.getvalue())
    (folder / "wave.mp3").write_bytes(SOUND)
    (folder / "deck.toml").write_text(EVERY_OPTION + PICTURED, encoding="utf-8")
    return folder / "deck.toml"


@pytest.fixture(scope="module", params=SOURCES)
def learned(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Learned]:
    """A learner's Anki with a deck in it, and that deck."""
    folder = tmp_path_factory.mktemp("deck")
    if request.param == "every option":
        source = write_every_option(folder)
    else:
        source = Path(shutil.copy(ROOT / f"{request.param}.toml", folder / "deck.toml"))
    with collection(folder / "learner") as col:
        load(col, package(source, NOW))
        deck, problems = read(source)
        assert deck, problems
        yield Learned(deck, all_cards(col), col)


def shown(html: str) -> Seen:
    """Return what is seen of a side of a card; what is typed, played and read is tested apart."""
    side = page(re.sub(r"\[anki:play:[qa]:\d+\]|\[\[type:[^\]]+\]\]", "", html))
    for element in side.inside():
        if "asked" in element.classes:
            hide_later(element)
    return seen(side)


def joined(*parts: str) -> str:
    return ankilib.one_line(" ".join(parts))


def heading(deck: Deck, fact: Fact, card: ModelCard) -> str:
    """Return the title above a card: all cards of a note with gaps have the same."""
    topic = next(topic for topic in deck.topics if topic.id == fact.topic)
    note = fact.parts.note
    if isinstance(note, Faces):
        return plain(context(deck, topic, card.front, card.answer))
    return plain(context(deck, topic, note.content, *[one.answer for one in cards(fact)]))


def test_a_title_stays_that_tells_no_more_than_the_question_does() -> None:
    """All that tells something in this answer stands in its question: no title gives it away."""
    asked = 'question = "Was the Weimarer Republik before or after the Kaiserreich?"'
    for answer, title in (("Weimarer Republik", "Weimar"), ("Weimar", "")):
        fact = f'[[topic.fact]]\nid = "x"\n{asked}\nanswer = "{answer}"\n'
        topic = f'[[topic]]\nid = "t"\ntitle = "Weimar"\n{fact}'
        deck = deck_of(SMALL[: SMALL.index("[[topic]]")].replace("A small deck", "Weimar") + topic)
        assert heading(deck, deck.facts[0], cards(deck.facts[0])[0]) == title


def two_sided(fact: Fact) -> bool:
    return isinstance(fact.parts.note, Faces)


def test_every_kind_is_among_them() -> None:
    """The source with every option has each kind of fact; a new one has to join it."""
    text = EVERY_OPTION + PICTURED
    assert [
        kind.name for kind in KINDS if not re.search(rf"^{kind.name} =", text, re.MULTILINE)
    ] == []


def test_a_front_shows_the_models_words_and_no_others(learned: Learned) -> None:
    """Title, question and folded hint, in this order, are all that is read on a front."""
    for fact, card, real in learned.made():
        hint = "" if two_sided(fact) and card.ordinal > 1 else plain(fact.hint)
        folded = (learned.deck.phrases.hint, hint) if hint else ()
        expected = joined(heading(learned.deck, fact, card), plain_content(card.front), *folded)
        assert shown(real.render_output().question_text).words == expected, card


def test_a_back_shows_the_models_words_and_no_others(learned: Learned) -> None:
    """Title, question, answer, credit and what is folded away are all that is read on a back."""
    say = learned.deck.phrases
    for fact, card, real in learned.made():
        expected = joined(
            heading(learned.deck, fact, card),
            plain_content(card.front) if two_sided(fact) else "",
            plain_content(card.back),
            plain(fact.media.credit),
            say.more if fact.extra else say.about,
            plain(fact.extra),
            plain(fact.cite),
            fact.id,
        )
        assert shown(real.render_output().answer_text).words == expected, card


def test_who_types_the_answer_is_right(learned: Learned) -> None:
    """A card asks for typing where the fact does, and Anki takes the model's answer for right."""
    for fact, card, real in learned.made():
        fields = re.findall(r"\[\[type:([^\]]+)\]\]", real.render_output().question_text)
        asks = card in to_type(fact, cards(fact)) if two_sided(fact) else fact.typed
        assert len(fields) == asks, card
        assert fields == re.findall(r"\[\[type:([^\]]+)\]\]", real.render_output().answer_text)
        for field in fields:
            right = real.note()[field.removeprefix("cloze:")]
            typed = card.answer
            if field.startswith("cloze:"):
                right = learned.col.extract_cloze_for_typing(right, card.ordinal)
                typed = typed.replace("One two", "One, two")  # as Anki sets two gaps of a number
            compared = learned.col.compare_answer(right, typed)
            assert "typeGood" in compared
            assert "typeBad" not in compared
            assert "typeMissed" not in compared


def test_who_types_on_a_keyboard_is_right(tmp_path: Path) -> None:
    """Anki compares with what keyboards type, and shows what print has."""
    fact = 'question = "Who?"\nanswer = "l’homme –\u202f“−5…”"\nreverse = true\ntyped = true'
    source = tmp_path / "deck.toml"
    source.write_text(f'{SMALL}\n[[topic.fact]]\nid = "keys"\n{fact}\n', encoding="utf-8")
    with collection(tmp_path / "learner") as col:
        load(col, package(source, NOW))
        note = all_cards(col)["keys", 1].note()
        assert note["Back 1"] == "l’homme –\u202f“−5…”"
        compared = col.compare_answer(note["Typed 1"], 'l\'homme - "-5..."')
        assert "typeGood" in compared
        assert "typeBad" not in compared
        assert "typeMissed" not in compared
        assert note["Typed 2"] == ""  # nobody types a question


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("« Oui ! »", '"Oui !"'),
        ("«\u202fOui\u00a0!\u202f», dit-il", '"Oui !", dit-il'),
        ("dire l’« ami » (ou «\u00a0toi\u00a0»).", 'dire l\'"ami" (ou "toi").'),
        ("er sagte »Ja!« und »Nein«", 'er sagte "Ja!" und "Nein"'),
        ("‹ja›", "'ja'"),
        ("“ Yes! ”", '" Yes! "'),
        ("2 − 1 – so", "2 - 1 - so"),
    ],
)
def test_quotation_marks_are_typed_as_keyboards_do(shown: str, typed: str) -> None:
    """Those of French without the spaces within them, and no other space is left out."""
    assert keyed(shown) == typed


@pytest.mark.parametrize(
    ("fact", "ordinal", "typed"),
    [
        ("list = 'Which?'\nitems = ['red', 'green', 'blue']\nask = 'all'", 1, "red, green, blue"),
        ("order = 'Which first?'\nitems = ['Rome', 'Berlin']", 1, "Rome, Berlin"),
        ("event = 'The Wall fell.'\nwhen = 1989\nreverse = true", 2, "The Wall fell"),
    ],
)
def test_who_types_as_people_write_is_right(
    tmp_path: Path, fact: str, ordinal: int, typed: str
) -> None:
    """Anki takes a list with commas, and an event without its full stop, for right."""
    source = tmp_path / "deck.toml"
    keys = f'[[topic.fact]]\nid = "keys"\ntyped = true\n{fact}\n'
    source.write_text(f"{SMALL}\n{keys}", encoding="utf-8")
    with collection(tmp_path / "learner") as col:
        load(col, package(source, NOW))
        note = all_cards(col)["keys", ordinal].note()
        compared = col.compare_answer(note[f"Typed {ordinal}"], typed)
        assert "typeGood" in compared
        assert "typeBad" not in compared
        assert "typeMissed" not in compared


def read_aloud(tags: Sequence[object]) -> list[TTSTag]:
    return [tag for tag in tags if isinstance(tag, TTSTag)]


def unpunctuated(words: str) -> str:
    return " ".join(re.sub(r"\\[()]|,", "", words).split())


def test_what_is_read_aloud_is_what_is_shown(learned: Learned) -> None:
    """Where a fact asks for it, and only there, Anki reads question and answer, word by word."""
    for fact, card, real in learned.made():
        asked, told = map(read_aloud, (real.question_av_tags(), real.answer_av_tags()))
        assert (len(asked), len(told)) == ((1, 1) if fact.speak else (0, 0)), card
        for tag in (*asked, *told):
            assert tag.lang == {"en": "en_US", "de-AT": "de_AT"}[learned.deck.language]
        if fact.speak and fact.id not in ("steps-read", "picture-front"):  # see READ_ALOUD
            words = plain_content(card.front).replace("[...]", "blank")
            assert unpunctuated(asked[0].field_text) == unpunctuated(words)
        if fact.speak:
            assert unpunctuated(told[0].field_text) == unpunctuated(card.answer)


READ_ALOUD = {
    ("quote", 1): "“To be, or not to be” Who said this?",
    ("quote", 2): "“To be, or not to be” What was meant by it?",
    ("steps-read", 1): "Which steps? blank",
    ("steps-read", 2): "Which steps? blank",
    ("steps-read", 3): "Which steps? blank",
    ("table-read", 1): "How do they differ? Erie, Huron, Depth, blank, 229 m",
    ("table-read", 2): "How do they differ? Erie, Huron, Depth, 64 m, blank",
    ("picture-front", 1): "Which lake is this, in k m²?",
    ("picture-front", 2): "Huron, To which question is this the answer?",
    ("picture-back", 1): "Lake [which] is the shallowest, d < 100.",
    ("picture-back", 2): "Lake Erie is the blank, d < 100.",
}


@pytest.mark.parametrize("learned", ["every option"], indirect=True)
def test_no_line_runs_into_the_next_and_no_hidden_step_is_read(learned: Learned) -> None:
    """What Anki reads has a pause at each line, and of an ordered list no step at all."""
    spoken = {key: read_aloud(card.question_av_tags()) for key, card in learned.cards.items()}
    assert {key: tag.field_text for key, tags in spoken.items() for tag in tags} == READ_ALOUD


@pytest.mark.parametrize("learned", ["every option"], indirect=True)
def test_pictures_and_sounds_stand_where_the_fact_has_them(learned: Learned) -> None:
    """With the question on both sides; with the answer on the back alone; asked backwards, too."""
    met = {}
    for (fact, ordinal), card in learned.cards.items():
        if fact.startswith("picture-"):
            sides = (
                (card.question(), card.question_av_tags()),
                (card.answer(), card.answer_av_tags()),
            )
            met[fact, ordinal] = [
                (html.count("<img "), sum(isinstance(tag, SoundOrVideoTag) for tag in tags))
                for html, tags in sides
            ]
    assert met == {
        ("picture-front", 1): [(1, 1), (1, 0)],
        ("picture-front", 2): [(0, 0), (1, 1)],
        ("picture-back", 1): [(0, 0), (1, 1)],
        ("picture-back", 2): [(0, 0), (1, 1)],
    }


@pytest.mark.parametrize("learned", ["every option"], indirect=True)
def test_anki_finds_nothing_to_mend(learned: Learned) -> None:
    """No kind and no option leaves an empty card, a missing file or a fault for Check Database."""
    assert not learned.col.get_empty_cards().notes
    checked = learned.col.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    before = ankilib.rows(learned.col, "cards"), ankilib.rows(learned.col, "notes")
    report, fine = learned.col.fix_integrity()
    assert fine, report
    assert (ankilib.rows(learned.col, "cards"), ankilib.rows(learned.col, "notes")) == before
