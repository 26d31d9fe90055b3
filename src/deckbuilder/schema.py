"""What may stand in a source, as data: the tables and their keys. Kinds of fact add their own."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from deckbuilder.slots import dataclass

FARTHEST = 20  # millimetres: no printer is so far off
TIMES = (1922, "April 1922", "1919–33", "c. 1930", "16th century")


class Type(Enum):
    """What the value of a key is read as."""

    __hash__ = object.__hash__  # Enum's own is Python, and each value of a source asks for it

    TEXT = auto()  # the small Markdown
    GAPPED = auto()  # the small Markdown with {{gaps}}
    TEXTS = auto()  # a list of at least two texts
    ITEMS = auto()  # the same, or with a card's number: { text = "…", n = 3 }
    ROWS = auto()  # a list of at least one row, each a list of at least two such texts
    PLAIN = auto()  # characters without marks
    NAME = auto()  # an id
    NAMES = auto()  # a list of ids
    TAGS = auto()  # a list of tags
    FLAG = auto()
    WHEN = auto()
    CHOICE = auto()
    CHOICES = auto()  # a list of such
    OFFSET = auto()  # two numbers, in millimetres
    FILE = auto()  # a file in the source's folder
    FILES = auto()  # a list of files in the source's folder
    LANGUAGE = auto()
    VERSION = auto()
    ALLOWED = auto()  # a list of the tables that `ALLOW` describes


# of what comes to stand on paper, wherever its table does
PRINTED = {Type.TEXT, Type.GAPPED, Type.TEXTS, Type.ITEMS, Type.ROWS, Type.WHEN}


def is_near(millimetres: Iterable[float]) -> bool:
    """Tell whether a printer may be off by so much; by what is no number it is not."""
    return all(abs(n) <= FARTHEST for n in millimetres)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name, how its value is read, and what it is for.

    `default` is the choice of who leaves the key out; `examples` are values that editors offer;
    `needs`: those keys of which one has to stand beside it; `of_handouts`: whether without a
    handout it is about nothing.
    """

    name: str
    type: Type
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | tuple[str, ...] = ""
    examples: tuple[str | int | tuple[str | float, ...], ...] = ()
    needs: tuple[str, ...] = ()
    of_handouts: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a source, or `many`: then its header has double brackets."""

    name: str
    keys: tuple[Key, ...]
    doc: str
    many: bool = False
    required: bool = False


DECK = (
    Key(
        "id",
        Type.NAME,
        "Learners' history hangs on it: never change it. Make it unlike any other deck's:"
        " those of one id overwrite each other's notes in Anki.",
        required=True,
        examples=("great-lakes",),
    ),
    Key("was", Type.NAMES, "Ids that the deck had before."),
    Key("title", Type.TEXT, "The title in print.", required=True),
    Key(
        "anki",
        Type.PLAIN,
        "The deck's name in Anki; `::` makes a subdeck.",
        required=True,
        examples=("Geography::Great Lakes",),
    ),
    Key(
        "version",
        Type.VERSION,
        "The release, as in 1.2.0.",
        required=True,
        examples=("0.1.0",),
    ),
    Key("language", Type.LANGUAGE, "The language of the facts, as in en or en-GB.", required=True),
    Key(
        "order",
        Type.CHOICE,
        "How new cards come: topic by topic, or from each topic in turn.",
        choices=("source", "interleaved"),
        default="source",
    ),
    Key("subject", Type.TEXT, "The school subject.", examples=("Geography",)),
    Key("licence", Type.PLAIN, "What others may do with the facts.", examples=("CC BY 4.0",)),
    Key("summary", Type.TEXT, "The overview: printed first, and the deck's description."),
    Key("recap", Type.TEXT, "A closing panel of the sheet."),
    Key("hook", Type.TEXT, "The line to remember, under the recap if there is one."),
    Key("style", Type.FILE, "A style sheet beside the source, added to the cards' own."),
    Key("allow", Type.ALLOWED, "Rules of the lint that its own texts break on purpose."),
)
PERIOD = (
    Key("title", Type.TEXT, "The name of a band of the timeline.", required=True),
    Key("from", Type.WHEN, "When the band begins.", required=True, examples=TIMES),
    Key(
        "to",
        Type.WHEN,
        "The last that the band holds, or where another begins in it.",
        required=True,
        examples=TIMES,
    ),
)
TOPIC = (
    Key("id", Type.NAME, "Becomes the tag of the topic's facts.", required=True),
    Key("was", Type.NAMES, "Ids that the topic had before."),
    Key("title", Type.TEXT, "The heading of the section.", required=True),
    Key("when", Type.WHEN, "A year, a date, or words such as `April 1922`.", examples=TIMES),
    Key("summary", Type.TEXT, "A line under the heading."),
    Key("part", Type.TEXT, "A heading above this topic and its neighbours with the same one."),
    Key("allow", Type.ALLOWED, "Rules of the lint that its own texts break on purpose."),
)
MEDIA = (
    Key(
        "image",
        Type.FILE,
        "A picture beside the source: PNG, JPEG, WebP, GIF or SVG.",
        needs=("alt",),
    ),
    Key("alt", Type.PLAIN, "What the picture shows, for who cannot see it.", needs=("image",)),
    Key("audio", Type.FILE, "A sound beside the source: MP3, OGG, M4A, WAV or FLAC."),
    Key(
        "credit",
        Type.TEXT,
        "Who made the picture or the sound, and its licence.",
        needs=("image", "audio"),
    ),
    Key(
        "media",
        Type.CHOICE,
        "Where they appear: with the answer, or `front`, with the question.",
        choices=("back", "front"),
        needs=("image", "audio"),
    ),
)
FACT = (
    Key("id", Type.NAME, "Unique in the file; never reused.", required=True),
    Key("was", Type.NAMES, "Ids that the fact had before: learners keep their history."),
    Key("statement", Type.GAPPED, "What the sheet prints instead of the kind's own form."),
    Key("extra", Type.TEXT, "More to know: back of the card, small print."),
    Key(
        "hint",
        Type.TEXT,
        "Shown with the question: in Anki on demand, in print in brackets "
        "(on the sheet only where two facts on it ask the same, gaps blank).",
    ),
    Key("tags", Type.TAGS, "Tags in Anki.", examples=(("explorers",), ("exam::2026",))),
    Key("typed", Type.FLAG, "Whether the answer is to be typed, letter by letter."),
    Key(
        "speak",
        Type.FLAG,
        "Whether Anki reads the card aloud, in the deck's language whatever the words; "
        "for words of another, give a recording as `audio`.",
    ),
    Key("cite", Type.TEXT, "Where the fact comes from."),
    Key(
        "only",
        Type.CHOICE,
        "Where the fact is: in Anki alone, on the sheet alone, or wherever facts are asked.",
        choices=("deck", "sheet", "asked"),
    ),
    Key("allow", Type.ALLOWED, "Rules of the lint that the fact breaks on purpose."),
    *MEDIA,
)
ALLOW = (
    Key("rule", Type.PLAIN, "the code of the warning", required=True),
    Key("why", Type.PLAIN, "the reason, for the next author", required=True),
)
# what print warns of, besides the lint: in any text, and in all; what has the text may allow that
TEXTS_IN_PRINT = frozenset({"cut-word", "no-room", "small-formula"})
IN_PRINT = TEXTS_IN_PRINT | {"small-picture"}
RETIRED = (
    Key("id", Type.NAME, "The id of a fact that was released and is to go.", required=True),
    Key("why", Type.TEXT, "For those who read the source."),
)
# what may be printed besides the sheet: each is a module of this name in `writers.pdf.handouts`
HANDOUTS = (
    "quiz",
    "organiser",
    "grid",
    "match",
    "foldover",
    "poster",
    "cards",
    "foldcards",
    "labels",
    "calibration",
)  # fmt: skip
EVERY_HANDOUT = "all"
PRINT = (
    Key("paper", Type.CHOICE, "The paper.", choices=("A4", "Letter", "A5"), default="A4"),
    Key(
        "profile",
        Type.CHOICE,
        "For whom: `clear` is 12 to 14 points, widely spaced; `large` is 18 points.",
        choices=("standard", "clear", "large"),
        default="standard",
    ),
    Key(
        "fonts",
        Type.FILES,
        "TrueType fonts beside the source, for what ours lack.",
        examples=(("fonts/my.ttf",),),
    ),
    Key(
        "ink",
        Type.CHOICE,
        "`low` leaves out tinted areas.",
        choices=("normal", "low"),
        default="normal",
    ),
    Key(
        "handouts",
        Type.CHOICES,
        "What is printed besides the sheet, each as STEM-name.pdf.",
        choices=(*HANDOUTS, EVERY_HANDOUT),
        examples=(("foldover",),),
    ),
    Key(
        "flip",
        Type.CHOICE,
        "Which edge your printer turns paper over, for cards on both sides.",
        choices=("long", "short"),
        default="long",
        of_handouts=True,
    ),
    Key(
        "labels",
        Type.CHOICE,
        "The sheets that labels are printed on: business cards for A4 (c32011) or Letter (5371; "
        "the default is by the paper), or index cards (5388).",
        choices=("avery-c32011", "avery-5371", "avery-5388"),
        of_handouts=True,
    ),
    Key(
        "back_offset",
        Type.OFFSET,
        "How far backs are moved to the right and up, in millimetres; see the calibration page.",
        examples=((0.5, -0.3),),
        of_handouts=True,
    ),
    Key(
        "poster",
        Type.CHOICE,
        "The poster on two sheets of the paper to join, or whole, on paper twice as large.",
        choices=("tiles", "whole"),
        default="tiles",
        of_handouts=True,
    ),
    Key(
        "hide",
        Type.CHOICES,
        "What the organiser leaves blank: dates, names and terms, key words (default: all).",
        choices=("dates", "terms", "words"),
        default=("dates", "terms", "words"),
        examples=(("dates",),),
        of_handouts=True,
    ),
)
SHEET = (Key("check", Type.NAMES, "Facts whose questions close the sheet."),)

_TABLES = (
    Table("deck", DECK, "What the facts are called, and in which language.", required=True),
    Table("period", PERIOD, "A band of the timeline.", many=True),
    Table("topic", TOPIC, "A section of the sheet; its facts follow it.", many=True, required=True),
    Table("retired", RETIRED, "A fact that was released and is to go.", many=True),
    Table("print", PRINT, "For which paper and which readers the sheet is set."),
    Table("sheet", SHEET, "What the sheet has besides its facts."),
)
TABLES = {table.name: table for table in _TABLES}  # of a source, in canonical order
