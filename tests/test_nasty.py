"""Thousands of texts that could break an output: in every kind of fact, under every key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import ankilib
import nasty
import pdftext
import pytest
from ankilib import Element, all_cards, back, faces, front, page, seen
from filed import filed
from nasty import Hole, Sentence

from deckbuilder.build import build
from deckbuilder.cards import cards
from deckbuilder.content import Ask, Content, Items, Table, texts
from deckbuilder.content import plain_content as words_of
from deckbuilder.model import Deck, Fact, Gapped, in_deck, on_paper, stated
from deckbuilder.phrases import ENGLISH
from deckbuilder.problems import errors
from deckbuilder.read import read, read_bytes
from deckbuilder.text.tree import (
    Bold,
    Code,
    Italic,
    Link,
    Math,
    Sub,
    Sup,
    Text,
    Words,
    gaps,
    plain,
    unbroken,
)
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import FIELDS
from deckbuilder.writers.pdf.glyphs import unprintable
from deckbuilder.writers.pdf.sheet import write
from deckbuilder.writers.pdf.topics import under_topics

NOW = 1_790_000_000
FACTS = 210  # a source
TYPED, MARKED = (1, 2, 3), (4, 5, 6)  # seeds


@dataclass(frozen=True)
class Made:
    """A nasty source, what was read of it, and both outputs as the real programs see them."""

    source: nasty.Source
    deck: Deck
    col: ankilib.Collection
    imported: ankilib.Imported
    sheet: pdftext.Tag


@pytest.fixture(scope="module", params=[*TYPED, *MARKED])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """A source that has been built, and its package imported."""
    folder = tmp_path_factory.mktemp("nasty")
    source = nasty.source(request.param, FACTS, typed=request.param in TYPED)
    file = folder / "nasty.toml"
    file.write_bytes(source.toml())
    built = build(file, folder, NOW)
    assert not errors(built.problems), built.problems[:3]
    deck, _ = read(file)
    assert deck
    with ankilib.collection(folder / "learner") as col:
        imported = ankilib.load(col, folder / "nasty.apkg")
        sheet = pdftext.structure((folder / "nasty.pdf").read_bytes())
        yield Made(source, deck, col, imported, sheet)


def as_typed(text: str) -> str:
    """Return a typed text as it has to come out: in Unicode's normal form, blanks made one."""
    return ankilib.one_line(unicodedata.normalize("NFC", text))


def filled(sentence: Sentence | str, asked: int = 0) -> str:
    """Return a sentence with its gaps filled in, or left blank where their number is asked for."""
    if isinstance(sentence, str):
        return as_typed(sentence)
    out, free = "", 0
    for piece in sentence:
        shown = piece
        if isinstance(shown, Hole):
            free += 1
            blank = asked and (shown.number or free) == asked
            shown = f"[{shown.hint.strip() or '...'}]" if blank else shown.inside
        out += unicodedata.normalize("NFC", shown)  # each by itself: braces stand between them
    return ankilib.one_line(out)


# ---------------------------------------------------------------------------- what is expected


def typed_faces(fact: nasty.Fact) -> dict[int, tuple[str, str]]:
    """Return the words on the front and the back of each card of a typed fact, by its ordinal."""
    values, say = fact.values, ENGLISH
    match fact.kind:
        case "cloze":
            sentence = values["cloze"]
            numbers = [hole.number or n for n, hole in enumerate(nasty.holes(sentence), 1)]
            return {number: (filled(sentence, number), filled(sentence)) for number in numbers}
        case "list":
            question, items = as_typed(values["list"]), [as_typed(i) for i in values["items"]]
            if values.get("ask") == "all":
                return {1: (question, " ".join(items))}
            whole = " ".join([question, *items])
            made = {}
            for n in range(len(items)):
                later = [] if values.get("ordered") else items[n + 1 :]
                made[n + 1] = " ".join([question, *items[:n], "[...]", *later]), whole
            return made
        case "question":
            asked = as_typed(values["question"])
            answer = as_typed(values.get("answer") or nasty.holes(values["statement"])[0].inside)
            asking = "" if values.get("translation") else f" {say.which_question}"
            both = {1: (asked, answer), 2: (f"{answer}{asking}", asked)}
        case "event":
            event, when = as_typed(values["event"]), fact.when
            both = {1: (f"{event} {say.when}", when), 2: (f"{when} {say.what_happened}", event)}
        case "term":
            name, meaning = as_typed(values["term"]), as_typed(values["definition"])
            both = {
                1: (f"{name} {say.what_means}", meaning),
                2: (f"{meaning} {say.which_term}", name),
            }
        case _:
            name, meaning = as_typed(values["person"]), as_typed(values["known_for"])
            both = {1: (f"{name} {say.known_for}", meaning), 2: (f"{meaning} {say.who}", name)}
    return both if values.get("reverse") or values.get("translation") else {1: both[1]}


class Said(Protocol):
    """The words of a source: as they were typed, or as the model has them."""

    def deck(self, key: str) -> str: ...
    def topic(self, topic: str, key: str) -> str: ...
    def small(self, fact: str, key: str) -> str: ...
    def statement(self, fact: Fact) -> tuple[str, list[str]]: ...
    def prompt(self, fact: str) -> str: ...


class AsTyped:
    """The words as they were typed, in which no mark acts."""

    def __init__(self, source: nasty.Source) -> None:
        self.source = source
        self.facts = {fact.id: fact for fact in source.facts}

    def deck(self, key: str) -> str:
        return as_typed(self.source.deck[key])

    def topic(self, topic: str, key: str) -> str:
        return as_typed(self.source.topics[topic][key])

    def small(self, fact: str, key: str) -> str:
        return unbroken(as_typed(self.facts[fact].values.get(key, "")))

    def statement(self, fact: Fact) -> tuple[str, list[str]]:
        """Return what print says of a fact, and the items of a list."""
        typed = self.facts[fact.id]
        values, own = typed.values, ""
        match typed.kind:
            case _ if "statement" in values:
                own = filled(values["statement"])
            case "cloze" | "list" | "event":
                own = filled(values[typed.kind])
            case "question":
                own = f"{as_typed(values['question'])} {as_typed(values['answer'])}"
            case "term":
                own = f"{as_typed(values['term'])} {as_typed(values['definition'])}"
            case _:
                own = f"{as_typed(values['person'])} {as_typed(values['known_for'])}"
        return own, [as_typed(item) for item in values.get("items", ())]

    def prompt(self, fact: str) -> str:
        typed = self.facts[fact]
        asks = {"event": ENGLISH.when, "term": ENGLISH.what_means, "person": ENGLISH.known_for}
        hint = self.small(fact, "hint")
        own = f"{as_typed(typed.values[typed.kind])} {asks.get(typed.kind, '')}"
        return as_typed(f"{own} ({hint})" if hint else own)


class AsRead:
    """The words as the model has them, marks gone."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self.topics = {topic.id: topic for topic in deck.topics}
        self.facts = {fact.id: fact for fact in deck.facts}

    def deck(self, key: str) -> str:
        return ankilib.one_line(plain(getattr(self._deck, key)))

    def topic(self, topic: str, key: str) -> str:
        return ankilib.one_line(plain(getattr(self.topics[topic], key)))

    def small(self, fact: str, key: str) -> str:
        return ankilib.one_line(plain(getattr(self.facts[fact], key)))

    def statement(self, fact: Fact) -> tuple[str, list[str]]:
        *lead, last = fact.parts.statement
        items = [ankilib.one_line(plain(i)) for i in last.items] if isinstance(last, Items) else []
        return ankilib.one_line(words_of(tuple(lead) if items else (*lead, last))), items

    def prompt(self, fact: str) -> str:
        return ankilib.one_line(words_of(self.facts[fact].parts.asked.prompt))


def said(made: Made) -> Said:
    return AsTyped(made.source) if is_typed(made) else AsRead(made.deck)


def is_typed(made: Made) -> bool:
    return int(made.deck.id.removeprefix("nasty-")) in TYPED


# ---------------------------------------------------------------------------- the sources


def test_there_are_thousands_of_texts() -> None:
    """The sources hold more than 2,000 texts of each class, the same in each run."""
    for seeds, typed in ((TYPED, True), (MARKED, False)):
        sources = [nasty.source(seed, FACTS, typed=typed) for seed in seeds]
        assert sum(source.strings for source in sources) > 2000
        again = [nasty.source(seed, FACTS, typed=typed) for seed in seeds]
        assert [source.toml() for source in again] == [source.toml() for source in sources]


# ---------------------------------------------------------------------------- Anki


def test_anki_takes_them_all(made: Made) -> None:
    """Every note is new to Anki, with the fields, tags and deck that it was given, and stays so."""
    col, given = made.col, {note.fact: note for note in notes(made.deck)}
    typed = {fact.id: fact for fact in made.source.facts}
    assert made.imported == ankilib.Imported(new=tuple(sorted(given)))
    for (fact, _), card in all_cards(col).items():
        assert list(card.note().fields) == given[fact].fields
        tags = [f"{made.deck.id}::{typed[fact].topic}", *typed[fact].values.get("tags", ())]
        assert set(card.note().tags) == set(map(as_typed, tags))
        assert col.decks.name(card.did) == as_typed(made.source.deck["anki"])
    before = ankilib.rows(col, "notes"), ankilib.rows(col, "cards")
    report, fine = col.fix_integrity()
    assert fine, report
    assert not col.get_empty_cards().notes
    assert (ankilib.rows(col, "notes"), ankilib.rows(col, "cards")) == before


def test_each_card_reads_as_the_model_has_it(made: Made) -> None:
    """Fronts and backs in Anki hold the model's words; MathJax finds its formulas and no others."""
    meant = faces(made.deck)
    shown = {key: (front(card), back(card)) for key, card in all_cards(made.col).items()}
    assert shown.keys() == meant.keys()
    for key, sides in shown.items():
        assert sides == meant[key], key


@pytest.mark.parametrize("made", TYPED, indirect=True)
def test_a_text_without_marks_comes_out_as_typed(made: Made) -> None:
    """Where no mark can act, fronts and backs in Anki hold what the author typed."""
    shown = {key: (front(c).words, back(c).words) for key, c in all_cards(made.col).items()}
    for fact in made.source.facts:
        if fact.values.get("only") != "sheet":
            for number, sides in typed_faces(fact).items():
                assert shown.pop((fact.id, number), None) == tuple(map(unbroken, sides))
    assert not shown


def test_what_stands_around_a_card_reads_well(made: Made) -> None:
    """Topic, hint, extra and cite read in Anki as they were written, and nothing else is there."""
    words, titles = said(made), {fact.id: fact.topic for fact in made.deck.facts}
    for (fact, number), card in all_cards(made.col).items():
        asked = page(card.render_output().question_text)
        answered = page(card.render_output().answer_text)
        hint = words.small(fact, "hint") if number == 1 or card.note_type()["type"] else ""
        assert folded(asked) == ([f"{ENGLISH.hint} {hint}"] if hint else [])
        extra = words.small(fact, "extra")
        about = [ENGLISH.more if extra else ENGLISH.about, extra, words.small(fact, "cite"), fact]
        assert folded(answered) == [ankilib.one_line(" ".join(about))]
        shown = [seen(e).words for e in asked.inside() if "topic" in e.classes]
        assert shown in ([], [words.topic(titles[fact], "title")], [words.deck("title")])


def folded(side: Element) -> list[str]:
    return [seen(element).words for element in side.inside() if element.tag == "details"]


TAGS: dict[type, str] = {
    Bold: "b", Italic: "i", Sub: "sub", Sup: "sup", Code: "code", Link: "a"
}  # fmt: skip


def tags(text: Text) -> list[str]:
    """Return the HTML elements that a text asks for, in order."""
    out: list[str] = []
    for node in text:
        out += [TAGS[type(node)]] if type(node) in TAGS else []
        if not isinstance(node, (Words, Code, Math)):
            out += tags(node.inside)
    return out


def block_tags(content: Content) -> list[str]:
    """Return the HTML elements that blocks ask for, in order."""
    out: list[str] = []
    for index, block in enumerate(content):
        if isinstance(block, Items):
            out.append("ol" if block.ordered else "ul")
            out += [tag for item in block.items for tag in ("li", *tags(item))]
        elif isinstance(block, Ask):
            out.append("p")
        elif isinstance(block, Table):
            out += ["div", "table"]
            for row in (block.head, *block.rows):
                out.append("tr")
                for n, cell in enumerate(row):
                    out += ["th" if row is block.head or n == 0 else "td", *tags(cell)]
        else:
            out += ["p"] * bool(index) + tags(block.text)
    return out


def elements(html: str) -> list[Element]:
    """Return the elements in a field; a bare span is nothing but a border between characters."""
    return [e for e in page(html).inside() if e.tag != "span" or e.attributes]


def test_nothing_becomes_html_that_was_not_meant(made: Made) -> None:
    """A field holds the elements that its marks ask for, in order: without marks, none at all."""
    facts = {fact.id: fact for fact in in_deck(made.deck)}
    for note in notes(made.deck):
        values = dict(zip(FIELDS[note.notetype], note.fields, strict=True))
        fact = facts[note.fact]
        wanted = {key: tags(getattr(fact, key.lower())) for key in ("Extra", "Cite")}
        wanted["Hint" if "Hint" in values else "Hint 1"] = tags(fact.hint)
        for n, card in enumerate(cards(fact), 1):
            if "Text" in values:
                wanted["Text"] = block_tags(card.back)
            else:
                wanted |= {f"Front {n}": block_tags(card.front), f"Back {n}": block_tags(card.back)}
        for name, expected in wanted.items():
            assert [e.tag for e in elements(values[name])] == expected, (note.fact, name)
            if is_typed(made):
                assert {e.tag for e in elements(values[name])} <= {"b", "p", "ul", "ol", "li"}


SAFE = {
    "a": {"href"}, "p": {"class"},
    **{tag: set[str]() for tag in ("b", "i", "sub", "sup", "code", "ul", "ol", "li", "span")},
}  # fmt: skip


def test_no_field_can_run_or_fetch_anything(made: Made) -> None:
    """Fields hold harmless elements, without handlers, links to https alone, and only our gaps."""
    decks = [deck["desc"] for deck in made.col.decks.all()]
    for html in [field for note in notes(made.deck) for field in note.fields] + decks:
        assert not re.search(
            r"<\s*(script|iframe|object|embed|link|meta|style|img|svg)", html, re.IGNORECASE
        )
        for element in page(html).inside():
            if html in decks and element.tag == "br":
                continue
            assert element.attributes.keys() <= SAFE[element.tag]
            assert element.attributes.get("class", "ask") == "ask"
            assert element.attributes.get("href", "https://").startswith("https://")
    for fact, note in zip(in_deck(made.deck), notes(made.deck), strict=True):
        content = fact.parts.note.content if isinstance(fact.parts.note, Gapped) else ()
        count = sum(1 for text in texts(content) for _ in gaps(text))
        assert sum(field.count("{{") for field in note.fields) == count
        assert sum(field.count("}}") for field in note.fields) == count


def test_nothing_becomes_sound_or_speech(made: Made) -> None:
    """No card plays or speaks; nothing is left for Anki's LaTeX, typing field or play buttons."""
    for card in all_cards(made.col).values():
        shown = card.render_output()
        assert not shown.question_av_tags
        assert not shown.answer_av_tags
        for html in (shown.question_text, shown.answer_text):
            assert not re.search(r"\[(sound:|anki:|latex\]|\$\$?\]|\[type:)", html)
            for element in page(html).inside():
                assert element.tag not in ("img", "audio", "input", "canvas")


HINTS = (
    "sound:x.mp3", "latex", "/latex", "anki:play:q:0", "anki:tts lang=en_GB", "/anki:tts",
    "type:Text", "[type:Text]", "[sound:x.mp3]", "<b>", "$", "::", "x::y", "...", "a hint",
)  # fmt: skip


def test_a_hint_in_a_gap_is_words_alone(tmp_path: Path) -> None:
    """Anki sets a gap's hint in brackets; whatever the hint is, that makes no sound or formula."""
    source = nasty.Source(
        deck={"id": "h", "title": "H", "anki": "H", "version": "0.0.1", "language": "en"},
        topics={"t": {"title": "T"}},
        facts=[
            nasty.Fact(f"f{n}", "t", {"cloze": (Hole("x", 1, one), " and ", Hole("y", 1, other))})
            for n, (one, other) in enumerate(zip(HINTS, (*HINTS[1:], HINTS[0]), strict=True))
        ],
    )
    file = tmp_path / "hints.toml"
    file.write_bytes(source.toml())
    with ankilib.collection(tmp_path / "learner") as col:
        ankilib.load(col, ankilib.package(file, NOW))
        for n, (one, other) in enumerate(zip(HINTS, (*HINTS[1:], HINTS[0]), strict=True)):
            card = all_cards(col)[f"f{n}", 1]
            assert front(card) == ankilib.Seen(f"[{one}] and [{other}]")
            assert not card.render_output().question_av_tags
            assert "[anki:" not in card.render_output().question_text


# ---------------------------------------------------------------------------- print


def reading(deck: Deck, words: Said) -> list[tuple[str, str]]:
    """Return what a screen reader has to say of the sheet: role and words, in order."""
    say, printed = deck.phrases, on_paper(deck)
    shared = {one.id for one, own in zip(stated(deck).facts, deck.facts, strict=True) if one != own}
    cited = {fact.cite: words.small(fact.id, "cite") for fact in printed if fact.cite}
    out = [("P", f"{words.deck('subject')} · {say.revision_sheet}"), ("H1", words.deck("title"))]
    out.append(("P", words.deck("summary")))
    for topic in deck.topics:
        out.append(("H2", words.topic(topic.id, "title")))
        date = topic.when.text if topic.when else ""
        out += [("P", date)] * bool(date) + [("P", words.topic(topic.id, "summary"))]
        for fact in printed:
            if fact.topic == topic.id and not fact.glossary:
                out += fact_reading(fact, list(cited), words, hint=fact.id in shared)
    out.append(("H2", say.glossary))
    for fact in printed:
        if fact.glossary:
            out += fact_reading(fact, list(cited), words, hint=fact.id in shared)
    out.append(("H2", say.references))
    for number, cite in enumerate(cited.values(), 1):
        out += [("Lbl", str(number)), ("LBody", cite)]
    out += [("H2", say.recap), ("P", words.deck("recap")), ("P", words.deck("hook"))]
    out.append(("H2", say.check))
    asked = [next(fact for fact in deck.facts if fact.id == name) for name in deck.check]
    for letter, fact, shown in zip("ABCDEFGH", asked, under_topics(asked, deck), strict=True):
        title = "" if shown == fact else f"{words.topic(fact.topic, 'title')}\u00a0· "
        out += [("Lbl", letter), ("LBody", title + words.prompt(fact.id))]
    out.append(("P", " ".join((say.retest, *say.intervals))))
    return out


def fact_reading(
    fact: Fact, cited: Sequence[Text], words: Said, *, hint: bool
) -> list[tuple[str, str]]:
    own, items = words.statement(fact)
    when = fact.parts.when
    if when:
        short = when.text.startswith("c.")  # would be taken for an initial
        own = f"{when.text[0] if short else when.text[0].upper()}{when.text[1:]} {own}"
    if fact.cite:
        own += f" {cited.index(fact.cite) + 1}"
    if hint:  # others ask the same
        own += f" ({words.small(fact.id, 'hint')})"
    out = [("Lbl", str(fact.number)), ("LBody", own)]
    for number, item in enumerate(items, 1):
        ordered = isinstance(last := fact.parts.statement[-1], Items) and last.ordered
        out += [("Lbl", f"{number}." if ordered else "•"), ("LBody", item)]
    extra = words.small(fact.id, "extra")
    return out + [("P", extra)] * bool(extra)


def read_out(tag: pdftext.Tag) -> Iterator[tuple[str, str]]:
    """Yield role and words of each element in reading order; the figure has words of its own."""
    if tag.role != "Figure":
        if tag.words:
            yield tag.role, spoken(tag.words)
        for below in tag.below:
            yield from read_out(below)


def spoken(words: str) -> str:
    """Return words as print keeps them: spaces that do not break are drawn as a plain one."""
    return ankilib.one_line(re.sub("[\u00a0\u202f]", " ", words))


def test_the_sheet_reads_as_it_was_written(made: Made) -> None:
    """Read out of the PDF, in order: each title, statement, item, extra and cite, word for word."""
    heard, expected = list(read_out(made.sheet)), reading(made.deck, said(made))
    for got, (role, words) in zip(heard, expected, strict=False):
        assert got == (role, spoken(words))
    assert len(heard) == len(expected)


def test_print_shows_every_character_it_accepts() -> None:
    """Whatever character a source may hold is read back from text, bold, italic, code and serif."""
    accepted = nasty.printable()
    assert len(accepted) > 2000
    apart = [f"ŋ{c}" if unicodedata.category(c)[0] in "MZ" else c for c in accepted]
    rows = ["".join(apart[n : n + 40]) + "ŋ" for n in range(0, len(apart), 40)]
    facts = [{"question": row, "answer": row, "extra": f"*{row}* `{row}`"} for row in rows]
    source = nasty.Source(
        deck={"id": "x", "title": "X", "anki": "X", "version": "0.0.1", "language": "en"}
        | {"recap": "x", "hook": " ".join(rows)},
        topics={"t": {"title": "T"}},
        facts=[nasty.Fact(f"f{n}", "t", values) for n, values in enumerate(facts)],
    )
    deck, problems = read_bytes(source.toml(), "characters.toml")
    assert deck, problems
    assert not list(unprintable(deck))
    sheet = pdftext.structure(filed(write, deck, "stamp", lambda: NOW))
    bodies = list(sheet.all("LBody"))
    for row, body in zip(rows, bodies, strict=True):
        assert spoken(body.words) == spoken(f"{row} {row}")
        assert spoken(body.below[0].words) == spoken(f"{row} {row}")
    hook = list(sheet.all("P"))[-1]
    assert spoken(hook.words) == spoken(" ".join(rows))
