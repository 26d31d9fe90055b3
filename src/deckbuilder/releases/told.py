"""What was found about releases -> the text or JSON of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from deckbuilder import __version__
from deckbuilder.briefly import count, some
from deckbuilder.problems import RETIRE
from deckbuilder.releases.causes import Cause
from deckbuilder.releases.diff import Changed, Diff, Moved, Part, Seen, Told
from deckbuilder.releases.simulate import Simulation
from deckbuilder.releases.update import Finding
from deckbuilder.releases.worddiff import word_diff
from deckbuilder.reports.document import as_json
from deckbuilder.slots import dataclass

BLANK = "No longer asked (blank until Tools > Empty Cards)"
ANEW = "give it a new id, and retire the old one: " + RETIRE.format('"…"')
WAYS_OUT = {  # by the code of a failure
    "lost-edit": "a note that is as it was released has to have the date that it had: deckbuilder"
    " release gives it back, or lock --repair --from the package that was released last, with the"
    " version of that in the source; after lock --restamp it is meant, and where a release between"
    " the two changed the note it is right: deckbuilder pack knows them all",
    "swapped": "if it is the same, reword and move it in two releases; if not, give it a number of"
    " its own in the source, or of two that say the same the number of the other",
    "exchanged": "the two ways in which a fact is asked have no numbers: exchange what it asks and"
    f" what it answers again; or {ANEW}",
    "elsewhere": "give each fact the id that it had, or have it name that in `was`; if one is to"
    f" ask for something else all the same, {ANEW}",
}
BETWEEN = (
    "where a release between the two did a part of it, it is right: try that from the old one, and"
    " the new one from that; where there was none, it is a failure"
)
LOOKS = {
    "style": "another style sheet; no note changes for that",
    "layout": "laid out otherwise, or with other fixed words; no note changes for that",
}
MOST_SHOWN = 50  # findings told to a person in one run; more are counted


def to_json(found: Simulation | Diff) -> str:
    """Return what was found as a JSON document."""
    return as_json({"deckbuilder": __version__, **asdict(found)})


# ---------------------------------------------------------------------------- simulate


def simulation_text(result: Simulation) -> Iterator[str]:
    """Yield the lines that tell a person how an update went."""
    notes, cards = count(result.notes, "note"), count(result.cards, "card")
    written = count(result.written, "note")
    yield f"Anki {result.anki}: {notes}; {cards} studied, {written} edited or tagged by the learner"
    kept = f"{result.removed:,} gone from the release, kept by the learner"
    yield f"the update: {result.new:,} new, {result.updated:,} updated, {kept}"
    if result.replaced:
        changed = count(result.replaced, "note")
        yield f"{changed} changed: learners’ own edits and tags of such notes are replaced"
    for found in result.remarks[:MOST_SHOWN]:
        yield f"  note: {_about(found)}{found.found}"
    for sign, of in (("UNSURE", result.unsure), ("FAILED", result.failures)):
        for found in of[:MOST_SHOWN]:
            yield f"  {sign}[{found.code}] {_about(found)}expected: {found.expected}"
            yield f"      but: {found.found}"
    for kind, of in (
        ("notes", result.remarks),
        ("doubts", result.unsure),
        ("failures", result.failures),
    ):
        if len(of) > MOST_SHOWN:
            yield f"  … and {len(of) - MOST_SHOWN:,} more {kind}"
    if result.unsure:
        yield f"  = help: {BETWEEN}"
    wrong = (*result.unsure, *result.failures)
    own = [*dict.fromkeys(found.hint for found in wrong if found.hint)]
    codes = {found.code for found in wrong if not found.hint}
    common = [way for code, way in WAYS_OUT.items() if code in codes]
    yield from (f"  = help: {way}" for way in (*own[:MOST_SHOWN], *common))
    yield _in_all(len(result.failures), len(result.unsure))


def _in_all(wrong: int, unsure: int) -> str:
    """Return what follows from what was found."""
    if wrong:
        return f"{count(wrong, 'failure')}: do not give this release away"
    if unsure:
        return f"{count(unsure, 'doubt')}: only the releases between the two can tell"
    return "learners keep all they have learned, and get all that is new"


def failure(found: Finding) -> str:
    """Return one thing that went wrong, in a line."""
    return f"{_about(found)}expected: {found.expected}; but: {found.found}"


def _about(found: Finding) -> str:
    card = f", card {found.card}" if found.card else ""
    return f"`{found.fact}`{card}: " if found.fact else ""


# ---------------------------------------------------------------------------- diff


@dataclass(frozen=True, slots=True)
class Marks:
    """How a form of text sets what it shows."""

    heading: str
    entry: str
    old: str
    new: str
    code: str
    safe: Callable[[str], str]


MEANT = re.compile(r"([\\`*_{}\[\]<>#+~|&$])")
TEXT = Marks("{}:", "  {}", "[-{}-]", "{{+{}+}}", "{}", str)
MARKDOWN = Marks("\n### {}\n", "* {}", "~~{}~~", "**{}**", "`{}`", lambda t: MEANT.sub(r"\\\1", t))


def diff_text(found: Diff, marks: Marks) -> Iterator[str]:
    """Yield the lines that tell a person what changed, in plain text or Markdown."""
    yield marks.safe(f"{found.old} → {found.new}")
    sections = (
        ("Titles", [_cause(cause, marks) for cause in found.titles]),
        ("New", [_told(fact, marks) for fact in found.added]),
        ("Corrected", [line for fact in found.corrected for line in _changed(fact, marks)]),
        (
            "Changed, with the same answers",
            [line for fact in found.reworded for line in _changed(fact, marks)],
        ),
        ("Asked as well", [_told(card, marks) for card in found.asked]),
        (BLANK, [_told(card, marks) for card in found.unasked]),
        ("Moved to another topic", [_moved(fact, marks) for fact in found.moved]),
        (
            "Has another id",
            [
                *(_cause(cause, marks) for cause in found.ids),
                *(_moved(fact, marks) for fact in found.renamed),
            ],
        ),
        ("Look of all cards", [LOOKS[what] for what in found.look]),
        ("Dated later, and the same", [_notes(found.again, marks)] * bool(found.again)),
        ("Removed", [_told(fact, marks) for fact in found.removed]),
        ("On import", [_seen(found.seen)]),
    )
    for title, lines in sections:
        if lines:
            yield from marks.heading.format(title).split("\n")
            yield from map(marks.entry.format, lines)


def _told(fact: Told, marks: Marks) -> str:
    return f"{marks.code.format(fact.fact)}: {marks.safe(fact.words)}"


def _cause(cause: Cause, marks: Marks) -> str:
    said = _part(Part(cause.label, cause.old, cause.new), marks)
    return f"{said} ({_notes(cause.facts, marks)})" if cause.facts else said


def _notes(facts: Sequence[str], marks: Marks) -> str:
    """Return how many notes there are, and some of them."""
    return f"{count(len(facts), 'note')}: {some([*map(marks.code.format, facts)])}"


def _seen(seen: Seen) -> str:
    stays = f"{seen.removed:,} removed from the deck" + " (stays with you)" * bool(seen.removed)
    return f"{seen.new:,} new, {seen.updated:,} updated, {stays}"


def _moved(fact: Moved, marks: Marks) -> str:
    return f"{marks.code.format(fact.fact)}: {marks.safe(f'{fact.old} → {fact.new}')}"


def _changed(fact: Changed, marks: Marks) -> Iterator[str]:
    named = marks.code.format(fact.fact)
    shown = {(part.old, part.new) for part in fact.parts}
    parts = [*fact.parts, *(p for p in fact.answers if (p.old, p.new) not in shown)]
    for part in parts:
        yield f"{named}: {_part(part, marks)}"


def _part(part: Part, marks: Marks) -> str:
    steps = {"same": "{}", "old": marks.old, "new": marks.new}
    words = [steps[what].format(marks.safe(text)) for what, text in word_diff(part.old, part.new)]
    return f"{marks.safe(part.label)}: {' '.join(words)}"
