"""A gap that keeps its content keeps its number: its card, and all that was learned of it."""

from __future__ import annotations

import pytest

from deckbuilder.lock import Known, Numbered, Numbers, Unclear, Wish, allocate

Row = tuple[str, ...]  # an aspect, then what is said of each thing
LAKES = ("Erie", "Huron", "Ontario")
DEPTH, AREA = ("Depth", "64 m", "229 m", "244 m"), ("Area", "25,700", "59,600", "19,000")
OUTLET = ("Outlet", "Niagara", "Saint Clair", "Saint Lawrence")
ROWS = (DEPTH, AREA, OUTLET)


def cells(things: Row, rows: tuple[Row, ...]) -> list[Wish]:
    return [
        Wish(words, place=(aspect, thing))
        for aspect, *said in rows
        for words, thing in zip(said, things, strict=True)
    ]


def text(*words: str | tuple[str, int]) -> list[Wish]:
    return [Wish(word) if isinstance(word, str) else Wish(*word) for word in words]


def first(wishes: list[Wish]) -> Numbers:
    return Numbers(tuple(Known(n, w.words, w.place) for n, w in enumerate(wishes, 1)))


def next_of(known: Numbers, wishes: list[Wish]) -> Numbers:
    got = allocate(known, wishes, strict=True)
    assert isinstance(got, Numbered)
    return got.numbers


def live(known: Numbers, wishes: list[Wish]) -> list[int]:
    return [slot.number for slot in next_of(known, wishes).live]


def asked(known: Numbers, wishes: list[Wish]) -> dict[str, int]:
    """Return what the author is asked about, each with the number that is likely; 0: a new one."""
    got = allocate(known, wishes, strict=True)
    assert isinstance(got, Unclear)
    assert got.free not in {slot.number for slot in (*known.live, *known.gone)}
    return {wishes[at].words: slot.number if slot else 0 for at, slot in got.came}


TABLE = first(cells(LAKES, ROWS))
ORDINARY = {  # of a table: things, rows, numbers
    "nothing": (LAKES, ROWS, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    "rows reordered": (LAKES, (OUTLET, DEPTH, AREA), [7, 8, 9, 1, 2, 3, 4, 5, 6]),
    "columns reordered": (
        ("Huron", "Erie", "Ontario"),
        tuple((a, y, x, z) for a, x, y, z in ROWS),
        [2, 1, 3, 5, 4, 6, 8, 7, 9],
    ),
    "cell reworded": (LAKES, (DEPTH, AREA, (*OUTLET[:3], "the river")), [*range(1, 10)]),
    "cell of each row reworded": (
        LAKES,
        (("Depth", "1", *DEPTH[2:]), (*AREA[:2], "2", AREA[3]), (*OUTLET[:3], "3")),
        [*range(1, 10)],
    ),
    "row reworded": (LAKES, (("Depth", "1", "2", "3"), AREA, OUTLET), [*range(1, 10)]),
    "cell reworded, row moved": (
        LAKES,
        (AREA, (*OUTLET[:3], "the river"), DEPTH),
        [4, 5, 6, 7, 8, 9, 1, 2, 3],
    ),
    "row added": (LAKES, (("Age", "a", "b", "c"), *ROWS), [10, 11, 12, *range(1, 10)]),
    "row removed": (LAKES, (DEPTH, OUTLET), [1, 2, 3, 7, 8, 9]),
    "column added": (
        (*LAKES, "Como"),
        ((*DEPTH, "410 m"), (*AREA, "146"), (*OUTLET, "Adda")),
        [1, 2, 3, 10, 4, 5, 6, 11, 7, 8, 9, 12],
    ),
    "column removed": (("Erie", "Ontario"), tuple((a, x, z) for a, x, _, z in ROWS),
                       [1, 3, 4, 6, 7, 9]),
    "column removed, row added": (
        ("Erie", "Ontario"),
        (("Age", "a", "b"), *((a, x, z) for a, x, _, z in ROWS)),
        [10, 11, 1, 3, 4, 6, 7, 9],
    ),
    "row removed, column added": (
        ("Como", *LAKES),
        (("Depth", "410 m", *DEPTH[1:]), ("Outlet", "Adda", *OUTLET[1:])),
        [10, 1, 2, 3, 11, 7, 8, 9],
    ),
    "row renamed": (LAKES, (("Greatest depth", *DEPTH[1:]), AREA, OUTLET), [*range(1, 10)]),
    "row renamed and moved": (LAKES, (AREA, OUTLET, ("Greatest depth", *DEPTH[1:])),
                              [4, 5, 6, 7, 8, 9, 1, 2, 3]),
    "row renamed, a cell of it reworded": (
        LAKES, (("Greatest depth", "62 m", *DEPTH[2:]), AREA, OUTLET), [*range(1, 10)]),
    "column renamed": (("Lake Erie", *LAKES[1:]), ROWS, [*range(1, 10)]),
    "all columns renamed": (("A", "B", "C"), ROWS, [*range(1, 10)]),
    "row and column renamed": (
        ("Lake Erie", *LAKES[1:]),
        (("Greatest depth", *DEPTH[1:]), AREA, OUTLET),
        [*range(1, 10)],
    ),
    "column renamed, another added": (
        ("Como", "Lake Erie", *LAKES[1:]),
        (("Depth", "410 m", *DEPTH[1:]), ("Area", "146", *AREA[1:]), ("Outlet", "A", *OUTLET[1:])),
        [10, 1, 2, 3, 11, 4, 5, 6, 12, 7, 8, 9],
    ),
    "rows and columns exchanged": (
        ("Depth", "Area", "Outlet"),
        tuple((lake, *(row[at] for row in ROWS)) for at, lake in enumerate(LAKES, 1)),
        [1, 4, 7, 2, 5, 8, 3, 6, 9],
    ),
    "rows and columns exchanged and moved, a cell reworded": (
        ("Area", "Outlet", "Depth"),
        (
            ("Huron", "59,600", "Saint Clair", "229 m"),
            ("Erie", "25,700", "the Niagara", "64 m"),
            ("Ontario", "19,000", "Saint Lawrence", "244 m"),
        ),
        [5, 8, 2, 4, 7, 1, 6, 9, 3],
    ),
    "row renamed, a copy of it added": (
        LAKES,
        (("Greatest depth", *DEPTH[1:]), ("Mean depth", *DEPTH[1:3], "86 m"), AREA, OUTLET),
        [1, 2, 3, 10, 11, 12, *range(4, 10)],
    ),
    "capitals of all headings": (
        ("ERIE", "huron", "ontario"),
        (("depth", *DEPTH[1:]), ("area", *AREA[1:]), ("outlet", *OUTLET[1:])),
        [*range(1, 10)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDINARY)
def test_what_happens_to_tables_asks_nobody(case: str) -> None:
    """Each cell goes on below its headings; what was added is new, and nobody is asked."""
    things, rows, numbers = ORDINARY[case]
    assert live(TABLE, cells(things, rows)) == numbers


UNCLEAR = {  # of a table: things, rows, what is asked with the number that is likely
    "a column is another thing": (
        ("Como", *LAKES[1:]),
        (("Depth", "410 m", *DEPTH[2:]), ("Area", "146", *AREA[2:]), ("Outlet", "A", *OUTLET[2:])),
        {"410 m": 0, "146": 0, "A": 0},
    ),
    "a row is another aspect": (
        LAKES,
        (("Volume", "1", "2", "3"), AREA, OUTLET),
        {"1": 0, "2": 0, "3": 0},
    ),
    "a column went and another came": (
        ("Como", "Erie", "Ontario"),
        (
            ("Depth", "410 m", "64 m", "244 m"),
            ("Area", "146", "25,700", "19,000"),
            ("Outlet", "A", "Niagara", "Saint Lawrence"),
        ),
        {"410 m": 0, "146": 0, "A": 0},
    ),
    "one of three cells says the same": (
        ("Como", *LAKES[1:]),
        (("Depth", "410 m", *DEPTH[2:]), ("Area", "146", *AREA[2:]), OUTLET),
        {"410 m": 1, "146": 4, "Niagara": 7},
    ),
    "a row and a column renamed, their cell reworded": (
        ("Lake Erie", *LAKES[1:]),
        (("Greatest depth", "62 m", *DEPTH[2:]), AREA, OUTLET),
        {"62 m": 1},
    ),
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_a_cell_in_another_row_and_column_is_asked(case: str) -> None:
    """No card goes on unasked as that of a cell whose both headings are others."""
    things, rows, likely = UNCLEAR[case]
    assert asked(TABLE, cells(things, rows)) == likely


def test_headings_that_differ_in_capitals_alone_stay_apart() -> None:
    """Of a table with Co and CO, half of whose cells say the same, no row is only renamed."""
    metals = ("Co", "CO", "NI", "Ni")
    old = first(cells(metals, (("Is", "a metal", "a gas", "a code", "another"),)))
    other = cells(metals, (("Kind", "1", "a gas", "2", "another"),))
    assert asked(old, other) == {"1": 1, "a gas": 2, "2": 3, "another": 4}
    old = first(cells(("Co", "Ni"), (("Is", "a metal", "another"),)))
    other = cells(("Co", "Ni", "CO"), (("Kind", "a metal", "another", "a gas"),))
    assert live(old, other) == [1, 2, 3]


def test_only_the_author_makes_one_cell_another() -> None:
    """Whatever numbers are given to some of them, the others are not told by their neighbours."""
    old = first(cells(("Erie", "Huron"), (("Depth", "64 m", "229 m"), ("Area", "25", "59"))))
    new = cells(("Ontario", "Erie"), (("Depth", "244 m", "64 m"), ("Area", "19", "25")))
    assert asked(old, new) == {"244 m": 0, "19": 0}
    new[0] = new[0]._replace(given=5)
    assert asked(old, new) == {"19": 0}
    new[2] = new[2]._replace(given=6)
    numbers = next_of(old, new)
    assert [slot.number for slot in numbers.live] == [5, 1, 6, 3]
    assert [slot.number for slot in numbers.gone] == [2, 4]


def test_a_cell_that_was_taken_out_comes_back_to_its_place_alone() -> None:
    """Its number is not that of a cell beside it that says the same."""
    old = first(cells(("Erie", "Huron"), (("Salt", "no", "no"), ("Area", "25", "59"))))
    without = next_of(old, cells(("Erie",), (("Salt", "no"), ("Area", "25"))))
    other = cells(("Erie", "Como"), (("Salt", "no", "no"), ("Area", "25", "1")))
    assert live(without, other) == [1, 5, 3, 6]
    same = cells(("Erie", "Huron"), (("Salt", "no", "a bit"), ("Area", "25", "60")))
    assert live(without, same) == [1, 2, 3, 4]


def test_a_lock_without_headings_goes_by_words_and_order() -> None:
    """One that was rebuilt from a package: a cell that is reworded alone has to be where it was."""
    bare = Numbers(tuple(slot._replace(place=()) for slot in TABLE.live))
    assert live(bare, cells(LAKES, (("Depth", "62 m", *DEPTH[2:]), AREA, OUTLET))) == [
        *range(1, 10)
    ]
    column = ((DEPTH[0], "410 m", *DEPTH[2:]), (AREA[0], "146", *AREA[2:]), OUTLET)
    assert asked(bare, cells(("Como", *LAKES[1:]), column)) == {"410 m": 1, "146": 4}
    old = Numbers(tuple(Known(n, w) for n, w in enumerate(("64 m", "229 m", "25", "59"), 1)))
    new = cells(("Ontario", "Erie"), (("Depth", "244 m", "64 m"), ("Area", "19", "25")))
    assert asked(old, new).keys() == {"244 m", "19"}


def test_where_two_headings_were_equal_words_tell() -> None:
    """Tables that are out may have such rows, whose author has to tell them apart now."""
    said = ("iron", "neon"), ("zinc", "argon"), ("gold", "helium")
    old = first(cells(("Metal", "Gas"), (("Example", *said[0]), ("Example", *said[1]))))
    names = ("Example 1", "Example 2", "Example 3")
    apart = [(name, *words) for name, words in zip(names, said, strict=True)]
    for rows, numbers in (
        (apart[:2], [1, 2, 3, 4]),
        (apart[1::-1], [3, 4, 1, 2]),
        ([apart[2], *apart[:2]], [5, 6, 1, 2, 3, 4]),
        ([("Example", *said[0]), apart[1]], [1, 2, 3, 4]),
        ([apart[0], ("Example", *said[1])], [1, 2, 3, 4]),
        ([("Example", "steel", "neon"), apart[1]], [1, 2, 3, 4]),
    ):
        assert live(old, cells(("Metal", "Gas"), tuple(rows))) == numbers
    other = cells(("Metal", "Gas"), (("Example", "a", "b"), apart[1]))
    assert asked(old, other) == {"a": 1, "b": 2}


def test_a_gap_that_is_back_is_a_neighbour() -> None:
    """What is asked beside a gap that was there all the time is asked beside one that is back."""
    known = first(text("Erie", "Huron", "America"))
    new = text("Erie", "Ontario", "Huron")
    assert asked(known, new) == {"Ontario": 0}
    without = next_of(known, text("Erie", "America"))
    assert asked(without, new) == {"Ontario": 0}
    assert live(without, text("Erie", "Huron", "America")) == [1, 2, 3]
    assert live(without, text("Huron", "Erie", "the States")) == [2, 1, 3]


class Counted(str):
    """A text that counts how often it is looked at."""

    __slots__ = ()
    looks = 0

    def __eq__(self, other: object) -> bool:
        Counted.looks += 1
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        Counted.looks += 1
        return str.__ne__(self, other)

    def __hash__(self) -> int:
        Counted.looks += 1
        return str.__hash__(self)


def looks(rows: int, word: str, other: str) -> int:
    """Return the looks that it takes to number a table whose rows all have other headings.

    `other`: what the cells of its second column say now.
    """
    shape = [(row, column) for row in range(rows) for column in ("one", "two")]

    def table(heading: str, other: str) -> list[Wish]:
        said = {"one": word, "two": other}
        return [
            Wish(Counted(said[c].format(r)), place=(Counted(heading.format(r)), Counted(c)))
            for r, c in shape
        ]

    old, new = first(table("row {}", "cell {}")), table("line {}", other)
    Counted.looks = 0
    allocate(old, new, strict=True)
    return Counted.looks


@pytest.mark.parametrize(
    ("word", "other", "most"),
    [
        pytest.param("word {}", "cell {}", 2.5, id="all say the same"),
        pytest.param("yes", "cell {}", 4.5, id="half of them alike"),
        pytest.param("word {}", "new {}", 4.5, id="half of them say the same"),
        pytest.param("yes", "new {}", 4.5, id="half of them alike, the others other"),
    ],
)
def test_a_long_table_takes_little_more_than_it_is_longer(
    word: str, other: str, most: float
) -> None:
    """Twice as many rows take twice the work, or four times where all may be any; never more."""
    assert looks(80, word, other) < most * looks(40, word, other)


def test_many_equal_words_are_not_compared_with_all_their_neighbours() -> None:
    """Of 100 of one word each two are looked at a few times, not the 20 gaps on each side of both.

    An editor's check numbers gaps at each key.
    """
    known = first([Wish(Counted("yes")) for _ in range(100)])
    Counted.looks = 0
    got = allocate(known, [Wish(Counted("yes")) for _ in range(101)], strict=True)
    assert isinstance(got, Unclear)
    assert Counted.looks < 5 * 100 * 101


def test_what_moved_and_was_reworded_is_likely_to_be_new() -> None:
    """A release would refuse it under the number of what went, so nobody is told to give that."""
    known = first(text("Victoria", "Tanganyika", "Malawi"))
    assert asked(known, text("Lake Malawi", "Victoria", "Tanganyika")) == {"Lake Malawi": 0}
    assert asked(known, text("a", "b", "Malawi")) == {"a": 1, "b": 2}


def test_the_end_is_no_neighbour() -> None:
    """What came behind the last gap is not what went between that and the first of all."""
    known = Numbers((Known(2, "Victoria"), Known(3, "Tanganyika"), Known(1, "Malawi")))
    assert asked(known, text("Malawi", "Victoria", "Kivu")) == {"Kivu": 0}


def test_a_number_given_to_what_had_another_is_told() -> None:
    """Words that take over another card's history are no mere rewording: a release refuses them."""
    known = Numbers(tuple(Known(number, said) for number, said in enumerate("abc", 1)))
    got = allocate(known, [Wish("a", 1), Wish("b", 3), Wish("d", 2)], strict=True)
    assert isinstance(got, Numbered)
    assert got.decided == (
        "gap 3 is reworded: `c` → `b`, which was gap 2",
        "gap 2 is reworded: `b` → `d`",
    )


def test_a_draft_asks_nobody() -> None:
    """Gaps that nobody has learned go on in their order, so that numbers do not run away."""
    known = first(text("Victoria", "Tanganyika", "Malawi"))
    got = allocate(known, text("Kivu", "Malawi", "Edward", "Albert"), strict=False)
    assert isinstance(got, Numbered)
    assert [slot.number for slot in got.numbers.live] == [1, 3, 2, 4]


def test_what_stands_first_as_before_is_likely_to_be_the_same() -> None:
    """That others changed places behind it has not moved it; one that went among them is new."""
    known = first(text("solid", "liquid", "gaseous"))
    assert asked(known, text("frozen", "gaseous", "liquid")) == {"frozen": 1}
    assert asked(known, text("gaseous", "frozen", "liquid")) == {"frozen": 0}
    assert asked(known, text("gaseous", "liquid", "frozen")) == {"frozen": 0}


EQUAL = {  # what was asked, what is, and the numbers: of equal words neighbours tell
    "one more in front": ("M B M B C", "B M B M B C", [6, 1, 2, 3, 4, 5]),
    "the first taken out": ("C D E C", "D E C", [2, 3, 4]),
    "the first of three taken out": ("six eight six", "eight six", [2, 3]),
    "one more in the middle": ("M B M B C", "M B N M B C", [1, 2, 6, 3, 4, 5]),
    "the last taken out": ("C D E C", "C D E", [1, 2, 3]),
    "another moved": ("A A B", "B A A", [3, 1, 2]),
    "another reworded": ("A B A", "A X A", [1, 2, 3]),
    "one of them reworded": ("yes yes", "yes no", [1, 2]),
    "the first of three reworded": ("A A A", "X A A", [1, 2, 3]),
    "one reworded as others": ("A C C M", "A C A M", [1, 2, 3, 4]),
    "one reworded as all others": ("W A A", "A A A", [1, 2, 3]),
    "one moved": ("A B C D A", "B C A D A", [2, 3, 1, 4, 5]),
}


@pytest.mark.parametrize("case", EQUAL)
def test_of_equal_words_the_order_of_all_tells(case: str) -> None:
    """A gap that was there keeps its card, whichever of its words came before it, or went."""
    before, after, numbers = EQUAL[case]
    assert live(first(text(*before.split())), text(*after.split())) == numbers


@pytest.mark.parametrize(
    ("before", "after", "went", "likely"),
    [
        ("two", "two two", [1], [1, 0]),
        ("A A", "A", [1, 2], [1]),
        ("A B A C", "A C A B", [1, 3], [1, 3]),
        ("A B", "B A A", [1], [1, 0]),
        ("yes no yes", "yes no yes yes", [3], [3, 0]),
        ("A x", "y A A x", [1], [0, 1]),  # the one that stands before what it stood before
    ],
)
def test_equal_words_that_the_order_does_not_tell_apart_are_asked(
    before: str, after: str, went: list[int], likely: list[int]
) -> None:
    """No card goes on unasked where it may as well be that of another gap of its words."""
    wishes = text(*after.split())
    got = allocate(first(text(*before.split())), wishes, strict=True)
    assert isinstance(got, Unclear)
    assert got.alike
    assert [slot.number for slot in got.went] == went
    assert [slot.number if slot else 0 for _, slot in got.came] == likely
    assert len({wishes[at].words for at, _ in got.came}) == 1
    draft = allocate(first(text(*before.split())), wishes, strict=False)
    assert isinstance(draft, Numbered)
    assert len({slot.number for slot in draft.numbers.live}) == len(wishes)


def test_of_equal_words_that_were_taken_out_all_come_back_or_the_author_says_which() -> None:
    """They come back in their order; where it is one of two, only the author knows which."""
    known = first(text("C", "D", "E", "C"))
    without = next_of(known, text("D", "E"))
    assert live(without, text("C", "D", "E", "C")) == [1, 2, 3, 4]
    got = allocate(without, text("D", "E", "C"), strict=True)
    assert isinstance(got, Unclear)
    assert ([slot.number for slot in got.went], got.free) == ([1, 4], 5)
    assert live(without, text("D", "E", ("C", 4))) == [2, 3, 4]
    one = next_of(known, text("D", "E", "C"))
    assert live(one, text("C", "D", "E", "C")) == [1, 2, 3, 4]


def test_a_row_is_renamed_as_a_column_goes() -> None:
    """What was taken out says nothing about what was renamed."""
    known = first(cells(("Erie", "Huron"), (("Depth", "64 m", "229 m"), ("Area", "25", "59"))))
    assert live(known, cells(("Erie",), (("Deepest", "64 m"), ("Area", "25")))) == [1, 3]


def test_a_row_comes_back_to_a_column_that_is_called_otherwise_now() -> None:
    """What was taken out goes by the headings of today, too: no other cell gets its card."""
    rows = (("State", "solid", "ice"), ("Season", "any", "winter"))
    known = first(cells(("rain", "snow"), rows))
    without = next_of(known, cells(("rain", "snow"), rows[:1]))
    renamed = next_of(without, cells(("rain", "fresh snow"), rows[:1]))
    assert live(renamed, cells(("rain", "fresh snow"), rows)) == [1, 2, 3, 4]
    third = (("State", "solid", "ice", "hard"), ("Season", "any", "winter", "all year"))
    more = next_of(renamed, cells(("rain", "fresh snow", "snow"), third[:1]))
    assert live(more, cells(("rain", "fresh snow", "snow"), third)) == [1, 2, 5, 3, 4, 6]


def given(known: Numbers, wishes: list[Wish]) -> list[int]:
    """Return the numbers that a draft gets, which asks nobody."""
    got = allocate(known, wishes, strict=False)
    assert isinstance(got, Numbered)
    return [slot.number for slot in got.numbers.live]


def test_a_number_of_the_authors_is_taken_where_nothing_else_changed() -> None:
    """Though the words are the same, the card is to be another."""
    known = first(text("Oslo", "Rome"))
    assert live(known, text("Oslo", ("Rome", 3))) == [1, 3]
    assert next_of(known, text("Oslo", ("Rome", 3))).gone == (Known(2, "Rome"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("le printemps", "l'été", "l'hiver"), ("le printemps", "l’été", "l’hiver")),
        (("lundi", "mardi", "jeudi"), ("Lundi", "Mardi", "jeudi")),
        (("lundi", "mardi", "jeudi"), ("le lundi", "le mardi", "le jeudi")),
        (("the Seine", "the Loire"), ("Seine", "the Loire river")),
    ],
    ids=["signs", "capitals", "articles", "fewer, more"],
)
def test_words_that_are_nearly_the_same_go_on_where_they_stand(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """An author who mends all apostrophes, or sets articles, is not asked of each one."""
    assert live(first(text(*before)), text(*after)) == [*range(1, len(before) + 1)]


@pytest.mark.parametrize(
    "after",
    [
        ("Mardi", "Lundi", "jeudi"),
        ("Lundi", "Mercredi", "jeudi"),
        ("Lundi", "Mardi", "jeudi", "samedi"),
        ("Lun", "Mar", "jeudi"),
        ("–", "…", "jeudi"),
    ],
    ids=["moved", "another", "more", "parts of words", "no words"],
)
def test_words_that_are_not_nearly_the_same_are_asked_about(after: tuple[str, ...]) -> None:
    """Which of them took over from which, only the author knows."""
    assert asked(first(text("lundi", "mardi", "jeudi")), text(*after))


def test_a_new_number_of_the_authors_is_told() -> None:
    """Its card begins anew: of words that had another, and of words that nobody had."""
    known = first(text("Oslo", "Rome"))
    got = allocate(known, text("Oslo", ("Rome", 3), ("Lima", 7)), strict=True)
    assert isinstance(got, Numbered)
    assert got.decided == (
        "gap 3 is new: `Rome`, which was gap 2",
        "gap 7 is new: `Lima`",
        "gap 2 is gone: `Rome`",
    )


def test_what_is_there_goes_on_before_what_is_gone() -> None:
    """Of equal words, and of one cell, the card that learners still see is meant."""
    known = Numbers((Known(1, "Oslo"), Known(2, "Oslo")), (Known(3, "Oslo"),))
    assert given(known, text("Oslo")) == [1]
    known = Numbers((Known(1, "Oslo"),), (Known(2, "Oslo"),))
    assert given(known, text("Oslo", "Oslo")) == [1, 3]
    cell = ("Depth", "Erie")
    known = Numbers((Known(1, "64 m", cell),), (Known(2, "70 m", cell),))
    assert given(known, [Wish("64 m", place=cell), Wish("229 m", place=("Depth", "Huron"))]) == [
        1,
        3,
    ]


def test_a_number_that_is_back_by_the_author_is_not_given_twice() -> None:
    """What had it, and comes back as well, gets another."""
    known = Numbers((Known(1, "Oslo"),), (Known(2, "Rome"),))
    assert given(known, text(("Bern", 2), "Rome")) == [2, 1]


def test_of_two_that_stand_as_near_neither_is_nearer() -> None:
    """One has lost its neighbour before it, and one the other: they stay in their order."""
    known = first(text("Rome", "Oslo", "Rome"))
    assert given(known, text("Oslo", "Bern", "Rome", "Paris")) == [2, 1, 3, 4]


def test_a_heading_is_another_once() -> None:
    """Of two rows that say the same one is called otherwise, and one is gone as it was called."""
    known = first(cells(("Erie",), (("Salt", "no"), ("Ice", "no"))))
    made = next_of(known, cells(("Erie",), (("Fish", "no"),)))
    assert made.live == (Known(1, "no", ("Fish", "Erie")),)
    assert made.gone == (Known(2, "no", ("Ice", "Erie")),)


def test_a_cell_of_a_new_row_is_no_cell_whose_number_was_taken() -> None:
    """The author took it from a cell that stays: nobody has to be asked what became of it."""
    known = first(cells(("Erie",), (("Salt", "no"),)))
    there, new = cells(("Erie",), (("Salt", "no"), ("Ice", "yes")))
    assert live(known, [there._replace(given=2), new]) == [2, 3]


def test_a_cell_whose_number_was_taken_is_no_cell_of_a_row_that_went() -> None:
    """What is left went with its row or its column, so that one is new."""
    known = first(cells(("Erie", "Huron"), (("Salt", "no", "no"), ("Fish", "pike", "bass"))))
    salt, fish, ice = cells(("Erie",), (("Salt", "no"), ("Fish", "pike"), ("Ice", "pike")))
    assert live(known, [salt, fish, ice._replace(given=1)]) == [5, 3, 1]


def test_who_goes_on_by_words_is_advised_no_other_card() -> None:
    """Where row and columns are others at once, one of two of the same words goes on."""
    known = first(cells(("Erie", "Huron", "Ohio"), (("Salt", "no", "yes", "yes"),)))
    wishes = cells(("Erie", "Huron", "Ohio"), (("Ice", "some", "yes", "no"),))
    assert asked(known, wishes) == {"some": 0, "yes": 2, "no": 1}
