"""The fast roads of the lint: each tells the same as the plain one that is told here."""

from __future__ import annotations

import gc
import random
import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import nasty
import pytest
from conftest import ROOT, SMALL
from hypothesis import example, given
from hypothesis import strategies as st

from deckbuilder.cards import cards
from deckbuilder.content import Content, Items, Paragraph, paragraph, plain_content, texts
from deckbuilder.context import gives_away
from deckbuilder.lint import english, fronts, lint, sight
from deckbuilder.lint.near import interference
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight, see, titles
from deckbuilder.lint.words import (
    WIDE,
    bared,
    folded_words,
    length,
    narrow,
    over,
    said,
    same,
)
from deckbuilder.lint.words import words as words_of
from deckbuilder.model import Face, Faces, Fact, Gapped
from deckbuilder.read import read, read_bytes
from deckbuilder.text.keyboard import printed
from deckbuilder.text.normal import as_kept
from deckbuilder.text.tree import Code, Gap, Math, Words, blank, gaps, plain, unbroken, words

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
BECOMES_WRONG = [
    "currently nowadays", "these days", "at present", "at the moment", "at the moment of", "now",
    "as of now", "this year", "thiſ decade", "THİS YEAR", "thıs year", "the latest", "the NEWEST",
    "the most recent", "the incumbent", "s current pope", "largest", "how many", "today", "NOW",
    "who is now", "is ſtill alive", "are now the king", "has RECENTLY", "which one recently",
]  # fmt: skip
CUES = st.sampled_from(BECOMES_WRONG)
LETTERS = (
    st.sampled_from([*"aÉßµªº½²İſΣſ\u0301'’ -.´\0_™日", "l'", "qu’", "The", "é", "of"])
    | st.characters(max_codepoint=255)
    | st.characters()
)
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


def one(note: Faces | Gapped, above: str = "Any") -> Sight:
    """Return the cards of a fact with this note, below this title."""
    deck, problems = read_bytes(SMALL.encode(), "some.toml")
    assert deck, problems
    fact = replace(deck.facts[0], parts=replace(deck.facts[0].parts, note=note))
    named = {fact.topic: above}
    return see(deck, named, [fact])


def paragraphs(content: Content) -> str:
    """Return what the author's sentences say, without lists and fixed questions."""
    return " ".join(said(block.text) for block in content if isinstance(block, Paragraph))


def sentences(content: Content) -> str:
    """Return what sentences and items say, without fixed questions."""
    counted = tuple(block for block in content if isinstance(block, (Paragraph, Items)))
    return " ".join(map(said, texts(counted)))


@pytest.mark.parametrize("few", [fronts.FEW, 0])
def test_fronts_say_what_cards_say(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read once for all cards of a fact is what each of its cards has."""
    monkeypatch.setattr(fronts, "FEW", few)
    seen = 0
    for fact in facts():
        note = fact.parts.note
        assert isinstance(note, Gapped)
        made, told = fronts.fronts(fact, note.content, "")
        tidied = all(map(as_kept, told))
        for front, card in zip(made, cards(fact), strict=True):
            asked = [
                (gap, isinstance(block, Items))
                for block in note.content
                for text in texts((block,))
                for gap in gaps(text)
                if gap.number == card.ordinal
            ]
            assert front.ordinal == card.ordinal
            assert front.gaps == [gap for gap, _ in asked]
            assert front.listed is any(listed for _, listed in asked)
            assert front.whole == plain_content(card.front)
            assert front.read == paragraphs(card.front)
            assert front.sentences == sentences(card.front)
            prompt = front.sentences
            for gap in front.gaps:
                prompt = prompt.replace(unbroken(blank(gap)), " ", 1)
            assert front.prompt_words == folded_words(prompt)
            assert front.answers == [said(gap.inside) for gap in front.gaps]
            assert front.recalled == " ".join(plain(gap.inside) for gap in front.gaps)
            assert set(printed(front.whole)) <= set(printed(" ".join(told)))
            assert not tidied or printed(front.whole) or bared(front.whole) == same(front.whole)
            blanks = "|".join(re.escape(unbroken(blank(gap))) for gap, _ in asked)
            for text in texts(card.front):
                assert all(run in "\n".join(told) for run in re.split(blanks, plain(text)))
            for gap, _ in asked:
                for part in (plain(gap.inside), said(gap.inside), gap.hint):
                    assert any(part in text for text in told)
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


def test_cards_are_there_a_topic_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cards of one topic are gone before the next one's are made, and share their words."""
    gaps = " ".join(f"word{n} {{{{gap{n}}}}}" for n in range(30))
    text = SMALL
    for topic in range(3):
        text += f'[[topic]]\nid = "t{topic}"\ntitle = "Title {topic}"\n'
        text += f'[[topic.fact]]\nid = "f{topic}"\ncloze = "{gaps}"\n'
    deck, problems = read_bytes(text.encode(), "some.toml")
    assert deck, problems
    made: list[int] = []

    def seen(*given: Any) -> Sight:
        made.append(sum(isinstance(each, Seen) for each in gc.get_objects()))
        return see(*given)

    monkeypatch.setattr(sight, "FEW", 1)
    monkeypatch.setattr("deckbuilder.lint.see", seen)
    lint(deck)
    assert len(made) > 3
    assert not any(made)
    note = deck.facts[-1].parts.note
    assert isinstance(note, Gapped)
    first, second, *_ = fronts.fronts(deck.facts[-1], note.content, "").cards
    assert first.prompt_words[-1] is second.prompt_words[-1]


@given(st.lists(PIECES, max_size=60).map("".join), st.integers(1, 40))
@example("a日b日c", 3)
def test_long_texts_are_those_with_many_words(text: str, most: int) -> None:
    """No text is too short to be long."""
    assert over(text, most) is (length(text) > most)


@given(st.lists(CUES | PIECES, max_size=6).map(" ".join), st.lists(st.integers(0, 60)))
@example("as of nowhere", [9])
def test_what_becomes_wrong_is_found(text: str, cuts: list[int]) -> None:
    """No fact is left out that has a card with words that become wrong, wherever its gaps are."""
    ends = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    parts = [Words(text[start:end]) for start, end in pairwise(ends)]
    gapped = [part if n % 2 else Gap((part,), n) for n, part in enumerate(parts, 1)]
    made = one(Gapped(paragraph(tuple(gapped)), "cloze"))
    for seen in made.cards:
        if english.CURRENT.search(f"{seen.whole} {seen.answer}"):
            assert english.perhaps_current(made)


@pytest.mark.parametrize("cue", BECOMES_WRONG)
def test_no_words_that_become_wrong_are_passed_over(cue: str) -> None:
    """Not even where nothing else on the card would have it looked at."""
    made = one(Faces((Face(paragraph(words(f"Is it {cue}?")), paragraph(words("so"))),)))
    found = [english.CURRENT.search(f"{seen.whole} {seen.answer}") for seen in made.cards]
    assert english.perhaps_current(made) or not any(found)


def test_a_word_that_becomes_wrong_may_be_a_part_of_another() -> None:
    """A gap parts "know": on its card the answer is "now"."""
    parted = (*words("How many are k"), Gap(words("now"), 1, "when"))
    made = one(Gapped(paragraph(parted), "cloze"))
    (seen,) = made.cards
    assert english.CURRENT.search(f"{seen.whole} {seen.answer}")
    assert english.perhaps_current(made)


def test_narrow_characters_stay_narrow() -> None:
    """What is not looked at for wide characters has none, and gets none."""
    some = "".join(filter(narrow, [*map(chr, range(0x3100)), "\u1100\u1161"]))
    assert len(some) > 0x1000
    for form in ("NFC", "NFKC"):
        assert not WIDE.search(unicodedata.normalize(form, some).casefold())


@given(st.lists(LETTERS, max_size=30).map("".join))
@example("it's")
def test_words_are_those_of_unicode(text: str) -> None:
    """Bytes are folded and parted as Unicode has it, and left to it where they cannot be."""
    assert words_of(text) == folded_words(text)


SHARED = st.lists(st.sampled_from(["x", "b", "c"]) | LETTERS, max_size=6).map(" ".join)


@given(SHARED, SHARED, st.sampled_from([Words, Code, Math]))
@example("x b c", "b c", Math)
@example("x b", "b", Words)
@example("Parts of a cell", "A", Words)
@example("Part A", "A", Words)
@example("x it's so", "it's", Words)
def test_titles_that_answer_are_found(
    above: str, answer: str, kind: type[Words | Code | Math]
) -> None:
    """No title is passed over that gives an answer away."""
    face = Face(paragraph(words("Which?")), paragraph((kind(answer),)))
    (card,) = one(Faces((face,)), above).cards
    assert card.titled is not gives_away(above, face.front, answer)


def test_a_title_with_an_article_answers_no_letter() -> None:
    """It stands above a card that asks for part A; one that names the part does not."""
    assert not gives_away("Parts of a cell", (), "A")
    assert gives_away("A cell and its part A", (), "A")


@pytest.mark.parametrize("seed", range(20))
def test_fronts_with_a_word_more_are_found(seed: int) -> None:
    """What is looked up by the ends of fronts is what a comparison of all finds."""
    lot = random.Random(seed)
    text = '[[topic]]\nid = "t"\ntitle = "Title"\n'
    for n in range(6):
        longer = lot.sample(string.ascii_lowercase, 5)
        shorter = longer[:]
        shorter.remove(lot.choice(longer))
        for front in (longer, shorter):
            answer = lot.choice(["one", "two"])
            text += f'[[topic.fact]]\nid = "f{n}-{len(front)}"\nquestion = "{" ".join(front)}"\n'
            text += f'answer = "{answer}"\n'
    deck, problems = read_bytes((SMALL + text).encode(), "some.toml")
    assert deck, problems
    looked_at = see(deck, titles(deck), deck.facts)
    answers = {tuple(seen.prompt_words): seen.answer_words for seen in looked_at.cards}
    near = {
        seen.fact.id
        for seen in looked_at.cards
        for said in [seen.prompt_words]
        for n in range(len(said))
        if answers.get((*said[:n], *said[n + 1 :]), seen.answer_words) != seen.answer_words
    }
    found = {looked_at.source.value(found.at[:-1])["id"] for found in interference.find(looked_at)}
    assert found == near
    assert near


HEAPS = r"""
import sys
from deckbuilder.lint.apostrophes import wrong_apostrophe
from deckbuilder.lint.dollars import raw_formula, words_in_formula
from deckbuilder.lint.written import Written
from deckbuilder.toml import Source
rule, text = globals()[sys.argv[1]], sys.stdin.read()
at = ("topic", 0, "fact", 0, "answer")
print(len([*rule.find(Written(Source("deck.toml", b""), ((at, text),)))]))
"""


@pytest.mark.parametrize(
    ("rule", "start", "unit", "end"),
    [
        ("raw_formula", "", r"\(", ""),
        ("raw_formula", r"\) ", r"\(a \[", ""),
        ("raw_formula", "", "$a ", ""),
        ("raw_formula", "", r"\text", " $"),
        ("raw_formula", "", "H(", "~ x_1"),
        ("raw_formula", "", "NaCl", "~"),
        ("raw_formula", "", "2~2", "x"),
        ("raw_formula", "^2", "+y", "^2"),
        ("raw_formula", "", "<sub>", "</sup>"),
        ("words_in_formula", "$5", "–1", "^$"),
        ("words_in_formula", "$5", " a (1", "^$"),
        ("words_in_formula", "$x ", r"\text{{{", "}}}$"),
        ("words_in_formula", "$x ", "= abc  ", "y$"),
        ("words_in_formula", "$x ", "= aAaA", " y$"),
        ("wrong_apostrophe", "", "a`a ", ""),
        ("wrong_apostrophe", "", "a`", ""),
        ("wrong_apostrophe", "a´a ", "a", "`"),
        ("wrong_apostrophe", "l`a", " a", ""),
    ],
)
def test_heaps_of_signs_of_formulas_come_to_an_end(
    rule: str, start: str, unit: str, end: str
) -> None:
    """A text twenty times as long as any may be: who looked ahead at each sign took minutes."""
    ended = subprocess.run(
        [sys.executable, "-c", HEAPS, rule],
        input=(start + unit * (200_000 // len(unit)) + end).encode(),
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.stderr == b""
    assert ended.stdout.strip().isdigit()
