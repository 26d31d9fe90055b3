"""The timeline: an axis that is true, labels that can all be read, and the same as a list."""

from __future__ import annotations

import io
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pypdf
import pytest
from conftest import NOW, ROOT
from filed import filed
from hypothesis import given, settings
from hypothesis import strategies as st
from pdftext import structure
from test_handouts import made, pages, verified

from deckbuilder.choice import Choice
from deckbuilder.model import Deck, Printing, on_sheet
from deckbuilder.phrases import ENGLISH, PHRASES, Phrases
from deckbuilder.read import read, read_bytes
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import plain, words
from deckbuilder.when import When, read_when
from deckbuilder.writers.pdf import sheet, timeline, timeline_labels
from deckbuilder.writers.pdf import theme as theme_
from deckbuilder.writers.pdf.axis import Figure, Side, arranged
from deckbuilder.writers.pdf.columns import split
from deckbuilder.writers.pdf.drafts import Flag
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.fonts import width
from deckbuilder.writers.pdf.strips import Strip, draw_all
from deckbuilder.writers.pdf.tagged import About, TaggedCanvas
from deckbuilder.writers.pdf.theme import Theme
from deckbuilder.writers.pdf.theme_timeline import (
    APART,
    EVENT,
    HIGHEST,
    MEASURES,
    MOST,
    STEM_SPACE,
    TICK,
    TICK_ROOM,
)
from deckbuilder.writers.pdf.timeline_labels import Entry, Label, mark, spans
from deckbuilder.writers.pdf.timescale import Scale, Tick, make_scale

Dated = tuple[int | str, str]
Period = tuple[str, int | str, int | str]  # title, from, to
WORDS = ["war", "peace", "treaty", "king", "revolt", "crisis", "union", "law", "constitution"]

LARGE = Theme(18, Printing(profile="large"))  # this one has no room for an axis across the page


# ---------------------------------------------------------------------------- sources


def toml(value: int | str) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def deck_of(
    topics: Sequence[Dated] = (),
    events: Sequence[Dated] = (),
    periods: Sequence[Period] = (),
    language: str = "en",
) -> Deck:
    """Return a deck with these times: topics, events of an undated topic, periods."""
    text = (
        f'[deck]\nid = "x"\ntitle = "X"\nanki = "X"\nversion = "1.0.0"\nlanguage = "{language}"\n'
    )
    for title, start, end in periods:
        text += f'[[period]]\ntitle = "{title}"\nfrom = {toml(start)}\nto = {toml(end)}\n'
    text += '[[topic]]\nid = "none"\ntitle = "Undated"\n'
    text += '[[topic.fact]]\nid = "fact"\ncloze = "A {{fact}}."\n'
    for n, (when, title) in enumerate(events):
        text += f'[[topic.fact]]\nid = "e{n}"\nevent = "{title}."\nwhen = {toml(when)}\n'
    for n, (when, title) in enumerate(topics):
        text += f'[[topic]]\nid = "t{n}"\ntitle = "{title}"\nwhen = {toml(when)}\n'
        text += f'[[topic.fact]]\nid = "f{n}"\ncloze = "What {{{{happened}}}}."\n'
    deck, problems = read_bytes(text.encode(), "x.toml")
    assert deck, problems
    return deck


def some(count: int, first: int, last: int, *, words: tuple[int, int] = (2, 7)) -> list[Dated]:
    """Return so many things of these years, always the same ones."""
    chance = random.Random(count * 10_000 + last - first)
    years = [first, last, *(chance.randint(first, last) for _ in range(count - 2))]
    return [
        (year or 1, " ".join(chance.choice(WORDS) for _ in range(chance.randint(*words))))
        for year in years
    ]


def relations() -> Deck:
    deck, problems = read(ROOT / "source" / "relations.toml")
    assert deck, problems
    return deck


SOURCES = {
    "relations": relations(),
    "three": deck_of(some(1 + 1, 1914, 1917), some(2, 1914, 1918)[:1], [("War", 1914, 1918)]),
    "a decade, eight": deck_of(some(4, 1789, 1799), some(4, 1789, 1799), [("Revolt", 1789, 1795)]),
    "a century, twenty": deck_of(
        some(8, 1815, 1914), some(12, 1815, 1914), [("Old", 1815, 1848), ("New", 1848, 1914)]
    ),
    "three centuries, forty": deck_of(
        some(14, 1500, 1800, words=(2, 4)), some(26, 1500, 1800), [("Wars", 1517, 1648)]
    ),
    "forty topics": deck_of(some(40, 1000, 1900)),
    "two millennia, BC": deck_of(
        some(6, -753, 1453),
        [*some(8, -700, 1200), ("c. 1500–1450 BC", "Minos"), ("5th century BC", "Athens")],
        [("Kingdom", -753, -509), ("Republic", -509, -27), ("Empire", -27, 476)],
    ),
    "one year": deck_of([(1914, "One"), (1914, "Two")], [(1914, "Three"), (1914, "Four")]),
    "one year, twenty": deck_of([(1914, f"Thing {n}") for n in range(20)]),
    "one year after two millennia": deck_of(
        [(-100, "Long before"), *((1914, f"Thing {n}") for n in range(11))],
        [(1915, f"Another thing {n}") for n in range(12)],
    ),
    "one day": deck_of([("3 May 1808", "One")], [("3 May 1808", "Two"), ("3 May 1808", "Three")]),
    "days": deck_of(
        [("16 October 1962", "Told"), ("28 October 1962", "Over")],
        [("26–28 October 1962", "Letters"), ("24 October 1962", "The line")],
    ),
    "months": deck_of(
        [("February 1917", "The Tsar abdicates"), (1917, "A year of war")],
        [("3 April 1917", "Lenin returns"), ("March 1918", "Brest-Litovsk")],
    ),
    "long words": deck_of(
        [(1900, "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 2)],
        [(1901 + n, "Nichtangriffspaktverhandlungsführer " * 4 + "und") for n in range(9)],
    ),
    "two periods that overlap": deck_of(
        [(1517, "Theses"), (1618, "War")],
        [(1572, "Massacre")],
        [("Reformation", 1517, 1600), ("Dutch revolt", 1568, 1648), ("Truce", 1609, 1621)],
    ),
    "periods too short for their titles": deck_of(
        [(1, "First")],
        [(2000, "Last")],
        [("The long reign of a king", 900, 903), ("The short one", 903, 904)],
    ),
    "a crowd, and a title without room": deck_of(
        some(28, 1500, 1800), periods=[("The short reign of a king", 1600, 1601)]
    ),
    "German": deck_of(
        [("um 500 v. Chr.", "Perserkriege"), (9, "Varusschlacht")],
        [
            ("1. Jahrhundert", "Romanisierung"),
            ("Mai 70 n. Chr.", "Eroberung"),
            ("um 300", "Verfolgung"),
        ],
        [("Republik", -509, -27), ("Kaiserzeit", -27, 476)],
        language="de",
    ),
}
EVERY = pytest.mark.parametrize("name", SOURCES)
BASES = (8.5, 9.5, 11.0)


def rows(deck: Deck) -> tuple[list[Entry], list[Entry]]:
    return timeline._dated(deck), timeline.period_entries(deck.periods)


def figure_of(deck: Deck, base: float = 9.5) -> Figure:
    figure = arranged(*rows(deck), Theme(base), deck.phrases)
    assert figure
    return figure


# ---------------------------------------------------------------------------- labels


def sides(figure: Figure) -> tuple[Side, Side]:
    return figure.above, figure.below


def box(label: Label, side: Side) -> tuple[float, float, float, float]:
    """Return left, right, near and far: where a label is, seen from the axis."""
    near = side.levels[label.placed.level]
    left = label.placed.left
    return left, left + label.placed.flag.wide, near, near + label.placed.flag.tall


def apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    beside = one[1] <= two[0] + 0.01 or two[1] <= one[0] + 0.01
    return beside or one[3] <= two[2] + 0.01 or two[3] <= one[2] + 0.01


def check(figure: Figure) -> None:
    """Assert all that makes a figure readable."""
    base, wide = figure.theme.base, figure.theme.width
    words_end = figure.below.fan[0] - TICK_ROOM * base + (TICK + 0.79 * 1.25) * base
    assert figure.height <= HIGHEST * figure.theme.paper[1]
    for side in sides(figure):
        boxes = [box(label, side) for label in side.labels]
        for one, two in itertools.combinations(boxes, 2):
            assert apart(one, two), "labels overlap"
        for label, (left, right, near, far) in zip(side.labels, boxes, strict=True):
            assert -0.01 <= left <= right <= wide + 0.01, "a label leaves the figure"
            assert far <= side.height + 0.01, "a label leaves the figure"
            assert near > side.fan[1], "a label lies where stems move aside"
            assert side is figure.above or near >= words_end, "a label lies on ticks"
            assert left - 0.01 <= label.placed.stem <= right + 0.01, "a stem misses its label"
            leading = 1.17 * 0.87 * label.size
            assert leading * len(label.lines) <= far - near + 0.01, "lines leave their label"
            most = max(line.width for line in label.lines) * label.size
            assert most + STEM_SPACE <= right - left + 0.01, "words leave their label"
            for run in (run for line in label.lines for run in line.runs):
                assert run.hand.size * label.size >= 6.49
            for other, (from_, to, _, beyond) in zip(side.labels, boxes, strict=True):
                if other is not label and beyond <= near:
                    stem = label.placed.stem
                    assert not from_ < stem < to, "a stem runs through words"
        stems = [label.placed.stem for label in side.labels]
        assert stems == sorted(stems), "stems cross"
        times = [label.placed.flag.x for label in side.labels]
        assert times == sorted(times)


@EVERY
@pytest.mark.parametrize("base", BASES)
def test_labels_can_all_be_read(name: str, base: float) -> None:
    """No two labels overlap, none leaves the figure, lies on ticks or under another's stem."""
    check(figure_of(SOURCES[name], base))


@EVERY
@pytest.mark.parametrize("base", BASES)
def test_nothing_is_dropped(name: str, base: float) -> None:
    """Every entry has a label with its date and all its words; every period a band and a title."""
    deck = SOURCES[name]
    entries, periods = rows(deck)
    figure = figure_of(deck, base)
    labels = [label for side in sides(figure) for label in side.labels]
    in_bands = [band.entry for band in figure.bands if band.lines]
    assert sorted(map(id, [*entries, *periods])) != []
    shown = [(e.date, e.text) for e in (*(label.entry for label in labels), *in_bands)]
    assert sorted(map(repr, shown)) == sorted(repr((e.date, e.text)) for e in (*entries, *periods))
    for label in labels:
        date = "" if label.entry in periods else label.entry.date
        assert squeezed(said(label.lines)) == squeezed(date + plain(label.entry.text))
    for band in figure.bands:
        assert squeezed(said(band.lines)) in (squeezed(plain(band.entry.text)), "")


def said(lines: Sequence[object]) -> str:
    return "".join(run.text for line in lines for run in line.runs)  # type: ignore[attr-defined]


def squeezed(text: str) -> str:
    """Return the text without its spaces: lines end and words are cut where they may."""
    return re.sub(r"\s", "", text)


when_ = st.one_of(
    st.integers(-3000, 2100).filter(bool),
    st.integers(1900, 1910),
    st.builds("{} {} {}".format, st.integers(1, 28), st.sampled_from(ENGLISH.months),
              st.integers(1914, 1915)),
    st.builds("{}–{}".format, st.integers(1000, 1500), st.integers(1501, 2000)),
    st.builds("{}th century".format, st.integers(4, 19)),
)  # fmt: skip
title_ = st.lists(
    st.sampled_from([*WORDS, "Nichtangriffspaktverhandlungen"]), min_size=1, max_size=8
)
dated_ = st.tuples(when_, title_.map(" ".join))
period_ = st.tuples(st.just("Time of"), st.integers(1, 1500), st.integers(1501, 2000))


@settings(max_examples=50)
@given(
    st.lists(dated_, min_size=2, max_size=16),
    st.lists(dated_, max_size=14),
    st.lists(period_, max_size=3),
)
def test_whatever_the_dates_are(
    topics: list[Dated], events: list[Dated], periods: list[Period]
) -> None:
    """Any dates and words give a figure that can be read, or else a list, with every entry."""
    deck = deck_of(topics, events, periods)
    figure = arranged(*rows(deck), Theme(9.5), deck.phrases)
    if figure is None:  # too many words for half a page
        _, strips = timeline.timeline(deck, Theme(9.5), Element("Document"))
        assert len(strips) == len(topics) + len(events) + len(periods) > 15
        return
    check(figure)
    unfit = sum(not band.lines for band in figure.bands)
    assert sum(len(side.labels) for side in sides(figure)) == len(topics) + len(events) + unfit


def test_topics_stand_above_and_events_below() -> None:
    """Where there is room, the side of a label tells what it is."""
    figure = figure_of(SOURCES["a decade, eight"])
    assert {label.entry.look.above for label in figure.above.labels} == {True}
    assert {label.entry.look.above for label in figure.below.labels} == {False}


def test_a_crowd_spills_to_the_other_side() -> None:
    """Of many topics in few years some stand below: neither side has more than three levels."""
    figure = figure_of(deck_of(some(24, 1910, 1916, words=(3, 4))), 9.0)
    assert figure.below.labels
    assert max(len(side.levels) for side in sides(figure)) <= 3


def test_a_crowd_is_spread_over_both_sides() -> None:
    """Events alone, more than fit below, are not piled up there until there is no room at all."""
    events = [(1704 + 5 * n, f"Experiment {n} was repeated") for n in range(46)]
    figure = figure_of(deck_of([], events))
    check(figure)
    assert min(len(side.labels) for side in sides(figure)) > 15


@pytest.mark.parametrize("base", BASES[:2])
@pytest.mark.parametrize("count", [36, 46, 52])
def test_a_crowd_at_even_times_has_a_figure(base: float, count: int) -> None:
    """Labels a fifth as far apart as they are wide still find their places, in groups."""
    events = [(1704 + 5 * n, f"Experiment {n} was repeated") for n in range(count)]
    figure = figure_of(deck_of([], events), base)
    check(figure)
    assert sum(len(side.labels) for side in sides(figure)) == count


def test_stems_are_straight_where_there_is_room() -> None:
    """A label that has no neighbour near stands at its time."""
    for side in sides(figure_of(SOURCES["relations"])):
        for label in side.labels:
            assert label.placed.stem == pytest.approx(label.placed.flag.x)


def deck_of_a_topic() -> Deck:
    """Return a deck with a topic of 1922, an event of that year and one that is later."""
    text = '[deck]\nid = "x"\ntitle = "X"\nanki = "X"\nversion = "1.0.0"\nlanguage = "en"\n'
    text += '[[topic]]\nid = "t"\ntitle = "Rapallo"\nwhen = 1922\n'
    text += '[[topic.fact]]\nid = "f1"\nevent = "Signed."\nwhen = 1922\n'
    text += '[[topic.fact]]\nid = "f2"\nevent = "Extended."\nwhen = 1926\n'
    text += 'statement = "*Berlin* {{extended}} it at H~2~O."\n'
    deck, problems = read_bytes(text.encode(), "x.toml")
    assert deck, problems
    return deck


SHARED = [("1922", "Rapallo"), ("1922", "Signed"), ("1926", "Berlin extended it at H2O")]


def test_an_event_at_its_topics_time_has_its_date() -> None:
    """On the axis it stands on the other side, maybe below the date of another."""
    entries, _ = rows(deck_of_a_topic())
    assert [(entry.date, plain(entry.text)) for entry in entries] == SHARED
    figure = figure_of(deck_of_a_topic())
    (topic,), (event, _) = figure.above.labels, figure.below.labels
    assert topic.placed.stem == event.placed.stem
    assert "".join(run.text for line in event.lines for run in line.runs) == "1922Signed"
    told = timeline._in_words(deck_of_a_topic(), entries, [])
    assert "1922: Rapallo; 1922: Signed; 1926: Berlin" in told


@pytest.mark.parametrize("profile", ["standard", "large"])
def test_the_sheet_and_the_poster_have_the_event_of_a_topics_year(
    tmp_path: Path, profile: str
) -> None:
    """On the sheet with its year, on the poster with its number, in the figure and in the list."""
    text = deck_of_a_topic().source.text
    made(tmp_path, text.encode(), Choice(), handouts=("poster", "organiser"), profile=profile)
    assert verified(tmp_path) == ()
    sheet, poster, organiser = (
        " ".join(pages((tmp_path / "out" / f"deck{name}.pdf").read_bytes()))
        for name in ("", "-poster", "-organiser")
    )
    assert "1 1922 Signed." in sheet
    assert re.search(r"1922 (X )?Rapallo.*1\s+1922\s+(X )?Signed", poster)
    assert re.search(r"1 Signed\.", organiser)  # its topic's date is asked for


def test_a_label_keeps_its_marks_but_no_key_words() -> None:
    """Italics and subscripts are set as written; what is to be learned is not bold here."""
    *_, label = figure_of(deck_of_a_topic()).below.labels
    _, *words = label.lines  # the date comes first
    faces = {run.hand.face for line in words for run in line.runs}
    assert faces == {"Sans", "Sans-Italic"}
    assert any(run.hand.rise < 0 for line in words for run in line.runs)


@pytest.mark.parametrize(
    ("language", "event", "said"),
    [
        ("en", "It moves to Rome.", "It moves to Rome"),
        ("en", "It falls by 1.5.", "It falls by 1.5"),
        ("en", "It is the **end**.", "It is the end"),
        ("en", "It moves to Washington D.C.", "It moves to Washington D.C."),
        ("en", "It waits and then ...", "It waits and then ..."),
        ("en", "It is bought by Smith & Co.", "It is bought by Smith & Co."),
        ("en", "It is shot by Deco.", "It is shot by Deco"),
        ("de", "Caesar lebt bis 44 v. Chr.", "Caesar lebt bis 44 v. Chr."),
        ("de", "Caesar lebt bis 44 v. Chr.", "Caesar lebt bis 44 v. Chr."),
        ("de", "Es beginnt das 16. Jh.", "Es beginnt das 16. Jh."),
        ("de", "Es kostet 5 Mio.", "Es kostet 5 Mio."),
        ("de", "Er sieht Rom, Athen usw.", "Er sieht Rom, Athen usw."),
        ("de", "Er gründet Meier & Co.", "Er gründet Meier & Co."),
        ("de", "Er heiratet Fr. Chr.", "Er heiratet Fr. Chr"),
        ("fr", "Il voit Rome, Athènes, etc.", "Il voit Rome, Athènes, etc."),
        ("es", "Vive hasta 44 a. C.", "Vive hasta 44 a. C."),
        ("es", "Va a los EE. UU.", "Va a los EE. UU."),
        ("es", "Llega a las 5 p. m.", "Llega a las 5 p. m."),
    ],
)
def test_a_label_has_no_full_stop_but_that_of_an_abbreviation(
    language: str, event: str, said: str
) -> None:
    """What closes a sentence closes no label; what is part of a word, or of a language, stays."""
    deck = deck_of([], [(1900, event.removesuffix("."))], language=language)
    assert plain(rows(deck)[0][0].text) == said


# ---------------------------------------------------------------------------- periods


@EVERY
def test_no_band_hides_another(name: str) -> None:
    """Bands that overlap in time are in different rows; what is in no period is in no band."""
    figure = figure_of(SOURCES[name])
    for one, two in itertools.combinations(figure.bands, 2):
        beside = one.right <= two.left + 0.01 or two.right <= one.left + 0.01
        assert beside or abs(one.base - two.base) >= min(one.tall, two.tall) - 0.01
    for band in figure.bands:
        assert -0.01 <= band.left < band.right <= figure.theme.width + 0.01
        assert band.base + band.tall <= figure.bar + 0.01
        assert all(line.width * band.size < band.right - band.left for line in band.lines)


def test_bands_meet_and_leave_gaps() -> None:
    """ "to 1930" is where "from 1930" begins; between 1940 and 1950 the axis stays white."""
    periods: list[Period] = [("A", 1919, 1930), ("B", 1930, 1940), ("C", 1950, 1960)]
    a, b, c = figure_of(deck_of([(1919, "x"), (1960, "y")], periods=periods)).bands
    assert a.right == b.left < b.right < c.left
    assert a.tint != b.tint


def test_a_period_holds_its_last_year_where_no_other_begins() -> None:
    """One of 1789 to 1789 and one to 1790 are not alike; the list marks what happened then, too."""
    bands = figure_of(
        deck_of(
            [(1785, "x"), (1800, "y")],
            periods=[("A", 1786, 1786), ("B", 1789, 1789), ("C", 1791, 1792), ("D", 1795, 1796)],
        )
    ).bands
    long = [round(band.entry.stretch[1] - band.entry.stretch[0]) for band in bands]
    assert long == [1, 1, 2, 2]
    one, _, two, _ = (band.right - band.left for band in bands)
    assert two == pytest.approx(2 * one)
    meeting = deck_of([], periods=[("A", 1780, 1789), ("B", "April 1789", 1790)])
    first, second = timeline.period_entries(meeting.periods)
    assert first.stretch[1] == second.stretch[0]
    assert second.stretch[1] == 1791.0


def test_a_long_date_parts_before_its_year() -> None:
    """No label's line ends within an era or between a day and its month."""
    long = Entry((0.0, 0.1), "24 septembre 480 av. J.-C.", words("x"), EVENT, number="13")
    for measure in (7.2, 8.0, 10.0):
        lines = [
            "".join(r.text for r in line.runs)
            for line in timeline_labels._lines(long, measure, Theme(1.0))
        ]
        assert [line.replace("\u00a0", " ") for line in lines] == [
            "13\u200224 septembre", "480 av. J.-C.", "x",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "whole"),
    [
        (f"Internationale Arbeitsorganisation und {'Donaudampfschiff' * 2} beginnen", [0, 1]),
        (r"Internationalisation of $\mathrm{Ca_{10}(PO_4)_6(OH)_2}$ begins", [0]),
        (r"Internationalisation with $\frac{a}{b} = \frac{cc}{dd}$ begins", [0]),
    ],
)
def test_a_label_cuts_no_word_that_has_room(event: str, whole: list[int]) -> None:
    """Not for a longer word that is cut, nor for the letters of a formula's TeX."""
    for measure in MEASURES:
        entry = Entry((0.0, 1.0), "1921", parse(event), EVENT)
        rows = [
            "".join(run.text for run in line.runs)
            for line in timeline_labels._lines(entry, measure, Theme(1.0))
        ]
        for number in whole:
            assert any(event.split()[number] in row for row in rows), rows


def test_a_period_that_ends_with_a_century_holds_all_of_it() -> None:
    """What is longer than a year is held to its end, and a period of one year has a width."""
    periods: list[Period] = [("A", "16th century", "17th century"), ("B", 1850, 1850)]
    a, b = figure_of(deck_of([(1500, "x"), (1900, "y")], periods=periods)).bands
    assert a.entry.stretch[1] == 1701
    assert b.right > b.left


def test_a_title_too_long_for_its_band_is_a_label() -> None:
    """It stands beside the axis, at the middle of its band."""
    figure = figure_of(SOURCES["periods too short for their titles"])
    labels = {plain(label.entry.text): label for label in figure.below.labels}
    for band in figure.bands:
        assert not band.lines
        label = labels[plain(band.entry.text)]
        assert label.placed.flag.x == pytest.approx((band.left + band.right) / 2)


# ---------------------------------------------------------------------------- the scale


def scale_of(first: int | str, last: int | str, say: Phrases = ENGLISH) -> Scale:
    whens = [read_when(value, say) for value in (first, last)]
    marks = [(when.start, when.end) for when in whens if when]
    assert len(marks) == 2
    return make_scale(marks, (), 516.0, say, partial(wide, 7.5))


def shown(scale: Scale) -> list[Tick]:
    return [tick for tick in scale.ticks if tick.words]


RANGES: list[tuple[int | str, int | str]] = [
    (1914, 1914), (1914, 1915), (1914, 1918), (1919, 1939), (1900, 1924), (1815, 1914),
    (1492, 1789), (1, 1000), (-753, 476), (-3000, -1000), (-1000, 2000), (-9999, 9999), (-1, 1),
    (-3, 4), ("May 1945", "August 1945"), ("January 1917", "March 1918"), ("May 1914", "May 1919"),
    ("3 May 1808", "3 May 1808"), ("14 October 1962", "28 October 1962"),
    ("28 June 1914", "4 August 1914"), ("30 December 1899", "2 January 1900"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last"), RANGES)
@pytest.mark.parametrize("say", PHRASES.values(), ids=PHRASES)
def test_ticks_are_few_and_apart(first: int | str, last: int | str, say: Phrases) -> None:
    """Five to twelve ticks have words; these stay on the axis and do not touch."""
    if isinstance(first, str):
        first, last = (in_words(value, say) for value in (first, str(last)))
    scale = scale_of(first, last, say)
    ticks = shown(scale)
    assert 5 <= len(ticks) <= 12
    for one, two in itertools.pairwise(ticks):
        assert one.left + one.wide < two.left
    assert all(tick.left >= 0 and tick.left + tick.wide <= 516.01 for tick in ticks)
    assert all(0 <= tick.x <= 516.01 for tick in scale.ticks)


def in_words(date: str, say: Phrases) -> str:
    """Return an English date with the month's name of another language."""
    for english, own in zip(ENGLISH.months, say.months, strict=True):
        date = re.sub(rf"\b{english}\b", own, date)
    return date


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-1000, 1000, "1000 BC,800 BC,600 BC,400 BC,200 BC,1,200,400,600,800,1000"),
        (-3, 4, "3 BC,2 BC,1 BC,1,2,3,4"),
        (-9, 9, "8 BC,6 BC,4 BC,2 BC,2,4,6,8"),
        (1919, 1939, "1920,1922,1924,1926,1928,1930,1932,1934,1936,1938"),
        ("October 1917", "March 1918", "October,November,December,1918,February,March"),
        ("30 January 1900", "3 February 1900", "30,31,February,2,3"),
        ("25 June 1914", "5 July 1914", "25,26,27,28,29,30,July,2,3,4,5"),
        ("after 1930", "before 1936", "1931,1932,1933,1934,1935"),
    ],
)
def test_ticks_stand_at_round_times(first: int | str, last: int | str, words: str) -> None:
    """BC is round, too (500, not 501); there is no year 0; months and days have their names."""
    assert [tick.words for tick in shown(scale_of(first, last))] == words.split(",")


def test_ticks_stand_where_their_words_say() -> None:
    """Each tick is where an entry of the same date would be."""
    for first, last in ((-1000, 1000), (-3, 4), (1900, 1999)):
        scale = scale_of(first, last)
        for tick in shown(scale):
            when = read_when(tick.words, ENGLISH)
            assert when
            assert tick.x == pytest.approx(scale.x(when.start))


def test_ticks_speak_the_decks_language() -> None:
    """German ticks before Christ say so in German."""
    ticks = shown(figure_of(SOURCES["German"]).scale)
    assert "400 v. Chr." in [tick.words for tick in ticks]


def test_a_range_is_a_span_and_a_year_a_point() -> None:
    """Decades, centuries and ranges are drawn from their start to their end, years as points."""
    whens = {
        "1919–33": True,
        "1930s": True,
        "16th century": True,
        "1600": False,
        "after 1700": False,
    }
    deck = deck_of([(when, f"x {n}") for n, when in enumerate(whens)], [(1500, "a"), (2000, "b")])
    figure = figure_of(deck)
    for entry in rows(deck)[0]:
        if entry.date in whens:
            assert spans(entry, figure.scale, figure.theme.base) is whens[entry.date]
            side = next(s for s in sides(figure) if entry in [label.entry for label in s.labels])
            assert (entry.stretch in side.spans) is whens[entry.date]


@pytest.mark.parametrize("name", ["relations", "a decade, eight", "days", "German"])
def test_large_labels_are_further_apart(name: str) -> None:
    """On a poster those on one level are no more like two parts of a sentence than on a sheet."""
    deck = SOURCES[name]
    for apart in (0.0, 1.2):
        theme = replace(Theme(15), printing=Printing(paper="A3 across"))
        figure = arranged(*rows(deck), theme, deck.phrases, (0.8, 0.8), apart=apart)
        assert figure
        for side in sides(figure):
            for level in range(len(side.levels)):
                own = [label for label in side.labels if label.placed.level == level]
                own.sort(key=lambda label: label.placed.left)
                for one, two in itertools.pairwise(own):
                    end = one.placed.left + one.placed.flag.wide
                    assert two.placed.left - end >= max(APART, apart * one.size) - 0.01
                    assert one.placed.left >= -0.01
                    assert two.placed.left + two.placed.flag.wide <= figure.scale.width + 0.01


@pytest.mark.parametrize("count", [1, 8, 30])
def test_no_date_is_parted_where_it_has_room(count: int) -> None:
    """A label may be wider for its date, which is no higher then, also where there are many."""
    dates = [(f"{day + 1} de noviembre de 1975", "Muere Franco") for day in range(count)]
    figure = figure_of(deck_of([], [(1931, "Uno"), *dates], language="es"))
    assert all(len(label.lines) == 2 for side in sides(figure) for label in side.labels)


def test_a_span_is_what_lasts_longer_than_the_step() -> None:
    """Where the axis has years a year is a point; where it has months it lasts twelve of them."""
    for others, lasts in (([(1920, "a"), (1930, "b")], False), ([("May 1923", "a")], True)):
        figure = figure_of(deck_of([*others, (1922, "year")]))
        (year,) = [label for label in figure.above.labels if plain(label.entry.text) == "year"]
        assert spans(year.entry, figure.scale, figure.theme.base) is lasts


def test_spans_that_overlap_lie_apart() -> None:
    """Two wars at a time are two lines."""
    deck = deck_of([("1900–20", "A"), ("1910–30", "B"), ("1925–40", "C")])
    spans_ = figure_of(deck).above.spans
    assert spans_[1900, 1921] != spans_[1910, 1931]
    assert spans_[1910, 1931] != spans_[1925, 1941]


def test_labels_keep_the_order_of_time() -> None:
    """On an axis, what is later is never further left."""
    figure = figure_of(SOURCES["two millennia, BC"])
    for entry in rows(SOURCES["two millennia, BC"])[0]:
        assert 0 <= mark(entry, figure.scale) <= figure.theme.width + 0.01
    for one, two in itertools.pairwise([-753, -44, 1, 1, 476, 1453]):
        assert figure.scale.x(one) <= figure.scale.x(two)


# ---------------------------------------------------------------------------- what there is


@pytest.mark.parametrize(
    ("topics", "periods", "there"),
    [(0, 0, False), (1, 0, False), (0, 1, False), (1, 1, True), (0, 2, True), (2, 0, True)],
)
def test_there_is_a_timeline_of_two_things_at_least(topics: int, periods: int, there: bool) -> None:
    """One time alone is no timeline; one with a period is."""
    bands = [(f"P{n}", 1900 + 10 * n, 1910 + 10 * n) for n in range(periods)]
    deck = deck_of([(1905 + n, "x") for n in range(topics)], periods=bands)
    root = Element("Document")
    assert any(timeline.timeline(deck, Theme(9.5), root)) is there
    assert bool(root.first) is there


@EVERY
def test_the_alternative_text_is_complete(name: str) -> None:
    """It has every period and entry with its date, in the order of time, and a name."""
    deck = SOURCES[name]
    root = Element("Document")
    timeline.timeline(deck, Theme(9.5), root)
    (figure,) = children(root)
    assert figure.role == "Figure"
    entries, periods = rows(deck)
    rest = figure.alt
    assert rest.startswith(f"{deck.phrases.timeline}. ")
    for said_ in (
        *(f"{plain(p.text)}: {p.date}" for p in periods),
        *(f"{e.date}: {plain(e.text)}" for e in entries),
    ):
        _, found, rest = rest.partition(said_)
        assert found
    assert len(entries) + len(periods) == len(deck.periods) + sum(1 for _ in dated_things(deck))
    starts = [entry.stretch[0] for entry in entries]
    assert starts == sorted(starts)


def dated_things(deck: Deck) -> Iterator[When]:
    own = {topic.id: topic.when for topic in deck.topics}
    yield from (topic.when for topic in deck.topics if topic.when)
    for fact in deck.facts:
        when = fact.parts.when
        if fact in on_sheet(deck) and when and when != own[fact.topic]:
            yield when


# ---------------------------------------------------------------------------- the page


@EVERY
def test_what_is_drawn_is_in_the_pdf(name: str) -> None:
    """Every date, word, title and tick can be read out of the page, none glued to the next."""
    deck = SOURCES[name]
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    (figure,) = structure(data).all("Figure")
    words = figure.words.split()
    entries, periods = rows(deck)
    for entry in entries:
        assert f" {entry.date} " in f" {' '.join(words)} "
    for row in (*entries, *periods):
        text = plain(row.text)
        if "schaft" not in text and "verhandlung" not in text:  # which are cut
            assert set(text.split()) <= set(words)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    for row in (*entries, *periods):
        assert squeezed(plain(row.text)) in squeezed(figure.words)
        assert row.look is not None
        assert squeezed(row.date) in squeezed(text) or row in periods
    allowed = "".join([plain(r.text) + r.date for r in (*entries, *periods)])
    ticks = {word for tick in figure_ticks(deck) for word in tick.split()}
    for word in words:
        assert word in ticks or word in allowed, "this is not in the text"


def figure_ticks(deck: Deck) -> set[str]:
    """Return the words of ticks at any size that the sheet may be set in."""
    entries, periods = ([row.stretch for row in some] for some in rows(deck))
    found = set()
    for step in range(52):
        tick = Theme(8.5 + step / 20).style("tick")
        scale = make_scale(entries, periods, Theme(9).width, deck.phrases, partial(wide, tick.size))
        found |= {each.words for each in shown(scale)}
    return found


def wide(size: float, text: str) -> float:
    return width(text, "Sans") * size


def pages_of(deck: Deck, theme: Theme) -> tuple[bytes, list[Strip], int]:
    """Draw a timeline down as many pages as it needs."""
    root = Element("Document")
    figure, rows_ = timeline.timeline(deck, theme, root)
    strips = [*figure, *rows_]
    out = io.BytesIO()
    canvas = TaggedCanvas(out, root, theme.paper, "blank")
    rest: Sequence[Strip] = strips
    count = 0
    while rest:
        column, rest = split(rest, theme.paper[1] - theme.top - theme.foot, 1)
        draw_all(column, canvas, theme.margin, theme.paper[1] - theme.top)
        canvas.showPage()
        count += 1
    canvas.save(About("t", "s", "k", "en", 0))
    return out.getvalue(), strips, count


def boxes_drawn(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Return left, right, foot and head of each line of words that a page shows."""
    found, fonts, origins = [], page.Resources.Font, [(0.0, 0.0)]
    x = y = size = long = 0.0
    for step in pikepdf.parse_content_stream(page, "q Q cm Td Tf Tj ET"):
        match str(step.operator), list(step.operands):
            case "q", _:
                origins.append(origins[-1])
            case "Q", _:
                origins.pop()
            case "cm", [*_, across, up]:
                origins[-1] = origins[-1][0] + float(across), origins[-1][1] + float(up)
            case "Td", [across, up]:
                x, y = origins[-1][0] + float(across), origins[-1][1] + float(up)
                long = 0.0
            case "Tf", [name, points]:
                size = float(points)
                font = fonts[str(name)]
            case "Tj", [string]:
                codes = bytes(string).rstrip(b" ")
                widths, first = font.Widths, int(font.FirstChar)
                long += sum(float(widths[code - first]) for code in codes) * size / 1000
            case "ET", _:
                found.append((x, x + long, y - 0.2 * size, y + 0.72 * size))
    return found


@EVERY
@pytest.mark.parametrize(
    "theme", [Theme(9.5), Theme(9.5, Printing(paper="A5"))], ids=["figure", "list"]
)
def test_no_words_are_drawn_over_others(name: str, theme: Theme) -> None:
    """On the page, too, all lines of words are apart and within the margins."""
    data, _, _ = pages_of(SOURCES[name], theme)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            boxes = boxes_drawn(page)
            assert boxes
            for one, two in itertools.combinations(boxes, 2):
                assert apart(one, two)
            for left, right, foot, head in boxes:
                assert theme.margin - 0.01 <= left < right <= theme.margin + theme.width + 0.01
                assert theme.foot - 0.01 <= foot < head <= theme.paper[1] - theme.top + 0.01


def test_clear_print_shrinks_no_labels() -> None:
    """A profile's least size holds for labels, too, and italics are upright there."""
    theme = Theme(12.5, Printing(profile="clear"))
    figure = arranged(*rows(SOURCES["a decade, eight"]), theme, ENGLISH)
    assert figure
    labels = [label for side in sides(figure) for label in side.labels]
    sizes = [
        run.hand.size * each.size for each in labels for line in each.lines for run in line.runs
    ]
    assert min(sizes) >= theme.least - 0.01
    italic = arranged(*rows(deck_of_a_topic()), theme, ENGLISH)
    assert italic
    faces = {run.hand.face for line in italic.below.labels[-1].lines for run in line.runs}
    assert faces == {"Sans", "Sans-Bold"}


def formula_boxes(data: bytes) -> list[tuple[float, ...]]:
    """Return where the formulas of a PDF are, as its structure says."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        found = [o for o in objects if o.get("/S") == "/Formula"]
        return [tuple(map(float, one.A[0].BBox)) for one in found]


FRACTIONS = r"$\\dfrac{a}{b} = \\dfrac{c}{d}$"


def test_a_formula_in_a_list_is_as_large_as_elsewhere() -> None:
    """Its row is higher for it, and the row's date stands on its line."""
    deck = deck_of([], [(1926, f"It is {FRACTIONS} at last"), (1930, "It is not")])
    deck = replace(deck, printing=Printing(profile="large"))
    listed, stated = formula_boxes(filed(sheet.write, deck, "stamp", lambda: NOW))
    assert listed[3] - listed[1] == pytest.approx(stated[3] - stated[1], abs=0.01)
    (high, *_), (low, *_) = (
        timeline.entry_list([entry], [], LARGE, Element("Document")) for entry in rows(deck)[0]
    )
    assert high.height > low.height + 10
    data, *_ = pages_of(deck, LARGE)
    at: dict[str, float] = {}

    def see(text: str, _: object, inner: list[float], *__: object) -> None:
        at[text.strip()] = inner[5]

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=see)
    assert at["1926"] == pytest.approx(at["It is"], abs=0.01)


@pytest.mark.parametrize("profile", ["standard", "clear"])
def test_the_lines_of_a_label_move_apart_for_a_formula(profile: str) -> None:
    """It is as large as their words, and the label has room for it."""
    deck = deck_of([], [(1926, f"It is {FRACTIONS} at last"), (1930, "It is not")])
    theme = Theme(12, Printing(profile=profile))
    figure = arranged(*rows(deck), theme, ENGLISH)
    assert figure
    (one, other), style = figure.below.labels, figure.unit.style("event")
    (formula,) = (run for line in one.lines for run in line.runs if run.formula)
    assert formula.hand.size == style.size
    more = sum(line.above + line.below for line in one.lines) * one.size
    tall, usual = (label.placed.flag.tall / len(label.lines) for label in (one, other))
    assert len(one.lines) * tall > len(one.lines) * usual + more - style.leading * one.size


@EVERY
def test_large_type_has_a_list(name: str) -> None:
    """In a single column each entry is an item, its date the label, in the order of time."""
    deck = SOURCES[name]
    data, strips, _ = pages_of(deck, LARGE)
    entries, periods = rows(deck)
    root = structure(data)
    assert not list(root.all("Figure"))
    items = list(root.all("LI"))
    assert len(items) == len(strips) == len(entries) + len(periods)
    found = [tuple(squeezed(tag.words) for tag in item.below) for item in items]
    expected = sorted([*periods, *entries], key=lambda row: row.stretch[0])
    assert sorted(found) == sorted((squeezed(r.date), squeezed(plain(r.text))) for r in expected)
    assert [squeezed(r.date) for r in expected] == [date for date, _ in found]
    assert all([tag.role for tag in item.below] == ["Lbl", "LBody"] for item in items)
    assert all(tag.words.endswith(" ") for item in items for tag in item.below)


def test_the_list_goes_on_over_pages() -> None:
    """Forty entries in large type need two pages; a period is never left at the foot of one."""
    deck = SOURCES["three centuries, forty"]
    data, strips, pages = pages_of(deck, LARGE)
    assert pages > 1
    words = "".join(item.words for tag in structure(data).all("LI") for item in tag.below)
    assert all(squeezed(plain(row.text)) in squeezed(words) for row in rows(deck)[0])
    assert any(strip.stay for strip in strips)
    assert max(strip.height for strip in strips) < LARGE.paper[1] / 4


@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("profile", ["standard", "clear", "large"])
@pytest.mark.parametrize("name", ["a century, twenty", "three centuries, forty", "very many"])
def test_no_row_runs_off_the_foot(name: str, profile: str, paper: str) -> None:
    """On a whole sheet, too, a list goes on over pages: below the margin stands the foot alone."""
    deck = SOURCES.get(name) or deck_of(some(90, 1000, 2000))
    deck = replace(deck, printing=Printing(paper=paper, profile=profile))
    data = filed(sheet.write, deck, "stamp", lambda: NOW)
    foot = Theme(9.5).foot
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            below = [box for box in boxes_drawn(page) if box[2] < foot - 0.01]
            assert len(below) == 2, "more than the file and the page's number"
            assert all(box[2] > 0 for box in below)


def filled(page: pikepdf.Page) -> set[tuple[float, ...]]:
    """Return the colours that a page fills anything with."""
    steps = pikepdf.parse_content_stream(page, "rg")
    return {tuple(round(float(part), 3) for part in step.operands) for step in steps}


def test_low_ink_keeps_the_bars_of_the_list() -> None:
    """How long a period is, only its bar tells; the ground behind its title may go."""
    band, tint = (
        tuple(round(part, 3) for part in color.rgb()) for color in (theme_.BAND, theme_.TINT)
    )
    deck = SOURCES["a century, twenty"]
    for ink, grounds in (("normal", {band, tint}), ("low", {band})):
        data, _, _ = pages_of(deck, Theme(18, Printing(profile="large", ink=ink)))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert filled(pdf.pages[0]) & {band, tint} == grounds


def test_a_crowd_without_a_chance_is_not_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its labels would fill half of the highest figure; to look for places takes long."""
    placed = list[int]()

    def place(flags: Sequence[Flag], width: float, levels: int) -> None:
        placed.append(len(flags))

    monkeypatch.setattr("deckbuilder.writers.pdf.timeline_labels._places", place)
    for long, tried in (((3, 5), True), ((12, 16), False)):
        placed.clear()
        deck = deck_of(some(50, 1900, 1950, words=long))
        assert arranged(*rows(deck), Theme(9.5), ENGLISH) is None
        assert bool(placed) is tried


@pytest.mark.parametrize("words", [(2, 4), (4, 6), (5, 8)])
@pytest.mark.parametrize("count", [26, 34, 42, 50, 58])
def test_no_crowd_is_without_the_figure_it_could_have(
    count: int, words: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever tries all of them finds none that those have not which are looked at first."""
    deck = deck_of(some(count, 1900, 1950, words=words))
    figure = arranged(*rows(deck), Theme(9.5), ENGLISH)
    monkeypatch.setattr("deckbuilder.writers.pdf.timeline_labels.DENSEST", 1.0)
    assert arranged(*rows(deck), Theme(9.5), ENGLISH) == figure


def test_more_than_a_figure_can_hold_is_a_list() -> None:
    """Very many entries are listed: nothing is dropped, nothing too small."""
    deck = deck_of(some(MOST + 1, 1000, 2000, words=(1, 1)))
    root = Element("Document")
    _, strips = timeline.timeline(deck, Theme(9.5), root)
    assert [child.role for child in children(root)] == ["L"]
    assert len(strips) == MOST + 1


def children(of: Element) -> Iterator[Element]:
    """Yield the children of an element."""
    child = of.first
    while child:
        yield child
        child = child.next


def test_every_mark_of_the_figure_is_tagged() -> None:
    """The figure has a box, and all that is drawn on it belongs to it."""
    root = Element("Document")
    theme = Theme(9.5)
    strips, _ = timeline.timeline(SOURCES["relations"], theme, root)
    canvas = TaggedCanvas(io.BytesIO(), root, theme.paper, "blank")
    draw_all(strips, canvas, theme.margin, 700.0)
    (figure,) = children(root)
    assert figure.attributes
    box_ = figure.attributes["Layout"]["BBox"]
    assert isinstance(box_, list)
    assert box_[2] - box_[0] == pytest.approx(theme.width, abs=6)
    assert box_[3] - box_[1] == pytest.approx(strips[0].height)
