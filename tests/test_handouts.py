"""Each handout says, fact by fact and in its order, what the model says; its key stands apart."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import NOW, ROOT, deck_of
from filed import filed
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from deckbuilder.build import build
from deckbuilder.choice import Choice, Chosen, choose
from deckbuilder.content import texts
from deckbuilder.phrases import ENGLISH, PHRASES
from deckbuilder.problems import errors
from deckbuilder.record import Built
from deckbuilder.releases.verify import verify
from deckbuilder.request import Request
from deckbuilder.schema import HANDOUTS
from deckbuilder.text.tree import gaps, plain
from deckbuilder.writers.pdf.handouts import handout, write
from deckbuilder.writers.pdf.handouts.cards import INSET as CUT
from deckbuilder.writers.pdf.handouts.cards import size
from deckbuilder.writers.pdf.handouts.labels import INSET, STOCKS
from deckbuilder.writers.pdf.handouts.stock import LEAST, MARK, OFF, SAID, centred
from deckbuilder.writers.pdf.theme import MM, PAPERS

SOURCES = [
    ROOT / "source" / "relations.toml",
    ROOT / "tests" / "samples" / "science.toml",
    ROOT / "tests" / "samples" / "language.toml",
]
every_handout = pytest.mark.parametrize("name", HANDOUTS)
every_source = pytest.mark.parametrize("source", SOURCES, ids=[file.stem for file in SOURCES])
ALL = b'\n[print]\nhandouts = ["all"]\n'
HEAD = """\
[deck]
id = "many"
title = "Many"
anki = "Many"
version = "0.1.0"
language = "en"

[[topic]]
id = "all"
title = "All"
"""


def made(folder: Path, source: bytes, choice: Choice, **printing: object) -> Built:
    file = folder / "deck.toml"
    file.write_bytes(source)
    built = build(file, folder / "out", NOW, Request(printing=printing, choice=choice))
    assert not errors(built.problems), built.problems
    return built


def verified(folder: Path) -> tuple[object, ...]:
    files = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    return verify("deck", files).mismatches


def chosen_of(name: str, source: bytes, choice: Choice | None = None, version: str = "") -> Chosen:
    deck = deck_of(source)
    return choose(deck, handout(name).facts(deck), choice or Choice(), version)


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("paper", ["A5", "Letter"])
@pytest.mark.parametrize("name", ["cards", "foldcards"])
def test_a_narrow_margin_says_all_there_is_to_do(name: str, paper: str, language: str) -> None:
    """How to print and to cut, in two lines if need be, and a ruler."""
    deck = deck_of(many(3).replace(b'"en"', f'"{language}"'.encode()))
    deck = replace(deck, printing=replace(deck.printing, paper=paper, profile="clear"))
    made = filed(write, name, choose(deck, handout(name).facts(deck), Choice()), "x", NOW)
    said, say = pages(made)[0], PHRASES[language]
    assert say.check_length.format(length=50) in said
    how = say.fold_cards_how if name == "foldcards" else f"{say.flip_long} {say.cut_marks}"
    assert how in said


@pytest.mark.parametrize("profile", ["standard", "clear"])
@pytest.mark.parametrize("name", ["cards", "foldcards", "labels"])
def test_no_words_of_a_margin_leave_the_paper(name: str, profile: str) -> None:
    """They take two lines in some languages, and stay as far from its edge as one does."""
    deck = deck_of(many(3).replace(b'"en"', b'"fr"'))
    deck = replace(deck, printing=replace(deck.printing, paper="A5", profile=profile))
    made = filed(write, name, choose(deck, handout(name).facts(deck), Choice()), "x", NOW)
    lowest = list[float]()

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            lowest.append(outer[1] * inner[4] + outer[3] * inner[5] + outer[5])

    PdfReader(io.BytesIO(made)).pages[0].extract_text(visitor_text=see)
    assert min(lowest) >= LEAST - 0.01


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page but those left free."""
    said = (" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    return [page for page in said if not any(say.free_page in page for say in PHRASES.values())]


def many(count: int) -> bytes:
    """Return a source of so many facts: each third a gap, a date, a question."""
    facts = (
        f'[[topic.fact]]\nid = "f{n}"\n'
        + (
            f'question = "Which bird is number {n}?"\nanswer = "the wren {n}"\n',
            f'cloze = "Nest {n} is built of {{{{moss {n}}}}}."\n',
            f'event = "Bird {n} came back"\nwhen = {1500 + n}\n',
        )[n % 3]
        for n in range(count)
    )
    return (HEAD + "\n".join(facts)).encode()


def test_a_choice_is_drawn_and_shuffled() -> None:
    """So many facts, by lot, in their order; a seed shuffles, always alike, as a version does."""
    tagged = many(30).replace(b'"f7"', b'"f7"\ntags = ["exam::2026"]')
    tagged += b'\n[[topic]]\nid = "other"\ntitle = "O"\n[[topic.fact]]\nid = "o"\nterm = "a"\n'
    tagged += b'definition = "b"\n'

    def held(version: str = "", **choice: Any) -> list[str]:
        made = chosen_of("quiz", tagged, Choice(**choice), version)
        return [fact.id for fact in made.facts]

    every = [*(f"f{n}" for n in range(30)), "o"]
    assert held() == every
    drawn, shuffled = held(count=5), held(count=5, seed=2)
    assert len(drawn) == len(shuffled) == 5
    assert drawn == sorted(drawn, key=every.index) != every[:5]
    assert shuffled == held(count=5, seed=2)
    assert {*drawn} != {*shuffled} != {*held(count=5, seed=3)}
    mixed = [held(seed=2), held(seed=3), held("A"), held("B"), held("A", seed=2)]
    assert all(sorted(names) == sorted(every) for names in mixed)
    assert len({tuple(names) for names in (every, *mixed)}) == len(mixed) + 1
    assert shuffled == [name for name in mixed[0] if name in shuffled]
    assert held(topics=("other",)) == ["o"]
    assert held(tags=("exam",)) == held(tags=("exam::2026",)) == ["f7"]
    assert held(tags=("exa",)) == held(topics=("other",), tags=("exam",)) == []


@every_source
@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(count=5, seed=2), Choice(versions=("A", "B"))],
    ids=["all", "drawn", "versions"],
)
def test_words_are_those_of_the_model(source: Path, choice: Choice, tmp_path: Path) -> None:
    """Of every handout, the words beside each number are read back and equal the model's."""
    built = made(tmp_path, source.read_bytes(), choice, handouts=("all",))
    assert len(built.pages) > len(HANDOUTS) // 2
    assert verified(tmp_path) == ()


@every_handout
@pytest.mark.parametrize("count", [1, 8, 9, 300])
def test_any_number_of_facts(name: str, count: int, tmp_path: Path) -> None:
    """One fact, a sheet of cards, one more and a whole book are all printed and read back."""
    made(tmp_path, many(count), Choice(), handouts=(name,))
    assert verified(tmp_path) == ()


@every_handout
@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
def test_every_paper_and_reader(name: str, paper: str, profile: str, tmp_path: Path) -> None:
    """The profiles of the sheet hold for handouts, too."""
    made(tmp_path, many(12), Choice(), handouts=(name,), paper=paper, profile=profile, ink="low")
    assert verified(tmp_path) == ()


@pytest.mark.parametrize("name", [name for name in HANDOUTS if not handout(name).once])
def test_a_seed_gives_one_paper(name: str) -> None:
    """The same seed gives the same bytes, another one another order."""
    source = SOURCES[0].read_bytes()
    one, same, other = (
        filed(write, name, chosen_of(name, source, Choice(seed=seed)), "x", NOW)
        for seed in (1, 1, 2)
    )
    assert one == same != other


def test_the_key_of_a_quiz_stands_apart() -> None:
    """No page with questions has an answer, but for the bank of words, which is in no order."""
    source = SOURCES[0].read_bytes()
    chosen = chosen_of("quiz", source)
    *asking, key = pages(filed(write, "quiz", chosen, "x", NOW))
    assert ENGLISH.answers in key
    assert not any(ENGLISH.for_teachers in page for page in asking)
    bank = re.search(f"{ENGLISH.word_bank} (.*?) (?=\\d+ )", asking[0])
    assert bank
    held = [
        plain(gap.inside)
        for fact in chosen.facts
        if fact.kind == "cloze"
        for text in texts(fact.parts.asked.prompt)
        for gap in gaps(text)
    ]
    assert bank[0].count("·") == len(held) - 1
    assert all(word in asking[0] for word in held)
    assert held != sorted(held, key=str.casefold)
    dates = [f.parts.when.text for f in chosen.facts if f.kind == "event" and f.parts.when]
    questions = " ".join(asking).replace(bank[0], "").partition(ENGLISH.fill_gaps)[0]
    assert not [date for date in dates if f" {date} " in questions]


@pytest.mark.parametrize(
    ("language", "translate", "answer"),
    [
        ("en", "Translate", "Answer the questions"),
        ("de", "Übersetze", "Beantworte die Fragen"),
        ("fr", "Traduis", "Réponds aux questions"),
        ("es", "Traduce", "Responde a las preguntas"),
    ],
)
def test_words_are_to_be_translated(language: str, translate: str, answer: str) -> None:
    """Vocabulary has a heading that says so, and its marks; what asks both ways is a question."""
    fact = "[[topic.fact]]\nid = '{0}'\nquestion = '{0}'\nanswer = 'Y'\n{1} = true\n"
    facts = fact.format("hund", "reverse") + fact.format("katze", "translation")
    source = f"{HEAD}{facts}".replace('language = "en"', f'language = "{language}"').encode()
    page, key = pages(filed(write, "quiz", chosen_of("quiz", source), "x", NOW))
    mark = PHRASES[language].mark.format(marks=1)
    assert f"{mark} A {translate} 2 katze ({mark})" in page
    assert f"{mark} B {answer} 1 All · hund ({mark})" in page
    assert f"A {translate} 2 Y B {answer} 1 Y" in key


def test_words_asked_one_way_are_to_be_translated() -> None:
    """They stand among the others, which are asked both ways, and need no title above them."""
    fact = "[[topic.fact]]\nid = '{0}'\nquestion = '{0}'\nanswer = 'Y'\ntranslation = true\n"
    facts = fact.format("hund") + fact.format("katze") + "reverse = false\n"
    page, _ = pages(filed(write, "quiz", chosen_of("quiz", f"{HEAD}{facts}".encode()), "x", NOW))
    assert "A Translate 1 hund (1 mark) 2 katze (1 mark)" in " ".join(page.split())
    assert "Answer the questions" not in page


def test_a_bank_of_words_is_a_dictionary_s() -> None:
    """Accents and ligatures do not part words; what fills two gaps stands there twice."""
    held = ["Zeit", "à la cave", "sont", "œuf", "porte", "c1::quatre}} et {{c1::quatre"]
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\ncloze = "N° {n}, {{{{{words}}}}}."\n'
        for n, words in enumerate(held)
    )
    page, _ = pages(filed(write, "quiz", chosen_of("quiz", f"{HEAD}{facts}".encode()), "x", NOW))
    assert "à la cave · œuf · porte · quatre · quatre · sont · Zeit" in page


@pytest.mark.parametrize("events", range(5, 11))
def test_a_bank_of_words_stands_with_its_gaps(events: int) -> None:
    """Wherever on a page it comes to stand, the first question is not on the next one."""
    dated = "".join(
        f'[[topic.fact]]\nid = "e{n}"\nevent = "Bird {n} came back"\nwhen = {1500 + n}\n'
        for n in range(events)
    )
    built = f"Nests are built of {{{{moss}}}}{', of hay' * 30}."
    gap = f'[[topic.fact]]\nid = "gap"\ncloze = "{built}"\n[print]\nprofile = "large"\n'
    chosen = chosen_of("quiz", f"{HEAD}{dated}{gap}".encode())
    (page,) = [page for page in pages(filed(write, "quiz", chosen, "x", NOW)) if "bank" in page]
    assert "Nests are built" in page


def compared(rows: int) -> str:
    """Return a fact that compares three countries in so many rows, as TOML."""
    aspects = [[f"Feature{n}", "1 thing", "2 things", "3 things"] for n in range(rows)]
    things = '["Germany", "Austria", "Switzerland"]'
    asked = "How do the three countries differ?"
    return (
        f"[[topic.fact]]\nid = 't{rows}'\ncompare = '{asked}'\n"
        f"things = {things}\naspects = {aspects}\n"
    )


@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
def test_a_table_too_long_for_its_page_is_parted(paper: str, profile: str) -> None:
    """What fills a page beside its heading goes on on the next one, behind a row, in a quiz, too.

    No page has a heading alone, and no table is left out for its length.
    """
    dated = "[[topic.fact]]\nid = 'e'\nevent = 'Birds came back'\nwhen = 1500\n"
    print_ = f"[print]\nprofile = '{profile}'\npaper = '{paper}'\n"
    seen = set()
    for rows in range(2, 31, 4):
        chosen = chosen_of("quiz", f"{HEAD}{dated}{compared(rows)}{print_}".encode())
        assert handout("quiz").lay_out(chosen).without_room == ()
        asking = [page for page in pages(filed(write, "quiz", chosen, "x", NOW)) if "___" in page]
        for page in asking:
            assert ("Complete the tables" in page) <= ("Feature0" in page)
            assert ("Feature" in page) == ("Germany" in page)
        seen.add(sum("Feature" in page for page in asking))
    assert min(seen) == 1 < max(seen)


@pytest.mark.parametrize("count", range(8, 32, 3))
def test_a_heading_stands_with_a_question_of_nearly_a_page(count: int) -> None:
    """The lines to write on may go on on the next page; what is asked stays one piece."""
    open_ = "[[topic.fact]]\nid = 'o'\nlist = '{}'\nask = 'all'\nitems = {}\n".format(
        "Which birds " * count + "?", [f"bird {n}" for n in range(12)]
    )
    source = f"{HEAD}{open_}[print]\nprofile = 'large'\npaper = 'A5'\n".encode()
    chosen = chosen_of("quiz", source)
    found = pages(filed(write, "quiz", chosen, "x", NOW))
    page = next(page for page in found if "Answer the questions" in page)
    assert "Which birds" in page


def test_all_blanks_are_equal() -> None:
    """A blank tells nothing about what it stands for."""
    *asking, _ = pages(filed(write, "quiz", chosen_of("quiz", SOURCES[0].read_bytes()), "x", NOW))
    found = re.findall(r"_+", " ".join(asking))
    assert len(found) > 10
    assert set(found) == {"_" * 15}


@every_handout
@pytest.mark.parametrize(("profile", "least"), [("clear", 12.0), ("large", 18.0)])
def test_no_word_is_smaller_than_its_reader_needs(name: str, profile: str, least: float) -> None:
    """Not a number, a mark or a foot; only what is cut off is, the notes for who prints and cuts.

    On the calibration page, so are the figures at its scales.
    """
    source = SOURCES[0].read_bytes().replace(b"Rapallo", b"Rapallo `code`")
    source += f'\n[print]\nprofile = "{profile}"\n'.encode()
    data = filed(write, name, chosen_of(name, source.replace(ALL, b"")), "x", NOW)
    small, sizes = set[float](), set[float]()

    def see(text: str, _: object, __: object, ___: object, size: float) -> None:
        if text.strip():
            notes = size == pytest.approx(SAID) or (
                name == "calibration" and text.strip("−\n ").isdecimal()
            )
            (small if notes else sizes).add(size)

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=see)
    assert min(sizes) >= least - 0.01
    assert bool(small) is (name in {"cards", "labels", "foldcards", "poster", "calibration"})


def numbers(page: PageObject) -> dict[str, tuple[float, float]]:
    """Return where the number of each card on a page stands, in points from the lower left."""
    found: dict[str, tuple[float, float]] = {}

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if re.fullmatch(r"\d{1,2}[a-z]*", text.strip()):
            x, y = inner[4], inner[5]
            place = (outer[0] * x + outer[2] * y + outer[4], outer[1] * x + outer[3] * y + outer[5])
            found.setdefault(text.strip(), place)

    page.extract_text(visitor_text=see)
    return found


def cell(x: float, y: float, wide: float, tall: float) -> tuple[int, int]:
    """Return the column and the row of a place, the grid of 2 x 4 cards in the paper's middle."""
    left, top = wide / 2 - 95 * MM, tall / 2 + 2 * 66 * MM
    return int((x - left) // (95 * MM)), int((top - y) // (66 * MM))


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (1.5, -2.0)], ids=["exact", "off"])
def test_each_back_lies_behind_its_front(
    flip: str, paper: str, offset: tuple[float, float], tmp_path: Path
) -> None:
    """Turned over its edge, the paper has each card's back at the place of its front."""
    printing = {"handouts": ("cards",), "flip": flip, "paper": paper, "back_offset": offset}
    made(tmp_path, SOURCES[0].read_bytes(), Choice(), **printing)
    reader = PdfReader(tmp_path / "out" / "deck-cards.pdf")
    preferences = reader.root_object["/ViewerPreferences"].get_object()
    assert isinstance(preferences, DictionaryObject)
    assert str(preferences["/Duplex"]) == f"/DuplexFlip{flip.capitalize()}Edge"
    wide, tall = (float(side) for side in reader.pages[0].mediabox[2:])
    seen = 0
    for front, back in zip(reader.pages[::2], reader.pages[1::2], strict=True):
        fronts, backs = numbers(front), numbers(back)
        assert fronts.keys() == backs.keys()
        for number, (x, y) in fronts.items():
            left, up = (at - MM * by for at, by in zip(backs[number], offset, strict=True))
            (column, row), (behind, below) = cell(x, y, wide, tall), cell(left, up, wide, tall)
            assert behind == (1 - column if flip == "long" else column)
            assert below == (row if flip == "long" else 3 - row)
            corner = (x - 95 * MM * column, y + 66 * MM * row)
            assert (left - 95 * MM * behind, up + 66 * MM * below) == pytest.approx(corner, abs=0.1)
            seen += 1
    assert seen > 40


STATES = ", ".join(f'"{name}"' for name in ("Denmark", "Finland", "Iceland", "Norway", "Sweden"))
LISTED = f"""\
[[topic.fact]]
id = "a"
list = "Which five states are Nordic countries?"
items = [{STATES}]

[[topic.fact]]
id = "b"
question = "Where is the port?"
answer = "in the east"

[[topic.fact]]
id = "c"
question = "Of which countries does nobody agree whether they lie in Europe, and for what reasons?"
answer = "of those on both sides of the Bosporus, as far as people there care about it at all"
"""


@pytest.mark.parametrize(
    ("printing", "paper"),
    [
        ({"paper": "A4"}, "A4"),
        ({"paper": "A5"}, "A4"),
        ({"paper": "Letter"}, "Letter"),
        ({"paper": "Letter", "labels": "avery-c32011"}, "A4"),
    ],
)
def test_labels_suit_the_paper_unless_they_are_named(printing: dict[str, str], paper: str) -> None:
    """Who prints on Letter has no label sheets of A4."""
    deck = deck_of(many(3))
    deck = replace(deck, printing=replace(deck.printing, **printing))  # type: ignore[arg-type]
    data = filed(write, "labels", choose(deck, handout("labels").facts(deck), Choice()), "x", NOW)
    wide = float(PdfReader(io.BytesIO(data)).pages[0].mediabox.width)
    assert wide == pytest.approx(PAPERS[paper][0], abs=0.01)


@pytest.mark.parametrize("labels", ["avery-c32011", "avery-5371"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
@pytest.mark.parametrize("name", ["cards", "foldcards", "labels"])
def test_the_number_of_a_card_is_inside_it(name: str, profile: str, labels: str) -> None:
    """Neither a blade nor a label ends within it, on fronts and on backs, and none is beside it."""
    source = f"{HEAD}{LISTED}[print]\nprofile = '{profile}'\nlabels = '{labels}'\n".encode()
    printing = deck_of(source).printing
    stock = STOCKS[labels] if name == "labels" else centred("A4", *size(printing), 0.0)
    inset, tall = (INSET if name == "labels" else CUT), PAPERS[stock.paper][1]
    seen, digit = 0, 0.6 * 11.5  # how high one is, at least, in points
    for page in PdfReader(io.BytesIO(filed(write, name, chosen_of(name, source), "x", NOW))).pages:
        for _, y in numbers(page).values():
            down = (tall - stock.top - y) % stock.down
            assert inset + digit < down < stock.down / 2
            seen += 1
    assert seen >= 4


TWINS = "".join(
    f"""\
[[topic]]
id = "{code}"
title = "A long history of the country and of its people, of its towns and its rivers: {title}"
[[topic.fact]]
id = "{code}-capital"
question = "What is the capital?"
answer = "{capital}"
[[topic.fact]]
id = "{code}-long"
question = "What is the area{" and the population" * 5} of the country{" and of its towns" * 8}?"
answer = "Nobody knows."
"""
    for code, title, capital in (("fr", "France", "Paris"), ("it", "Italy", "Rome"))
)


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("paper", PAPERS)
def test_no_mark_to_cut_by_goes_through_words(paper: str, language: str) -> None:
    """A title may be long, and what there is to do: they end before the marks between two cards."""
    source = many(3).replace(b'"en"', f'"{language}"'.encode())
    deck = deck_of(source.replace(b'title = "Many"', f'title = "{"Many and long " * 20}"'.encode()))
    deck = replace(deck, printing=replace(deck.printing, paper=paper))
    stock = centred(paper, *size(deck.printing), CUT)
    data = filed(write, "cards", choose(deck, handout("cards").facts(deck), Choice()), "x", NOW)
    page = pypdfium2.PdfDocument(data)[0]
    words = page.get_textpage()
    for column in range(1, stock.columns):
        x = stock.corner(column, 0)[0]
        for edge, way in ((stock.corner(0, 0)[1], 1), (stock.corner(0, stock.rows)[1], -1)):
            ends = edge + way * OFF, edge + way * (OFF + MARK)
            assert not words.get_text_bounded(x - 1, min(ends), x + 1, max(ends)).strip()
    assert "Many and long Many and long" in words.get_text_range()


@pytest.mark.parametrize("second", ["What", "what"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
@pytest.mark.parametrize("name", ["cards", "labels"])
def test_fronts_that_read_alike_tell_their_topics(name: str, profile: str, second: str) -> None:
    """A card that nobody could answer without its topic has all of that, or is none."""
    head = HEAD[: HEAD.index("[[topic]]")]
    twins = second.join(TWINS.rsplit("What", 2))
    chosen = chosen_of(name, f"{head}{twins}[print]\nprofile = '{profile}'\n".encode())
    without = handout(name).lay_out(chosen).without_room
    left = replace(chosen, facts=tuple(f for f in chosen.facts if f not in without))
    front = pages(filed(write, name, left, "x", NOW))[0].lower()
    for title in ("france", "italy"):
        assert front.count(title) == len(left.facts) / 2 > 0


@pytest.mark.parametrize("profile", ["standard", "large"])
def test_no_card_is_left_out_for_a_title_that_it_does_not_show(profile: str) -> None:
    """Where the title would answer it, a front that another topic has, too, needs no head."""
    lands = ("Denmark", "Finland")
    topics = (
        f'[[topic]]\nid = "t{n}"\ntitle = "{land}"\n[[topic.fact]]\nid = "f{n}"\n'
        f'question = "Which {"of all the states in the far north " * 3}is it?"\nanswer = "{land}"\n'
        for n, land in enumerate(lands)
    )
    printing = f'[print]\nprofile = "{profile}"\nlabels = "avery-5371"\n'
    source = HEAD[: HEAD.index("[[topic]]")] + "".join(topics) + printing
    chosen = chosen_of("labels", source.encode())
    assert not handout("labels").lay_out(chosen).without_room
    front = pages(filed(write, "labels", chosen, "x", NOW))[0]
    assert not any(land in front for land in lands)


@pytest.mark.parametrize("name", ["cards", "foldcards", "labels"])
def test_a_card_in_large_print_has_its_topic(name: str) -> None:
    """It has the room for it that a card of standard print has."""
    source = f"{HEAD}{LISTED}[print]\nprofile = 'large'\n".replace('"All"', '"Lands"').encode()
    assert "Lands" in pages(filed(write, name, chosen_of(name, source), "x", NOW))[0]
