"""What Anki would not keep as it is written: names of decks and files, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from deckbuilder.model import Deck
from deckbuilder.rule import Finding, rule
from deckbuilder.text.normal import normal
from deckbuilder.toml import Path
from deckbuilder.values.names import with_parents

DEEPEST = 11  # what Anki 26.09 imports; of more it says “deck nesting level too deep”


def same_deck(one: str, other: str) -> bool:
    """Tell whether two names are those of one deck to Anki: it finds a deck in whatever case."""
    return normal(one).casefold() == normal(other).casefold()


@rule(
    "deck-name",
    "Anki would not keep the deck's name as it is written.",
    "Anki trims and renames some names, and later releases would then go into another deck.",
    bad="""
[deck]
id       = "rapallo"
title    = "Rapallo"
anki     = "History:: Rapallo"
version  = "0.1.0"
language = "en"

[[topic]]
id    = "rapallo"
title = "Agreement"

[[topic.fact]]
id    = "rapallo-year"
cloze = "It was signed in {{1922}} by both countries."
""",
    good="""
[deck]
id       = "rapallo"
title    = "Rapallo"
anki     = "History::Rapallo"
version  = "0.1.0"
language = "en"

[[topic]]
id    = "rapallo"
title = "Agreement"

[[topic.fact]]
id    = "rapallo-year"
cloze = "It was signed in {{1922}} by both countries."
""",
)
def anki_keeps_the_deck_name(deck: Deck) -> Iterator[Finding]:
    """Find a deck name that Anki would change."""
    if "deck" in deck.unread:
        return
    parts = deck.anki.split("::")
    if deck.anki.casefold() == "default" or any(
        part != part.strip().strip(":") or not part for part in parts
    ):
        yield Finding(
            ("deck", "anki"),
            f"Anki would not keep the deck name `{deck.anki}`",
            "write the parts without spaces around `::`, none empty, and not `Default`",
        )
    elif len(parts) > DEEPEST:
        yield Finding(
            ("deck", "anki"),
            f"Anki imports no deck that is {len(parts)} levels deep",
            f"leave out some of the parts between `::`: {DEEPEST} are the most",
        )


@rule(
    "tag-case",
    "One tag is written in two ways that differ by capitals alone.",
    "Anki takes both for one tag, and shows whichever it met first.",
    bad="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."
tags  = ["Treaties"]

[[topic.fact]]
id    = "berlin-year"
cloze = "The Treaty of Berlin was signed in {{1926}}."
tags  = ["treaties::renewed"]
""",
    good="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."
tags  = ["treaties"]

[[topic.fact]]
id    = "berlin-year"
cloze = "The Treaty of Berlin was signed in {{1926}}."
tags  = ["treaties::renewed"]
""",
)
def anki_keeps_the_tags(deck: Deck) -> Iterator[Finding]:
    """Find the tags of which Anki would change the capitals, in a part or as a whole."""
    first: dict[str, tuple[str, Path]] = {}
    for topic in deck.topics:
        for tag in (deck.id, f"{deck.id}::{topic.id}"):
            first.setdefault(tag, (tag, (*topic.at, "id")))
    fine: set[str] = set()  # the same tag again is as fine as before
    for fact in deck.facts:
        for index, tag in enumerate(fact.tags):
            if tag in fine:
                continue
            at = (*fact.at, "tags", index)
            for part in with_parents(tag):
                known, where = first.setdefault(part.casefold(), (part, at))
                if known != part:
                    yield Finding(
                        at,
                        f"Anki takes `{part}` for the tag `{known}`",
                        "write it the same everywhere",
                        "written otherwise here",
                        ((where, "first written here"),),
                    )
                    break
            else:
                fine.add(tag)


@rule(
    "file-name",
    "The package would have a name by which Anki takes it for a whole collection.",
    "On `collection.apkg` and `backup-….apkg` Anki offers to replace all that the learner has.",
    bad="source/collection.toml",
    good="source/relations.toml",
)
def anki_takes_the_file_for_a_deck(deck: Deck) -> Iterator[Finding]:
    """Find a source whose package would replace a collection."""
    stem = PurePath(deck.file).stem
    if re.fullmatch(r"collection|backup-.*", stem, re.IGNORECASE):
        yield Finding(
            (),
            f"`{stem}.apkg` would make Anki offer to replace the learner's whole collection",
            "give the source another file name",
        )
