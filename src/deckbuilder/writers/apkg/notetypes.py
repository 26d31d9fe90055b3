"""The two note types of every deck, for ever: their fields, templates and look.

Fields and templates match by id in Anki, so a name may change, but their number and order may not
once a deck is released: the spares are there to be renamed and filled instead.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

from deckbuilder import style
from deckbuilder.lock import stable_id
from deckbuilder.model import Deck
from deckbuilder.phrases import Phrases
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.html import escape

FACTS, GAPS = "Facts", "Gaps"
OF = ": "  # between the deck's id and the kind, in a note type's name

# of each of the two cards of *Facts*
EACH_CARD = ("Front", "Back", "Topic", "Hint", "Typed", "Speak")
MEDIA = ("Image", "Audio")
# of the question: in its own text it would be read aloud, and played again with the answer
ASKED_AUDIO = "Front Audio"
SHARED = ("Extra", "Kind", "Id", "Cite", *MEDIA, "Retired")
FIELDS = {
    FACTS: (
        *(f"{name} {card}" for card in (1, 2) for name in EACH_CARD),
        *SHARED,
        *(f"Spare {n}" for n in range(1, 6)),
        ASKED_AUDIO,
    ),
    GAPS: (
        "Text",
        "Topic",
        "Hint",
        "Typed",
        "Speak",
        *SHARED,
        *(f"Spare {n}" for n in range(1, 4)),
        ASKED_AUDIO,
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

    @property
    def schema(self) -> str:
        """Changes when Anki would no longer take this note type for the one it has."""
        fields = [field["id"] for field in self.field_dicts()]
        templates = [template["id"] for template in self.template_dicts()]
        content = json.dumps([self.id, self.kind, fields, templates])
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


def note_types(deck: Deck, origin: str) -> tuple[NoteType, NoteType]:
    """Return the note types of a deck, their fixed words and their voice in its language.

    `origin` is the id that the deck had at first.
    """
    say, voice = deck.phrases, _voice(deck)
    faces = _face(1, say, voice), _face(2, say, voice)
    return (
        _note_type(deck, origin, FACTS, (*faces, _spare(1), _spare(3))),
        _note_type(deck, origin, GAPS, (_gaps(say, voice),)),
    )


def deck_and_kind(name: str) -> tuple[str, str]:
    """Return the id of the deck that a note type is of, and which of the two it is, by its name."""
    deck, _, kind = name.rpartition(OF)
    return deck, kind


def _voice(deck: Deck) -> str:
    """Return the locale in which Anki reads aloud: the deck's, or the usual of its language."""
    language, *rest = deck.language.split("-")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    return f"{language.lower()}_{region}" if region else deck.phrases.voice


def _note_type(deck: Deck, origin: str, kind: str, templates: tuple[Template, ...]) -> NoteType:
    # per deck: two decks in one collection never restyle each other
    own, css = stable_id("notetype", origin, kind), CSS + style.text(deck.style)
    return NoteType(own, kind, f"{deck.id}{OF}{kind}", FIELDS[kind], templates, css)


def _face(n: int, say: Phrases, voice: str) -> Template:
    asked = _topic(f"Topic {n}") + _div("front", f"Front {n}")
    asked += _when_set(f"Typed {n}", f"{{{{type:Typed {n}}}}}")
    played = _medium(ASKED_AUDIO)
    front, back = (played, "") if n == 1 else ("", played)  # frozen so, whatever the second asks
    front = _front(asked + front + _spoken(n, f"Speak {n}", voice), f"Hint {n}", say)
    back = "<hr id=answer>" + _div("back", f"Back {n}") + back + _spoken(n, f"Back {n}", voice)
    return Template(f"Card {n}", _when_set(f"Front {n}", front), _back(asked + back, say))


def _gaps(say: Phrases, voice: str) -> Template:
    typed = _when_set("Typed", "{{type:cloze:Text}}")
    asked = _topic("Topic") + _div("front asked", "cloze:Text") + typed
    told = _topic("Topic") + _div("front", "cloze:Text") + typed
    asked += _medium(ASKED_AUDIO) + _spoken("", "cloze:Speak", voice)
    told += _spoken("", "cloze-only:Text", voice)
    return Template("Gap", _front(asked, "Hint", say), _back(told, say))


def _spoken(n: int | str, what: str, voice: str) -> str:
    """Return what lets Anki read a field aloud, where the note asks for it."""
    return _when_set(f"Speak {n}".strip(), f"{{{{tts {voice}:{what}}}}}")


def _spare(n: int) -> Template:
    front = _when_set(f"Spare {n}", f'<div class="note">{{{{Spare {n}}}}}</div>')
    return Template(f"Spare {n}", front, f"{{{{FrontSide}}}}<hr id=answer>{{{{Spare {n + 1}}}}}")


def _front(text: str, hint: str, say: Phrases) -> str:
    summary = f"<summary>{escape(say.hint)}</summary>"
    folded = _when_set(hint, f"<details>{summary}{_div('hint', hint)}</details>")
    return _unless_set("Retired", _sheet(text + folded))


def _back(text: str, say: Phrases) -> str:
    more = _when_set("Extra", escape(say.more)) + _unless_set("Extra", escape(say.about))
    folded = _when_set("Extra", _div("extra", "Extra")) + _when_set("Cite", _div("cite", "Cite"))
    folded = f"<summary>{more}</summary>{folded}<div>{{{{Id}}}}</div>"
    media = "".join(map(_medium, MEDIA))
    return _sheet(f'{text}{media}<details class="about">{folded}</details>')


def _medium(field: str) -> str:
    return _when_set(field, f'<div class="media">{{{{{field}}}}}</div>')


def _sheet(html: str) -> str:
    return f'<div class="note kind-{{{{Kind}}}}">{html}</div>'


def _topic(field: str) -> str:
    return _when_set(field, _div("topic", field))


def _div(name: str, field: str) -> str:
    """Return a field in its frame; its first letter decides which way it is written."""
    return f'<div class="{name}" dir="auto">{{{{{field}}}}}</div>'


def _unless_set(field: str, html: str) -> str:
    return f"{{{{^{field}}}}}{html}{{{{/{field}}}}}"


def _when_set(field: str, html: str) -> str:
    return f"{{{{#{field}}}}}{html}{{{{/{field}}}}}"
