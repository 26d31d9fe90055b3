"""The two note types of every deck, for ever: their fields, templates and look.

Fields and templates match by id in Anki, so a name may change, but their number and order may not
once a deck is released: the spares are there to be renamed and filled instead.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from deckbuilder.lock import stable_id
from deckbuilder.phrases import Phrases
from deckbuilder.writers.apkg.html import escape

FACTS, GAPS = "Facts", "Gaps"

EACH_CARD = (
    "Front",
    "Back",
    "Topic",
    "Hint",
    "Typed",
    "Speak",
)  # of each of the two cards of *Facts*
SHARED = ("Extra", "Kind", "Id", "Cite", "Image", "Audio", "Retired")
FIELDS = {
    FACTS: (
        *(f"{name} {card}" for card in (1, 2) for name in EACH_CARD),
        *SHARED,
        *(f"Spare {n}" for n in range(1, 7)),
    ),
    GAPS: (
        "Text",
        "Topic",
        "Hint",
        "Typed",
        "Speak",
        *SHARED,
        *(f"Spare {n}" for n in range(1, 5)),
    ),
}

CSS = files(__package__).joinpath("cards.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Template:
    """How Anki lays out one card of a note type."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """One note type of one deck, as Anki is to have it."""

    id: int
    kind: str  # FACTS or GAPS
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    css: str

    @property
    def digest(self) -> str:
        """Changes when, and only when, what learners have of this note type changes."""
        templates = [(t.name, t.front, t.back) for t in self.templates]
        content = json.dumps([self.id, self.name, self.fields, templates, self.css])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def field_dicts(self) -> list[dict[str, Any]]:
        """Return the fields as Anki's JSON has them, each with its own id."""
        return [
            {"name": name, "id": stable_id("field", str(self.id), str(n))}
            for n, name in enumerate(self.fields)
        ]

    def template_dicts(self) -> list[dict[str, Any]]:
        """Return the templates as Anki's JSON has them, each with its own id."""
        return [
            {
                "name": template.name,
                "id": stable_id("template", str(self.id), str(n)),
                "qfmt": template.front,
                "afmt": template.back,
            }
            for n, template in enumerate(self.templates)
        ]


def note_types(deck: str, say: Phrases) -> tuple[NoteType, NoteType]:
    """Return the note types of the deck with this id, their fixed words in its language."""
    return (
        _note_type(deck, FACTS, (_face(1, say), _face(2, say), _spare(1), _spare(3))),
        _note_type(deck, GAPS, (_gaps(say),)),
    )


def _note_type(deck: str, kind: str, templates: tuple[Template, ...]) -> NoteType:
    # per deck: two decks in one collection never restyle each other
    return NoteType(
        stable_id("notetype", deck, kind), kind, f"{deck}: {kind}", FIELDS[kind], templates, CSS
    )


def _face(n: int, say: Phrases) -> Template:
    front = f'<div class="front">{{{{Front {n}}}}}</div>'
    back = f'<div class="back">{{{{Back {n}}}}}</div>'
    shown = _front(front, f"Topic {n}", f"Hint {n}", say)
    answer = _back("{{FrontSide}}<hr id=answer>" + back, say)
    return Template(f"Card {n}", _when_set(f"Front {n}", shown), answer)


def _gaps(say: Phrases) -> Template:
    text = '<div class="front{}">{{{{cloze:Text}}}}</div>'
    shown = _front(text.format(" asked"), "Topic", "Hint", say)
    answer = _when_set("Topic", '<div class="topic">{{Topic}}</div>') + text.format("")
    return Template("Gap", shown, _back(answer, say))


def _spare(n: int) -> Template:
    front = _when_set(f"Spare {n}", f'<div class="note">{{{{Spare {n}}}}}</div>')
    return Template(f"Spare {n}", front, f"{{{{FrontSide}}}}<hr id=answer>{{{{Spare {n + 1}}}}}")


def _front(text: str, topic: str, hint: str, say: Phrases) -> str:
    folded = f"<details><summary>{escape(say.hint)}</summary><div>{{{{{hint}}}}}</div></details>"
    title = _when_set(topic, f'<div class="topic">{{{{{topic}}}}}</div>')
    note = f'<div class="note kind-{{{{Kind}}}}">{title}{text}{_when_set(hint, folded)}</div>'
    return "{{^Retired}}" + note + "{{/Retired}}"


def _back(text: str, say: Phrases) -> str:
    cite = _when_set("Cite", "<div>{{Cite}}</div>")
    about = f"<details><summary>{escape(say.about)}</summary>{cite}<div>{{{{Id}}}}</div></details>"
    image = _when_set("Image", '<div class="media">{{Image}}</div>')
    audio = _when_set("Audio", '<div class="media">{{Audio}}</div>')
    extra = _when_set("Extra", '<div class="extra">{{Extra}}</div>')
    return f'<div class="note">{text}{image}{audio}{extra}{about}</div>'


def _when_set(field: str, html: str) -> str:
    return f"{{{{#{field}}}}}{html}{{{{/{field}}}}}"
