"""What a changelog says of a release -> the words that stand beside its files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuilder.cards import cards
from deckbuilder.model import Deck, in_deck
from deckbuilder.publishing.changelog import part
from deckbuilder.text.tree import plain

MARKS = re.compile(r"(?<!\\)[*`]|\\(?=[\\`*_{}\[\]<>#|~$])")

WRAPPED = re.compile(r"\n +")
SURE = (
    "`sha256sum --check SHA256SUMS` tells whether they are whole. Who builds the tag with the"
    " deckbuilder named in `manifest.json` gets the same bytes."
)


def release_notes(deck: Deck, said: str, files: Sequence[str]) -> str:
    """Return the notes of a release as Markdown: what changed, and how to be sure of the files."""
    apkg = next(name for name in files if name.endswith(".apkg") and "upgrade" not in name)
    return "\n".join(
        [
            f"# {plain(deck.title)} {deck.version}",
            "",
            f"Import `{apkg}` into Anki, over the deck you have or as a new one.",
            "",
            said,
            "",
            "## To be sure of the files",
            "",
            SURE,
            "",
        ]
    )


def ankiweb(deck: Deck, said: str) -> str:
    """Return what to paste into AnkiWeb's form: title, tags, description."""
    facts, say = in_deck(deck), deck.phrases
    counts = say.counts.format(facts=len(facts), cards=sum(len(cards(fact)) for fact in facts))
    news = [_unmarked(line) for line in WRAPPED.sub(" ", part(said, "Deck")).splitlines()]
    about = [
        plain(deck.summary),
        f"{counts} · {say.version} {deck.version}" + f" · {deck.licence}" * bool(deck.licence),
        say.update,
        "\n".join(news),
    ]
    return "\n".join(
        [
            f"Title: {plain(deck.title)}",
            f"Tags: {deck.id} {plain(deck.subject).replace(' ', '-').lower()}".rstrip(),
            "",
            "\n\n".join(text for text in about if text),
            "",
        ]
    )


def _unmarked(line: str) -> str:
    """Return a line of Markdown as plain text; its bullet stays one."""
    bullet = "• " if line.startswith("* ") else ""
    return bullet + MARKS.sub("", line.removeprefix("* "))
