"""Rules about how much a card asks: one thing, in few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from deckbuilder.content import Items, Paragraph, Table, gap_numbers
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import back, recalled
from deckbuilder.lint.words import AND, CONTINENTS, WHERE, length, over, said, unquoted, words
from deckbuilder.phrases import PHRASES
from deckbuilder.rule import Finding, rule

LONGEST_ANSWER, LONGEST_GAP = 20, 8  # words
LONGEST_QUESTION, LONGEST_SENTENCE = 30, 40  # words; a sentence has gaps
MOST_GAPS = 3
MOST_ITEMS = 5  # of a list asked for at once
SET, COUNTED_SET, ELEMENT = 4, 3, 3  # elements of a hidden set; where some are asked for; words
OWN_ITEMS = "make it a `list` with `items`: each of them becomes a card of its own"
OWN_ROWS = "give each of them a row of its own, or `allow` the rule where they belong together"
YEAR = re.compile(r"(?:in )?\d{3,4}")
SIGN = re.compile(r"[,;、，；\n/&]")  # one of these, or a word, is between any two elements
# Repetitions have a bound, so that no text takes time that grows with its square.
ASKED = re.compile(r"(?<=\w)[\s)]{0,3}(?:\?+(?=\W|$)|？+)")  # the end of a question
ASIDE = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]|（[^（）]{0,300}）")
COUNTED = re.compile(  # a question for a set
    r"(?:^|[.:;]\s)(?:list|enumerate|name (?:all|some|the))\b"
    r"|\b(?:which|what|name|are the) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)


@rule(
    "long-answer",
    "An answer, or an element of a list, has over 20 words; a gap within a sentence has over 8.",
    "A long answer is never recalled as it stands, so nobody can say whether it was right.",
    bad="""
[[topic.fact]]
id       = "why"
question = "Why did Germany seek good relations?"
answer   = "It was as lonely as Russia, wanted raw materials and customers for its industry, and \
needed a place where soldiers could train unseen by the powers that had won the war."
""",
    good="""
[[topic.fact]]
id       = "why"
question = "Why did the German army seek good relations?"
answer   = "to train soldiers where the victors of the war could not see it"
""",
    severity="warning",
)
def long_answer(sight: Sight) -> Iterator[Finding]:
    """Find the answers and gaps that are too long to be recalled."""
    for seen in sight.cards:
        most = LONGEST_GAP if seen.gapped and not seen.listed else LONGEST_ANSWER
        if not over(seen.recalled, most):  # all of them together
            continue
        long = [answer for answer in seen.answers if over(answer, most)]
        if long:
            longest = max(long, key=length)
            at, part = recalled(seen, seen.answers.index(longest))
            yield Finding(
                at,
                f"{_recalled(seen)} has {length(longest):.0f} words,"
                f" {most} are the most to be recalled at once",
                "keep what matters, move the rest to `extra`, or make several facts of it",
                part=part,
            )


def _recalled(seen: Seen) -> str:
    """Return what is recalled at once."""
    if not seen.gapped:
        return "the answer"
    return "an element of the list" if seen.listed else "a gap"


@rule(
    "long-question",
    "A question has over 30 words, or a sentence with gaps over 40.",
    "What takes long to read is soon recognised by its looks, and no longer read.",
    bad="""
[[topic.fact]]
id       = "who"
question = "Seeing that both countries stood alone after the war, that both wanted trade, and that \
the conference in Genoa had so far brought neither of them what it had hoped for, who signed for \
Russia?"
answer   = "Chicherin"
""",
    good="""
[[topic.fact]]
id       = "who"
question = "Who signed for Russia while the conference in Genoa went on?"
answer   = "Chicherin"
""",
    severity="warning",
)
def long_question(sight: Sight) -> Iterator[Finding]:
    """Find the fronts that take too long to read."""
    for seen in sight.cards:
        most = LONGEST_SENTENCE if seen.gapped else LONGEST_QUESTION
        if over(seen.read, most):
            number = length(seen.read)
            yield Finding(
                seen.at,
                f"the front has {number:.0f} words, {most} are the most that are read each time",
                "ask in fewer words and move the rest to `extra`",
            )


@rule(
    "several-questions",
    "A front asks more than one question (a question quoted in it does not count).",
    "Whoever knows one answer and not the other can neither press Good nor Again.",
    bad="""
[[topic.fact]]
id       = "signed"
question = "When was it signed? And who signed for Russia?"
answer   = "1922, Chicherin"
""",
    good="""
[[topic.fact]]
id       = "signed"
question = "Who signed for Russia?"
answer   = "Chicherin"
""",
    severity="warning",
)
def several_questions(sight: Sight) -> Iterator[Finding]:
    """Find the fronts with several question marks."""
    for seen in sight.cards:
        if seen.gapped or seen.whole.count("?") + seen.whole.count("？") < 2:
            continue
        prose = " ".join(said(b.text, code=False) for b in seen.front if isinstance(b, Paragraph))
        if len(ASKED.findall(unquoted(prose))) > 1:
            yield Finding(
                seen.at,
                "the front asks more than one question",
                "make a fact of each question",
            )


@rule(
    "many-gaps",
    "A sentence has gaps of more than three numbers.",
    "Each gap is a card, and with so many one sentence is read again and again.",
    bad="""
[[topic.fact]]
id    = "all"
cloze = "In {{1922}} {{Chicherin}} and {{Rathenau}} met in {{Italy}}, near Genoa."
""",
    good="""
[[topic.fact]]
id    = "all"
cloze = "In 1922 {{Chicherin}} and {{Rathenau}} met in Italy, near Genoa."
""",
    severity="warning",
)
def many_gaps(sight: Sight) -> Iterator[Finding]:
    """Find the sentences with too many gaps."""
    for seen in (made.cards[0] for made in sight.facts if len(made.cards) > MOST_GAPS):
        sentence = tuple(block for block in seen.front if isinstance(block, Paragraph))
        number = len(gap_numbers(sentence))
        if number > MOST_GAPS:
            yield Finding(
                seen.at,
                f"this sentence has {number} gaps, {MOST_GAPS} are the most for one",
                "keep the gaps that matter, or make several sentences of it",
            )


@rule(
    "hidden-set",
    "An answer lists four things or more in a row, of up to three words each; or three, where an "
    "English question asks for a number of them or has them named. A date with its month and year "
    "does not count, nor three things with a year among them, nor a place with what it is in, nor "
    "what an aside in brackets lists.",
    "Of a set one element is always forgotten, and the whole card with it.",
    bad="""
[[topic.fact]]
id       = "aims"
question = "What did Germany hope for?"
answer   = "trade, raw materials, weapons and training"
""",
    good="""
[[topic.fact]]
id    = "aims"
list  = "What did Germany hope for?"
items = ["trade", "raw materials", "weapons", "training"]
""",
    severity="warning",
)
def hidden_set(sight: Sight) -> Iterator[Finding]:
    """Find the answers that are lists in disguise."""
    ands = AND[sight.language]
    word = "|".join(sorted(ands))
    joined = re.compile(
        rf"[,;]\s(?:(?:{word})\s)?|[、，；\n]|\s/\s|\s(?:{word}|&)\s", re.IGNORECASE
    )
    for seen in sight.cards:
        between = sum(map(seen.answer_words.count, ands)) + len(SIGN.findall(seen.answer))
        if 1 + between < COUNTED_SET:
            continue
        told = _without_asides(seen.answer)
        elements = [each for each in joined.split(told) if each.strip()]
        asked = sight.language == "en" and COUNTED.search(seen.prompt)
        if (
            len(elements) >= (COUNTED_SET if asked else SET)
            and all(length(each) <= ELEMENT for each in elements)
            and not any(isinstance(block, Items) for block in seen.back)
            and not _one_thing(seen, told, elements, sight.language)
        ):
            at, part = recalled(seen)
            in_table = any(isinstance(block, Table) for block in seen.back)
            hint = OWN_ROWS if in_table else OWN_ITEMS
            yield Finding(at, f"the answer hides a set of {len(elements)}", hint, part=part)


def _without_asides(answer: str) -> str:
    """Return an answer without what stands in brackets, unless that is all of it."""
    bare = ASIDE.sub("", answer)
    return bare if bare.strip(" .。") else answer


def _one_thing(seen: Seen, told: str, elements: Sequence[str], language: str) -> bool:
    """Tell whether elements are the parts of a date, or of a place, each in the next."""
    rest = [each for each in elements if not YEAR.fullmatch(each.strip())]
    with_year = len(rest) == len(elements) - 1
    dated = len(elements) <= COUNTED_SET or not _months(language).isdisjoint(seen.answer_words)
    if with_year and dated:
        return True
    last = [each.split()[-1] for each in (rest if with_year else elements)]
    if told.count(",") + 1 != len(elements) or not all(each[0].isupper() for each in last):
        return False
    in_continent = last[-1].lower() in CONTINENTS and last[0].lower() not in CONTINENTS
    return in_continent or not WHERE[language].isdisjoint(seen.prompt_words)


@cache
def _months(language: str) -> frozenset[str]:
    """Return the names of months, long and short."""
    say = PHRASES[language]
    return frozenset(words(" ".join((*say.months, *say.short_months))))


@rule(
    "long-list",
    "A list of over five items is asked for all at once.",
    "One forgotten item fails the card, however well the others are known.",
    bad="""
[[topic.fact]]
id    = "powers"
list  = "Which powers met in Genoa?"
items = ["Britain", "France", "Italy", "Belgium", "Germany", "Russia"]
ask   = "all"
""",
    good="""
[[topic.fact]]
id    = "powers"
list  = "Which powers met in Genoa?"
items = ["Britain", "France", "Italy", "Belgium", "Germany", "Russia"]
""",
    severity="warning",
)
def long_list(sight: Sight) -> Iterator[Finding]:
    """Find the long lists that are to be recalled whole."""
    for seen in sight.cards:
        if seen.gapped or len(seen.answers) <= MOST_ITEMS:
            continue
        items = [block.items for block in seen.back if isinstance(block, Items)]
        number = max(map(len, items), default=0)
        if number > MOST_ITEMS:
            mixed = any(isinstance(block, Items) for block in seen.front)  # to be put in order
            yield Finding(
                back(seen),
                f"{number} items are asked for at once, {MOST_ITEMS} are the most",
                "make two facts of it, each with a part of the sequence"
                if mixed
                else 'leave out `ask = "all"`: each item becomes a card',
            )
