"""A changelog -> the part about one release, or the changelog with one more."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEAD = "# Changelog\n\n*Deck* is what learners notice, *Tool* what authors do.\n"
UNRELEASED = re.compile(r"^## Unreleased[ \t]*$", re.MULTILINE | re.IGNORECASE)
NEXT = re.compile(r"^## ", re.MULTILINE)
PART = re.compile(r"^### ", re.MULTILINE)


def section(text: str, deck: str, version: str) -> str | None:
    """Return what a changelog says of a release, without its heading; None if it has none."""
    found = re.search(rf"^## {re.escape(deck)} {re.escape(version)}(?: .*)?$", text, re.MULTILINE)
    return _until(NEXT, text[found.end() :]).strip() if found else None


def versions(text: str, deck: str) -> tuple[str, ...]:
    """Return the versions of a deck that have a part in a changelog."""
    return tuple(re.findall(rf"^## {re.escape(deck)} (\d+\.\d+\.\d+)(?!\S)", text, re.MULTILINE))


def part(said: str, name: str) -> str:
    """Return what a section says under `### name`; all of it where it has no parts."""
    found = re.search(rf"^### {re.escape(name)}[ \t]*$", said, re.MULTILINE)
    if found:
        return _until(PART, said[found.end() :]).strip()
    return "" if PART.search(said) else said


def released(text: str, deck: str, version: str, date: str, lines: Sequence[str]) -> str:
    """Return the changelog with what was unreleased under the heading of a release.

    Args:
        text: the changelog; "" where there is none yet.
        deck: the id of the deck.
        version: of the release.
        date: its day, as in 2026-11-24.
        lines: what to add to its part about the deck.
    """
    heading = f"## {deck} {version} – {date}"
    found = UNRELEASED.search(text)
    if not found:
        text = text or HEAD
        at = NEXT.search(text)
        before, after = (text[: at.start()], text[at.start() :]) if at else (text, "")
        made = f"{before.rstrip()}\n\n{heading}\n\n### Deck\n\n" + "\n".join(lines)
        return f"{made}\n\n{after}".rstrip() + "\n"
    body = _until(NEXT, text[found.end() :])
    rest = text[found.end() + len(body) :]
    deck_part = re.search(r"^### Deck[ \t]*$", body, re.MULTILINE)
    if deck_part:
        said = _until(PART, body[deck_part.end() :])
        cut = deck_part.end() + len(said)
        own = "\n".join([said.rstrip(), *lines] if said.strip() else ["", "", *lines])
        body = f"{body[: deck_part.end()]}{own}\n\n{body[cut:]}"
    else:
        body = "\n\n### Deck\n\n" + "\n".join(lines) + f"\n\n{body.strip()}\n\n"
    return f"{text[: found.start()]}{heading}{body.rstrip()}\n\n{rest}".rstrip() + "\n"


def _until(mark: re.Pattern[str], text: str) -> str:
    found = mark.search(text)
    return text[: found.start()] if found else text
