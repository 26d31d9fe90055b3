"""The fast roads of the lint: each tells the same as the plain one that is told here."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import nasty
import pytest
from conftest import ROOT, SMALL
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.cards import cards
from deckbuilder.content import Items, Paragraph, plain_content, texts
from deckbuilder.lint import english, lint, sight
from deckbuilder.lint.fronts import fronts
from deckbuilder.lint.words import NARROW, WIDE, length, over, paragraphs, said, sentences
from deckbuilder.model import Fact, Gapped
from deckbuilder.read import read, read_bytes
from deckbuilder.text.tree import Gap, blank, gaps, plain, words

SAMPLES = sorted((ROOT / "tests" / "samples").glob("*.toml"))
LINKED = """
[[topic.fact]]
id = "gap-in-a-gap"
cloze = "{{See [a {{b}} c](https://x.org)}}, {{c2::d::*e* & {f}}}, `{{c2::g}}` un{{c3::$E = m$}}."

[[topic.fact]]
id = "the-same-number-twice"
list = "Which [...]?"
items = [{text = "a", n = 2}, "b", {text = "c", n = 2}, "d"]
ordered = true
"""
ONE, OTHER = Gap(words("a"), 1), Gap(words("b"), 2, "hint")
MIXED = Gapped(
    (
        Paragraph((ONE,)),
        Items(((OTHER,), (ONE, *words(" & "), OTHER), (ONE,), (OTHER,)), ordered=True),
        Items(((ONE, OTHER),)),
        Paragraph((OTHER,)),
    ),
    "cloze",
)
CUES = st.sampled_from([
    "currently nowadays", "these days", "at present", "at the moment", "at the moment of", "now",
    "as of now", "this year", "thiſ decade", "THİS YEAR", "thıs year", "the latest", "the NEWEST",
    "the most recent", "the incumbent", "s current pope", "largest", "how many", "today", "NOW",
])  # fmt: skip
PIECES = st.sampled_from([*"aé日カ’'- 。7", "Word", "x\u0301"])


def facts() -> Iterator[Fact]:
    """Yield facts with gaps: of people, drawn by lot, and made up."""
    sources = [nasty.source(seed, 150, typed=seed % 2 == 0).toml() for seed in range(4)]
    made = [read_bytes(source, "some.toml") for source in [(SMALL + LINKED).encode(), *sources]]
    made += map(read, [ROOT / "source" / "relations.toml", *SAMPLES])
    for deck, problems in made:
        assert deck, problems
        yield from (fact for fact in deck.facts if isinstance(fact.parts.note, Gapped))
        yield replace(deck.facts[0], parts=replace(deck.facts[0].parts, note=MIXED))


def test_fronts_say_what_cards_say() -> None:
    """What is read once for all cards of a fact is what each of its cards has."""
    seen = 0
    for fact in facts():
        note = fact.parts.note
        assert isinstance(note, Gapped)
        made, told = fronts(note.content)
        for front, card in zip(made, cards(fact), strict=True):
            asked = [
                (gap, isinstance(block, Items))
                for block in note.content
                for text in texts((block,))
                for gap in gaps(text)
                if gap.number == card.ordinal
            ]
            assert front.number == card.ordinal
            assert front.gaps == [(g, (plain(g.inside), said(g.inside))) for g, _ in asked]
            assert front.listed is any(listed for _, listed in asked)
            assert front.whole == plain_content(card.front)
            assert front.paragraphs == paragraphs(card.front)
            assert front.sentences == sentences(card.front)
            blanks = "|".join(re.escape(blank(gap)) for gap, _ in asked)
            for text in texts(card.front):
                assert all(run in told for run in re.split(blanks, plain(text)))
            for gap, _ in asked:
                assert all(part in told for part in (plain(gap.inside), said(gap.inside), gap.hint))
            seen += 1
    assert seen > 300


@pytest.mark.parametrize("seed", range(6))
def test_some_facts_at_a_time_are_told_what_all_are(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Topic by topic, cards are compared with those of the whole deck that they look like."""
    lot = random.Random(seed)
    text = ""
    for topic in range(4):
        text += f'[[topic]]\nid = "t{topic}"\ntitle = "Title {topic % 2}"\n'
        for n in range(8):
            asked = (
                f"{lot.choice(['Who', 'What'])} is {lot.choice('ab')} {lot.choice(['', 'c'])} d?"
            )
            answer, reverse = lot.choice(["Title 1", "one", "two"]), lot.choice(["true", "false"])
            text += f'[[topic.fact]]\nid = "f{topic}-{n}"\nquestion = "{asked}"\n'
            text += f'answer = "{answer}"\nreverse = {reverse}\n'
    deck, problems = read_bytes((SMALL + text).encode(), "some.toml")
    assert deck, problems
    at_once = lint(deck)
    monkeypatch.setattr(sight, "FEW", 1)
    assert lint(deck) == at_once
    codes = {problem.code for problem in at_once}
    assert codes >= {"ambiguous-prompt", "duplicate-card", "interference"}


@given(st.lists(PIECES, max_size=60).map("".join), st.integers(1, 40))
def test_long_texts_are_those_with_many_words(text: str, most: int) -> None:
    """No text is too short to be long."""
    assert over(text, most) is (length(text) > most)


@given(st.lists(CUES | PIECES, max_size=6).map(" ".join))
def test_what_becomes_wrong_is_found(text: str) -> None:
    """No text is left out that has words that become wrong."""
    assert english.may_be_current(f"a\n{text}") or not english.CURRENT.search(text)


def test_narrow_characters_stay_narrow() -> None:
    """What is not looked at for wide characters has none, and gets none."""
    narrow = "".join(map(chr, range(ord(NARROW) + 1)))
    for form in ("NFC", "NFKC"):
        assert not WIDE.search(unicodedata.normalize(form, narrow).casefold())
