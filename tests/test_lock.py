"""The lock keeps what learners have: their notes' ids and times change only when they must."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.lock import (
    Changes,
    Known,
    Line,
    Lock,
    Numbers,
    Wanted,
    dated_back,
    format_lock,
    is_forced,
    lines,
    parse_lock,
    restamped,
    settle,
    stable_id,
    taken_back,
)
from deckbuilder.lock.file import ROW, STRETCH, UNREADABLE, _usual, line_in
from deckbuilder.lock.lines import CARDS_A_NOTE, FIRST_NOTE_ID, SLOTS

NOW = 1_700_000_000
LATER = NOW + 86_400
LOOK = (Wanted("", "Facts", "f0"), Wanted("", "Gaps", "g0"))


def wanted(digests: Mapping[str, str], notetype: str = "Facts") -> list[Wanted]:
    return [Wanted(fact, notetype, digest) for fact, digest in digests.items()]


def first(digests: Mapping[str, str], deck: str = "science", now: int = NOW) -> Lock:
    """Return the lock of a deck's first build."""
    return settle(Lock(deck), [*LOOK, *wanted(digests)], now)[0]


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


# ---------------------------------------------------------------------------- settle


def test_first_build() -> None:
    """A first build has every fact as new, at its own time, and no release yet."""
    lock, changes = settle(Lock("science"), [*LOOK, *wanted({"b": "2", "a": "1"})], NOW)
    assert changes == Changes(new=("a", "b"))
    assert {(line.mod, line.since) for line in lock.lines.values()} == {(NOW, "")}
    assert lock.lines.keys() == {("", "Facts"), ("", "Gaps"), ("a", "Facts"), ("b", "Facts")}
    assert [lock.lines["a", "Facts"].digest, lock.lines["b", "Facts"].digest] == ["1", "2"]


def test_unchanged_deck_keeps_the_lock() -> None:
    """Building again later changes nothing: not a time, not an id."""
    lock = first({"a": "1", "b": "2"})
    again, changes = settle(lock, [*LOOK, *wanted({"b": "2", "a": "1"})], LATER)
    assert again == lock
    assert changes == Changes()


@pytest.mark.parametrize(
    ("now", "mod"),
    [
        pytest.param(LATER, LATER, id="later"),
        pytest.param(NOW + 1, NOW + 1, id="next second"),
        pytest.param(NOW, NOW + 1, id="same second"),
        pytest.param(NOW - 86_400, NOW + 1, id="clock gone back"),
        pytest.param(1, NOW + 1, id="clock unset"),
    ],
)
def test_changed_note_is_newer(now: int, mod: int) -> None:
    """A changed note alone gets a later time, whatever the clock says, and keeps its ids."""
    lock = first({"a": "1", "b": "2"})
    after, changes = settle(lock, [*LOOK, *wanted({"a": "1", "b": "3"})], now)
    assert changes == Changes(changed=("b",))
    old = lock.lines["b", "Facts"]
    assert after.lines["b", "Facts"] == old._replace(digest="3", mod=mod)
    assert {**after.lines, ("b", "Facts"): old} == lock.lines


def test_edit_and_revert_are_two_changes() -> None:
    """A fact set back to what it was is newer still: learners meanwhile have the edit."""
    lock = first({"a": "1"})
    edited, _ = settle(lock, [*LOOK, *wanted({"a": "2"})], NOW)
    back, changes = settle(edited, [*LOOK, *wanted({"a": "1"})], NOW)
    assert changes == Changes(changed=("a",))
    assert back.lines["a", "Facts"].mod == NOW + 2


def test_changed_note_type_changes_no_note() -> None:
    """A new look of the cards makes the note type newer, and no note."""
    lock = first({"a": "1"})
    after, changes = settle(lock, [Wanted("", "Facts", "f1"), LOOK[1], *wanted({"a": "1"})], LATER)
    assert changes == Changes(look=True)
    assert after.lines["", "Facts"].mod == LATER
    assert after.lines["", "Gaps"] == lock.lines["", "Gaps"]
    assert after.lines["a", "Facts"] == lock.lines["a", "Facts"]


def test_release_is_remembered_with_the_note() -> None:
    """What went out with a release stays marked so, also after a change."""
    lock = first({"a": "1"})
    released = replace(
        lock, lines={key: line._replace(since="1.0.0") for key, line in lock.lines.items()}
    )
    after, _ = settle(released, [*LOOK, *wanted({"a": "2"})], LATER)
    assert {line.since for line in after.lines.values()} == {"1.0.0"}


def test_guid_in_the_lock_beats_the_formula() -> None:
    """A note keeps the guid and id that the lock has for it, wherever these came from."""
    lock = first({"a": "1"})
    own = lock.lines["a", "Facts"]._replace(guid="mine", note=1_234)
    after, _ = settle(
        replace(lock, lines={**lock.lines, ("a", "Facts"): own}),
        [*LOOK, *wanted({"a": "2"})],
        LATER,
    )
    assert (after.lines["a", "Facts"].guid, after.lines["a", "Facts"].note) == ("mine", 1_234)


def test_a_fact_remembers_each_id_that_it_had() -> None:
    """Renamed twice it is one note still, and nobody else may be called as it was."""
    lock = settle(Lock("science"), wanted({"a": "1"}), NOW)[0]
    for names in (("b", "a"), ("c", "b", "a")):
        lock, changes = settle(lock, [Wanted(names[0], "Facts", "1", was=names[1:])], LATER)
        assert changes == Changes(renamed=((names[1], names[0]),))
    guid = first({"a": "1"}).lines["a", "Facts"].guid
    assert lock.lines.keys() == {("c", "Facts")}
    assert lock.lines["c", "Facts"].was == ("a", "b")
    back, _ = settle(lock, [Wanted("a", "Facts", "1", was=("c",))], LATER)
    assert back.lines["a", "Facts"].was == ("b", "c")
    assert back.lines["a", "Facts"].guid == guid


def test_an_id_that_another_note_has_by_now_stays_with_that() -> None:
    """A rename that no release has goes back where its fact is gone, unless its id is in use."""
    one = Line("one", 1, "1", NOW)
    two = Line("two", 2, "2", NOW, since="1.0.0", was=("a",), before="a")
    lock = Lock("science", {("b", "Facts"): two})
    assert [*taken_back(lock, set(), {}).lines] == [("a", "Facts")]
    both = replace(lock, lines={("a", "Facts"): one, **lock.lines})
    assert taken_back(both, {"a"}, {}) == both


def test_other_note_type_is_another_note() -> None:
    """A fact that becomes a cloze is dropped as one note and new as another."""
    lock = first({"a": "1"})
    after, changes = settle(lock, [*LOOK, *wanted({"a": "1"}, "Gaps")], LATER)
    assert changes == Changes(new=("a",), dropped=("a",))
    assert after.lines["a", "Gaps"].guid != lock.lines["a", "Facts"].guid
    assert after.lines["a", "Gaps"].note != lock.lines["a", "Facts"].note


# ---------------------------------------------------------------------------- ids


def test_ids_come_from_names_alone() -> None:
    """Two branches, each adding facts of its own at its own time, give a note the same ids."""
    one = first({"c": "1", "shared": "2", "a": "3"}, now=NOW)
    other = first({"shared": "9", "z": "1"}, now=LATER)
    mine, theirs = one.lines["shared", "Facts"], other.lines["shared", "Facts"]
    assert (mine.guid, mine.note) == (theirs.guid, theirs.note)


def test_ids_are_pinned() -> None:
    """The formula of ids never changes: learners' notes would no longer be known again."""
    line = first({"ice": "1"}).lines["ice", "Facts"]
    assert (line.guid, line.note) == ("3c06db39f8b67efcdde7", 1_339_543_701_000)
    assert stable_id("deck", "science") == 7_989_074_618_163_506


@given(st.lists(st.text(), min_size=1))
def test_stable_ids_fit_everywhere(names: list[str]) -> None:
    """Ids made from names are positive, of 53 bits, and the same each time."""
    assert 2**52 <= stable_id(*names) < 2**53
    assert stable_id(*names) == stable_id(*names)


def test_decks_and_note_types_have_ids_of_their_own() -> None:
    """The same fact in another deck, or as another note type, is another note."""
    lines = [
        *first({"a": "1"}).lines.values(),
        *first({"a": "1"}, deck="history").lines.values(),
        *settle(Lock("science"), wanted({"a": "1"}, "Gaps"), NOW)[0].lines.values(),
    ]
    notes = [line for line in lines if line.note]
    assert len({line.guid for line in notes}) == len({line.note for line in notes}) == 3


def test_note_ids_leave_room_for_cards_and_lie_in_the_past() -> None:
    """Note ids look like Anki's own of before 2021, and the next is 500 ids away at least."""
    lock = first({f"fact-{n}": "1" for n in range(2_000)})
    ids = sorted(line.note for (fact, _), line in lock.lines.items() if fact)
    assert all((number - FIRST_NOTE_ID) % CARDS_A_NOTE == 0 for number in ids)
    assert min(b - a for a, b in itertools.pairwise(ids)) >= CARDS_A_NOTE == 500
    assert ids[0] >= 1_000_000_000_000
    assert ids[-1] < FIRST_NOTE_ID + SLOTS * CARDS_A_NOTE <= 1_609_459_200_000


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave so few ids that notes collide."""
    monkeypatch.setattr(lines, "SLOTS", 8)


def notes_of(lock: Lock) -> dict[str, int]:
    return {fact: line.note for (fact, _), line in lock.lines.items() if fact}


@pytest.mark.usefixtures("crowded")
def test_note_ids_never_collide() -> None:
    """Where two notes would get one id, the second moves on, from the last to the first."""
    ids = notes_of(first(dict.fromkeys("abcdefgh", "1")))
    every = {FIRST_NOTE_ID + slot * CARDS_A_NOTE for slot in range(8)}
    assert set(ids.values()) == every


@pytest.mark.usefixtures("crowded")
def test_new_note_never_takes_the_id_of_an_old_one() -> None:
    """Notes that the lock knows keep their ids, also one that is dropped in the same build."""
    lock = first(dict.fromkeys("efgh", "1"))
    after, changes = settle(lock, [*LOOK, *wanted(dict.fromkeys("abcdfgh", "1"))], LATER)
    assert changes.dropped == ("e",)
    old, new = notes_of(lock), notes_of(after)
    assert {name: new[name] for name in "fgh"} == {name: old[name] for name in "fgh"}
    assert len({old["e"], *new.values()}) == 8


# ---------------------------------------------------------------------------- drafts and releases


def released(lock: Lock, *facts: str) -> Lock:
    lines = {
        key: line._replace(since="1.2.0") if key[0] in facts else line
        for key, line in lock.lines.items()
    }
    return replace(lock, lines=lines)


def test_drafts_are_free() -> None:
    """A fact that was never released may go: it is told, and its line goes with it."""
    lock = first({"a": "1", "b": "2", "c": "3"})
    after, changes = settle(lock, [*LOOK, *wanted({"b": "2"})], LATER)
    assert changes == Changes(dropped=("a", "c"))
    assert after.lines.keys() == lock.lines.keys() - {("a", "Facts"), ("c", "Facts")}


# ---------------------------------------------------------------------------- text


def test_format() -> None:
    """The file is one JSON object a line: the head, the note types, the facts by id."""
    lock = released(first({"b": "2", "a": "1"}), "b")
    data = format_lock(lock)
    assert data.endswith(b"}\n")
    assert b"\r" not in data
    head, *lines = rows(data)
    assert head == {"deckbuilder-lock": 1, "deck": "science"}
    assert [line.get("fact", line["notetype"]) for line in lines] == ["Facts", "Gaps", "a", "b"]
    assert lines[0] == {"notetype": "Facts", "digest": "f0", "mod": NOW}
    note = lock.lines["b", "Facts"]
    assert lines[3] == {
        "fact": "b",
        "notetype": "Facts",
        "digest": "2",
        "mod": NOW,
        "guid": note.guid,
        "note": note.note,
        "since": "1.2.0",
    }


def test_a_restamp_is_remembered() -> None:
    """All notes get one date, later than any before; the head says so, and builds keep it."""
    ahead = settle(first({"a": "1", "b": "2"}), [*LOOK, *wanted({"a": "3", "b": "2"})], LATER)[0]
    for now in (NOW, LATER, LATER + 9):
        lock = restamped(ahead, now)
        at = max(now, LATER + 1)
        assert {line.mod for line in lock.lines.values()} == {at}
        assert rows(format_lock(lock))[0]["restamped"] == lock.restamped == at
        later, _ = settle(lock, [*LOOK, *wanted({"a": "1", "b": "2"})], NOW)
        assert later.restamped == at
        assert is_forced(later, ahead)
        assert not is_forced(later, lock)
        assert not is_forced(settle(lock, [*LOOK, *wanted({"a": "4", "b": "5"})], NOW)[0], ahead)
        assert dated_back(later, [ahead])[0].lines["b", "Facts"].mod == at
    assert not is_forced(ahead, Lock("science"))


@given(st.lists(st.tuples(st.sampled_from("123"), st.integers(1, 9)), min_size=1, max_size=5))
def test_a_date_goes_back_to_the_newest_release_and_no_further(out: list[tuple[str, int]]) -> None:
    """That is, where it says the same; else it stays, and is no older than any."""
    lock = first({"a": "1"}, now=5)
    key = ("a", "Facts")
    sold = [
        replace(lock, lines={key: lock.lines[key]._replace(digest=digest, mod=mod)})
        for digest, mod in out
    ]
    made, names = dated_back(lock, sold)
    newest = max(mod for _, mod in out)
    again = all(digest == "1" for digest, mod in out if mod == newest)
    assert made.lines[key].mod == (min(5, newest) if again else 5)
    assert names == (("a",) if again and newest < 5 else ())
    assert {**made.lines, key: lock.lines[key]} == lock.lines


def test_order_of_the_source_is_not_in_the_file() -> None:
    """Neither moving facts about nor a merge of lines in any order changes a byte of the lock."""
    lock = first({"a": "1", "b": "2"})
    assert format_lock(lock) == format_lock(first({"b": "2", "a": "1"}))
    head, *lines = format_lock(lock).splitlines(keepends=True)
    merged = parse_lock(b"".join([head, *reversed(lines)]), "x.lock", "science")[0]
    assert merged
    assert format_lock(merged) == format_lock(lock)


@pytest.mark.parametrize(
    ("digests", "less", "more"),
    [
        pytest.param({"a": "1", "b": "9", "c": "3"}, 1, 1, id="changed"),
        pytest.param({"a": "1", "b": "2", "bb": "9", "c": "3"}, 0, 1, id="new"),
        pytest.param({"a": "1", "c": "3"}, 1, 0, id="dropped"),
    ],
)
def test_one_fact_is_one_line(digests: dict[str, str], less: int, more: int) -> None:
    """Changing, adding or dropping a fact touches one line of the file, and no other."""
    lock = first({"a": "1", "b": "2", "c": "3"})
    after, _ = settle(lock, [*LOOK, *wanted(digests)], LATER)
    old, new = format_lock(lock).splitlines(), format_lock(after).splitlines()
    assert [len(set(old) - set(new)), len(set(new) - set(old))] == [less, more]
    assert [line for line in old if line in new] == [line for line in new if line in old]


def test_two_branches_merge() -> None:
    """The lines that two branches added, put together, are what one build of both would give."""
    base = {"m": "1"}
    mine = first({**base, "a": "2"})
    theirs = first({**base, "z": "3"})
    merged = {*format_lock(mine).splitlines(), *format_lock(theirs).splitlines()}
    assert merged == set(format_lock(first({**base, "a": "2", "z": "3"})).splitlines())


@pytest.mark.parametrize(
    "end", [pytest.param(b"\n", id="as written"), pytest.param(b"\r\n", id="git on Windows")]
)
def test_round_trip(end: bytes) -> None:
    """What was written is read again, also with the line ends of Windows."""
    lock = released(first({"b": "2", "a": "1"}), "b")
    read = parse_lock(format_lock(lock).replace(b"\n", end), "x.lock", "science")[0]
    assert read
    assert settle(read, [*LOOK, *wanted({"a": "1", "b": "2"})], LATER)[1] == Changes()
    assert format_lock(read) == format_lock(lock)


def test_no_lock_yet() -> None:
    """Before the first build the lock is empty, and that is no problem."""
    assert parse_lock(b"", "x.lock", "science") == (Lock("science"), ())


IDS = st.from_regex(r"[a-z0-9]{1,6}([-_.][a-z0-9]{1,3})?", fullmatch=True)
KEYS = st.tuples(IDS, st.sampled_from(["Facts", "Gaps"]))
PLACES = st.just(()) | st.tuples(st.text(max_size=2), st.text(max_size=2))
KNOWN = st.lists(
    st.builds(Known, st.integers(1, 499), st.text(max_size=3), PLACES), max_size=3
).map(tuple)
LINES = st.builds(
    Line,
    guid=st.text("0123456789abcdef", min_size=1, max_size=20),
    note=st.integers(FIRST_NOTE_ID, FIRST_NOTE_ID + SLOTS * CARDS_A_NOTE),
    digest=st.text("0123456789abcdef", min_size=1, max_size=16),
    mod=st.integers(1, 2**40),
    since=st.sampled_from(["", "0.1.0", "12.0.3"]),
    numbers=st.builds(Numbers, KNOWN, KNOWN),
    was=st.lists(IDS, max_size=2).map(tuple),
    retired=st.booleans(),
    schema=st.sampled_from(["", "0f"]),
    before=st.just("") | IDS,
)
LOCKS = st.lists(
    st.tuples(KEYS, LINES),
    unique_by=(lambda row: row[0], lambda row: row[1].guid, lambda row: row[1].note),
).map(dict)


@given(IDS, LOCKS)
def test_a_lock_is_written_as_json_is(deck: str, lines: dict[tuple[str, str], Line]) -> None:
    """What is put together by hand is what `json` makes of the same."""
    lines["", "Facts"] = Line("", 0, "0f", 7, schema='"ä\\\n')
    for line in format_lock(Lock(deck, lines)).decode().split("\n")[:-1]:
        assert json.dumps(json.loads(line), ensure_ascii=False) == line


ODD = st.sampled_from([*' "\\{}[]0.-ä\x7f', "", ", ", "9" * 9])


@given(KEYS, LINES, st.data())
def test_a_usual_line_is_read_as_any_other(key: tuple[str, str], line: Line, data: Any) -> None:
    """What is found without reading the whole as JSON is what is found by that, or nothing is."""
    text = format_lock(Lock("a", {key: line})).decode().split("\n")[1]
    start = data.draw(st.integers(0, len(text)))
    text = text[:start] + data.draw(ODD) + text[start + data.draw(st.integers(0, 3)) :]
    for one in (text, text.replace("gone", "gaps"), text.replace(', "retired": true', "")):
        made = [attempt(read, one) for read in (usual, lambda text: line_in(json.loads(text)))]
        assert made[0] in (None, made[1])


@pytest.mark.parametrize(
    ("at", "put"),
    [
        (r'"mod": \d+', '"mod": 07'),
        (r'"mod": \d+', f'"mod": {"9" * 17}'),
        (r'"note": \d+', '"note": 07'),
        (r'"note": \d+', f'"note": {"9" * 400}'),
        (r'"guid": "\w+"', '"guid": ""'),
        (r'"guid": "\w+"', '"guid": 1'),
        (r'"digest": "\w+"', '"digest": "G"'),
        (r'"since": "[^"]+"', r'"since": "1\u002e0"'),
        (r'"since": "[^"]+"', '"since": ""'),
        (r'"gaps": \[.*\]', '"gaps": [[1]]'),
        (r'"gaps": \[.*\]', '"gaps": [["key", 1]]'),
        (r'"gaps": \[.*\]', '"gaps": []'),
    ],
)
def test_a_line_that_is_almost_usual_is_read_as_any_other(at: str, put: str) -> None:
    """A number or a text that was never written so is nothing for the quick way."""
    line = (
        '{"fact": "a", "notetype": "Gaps", "digest": "0f", "mod": 7, "guid": "1a",'
        ' "note": 1355226520000, "since": "1.0.0", "gaps": [[1, "key"]]}'
    )
    assert usual(line) == line_in(json.loads(line))
    other, count = re.subn(at, lambda _: put, line)
    assert count == 1
    assert usual(other) is None


@pytest.mark.parametrize(
    "gaps",
    [
        '[1, "key"], [2, ""]',
        '[1, ", "], [499, "a, b", "row", "column"]',
        '[1, "", ", ", ""]',
    ],
)
def test_gaps_of_a_usual_line_are_read_as_any_other(gaps: str) -> None:
    """Words with commas, and cells of a table, are read the quick way, too."""
    line = (
        '{"fact": "a", "notetype": "Gaps", "digest": "0f", "mod": 7, "guid": "1a",'
        f' "note": 1355226520000, "gaps": [{gaps}]}}'
    )
    assert usual(line) == line_in(json.loads(line))


def usual(text: str) -> Any:
    """Return what is read the quick way, None if nothing is."""
    row, *more = ROW.findall(text)
    assert not more
    return _usual(row) if row[0] else None


def attempt(read: Callable[[str], Any], text: str) -> Any:
    """Return what is read, or that it cannot be."""
    try:
        return read(text)
    except UNREADABLE:
        return "unreadable"


@given(IDS, LOCKS)
def test_any_lock_round_trips(deck: str, lines: dict[tuple[str, str], Line]) -> None:
    """Every lock is read from its file as it was, and has a line for each note."""
    lock = Lock(deck, lines, "born", "Anki::name", 7)
    data = format_lock(lock)
    assert parse_lock(data, "x.lock", deck) == (lock, ())
    assert len(data.splitlines()) == 1 + len(lines)


DIGESTS = st.dictionaries(IDS, st.sampled_from("123"), max_size=6)


@given(st.lists(st.tuples(DIGESTS, st.integers(1, 2**31)), min_size=1, max_size=5))
def test_times_never_fall(builds: list[tuple[dict[str, str], int]]) -> None:
    """Over any history of edits and clocks, a note's time rises when it changed, and only then."""
    lock = Lock("science")
    for digests, now in builds:
        after, changes = settle(lock, [*LOOK, *wanted(digests)], now)
        for key, old in lock.lines.items():
            new = after.lines.get(key)
            if new:
                assert (new.guid, new.note) == (old.guid, old.note)
                assert (new.mod > old.mod) is (new.digest != old.digest)
                assert new.mod >= old.mod
        ids = [line.note for (fact, _), line in after.lines.items() if fact]
        assert len(set(ids)) == len(ids)
        assert changes == Changes(look=changes.look) or after != lock
        lock = after


# ---------------------------------------------------------------------------- broken locks

GOOD = format_lock(first({"a": "1", "b": "2"})).decode()
HEAD, FACTS, GAPS, A, B = GOOD.splitlines()


def lock_of(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def with_value(line: str, **values: object) -> str:
    return json.dumps({**json.loads(line), **values})


def without(line: str, key: str) -> str:
    return json.dumps({k: v for k, v in json.loads(line).items() if k != key})


def refusal(data: bytes, line: int) -> str:
    """Return the sentence with which a lock is refused at a line."""
    lock, problems = parse_lock(data, "source/science.lock", "science")
    assert lock is None
    (problem,) = problems
    assert (problem.code, problem.severity) == ("bad-lock", "error")
    place = problem.place
    assert (place.file, place.line, place.column) == ("source/science.lock", line, 1)
    assert place.end_line == line
    assert problem.hint
    return problem.message


BROKEN = {
    "other format": (lock_of(with_value(HEAD, **{"deckbuilder-lock": 2}), A), 1, "format is 2"),
    "other deck": (lock_of(with_value(HEAD, deck="history"), A), 1, "`history`"),
    "no head": (lock_of(A, B), 1, "no line"),
    "no deck": (lock_of(without(HEAD, "deck"), A), 1, "no line"),
    "head is a list": (lock_of("[1]", A), 1, "no line"),
    "head twice": (lock_of(HEAD, HEAD, A), 2, "no line"),
    "restamped in words": (lock_of(with_value(HEAD, restamped="now"), A), 1, "no line"),
    "restamped before all time": (lock_of(with_value(HEAD, restamped=-1), A), 1, "no line"),
    "blank": (b"\n", 1, "no line"),
    "blank line": (lock_of(HEAD, "", A), 2, "no line"),
    "garbage": (b"garbage", 1, "no line"),
    "garbage behind": (lock_of(HEAD, FACTS, "garbage"), 3, "no line"),
    "binary": (bytes(range(256)), 1, "no line"),
    "NUL": (b"\0" * 100, 1, "no line"),
    "UTF-16": (GOOD.encode("utf-16"), 1, "no line"),
    "byte order mark": (GOOD.encode("utf-8-sig"), 1, "no line"),
    "cut off": (GOOD.encode()[:-20], 5, "no line"),
    "TOML": (b'deck = "science"\n', 1, "no line"),
    "two objects on a line": (lock_of(HEAD, A + B), 2, "no line"),
    "a list": (lock_of(HEAD, FACTS, "[]"), 3, "no line"),
    "a number": (lock_of(HEAD, "1"), 2, "no line"),
    "null": (lock_of(HEAD, "null"), 2, "no line"),
    "two lines for one note": (lock_of(HEAD, A, B, A), 4, "two lines"),
    "two lines for one note type": (lock_of(HEAD, FACTS, FACTS), 3, "two lines"),
    "no digest": (lock_of(HEAD, FACTS, without(A, "digest")), 3, "no line"),
    "no note type": (lock_of(HEAD, without(A, "notetype")), 2, "no line"),
    "no time": (lock_of(HEAD, without(A, "mod")), 2, "no line"),
    "time in words": (lock_of(HEAD, with_value(A, mod="yesterday")), 2, "no line"),
    "time null": (lock_of(HEAD, with_value(A, mod=None)), 2, "no line"),
    "time not a number": (lock_of(HEAD, with_value(A, mod=float("nan"))), 2, "no line"),
    "note a list": (lock_of(HEAD, with_value(A, note=[])), 2, "no line"),
    "fact a list": (lock_of(HEAD, with_value(A, fact=["a"])), 2, "no line"),
    "digits without end": (lock_of(HEAD, A[:-1] + ', "x": ' + "9" * 5000 + "}"), 2, "no line"),
    "merge conflict": (
        lock_of(HEAD, FACTS, "<<<<<<< HEAD", A, "=======", B, ">>>>>>> branch"),
        3,
        "merge conflict",
    ),
    "rest of a merge conflict": (lock_of(HEAD, A, "=======", B, ">>>>>>> b"), 3, "merge conflict"),
    "end of a merge conflict": (lock_of(HEAD, A, ">>>>>>> b"), 3, "merge conflict"),
    "merge conflict in the head": (lock_of("<<<<<<< HEAD", HEAD), 1, "merge conflict"),
}  # fmt: skip
# lines of the right form with values that no build wrote
IMPOSSIBLE = {
    "time without end": (lock_of(HEAD, with_value(A, mod=float("inf"))), 2),
    "nested too deeply": (lock_of(HEAD, "[" * 100_000), 2),
    "fact a number": (lock_of(HEAD, with_value(A, fact=1)), 2),
    "note type a number": (lock_of(HEAD, with_value(A, notetype=1)), 2),
    "time too late for Anki": (lock_of(HEAD, with_value(A, mod=2**63)), 2),
    "note id too large for Anki": (lock_of(HEAD, with_value(A, note=2**63)), 2),
    "note id below zero": (lock_of(HEAD, with_value(A, note=-1)), 2),
    "note without id": (lock_of(HEAD, without(A, "note")), 2),
    "note without guid": (lock_of(HEAD, without(A, "guid")), 2),
    "two notes of one id": (lock_of(HEAD, A, with_value(B, note=json.loads(A)["note"])), 3),
    "two notes of one guid": (lock_of(HEAD, A, with_value(B, guid=json.loads(A)["guid"])), 3),
    "half a character in a gap": (lock_of(HEAD, with_value(B, gaps=[[1, "\ud800"]])), 2),
    "half a character in the deck's name": (lock_of(with_value(HEAD, anki="\ud800"), A), 1),
    "fact that is no id": (lock_of(HEAD, with_value(A, fact="\x1b[2J")), 2),
}


@pytest.mark.parametrize(("data", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_broken_lock_is_one_problem(data: bytes, line: int, says: str) -> None:
    """A lock that cannot be used is a problem at the line at fault, never a crash or a guess."""
    assert says in refusal(data, line)


@pytest.mark.parametrize(("data", "line"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_impossible_lock_is_one_problem(data: bytes, line: int) -> None:
    """A lock with values that no build wrote is refused as well."""
    assert refusal(data, line)


def test_a_note_type_has_no_ids_to_be_told_twice() -> None:
    """Whatever stands in the line of one beside what it needs is no other's guid or note."""
    odd = with_value(FACTS, guid=json.loads(A)["guid"], note=json.loads(A)["note"])
    for some in ((HEAD, odd, GAPS, A), (HEAD, A, odd, GAPS)):
        assert parse_lock(lock_of(*some), "x.lock", "science")[1] == ()


@pytest.mark.parametrize(("end", "column"), [("\n", 2), ("\r\n", 2), ("", 2), ("\r", 3)])
def test_a_problem_ends_where_its_line_does(end: str, column: int) -> None:
    """A line feed ends a line, with or without a carriage return; that alone is a character."""
    (problem,) = parse_lock(f"{HEAD}\nx{end}".encode(), "x.lock", "science")[1]
    assert problem.place.end_column == column


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_far_down_is_read_and_refused_as_the_first(end: str) -> None:
    """A long lock is read in several stretches: no line is lost or counted twice between them."""
    lock = first({f"fact-{n}": f"{n:x}" for n in range(1000)})
    lines = {
        key: line._replace(was=("old-" + "ü" * (n % 30),) if n % 7 == 0 else ())
        for n, (key, line) in enumerate(lock.lines.items())
    }
    lock = replace(lock, lines=lines)
    rows = format_lock(lock).decode().split("\n")
    assert len("\n".join(rows)) > 2 * STRETCH
    assert parse_lock(end.join(rows).encode(), "x.lock", "science") == (lock, ())
    assert parse_lock(end.join(rows[:-1]).encode(), "x.lock", "science") == (lock, ())
    for index in (300, 301, 302, 700, len(rows) - 2):
        again = rows[index].replace("fact-", "fact-new-")
        data = end.join([*rows[: index + 1], again, *rows[index + 1 :]]).encode()
        assert "two lines" in refusal(data, index + 2)
        (problem,) = parse_lock(data, "x.lock", "science")[1]
        assert problem.place.end_column == len(again) + 1


@given(st.binary())
def test_any_bytes_are_a_lock_or_a_problem(data: bytes) -> None:
    """No content of the file raises an error."""
    lock, problems = parse_lock(data, "x.lock", "science")
    assert (lock is None) is bool(problems)


@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)), st.text(max_size=3))
def test_damaged_lock_is_a_lock_or_a_problem(start: int, length: int, patch: str) -> None:
    """Nor does any damage to a good one, and its problem lies in the file."""
    data = (GOOD[:start] + patch + GOOD[start + length :]).encode("utf-8", "replace")
    lock, problems = parse_lock(data, "x.lock", "science")
    assert (lock is None) is bool(problems)
    for problem in problems:
        assert 1 <= problem.place.line <= len(data.decode().splitlines())
