"""The fast roads of trying an update: each reads the same as the plain one that it spares."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from conftest import NOW, SMALL, deck_of, packed
from test_fast_check import lines_run

from deckbuilder.lock import Lock, mark_released
from deckbuilder.publishing import otherwise
from deckbuilder.publishing.built import built
from deckbuilder.publishing.news import news
from deckbuilder.releases import html
from deckbuilder.releases.learner import learner
from deckbuilder.releases.simulate import simulate
from deckbuilder.updates import update

GAPS = (
    '<span class="cloze" data-ordinal="1">',
    '<span class="cloze" data-cloze="a &lt;b" data-ordinal="2">',
)
SPANS = (
    """<span class="cloze-inactive" data-ordinal="3">|<span class=cloze>|<span class='cloze x'>"""
)
TAGS = "<div> </div> <b> </b> <br> <BR/> <i/> <sup> </sup> <hr> <u <!-- --> <script> </script>"
ROWS = "<table> <table> <TABLE> </table> <tr> <tr> </tr> </tr> <th> </th> <td> </td>"
WORDS = "a|b | < |cloze|=\"|='|&amp;|\\("
TOKENS = (*GAPS, *SPANS.split("|"), *["</span>"] * 3, '<div class="back">', "<hr id=answer>")
TOKENS += (*TAGS.split(), *ROWS.split(), *WORDS.split("|"))
TOPIC = """
[[topic]]
id = "t{n}"
title = "Topic {n}"

[[topic.fact]]
id = "f{n}"
question = "What is it of {n}?"
answer = "{answer} {n}"
"""
CELLS = ("<td>{}</td>", "<td><b>{}</b></td>", "<td>{}<br>more</td>", "<th>{}</th>")


def pages(count: int) -> list[str]:
    """Return pages drawn by lot: heaps of tags, and tables with one gap that is asked for."""
    lot, found = random.Random(7), list[str]()
    for _ in range(count):
        found.append("".join(lot.choices(TOKENS, k=lot.randint(1, 20))))
        rows = [[lot.choice(CELLS).format(lot.choice("abc")) for _ in range(3)] for _ in range(4)]
        asked = f"{lot.choice(GAPS)}{lot.choice(('[...]', 'so<b>lo</b>', '<br>'))}</span>"
        rows[lot.randrange(4)][lot.randrange(3)] = lot.choice(CELLS).format(asked)
        table = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
        odd = lot.choice(TOKENS) if lot.random() < 0.3 else ""
        found.append(f"<div>Which?<div><table>{table}</table></div>{odd}more</div>")
    return found


@pytest.mark.parametrize(("read", "less"), [("answer", "_asked"), ("cell", "_around")])
def test_what_is_asked_for_is_what_the_whole_page_has(
    read: str, less: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gap alone, and its row, say what is found in all of the page, however that is written."""
    every, cut = pages(3000), getattr(html, less)
    quick = [getattr(html, read)(page) for page in every]
    shorter = sum(len(cut(page)) < len(page) and "cloze" in cut(page) for page in every)
    monkeypatch.setattr(html, less, lambda page: page)
    for page, found in zip(every, quick, strict=True):
        assert found == getattr(html, read)(page), page
    assert shorter > 1000


@pytest.mark.parametrize("inside", ["one<br>two", '<img src="a.png">', "<b>one</b><hr>two"])
def test_a_gap_with_what_is_never_closed_is_read_alone(inside: str) -> None:
    """A line break or a picture in a gap does not let all of its page be read."""
    gap = f"{GAPS[0]}{inside}</span>"
    assert html._asked(f"<div>before {gap} after</div>") == gap


def table(rows: int, word: str) -> str:
    """Return a source with a table, every second row of which says a word."""
    cells = ",".join(
        f'["Row {n}", "one {n}", "{word if n % 2 else ""} two {n}"]' for n in range(rows)
    )
    fact = f'id = "table"\ncompare = "How?"\nthings = ["A", "B"]\naspects = [{cells}]\n'
    return f"{SMALL}\n[[topic.fact]]\n{fact}"


def test_twice_the_table_is_twice_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table is read anew for each of its gaps, when an update is tried."""
    elements = [0]
    plain = html._Reader.handle_starttag

    def counted(self: html._Reader, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        elements[0] += 1
        plain(self, tag, attrs)

    monkeypatch.setattr(html._Reader, "handle_starttag", counted)
    taken = []
    for rows in (10, 20):
        file = tmp_path / f"{rows}" / "small.toml"
        file.parent.mkdir()
        file.write_text(table(rows, "the"), encoding="utf-8")
        old = packed(file)
        file.write_text(table(rows, "a"), encoding="utf-8")
        elements[0] = 0
        assert not simulate(old, packed(file)).failures
        taken.append(elements[0])
    assert taken[1] < 2.1 * taken[0]


def test_cards_of_anki_are_as_we_read_them(tmp_path: Path) -> None:
    """Neither a front nor a back of a real table is read as a whole."""
    file = tmp_path / "small.toml"
    file.write_text(table(9, "a"), encoding="utf-8")
    with learner() as student:
        student.load(packed(file))
        notes = student.state().notes.values()
    (cards,) = (note.cards for note in notes if note.fact == "table")
    for card in cards.values():
        assert len(html._asked(card.back)) < 60
        assert len(html._around(card.front)) < 300


def test_twice_as_many_facts_corrected_is_twice_the_work() -> None:
    """No topic of the deck is looked for anew for each fact that the notes of a release tell of."""
    taken = []
    for many in (50, 100):
        then, now = (
            deck_of(SMALL + "".join(TOPIC.format(n=n, answer=answer) for n in range(many)))
            for answer in ("one", "two")
        )
        old, _ = update(then, Lock("small"), NOW, break_schema=False)
        new, _ = update(now, mark_released(old.lock, "0.1.0"), NOW, break_schema=False)
        told = partial(news, built(then, old.lock), built(now, new.lock))
        assert len(told().corrected) == many
        taken.append(lines_run(otherwise, told))
    assert taken[1] < 2.1 * taken[0]
