"""Decks whose dates look like the numbers of facts, drawn by lot: the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

WORDS = (
    "river", "treaty", "emperor", "market", "1", "12", "3", "steel", "44", "vote", "1930s", "7a",
    "of",
)  # fmt: skip
WHEN = (
    "9", "1900", "1930s", "c. 12", "after 14", "before 3 BC", "12 May 1944", "1–7", "1st century",
    "27 BC to 14",
)  # fmt: skip
SMALL = {  # opened by a small letter, in a language each
    "en": ("after 14", "before 1934"),
    "de": ("nach 14", "um 9"),
    "es": ("enero de 49 a. C.", "después de 14"),
    "fr": ("après 14", "avril 1909"),
}
PRINTED = (
    ("A4", "standard"),
    ("A5", "large"),
    ("Letter", "clear"),
    ("A5", "clear"),
    ("A4", "large"),
)
HIDDEN = ("dates", "terms", "words")


def source(seed: int, facts: int) -> str:
    """Return a source of about so many facts, most of them events, with all that can be printed."""
    lot = random.Random(seed)
    language = lot.choice([*SMALL])
    paper, profile = PRINTED[seed % len(PRINTED)]
    lines = [
        *("[deck]", f'id = "early{seed}"', 'title = "Early"', 'anki = "Early"'),
        *('version = "0.1.0"', f'language = "{language}"'),
    ]
    if lot.random() < 0.5:
        lines += ["[[period]]", 'title = "Dawn"', "from = 1", "to = 50"]
    ids: list[str] = []
    for topic in range(lot.randint(1, 4)):
        year = lot.choice([lot.randint(1, facts + 1), 1900 + lot.randint(0, 30)])
        lines += ["[[topic]]", f'id = "t{topic}"', f'title = "Topic {topic} {_words(lot)}"']
        lines += [f"when = {year}"] if lot.random() < 0.7 else []
        for _ in range(max(facts // 3, 1)):
            ids.append(f"f{len(ids) + 1}")
            lines += ["[[topic.fact]]", f'id = "{ids[-1]}"', *_fact(lot, ids[-1], year, language)]
    lines += ["[sheet]", f"check = {json.dumps(lot.sample(ids, min(2, len(ids))))}"]
    hide = lot.sample(HIDDEN, lot.randint(1, 3))
    lines += ["[print]", 'handouts = ["all"]', f"hide = {json.dumps(hide)}"]
    return "\n".join([*lines, f'paper = "{paper}"', f'profile = "{profile}"', ""])


def _words(lot: random.Random) -> str:
    return " ".join(lot.choice(WORDS) for _ in range(lot.randint(1, 4)))


def _fact(lot: random.Random, name: str, year: int, language: str) -> Sequence[str]:
    """Return the keys of a fact that are its own; `year`: that of its topic."""
    say = f"{name} {_words(lot)}"
    match lot.randrange(9):
        case 0:
            return [f'question = "What is {say}?"', f'answer = "{_words(lot)} {name}"']
        case 1:
            return [f'cloze = "Of {say} {{{{{_words(lot)}}}}} and {{{{{name}x}}}}."']
        case 2:
            items = [f"{_words(lot)} {n}" for n in range(3)]
            ordered = lot.choice(["true", "false"])
            return [
                f'list = "Which {say}?"',
                f"items = {json.dumps(items)}",
                f"ordered = {ordered}",
            ]
        case 3:
            rows = [[f"{n}", f"{_words(lot)} a{n}", f"{_words(lot)} b{n}"] for n in (3, 1900)]
            return [
                f'compare = "How do {say} differ?"',
                'things = ["1", "12"]',
                f"aspects = {json.dumps(rows)}",
            ]
        case 4:
            return [f'term = "{say}"', f'definition = "{_words(lot)} {name}"', "reverse = true"]
    early = [year, lot.randint(1, 40), -lot.randint(1, 60), *SMALL[language]]
    when = lot.choice([*early, *WHEN] if language == "en" else early)
    cite = [f'cite = "Book {lot.randint(1, 3)}"'] if lot.random() < 0.3 else []
    return [f'event = "It is {say} **{_words(lot)}**."', f"when = {json.dumps(when)}", *cite]
