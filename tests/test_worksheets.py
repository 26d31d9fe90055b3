"""What single handouts promise beside the model's words: nothing is given away, all is in place."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pikepdf
import pypdfium2
import pytest
from conftest import NOW, ROOT, SMALL, deck_of
from filed import filed
from pdftext import structure
from PIL import Image
from pypdf import PageObject, PdfReader
from test_handouts import HEAD, SOURCES, chosen_of, made, many, pages, verified
from test_media import PNG, SOUND, drawn

from deckbuilder.build import build
from deckbuilder.choice import Choice, choose
from deckbuilder.content import Paragraph, plain_content
from deckbuilder.media.medium import Asset, Media
from deckbuilder.model import Printing, asked_in_print
from deckbuilder.phrases import ENGLISH, PHRASES
from deckbuilder.problems import Problem
from deckbuilder.record import Built
from deckbuilder.releases.pdf import read_pdf
from deckbuilder.releases.verify import verify
from deckbuilder.request import Request
from deckbuilder.schema import IN_PRINT
from deckbuilder.text.tree import Words
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import FACTS, FIELDS
from deckbuilder.writers.pdf.blemishes import Whose
from deckbuilder.writers.pdf.drawn import nothing
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.fonts import width
from deckbuilder.writers.pdf.handouts import LARGER as LARGER_THAN
from deckbuilder.writers.pdf.handouts import handout, sizes, write
from deckbuilder.writers.pdf.handouts.hiding import hidden
from deckbuilder.writers.pdf.handouts.labels import STOCKS
from deckbuilder.writers.pdf.handouts.quiz import _lines, _sections
from deckbuilder.writers.pdf.handouts.writing import written_on
from deckbuilder.writers.pdf.overflow import overfull
from deckbuilder.writers.pdf.pages import Layout, Page
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.runs import BLANK
from deckbuilder.writers.pdf.sheet import write as write_sheet
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import MM, PAPERS, Theme
from deckbuilder.writers.pdf.topics import under_topics

RELATIONS = SOURCES[0].read_bytes()
SCIENCE = ROOT / "tests" / "samples" / "science.toml"


def written(name: str, source: bytes = RELATIONS, **printing: object) -> bytes:
    deck = deck_of(source)
    deck = replace(deck, printing=replace(deck.printing, **printing))  # type: ignore[arg-type]
    return filed(write, name, choose(deck, handout(name).facts(deck), Choice()), "x", NOW)


# ---------------------------------------------------------------------------- worksheets


@pytest.mark.parametrize(
    ("paper", "profile"), [("A4", "standard"), ("A4", "large"), ("A5", "large")]
)
def test_each_question_of_a_fold_over_has_its_boxes(paper: str, profile: str) -> None:
    """Beside it or, where words would have no room then, below it; none is cut for them."""
    asked = 'question = "Which Organisationen kommen vorher?"\nanswer = "homozygote"\n'
    facts = "".join(f'[[topic.fact]]\nid = "f{n}"\n{asked}' for n in range(3))
    data = written("foldover", f"{HEAD}{facts}".encode(), paper=paper, profile=profile)
    text = " ".join(pages(data))
    assert {text.count(word) for word in ("Organisationen", "kommen", "homozygote")} == {3}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        steps = [str(s.operator) for page in pdf.pages for s in pikepdf.parse_content_stream(page)]
    assert [*pairwise(steps)].count(("re", "S")) == 3 * 3


@pytest.mark.parametrize(
    ("name", "profile", "word", "times"),
    [("match", "large", "Versammlungen", 4), ("foldcards", "clear", "Nationalversammlung", 2)],
)
def test_a_word_gets_smaller_or_more_room_before_it_is_cut(
    name: str, profile: str, word: str, times: int
) -> None:
    """On a card its type gets smaller, on a piece to match the longest date takes two lines."""
    event = f"In Frankfurt beginnen {word} der Abgeordneten."
    dates = ["18. September 1848", "31. Dezember 1849"]
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\nevent = "{event}"\nwhen = "{date}"\n'
        for n, date in enumerate(dates)
    )
    source = HEAD.replace('language = "en"', 'language = "de"') + facts
    text = " ".join(pages(written(name, source.encode(), paper="A5", profile=profile)))
    assert text.count(word) == times


@pytest.mark.parametrize("name", ["quiz", "organiser", "grid", "match"])
@pytest.mark.parametrize("count", [4, 60])
def test_no_key_is_on_the_back_of_what_is_asked(name: str, count: int) -> None:
    """Who prints on both sides hands out no answers: they begin on a front."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\n'
        + (
            f'event = "Bird {n} came."\nwhen = {1500 + n}\n'
            if n % 2
            else f'question = "Which one was number {n} of them?"\nanswer = "wren {n}"\n'
        )
        for n in range(count)
    )
    pdf = PdfReader(io.BytesIO(written(name, f"{HEAD}{facts}".encode())))
    said = [" ".join(page.extract_text().split()) for page in pdf.pages]
    key = next(
        number
        for number, page in enumerate(said)
        if "Teacher’s copy" in page.title() or "TEACHER" in page
    )
    free = [number for number, page in enumerate(said) if ENGLISH.free_page in page]
    assert key % 2 == 0
    assert free in ([], [key - 1])
    asking = key - len(free)
    assert len(free) == asking % 2


@pytest.mark.parametrize(("language", "word"), [(name, say.blank) for name, say in PHRASES.items()])
@pytest.mark.parametrize("name", ["quiz", "organiser", "foldover", "grid"])
def test_a_blank_is_heard_as_a_word(name: str, language: str, word: str) -> None:
    """A screen reader says nothing of underscores, or each: the sentence would have no gap."""
    fact = '[[topic.fact]]\nid = "a"\ncloze = "Nests of {{moss}}, of {{mud}} are dry."\n'
    source = HEAD.replace('"en"', f'"{language}"') + fact
    heard = structure(written(name, source.encode())).heard
    assert f"Nests of {word}, of {word} are dry." in heard
    assert "__" not in heard


def test_a_blank_of_several_lines_is_heard_once() -> None:
    """Its lines to write on are one blank; the next one is another, and so is a date."""
    facts = f"""
[[topic]]
id = "t"
title = "T"
when = 1900
[[topic.fact]]
id = "a"
cloze = "Before {{{{{"a long answer " * 9}}}}}, behind {{{{short}}}}."
"""
    source = HEAD[: HEAD.index("[[topic]]")] + facts
    heard = structure(written("organiser", source.encode())).heard
    assert "Before blank, behind blank." in heard
    assert heard.count("blank") == 3


def test_an_organiser_hides_what_its_key_tells() -> None:
    """No key word is on a page with blanks but where the sheet says it outside of a blank, too."""
    *asking, key = pages(written("organiser"))
    blank = " ".join(asking)
    assert ENGLISH.for_teachers.upper() in key.upper()
    for word in ("industrialists", "trade concessions", "Gustav Stresemann", "after 1934"):
        assert word in key
        assert word not in blank


@pytest.mark.parametrize(
    ("hide", "there", "gone"),
    [
        (("dates",), "industrialists", "after 1934"),
        (("words",), "after 1934", "industrialists"),
        (("terms",), "industrialists", "Gustav Stresemann"),
    ],
)
def test_an_organiser_hides_what_it_is_told_to(
    hide: tuple[str, ...], there: str, gone: str
) -> None:
    """`[print] hide` chooses among dates, key words and terms."""
    *asking, _ = pages(written("organiser", hide=hide))
    blank = " ".join(asking).lower()
    assert there.lower() in blank
    assert gone.lower() not in blank


@pytest.mark.parametrize(("hide", "marks"), [((), 0), (("dates",), 1), (("dates", "words"), 3)])
def test_an_organiser_has_a_mark_for_each_blank(hide: tuple[str, ...], marks: int) -> None:
    """The date of a topic is one; a topic without a date has none."""
    fact = "[[topic.fact]]\nid = '{0}'\nquestion = 'What is {0}?'\nanswer = 'this'\n"
    topics = [
        f"[[topic]]\nid = 'dated'\ntitle = 'Dated'\nwhen = 1900\n{fact.format('a')}",
        f"[[topic]]\nid = 'other'\ntitle = 'Other'\n{fact.format('b')}",
    ]
    source = SMALL[: SMALL.index("[[topic]]")] + "".join(topics)
    told = pages(written("organiser", source.encode(), hide=hide))[0]
    assert re.findall(r"/ (\d+) mark", told) == [str(marks)]


@pytest.mark.parametrize(
    ("beside", "asked"),
    [
        ("title = 'The treaty'", True),
        ("title = 'The treaty of 1922'", False),
        ("title = 'The treaty'\nsummary = 'Signed in April 1922.'", False),
        ("title = 'The 19221 treaties'", True),
    ],
)
def test_a_date_that_stands_beside_it_is_no_blank(beside: str, asked: bool) -> None:
    """A topic whose title or summary says its date is not asked for it: it is one mark fewer."""
    fact = "[[topic.fact]]\nid = 'a'\nquestion = 'What is it?'\nanswer = 'this'\n"
    topic = f"[[topic]]\nid = 'dated'\nwhen = 1922\n{beside}\n{fact}"
    source = SMALL[: SMALL.index("[[topic]]")] + topic
    asking, *_, key = pages(written("organiser", source.encode(), hide=("dates", "words")))
    assert re.findall(r"/ (\d+) mark", asking) == [str(1 + asked)]
    assert (" 1922" in key.replace("of 1922", "")) == asked


@pytest.mark.parametrize(("said", "hide"), [("", ("dates", "terms", "words")), ("hide = []", ())])
def test_an_empty_choice_hides_nothing(said: str, hide: tuple[str, ...]) -> None:
    """Who names nothing to hide gets all words; who says nothing gets a blank for each."""
    deck = deck_of(f"{SMALL}\n[print]\n{said}\n")
    assert deck.printing.hide == hide
    asking = pages(written("organiser", deck.source.data))[0]
    assert ("spring" in asking, "1900" in asking) == (not hide, not hide)


COMPARES = """compare = 'How do **they** live?'
things = ['Cats', 'Dogs']
aspects = [['Food', '**meat**', 'bones']]"""


@pytest.mark.parametrize(
    ("fact", "there", "held"),
    [
        ("question = 'Which is **not** cold?'\nanswer = 'fire'", "not", ["fire"]),
        ("list = 'Which **noble** gases?'\nitems = ['**neon**', 'argon']", "noble", ["argon"]),
        (COMPARES, "they", ["meat", "bones"]),
        ("cloze = 'Ice is **never** {{hot}}.'", "never", ["hot"]),
        ("term = 'ice'\ndefinition = 'water that is **frozen**'", "frozen", ["ice"]),
        ("quote = 'I am **not** he'\nspeaker = 'Ann'", "not", ["Ann"]),
        ("question = 'Why?'\nanswer = 'so'\nstatement = 'It is **so**.'", "It is", ["so"]),
    ],
    ids=["question", "list", "table", "gap", "term", "quote", "statement"],
)
def test_an_organiser_asks_for_answers_alone(fact: str, there: str, held: list[str]) -> None:
    """What an author stresses in a question stays; where it asks for all of a list, none does."""
    asking, key = pages(written("organiser", f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}".encode()))
    assert there in asking
    for word in held:
        assert re.search(rf"\b{word}\b", asking) is None
        assert word in key


def test_the_key_to_an_organiser_is_marked_by_row_and_number() -> None:
    """A table and a list stand there as on the sheet; no line begins with the dot between two."""
    gaps = " ".join(f"{{{{{'x' * (1 + n * n % 13)}}}}}" for n in range(99))
    facts = (COMPARES, "order = 'Sort:'\nitems = ['egg', 'larva']", f"cloze = '{gaps}'")
    source = HEAD + "".join(f"\n[[topic.fact]]\nid = 'f{n}'\n{f}\n" for n, f in enumerate(facts))
    *_, key = PdfReader(io.BytesIO(written("organiser", source.encode()))).pages
    lines = [" ".join(line.split()) for line in key.extract_text().splitlines()]
    for line in ("1 Cats Dogs", "Food meat bones", "2 1. egg 2. larva"):
        assert line in lines
    assert sum(line.endswith("·") for line in lines) > 5
    assert not any(line.startswith("·") for line in lines)


ASKS = "question = 'What?'\nanswer = '{}'"
BIRDS = [["a", "tit", "nightingale"], ["b", "a hedge sparrow here", "a great grey shrike, or two"]]


@pytest.mark.parametrize(
    ("fact", "blanks"),
    [
        (ASKS.format("wren"), [15]),
        (ASKS.format("a robin"), [15]),
        (ASKS.format("a nightjar"), [15]),
        (ASKS.format("a hedge sparrow here"), [30]),
        (ASKS.format("wren" * 100), [360]),
        ("cloze = 'A {{wren}} is no {{nightingale}}.'", [15, 30]),
        ("list = 'Which?'\nitems = ['a tit', 'a nightingale']", [30, 30]),
        ("list = 'Which?'\nitems = ['a tit', 'a hedge sparrow of ours']", [45, 45]),
        (
            f"compare = 'Which?'\nthings = ['A', 'B']\naspects = {BIRDS}",
            [15, 15, 30, 45],
        ),
        ("event = 'It came'\nwhen = '14 October 1066'", [30]),
    ],
)
def test_a_blank_of_an_organiser_suits_what_belongs_there(fact: str, blanks: list[int]) -> None:
    """Half as long again as in print, as is written by hand, in steps; items have the longest's."""
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n".encode()
    _, (hidden_one,) = hidden(deck_of(source), deck_of(source).facts)
    when = hidden_one.parts.when
    said = f"{when.text if when else ''} {plain_content(hidden_one.parts.statement)}"
    assert [len(blank) for blank in re.findall("_+", said)] == blanks


def lines_of(data: bytes) -> list[str]:
    page, *_ = PdfReader(io.BytesIO(data)).pages
    return [" ".join(line.split()) for line in page.extract_text().splitlines()]


@pytest.mark.parametrize(("letters", "count"), [(60, 2), (100, 4)])
def test_a_long_answer_has_whole_lines(tmp_path: Path, letters: int, count: int) -> None:
    """Each is as long as the others, and what closes the sentence stands behind the last."""
    fact = f"statement = 'It is {{{{{'x' * letters}}}}}.'\nquestion = 'What is it?'"
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n"
    made(tmp_path, source.encode(), Choice(), handouts=("organiser",))
    assert verified(tmp_path) == ()
    lines = [
        line
        for line in lines_of((tmp_path / "out" / "deck-organiser.pdf").read_bytes())
        if "_____" in line and "Name" not in line
    ]
    assert len(lines) == count
    assert lines[-1].endswith("_.")
    assert len({len(line) for line in lines}) <= 2
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


@pytest.mark.parametrize("name", ["cards", "foldcards", "labels", "grid", "foldover"])
@pytest.mark.parametrize("length", [32, 36])
def test_a_blank_of_the_author_s_own_is_proved(tmp_path: Path, name: str, length: int) -> None:
    """However long it is, and however short it is printed."""
    fact = f"question = 'Complete: The largest lake is {'_' * length}.'\nanswer = 'Superior'"
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n"
    made(tmp_path, source.encode(), Choice(), handouts=(name,))
    assert verified(tmp_path) == ()


def test_an_organiser_shows_what_to_put_in_order(tmp_path: Path) -> None:
    """The items stand mixed above their blanks, as in a quiz; the key has them in order."""
    fact = "order = 'Sort, the first first.'\nitems = ['pupa', 'egg', 'larva']"
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n"
    made(tmp_path, source.encode(), Choice(), handouts=("organiser",))
    assert verified(tmp_path) == ()
    asking, key = pages((tmp_path / "out" / "deck-organiser.pdf").read_bytes())
    assert re.search(r"first\. • egg • larva • pupa 1\. _+ 2\. _+ 3\. _+", asking)
    assert "1. pupa 2. egg 3. larva" in key


def sorting(before: int, count: int, profile: str = "clear") -> list[str]:
    """Return the pages of an organiser that has so many gaps before so many items to sort."""
    gaps = (f"id = 'g{n}'\ncloze = 'Of {{{{all}}}} stages.'" for n in range(before))
    items = [f"stage {n}, which is a longer one than those" for n in range(count)]
    facts = (*gaps, f"id = 'sort'\norder = 'Sort:'\nitems = {items}")
    source = HEAD + "".join(f"\n[[topic.fact]]\n{fact}\n" for fact in facts)
    return pages(written("organiser", source.encode(), profile=profile))


@pytest.mark.parametrize(
    ("profile", "before"), [*product(["clear"], range(18, 32)), *product(["large"], range(4, 12))]
)
def test_what_to_put_in_order_is_seen_where_its_blanks_are(profile: str, before: int) -> None:
    """No page ends within the items, nor above or between their blanks."""
    page = next(text for text in sorting(before, 6, profile) if "Sort:" in text)
    assert [page.count(f"• stage {n}, ") for n in range(6)] == [1] * 6
    assert [page.count(f"{n + 1}. ___") for n in range(6)] == [1] * 6


def test_more_than_a_page_to_put_in_order_begins_where_there_is_room() -> None:
    """Items that no page holds are parted, and leave none half empty."""
    page = next(text for text in sorting(4, 60) if "Sort:" in text)
    assert "Of ___" in page
    assert "• stage 0, " in page


def pictured(folder: Path, name: str, *facts: str, printing: str = "") -> bytes:
    """Return a handout about such facts, `a`, `b` …, that may name `l.png` and `s.mp3`."""
    (folder / "l.png").write_bytes(PNG)
    (folder / "s.mp3").write_bytes(SOUND)
    text = "".join(
        f"\n[[topic.fact]]\nid = '{letter}'\n{fact}\n"
        for letter, fact in zip("abcdefg", facts, strict=False)
    )
    text = f"{HEAD}{text}\n[print]\n{printing}"
    made(folder, text.encode(), Choice(), handouts=(name,))
    assert verified(folder) == ()
    return (folder / "out" / f"deck-{name}.pdf").read_bytes()


def shown(data: bytes) -> list[int]:
    """Return how many pictures are on each page but those left free."""
    free = [ENGLISH.free_page in page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        counts = [
            sum(str(step.operator) == "Do" for step in pikepdf.parse_content_stream(page))
            for page in pdf.pages
        ]
    assert not any(count for count, empty in zip(counts, free, strict=True) if empty)
    return [count for count, empty in zip(counts, free, strict=True) if not empty]


LAKE = "image = 'l.png'\nalt = 'Blue water'\ncredit = 'Photo: Huron Tours'"


@pytest.mark.parametrize(
    ("fact", "there"),
    [
        (f"question = 'Which lake?'\nanswer = 'Huron'\n{LAKE}", [0, 1]),
        (f"question = 'Which lake?'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'", [1, 0]),
        (f"cloze = 'Here is {{{{Huron}}}}.'\n{LAKE}", [0, 1]),
        (f"term = 'Huron'\ndefinition = 'a lake'\n{LAKE}", [1, 0]),
    ],
    ids=["answers", "asks", "answers a gap", "nothing is asked"],
)
def test_an_organiser_shows_no_answer(tmp_path: Path, fact: str, there: list[int]) -> None:
    """A picture that belongs to the answer is on the key, and so is who made one that asks."""
    other = "question = 'Which sea?'\nanswer = 'Baltic'"
    data = pictured(tmp_path, "organiser", fact, other, printing="hide = ['words']")
    assert shown(data) == there
    asking, key = pages(data)
    assert ("Huron Tours" in asking, "Huron Tours" in key) == (
        (True, False) if "term" in fact else (False, True)
    )


SOUND_ASKS = "question = 'Which bird sings?'\nanswer = 'wren'\naudio = 's.mp3'\nmedia = 'front'"


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("quiz", [1, 0]),
        ("grid", [1, 0]),
        ("match", [1, 0]),
        ("foldover", [1]),
        ("cards", [1, 0]),
        ("foldcards", [1]),
        ("labels", [1, 0]),
        ("organiser", [1, 1]),
    ],
)
def test_a_picture_stands_with_its_question(tmp_path: Path, name: str, there: list[int]) -> None:
    """What is asked about a picture can be seen; its credit comes with the answer, once.

    A picture of the answer is on no front, what only a sound asks is nowhere.
    """
    data = pictured(
        tmp_path,
        name,
        f"event = 'This lake dried up'\nwhen = 1900\n{LAKE}\nmedia = 'front'",
        f"question = 'Which sea?'\nanswer = 'Baltic'\n{LAKE.replace('Huron', 'Baltic')}",
        SOUND_ASKS,
        "event = 'That one rose'\nwhen = 1950",
    )
    assert shown(data) == there
    first, *_ = text = pages(data)
    assert "This lake dried up" in first
    assert "sings" not in " ".join(text)
    assert " ".join(text).count("Huron Tours") == 1
    assert ("Huron Tours" in first) is (len(text) == 1)
    assert ("Baltic Tours" in " ".join(text)) is (name == "organiser")


def test_a_card_asked_backwards_shows_no_picture(tmp_path: Path) -> None:
    """The picture is on the front of the card that asks about it, who made it on its back."""
    fact = f"question = 'Which lake?'\nanswer = 'Huron'\nreverse = true\n{LAKE}"
    data = pictured(tmp_path, "cards", f"{fact}\nmedia = 'front'")
    assert shown(data) == [1, 0]
    front, back = pages(data)
    assert "1a" in front
    assert "1b" in front
    assert back.count("Huron Tours") == 1


def test_a_picture_takes_what_the_words_leave(tmp_path: Path) -> None:
    """On a small card a picture gets smaller; where it can hardly be read, the build says so."""
    (tmp_path / "l.png").write_bytes(PNG)
    heights = []
    for count, media, codes in (
        (1, "front", []),
        (8, "front", []),
        (16, "front", ["small-picture"]),
        (28, "front", ["no-room"]),
        (28, "back", []),
    ):
        asked = (
            f"question = '{'Which lake ' * count}?'\nanswer = 'Huron'\n{LAKE}\nmedia = '{media}'"
        )
        (tmp_path / "deck.toml").write_text(f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{asked}\n")
        labels = {"handouts": ("labels",)}
        built = build(tmp_path / "deck.toml", tmp_path / "out", NOW, Request(printing=labels))
        found = [p for p in built.problems if p.code in IN_PRINT]
        assert [(p.code, p.owner) for p in found] == [(code, "fact") for code in codes]
        hints = [p.hint for p in found if p.code == "small-picture" and "`labels`" in p.message]
        assert all(hint.endswith("or larger labels") for hint in hints)
        assert bool(built.left_out) == ("no-room" in codes)
        if not built.left_out:
            with pikepdf.open(tmp_path / "out" / "deck-labels.pdf") as pdf:
                heights += [tall for _, tall in drawn(pdf)]
    large, middle, small = heights
    assert large >= middle > 1.2 * small


LABELLED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360">
<rect width="480" height="360" fill="none" stroke="black"/><g{}><text x="9" y="60"{}>1</text></g>
</svg>"""


@pytest.mark.parametrize(
    ("group", "text", "small"),
    [
        ("", ' font-size="16"', True),
        (' style="font-size: 16px"', "", True),
        (' font-size="60"', ' style="font-size:16"', True),
        ("", ' font-size="24"', False),
        (' font-size="16"', ' font-size="24"', False),
        (' transform="scale(3)"', ' font-size="16"', False),
        ("", ' font-size="1em"', False),
        ("", "", False),
    ],
)
def test_a_drawing_whose_words_get_too_small_is_told(
    tmp_path: Path, group: str, text: str, small: bool
) -> None:
    """A label of an SVG under 1.5 mm is warned of, however long the picture is."""
    (tmp_path / "l.svg").write_text(LABELLED.format(group, text))
    asked = f"question = 'Which part is 1?'\nanswer = 'a'\n{LAKE.replace('l.png', 'l.svg')}"
    (tmp_path / "deck.toml").write_text(
        f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{asked}\nmedia = 'front'\n"
    )
    request = Request(printing={"handouts": ("cards",)})
    built = build(tmp_path / "deck.toml", tmp_path / "out", NOW, request)
    told = [problem for problem in built.problems if problem.code == "small-picture"]
    assert any("cards" in problem.message for problem in told) is small
    assert all(problem.hint.endswith("or larger paper") for problem in told)


@pytest.mark.parametrize(("wide", "codes"), [(60, ["small-picture"]), (120, [])])
def test_a_thumbnail_is_told(tmp_path: Path, wide: int, codes: list[str]) -> None:
    """A picture of very few pixels is printed small, as there is nothing to enlarge."""
    Image.new("RGB", (wide, 40)).save(tmp_path / "l.png")
    fact = f"question = 'Which lake?'\nanswer = 'Huron'\n{LAKE}"
    (tmp_path / "deck.toml").write_text(f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n")
    built = build(tmp_path / "deck.toml", tmp_path / "out", NOW)
    assert [problem.code for problem in built.problems] == codes


def test_words_give_way_to_a_picture(tmp_path: Path) -> None:
    """Beside a short question it has most of a card, and the topic goes before it gets tiny."""
    asks = f"question = 'Which lake{{}}?'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'"
    for count, topic in ((0, True), (38, False)):
        data = pictured(tmp_path, "cards", asks.format(" lake" * count))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            ((wide, tall),) = drawn(pdf)
        assert wide >= 30 * MM
        assert topic == (tall > 25 * MM)
        assert ("ALL" in pages(data)[0]) is topic


@pytest.mark.parametrize(
    ("shape", "asks", "beside"),
    [
        ((600, 900), "Which organelle is it?", True),
        ((900, 900), "Which organelle is it?", True),
        ((900, 300), "Which organelle is it?", False),  # it is larger below
        ((900, 900), "Which organelle is it, of those in a cell? " * 4, False),
        ((900, 900), "Is this deoxyribonucleic?", False),  # it would be cut
    ],
)
def test_a_tall_picture_stands_beside_short_words(
    tmp_path: Path, shape: tuple[int, int], asks: str, beside: bool
) -> None:
    """On a wide card, where both are larger than one below the other."""
    file = tmp_path / "deck.toml"
    Image.new("RGB", shape).save(tmp_path / "l.png")
    fact = f"question = '{asks.strip()}'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'"
    file.write_text(f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n")
    built = build(file, tmp_path / "out", NOW, Request(printing={"handouts": ("cards",)}))
    assert "cut-word" not in {problem.code for problem in built.problems}
    with pikepdf.open(tmp_path / "out" / "deck-cards.pdf") as pdf:
        ((_, tall),) = drawn(pdf)
        (bottom, top) = next(
            (float(y), float(up))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
            for _, y, _, up in [item["/A"][0]["/BBox"]]
        )
    lines: list[tuple[float, float]] = []

    def seen(text: str, _: object, place: list[float], font: object, size: float) -> None:
        if text.strip() in asks and len(text.strip()) > 3:
            lines.append((place[5], size))

    PdfReader(tmp_path / "out" / "deck-cards.pdf").pages[0].extract_text(visitor_text=seen)
    assert lines
    assert all(bottom < y < top for y, _ in lines) is beside
    if beside:
        assert tall > 38 * MM
        assert all(size >= 13 for _, size in lines)


@pytest.mark.parametrize(
    ("asks", "whole", "beside"),
    [
        ("Which parts does it have?", "Which parts", True),
        ("What is $a + b + c + d + e + f$ in this picture of it, and why?", "What is", False),
    ],
)
def test_words_beside_a_tall_picture_have_room(
    tmp_path: Path, asks: str, whole: str, beside: bool
) -> None:
    """In large print, too, a line holds some 12 letters, and a formula stays whole."""
    file = tmp_path / "deck.toml"
    Image.new("RGB", (500, 1100)).save(tmp_path / "l.png")
    fact = f"question = '{asks}'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'"
    file.write_text(f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n")
    printing = {"handouts": ("cards",), "profile": "large"}
    build(file, tmp_path / "out", NOW, Request(printing=printing))
    with pikepdf.open(tmp_path / "out" / "deck-cards.pdf") as pdf:
        ((_, tall),) = drawn(pdf)
    page = PdfReader(tmp_path / "out" / "deck-cards.pdf").pages[0]
    assert any(line.startswith(whole) for line in page.extract_text().splitlines())
    assert (tall > 74 * MM) is beside


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["quiz", "organiser", "foldover"])
def test_pictures_grow_with_print(tmp_path: Path, name: str, paper: str) -> None:
    """For who needs large words, those in a picture are as much larger, if the column lets them."""
    fact = f"question = 'Which lake?'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'"
    sizes = []
    for profile in ("standard", "clear", "large"):
        printing = f"profile = '{profile}'\npaper = '{paper}'\n"
        with pikepdf.open(io.BytesIO(pictured(tmp_path, name, fact, printing=printing))) as pdf:
            sizes += [wide for wide, _ in drawn(pdf)]
    standard, clear, large = sizes
    assert clear >= 1.2 * standard
    assert large >= (1.2 if name == "foldover" else 1.85) * standard


EVENT = "\n[[topic.fact]]\nid = '{0}'\nevent = '{1} happened'\nwhen = {2}\n"
LONG = EVENT.format("long", "Much of it" * 900, 1801)
MEANT = "allow = [{ rule = 'no-room', why = 'It is on the sheet.' }]\n"


def test_no_date_to_match_is_parted() -> None:
    """The column of dates is as wide as the longest of them, as long as events have room."""
    dates = ("20 September 1792", "before 23 November 1799", "1791")
    facts = (f"id = 'e{n}'\nevent = 'It was.'\nwhen = '{date}'" for n, date in enumerate(dates))
    source = HEAD + "".join(f"[[topic.fact]]\n{fact}\n" for fact in facts)
    first, *_ = PdfReader(io.BytesIO(written("match", source.encode(), profile="large"))).pages
    lines = [line.strip() for line in first.extract_text().splitlines()]
    assert all(any(line.endswith(date) for line in lines) for date in dates)


WITHOUT = ("quiz", "grid", "match", "foldover", "cards", "foldcards", "labels")


def without_room(built: Built) -> list[Problem]:
    """Return what is said of facts that are left out, not of those cut off on the sheet."""
    return [one for one in built.problems if one.code == "no-room" and "without" in one.message]


@pytest.mark.parametrize("name", WITHOUT)
def test_what_has_no_room_is_left_out_of_that_handout(tmp_path: Path, name: str) -> None:
    """All else is printed with its numbers; the build warns, unless the author means it."""
    source = HEAD + EVENT.format("a", "It", 1800) + LONG + EVENT.format("b", "That", 1802)
    built = made(tmp_path, source.encode(), Choice(), handouts=(name, "poster"))
    (told,) = without_room(built)
    paper = "avery-c32011" if name == "labels" else "A4"
    assert f"on the handout `{name}` ({paper}, standard print)" in told.message
    assert (told.severity, told.place.line) == ("warning", 17)
    assert {path.name for path, _ in built.files} >= {"deck.apkg", "deck-poster.pdf"}
    found = read_pdf((tmp_path / "out" / f"deck-{name}.pdf").read_bytes())
    assert {number for number, _ in found.entries} == {"1", "3"}
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    verdict = verify("deck", files)
    assert verdict.mismatches == ()
    assert [line for line in verdict.held if line.endswith(", no room for `long`")]
    meant = source.replace("when = 1801\n", f"when = 1801\n{MEANT}")
    assert not without_room(made(tmp_path, meant.encode(), Choice(), handouts=(name,)))


@pytest.mark.parametrize(
    ("things", "advice"),
    [("ABC", "give it fewer columns, or fewer rows, "), ("AB", "give it fewer rows, ")],
)
def test_no_column_can_go_from_a_table_of_two(tmp_path: Path, things: str, advice: str) -> None:
    """What is advised leaves a comparison."""
    rows = [[f"aspect {n}", *["much of it " * 9] * len(things)] for n in range(30)]
    fact = f"compare = 'Which?'\nthings = {[*things]}\naspects = {rows}\n"
    source = HEAD + f"\n[[topic.fact]]\nid = 'a'\n{fact}"
    (told,) = without_room(made(tmp_path, source.encode(), Choice(), handouts=("cards",)))
    assert (told.hint or "").startswith(advice)


def test_a_table_without_room_is_given_up_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a card for each row, and each shows all rows: to set them all took minutes."""
    tried = Mock(side_effect=content)
    monkeypatch.setattr(sizes, "content", tried)
    rows = [[f"aspect {n}", *["much of it " * 9] * 2] for n in range(60)]
    fact = f"id = 'a'\ncompare = 'Which?'\nthings = ['A', 'B']\naspects = {rows}\n"
    source = f"{HEAD}\n[[topic.fact]]\n{fact}"
    assert without_room(made(tmp_path, source.encode(), Choice(), handouts=("cards",)))
    assert tried.call_count < 20  # for each of a few papers and kinds of print


ANSWERED = "\n[[topic.fact]]\nid = 'a'\nquestion = 'Why?'\nanswer = '{}'\n"
LARGER, LABELS, SMALLER = "print on larger paper", "take larger labels", "use smaller print"


@pytest.mark.parametrize(
    ("name", "count", "printing", "ways"),
    [
        ("foldcards", 45, {"paper": "A5"}, [f"{LARGER} (A4)"]),
        ("foldcards", 70, {"paper": "A5"}, []),
        (
            "foldcards",
            35,
            {"paper": "A5", "profile": "large"},
            [f"{LARGER} (A4)", f"{SMALLER} (clear)"],
        ),
        ("cards", 70, {"paper": "A5"}, []),
        ("foldover", 180, {"paper": "A5"}, [f"{LARGER} (A4)"]),
        ("foldover", 500, {"paper": "A4"}, []),
        ("foldover", 80, {"paper": "Letter", "profile": "large"}, [f"{SMALLER} (clear)"]),
        ("foldover", 180, {"paper": "A4", "profile": "large"}, [f"{SMALLER} (standard)"]),
        ("labels", 80, {}, [f"{LABELS} (avery-5388)"]),
        ("labels", 80, {"labels": "avery-5371"}, [f"{LABELS} (avery-5388)"]),
        ("labels", 200, {}, []),
        ("labels", 200, {"labels": "avery-5388"}, []),
    ],
)
def test_what_is_advised_gives_room(
    tmp_path: Path, name: str, count: int, printing: dict[str, str], ways: list[str]
) -> None:
    """Larger paper, larger labels, smaller print: each is named where it is there, and enough."""
    (tmp_path / "deck.toml").write_text(HEAD + ANSWERED.format("more of it " * count))

    def told(**instead: str) -> list[Problem]:
        choices = {"handouts": (name,), **printing, **instead}
        return without_room(build(tmp_path / "deck.toml", tmp_path, NOW, Request(printing=choices)))

    (problem,) = told()
    advised = re.findall(r"print on larger[^,]*|take larger[^,]*|use smaller[^,]*", problem.hint)
    assert advised == ways
    for way in advised:
        kind, value = way.strip(")").replace("(", "").split()[-2:]
        assert not told(**{"profile" if kind == "print" else kind: value})


def test_larger_labels_are_the_largest() -> None:
    """There are none with more room than those that are named, and all others lead to them."""
    sizes = {name: stock.width * stock.height for name, stock in STOCKS.items()}
    largest = max(sizes, key=lambda name: sizes[name])
    assert {LARGER_THAN.get(name, name) for name in STOCKS} == {largest}


@pytest.mark.parametrize("name", WITHOUT)
def test_a_handout_that_has_room_for_nothing_is_none(tmp_path: Path, name: str) -> None:
    """It is left out, as where there is nothing to print; all else is built."""
    source = HEAD + LONG + LONG.replace("long", "longer").replace("1801", "1802")
    built = made(tmp_path, source.encode(), Choice(), handouts=(name, "organiser"))
    assert len(without_room(built)) == 2
    assert built.left_out[name].endswith("what there is has no room on it")
    names = {path.name for path, _ in built.files}
    assert f"deck-{name}.pdf" not in names
    assert {"deck.pdf", "deck-organiser.pdf"} <= names
    assert verified(tmp_path) == ()


def test_a_bank_of_words_has_those_of_its_gaps(tmp_path: Path) -> None:
    """What a gap holds that has no room is in no word bank, on no key, worth no mark."""
    gap = "\n[[topic.fact]]\nid = '{0}'\ncloze = '{1} {{{{{0}}}}}.'\n"
    source = HEAD + gap.format("wren", "A") + gap.format("stork", "A long" * 1500)
    made(tmp_path, source.encode(), Choice(), handouts=("quiz",))
    asking, key = pages((tmp_path / "out" / "deck-quiz.pdf").read_bytes())
    assert "/ 1 mark" in asking
    assert "1 of 2 facts" in asking
    assert ("wren" in asking, "stork" in asking) == (True, False)
    assert ("wren" in key, "stork" in key) == (True, False)


def test_a_bank_of_words_is_in_the_order_of_the_alphabet() -> None:
    """Letters come before their accents: à stands among the a, not behind z."""
    gaps = " ".join(f"{{{{{word}}}}}" for word in ("sont", "à la cave", "zone", "Été", "arbre"))
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\ncloze = 'One {gaps}.'\n"
    asking, _ = pages(written("quiz", source.encode()))
    assert "à la cave · arbre · Été · sont · zone" in asking.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("item", "paper", "lines"),
    [
        ("a tit", "A4", 3),
        ("one word after another " * 4, "A4", 4),
        ("one word after another " * 2, "A4", 3),
        ("one word after another " * 2, "A5", 4),
    ],
)
def test_a_list_in_a_quiz_has_a_line_for_each_item(item: str, paper: str, lines: int) -> None:
    """Where an item is longer than a line, or what is asked is no list, there is one more."""
    fact = f"list = 'Which?'\nitems = ['{item}1', '{item}2', '{item}3']"
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{fact}\n"
    (group,) = (group for _, group in _sections(chosen_of("quiz", source.encode())))
    theme = Theme(9.5, Printing(paper=paper))
    assert _lines(group.facts, theme.width) == {3: lines}


@pytest.mark.parametrize(
    ("lengths", "lines"),
    [
        ([10], 1),
        ([200], 4),
        ([10, 10, 10, 200], 1),
        ([10, 10, 200], 4),
        ([10, 10, 110, 110, 200], 2),
        ([10_000], 12),
    ],
)
def test_most_answers_have_room_and_none_shows_its_length(lengths: list[int], lines: int) -> None:
    """All questions of one mark have as many lines, of which at most one in four needs more."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\nquestion = "What is it, {n}?"\nanswer = "{"x" * length}"\n'
        for n, length in enumerate(lengths)
    )
    deck = deck_of(f"{HEAD}{facts}".encode())
    assert _lines(deck.facts, Theme(10, deck.printing, most_columns=1).width) == {1: lines}


@pytest.mark.parametrize(
    ("cells", "blank"),
    [
        (["aqua", "hydor", "ignis", "pyr"], 15),
        (["aqua", "hydor", "ignis", "wet in the south and cold in the mountains"], 15),
        (["aqua", "hydor", "dry along the whole coast", "wet in the south, cold in the north"], 45),
        (["aqua", "hydor", "dry along the coast", "wet in the mountains"], 30),
    ],
)
def test_a_table_to_complete_has_room_for_most_of_its_cells(cells: list[str], blank: int) -> None:
    """Its blanks are all alike, so that none shows what belongs there."""
    rows = [["x", *cells[:2]], ["y", *cells[2:]]]
    fact = f'compare = "How do they differ?"\nthings = ["one", "two"]\naspects = {rows}\n'
    asking = pages(written("quiz", f'{HEAD}[[topic.fact]]\nid = "a"\n{fact}'.encode()))[0]
    first, *others = (len(each) for each in re.findall("___+", asking))
    assert others == [first] * 3
    assert blank - 2 < first <= blank  # a long one is as wide as its column


def test_a_piece_gets_smaller_before_it_is_left_out(tmp_path: Path) -> None:
    """A question that has room on a page in the smallest type is printed in that."""
    asked = "\n[[topic.fact]]\nid = 'a'\nquestion = '{}?'\nanswer = 'yes'\n"
    for words, room in ((800, True), (900, False)):
        source = HEAD + asked.format("why " * words) + EVENT.format("b", "It", 1800)
        built = made(tmp_path, source.encode(), Choice(), handouts=("foldover",))
        assert bool(without_room(built)) is not room


def test_a_space_may_hang_over_the_foot() -> None:
    """A fact whose words end at the foot of a page has room; one that goes on below has none."""
    theme, (fact,) = Theme(9.4, Printing()), deck_of(many(1)).facts
    words = Strip(100.0, nothing, whose=Whose(fact))
    for last, found in ((Strip(0.0, nothing, 5.0), ()), (Strip(5.0, nothing), (fact,))):
        page = Page((([words, replace(last, whose=Whose(fact))], 0.0, theme.foot + 100.0),))
        assert overfull(Layout(theme, Element("Document"), [page])).without_room == found


def test_a_topic_without_facts_is_nowhere() -> None:
    """An organiser neither shows it nor tells its date on the key."""
    empty = b'\n[[topic]]\nid = "later"\ntitle = "Later"\nwhen = 1900\n'
    with_facts = (
        HEAD.encode() + b'[[topic.fact]]\nid = "a"\nterm = "moss"\ndefinition = "a plant"\n'
    )
    for name in ("organiser", "grid", "quiz"):
        assert "Later" not in " ".join(pages(written(name, with_facts + empty)))


def test_a_grid_has_rows_from_easy_to_hard() -> None:
    """The points of a topic's boxes never fall along a row, and their sum is what can be scored."""
    *asking, _ = pages(written("grid", many(300)))
    text = " ".join(asking)
    total = re.search(r"/ (\d+) points", text)
    assert total
    points = [int(n) for n in re.findall(r"\b(\d) points?\b", text.replace(total[0], ""))]
    assert sum(points) == int(total[1])
    assert points == [1, 2, 3, 4] * (len(points) // 4)


@pytest.mark.parametrize(
    ("count", "rows"),
    [(5, [[1, 2, 3], [1, 2]]), (6, [[1, 2, 3]] * 2), (7, [[1, 2, 3, 4], [1, 2, 3]])],
)
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_row_of_a_grid_rises(count: int, rows: list[list[int]], paper: str) -> None:
    """Where a topic's questions are no multiple of four, its rows still begin with one point."""
    reader = PdfReader(io.BytesIO(written("grid", many(count), paper=paper)))
    across: dict[float, list[int]] = {}

    def see(text: str, _: object, at: list[float], *__: object) -> None:
        if found := re.fullmatch(r"(\d) points?\s*", text):
            across.setdefault(at[5], []).append(int(found[1]))

    reader.pages[0].extract_text(visitor_text=see)
    wide = 4 if paper == "A4" else 2
    cut = [row[n : n + wide] for row in rows for n in range(0, len(row), wide)]
    assert [across[y] for y in sorted(across, reverse=True)] == cut


def test_boxes_that_share_a_row_share_a_page() -> None:
    """On a paper with room for two beside each other, no page opens amid the four of a topic."""
    topics = "".join(
        f'[[topic]]\nid = "t{t}"\ntitle = "Chapter {t}"\n'
        + "".join(
            f'[[topic.fact]]\nid = "f{t}-{n}"\nquestion = "Which bird is it, {t}-{n}?"\n'
            f'answer = "the {n}th"\n'
            for n in range(4)
        )
        for t in range(8)
    )
    source = HEAD[: HEAD.index("[[topic]]")] + topics
    asking = pages(written("grid", source.encode(), paper="A5"))
    held = [re.findall(r"it, (\d)-\d\?|Chapter (\d)", page) for page in asking]
    boxes = [[t for t, _ in found if t] for found in held]
    titles = [[t for _, t in found if t] for found in held]
    assert sum(map(bool, boxes)) > 2
    for shown, called in zip(boxes, titles, strict=True):
        assert set(shown) <= set(called)
        assert all(shown.count(t) == 4 for t in shown)


def test_a_row_of_a_grid_that_is_high_may_be_parted(tmp_path: Path) -> None:
    """Else a page would have a title and no box: a picture is half as high as it."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\nquestion = "Which flag is it, {n}?"\nanswer = "{n}"\n'
        'image = "flag.png"\nalt = "A flag"\nmedia = "front"\n'
        for n in range(4)
    )
    Image.new("RGB", (600, 400), "red").save(tmp_path / "flag.png")
    printing = {"paper": "Letter", "profile": "large", "handouts": ("grid",)}
    made(tmp_path, f"{HEAD}{facts}".encode(), Choice(), **printing)
    first, *_ = PdfReader(tmp_path / "out" / "deck-grid.pdf").pages
    assert "Which flag is it" in first.extract_text()


def test_the_heading_of_a_grid_answers_none_of_its_boxes() -> None:
    """A title that is the answer to a question of its topic is on the key alone."""
    source = HEAD.replace('"All"', '"Rapallo Agreement"') + (
        '[[topic.fact]]\nid = "a"\nquestion = "What was signed?"\nanswer = "Rapallo Agreement"\n'
        '[[topic]]\nid = "later"\ntitle = "Later agreements"\n'
        '[[topic.fact]]\nid = "b"\nquestion = "What else?"\nanswer = "the Berlin agreement"\n'
    )
    front, key = pages(written("grid", source.encode()))
    assert "Rapallo" not in front
    assert ENGLISH.question in front
    assert "Later agreements" in front
    assert "Rapallo Agreement" in key


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_topics_of_a_grid_are_told_apart_where_their_titles_would_answer(language: str) -> None:
    """Each has a letter, which the key has beside its title."""
    say, source = PHRASES[language], HEAD.replace('"en"', f'"{language}"').replace("All", "Paris")
    source += (
        '[[topic.fact]]\nid = "a"\nquestion = "Capital?"\nanswer = "Paris"\n'
        '[[topic]]\nid = "rome"\ntitle = "Rome"\n'
        '[[topic.fact]]\nid = "b"\nquestion = "Capital of another?"\nanswer = "Rome"\n'
    )
    front, key = pages(written("grid", source.encode()))
    for heading, title in ((f"{say.question} A", "Paris"), (f"{say.question} B", "Rome")):
        assert heading in front
        assert title not in front
        assert f"{heading} · {title}" in key.replace("\u00a0", " ")


def test_the_heading_of_a_grid_may_name_what_its_box_shows() -> None:
    """What is to be put in order stands in the box; the title of its topic tells nothing of it."""
    source = HEAD.replace('"All"', '"The cell"') + (
        '[[topic.fact]]\nid = "a"\norder = "Sort, the smallest first."\n'
        'items = ["cell", "tissue", "organ"]\n'
    )
    front, _ = pages(written("grid", source.encode()))
    assert "The cell" in front


TOPICS = "".join(
    f"\n[[topic]]\nid = '{t}'\ntitle = 'Topic {t}'\n"
    + "".join(
        f"\n[[topic.fact]]\nid = '{t}{n}'\nevent = 'It was {t}{n}'\nwhen = {when}\n" for n in "ab"
    )
    for t, when in zip("vwxyz", (1, 20, 300, 1000, 1920), strict=True)
)
LEVELS = "".join(
    f"\n[[topic.fact]]\nid = '{n}'\nevent = 'It was {n}'\nwhen = {10 ** (n % 4)}\n"
    for n in range(16)
)


@pytest.mark.parametrize("facts", [TOPICS, LEVELS], ids=["topics", "within a topic"])
def test_two_versions_of_a_grid_differ(facts: str) -> None:
    """Topics, and questions of a topic that are worth the same, stand elsewhere.

    Where no version is asked for, all is in the order of the sheet.
    """
    deck, found = deck_of((HEAD + facts).encode()), []
    for version in ("", "A", "B"):
        chosen = choose(deck, handout("grid").facts(deck), Choice(), version)
        front, _ = pages(filed(write, "grid", chosen, "x", NOW))
        found.append(re.findall(r"It was (\w+)", front))
    plain, *versions = found
    assert versions[0] != versions[1]
    assert sorted(plain) == sorted(versions[0]) == sorted(versions[1])
    assert plain == [fact.id for fact in deck.facts]


def test_a_version_is_named_on_the_line_of_a_tall_title() -> None:
    """A formula that moves the words of its line down moves what stands at its right, too."""
    tall = HEAD.replace(
        'title = "', r'title = "Forms of $\\begin{pmatrix} 1 \\\\ 2 \\\\ 3 \\end{pmatrix}$ ', 1
    )
    deck = deck_of((tall + TOPICS).encode())
    chosen = choose(deck, handout("grid").facts(deck), Choice(), "A")
    at: dict[str, float] = {}

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            y = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
            at.setdefault(text.strip().partition(" ")[0].casefold(), y)

    *_, key = PdfReader(io.BytesIO(filed(write, "grid", chosen, "x", NOW))).pages
    key.extract_text(visitor_text=see)
    assert at["version"] == pytest.approx(at["many"])


TOWNS = "cloze = 'From {{c1::Rapallo::a town}} to {{Genoa}}.'\nhint = 'Both lie in Italy.'"
NAMED = "term = 'Volga'\ndefinition = 'a river'\nhint = 'not Volta'\nreverse = true"


@pytest.mark.parametrize("name", ["quiz", "grid", "foldover", "organiser", "cards", "foldcards"])
def test_a_hint_stands_behind_its_question(tmp_path: Path, name: str) -> None:
    """What asks has the hints of a fact and of its gaps; the backward question has none."""
    asked = "question = 'Who?'\nanswer = 'Ann'\nhint = 'the *elder*'"
    text = " ".join(pages(pictured(tmp_path, name, asked, TOWNS, NAMED)))
    assert re.search(r"Who\?( _+)? \(the elder\)", text)
    assert text.count("(Both lie in Italy.)") == (2 if "cards" in name else 1)
    assert text.count("[a town]" if "cards" in name else "_ (a town)") == 1
    assert text.count("(not Volta)") == (0 if name == "organiser" else 1)  # it asks for the name


@pytest.mark.parametrize("name", ["cards", "foldcards", "labels"])
def test_a_card_sets_apart_what_it_asks(tmp_path: Path, name: str) -> None:
    """Below what a front is about stands what is asked, lighter; the hint goes on behind it."""
    asked = "question = 'Who?'\nanswer = 'Ann'\nhint = 'the elder'"
    event = "event = 'Peace came.'\nwhen = 1900"
    data = pictured(tmp_path, name, NAMED, event, asked)
    found: dict[str, tuple[float, str]] = {}

    def see(text: str, outer: list[float], inner: list[float], font: Any, _: float) -> None:
        found.setdefault(text.strip(), (outer[5] + inner[5], str(font and font["/BaseFont"])))

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=see)
    for about, below in {
        "Volga": ENGLISH.what_means,
        "Peace came.": ENGLISH.when,
        "Who?": "(the elder)",
    }.items():
        (above, heavy), (y, light) = found[about], found[below]
        assert 10 < above - y < 30
        assert "SourceSerifPro-Semibold" in heavy
        assert "SourceSerifPro-Regular" in light


def test_the_closing_questions_have_their_hints() -> None:
    """On the sheet, a hint is where a fact is asked, and not where it is stated."""
    source = f"{HEAD}\n[[topic.fact]]\nid = 'a'\n{TOWNS}\n[sheet]\ncheck = ['a']"
    (sheet,) = pages(filed(write_sheet, deck_of(source.encode()), "", lambda: NOW))
    assert sheet.count("Both lie in Italy.") == 1
    assert f"From {BLANK} (a town) to {BLANK}. (Both lie in Italy.)" in sheet


def test_pieces_to_match_ask_nothing() -> None:
    """An event to cut out says what happened, not that its date is asked for."""
    first, *_ = pages(written("match"))
    assert ENGLISH.when not in first
    assert first.count("1926") == 1


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [4, 1200])
def test_a_number_is_on_no_piece_to_match(count: int, paper: str) -> None:
    """Those of events tell the order of time: they are cut off, and the key names the events."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\nevent = "Bird {n} came."\nwhen = {500 + n}\n'
        for n in range(count)
    )
    data = written("match", f"{HEAD}{facts}".encode(), paper=paper)
    read, shown = PdfReader(io.BytesIO(data)).pages, [*pypdfium2.PdfDocument(data)]
    beside = list[int]()
    for page, picture in zip(read, shown, strict=True):
        upright = [line for line in strokes(page) if line[0] == line[2]]
        if not upright:  # a page left free, or the key
            continue
        frame, words = min(x for x, *_ in upright), picture.get_textpage()
        top, foot = max(y for _, y, *_ in upright), min(v for *_, v in upright)
        beside += map(int, words.get_text_bounded(0, foot, frame, top).split())
    assert beside == [*range(1, count + 1)]
    key = shown[-1]
    assert f"{499 + count} · Bird {count - 1} came." in key.get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("dates", "beside"),
    [((1, 2, 3), 0), ((1, 2, 3, 4), 0), ((1, 1, 2, 3, 4), 0), ((1, 1, 1, 2), 2)],
)
@pytest.mark.parametrize("ids", ["abcde", "vwxyz", "kfrbp", "qhtes"])
def test_few_dates_to_match_stand_beside_their_events(
    dates: tuple[int, ...], beside: int, ids: str
) -> None:
    """None does where another order is possible, whatever lots say."""
    facts = "".join(
        f"\n[[topic.fact]]\nid = '{name}'\nevent = 'It was event {when}'\nwhen = {when}000\n"
        for name, when in zip(ids, dates, strict=False)
    )
    first, *_ = pages(written("match", (HEAD + facts).encode()))
    pieces = re.findall(r"event (\d)\s+(\d)000", first)
    assert len(pieces) == len(dates)
    assert sum(event == date for event, date in pieces) == beside


@pytest.mark.parametrize(
    ("handout", "dates", "why"),
    [
        ("match", (), "it takes events of two dates or more, and the source has none"),
        ("match", (1,), "it takes events of two dates or more, and the source has one date"),
        ("match", (2, 2), "it takes events of two dates or more, and the source has one date"),
        ("poster", (), "it takes a timeline of two dates or more, and the source has none"),
        ("poster", (1,), "it takes a timeline of two dates or more, and the source has one date"),
    ],
)
def test_one_date_is_nothing_to_match(
    tmp_path: Path, handout: str, dates: tuple[int, ...], why: str
) -> None:
    """Each event would stand beside its date already: there are no pieces, and no key."""
    facts = "".join(EVENT.format(f"e{n}", "It", when) for n, when in enumerate(dates))
    asked = "\n[[topic.fact]]\nid = 'q'\nquestion = 'Who came?'\nanswer = 'Al'\n"
    built = made(tmp_path, (HEAD + facts + asked).encode(), Choice(), handouts=(handout,))
    assert built.left_out == {handout: why}


# ---------------------------------------------------------------------------- topics

LANDS = """
[deck]
id = "lands"
title = "Europe"
anki = "Europe"
version = "0.1.0"
language = "en"

[[topic]]
id = "fr"
title = "France"
[[topic.fact]]
id = "fr-capital"
question = "What is the capital?"
answer = "Paris"
[[topic.fact]]
id = "fr-area"
question = "How large is France?"
answer = "552,000 square kilometres"
[[topic.fact]]
id = "fr-north"
question = "Which state borders Belgium in the south?"
answer = "France"
[[topic.fact]]
id = "fr-term"
term = "département"
definition = "the land that a prefect is over"

[[topic]]
id = "it"
title = "The land of Italy"
[[topic.fact]]
id = "it-capital"
question = "What is the capital?"
answer = "Rome"
[[topic.fact]]
id = "it-river"
cloze = "The {{Po}} flows east."
[[topic.fact]]
id = "it-day"
event = "The land became a republic."
when = 1946
[[topic.fact]]
id = "it-land"
question = "What sea is Italy’s land in?"
answer = "the Mediterranean"

[sheet]
check = ["fr-capital", "fr-area", "it-capital"]
"""


@pytest.mark.parametrize("seed", [None, 3])
@pytest.mark.parametrize("name", ["quiz", "foldover"])
def test_a_question_names_the_topic_that_it_needs(
    tmp_path: Path, name: str, seed: int | None
) -> None:
    """Unless it has the title's words, is of the glossary, or would be answered by them."""
    made(tmp_path, LANDS.encode(), Choice(seed=seed), handouts=(name,))
    assert verified(tmp_path) == ()
    said = handout(name).says(chosen_of(name, LANDS.encode(), Choice(seed=seed)))
    asked = [plain_content(each.content) for each in said]
    named = {question.partition("?")[0] for question in asked if "·" in question}
    assert {re.sub("_+", "_", re.sub(r"_ flows.*", "_", question)) for question in named} == {
        "France\u00a0· What is the capital",
        "The land of Italy\u00a0· What is the capital",
        "The land of Italy\u00a0· The _",
        "The land of Italy\u00a0· The land became a republic. When",
    }


@pytest.mark.parametrize(
    ("question", "answer", "there"),
    [
        ("Where was it signed?", "in the city of Berlin", False),
        ("Where did the powers sign?", "Treaty of Berlin", False),
        ("Which treaty was it?", "the one of Berlin", False),
        ("Who came to Berlin?", "the king came to Berlin", True),
        ("What changed?", "Berlin got many streets and some new houses", True),
        ("Who signed?", "the king", True),
    ],
)
def test_no_title_stands_beside_what_it_answers(question: str, answer: str, there: bool) -> None:
    """Half of an answer is enough, without what the question has: in Anki and in all print."""
    fact = f'[[topic.fact]]\nid = "a"\nquestion = "{question}"\nanswer = "{answer}"\n'
    source = (HEAD.replace('"All"', '"Treaty of Berlin"') + fact).encode()
    deck = deck_of(source)
    (note,) = notes(deck)
    assert ("Treaty" in note.fields[FIELDS[FACTS].index("Topic 1")]) is there
    assert (under_topics(deck.facts, deck) != deck.facts) is there
    for name in ("cards", "grid"):
        front, *_ = pages(filed(write, name, chosen_of(name, source), "x", NOW))
        assert ("treaty of berlin" in front.lower()) is there


@pytest.mark.parametrize(("pictures", "named"), [("aa", True), ("ab", False)])
@pytest.mark.parametrize("other", ["Basin", "basin"])
def test_a_term_names_its_topic_where_another_asks_the_same(
    pictures: str, other: str, named: bool
) -> None:
    """In capitals or not; but two pictures are two questions."""
    deck = deck_of(LANDS.replace("département", "Basin").encode())
    fact = next(fact for fact in deck.facts if fact.glossary)
    said = (Paragraph((Words(other),)), *fact.parts.asked.prompt[1:])
    parts = replace(fact.parts, asked=replace(fact.parts.asked, prompt=said))
    again = replace(fact, id="it-term", topic="it", parts=parts)
    both = [
        replace(each, media=Media(image=Asset(name, (), name=name), front=True))
        for each, name in zip((fact, again), pictures, strict=True)
    ]
    assert [shown != each for shown, each in zip(under_topics(both, deck), both, strict=True)] == [
        named,
        named,
    ]


@pytest.mark.parametrize(
    ("title", "question", "named"),
    [
        ("Portugal", "Which port is the largest?", True),
        ("Waterloo", "What did the water do?", True),
        ("DNA", "What does DNA stand for?", False),
        ("The EU", "Where is the seat of the EU?", False),
        ("The pact", "What did the pacts forbid?", False),
    ],
)
def test_a_word_of_a_title_is_that_word(title: str, question: str, named: bool) -> None:
    """Not one that only begins alike; a short one counts as well as a long one."""
    source = LANDS.replace("France", title).replace("How large is " + title, question[:-1])
    page, *_ = pages(filed(write, "quiz", chosen_of("quiz", source.encode()), "x", NOW))
    assert (f"{title}\u00a0· {question[:12]}" in page.replace(" ·", "\u00a0·")) is named


def test_a_question_below_the_sheet_names_its_topic() -> None:
    """There, too, two topics ask the same."""
    text = " ".join(pages(filed(write_sheet, deck_of(LANDS.encode()), "x", lambda: NOW)))
    _, _, closing = text.partition(ENGLISH.check)
    asked = "A France · What is the capital? B How large is France? C The land of Italy · What is"
    assert closing.strip().startswith(asked)


@pytest.mark.parametrize(
    ("choice", "title", "there"),
    [
        (Choice(topics=("fr",)), "Europe", False),  # the head says which topic it is
        (Choice(), "France", True),  # there are others, too
        (Choice(topics=("it",)), "Italy", False),
        (Choice(topics=("fr", "it")), "Europe", True),
    ],
)
def test_what_the_head_says_no_question_repeats(choice: Choice, title: str, there: bool) -> None:
    """Where all questions are of one topic, the title above them may name it."""
    source = LANDS.replace('title = "Europe"', f'title = "{title}"').encode()
    page, *_ = pages(filed(write, "quiz", chosen_of("quiz", source, choice), "x", NOW))
    assert ("· What is the capital" in page) is there


# ---------------------------------------------------------------------------- poster


@pytest.mark.parametrize(("poster", "paper"), [("tiles", "A4"), ("whole", "A3")])
def test_a_poster_says_each_event_once(poster: str, paper: str) -> None:
    """Its two sheets show one figure; who hears it read hears each entry once."""
    data = written("poster", poster=poster)
    reader = PdfReader(io.BytesIO(data))
    wide, tall = sorted(float(side) for side in reader.pages[0].mediabox[2:])
    assert len(reader.pages) == (2 if poster == "tiles" else 1)
    known = PAPERS["A4"] if paper == "A4" else (PAPERS["A4"][1], 2 * PAPERS["A4"][0])
    assert (wide, tall) == pytest.approx(sorted(known), abs=1)
    text = structure(data).heard
    for word in ("Rapallo Agreement", "Hitler tried"):
        assert text.count(word) == 1


def crowd(count: int, what: str) -> bytes:
    """Return events in one spring: all their stems begin at nearly one point."""
    period = '\n[[period]]\ntitle = "The age"\nfrom = 1900\nto = 1920\n'
    months = "March", "April", "May"
    facts = (
        f'\n[[topic.fact]]\nid = "e{n}"\nevent = "Event {n} {what} in Berlin."\n'
        f'when = "{1 + n % 28} {months[n // 28]} 1911"\n'
        for n in range(count)
    )
    return (HEAD + "".join(facts) + period).encode()


def smallest(data: bytes, word: str) -> float:
    """Return the smallest size in which a PDF sets a word, in points."""
    sizes: list[float] = []

    def see(text: str, _: object, __: object, ___: object, size: float) -> None:
        sizes.extend([size] * (word in text))

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=see)
    return min(sizes)


@pytest.mark.parametrize(("profile", "least"), [("clear", 12.0), ("large", 18.0)])
@pytest.mark.parametrize("name", ["organiser", "quiz", "foldover"])
def test_no_number_and_no_credit_is_smaller_than_its_reader_needs(
    tmp_path: Path, name: str, profile: str, least: float
) -> None:
    """What is set quietly beside questions and pictures is no smaller than that print promises."""
    fact = f"question = 'Which lake?'\nanswer = 'Huron'\n{LAKE}\nmedia = 'front'"
    data = pictured(tmp_path, name, fact, printing=f"profile = '{profile}'")
    assert smallest(data, "Photo") >= least - 0.01
    assert smallest(data, "1") >= least - 0.01


@pytest.mark.parametrize("poster", ["tiles", "whole"])
def test_a_crowd_on_a_poster_is_read_from_afar(poster: str) -> None:
    """Where much happens at one time, labels take the room that there is, and stay large."""
    assert smallest(written("poster", crowd(30, "happened"), poster=poster), "Berlin") > 12


@pytest.mark.parametrize("poster", ["tiles", "whole"])
def test_on_a_poster_a_link_leads_there_from_its_words(poster: str) -> None:
    """Its area is where they stand, and a formula is where it says it is."""
    event = "The [Curies](https://example.org) find $E = mc^2$"
    source = HEAD + '[[topic]]\nid = "t"\ntitle = "Then"\nwhen = 1900\n[[topic.fact]]\nid = "e"\n'
    data = written("poster", f"{source}event = '{event}'\nwhen = 1910\n".encode(), poster=poster)
    at: dict[str, tuple[float, float]] = {}

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            at.setdefault(text.strip(), (outer[4] + inner[4], outer[5] + inner[5]))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        (formula,) = (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o)
        (number,) = (n for n, page in enumerate(pdf.pages) if "/Annots" in page)
        link = [float(side) for side in pdf.pages[number].Annots[0].Rect]
        shown = [float(side) for side in formula.A[0].BBox]
    PdfReader(io.BytesIO(data)).pages[number].extract_text(visitor_text=see)
    (x, y), (_, below) = at["Curies"], at["find"]
    assert link[0] - 0.1 <= x < link[2]
    assert link[1] < y < link[3]
    assert shown[1] < below < shown[3]


def test_a_poster_without_room_is_a_list() -> None:
    """What a poster could only show in small type stands in a list, in the type of the sheet."""
    data = written(
        "poster", crowd(58, "happened on this very remarkable day"), poster="whole", paper="A5"
    )
    wide, tall = (float(side) for side in PdfReader(io.BytesIO(data)).pages[0].mediabox[2:])
    assert wide < tall
    assert smallest(data, "Berlin") >= 8.5


# ---------------------------------------------------------------------------- cards


def test_the_topic_on_a_front_never_holds_its_answer() -> None:
    """A card whose answer is in its topic's title does not show it; the others do."""
    source = HEAD.replace('"All"', '"Photosynthesis"') + (
        '[[topic.fact]]\nid = "a"\nquestion = "What do leaves do?"\nanswer = "photosynthesis"\n'
        '[[topic.fact]]\nid = "b"\nquestion = "What do they take?"\nanswer = "carbon dioxide"\n'
    )
    front, back = pages(written("cards", source.encode()))
    assert front.count("PHOTOSYNTHESIS") == 1
    assert front.count(ENGLISH.question.upper()) == 1
    assert "photosynthesis" in back


MADE = "Discoveries in Britain, and who made them"


@pytest.mark.parametrize(
    ("title", "extra", "cut"),
    [
        ("Discoveries", "", ""),
        (MADE, "", ""),  # alone at the foot
        (MADE, "extra = 'Twice a winner.'\n", " …"),
        (f"{MADE} in a lonely shed behind their house", "", " …"),
    ],
)
def test_the_date_of_a_topic_stands_beside_its_title(title: str, extra: str, cut: str) -> None:
    """On a back it would read as the fact's own, as when somebody lived, if it stood alone."""
    head = HEAD.replace('"All"', f'"{title}"\nwhen = "1687–1932"')
    fact = f"\n[[topic.fact]]\nid = 'a'\nperson = 'Marie Curie'\nknown_for = 'radium'\n{extra}"
    _, back = pages(written("cards", f"{head}{fact}".encode()))
    assert re.search(
        rf"1 Discoveries[A-Za-z, ]*{cut} (Twice.*winner\. )?1687–1932", " ".join(back.split())
    )


@pytest.mark.parametrize("name", ["cards", "foldcards"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
def test_a_table_has_room_on_a_card_for_any_reader(name: str, profile: str) -> None:
    """In clear print and in large print cards are twice as tall."""
    forms = [[who, "am or are", "stay"] for who in ("I", "you", "he", "we", "you all", "they")]
    fact = f"""[[topic.fact]]
id = "a"
compare = "How do two verbs that mean the same differ in the present?"
things = ["to be", "to stay"]
aspects = {forms}
"""
    deck = deck_of(f"{HEAD}{fact}".encode())
    deck = replace(deck, printing=replace(deck.printing, profile=profile))
    chosen = choose(deck, handout(name).facts(deck), Choice())
    assert handout(name).lay_out(chosen).without_room == ()


def test_no_formula_on_a_card_is_broken_to_balance_lines() -> None:
    """Lines are only as short as what they hold lets them be: each formula is in one rectangle."""
    with pikepdf.open(io.BytesIO(written("cards", SCIENCE.read_bytes()))) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        found = [o for o in objects if o.get("/S") == "/Formula"]
        assert len(found) > 25
        assert all("/A" in one for one in found)


def strokes(page: PageObject) -> list[tuple[float, float, float, float]]:
    """Return the straight lines of a page, in points."""
    found = []
    contents = page.get_contents()
    assert contents is not None
    for line in contents.get_data().decode("latin-1").splitlines():
        if move := re.fullmatch(r"(?:n )?([-.\d]+) ([-.\d]+) m ([-.\d]+) ([-.\d]+) l S", line):
            x, y, u, v = map(float, move.groups())
            found.append((x, y, u, v))
    return found


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (2.0, -1.0)])
def test_calibration_tells_how_far_backs_are_off(flip: str, offset: tuple[float, float]) -> None:
    """Behind the middle of each cross is the middle of a scale, moved as cards' backs are."""
    data = written("calibration", flip=flip, back_offset=offset)
    front, back = PdfReader(io.BytesIO(data)).pages
    wide, tall = (float(side) for side in front.mediabox[2:])
    crosses = middles(strokes(front), 18 * MM)
    scales = middles(strokes(back), 24 * MM)
    assert len(crosses) == len(scales) == 3
    x, y = (MM * way for way in offset)
    behind = [
        (wide - a + x, b + y) if flip == "long" else (a + x, tall - b + y) for a, b in crosses
    ]
    for one, other in zip(sorted(behind), sorted(scales), strict=True):
        assert one == pytest.approx(other, abs=0.01)


def middles(
    lines: list[tuple[float, float, float, float]], long: float
) -> list[tuple[float, float]]:
    """Return the middles of the level lines of a length."""
    return [((x + u) / 2, y) for x, y, u, v in lines if y == v and abs(u - x - long) < 0.05]


@pytest.mark.parametrize("name", ["quiz", "foldover", "grid"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
def test_no_blank_is_broken(name: str, profile: str) -> None:
    """A blank has its whole length, in one line, however narrow its column is."""
    text = " ".join(pages(written(name, profile=profile)))
    blanks = re.findall("_+", text)
    assert len(blanks) > 5
    assert set(blanks) == {BLANK}


@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
def test_a_cell_to_fill_in_has_one_blank(profile: str) -> None:
    """However narrow the columns of an organiser's table are, no blank goes on in a second line."""
    things = [f"phosphoric acid {letter}" for letter in "ABCDE"]
    rows = [[aspect, *"12345"] for aspect in ("Formula", "Salt")]
    table = f"id = 'a'\ncompare = 'Which?'\nthings = {things}\naspects = {rows}\n"
    asking, *_ = pages(
        written("organiser", f"{HEAD}[[topic.fact]]\n{table}".encode(), profile=profile)
    )
    blanks = re.findall("_+", asking)
    assert len(blanks) == 10
    assert 3 <= min(map(len, blanks)) <= max(map(len, blanks)) <= len(BLANK)


@pytest.mark.parametrize(("profile", "most"), [("standard", 15), ("clear", 21), ("large", 30)])
def test_a_cell_has_room_for_its_answer(profile: str, most: int) -> None:
    """Lines suit the answer of their own cell, and are long enough to write on, or in a list."""
    things = ["Deutschland", "Österreich", "Schweiz"]
    rows = [
        ["Fläche", "357.592 km²", "83.882 km²", "41.291 km²"],
        ["Einwohner", "83,6 Mio.", "9,2 Mio.", "9,0 Mio."],
        ["Höchster Berg", "Zugspitze (2.962 m)", "Großglockner (3.798 m)", "Dufourspitze"],
        ["Mittlere Temperatur", "10,9 °C", "8,1 °C", "7,4 °C"],
        ["Bevölkerungsdichte", "234 Einw./km²", "110 Einw./km²", "219 Einw./km²"],
    ]
    table = f"id = 'a'\ncompare = 'Which?'\nthings = {things}\naspects = {rows}\n"
    data = written("organiser", f"{HEAD}[[topic.fact]]\n{table}".encode(), profile=profile)
    *asking, _ = pages(data)
    blanks = re.findall("_+", " ".join(asking))
    assert len(rows) * len(things) <= len(blanks) <= most
    assert min(map(len, blanks)) >= {"standard": 11, "clear": 9, "large": 6}[profile]  # 18 mm


@pytest.mark.parametrize("name", ["organiser", "quiz"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
@pytest.mark.parametrize("long", ["constitutional", "internationalisation"])
def test_a_table_has_room_for_its_longest_word(name: str, profile: str, long: str) -> None:
    """Blanks are as long as it is by hand: in columns, or where these are too narrow, in lists.

    In a quiz all are alike, and do not tell where it belongs.
    """
    rows = [["Form", f"{long} monarchy", "republic", "empire"], ["Aim", "trade", "war", "peace"]]
    table = f"id = 'a'\ncompare = 'Which?'\nthings = ['A', 'B', 'C']\naspects = {rows}\n"
    data = written(name, f"{HEAD}[[topic.fact]]\n{table}".encode(), profile=profile)
    first, *_ = PdfReader(io.BytesIO(data)).pages
    blanks = list[float]()

    def visit(text: str, _: object, __: object, ___: object, size: float) -> None:
        blanks.extend(len(blank) * size * width("_", "Sans") for blank in re.findall("_+", text))

    first.extract_text(visitor_text=visit)
    assert max(blanks) >= 2.4 * MM * len(long)
    if name == "quiz":
        assert len({*blanks}) == 1


def test_a_cell_has_as_many_lines_as_it_takes_to_write() -> None:
    """A long answer in a narrow column is not to be written on one line of an inch."""
    rows = [["Signed", "1922", "1926, after long negotiations in the ministry, in April"]]
    table = f"id = 'a'\ncompare = 'Which?'\nthings = ['A', 'B']\naspects = {rows}\n"
    asking, *_ = pages(written("organiser", f"{HEAD}[[topic.fact]]\n{table}".encode()))
    short, *longer = re.findall("_+", asking)[-4:]
    assert len(short) == len(BLANK)
    assert len({*longer}) == 1
    assert 18 <= len(longer[0]) < 30


@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
def test_a_word_takes_one_line_of_a_cell_in_any_print(profile: str) -> None:
    """Nobody writes larger for larger print."""
    rows = [["je", "suis", "ai", "vais"], ["nous", "sommes", "avons", "allons"]]
    things = ["être ou ne pas être", "avoir et posséder", "aller vers le lointain"]
    table = f"id = 'a'\ncompare = 'Which forms?'\nthings = {things}\naspects = {rows}\n"
    source = f"{HEAD}[[topic.fact]]\n{table}".encode()
    asking = " ".join(pages(written("organiser", source, paper="A5", profile=profile))[:-1])
    assert len(re.findall("_+", asking.partition("Which forms?")[2])) == 2 * 3


PLANETS = ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"]


@pytest.mark.parametrize(
    ("name", "paper", "heading"),
    [
        ("quiz", "Letter", "Answer the questions"),
        ("quiz", "A5", "Answer the questions"),
        ("grid", "A5", "All"),
    ],
)
@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_no_heading_is_left_on_the_first_page(
    name: str, paper: str, heading: str, count: int
) -> None:
    """It stands on the page of its first question, which may go on if it begins on page 1."""
    asked = f"id = 'a'\norder = 'Put these in order, from the sun.'\nitems = {PLANETS[:count]}\n"
    source = f"{HEAD}[[topic.fact]]\n{asked}".encode()
    *asking, _ = pages(written(name, source, paper=paper, profile="large"))
    (there,) = [page for page in asking if "Put these" in page]
    assert re.search(rf"\b{heading}\b", there.partition("Put these")[0])


def test_a_question_lets_go_of_the_next() -> None:
    """Its lines stay with it, and the last of them with nothing below."""
    theme, deck = Theme(9.5), deck_of(RELATIONS)
    fact = asked_in_print(deck)[0]
    asked = fact.parts.asked.prompt
    strips = written_on(fact, asked, 5, theme, Element("L"), aside=False)
    assert [strip.stay for strip in strips] == [True] * 4 + [False]


@pytest.mark.parametrize("lines", range(1, 9))
@pytest.mark.parametrize("thing", ["an animal's cell", "Eukaryotenzelle"])
def test_no_line_of_a_question_is_left_alone(thing: str, lines: int) -> None:
    """However much room there is on page 1, it parts neither a question nor the head of a table."""
    rows = [["Nucleus", "missing", "there it is", "there it is"]]
    table = "id = 'a'\ncompare = 'How do these kinds of cells differ from each other?'\n"
    table += f'things = ["a bacterium", "{thing}", "a plant\'s cell"]\naspects = {rows}\n'
    deck = HEAD.replace("Many", " ".join(["Everything about cells"] * lines), 1)
    source = f"{deck}[[topic.fact]]\n{table}".encode()
    *asking, _ = pages(written("organiser", source, paper="A5", profile="large"))
    (there,) = [page for page in asking if "How do these" in page]
    assert "All 1 How do these kinds of cells differ from each other?" in there
    assert ("bacterium" in there) == ("Nucleus" in there)
