"""The fast roads of print: each does the same as the plain one that it spares."""

from __future__ import annotations

import gc
import io
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from struct import unpack_from
from typing import Any
from unittest.mock import Mock

import pikepdf
import pytest
from conftest import NOW, ROOT, deck_of
from filed import filed
from nasty import TOKENS
from test_handouts import chosen_of, many

from deckbuilder.choice import Choice, choose
from deckbuilder.content import Paragraph
from deckbuilder.content import texts as texts_of
from deckbuilder.model import Fact
from deckbuilder.schema import HANDOUTS
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Gap, Text, Words, words
from deckbuilder.writers.pdf import pages, sheet, timeline
from deckbuilder.writers.pdf.assembly import Body
from deckbuilder.writers.pdf.elements import MORE, Element, stretch
from deckbuilder.writers.pdf.faces import Face
from deckbuilder.writers.pdf.fonts import FACES, font, is_mark, missing, width, widths
from deckbuilder.writers.pdf.handouts import handout, write
from deckbuilder.writers.pdf.lines import _words, plain_lines
from deckbuilder.writers.pdf.marks import placed
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.pages import Flow
from deckbuilder.writers.pdf.pen import Pen
from deckbuilder.writers.pdf.quick import quick_lines, widest
from deckbuilder.writers.pdf.rl import Canvas
from deckbuilder.writers.pdf.runs import Run, blanked, set_text
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import Theme
from deckbuilder.writers.pdf.theme_timeline import EVENT, PERIOD
from deckbuilder.writers.pdf.timeline_labels import Entry
from deckbuilder.writers.pdf.timescale import lanes

RELATIONS = ROOT / "source" / "relations.toml"
PLAIN = "a the treaty of Rapallo (1922), trade-off and/or north–south 1919–33 c. 1930 Ω λ 東京は、"
MARKS = "**key** *work* **so**s *a* x^2^ H~2~O `code` [link](https://x.org) [two](https://x.org)s"
SHORT = ["a", " a", "a ", "a  b", "x" * 40, *(f"{word} {word}" for word in PLAIN.split())]
TOO_MUCH = "$E$ $\\frac{1}{2}$ \u00a0 pneumonoultramicroscopicsilicovolcanoconiosis"
TOO_MUCH += " Donau\u00addampf\u00adschiff Haus\u200btür"  # may break within


@pytest.mark.parametrize("on", [True, False])
def test_garbage_is_looked_for_as_before_when_a_sheet_is_made(on: bool) -> None:
    """Whoever builds many decks in one process does not run out of memory for one sheet."""
    before, seen = gc.isenabled(), list[bool]()

    def now() -> int:
        seen.append(gc.isenabled())
        return NOW

    (gc.enable if on else gc.disable)()
    try:
        filed(sheet.write, deck_of(RELATIONS), "x", now)
        assert (seen, gc.isenabled()) == ([False], on)
    finally:
        (gc.enable if before else gc.disable)()


def texts(count: int) -> list[Text]:
    """Return texts drawn by lot: words and marks of every sort, some for the plain road alone."""
    lot = random.Random(7)
    plain, marked = PLAIN.split(), f"{PLAIN} {MARKS}".split()
    nasty = [*marked, *(token for token in TOKENS if not missing(token))]
    sorts = [plain, marked, nasty, [*plain, *TOO_MUCH.split(" ")]]
    found = []
    for turn in range(count):
        some = sorts[turn % 4]
        text = parse(" ".join(lot.choice(some) for _ in range(lot.randint(1, 30))))
        if turn % 3 == 0:
            seam = Gap(words(lot.choice(plain))), *words(lot.choice(" .x"))
            text = (Words(" "), *text, *seam, *text)
        found.append(text)
    return found


@pytest.mark.parametrize("style", ["fact", "title", "kicker"])
def test_both_roads_set_the_same_lines(style: str) -> None:
    """Where the quick way of breaking lines gives any, they are the plain way's, run for run."""
    lot, quick = random.Random(7), 0
    for text in (*texts(800), *map(words, SHORT)):
        runs = set_text(text, Theme(9.5).style(style))
        measure = lot.choice((40.0, 90.0, 160.0, 240.0, 500.0))
        for room in (measure, plain_lines(runs, measure)[0].width if runs else measure):
            lines = quick_lines(runs, room)
            assert lines is None or lines == plain_lines(runs, room)
        quick += quick_lines(runs, measure) is not None
    assert quick > 200 or style == "kicker"  # whose letters are set apart


def test_both_roads_find_the_same_widest_word() -> None:
    """It is as wide for both, to the last bit: a column of a table may be just as wide."""
    quick, theme = 0, Theme(9.5)
    for text, name in product(texts(400), ("fact", "kicker")):
        for run in set_text(text, theme.style(name)):
            wide = max((word.width for word in _words((run,))), default=0.0)
            assert widest(run) in (0.0, wide)
            quick += widest(run) > 0
    assert quick > 200


def test_lines_are_counted_as_they_are_set() -> None:
    """What is known of a text in one size tells how many lines it takes in any other."""
    lot, told, measured = random.Random(7), 0, Measured()
    some = texts(400)
    blank = [*texts_of(blanked((*map(Paragraph, some[::2]),)))]
    for text in (*some, *blank, *(text[1:] for text in some[::3]), *map(words, SHORT)):
        for name in ("fact", "kicker", "term", "entry"):
            style = Theme(lot.uniform(8.0, 18.0)).style(name)
            measure, runs = lot.uniform(40.0, 500.0), set_text(text, style)
            for room in (measure, plain_lines(runs, measure)[0].width if runs else measure):
                count = measured.lines(text, style, room)
                assert count in (0, len(plain_lines(runs, room)))
                told += count > 0
    assert told > 200


@pytest.mark.parametrize("name", ["sheet", "quiz", "match", "organiser", "grid", "foldover"])
@pytest.mark.parametrize("source", [RELATIONS.read_bytes(), many(90)], ids=["relations", "many"])
def test_a_story_that_is_only_measured_is_as_high_as_one_that_is_set(
    name: str, source: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each size that is tried comes to the same strips, and so to the same pages."""
    known, pages_of = Measured.lines, pages._pages
    tried: list[object] = []

    def watched(flow: Flow, theme: Theme, body: pages._Ahead, part: float) -> object:
        while body.more():
            pass
        strips = [*flow.head, *body.strips, *flow.panels]
        high = [(s.height, s.above, s.stay, s.rather, s.again and s.again.height) for s in strips]
        tried.append((theme.base, theme.snug, high))
        return pages_of(flow, theme, body, part)

    monkeypatch.setattr(pages, "_pages", watched)
    for lines in (known, lambda *_, **__: 0):
        monkeypatch.setattr(Measured, "lines", lines)
        if name == "sheet":
            sheet.pages(deck_of(source))
        else:
            handout(name).lay_out(chosen_of(name, source))
    half = len(tried) // 2
    assert half > 3
    assert tried[:half] == tried[half:]


@pytest.mark.parametrize("count", [None, 90])
def test_a_grid_compares_no_fact_with_others(
    count: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, each knows its place among them and whether it was drawn."""
    deck, seen = deck_of(many(90)), Mock(return_value=False)
    chosen = choose(deck, handout("grid").facts(deck), Choice(seed=1, count=count))
    monkeypatch.setattr(Fact, "__eq__", seen)
    assert [*handout("grid").says(chosen)]
    assert not seen.called


@pytest.mark.parametrize("name", ["cards", "labels"])
def test_cards_are_as_large_however_their_lines_are_counted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card whose words are only measured gets the type, and the lines, that setting it finds."""
    facts = "".join(
        f'[[topic.fact]]\nid = "long{n}"\nquestion = "{"which one of them " * n}?"\n'
        f'answer = "{"that one there " * (n // 2 + 1)}"\n'
        for n in range(1, 16)
    )
    chosen = chosen_of(name, many(30) + facts.encode())
    printed = filed(write, name, chosen, "stamp", NOW)
    monkeypatch.setattr(Measured, "lines", lambda *_, **__: 0)
    assert filed(write, name, chosen, "stamp", NOW) == printed


def written(canvas: Canvas, runs: Sequence[Run], x: float, y: float) -> str:
    """Return the operators with which ReportLab's own text object writes runs."""
    text = canvas.beginText(x, y)
    for run in runs:
        text.setFont(run.hand.face, run.hand.size)
        text.setFillColor(run.hand.color)
        if run.hand.rise:
            text.setRise(run.hand.rise)
        if run.hand.tracking:
            text.setCharSpace(run.hand.tracking)
        text.textOut(run.text)
        if run.hand.tracking:
            text.setCharSpace(0)
        if run.hand.rise:
            text.setRise(0)
    code = re.sub(r" [\d.]+ TL\b", "", text.getCode())
    return re.sub(r"^BT 1 0 0 1 (\S+ \S+) Tm", r"BT \1 Td", code)


@pytest.mark.parametrize("style", ["fact", "kicker"])
def test_the_pen_writes_as_reportlab_does(style: str) -> None:
    """Both come to the same operators, glyph numbers and font names among them.

    Only marks it draws elsewhere: ReportLab sets none on its letter. And it says where it begins in
    fewer words, and nothing of a leading.
    """
    lot = random.Random(7)
    plain = Canvas(io.BytesIO(), initialFontName=font("Sans").fontName)
    pen = Pen(Canvas(io.BytesIO(), initialFontName=font("Sans").fontName)._doc)
    many = words("".join(map(chr, [*range(0xA1, 0x17F), *range(0x370, 0x500)])))
    for text in [*texts(200), many, *texts(20)]:
        set_all = set_text(text, Theme(9.5).style(style))
        runs = [run for run in set_all if not (run.formula or any(map(is_mark, run.text)))]
        x, y = lot.choice((0.0, 39.685, 100.0, 1000.0, -0.5)), lot.uniform(0, 900)
        assert pen.write(runs, x, y) == written(plain, runs, x, y)


def calls(of: Callable[[], object]) -> int:
    """Return how many functions something calls, ours and Python's."""
    count = 0

    def counted(_frame: object, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        of()
    finally:
        sys.setprofile(None)
    return count


def test_a_heap_of_marks_is_placed_mark_by_mark() -> None:
    """Each goes where it would if it were the last, and twice the marks are twice the work."""
    lot = random.Random(7)
    marks = "".join(lot.choices("\u0301\u0323\u0304\u0331\u0361", k=200))
    for face in ("Sans", "Serif-Italic"):
        every = [*placed(f"a{marks}b", face)]
        for n in range(1, len(marks)):
            assert [*placed(f"a{marks[:n]}", face)] == every[: n + 1]
    one, two = (calls(partial(list, placed(f"x{marks[:n]}", "Sans"))) for n in (100, 200))
    assert two < 2.1 * one


class Counted(list[Entry]):
    """Entries, and how many of them were gone through, again and again."""

    yielded = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in super().__iter__():
            self.yielded += 1
            yield entry


@pytest.mark.parametrize("longest", [0, 3, 40])
def test_each_row_of_a_timeline_is_in_its_periods(
    longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those among all that began and did not end, and twice of both is twice the work."""
    lot, taken, found = random.Random(7), [], dict[int, dict[int, Entry]]()

    def noted(entry: Entry, around: dict[int, Entry], *_: object) -> Strip:
        found[id(entry)] = around  # kept until it is drawn
        return Strip(0.0, lambda *_: None)

    monkeypatch.setattr(timeline, "_row", noted)
    for count in (100, 200):
        starts = sorted(float(lot.randrange(10 * count)) for _ in range(count))
        periods = Counted(
            Entry((start, start + lot.randint(0, longest)), "", words("x"), PERIOD)
            for start in starts
        )
        times = [float(lot.randrange(10 * count)) for _ in range(count)]
        events = [Entry((time, time), "", words("x"), EVENT) for time in times]
        timeline.entry_list(events, periods, Theme(9.5), Element("Document"))
        taken.append(periods.yielded)
        rooms = lanes([period.stretch for period in periods])
        for entry in (*events, *periods):
            (start, _), all_of_them = entry.stretch, zip(rooms, periods, strict=True)
            assert [*found[id(entry)].items()] == [
                (lane, each)
                for lane, each in all_of_them
                if each.stretch[0] <= start < each.stretch[1]
            ]
    assert taken[1] < 2.1 * taken[0]


@pytest.mark.parametrize("name", ["Sans", "Serif-Italic", "Fira", "Code"])
def test_a_text_is_as_wide_as_its_characters(name: str) -> None:
    """However long it is, and whatever the widest characters come to."""
    lot, every = random.Random(7), [*map(chr, range(32, 256)), *"ĀΩж\u2009"]
    widest = max(map(chr, range(32, 256)), key=widths(name))
    lengths = (0, 1, 2, 100, *range(250, 260), 1000)
    texts = [widest * n for n in lengths] + ["".join(lot.choices(every, k=n)) for n in lengths]
    for text in texts:
        assert width(text, name) == sum(map(widths(name), text)) / 1000


def face(kind: Callable[..., Any], data: bytes) -> object:
    """Return what print asks of a face, or the fault that there is in its font."""
    try:
        of = kind(io.BytesIO(data))
    except Exception as fault:  # noqa: BLE001 (ReportLab fails in many ways)
        return repr(fault)
    metrics = [of.hmetrics[glyph] for glyph in range(of.numGlyphs)]
    if isinstance(of.hmetrics, list):  # ReportLab scales those of the last glyphs
        (own,) = unpack_from(">H", data, of.get_table_pos("hhea")[0] + 34)
        metrics[own:] = [(metrics[own - 1][0], bearing) for _, bearing in metrics[own:]]
    return of.charToGlyph, of.charWidths, of.defaultWidth, metrics, [*of.glyphPos]


@pytest.mark.parametrize("name", FACES)
def test_faces_are_read_as_reportlab_does(name: str) -> None:
    """A font's tables, read at once, say the same as number by number."""
    data = font(name).face._ttf_data
    assert face(Face, data) == face(Face.__base__, data)
    assert len(font(name).face.charToGlyph) > 400


def test_fonts_that_are_broken_are_read_as_reportlab_does() -> None:
    """Whatever bytes an author brings, it is the same that is found in them, or wrong with them."""
    lot, faults = random.Random(7), set()
    good = font("Sans-Italic").face
    tables = ("cmap", "hmtx", "hhea", "head", "loca", "maxp")
    starts = [12, *(good.get_table_pos(tag)[0] for tag in tables)]
    starts.append(starts[4] + 40)  # where it says how places of letters are written
    starts.append(starts[1] + 532)  # where the table of characters itself begins
    for turn in range(200):
        data = bytearray(good._ttf_data)
        for _ in range(lot.randint(1, 3)):
            at = starts[turn % len(starts)] + lot.randrange(40)
            data[at] = lot.choice((0, 1, 3, 0xFF, lot.randrange(256)))
        cut = data[: lot.randrange(len(data))] if turn % 9 == 0 else data
        found = face(Face, bytes(cut))
        assert found == face(Face.__base__, bytes(cut))
        faults.add(found if isinstance(found, str) else "")
    assert len(faults) > 10
    assert "" in faults


def drawn() -> Canvas:
    """Return pages with an outline, links and several fonts, ready to be put together."""
    canvas = Canvas(io.BytesIO(), initialFontName=font("Sans").fontName, invariant=1)
    for page in range(3):
        canvas.setFont(font("Serif" if page else "Sans").fontName, 10)
        canvas.drawString(40, 40, f"Page {page}: Ω")
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Page {page}", f"p{page}", min(page, 1))
        canvas.linkURL("https://example.org", (0, 0, 9, 9))
        canvas.showPage()
    return canvas


def test_the_file_is_put_together_as_reportlab_does() -> None:
    """Both come to the same objects; what is in them is packed by different programs."""
    ours, theirs = io.BytesIO(), drawn()
    canvas = drawn()
    Body(canvas._doc, ours).end(canvas)
    with pikepdf.open(ours) as one, pikepdf.open(io.BytesIO(theirs.getpdfdata())) as other:
        (*objects, table), same = one.objects, list(other.objects)
        assert table.Type == "/XRef"
        assert [each.unparse() for each in objects] == [each.unparse() for each in same]
        streams = [
            (a, b) for a, b in zip(objects, same, strict=True) if isinstance(a, pikepdf.Stream)
        ]
        assert len(streams) > 3
        assert all(a.read_bytes() == b.read_bytes() for a, b in streams)
        for name in ("/Root", "/Info"):
            assert one.trailer[name].unparse() == other.trailer[name].unparse()


@pytest.mark.parametrize("count", [1, 200, 201, 1000])
def test_packed_objects_are_where_the_file_says(count: int) -> None:
    """However many streams they are in, in whichever order they come, each is found."""
    canvas, out = drawn(), io.BytesIO()
    document = canvas._doc
    first = document.objectcounter + 1
    given = {first + number: (number, "x" * (number % 5)) for number in range(count)}

    def objects() -> Iterator[tuple[int, str]]:
        document.objectcounter += count
        for number in sorted(given, key=lambda number: number % 7):
            yield number, "[{} ({})]".format(*given[number])

    body = Body(document, out)
    for number, text in objects():
        body.pack(number, text)
    body.end(canvas)
    with pikepdf.open(out) as pdf:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.pages) == 3
        for number, (kept, text) in given.items():
            held: Any = pdf.get_object(number, 0)
            assert (int(held[0]), str(held[1])) == (kept, text)


def test_sequences_that_follow_on_each_other_are_one() -> None:
    """So most elements have one piece of content, which is no list: a long deck has 600,000."""
    element, link = Element("P"), Element("Link")
    for page, number in ((0, 3), (0, 4), (0, 5), (1, 6), (1, 7)):
        element.own(stretch(page, number))
    element.own(link)
    for number in (8, 9, 11):
        element.own(stretch(1, number))
    one, other, inner, more, last = element.painted
    assert (one, other) == (stretch(0, 3) + (2 << MORE), stretch(1, 6) + (1 << MORE))
    assert (inner, more, last) == (link, stretch(1, 8) + (1 << MORE), stretch(1, 11))


@pytest.mark.parametrize("name", HANDOUTS)
def test_no_handout_leaves_anything_for_the_garbage_collector(name: str) -> None:
    """All that handouts are made of goes by itself: while they are made, nothing is looked for."""
    chosen = chosen_of(name, many(12))
    filed(write, name, chosen, "stamp", NOW)  # the first time, modules are imported
    gc.collect()
    gc.disable()
    try:
        filed(write, name, chosen, "stamp", NOW)
        assert gc.collect() == 0
    finally:
        gc.enable()
