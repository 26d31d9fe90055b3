"""What a changelog says of a release -> the words that stand beside its files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuilder.cards import card_count
from deckbuilder.model import Deck, in_deck
from deckbuilder.phrases import counted
from deckbuilder.publishing.changelog import part
from deckbuilder.publishing.legible import legible
from deckbuilder.publishing.skipped import Left
from deckbuilder.publishing.wording import moved, quoted, upgrade_file, wording

MARKS = re.compile(r"(?<!\\)[*`]|\\(?=[\\`*_{}\[\]<>#|~$])")
WRAPPED = re.compile(r"\n +")


def release_notes(deck: Deck, said: str, files: Sequence[str], left: Left) -> str:
    """Return the notes of a release as Markdown: what changed, and how to be sure of the files.

    Args:
        deck: as it is released.
        said: what the changelog says of the release.
        files: the names of what is given away.
        left: what there is to do for who has an earlier release.
    """
    upgrade, say = upgrade_file(deck.id, deck.version), wording(deck)
    apkg = next(name for name in files if name.endswith(".apkg") and name != upgrade)
    get = say.begin if upgrade in said else say.get
    if is_for_older(deck, said):  # who is new takes the newest
        get = "" if upgrade in said else say.over
    if upgrade in files and upgrade not in said:
        get += f"\n\n{say.skipped.format(file=upgrade)}"
    elif left.blank and upgrade not in said and not _says(said, say.blank):
        get += f"\n\n{say.cleared}"
    title = f"# {legible(deck.title)} {deck.version}"
    get, stayed = get.format(file=apkg).strip(), _stayed(deck, said, left)
    return "\n\n".join(filter(None, (title, get, stayed, said, f"## {say.sure}", say.sums))) + "\n"


def is_for_older(deck: Deck, said: str) -> bool:
    """Tell whether a release is for those alone who have an older one: a newer one is out."""
    return _says(said, f"* {wording(deck).only.partition('{version}')[0]}")


def _says(said: str, sentence: str) -> bool:
    """Tell whether a sentence is in a text, in whatever lines and with whatever spaces."""
    return " ".join(sentence.split()) in " ".join(said.split())


def _stayed(deck: Deck, said: str, left: Left) -> str:
    """Return what there is to do for who has cards in a deck of another name, if any has."""
    say = wording(deck)
    old = [name for name in left.decks if not _says(said, moved(say, name, deck.anki))]
    named = ", ".join(quoted(say, name) for name in old)
    return say.stayed.format(old=named, new=quoted(say, deck.anki)) if old else ""


def ankiweb(deck: Deck, said: str, left: Left) -> str:
    """Return what to paste into AnkiWeb's form: title, tags, description; see `release_notes`."""
    facts, say = in_deck(deck), deck.phrases
    counts = counted(say, len(facts), sum(map(card_count, facts)))
    lines = WRAPPED.sub(" ", part(said, "Deck")).splitlines()
    told = f"* {wording(deck).update}"  # as `say.update` tells whoever comes to the page
    news = [_at_ankiweb(deck, line) for line in lines if line != told]
    cleared = wording(deck).blank if left.fresh else wording(deck).cleared
    about = [
        legible(deck.summary),
        f"{counts} · {say.version} {deck.version}" + f" · {deck.licence}" * bool(deck.licence),
        say.update,
        _unmarked(cleared) if left.blank and not _says(said, wording(deck).blank) else "",
        _unmarked(_stayed(deck, said, left)),
        "\n".join(map(_unmarked, news)),
    ]
    return "\n".join(
        [
            f"Title: {legible(deck.title)}",
            f"Tags: {deck.id} {legible(deck.subject).replace(' ', '-').lower()}".rstrip(),
            "",
            "\n\n".join(filter(None, about)),
            "",
        ]
    )


def _at_ankiweb(deck: Deck, line: str) -> str:
    """Return a line as it is true at AnkiWeb, where nobody can have the upgrade package."""
    upgrade = upgrade_file(deck.id, deck.version)
    return f"* {wording(deck).stays}" if upgrade in line else line


def _unmarked(line: str) -> str:
    """Return a line of Markdown as plain text; its bullet stays one."""
    bullet = "• " if line.startswith("* ") else ""
    return bullet + MARKS.sub("", line.removeprefix("* "))
