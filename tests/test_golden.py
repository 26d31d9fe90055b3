"""Pages as pictures: what a change does to the look of a handout is seen before it is printed.

`make golden` takes the pictures anew; the difference is then looked at, and committed.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pypdfium2
import pytest
from conftest import NOW, ROOT
from filed import filed
from PIL import Image, ImageChops, ImageStat

from deckbuilder.choice import Choice, choose
from deckbuilder.model import Deck
from deckbuilder.read import read, read_bytes
from deckbuilder.schema import HANDOUTS
from deckbuilder.writers.pdf import sheet
from deckbuilder.writers.pdf.handouts import handout, write

GOLDEN = ROOT / "tests" / "golden"
DPI = 72
MEAN, FAR, SHARE = 1.0, 96, 0.002  # of 255: rasterisers and their versions differ in the edges


def deck_of(name: str) -> Deck:
    if name == "relations":
        deck, problems = read(ROOT / "source" / "relations.toml")
    elif name == "science":
        deck, problems = read(ROOT / "tests" / "samples" / "science.toml")
    else:
        deck, problems = read_bytes(two_hundred().encode(), "two-hundred.toml")
    assert deck, problems
    return deck


def two_hundred() -> str:
    """Return a source of 200 facts in ten topics, of every kind and length."""
    text = (ROOT / "tests" / "samples" / "science.toml").read_text(encoding="utf-8")
    text = text.partition("[[topic]]")[0].replace('id       = "science"', 'id = "two-hundred"')
    for topic in range(10):
        text += f'[[topic]]\nid = "t{topic}"\ntitle = "Chapter {topic + 1}"\n'
        text += f"when = {1700 + 30 * topic}\n" if topic % 3 else ""
        for n in range(20):
            more = "and so it went on for a while " * (n % 4)
            text += (
                f'[[topic.fact]]\nid = "f{topic}-{n}"\n'
                + (
                    f'cloze = "Observation {n} of {{{{chapter {topic + 1}}}}} was made {more}."\n',
                    f'question = "What was found in case {n}?"\nanswer = "finding {n} {more}"\n',
                    f'list = "What does rule {n} ask?"\nitems = ["care", "time", "light {n}"]\n',
                    f'term = "term {topic}.{n}"\ndefinition = "what it stands for {more}"\n',
                    f'event = "Experiment {n} was repeated."\nwhen = {1700 + 30 * topic + n}\n',
                )[n % 5]
            )
    return text


def pictures(data: bytes) -> list[Image.Image]:
    """Return each page of a PDF in shades of grey."""
    pdf = pypdfium2.PdfDocument(data)
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in pdf]


def sheet_of(deck: Deck) -> bytes:
    return filed(sheet.write, deck, "stamp", lambda: NOW)


def handed_out(name: str, deck: Deck) -> list[Image.Image]:
    """Return the first pages of a handout and its last: its key, if it has one."""
    chosen = choose(deck, handout(name).facts(deck), Choice())
    *pages, last = pictures(filed(write, name, chosen, "stamp", NOW))
    return [*pages[:2], last]


def unlike(one: Image.Image, other: Image.Image) -> str:
    """Return how two pages differ, "" if they look the same."""
    if one.size != other.size:
        return f"size {one.size} is not {other.size}"
    difference = ImageChops.difference(one, other)
    mean = ImageStat.Stat(difference).mean[0]
    far = sum(difference.histogram()[FAR:]) / (one.width * one.height)
    return f"mean {mean:.2f}, {far:.2%} far off" if mean > MEAN or far > SHARE else ""


def hold(pages: list[Image.Image], name: str) -> None:
    """Hold pages against their golden pictures, of which there are as many."""
    files = [GOLDEN / f"{name}-{number}.png" for number in range(1, len(pages) + 1)]
    there = re.compile(rf"{name}-\d+\.png").fullmatch
    if os.environ.get("GOLDEN") == "new":
        for old in GOLDEN.iterdir():
            if there(old.name):
                old.unlink()
        for page, file in zip(pages, files, strict=True):
            page.quantize(16).save(file, optimize=True)
    assert sorted(file for file in GOLDEN.iterdir() if there(file.name)) == sorted(files)
    for page, file in zip(pages, files, strict=True):
        with Image.open(file) as golden:
            assert not unlike(page, golden.convert("L")), file.name


@pytest.mark.parametrize("name", ["relations", "science", "two-hundred"])
def test_pages_look_as_they_did(name: str) -> None:
    """Every page of a sheet looks like its golden picture, and there are as many of them."""
    hold(pictures(sheet_of(deck_of(name))), name)


@pytest.mark.parametrize("name", HANDOUTS)
def test_handouts_look_as_they_did(name: str) -> None:
    """So do the pages of each handout of the first source."""
    hold(handed_out(name, deck_of("relations")), f"relations-{name}")


@pytest.mark.parametrize("name", ["quiz", "organiser", "cards"])
def test_large_print_looks_as_it_did(name: str) -> None:
    """And those of another subject, in large print on Letter."""
    deck = deck_of("science")
    deck = replace(deck, printing=replace(deck.printing, profile="large", paper="Letter"))
    hold(handed_out(name, deck), f"science-large-{name}")


def test_the_comparison_sees_a_lost_fact() -> None:
    """A page that lacks one fact is not taken for the same."""
    deck = deck_of("relations")
    less = replace(deck, facts=tuple(fact for fact in deck.facts if fact.number != 3))
    with Image.open(GOLDEN / "relations-1.png") as golden:
        assert unlike(pictures(sheet_of(less))[0], golden.convert("L"))
