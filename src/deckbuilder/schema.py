"""What may stand in a source, as data: the tables and their keys. Kinds of fact add their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Type(Enum):
    """What the value of a key is read as."""

    TEXT = auto()  # the small Markdown
    GAPPED = auto()  # the small Markdown with {{gaps}}
    TEXTS = auto()  # a list of at least two texts
    PLAIN = auto()  # characters without marks
    NAME = auto()  # an id
    NAMES = auto()  # a list of ids
    TAGS = auto()  # a list of tags
    FLAG = auto()
    WHEN = auto()
    CHOICE = auto()
    FILE = auto()  # a file in the source's folder
    FILES = auto()  # a list of files in the source's folder
    LANGUAGE = auto()
    VERSION = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name, how its value is read, and what it is for."""

    name: str
    type: Type
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()


DECK = (
    Key("id", Type.NAME, "Learners' history hangs on it: never change it.", required=True),
    Key("title", Type.TEXT, "The title in print.", required=True),
    Key("anki", Type.PLAIN, "The deck's name in Anki; `::` makes a subdeck.", required=True),
    Key("version", Type.VERSION, "The release, as in 1.2.0.", required=True),
    Key("language", Type.LANGUAGE, "The language of the facts, as in en or en-GB.", required=True),
    Key("subject", Type.TEXT, "The school subject."),
    Key("licence", Type.PLAIN, "What others may do with the facts."),
    Key("summary", Type.TEXT, "The overview: printed first, and the deck's description."),
    Key("recap", Type.TEXT, "A closing panel of the sheet."),
    Key("hook", Type.TEXT, "The line to remember under the recap."),
)
PERIOD = (
    Key("title", Type.TEXT, "The name of a band of the timeline.", required=True),
    Key("from", Type.WHEN, "When the band begins.", required=True),
    Key("to", Type.WHEN, "When the band ends.", required=True),
)
TOPIC = (
    Key("id", Type.NAME, "Becomes the tag of the topic's facts.", required=True),
    Key("title", Type.TEXT, "The heading of the section.", required=True),
    Key("when", Type.WHEN, "A year, a date, or words such as `April 1922`."),
    Key("summary", Type.TEXT, "A line under the heading."),
)
MEDIA = (
    Key("image", Type.FILE, "A picture beside the source: PNG, JPEG, WebP, GIF or SVG."),
    Key("alt", Type.PLAIN, "What the picture shows, for who cannot see it."),
    Key("audio", Type.FILE, "A sound beside the source: MP3, OGG, M4A, WAV or FLAC."),
    Key("credit", Type.TEXT, "Who made the picture or the sound, and its licence."),
    Key(
        "media",
        Type.CHOICE,
        "Where they appear: with the answer, or `front`, with the question.",
        choices=("back", "front"),
    ),
)
FACT = (
    Key("id", Type.NAME, "Unique in the file; never reused.", required=True),
    Key("statement", Type.GAPPED, "What the sheet prints instead of the kind's own form."),
    Key("extra", Type.TEXT, "More to know: back of the card, small print."),
    Key("hint", Type.TEXT, "Shown with the question."),
    Key("tags", Type.TAGS, "Tags in Anki."),
    Key("cite", Type.TEXT, "Where the fact comes from."),
    Key("only", Type.CHOICE, "Leave the fact out of the other output.", choices=("deck", "sheet")),
    *MEDIA,
)
PRINT = (
    Key("paper", Type.CHOICE, "The paper.", choices=("A4", "Letter", "A5")),
    Key(
        "profile",
        Type.CHOICE,
        "For whom: `clear` is 12 to 14 points, widely spaced; `large` is 18 points.",
        choices=("standard", "clear", "large"),
    ),
    Key("fonts", Type.FILES, "TrueType fonts beside the source, for what ours lack."),
    Key("ink", Type.CHOICE, "`low` leaves out tinted areas.", choices=("normal", "low")),
)
SHEET = (Key("check", Type.NAMES, "Facts whose questions close the sheet."),)
