"""The real Anki library, and what a learner reads on the cards that it renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import anki.collection  # before all else of Anki, whose modules import each other in a circle
from anki.cards import Card, CardId
from anki.notes import NoteId
from anki.scheduler.v3 import Scheduler

from deckbuilder.build import build
from deckbuilder.cards import cards
from deckbuilder.content import Content, plain_content, texts
from deckbuilder.model import Deck, in_deck
from deckbuilder.problems import errors
from deckbuilder.text.tree import Code, Math, Text, Words, unbroken

Collection = anki.collection.Collection

# ---------------------------------------------------------------------------- collections


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """Open a learner's Anki in a folder; a new one if there is none."""
    folder.mkdir(exist_ok=True)
    made = Collection(str(folder / "collection.anki2"))
    try:
        yield made
    finally:
        made.close()


@dataclass(frozen=True)
class Imported:
    """What Anki's log of an import says, as sorted ids of facts. `balked`: notes left out."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    balked: int = 0


def load(col: Collection, package: Path, **chosen: int) -> Imported:
    """Import a package with the options that Anki's window offers at first, or some `chosen`."""
    options = col._backend.get_import_anki_package_presets()
    for name, value in chosen.items():
        setattr(options, name, value)
    request = anki.collection.ImportAnkiPackageRequest(package_path=str(package), options=options)
    log = col.import_anki_package(request).log
    col.models._clear_cache()  # Python's side of Anki keeps the note types that it has read

    def facts(noted: Iterable[anki.collection.ImportLogWithChanges.Note]) -> tuple[str, ...]:
        return tuple(sorted(col.get_note(NoteId(note.id.nid))["Id"] for note in noted))

    return Imported(
        facts(log.new),
        facts(log.updated),
        facts(log.duplicate),
        len(log.conflicting)
        + len(log.first_field_match)
        + len(log.missing_notetype)
        + len(log.missing_deck)
        + len(log.empty_first_field),
    )


def package(source: Path, now: int) -> Path:
    """Build a source, its lock beside it, and return the package."""
    built = build(source, source.parent / "out", now)
    assert not errors(built.problems), built.problems
    return source.parent / "out" / f"{source.stem}.apkg"


def edit(source: Path, old: str, new: str) -> None:
    """Replace the one place of a source that reads `old`."""
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    source.write_text(text.replace(old, new), encoding="utf-8")


def all_cards(col: Collection, search: str = "") -> dict[tuple[str, int], Card]:
    """Return the cards of a collection by fact and ordinal, as `model.Card` counts it."""
    found = map(col.get_card, col.find_cards(search))
    return {(card.note()["Id"], card.ord + 1): card for card in found}


def scheduler(col: Collection, deck: str) -> Scheduler:
    """Return the scheduler, about to study a deck, every new card of which it may show today."""
    home = col.decks.id_for_name(deck)
    assert home is not None
    col.decks.set_current(home)
    settings = col.decks.config_dict_for_deck_id(home)
    settings["new"]["perDay"] = 9999
    col.decks.update_config(settings)
    assert isinstance(col.sched, Scheduler)
    return col.sched


def study(col: Collection, deck: str, most: int) -> list[CardId]:
    """Answer cards of a deck, by all four buttons in turn."""
    schedule, answered = scheduler(col, deck), []
    for turn in range(most):
        card = schedule.getCard()
        assert card
        schedule.answerCard(card, (3, 1, 4, 2)[turn % 4])
        answered.append(card.id)
    return answered


def rows(col: Collection, table: str, where: str = "1") -> list[Any]:
    """Return all that a table of the collection holds."""
    assert col.db
    return list(col.db.all(f"SELECT * FROM {table} WHERE {where} ORDER BY id"))


def delete_empty_cards(col: Collection, *, keep_notes: bool = True) -> None:
    """Press *Delete* in the window of Tools > Empty Cards.

    Args:
        col: the learner's Anki.
        keep_notes: its box “Keep notes with no valid cards”, which Anki ticks at first; a note that
            has no other card then keeps one that is blank.
    """
    found: list[int] = []
    for note in col.get_empty_cards().notes:
        found += note.card_ids[1:] if keep_notes and note.will_delete_note else note.card_ids
    col.remove_cards_and_orphaned_notes([CardId(card) for card in found])


# ---------------------------------------------------------------------------- HTML


@dataclass
class Element:
    """An element of a page, its children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names that a style sheet knows it by."""
        return self.attributes.get("class", "").split()

    def inside(self) -> Iterator[Element]:
        """Yield each element within this one, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.inside()


class _Reader(HTMLParser):
    """HTML -> elements, as a browser makes them of tags that are all closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in ("hr", "br", "img"):
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def page(html: str) -> Element:
    """Read the HTML of a field or of a side of a card; nothing in it is open or unseen."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"not closed: {reader.open[-1].tag}"
    assert not reader.comments, "a comment hides words"
    return reader.open[0]


def part(of: Element, name: str) -> Element:
    """Return the one element of this class."""
    found = [element for element in of.inside() if name in element.classes]
    assert len(found) == 1, f"{len(found)} elements of the class {name}"
    return found[0]


BLOCKS = {"div", "p", "ul", "ol", "li", "hr", "details", "summary", "table", "tr", "th", "td"}
UNTYPESET = {"code", "pre", "script", "style", "textarea"}  # where MathJax does not look
FORMULA_ENDS = {r"\(": r"\)", r"\[": r"\]"}


@dataclass
class Seen:
    """What a learner sees: the words, a formula as its TeX, and the formulas by themselves."""

    words: str = ""
    formulas: list[str] = field(default_factory=list)

    def add(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._text(child, element.tag in UNTYPESET)
                continue
            apart = " " * (child.tag in BLOCKS)
            self.words += apart
            self.add(child)
            self.words += apart

    def _text(self, characters: str, verbatim: bool) -> None:
        for piece, formula in [(characters, False)] if verbatim else typeset(characters):
            self.words += piece
            if formula:
                self.formulas.append(piece)


def seen(element: Element) -> Seen:
    """Return what is seen of an element: blocks set apart, runs of white space as one space."""
    found = Seen()
    found.add(element)
    return Seen(one_line(unbroken(found.words)), found.formulas)  # in lines that are long enough


def one_line(characters: str) -> str:
    """Return the characters as a browser shows them, on one line."""
    return re.sub(r"[ \t\r\n]+", " ", characters).strip(" ")


def typeset(characters: str) -> Iterator[tuple[str, bool]]:
    r"""Yield the stretches of a text node, and which of them MathJax takes for formulas.

    Its rule: `\(` to the first `\)` outside braces; `\[` likewise. It reads the text of the page,
    in which an entity (`&#40;`) is its character.
    """
    done = at = 0
    while start := re.compile(r"\\[(\[]").search(characters, at):
        at, depth = start.end(), 0
        for sign in re.compile(r"\\(?:[a-zA-Z]+|.)|[{}]").finditer(characters, at):
            if sign[0] == FORMULA_ENDS[start[0]] and not depth:
                yield characters[done : start.start()], False
                yield characters[at : sign.start()], True
                done = at = sign.end()
                break
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
    yield characters[done:], False


def front(card: Card) -> Seen:
    """Return what Anki asks, without the topic and the hint; what the style sheet hides is gone."""
    html = page(card.render_output().question_text)
    element = part(html, "front")
    if "asked" in element.classes:
        hide_later(element)
    return seen(element)


def back(card: Card) -> Seen:
    """Return what Anki answers: the back of a *Facts* note, the whole text of a *Gaps* note."""
    html = page(card.render_output().answer_text)
    gaps = "cloze" in str(card.note_type()["tmpls"][0]["qfmt"])
    return seen(part(html, "front" if gaps else "back"))


LATER = ".asked ol > li:has(.cloze) ~ li { display: none; }"


def hide_later(element: Element) -> None:
    """Do what the rule `LATER` of the cards' style sheet does: cut an ordered list off."""
    for ol in [e for e in element.inside() if e.tag == "ol"]:
        kept: list[Element | str] = []
        for li in ol.children:
            kept.append(li)
            if isinstance(li, Element) and any("cloze" in e.classes for e in li.inside()):
                break
        ol.children = kept


# ---------------------------------------------------------------------------- the model


def faces(deck: Deck) -> dict[tuple[str, int], tuple[Seen, Seen]]:
    """Return what the model says is on the front and the back of each card."""
    made = [card for fact in in_deck(deck) for card in cards(fact)]
    return {(card.fact, card.ordinal): (meant(card.front), meant(card.back)) for card in made}


def meant(content: Content) -> Seen:
    """Return what the model says is to be seen of a content."""
    formulas = [tex for text in texts(content) for tex in _formulas(text)]
    return Seen(one_line(plain_content(content)), formulas)


def _formulas(text: Text) -> Iterator[str]:
    for node in text:
        if isinstance(node, Math):
            yield node.tex
        elif not isinstance(node, (Words, Code)):
            yield from _formulas(node.inside)
