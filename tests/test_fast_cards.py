"""The fast roads of the deck: each makes the same as the plain one that is told here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nasty
import pytest
from conftest import NOW, ROOT, SMALL
from filed import filed

from deckbuilder.cards import Card, answered, answers, cards, hint_to
from deckbuilder.content import Block, Items, Paragraph, each_gap, gap_numbers, texts, without_gaps
from deckbuilder.context import context
from deckbuilder.lock import Lock, Numbered, Numbers, Wish, allocate
from deckbuilder.model import Deck, Fact, Gapped, in_deck, study_order
from deckbuilder.numbering import _gaps
from deckbuilder.read import read, read_bytes
from deckbuilder.text.tree import Gap, blank, gaps, plain, words
from deckbuilder.updates import update
from deckbuilder.writers.apkg import package, tsv
from deckbuilder.writers.apkg.digest import _json_lines, content_digest
from deckbuilder.writers.apkg.html import render, render_content
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import GAPS
from deckbuilder.writers.apkg.sides import sides

SAMPLES = sorted(path.stem for path in (ROOT / "tests" / "samples").glob("*.toml"))
LINKED = """
[[topic.fact]]
id = "gap-in-a-gap"
cloze = "{{See [a {{b}} c](https://x.org)}} and {{c2::d::*e* & {f}}}, {{c2::`g`}}."

[[topic.fact]]
id = "the-same-number-twice"
list = "Which?"
items = [{text = "a", n = 2}, "b", {text = "c", n = 2}, "d"]
ordered = true

[[topic.fact]]
id = "one-answer-in-the-title"
cloze = "The {{first topic}} of {{two}}."
"""

COL = "collection.anki2"  # the database in a package


@pytest.fixture(params=["relations", "linked", *SAMPLES, 1, 2, 3, 4, 5, 6])
def deck(request: pytest.FixtureRequest) -> Deck:
    """A deck: of people, of samples, or drawn by lot."""
    if request.param == "linked":
        made, problems = read_bytes((SMALL + LINKED).encode(), "linked.toml")
    elif isinstance(request.param, int):
        source = nasty.source(request.param, 150, typed=request.param % 2 == 0)
        made, problems = read_bytes(source.toml(), "nasty.toml")
    else:
        folder = "source" if request.param == "relations" else "tests/samples"
        made, problems = read(ROOT / folder / f"{request.param}.toml")
    assert made, problems
    return made


def plain_cards(fact: Fact, note: Gapped) -> Iterator[Card]:
    """Yield the cards of a fact with gaps, each worked out by itself."""
    for number in gap_numbers(note.content):
        front = each_gap(
            tuple(without_later(block, number) for block in note.content),
            lambda gap: words(blank(gap)) if gap.number == number else gap.inside,  # noqa: B023
        )
        asked = [gap for text in texts(note.content) for gap in gaps(text) if gap.number == number]
        answer = " ".join(plain(gap.inside) for gap in asked)
        yield Card(fact.id, number, front, without_gaps(note.content), answer)


def without_later(block: Block, number: int) -> Block:
    """Cut an ordered list behind the item that is asked for."""
    if isinstance(block, Items) and block.ordered:
        for n, item in enumerate(block.items, 1):
            if any(gap.number == number for gap in gaps(item)):
                return replace(block, items=block.items[:n])
    return block


def test_all_cards_of_a_fact_are_those_made_one_by_one(deck: Deck) -> None:
    """What is filled in once for all cards is what each would fill in."""
    for fact in deck.facts:
        if isinstance(fact.parts.note, Gapped):
            assert cards(fact) == tuple(plain_cards(fact, fact.parts.note))


def test_cards_share_what_they_do_not_ask_for() -> None:
    """A list of 499 items has no 499 copies of each item."""
    items = "".join(f'"item {n}", ' for n in range(499))
    text = f'{SMALL}\n[[topic.fact]]\nid = "long"\nlist = "Which?"\nitems = [{items}]\n'
    deck, problems = read_bytes(text.encode(), "long.toml")
    assert deck, problems
    made = cards(deck.facts[-1])
    found: set[int] = set()
    for card in made:
        found |= {id(text) for text in texts((*card.front, *card.back))}
    assert (len(made), len(found)) == (499, 1 + 499 + 499)  # each item filled in, and blank


def test_answers_alone_are_those_of_the_cards(deck: Deck) -> None:
    """Where no side is shown, numbers and answers are those of the cards that are."""
    for fact in deck.facts:
        if isinstance(fact.parts.note, Gapped):
            asked = answers(fact.parts.note.content)
            assert [*asked.items()] == [(card.ordinal, card.answer) for card in cards(fact)]


def test_a_digest_is_of_json(deck: Deck) -> None:
    """The content of a note is written as `json` does, which digests in locks were made with."""
    for note in notes(deck):
        content = json.dumps([note.notetype, note.fields, note.tags, note.ordinals])
        assert note.digest == hashlib.sha256(content.encode()).hexdigest()[:16]


def test_first_numbers_are_those_that_are_worked_out(deck: Deck) -> None:
    """What is counted from the front is what is found for gaps that nobody knows yet."""
    new, _ = update(deck, Lock(deck.id), NOW, break_schema=False)
    for fact in in_deck(deck):
        if isinstance(fact.parts.note, Gapped):
            wishes = [Wish(words, gap.number, at) for gap, words, at in _gaps(fact.parts.note)]
            worked_out = allocate(Numbers(), wishes, strict=False)
            assert worked_out == Numbered(new.lock.lines[fact.id, GAPS].numbers)


def test_sides_in_html_are_those_of_the_cards(deck: Deck) -> None:
    """What is put together of pieces is what rendering each side of each card makes."""
    for fact in deck.facts:
        if isinstance(fact.parts.note, Gapped):
            content = fact.parts.note.content
            assert [*sides(content, render_content(content))] == [
                (render_content(card.front), render_content(answered(fact, card)))
                for card in cards(fact)
            ]


def test_rows_of_the_text_file_are_those_of_the_cards(deck: Deck) -> None:
    """What is taken from the notes is what rendering the title and the sides of each card makes."""
    topics = {topic.id: topic for topic in deck.topics}
    wanted = []
    for fact in study_order(deck):
        more = "".join(f"<p>{render(text)}</p>" for text in (fact.extra, fact.cite) if text)
        for card in cards(fact):
            note = fact.parts.note
            asked = note.content if isinstance(note, Gapped) else card.front
            title = render(context(deck, topics[fact.topic], asked, card.answer))
            above = f"<div><small>{title}</small></div>" if title else ""
            back = render_content(answered(fact, card)) + more
            hint = render(hint_to(fact, card.ordinal))
            front = above + render_content(card.front) + (f"<p>({hint})</p>" if hint else "")
            wanted.append([front, back])
    new, _ = update(deck, Lock(deck.id), NOW, break_schema=False)
    lines = io.StringIO(filed(tsv.write, new.deck, new.notes, new.lock).decode(), newline="")
    found = [row[3:] for row in csv.reader(lines, delimiter="\t") if not row[0].startswith("#")]
    assert found == wanted


def test_ordered_lists_are_cut_one_by_one() -> None:
    """Each list ends with its first item that is asked for; a paragraph with the gap cuts none."""
    gap, other = (Gap(words("a"), 1),), (Gap(words("b"), 2),)
    listed = Items((other, (*gap, *words(" & "), *other), gap, other), ordered=True)
    content = (Paragraph(gap), listed, Items((gap, other)), Paragraph(other), listed, listed)
    assert [front for front, _ in sides(content, render_content(content))] == [
        "&#91;...]<ol><li>b</li><li>&#91;...] &amp; b</li></ol>"
        "<ul><li>&#91;...]</li><li>b</li></ul><p>b</p>"
        + 2
        * "<ol><li>b</li><li>&#91;...] &amp; b</li></ol>",
        "a<ol><li>&#91;...]</li></ol>"
        "<ul><li>a</li><li>&#91;...]</li></ul><p>&#91;...]</p>" + 2 * "<ol><li>&#91;...]</li></ol>",
    ]


@pytest.mark.parametrize("text", ["plain", '"], [', "], [1, 2], ["])
def test_rows_are_written_as_one_by_one(text: str) -> None:
    """What is digested has a line for each row, whatever stands in the row."""
    rows = [(1, text, ""), (2, "é\n", None), (3, 0.5, text)]
    assert _json_lines(rows) == "".join(json.dumps(row) + "\n" for row in rows)


def test_the_digest_of_what_is_written_is_that_of_the_package(deck: Deck, tmp_path: Path) -> None:
    """What is told of rows while they are written is what is read back of the finished package."""
    new, _ = update(deck, Lock(deck.id), NOW, break_schema=False)
    out = io.BytesIO()
    content = package.write(new.deck, new.notes, new.lock, "stamp", tmp_path / "x", out)
    assert content == content_digest(out.getvalue())


def test_a_package_is_made_anew_where_one_was_begun(deck: Deck, tmp_path: Path) -> None:
    """What a process left behind that died while it wrote is no part of what the next one makes."""
    new, _ = update(deck, Lock(deck.id), NOW, break_schema=False)
    scratch, arguments = tmp_path / "x", (new.deck, new.notes, new.lock, "stamp")
    whole = filed(package.write, *arguments, scratch)
    for begun in (b"SQLite format 3\0 and no more", zipfile.ZipFile(io.BytesIO(whole)).read(COL)):
        scratch.write_bytes(begun)
        assert filed(package.write, *arguments, scratch) == whole
    assert not scratch.exists()


@pytest.mark.parametrize(
    "sort",
    [
        *("1947", " 12\n", "1e3", "1e999", "1e-400", "-0", "-.5", "5.", "0.1", "1.0", "+7"),
        *("9007199254740993", "9223372036854775808"),
        *("0x1f", "7 8", "1_000", "inf", "nan", "²", "\u0661", ""),
    ],
)
def test_the_digest_knows_what_sqlite_takes_for_a_number(sort: str, tmp_path: Path) -> None:
    """The column that Anki's browser sorts by is declared a number."""
    deck, _ = read_bytes(SMALL.encode(), "small.toml")
    assert deck
    new, _ = update(deck, Lock(deck.id), NOW, break_schema=False)
    changed = [note._replace(sort=sort) for note in new.notes]
    out = io.BytesIO()
    content = package.write(new.deck, changed, new.lock, "stamp", tmp_path / "x", out)
    assert content == content_digest(out.getvalue())
