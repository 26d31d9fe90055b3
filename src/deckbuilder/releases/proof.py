"""A built file and the deck it should hold -> each way in which it does not, as a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from string import ascii_lowercase

from deckbuilder.briefly import quoted
from deckbuilder.choice import choose, leaving_out, parsed
from deckbuilder.content import Content, paragraph, plain_content, texts, without_gaps
from deckbuilder.model import Deck, Fact, Gapped, on_sheet, stated
from deckbuilder.numbering import renumber
from deckbuilder.releases.html import files_in, with_files, words
from deckbuilder.releases.package import Note as Packed
from deckbuilder.releases.package import Package
from deckbuilder.releases.pdf import Print
from deckbuilder.slots import dataclass
from deckbuilder.stamp import Stamp, stamp_in
from deckbuilder.text.tree import gaps, plain
from deckbuilder.writers.apkg.notes import Note, notes
from deckbuilder.writers.apkg.notetypes import FIELDS
from deckbuilder.writers.pdf import timeline
from deckbuilder.writers.pdf.handouts import Said, handout
from deckbuilder.writers.pdf.parts import dated_statement
from deckbuilder.writers.pdf.pictures import described

NUMBER = re.compile(r"\{\{c(\d+)::")
BLANK = re.compile("_{3,}")
BREAKS = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")  # what lines are broken by


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something in a file that is not as it should be; `fact` is "" where it is no fact's."""

    file: str
    fact: str
    sentence: str

    @property
    def told(self) -> str:
        """The whole of it in one line."""
        fact = f"`{self.fact}`: " if self.fact else ""
        return f"{self.file}: {fact}{self.sentence}"


def stamped(file: str, text: str, wanted: Stamp) -> Iterator[Mismatch]:
    """Yield what a file says of its origin that is not so.

    `text` is the package's description or the keywords of a PDF.
    """
    found = stamp_in(text)
    if found is None:
        yield Mismatch(file, "", "It does not say which source it was built from.")
    elif found != wanted:
        yield Mismatch(file, "", f"It was built from {_named(found)}, not from {_named(wanted)}.")


def _named(stamp: Stamp) -> str:
    return f"version {stamp.version} of {stamp.deck} (source {stamp.source})"


# ---------------------------------------------------------------------------- the package


def packed(file: str, package: Package, deck: Deck, *, whole: bool) -> Iterator[Mismatch]:
    """Yield each way in which a package does not hold the notes of a deck.

    `whole`: it should hold all of them, as the deck's own package does.
    """
    if [*package.decks] != [deck.anki]:
        there = ", ".join(f"“{name}”" for name in sorted(package.decks)) or "none"
        yield Mismatch(file, "", f"Its deck should be “{deck.anki}”, and is {there}.")
    for name in package.media_lost:
        yield Mismatch(file, "", f"The file {name} is listed in it, and is not there.")
    yield from _alone(file, package)
    held = {note.fact: note for note in package.notes if not note.retired}
    wanted = {note.fact: note for note in notes(deck)}
    for fact, note in wanted.items():
        if fact in held:
            yield from _note(file, note, held[fact], package)
        elif whole:
            yield Mismatch(file, fact, "It has no note of this fact.")
    for fact in held.keys() - wanted.keys():
        yield Mismatch(file, fact, "It has a note of this fact, which the source does not have.")


def _alone(file: str, package: Package) -> Iterator[Mismatch]:
    """Yield notes that Anki could not tell apart, or would never update."""
    guids = Counter(note.guid for note in package.notes)
    live = Counter(note.fact for note in package.notes if not note.retired)
    facts = Counter((note.fact, note.notetype) for note in package.notes)
    for note in package.notes:
        if not note.guid or guids[note.guid] > 1:
            yield Mismatch(file, note.fact, "Another note goes by the same guid.")
        if max(live[note.fact], facts[note.fact, note.notetype]) > 1:
            yield Mismatch(file, note.fact, "It has more than one note of this fact.")
        if note.mod <= 0:
            yield Mismatch(file, note.fact, "Its note has no date, so that it updates none.")


def _note(file: str, wanted: Note, found: Packed, package: Package) -> Iterator[Mismatch]:
    """Yield how a note differs from what the source gives; its gaps may have other numbers."""
    numbers: dict[int, int] = {}
    for name, value in zip(FIELDS[wanted.notetype], wanted.fields, strict=True):
        stored = with_files(found.fields.get(name, ""), lambda _: "")  # the source has none
        if not same_but_numbers(value, stored, numbers):
            meant, there = words(value), words(stored)
            sentence = f"{name} should read {quoted(meant)}, and reads {quoted(there)}."
            if meant == there:
                sentence = f"{name} has other markup than the source gives it."
            yield Mismatch(file, wanted.fact, sentence)
    if set(wanted.tags) != set(found.tags):
        sentence = f"Its tags should be {' '.join(wanted.tags)}, and are {' '.join(found.tags)}."
        yield Mismatch(file, wanted.fact, sentence)
    if {numbers.get(o + 1, o + 1) - 1 for o in wanted.ordinals} != set(found.ordinals):
        sentence = f"It should give {len(wanted.ordinals)} cards, and gives {len(found.ordinals)}"
        sentence += "." if len(wanted.ordinals) != len(found.ordinals) else " others."
        yield Mismatch(file, wanted.fact, sentence)
    for value in found.fields.values():
        for name in files_in(value):
            if name not in package.media:
                yield Mismatch(file, wanted.fact, f"The file {name} is not in it.")


def same_but_numbers(wanted: str, found: str, numbers: dict[int, int]) -> bool:
    """Tell whether two fields differ at most in the numbers of their gaps, which are paired up."""
    before, after = NUMBER.split(wanted), NUMBER.split(found)
    if before[::2] != after[::2]:
        return False
    for one, other in zip(before[1::2], after[1::2], strict=True):
        if numbers.setdefault(int(one), int(other)) != int(other):
            return False
    return len(set(numbers.values())) == len(numbers)


def numbered(deck: Deck, package: Package) -> Deck:
    """Return the deck with its gaps numbered as in the package: rows and cards go by the number."""
    held = {note.fact: note.fields.get("Text", "") for note in package.notes if not note.retired}
    return replace(deck, facts=tuple(_as_in(held.get(fact.id, ""), fact) for fact in deck.facts))


def _as_in(text: str, fact: Fact) -> Fact:
    note, numbers = fact.parts.note, [int(number) for number in NUMBER.findall(text)]
    if not isinstance(note, Gapped):
        return fact
    if len(numbers) != sum(1 for each in texts(note.content) for _ in gaps(each)):
        return fact  # what the package lacks is told already
    return renumber(fact, note, numbers)


# ---------------------------------------------------------------------------- print


def printed(file: str, sheet: Print, deck: Deck) -> Iterator[Mismatch]:
    """Yield each fact whose words are not beside its number on the revision sheet, in order.

    Where the timeline is a list, the first of its dates that is not as it should be, too.
    """
    deck = stated(deck)
    numbered = dict(reversed(sheet.entries))  # the references come behind the facts
    for fact in on_sheet(deck):
        beside = numbered.get(str(fact.number))
        if beside is None:
            sentence = f"It should be number {fact.number} on the sheet, and is not there."
            yield Mismatch(file, fact.id, sentence)
            continue
        more = (*described(fact.media), *paragraph(fact.extra))
        lost = _lost([*_statement(fact), *_words(more)], squeezed(beside))
        if lost:
            sentence = f"Number {fact.number} on the sheet should read {quoted(lost)},"
            yield Mismatch(
                file, fact.id, f"{sentence} and reads {quoted(' '.join(beside.split()))}."
            )

    wanted = [(row.date, plain(row.text)) for row in timeline.listed(deck)] if sheet.dated else []
    for meant, there in zip_longest(wanted, sheet.dated, fillvalue=("", "")):
        if squeezed("".join(meant)) != squeezed("".join(there)):
            one, other = (quoted(" ".join(" ".join(row).split())) for row in (meant, there))
            yield Mismatch(file, "", f"Its timeline should have {one}, and has {other}.")
            break


@dataclass(frozen=True, slots=True)
class HandedOut:
    """How many facts a handout holds, ids of those that have no room on it, and what is wrong."""

    facts: int
    without: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]


def handout_in(found: Print) -> str | None:
    """Return which handout a PDF says it is: "" for the sheet, None if it says nothing."""
    own = stamp_in(found.keywords)
    if own is None:
        return None
    return "" if str(own) == found.keywords else found.keywords.partition(" ")[0]


def handed_out(file: str, found: Print, deck: Deck, *, ordered: bool) -> HandedOut:
    """Return what a handout holds, and how its words differ from those it should have.

    What it is about, it says itself, in its keywords. Not all that it is about need be on it: a
    grid has so many boxes and no more.

    Args:
        file: its name.
        found: what it says.
        deck: with the numbers of the package, if there is one.
        ordered: whether there is one, and so the order of a fact's cards is known.
    """
    name, _, rest = found.keywords.partition(" · ")[0].partition(" ")
    try:
        choice, version, without = parsed(rest)
        kind = handout(name)
    except (ValueError, ImportError):
        flaw = Mismatch(file, "", "It does not say what handout it is.")
        return HandedOut(0, (), (flaw,))
    asked = choose(deck, kind.facts(deck), choice, version)
    chosen, ids = leaving_out(asked, without), {fact.id for fact in asked.facts}
    # what shows no words, as bold ones that nobody sees, has no number in the structure either
    wanted = [said for said in kind.says(chosen) if squeezed(plain_content(said.content))]
    found = replace(found, entries=tuple(e for e in found.entries if squeezed(e[1])))
    if not ordered:
        wanted = [*_in_its_order(wanted, found)]
    facts = {str(fact.number): fact.id for fact in chosen.facts}
    sentence = "It says that this fact has no room on it, and it would not hold it anyway."
    wrong = [Mismatch(file, fact, sentence) for fact in without if fact not in ids]
    for said, (number, beside) in zip_longest(wanted, found.entries, fillvalue=("", "")):
        if isinstance(said, tuple):
            wrong.append(Mismatch(file, "", f"It has an entry {number} that it should not have."))
            continue
        fact = facts.get(said.number.rstrip(ascii_lowercase), "")
        meant = " ".join(plain_content(said.content).split())
        if number != said.number:
            wrong.append(Mismatch(file, fact, f"Number {said.number} should come here: {meant}"))
            break
        if squeezed(meant) != squeezed(beside):
            there = " ".join(beside.split())
            sentence = f"Number {number} should read {quoted(meant)}, and reads {quoted(there)}."
            wrong.append(Mismatch(file, fact, sentence))
    on_it = {number.rstrip(ascii_lowercase) for number, _ in found.entries}
    return HandedOut(len(facts.keys() & on_it), without, tuple(wrong))


def _in_its_order(wanted: Sequence[Said], found: Print) -> Iterator[Said]:
    """Yield what a handout should say, the cards of each fact in the order that they have on it.

    That of a fact with gaps the package alone knows.
    """
    at = 0
    for _, group in groupby(wanted, lambda said: said.number.rstrip(ascii_lowercase)):
        cards = [*group]
        said = {squeezed(plain_content(card.content)): card.content for card in cards}
        there = [squeezed(beside) for _, beside in found.entries[at : at + len(cards)]]
        at += len(cards)
        if len({card.number for card in cards}) == len(cards) and sorted(there) == sorted(said):
            cards = [Said(card.number, said[own]) for card, own in zip(cards, there, strict=True)]
        yield from cards


def _statement(fact: Fact) -> list[str]:
    return _words(without_gaps(dated_statement(fact)))


def _words(content: Content) -> list[str]:
    return [text for text in map(plain, texts(content)) if squeezed(text)]


def _lost(wanted: Sequence[str], text: str) -> str:
    """Return the first text that does not follow those before it; "" if all do."""
    at = 0
    for each in wanted:
        part = squeezed(each)
        at = text.find(part, at)
        if at < 0:
            return each
        at += len(part)
    return ""


def squeezed(text: str) -> str:
    """Return the characters of a text that ink is spent on: where lines break is no matter.

    A blank is as long as its place has room for.
    """
    return BLANK.sub("___", BREAKS.sub("", text))
