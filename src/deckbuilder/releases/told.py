"""What was found about releases -> the text or JSON of a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from deckbuilder import __version__
from deckbuilder.releases.simulate import Finding, Simulation

MOST_SHOWN = 50  # findings told to a person in one run; more are counted


def simulation_text(result: Simulation) -> Iterator[str]:
    """Yield the lines that tell a person how an update went."""
    notes, cards = _count(result.notes, "note"), _count(result.cards, "card")
    written = _count(result.written, "note")
    yield f"Anki {result.anki}: {notes}; {cards} studied, {written} edited or tagged by the learner"
    kept = f"{result.removed:,} gone from the release, kept by the learner"
    yield f"the update: {result.new:,} new, {result.updated:,} updated, {kept}"
    for found in result.remarks[:MOST_SHOWN]:
        yield f"  note: {_about(found)}{found.found}"
    for found in result.failures[:MOST_SHOWN]:
        yield f"  FAILED[{found.code}] {_about(found)}expected: {found.expected}"
        yield f"      but: {found.found}"
    for kind, of in (("notes", result.remarks), ("failures", result.failures)):
        if len(of) > MOST_SHOWN:
            yield f"  … and {len(of) - MOST_SHOWN:,} more {kind}"
    wrong = len(result.failures)
    yield (
        f"{_count(wrong, 'failure')}: do not give this release away"
        if wrong
        else ("learners keep all they have, and get all that is new")
    )


def _about(found: Finding) -> str:
    card = f", card {found.card}" if found.card else ""
    return f"`{found.fact}`{card}: " if found.fact else ""


def simulation_json(result: Simulation) -> str:
    """Return the same as a JSON document."""
    return json.dumps({"deckbuilder": __version__, **asdict(result)}, ensure_ascii=False, indent=1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
