"""A changelog -> the part about one release, or the changelog with one more."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from deckbuilder.versions import VERSION

HEAD = "# Changelog\n\n*Deck* is what learners notice, *Tool* what authors do.\n"
UNRELEASED = re.compile(r"^## Unreleased[ \t]*$", re.MULTILINE | re.IGNORECASE)
NEXT = re.compile(r"^## ", re.MULTILINE)
PART = re.compile(r"^### ", re.MULTILINE)
NAMED = re.compile(r"^### (.*?)[ \t]*$", re.MULTILINE)
OF_DECK, OF_TOOL = "Deck", "Tool"  # what learners notice, and what authors do


def section(text: str, deck: str, version: str) -> str | None:
    """Return what a changelog says of a release, without its heading; None if it has none."""
    found = re.search(rf"^## {re.escape(deck)} {re.escape(version)}(?: .*)?$", text, re.MULTILINE)
    return _until(NEXT, text[found.end() :]).strip() if found else None


def versions(text: str, deck: str) -> tuple[str, ...]:
    """Return the versions of a deck that have a part in a changelog."""
    heading = rf"^## {re.escape(deck)} ({VERSION.pattern})(?!\S)"
    return tuple(re.findall(heading, text, re.MULTILINE))


def part(said: str, name: str) -> str:
    """Return what a section says under `### name`; all of it where it has no parts."""
    _, parts = _parts(said)
    return next((words for own, words in parts if own == name), "" if parts else said)


def without_tool(said: str) -> str:
    """Return what a section says to learners: nothing of its part about the program."""
    before, parts = _parts(said)
    kept = [f"### {name}\n\n{words}" for name, words in parts if name != OF_TOOL]
    return "\n\n".join(filter(None, (before, *kept)))


def is_addressed(text: str, decks: Collection[str]) -> bool:
    """Tell whether each line that is unreleased stands under the id of a deck, or under Tool.

    That is asked for where there are several decks: any of them may be released first.
    """
    before, parts = _parts(_unreleased(text))
    return not before and {name for name, words in parts if words} <= {OF_TOOL, *decks}


def _parts(said: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what a section says before its first part, and each part with its name."""
    before, *rest = NAMED.split(said)
    parts = zip(rest[::2], rest[1::2], strict=True)
    return before.strip(), [(name, words.strip()) for name, words in parts]


def _unreleased(text: str) -> str:
    found = UNRELEASED.search(text)
    return _until(NEXT, text[found.end() :]) if found else ""


def _of_deck(said: str, deck: str, *, alone: bool) -> tuple[str, str]:
    """Return what is unreleased of a deck, what names it in the part about decks; and what stays.

    Of the only deck is all that is unreleased.
    """
    before, parts = _parts(said)
    if alone and deck not in (name for name, _ in parts):
        return said, ""
    names = {deck, OF_DECK} if alone else {deck}
    own = [words for name, words in parts if name in names and words]
    others = [f"### {name}\n\n{words}" for name, words in parts if name not in names and words]
    mine = "\n".join((f"\n\n### {OF_DECK}\n", *own)) + "\n\n"
    rest = "\n\n".join(filter(None, (before, *others)))
    return (mine + f"{rest}\n\n", "") if alone else (mine, rest)


def released(
    text: str, deck: str, version: str, date: str, lines: Sequence[str], *, alone: bool
) -> str:
    """Return the changelog with what was unreleased of a deck under the heading of a release.

    Args:
        text: the changelog; "" where there is none yet.
        deck: the id of the deck.
        version: of the release.
        date: its day, as in 2026-11-24.
        lines: what to add to its part about the deck.
        alone: whether there is no other deck; else what does not name this one stays unreleased.
    """
    heading = f"## {deck} {version} – {date}"
    found = UNRELEASED.search(text)
    if not found:
        text = text or HEAD
        at = NEXT.search(text)
        before, after = (text[: at.start()], text[at.start() :]) if at else (text, "")
        made = f"{before.rstrip()}\n\n{heading}\n\n### {OF_DECK}\n\n" + "\n".join(lines)
        return f"{made}\n\n{after}".rstrip() + "\n"
    body = _until(NEXT, text[found.end() :])
    rest = text[found.end() + len(body) :]
    body, stays = _of_deck(body, deck, alone=alone)
    if stays:
        heading = f"## Unreleased\n\n{stays}\n\n{heading}"
    deck_part = re.search(rf"^### {OF_DECK}[ \t]*$", body, re.MULTILINE)
    if deck_part:
        said = _until(PART, body[deck_part.end() :])
        cut = deck_part.end() + len(said)
        own = "\n".join([said.rstrip(), *lines] if said.strip() else ["", "", *lines])
        body = f"{body[: deck_part.end()]}{own}\n\n{body[cut:]}"
    else:
        body = f"\n\n### {OF_DECK}\n\n" + "\n".join(lines) + f"\n\n{body.strip()}\n\n"
    return f"{text[: found.start()]}{heading}{body.rstrip()}\n\n{rest}".rstrip() + "\n"


def _until(mark: re.Pattern[str], text: str) -> str:
    found = mark.search(text)
    return text[: found.start()] if found else text
