"""The sheet: its layout on the page, and the structure that a screen reader follows."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock

import pdftext
import pikepdf
import pytest
from conftest import NOW, ROOT, SMALL, deck_of
from filed import filed
from pypdf import PdfReader

from deckbuilder.assets import load
from deckbuilder.build import build
from deckbuilder.content import Items
from deckbuilder.content import paragraph as paragraph_of
from deckbuilder.model import Deck, Printing, Topic, on_sheet
from deckbuilder.phrases import ENGLISH, PHRASES
from deckbuilder.read import read, read_bytes
from deckbuilder.releases.verify import verify
from deckbuilder.text.tree import Gap, Words, words
from deckbuilder.when import When
from deckbuilder.writers.pdf import pages, sections, sheet
from deckbuilder.writers.pdf.columns import feather, split
from deckbuilder.writers.pdf.drawn import DrawnLine, nothing
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.fonts import width
from deckbuilder.writers.pdf.lines import break_lines, first_line
from deckbuilder.writers.pdf.masthead import masthead
from deckbuilder.writers.pdf.pages import Page, fitted
from deckbuilder.writers.pdf.panels import Panel, flowing, padding, panels
from deckbuilder.writers.pdf.parts import boxes, content
from deckbuilder.writers.pdf.parts import facts as set_facts
from deckbuilder.writers.pdf.runs import BLANK, Date, Line, set_text
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, hung, paragraph, shifted
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    BOX_LEADING,
    EMPTY,
    FEATHER,
    INK,
    PROFILES,
    STEP,
    STYLES,
    WARM,
    Theme,
)
from deckbuilder.writers.pdf.typesize import Tried, best_size

SHOWING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}


def relations() -> Deck:
    deck, problems = read(ROOT / "source" / "relations.toml")
    assert deck, problems
    return deck


def many(facts: int, topics: int = 3) -> Deck:
    """A deck with this many facts: long and short ones, lists and glossary among them."""
    text = SMALL.partition("[[topic]]")[0]
    for topic in range(topics):
        text += f'[[topic]]\nid = "t{topic}"\ntitle = "Topic {topic}"\nwhen = {1900 + topic}\n'
        for n in range(topic, facts, topics):
            written = (
                f'cloze = "Fact {n} says {{{{something}}}} happened {"and went on " * (n % 7)}."',
                f'question = "Why {n}?"\nanswer = "because of {n}"',
                f'list = "Which {n}?"\nitems = ["one", "two {n}", "three"]',
                f'term = "term {n}"\ndefinition = "what it means, {"at length " * (n % 5)}"',
            )[n % 4]
            text += f'[[topic.fact]]\nid = "f{n}"\n{written}\n'
    deck, problems = read_bytes(text.encode(), "many.toml")
    assert deck, problems
    return deck


def drawn(strips: Sequence[Strip]) -> float:
    """Return how high a stack is without the space that may hang over the foot of the page."""
    last = max((n for n, strip in enumerate(strips, 1) if strip.height), default=0)
    return height(strips[:last])


def laid(deck: Deck) -> tuple[Theme, list[Page]]:
    layout = fitted(partial(sheet._story, deck), deck.printing)
    return layout.theme, [*layout.pages]


@pytest.mark.parametrize("name", ["source/relations", "tests/samples/science"])
def test_nothing_is_left_for_the_garbage_collector(name: str) -> None:
    """All that a sheet is made of goes by itself: to search it for cycles takes a tenth as long."""
    source = ROOT / f"{name}.toml"
    deck, problems = read(source)
    assert deck, problems
    deck, _ = load(deck, source.parent)
    filed(sheet.write, deck, "stamp", lambda: NOW)  # the first time, modules are imported
    gc.collect()
    gc.disable()
    try:
        filed(sheet.write, deck, "stamp", lambda: NOW)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("facts", [1, 2, 5, 25, 80, 400])
def test_nothing_leaves_the_page(facts: int) -> None:
    """Every column ends above the foot, starts below the head, and none is empty before the end."""
    theme, laid_out = laid(many(facts))
    for number, page in enumerate(laid_out, 1):
        for strips, left, top in page.blocks:
            assert top <= theme.paper[1] - theme.top
            assert top - drawn(strips) >= theme.foot - 0.1
            assert theme.margin - 0.1 <= left <= theme.margin + theme.width
        if number < len(laid_out):
            assert all(strips for strips, _, _ in page.blocks)


@pytest.mark.parametrize("count", [1, 60, 80, 100, 120, 140, 400, 1200, 2000])
@pytest.mark.parametrize(("paper", "profile"), [("A4", "standard"), ("A5", "large")])
def test_a_summary_of_any_length_leaves_no_page(count: int, paper: str, profile: str) -> None:
    """It goes on over pages; where it leaves too little room, the facts begin on the next one."""
    deck = many(5)
    printing = Printing(paper=paper, profile=profile)
    theme, laid_out = laid(replace(deck, summary=words("word " * count), printing=printing))
    for page in laid_out:
        for strips, _, top in page.blocks:
            assert top - drawn(strips) >= theme.foot - 0.1


@pytest.mark.parametrize("facts", [1, 2, 5, 25, 80, 400])
def test_no_heading_ends_a_column(facts: int) -> None:
    """What asks the next strip to stay with it is never the last of its column."""
    for page in laid(many(facts))[1]:
        for strips, _, _ in page.blocks:
            assert not strips or not strips[-1].stay


def test_the_last_columns_are_balanced() -> None:
    """The two columns of a closing page differ by less than the longest fact."""
    page = laid(many(80))[1][-1]
    one, two = (height(strips) for strips, _, _ in page.blocks[-2:])
    assert abs(one - two) < 100


def drawn_by_lot(seed: int) -> Deck:
    """A deck of topics of any length, some in parts, its facts one line to five lines long."""
    draw = Random(seed)
    text = SMALL.partition("[[topic]]")[0]
    parted = draw.random() < 0.3
    for topic in range(draw.randint(1, 9)):
        text += f'[[topic]]\nid = "t{topic}"\ntitle = "Topic {topic}"\n'
        text += f'part = "Part {topic // 3}"\nwhen = {1900 + topic}\n' if parted else ""
        for n in range(draw.choice([1, 4, 9, 12, 15, 30])):
            more = "and so it went on for a while " * draw.choice([0, 0, 1, 2, 6])
            said = f'cloze = "Fact {n} says {{{{something {topic}}}}} {more}."'
            text += f'[[topic.fact]]\nid = "f{topic}-{n}"\n{said}\n'
    text += "".join(
        f'[[topic.fact]]\nid = "e{n}"\nevent = "It was event {n}."\nwhen = {1800 + n}\n'
        for n in range(draw.choice([0, 0, 40]))  # a tall timeline leaves little room on page 1
    )
    deck, problems = read_bytes(text.encode(), "lot.toml")
    assert deck, problems
    return deck


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("seed", [1, 2, 3, 9, 18, 21, 25])
def test_no_column_is_half_empty(seed: int, paper: str) -> None:
    """Each ends at the foot of its page, those where the text ends at the same height.

    A tenth of the page may stay free, so that short topics are not parted.
    """
    theme, laid_out = laid(replace(drawn_by_lot(seed), printing=Printing(paper=paper)))
    for number, page in enumerate(laid_out, 1):
        columns = [(strips, top) for strips, _, top in page.blocks][-2:]
        ends = [top - drawn(strips) for strips, top in columns]
        lowest = min(ends) if number == len(laid_out) else theme.foot
        assert max(ends) - lowest < EMPTY * theme.paper[1], (
            f"page {number} of {len(laid_out)}: {ends}"
        )


def events(count: int) -> Deck:
    """A deck of one topic, of events a line long."""
    text = SMALL.partition("[[topic]]")[0] + '[[topic]]\nid = "war"\ntitle = "The war"\n'
    for n in range(count):
        text += f'[[topic.fact]]\nid = "e{n}"\nevent = "It was event {n}."\nwhen = {1914 + n}\n'
    deck, problems = read_bytes(text.encode(), "war.toml")
    assert deck, problems
    return deck


def test_a_long_title_says_all_the_same_that_it_goes_on() -> None:
    """It is cut; that it is continued is not."""
    deck = events(13)
    title = words("The war that nobody had wanted and that went on for years all the same")
    deck = replace(deck, topics=(replace(deck.topics[0], title=title),))
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    said = " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
    assert re.search(r"The war that nobody had wanted and .*… \(continued\)", said)


def test_one_topic_fills_both_columns() -> None:
    """It goes on in the second, and says so there; a very short one is not parted."""
    (page,) = laid(events(13))[1]
    *_, one, two = page.blocks
    assert abs(drawn(one[0]) - drawn(two[0])) < 3 * Theme(11.0).style("fact").leading
    data = filed(sheet.write, events(13), "stamp", lambda: NOW)
    assert "The war (continued)" in PdfReader(io.BytesIO(data)).pages[0].extract_text()
    (page,) = laid(events(3))[1]
    assert not page.blocks[-1][0]


def test_type_grows_only_as_far_as_topics_stay_whole() -> None:
    """A topic is not parted for a larger size alone: the first source's sheet parts none."""
    deck, _ = read(ROOT / "source" / "relations.toml")
    assert deck
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert "(continued)" not in page.extract_text()
    assert laid(replace(deck, printing=Printing(paper="Letter")))[0].base > 10.9
    small, laid_out = laid(replace(deck, printing=Printing(paper="A5")))
    assert small.snug  # rather than that one is parted
    assert len(laid_out) == 3


def test_what_goes_on_within_a_part_says_its_own_title() -> None:
    """A column that begins within a topic says that, one that begins with another the part."""
    text = SMALL.partition("[[topic]]")[0]
    for topic in ("Ants", "Bees"):
        text += f'[[topic]]\nid = "{topic.lower()}"\ntitle = "{topic}"\npart = "Insects"\n'
        for n in range(60):
            text += f'[[topic.fact]]\nid = "{topic.lower()}{n}"\nevent = "{n} of {topic}."\n'
            text += f"when = {1900 + n}\n"
    deck, problems = read_bytes(text.encode(), "insects.toml")
    assert deck, problems
    deck = replace(deck, printing=Printing(paper="A5"))
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    said = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    again = [re.findall(r"(\w+) \(continued\)", page) for page in said]
    assert {"Ants", "Bees"} <= {title for titles in again for title in titles}
    for page, titles in zip(said, again, strict=True):
        for title in titles:
            if title != "Insects":
                assert f" of {title}." in page.partition(f"{title} (continued)")[2]


def test_what_stands_above_a_panel_on_the_next_page_is_level() -> None:
    """Columns are balanced where the text ends, also if the closing panel has no room there."""
    theme = Theme(9.5)
    line = [Strip(20.0, nothing) for _ in range(50)]
    flow = pages.Flow([], line, [Strip(400.0, nothing)])
    first, _ = pages._pages(flow, theme, pages._Ahead(line), EMPTY)
    one, two = (drawn(strips) for strips, _, _ in first.blocks[-2:])
    assert one == two


def test_no_column_ends_between_a_fact_and_its_small_print() -> None:
    """What else there is to know is read with what it belongs to."""
    deck, theme = relations(), Theme(9.5)
    more = [replace(fact, extra=words("So it was.")) for fact in on_sheet(deck)[:9]]
    for fact in more:
        strips = set_facts([fact], {}, theme, theme.column, Element("Sect"))
        assert [*strips][-2].stay
        assert not strips[-1].stay


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_hides_the_tails_of_the_last_line_with_boxes(profile: str) -> None:
    """The ground of a panel goes on below the strip, over what hangs out of it."""
    theme = Theme(PROFILES[profile].smallest, Printing(profile=profile))
    for measure in (theme.column, 60.0):
        (strip,) = boxes(PHRASES["de"], theme, measure, Element("P"))
        rows = round(strip.height / (theme.style("box").leading * BOX_LEADING))
        tail = strip.height - rows * theme.style("box").leading * BOX_LEADING
        assert tail >= 0.25 * theme.style("box").size


def test_relations_takes_one_page() -> None:
    """The first source's sheet is one page, in type that can be read at ease."""
    theme, laid_out = laid(relations())
    assert len(laid_out) == 1
    assert theme.base >= 8.5


def test_a_long_sheet_is_set_while_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """When its first page is drawn, most topics are not set yet: nobody holds them all."""
    topics, real = list[str](), sections._topic

    def noting(topic: Topic, *more: Any) -> list[Strip]:
        topics.append(topic.id)
        return real(topic, *more)

    monkeypatch.setattr(sections, "_topic", noting)
    deck = many(1500, topics=150)
    layout = fitted(partial(sheet._story, deck), deck.printing)
    assert 0 < len(topics) < len(deck.topics) / 2
    first, *others = layout.pages
    assert not first.running
    assert len(others) > 20
    assert all(page.running for page in others)
    assert topics == [topic.id for topic in deck.topics]


def test_each_page_says_which_it_is() -> None:
    """The foot of a page has its number and how many there are, the head of all but one a title."""
    out = io.BytesIO()
    count = sheet.write(many(300), "stamp", lambda: NOW, out).pages
    drawn_pages = PdfReader(out).pages
    assert count == len(drawn_pages) > 4
    for number, page in enumerate(drawn_pages, 1):
        first, second, *_ = page.extract_text().splitlines()
        assert first == f"many.toml · version 0.1.0 Page {number} of {count}"
        assert second == ("A small deck" if number > 1 else "REVISION SHEET")


def test_few_sizes_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room for the largest type, no size between it and the first one is tried."""
    bases, real = list[float](), sheet._story

    def noting(deck: Deck, theme: Theme, root: Element) -> pages.Story:
        bases.append(theme.base)
        return real(deck, theme, root)

    monkeypatch.setattr(sheet, "_story", noting)
    for facts, savings in ((5, []), (84, [8.5, 8.5, 9.5])):
        bases.clear()
        assert laid(many(facts))[0].base == PROFILES["standard"].largest
        assert bases == [9.5, *savings, 11.0, 11.0]


@pytest.mark.parametrize("profile", ["standard", "clear"])
def test_the_largest_size_is_found_in_few_tries(profile: str) -> None:
    """However much more a story fills in larger type; where that is as usual, three tries do."""
    of, dice = PROFILES[profile], Random(1)

    def tries(filled: float, growth: float, full: float) -> int:
        bases = list[float]()

        def tried(base: float, _: bool, most: int) -> Tried:
            bases.append(base)
            grown = filled * (base / of.flowing) ** growth
            return Tried(min(ceil(grown / full), most + 1), grown)

        size, snug = best_size(Tried(1, filled), of, tried)
        count = len(bases)
        assert not snug
        assert size == of.flowing or tried(size, False, 1).pages == 1
        assert size > of.largest - 0.01 or tried(size + STEP, False, 1).pages == 2
        return count

    for _ in range(300):
        full = dice.uniform(0.5, 1.0)
        tries(dice.uniform(0.01, full), dice.uniform(0.1, 6.0), full)
    assert max(tries(dice.uniform(0.01, 0.99), 1.7, 0.99) for _ in range(300)) <= 3


def test_a_size_is_set_only_until_it_is_too_much() -> None:
    """A try tells whether so many pages are enough; what they are too few for is not all set."""
    theme, dice, told = Theme(9.5), Random(1), set()

    def stack(most: int) -> list[Strip]:
        tall = dice.choice((12.0, 12.0, 150.0, 400.0))
        return [Strip(tall, nothing, above=4.0) for _ in range(dice.randrange(most))]

    for _ in range(60):
        flows = [pages.Flow(stack(5), stack(900), stack(3)) for _ in range(dice.choice((1, 1, 2)))]

        def tried(most: int, flows: list[pages.Flow] = flows) -> tuple[Tried, int]:
            bodies = [iter([replace(strip) for strip in flow.body]) for flow in flows]
            story = (flow._replace(body=body) for flow, body in zip(flows, bodies, strict=True))
            now = pages._Set(tuple(story), theme).tried(most)
            return now, sum(1 for body in bodies for _ in body)

        whole, left = tried(1000)
        assert not left
        for most in (1, 2, 3, whole.pages - 1, whole.pages, whole.pages + 1):
            now, left = tried(most)
            assert now.pages == min(whole.pages, most + 1)
            assert now == whole or now.pages > most
            told.add((now.pages > most, left > 0))
    assert told == {(False, False), (True, False), (True, True)}


def test_what_fits_one_page_takes_one() -> None:
    """Items may all begin to fit beside each other at once: a third of the room is enough then."""
    text = SMALL.partition("[[topic]]")[0] + '[[topic]]\nid = "t"\ntitle = "T"\n'
    for n in range(28):
        items = ", ".join(f'"word one {k}"' for k in range(4))
        text += f'[[topic.fact]]\nid = "f{n}"\nlist = "Which {n}?"\nitems = [{items}]\n'
    deck, problems = read_bytes(text.encode(), "lists.toml")
    assert deck, problems
    assert len(laid(deck)[1]) == 1


def test_a_short_list_stands_on_one_line() -> None:
    """Items that fit beside each other do, each still an item; longer ones get a line each."""
    text = f'{SMALL}[[topic.fact]]\nid = "x"\nlist = "Which?"\nitems = ["FIRST", "two", "three"]\n'
    for first, apart in (("one", False), ("one " * 30, True)):
        deck, problems = read_bytes(text.replace("FIRST", first).encode(), "list.toml")
        assert deck, problems
        data = filed(sheet.write, deck, "stamp", lambda: NOW)
        items = [tag for tag in pdftext.structure(data).all("LI") if len(tag.below) == 2]
        assert [item.below[1].words.strip() for item in items][-2:] == ["two", "three"]
        lines = PdfReader(io.BytesIO(data)).pages[0].extract_text().splitlines()
        assert any("two" in line and "three" in line for line in lines) is not apart


@pytest.mark.parametrize("ordered", [True, False])
def test_the_labels_of_a_list_are_as_large_as_its_words(ordered: bool) -> None:
    """Also where those are larger than a sheet's, as on cards."""
    theme, canvas = Theme(9.5), Mock()
    style = theme.style("fact", size=16, leading=20)
    of = (Items((words("Fill"), words("Press")), ordered=ordered),)
    draw_all(content(of, style, theme, 300, Element("P")), canvas, 0.0, 0.0)
    runs = [run for call in canvas.paint.call_args_list for run in call.args[1]]
    assert [(len(runs), {run.hand.size for run in runs})] == [(4, {16})]


@pytest.mark.parametrize("before", range(9, 16))
def test_a_short_list_is_on_one_page(before: int) -> None:
    """It is not parted, nor is it without its question; a long one is."""
    gaps = (f'id = "g{n}"\ncloze = "Of {{{{all}}}} stages."' for n in range(before))
    for count in (5, 40):
        items = [f"stage {n}, which is a longer one than others are" for n in range(count)]
        facts = (*gaps, f'id = "x"\nlist = "Which ones?"\nitems = {items}')
        text = SMALL + "".join(f"[[topic.fact]]\n{fact}\n" for fact in facts)
        text += '[print]\nprofile = "large"\n'
        deck, problems = read_bytes(text.encode(), "list.toml")
        assert deck, problems
        pdf = PdfReader(io.BytesIO(filed(sheet.write, deck, "stamp", lambda: NOW)))
        page = next(t for t in (p.extract_text() for p in pdf.pages) if "Which ones?" in t)
        assert all(f"stage {n}, " in page for n in range(count)) is (count < 40)


@pytest.mark.parametrize("number", ["7", "100", "1000", "10000"])
def test_no_number_reaches_into_its_text(number: str) -> None:
    """An indent is as wide as the longest number in it needs."""
    style = Theme(9.5).style("fact")
    wide = width(number, style.label) * style.label_size
    assert hung(style, number).indent > wide
    assert hung(style, "7") == style


def test_a_date_stands_before_its_title_or_above_it() -> None:
    """A year opens the line of the title; a date too long for that has a line of its own."""
    for date, lines in (("1922", 1), ("after 1922", 1), ("3 September 1939 – 2 September 1945", 2)):
        topic = Topic("t", (), words("War"), When(date, 1922.0, 1923.0), (), (), (), ())
        theme = Theme(9.5)
        strips = sections._heading(topic, theme, Element("Sect"), "H2", theme.style("topic"))
        assert sum(strip.height > 0 for strip in strips) == lines


def test_a_narrow_column_sets_a_year_above_the_rest_of_its_date() -> None:
    """The year is large; a day stands below it, a word such as `after` above it.

    An era stays with its year, and no date touches the number of a fact beside it.
    """
    for date, lines in {
        "1922": ["1922"],
        "16 April 1922": ["1922", "16 April"],
        "after 1930": ["after", "1930"],
        "1919–33": ["1919–33"],
        "1921/22": ["1921/22"],
        "winter 1921/22": ["winter", "1921/22"],
        "16th century": ["16th century"],
        "1930s": ["1930s"],
        "before 1930s": ["before 1930s"],
        "1919–1930s": ["1919–1930s"],
        "1930er Jahre": ["1930er Jahre"],
        "753 BC": ["753 BC"],
        "after 500 AD": ["after 500 AD"],
        "200 v. Chr. bis 1937": ["200 v. Chr. bis 1937"],
    }.items():
        set_lines = [line for line, _ in sections._date_lines(date, Theme(9.5))]
        said = ["".join(run.text for run in line.runs) for line in set_lines]
        assert [line.replace("\u00a0", " ") for line in said] == lines
    theme, when = Theme(9.5), When("16 April 1922", 1922.0, 1923.0)
    topic = Topic("t", (), words("War"), when, (), (), (), ())
    wide = max(line.width for line, _ in sections._date_lines(when.text, theme))
    assert not sections._fits(topic, theme, wide + 1.0)
    assert sections._fits(topic, theme, wide + theme.unit * 1.0)


def test_a_subject_of_several_lines_holds_together() -> None:
    """Its lines are close to each other, and further from the title below them."""
    source = SMALL.replace('language = "en"', f'language = "en"\nsubject = "{"Subject " * 12}"')
    deck, problems = read_bytes(source.encode(), "long.toml")
    assert deck, problems
    theme = Theme(18.0, Printing(paper="A5", profile="large"))
    at, y = list[tuple[float, float]](), 0.0
    for strip in masthead(deck, theme, Element("Document"), "Sheet", ()):
        y += strip.above
        if isinstance(drawn := getattr(strip.draw, "inner", strip.draw), DrawnLine):
            at.append((y + drawn.down, drawn.runs[0].hand.size))
        y += strip.height
    size = min(size for _, size in at)
    first, second, *_, last = (y for y, own in at if own == size)
    title, large = next(each for each in at if each[1] > size)
    assert second - first < 1.4 * size
    assert title - 0.66 * large - last > second - 0.66 * size - first  # between small and capitals


def every(tag: pdftext.Tag) -> Iterator[pdftext.Tag]:
    """Yield an element and all within it, in reading order."""
    yield tag
    for inner in tag.below:
        yield from every(inner)


@pytest.mark.parametrize("profile", ["standard", "large"])
def test_topics_of_one_part_stand_under_it(profile: str) -> None:
    """A part is a heading, its topics are headings below it, each date before its title."""
    part = 'when = 1900\npart = "Both"'
    text = SMALL.replace("when = 1900", part)
    text += f'\n[[topic]]\nid = "b"\ntitle = "Last topic"\n{part.replace("1900", "1950")}\n'
    text += '[[topic.fact]]\nid = "c"\nquestion = "Which?"\nanswer = "that"\n'
    deck, problems = read_bytes(text.encode(), "part.toml")
    assert deck, problems
    deck = replace(deck, printing=Printing(profile=profile))
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    told = [(tag.role, tag.words.strip()) for tag in every(pdftext.structure(data))]
    at = told.index(("H2", "Both"))
    entry = [("P", "1900"), ("H3", "First topic")]
    assert told[at + 2 : at + 4] == (entry if profile == "standard" else entry[::-1])
    assert ("H3", "Last topic") in told


@pytest.mark.parametrize(("when", "aside"), [("", False), ("when = 1900", True)])
def test_topics_of_a_part_stand_aside_for_dates_alone(when: str, aside: bool) -> None:
    """Where another one has a date, one without is beside that column; else there is none."""
    text = SMALL.replace("when = 1900", 'part = "Both"')
    text += f'\n[[topic]]\nid = "b"\ntitle = "Last topic"\npart = "Both"\n{when}\n'
    text += '[[topic.fact]]\nid = "c"\nquestion = "Which?"\nanswer = "that"\n'
    deck, problems = read_bytes(text.encode(), "part.toml")
    assert deck, problems
    at: dict[str, float] = {}

    def see(text: str, _: object, inner: list[float], *__: object) -> None:
        at.setdefault(text.strip(), inner[4])

    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=see)
    assert (at["First topic"] > at["Both"]) is aside


@pytest.mark.parametrize(("when", "aside"), [("1950", True), ('"15th–16th century"', False)])
def test_dates_of_a_part_are_all_set_alike(when: str, aside: bool) -> None:
    """One that has no room beside its topic stands below the title, and so do all others."""
    text = SMALL.replace("when = 1900", 'when = 1900\npart = "Both"')
    text += f'\n[[topic]]\nid = "b"\ntitle = "Last topic"\npart = "Both"\nwhen = {when}\n'
    text += '[[topic.fact]]\nid = "c"\nquestion = "Which?"\nanswer = "that"\n'
    data = filed(sheet.write, deck_of(text.encode()), "stamp", lambda: NOW)
    told = [(tag.role, tag.words.strip()) for tag in every(pdftext.structure(data))]
    for date, title in (("1900", "First topic"), (when.strip('"'), "Last topic")):
        behind = told.index(("P", date)) > told.index(("H3", title))
        assert behind is not aside


@pytest.mark.parametrize(
    ("when", "opened"), [("c. 1200 BC", "c. 1200 BC"), ("after 1930", "After 1930")]
)
def test_a_date_opens_a_statement_like_a_sentence(when: str, opened: str) -> None:
    """A word has a capital there; a "c." that had one would be taken for an initial."""
    fact = f'[[topic.fact]]\nid = "fall"\nevent = "The palaces fall."\nwhen = "{when}"\n'
    deck, problems = read_bytes(f"{SMALL}\n{fact}".encode(), "date.toml")
    assert deck, problems
    root = pdftext.structure(filed(sheet.write, deck, "stamp", lambda: NOW))
    said = [tag.words.replace("\u00a0", " ").strip() for tag in root.all("LBody")]
    assert f"{opened} The palaces fall." in said


def test_a_hint_keeps_two_facts_apart(tmp_path: Path) -> None:
    """Where two ask the same, the sheet has what tells them apart; else no hint."""
    fact = '[[topic.fact]]\nid = "{0}"\nquestion = "{1}"\nanswer = "{0}"\nhint = "{2}"\n'
    file = tmp_path / "know.toml"
    file.write_text(
        SMALL.partition("[[topic.fact]]")[0]
        + fact.format("savoir", "to know", "a fact")
        + fact.format("connaitre", "to know", "a person")
        + fact.format("voir", "to see", "with eyes"),
        encoding="utf-8",
    )
    build(file, tmp_path, NOW)
    files = {name: (tmp_path / name).read_bytes() for name in ("know.pdf", "know.apkg")}
    assert verify("know", files).mismatches == ()
    said = pdftext.structure(files["know.pdf"]).heard
    assert "to know savoir (a fact)" in said
    assert "to know connaitre (a person)" in said
    assert "with eyes" not in said


def test_a_hint_tells_apart_what_is_on_the_sheet() -> None:
    """Gaps are blank where two facts are compared; one that is not on the sheet is no other."""
    fact = '[[topic.fact]]\nid = "{0}"\n{1}\nhint = "{2}"\n'
    source = (
        SMALL.partition("[[topic.fact]]")[0]
        + fact.format("a", 'cloze = "It was signed in {{1919}}."', "Versailles")
        + fact.format("b", 'cloze = "It was signed in {{c1::1922::a year}}."', "Rapallo")
        + fact.format("c", 'cloze = "{{It}} was signed in 1922."', "pronoun")
        + fact.format("d", 'question = "the bank"\nanswer = "la rive"\nonly = "deck"', "river")
        + fact.format("e", 'question = "the bank"\nanswer = "la banque"', "money")
    )
    deck, problems = read_bytes(source.encode(), "signed.toml")
    assert deck, problems
    said = pdftext.structure(filed(sheet.write, deck, "stamp", lambda: NOW)).heard
    assert "It was signed in 1919. (Versailles)" in said
    assert "It was signed in 1922. (Rapallo)" in said
    assert ("pronoun" in said, "money" in said) == (False, False)


def test_a_date_that_opens_a_statement_has_the_colour_of_dates() -> None:
    """A number, a date and a key word are told apart: accent, warm, ink."""
    style = Theme(9.5).style("fact")
    date, _, gap = set_text((Date(words("1931")), Words(" "), Gap(words("union"), 1)), style)
    assert (style.label_color, date.hand.color, gap.hand.color) == (ACCENT, WARM, INK)
    assert date.hand.face == gap.hand.face == "Sans-Bold"


@pytest.mark.parametrize("alone", ["recap", "check"])
def test_a_panel_that_flows_is_as_wide_as_its_column(alone: str) -> None:
    """One alone is as wide as the page only where it stands across it, at the foot."""
    deck = many(60)
    recap = words("word " * 1500) if alone == "recap" else ()
    check = () if recap else tuple(fact.id for fact in deck.facts)
    deck = replace(deck, recap=recap, check=check)
    theme, found = Theme(10), list[float]()
    with pikepdf.open(io.BytesIO(filed(sheet.write, deck, "stamp", lambda: NOW))) as pdf:
        for page in pdf.pages:
            areas = [area.operands for area in pikepdf.parse_content_stream(page, "re")]
            found += [float(wide) for _, _, wide, tall in areas if tall > theme.bar]
    assert max(found) == pytest.approx(theme.column, abs=0.01)


@pytest.mark.parametrize("check", ["", '[sheet]\ncheck = ["sky"]\n'])
def test_a_hook_needs_no_recap(check: str) -> None:
    """The line to remember is printed under the title of its panel, alone and beside questions."""
    source = SMALL.replace('version = "0.1.0"', 'version = "0.1.0"\nhook = "Remember it."')
    data = filed(sheet.write, deck_of(source + check), "stamp", lambda: NOW)
    told = [(tag.role, tag.words.strip()) for tag in every(pdftext.structure(data))]
    at = told.index(("P", "Remember it."))
    assert told[at - 1] == ("H2", ENGLISH.recap)
    heads = [words_of for role, words_of in told if role == "H2"]
    assert heads[1:] == [ENGLISH.recap, *([ENGLISH.check] if check else [])]


def test_no_column_ends_within_a_short_quotation() -> None:
    """What was meant by it stands below it, with its picture if there is one."""
    said = (*paragraph_of(words("“It moves.” Galilei")), *paragraph_of(words("The Earth does.")))
    theme = Theme(9)
    strips = content(said, theme.style("fact"), theme, theme.column, Element("P"))
    *_, last = (n for n, strip in enumerate(strips) if strip.height)
    assert all(strip.stay for strip in strips[:last])


@pytest.mark.parametrize("profile", ["standard", "clear"])
@pytest.mark.parametrize("most", [3, 12])
def test_no_blank_of_the_closing_questions_is_parted(most: int, profile: str) -> None:
    """The columns of a table are as wide as its blanks ask for, however long its answers are."""
    text = SMALL.partition("[[topic]]")[0] + '[[topic]]\nid = "cell"\ntitle = "The cell"\n'
    rows = [[f"Part {n}", "no", "yes", f"made of {'a lot of things ' * most}"] for n in range(5)]
    text += f"[[topic.fact]]\nid = 'a'\ncompare = 'Which?'\nthings = {['A', 'Bee', 'C']}\n"
    text += f"aspects = {rows}\n[sheet]\ncheck = ['a']\n[print]\nprofile = '{profile}'\n"
    deck, problems = read_bytes(text.encode(), "cell.toml")
    assert deck, problems
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert re.findall("_+", said) == [BLANK] * 15


@pytest.mark.parametrize(("words_of", "level"), [(4, False), (60, True)])
def test_a_panel_is_not_mostly_empty(words_of: int, level: bool) -> None:
    """One beside a far higher one is as high as its words; others end level."""
    theme = Theme(9)
    long, short = (
        Panel(
            paragraph(words("so " * count), theme.style("body"), theme.column, None),
            [],
            theme.column,
            INK,
            ACCENT,
        )
        for count in (90, words_of)
    )
    areas: list[float] = []

    class Canvas:
        def area(self, _: object, __: float, ___: float, wide: float, tall: float) -> None:
            if wide == theme.column:
                areas.append(tall)

        def __getattr__(self, _: str) -> Any:
            return lambda *__, **___: None

    (strip,) = panels([short, long], theme)
    strip.draw(Canvas(), 0.0, 500.0)  # type: ignore[arg-type]
    assert (areas[0] == areas[1]) is level
    assert areas[1] == max(areas)


def test_a_panel_has_its_margin_where_it_is_parted() -> None:
    """Its words touch no edge of their ground, and take no more room within a column."""
    theme, marks, grounds = Theme(9), list[float](), list[tuple[float, float]]()

    def mark(_: object, __: float, top: float) -> None:
        marks.append(top)

    class Canvas:
        def area(self, _: object, __: float, bottom: float, wide: float, tall: float) -> None:
            if wide == theme.column:
                grounds.append((bottom, bottom + tall))

        def __getattr__(self, _: str) -> Any:
            return lambda *__, **___: None

    lines = [Strip(10.0, mark, 2.0) for _ in range(60)]
    strips = flowing(Panel(lines, [], theme.column, INK, ACCENT), theme)[1:]
    assert height(strips) == pytest.approx(60 * 12 + 2 * padding(theme))
    *columns, rest = split(strips, 300.0, 3)
    assert not rest
    for column in columns:
        draw_all(column, Canvas(), 0.0, 500.0)  # type: ignore[arg-type]
        ends = min(low for low, _ in grounds), max(high for _, high in grounds)
        assert ends[1] - max(marks) >= padding(theme) - 0.01
        assert min(marks) - 10.0 - ends[0] >= padding(theme) - 0.01
        assert height(column) <= 300.0
        marks.clear()
        grounds.clear()


def test_a_table_in_a_panel_has_its_head_again() -> None:
    """Where it goes on in the next column: between the edge of the ground and the row."""
    theme, at = Theme(10.0), list[tuple[str, float]]()

    def mark(what: str, _: object, __: float, top: float) -> None:
        at.append((what, top))

    head = Strip(15.0, partial(mark, "head"))
    rows = [Strip(10.0, partial(mark, "row"), 2.0) for _ in range(60)]
    for row in rows[1:]:
        row.again = head
    strips = flowing(Panel(rows, [], theme.column, INK, ACCENT), theme)[1:]
    _, column, *_ = split(strips, 300.0, 3)
    draw_all(column, Mock(), 0.0, 500.0)
    (first, high), (second, below), *_ = at
    assert (first, second) == ("head", "row")
    assert 500.0 - high == pytest.approx(padding(theme) - 2.0)
    assert high - below == pytest.approx(15.0 + 2.0)


def test_columns_end_level_by_wider_spaces() -> None:
    """A wide space of a short column grows more than a narrow one, and none more than allowed."""

    def spaces(missing: float) -> list[float]:
        strips = [Strip(10.0, nothing, above) for above in (5.0, 2.0, 4.0)]
        feather(strips, missing)
        return [strip.above for strip in strips]

    assert spaces(3.0) == [5.0, 2.6, 6.4]
    assert spaces(54.0) == pytest.approx([5.0, 2 * (1 + FEATHER), 4 * (1 + FEATHER)])
    assert spaces(-6.0) == [5.0, 2.0, 4.0]


def test_a_fact_longer_than_a_page_flows() -> None:
    """A very long fact goes on in the next columns, and no word of it is lost."""
    long = " ".join(f"word{n}" for n in range(1200))
    source = f'{SMALL}\n[[topic.fact]]\nid = "long"\nquestion = "Why?"\nanswer = "{long}"\n'
    deck, problems = read_bytes(source.encode(), "long.toml")
    assert deck, problems
    out = io.BytesIO()
    assert sheet.write(deck, "stamp", lambda: NOW, out).pages > 1
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert [w for w in text.split() if w.startswith("word")] == long.split()


def test_what_is_cut_keeps_to_its_measure() -> None:
    """A title that is repeated takes one line, its ellipsis included."""
    style = Theme(10).style("again")
    for measure in range(40, 300, 7):
        runs = first_line(words("A title that is much too long for its column"), style, measure)
        assert sum(run.width for run in runs) <= measure + 0.01
        said = "".join(run.text for run in runs)
        assert said.endswith(" …") is (said != "A title that is much too long for its column")


@pytest.mark.parametrize("measure", [40.0, 90.0, 250.0])
def test_lines_keep_to_their_measure(measure: float) -> None:
    """No line is wider than its column, even with a word that is; none loses a character."""
    style = Theme(10).style("body")
    text = (
        "A plain line, then Donaudampfschifffahrtsgesellschaftskapitän, 1919–33 and USSR–Germany."
    )
    lines = break_lines(set_text(words(text), style), measure)
    assert all(line.width <= measure + 0.01 for line in lines)
    joined = "".join(
        "".join(run.text for run in line.runs) + (" " if line.spaced else "") for line in lines
    )
    assert joined == text


def test_dates_never_break() -> None:
    """A line ends between words or behind a dash between letters, never within a number."""
    style = Theme(10).style("body")
    for measure in range(60, 200, 3):
        for line in break_lines(
            set_text(words("In the years 1919–33 and 1939–45"), style), measure
        ):
            ends = "".join(run.text for run in line.runs)
            assert not ends.endswith("–") or width(ends, "Sans") * style.size < 60


def test_a_date_wider_than_its_line_breaks_at_its_spaces() -> None:
    """No word and no number of it is cut, as long as each has room."""
    style = Theme(10).style("body")
    runs = set_text(words("on 14 October 1066."), style)
    lines = break_lines(runs, set_text(words("October 1"), style)[0].width)
    assert ["".join(run.text for run in line.runs) for line in lines] == [
        "on 14",
        "October",
        "1066.",
    ]
    assert {type(line) for line in lines} == {Line}


def test_styles_use_known_faces() -> None:
    """Every style of the theme names a face that can be set."""
    assert all(width("x", style.face) > 0 for style in STYLES.values())


# ---------------------------------------------------------------------------- structure


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    data = filed(sheet.write, relations(), "stamp", lambda: NOW)
    return pikepdf.open(io.BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return the structure elements in reading order."""
    found = []

    def walk(element: pikepdf.Object) -> None:
        found.append(element)
        for child in element.K.as_list() if isinstance(element.K, pikepdf.Array) else [element.K]:
            if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
                walk(child)

    for child in pdf.Root.StructTreeRoot.K.as_list():
        walk(child)
    return found


def test_the_document_names_itself(pdf: pikepdf.Pdf) -> None:
    """Title, language and the claim to PDF/UA are where a reader looks for them."""
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "USSR–Germany Relations" in str(pdf.docinfo["/Title"])
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()


def test_all_paint_is_marked(pdf: pikepdf.Pdf) -> None:
    """Each mark on a page belongs to an element that the tree reaches, or is an artifact."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    tree = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in pdf.pages:
        depth, marks = 0, set()
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            if operator in ("BMC", "BDC"):
                depth += 1
                if operator == "BDC":
                    number = int(step.operands[1].MCID)
                    assert number not in marks
                    marks.add(number)
            elif operator == "EMC":
                depth -= 1
            elif operator in SHOWING:
                assert depth == 1, f"{operator} is not marked"
        assert depth == 0
        parents = tree[int(page.StructParents)]
        assert len(parents) == len(marks)
        assert all(parent.get("/Type") == "/StructElem" for parent in parents)


def test_headings_lists_and_figures_are_what_they_look_like(pdf: pikepdf.Pdf) -> None:
    """One H1, an H2 a section and panel, labels in pairs with bodies, a figure put in words."""
    roles = [str(e.S) for e in elements(pdf)]
    deck = relations()
    assert roles.count("/H1") == 1
    printed = {fact.topic for fact in on_sheet(deck) if not fact.glossary}
    assert roles.count("/H2") + roles.count("/H3") == len(printed) + 1 + 3  # one is a part's
    assert roles.count("/Lbl") == roles.count("/LBody") == roles.count("/LI")
    (figure,) = [e for e in elements(pdf) if e.S == "/Figure"]
    for part in ("Trade Treaty", "1939", "Customs Union"):
        assert part in str(figure.Alt)


def test_every_font_is_embedded(pdf: pikepdf.Pdf) -> None:
    """The sheet looks the same on every machine, and its text can be read back."""
    fonts = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"
    ]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.FontDescriptor


def test_bookmarks_lead_to_the_sections(pdf: pikepdf.Pdf) -> None:
    """The outline names the sheet and each of its sections."""
    with pdf.open_outline() as outline:
        (top,) = outline.root
        titles = [str(item.title) for item in top.children]
        inner = [str(item.title) for item in top.children[0].children]
    assert titles[:2] == ["The four agreements", "Why good relations?"]
    assert inner[:2] == ["Trade Treaty", "Rapallo Agreement"]
    assert "People and terms" in titles


def test_what_is_continued_moves_with_what_is_moved() -> None:
    """The head that a table repeats in another column stands above its columns there, too."""
    drawn: list[tuple[str, float]] = []
    canvas = TaggedCanvas(io.BytesIO(), Element("Document"), (100.0, 100.0), "blank")
    head = Strip(1.0, lambda _, left, __: drawn.append(("head", left)))
    rows = [Strip(1.0, lambda _, left, __: drawn.append(("row", left)), again=head) for _ in "ab"]
    for row in shifted(shifted(rows, 10.0), 5.0):
        assert row.again
        row.draw(canvas, 1.0, 0.0)
        row.again.draw(canvas, 1.0, 0.0)
    assert drawn == [("row", 16.0), ("head", 16.0)] * 2


@pytest.mark.parametrize(
    "address", ["https://example.org/blue", "https://en.org/wiki/Blue_(colour)"]
)
def test_a_link_is_tagged_and_leads_there(address: str) -> None:
    """A link in a fact is a Link element with its words, and an annotation with its address."""
    source = SMALL.replace('"blue"', f'"[blue]({address}) mostly"')
    deck, problems = read_bytes(source.encode(), "link.toml")
    assert deck, problems
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    pdf = pikepdf.open(io.BytesIO(data))
    (link,) = [e for e in elements(pdf) if e.S == "/Link"]
    assert {str(k.get("/Type")) for k in link.K if isinstance(k, pikepdf.Dictionary)} == {"/OBJR"}
    (annotation,) = pdf.pages[0].Annots
    assert str(annotation.A.URI) == address


def test_lines_around_a_link_are_read_in_order() -> None:
    """Lines that follow on each other are one marked sequence, but none goes on within a link."""
    words = [f"{'many words that fill ' * 4}{'a' * n}" for n in range(1, 30)]
    facts = [f"{before} [blue](https://example.org/) {before}" for before in words]
    source = SMALL + "".join(
        f'[[topic.fact]]\nid = "f{n}"\nquestion = "Which {n}?"\nanswer = "{answer}"\n'
        for n, answer in enumerate(facts)
    )
    deck, problems = read_bytes(source.encode(), "link.toml")
    assert deck, problems
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    said = [tag for tag in pdftext.structure(data).all("LBody") if tag.links]
    for before, tag in zip(words, said, strict=True):
        assert f"{before} blue {before}" in tag.words
        assert [link.strip() for link in tag.links] == ["blue"]
    pdf = pikepdf.open(io.BytesIO(data))
    marks = [sum(isinstance(kid, int) for kid in e.K) for e in elements(pdf) if e.S == "/LBody"]
    assert max(marks) < 6
