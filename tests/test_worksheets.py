"""What single handouts promise beside the model's words: nothing is given away, all is in place."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from conftest import NOW
from pypdf import PageObject, PdfReader
from test_handouts import HEAD, SOURCES, deck_of, made, many, pages, verified
from test_media import PNG

from deckbuilder.choice import Choice, choose
from deckbuilder.phrases import ENGLISH
from deckbuilder.releases.pdf import read_pdf
from deckbuilder.writers.pdf.handouts import handout, write
from deckbuilder.writers.pdf.runs import BLANK
from deckbuilder.writers.pdf.theme import MM, PAPERS

RELATIONS = SOURCES[0].read_bytes()


def written(name: str, source: bytes = RELATIONS, **printing: object) -> bytes:
    deck = deck_of(source)
    deck = replace(deck, printing=replace(deck.printing, **printing))  # type: ignore[arg-type]
    return write(name, choose(deck, handout(name).facts(deck), Choice()), "x", NOW).data


# ---------------------------------------------------------------------------- worksheets


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


def pictured(folder: Path, name: str, *facts: str, printing: str = "") -> bytes:
    """Return a handout about such facts, `a`, `b` …, that may name `l.png`."""
    (folder / "l.png").write_bytes(PNG)
    text = "".join(
        f"\n[[topic.fact]]\nid = '{letter}'\n{fact}\n"
        for letter, fact in zip("abcdefg", facts, strict=False)
    )
    text = f"{HEAD}{text}\n[print]\n{printing}"
    made(folder, text.encode(), Choice(), handouts=(name,))
    assert verified(folder) == ()
    return (folder / "out" / f"deck-{name}.pdf").read_bytes()


def shown(data: bytes) -> list[int]:
    """Return how many pictures are on each page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            sum(str(step.operator) == "Do" for step in pikepdf.parse_content_stream(page))
            for page in pdf.pages
        ]


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


def test_pieces_to_match_ask_nothing() -> None:
    """An event to cut out says what happened, not that its date is asked for."""
    first, *_ = pages(written("match"))
    assert ENGLISH.when not in first
    assert first.count("1926") == 1


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
    text = read_pdf(data).text
    for word in ("Rapallo Agreement", "Hitler tried"):
        assert text.count(word) == 1


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
