"""What must hold in a deck before anything is written: rules, each with its reason, in `RULES`."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.cards import LONGEST_TYPED, cards, to_type
from deckbuilder.check_anki import (
    anki_keeps_the_deck_name,
    anki_keeps_the_tags,
    anki_takes_the_file_for_a_deck,
)
from deckbuilder.check_ids import ids_are_unique
from deckbuilder.check_media import pictures_keep_the_answer
from deckbuilder.content import gaps_in, plain_content
from deckbuilder.model import Deck, Faces, Fact, Gapped
from deckbuilder.problems import GUESSES, Problem, did_you_mean, in_order
from deckbuilder.rule import Finding, rule
from deckbuilder.text.tree import plain, same_words


def check(deck: Deck) -> tuple[Problem, ...]:
    """Return what is wrong with a deck, as far as it was read."""
    return in_order(problem for rule in RULES for problem in rule(deck))


@rule(
    "statement-disagrees",
    "The statement on the sheet does not hold the answer that the card asks for.",
    "The sheet and the deck of one fact have to say the same, or a learner trusts neither.",
    bad="""
[[topic.fact]]
id        = "berlin-neutral"
question  = "What did Germany promise in the Treaty of Berlin?"
answer    = "neutrality"
statement = "Germany promised to help the USSR."
""",
    good="""
[[topic.fact]]
id        = "berlin-neutral"
question  = "What did Germany promise in the Treaty of Berlin?"
statement = "Germany promised {{neutrality}} if another power attacked the USSR."
""",
)
def statements_hold_answers(deck: Deck) -> Iterator[Finding]:
    """Find the statements that lack an answer of their own fact."""
    for fact in deck.facts:
        note = fact.parts.note
        if isinstance(note, Gapped) and note.content is fact.parts.statement:
            continue
        statement = plain_content(fact.parts.statement)
        apart = [answer for answer in _answers(fact) if answer not in statement]
        said = _said(fact) if apart else []
        missing = next((answer for answer in apart if not _held(answer, said)), "")
        if same_words(missing):
            yield Finding(
                (*fact.at, "statement"),
                f"the statement does not hold the answer `{missing}`",
                "use the answer's own words in the statement, or make it the statement's gap",
            )


def _said(fact: Fact) -> list[str]:
    """Return what print says of a fact: its statement, its date, and each gap by itself."""
    statement, when = fact.parts.statement, fact.parts.when
    alone = [plain(gap.inside) for gap in gaps_in(statement)]
    return [plain_content(statement), when.text if when else "", *alone]


def _held(answer: str, said: list[str]) -> bool:
    """Tell whether something said holds the answer: letter by letter, or word by word."""
    words = same_words(answer)
    return any(answer in part or f" {words} " in f" {same_words(part)} " for part in said)


def _answers(fact: Fact) -> list[str]:
    """Return what has to be recalled, asked forward: backward, the answer is the question."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return [plain_content(note.faces[0].back)]
    return [plain(gap.inside) for gap in gaps_in(note.content)]


@rule(
    "typed-answer",
    f"An answer to be typed has more than {LONGEST_TYPED} characters, or is a list; asked both "
    "ways, the shorter one counts, and a question is not typed.",
    "Anki compares what is typed letter by letter, which only helps with a few words.",
    bad="""
[[topic.fact]]
id       = "rapallo-terms"
question = "What did both sides give up?"
answer   = "their claims to reparations for the war and for what had been nationalised"
typed    = true
""",
    good="""
[[topic.fact]]
id       = "rapallo-terms"
question = "Which claims did both sides give up?"
answer   = "reparations"
typed    = true
""",
)
def typed_answers_are_short(deck: Deck) -> Iterator[Finding]:
    """Find facts of which no card, or a gap, cannot be typed."""
    for fact in deck.facts:
        if not fact.typed:
            continue
        made = cards(fact)
        if isinstance(fact.parts.note, Faces):
            fine = bool(to_type(fact, made))
        else:
            fine = all(len(card.answer) <= LONGEST_TYPED for card in made)
        if made and not fine:
            yield Finding(
                (*fact.at, "typed"),
                "this answer is too long to be typed",
                "ask for a few words, or leave `typed` out",
            )


@rule(
    "unknown-fact",
    "`[sheet] check` names a fact that does not exist, is not printed, or is asked by a sound.",
    "Each of its ids becomes a question at the end of the sheet.",
    bad="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[sheet]
check = ["rapalo-year"]
""",
    good="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[sheet]
check = ["rapallo-year"]
""",
)
def sheet_names_printed_facts(deck: Deck) -> Iterator[Finding]:
    """Find the closing questions of facts that do not exist or are not printed."""
    if deck.unread:  # such a fact may have been lost in reading
        return
    facts = {fact.id: fact for fact in deck.facts}
    first = [name for name in deck.check if name not in facts][:GUESSES]
    for index, name in enumerate(deck.check):
        at = ("sheet", "check", index)
        if name not in facts:
            hint = did_you_mean(name, facts) if name in first else "give it the id of a fact"
            yield Finding(at, f"no fact has the id `{name}`", hint)
        elif facts[name].number is None:
            yield Finding(
                at,
                f"`{name}` is left out of the sheet",
                'take it out here, or the fact\'s `only = "deck"`',
                "asked on the sheet here",
                (((*facts[name].at, "only"), "left out here"),),
            )
        elif facts[name].media.heard:
            yield Finding(
                at,
                f"`{name}` is asked by a sound, and paper has none",
                "take it out here, or give the question a picture",
                "asked on the sheet here",
                (((*facts[name].at, "audio"), "the sound"),),
            )


@rule(
    "asked-twice",
    "`[sheet] check` names a fact twice.",
    "The sheet would close with the same question twice.",
    bad="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[sheet]
check = ["rapallo-year", "rapallo-year"]
""",
    good="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[sheet]
check = ["rapallo-year"]
""",
)
def sheet_asks_once(deck: Deck) -> Iterator[Finding]:
    """Find what is named again for the sheet's closing questions."""
    first: dict[str, int] = {}
    for index, name in enumerate(deck.check):
        before = first.setdefault(name, index)
        if before != index:
            yield Finding(
                ("sheet", "check", index),
                f"`{name}` is named twice",
                "leave one of the two out, or ask another fact",
                "named again here",
                ((("sheet", "check", before), "first named here"),),
            )


@rule(
    "period-order",
    "A period ends before it begins.",
    "It becomes a band of the timeline, from left to right.",
    bad="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[[period]]
title = "Partners"
from  = 1930
to    = 1922
""",
    good="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[[period]]
title = "Partners"
from  = 1922
to    = 1930
""",
)
def periods_run_forward(deck: Deck) -> Iterator[Finding]:
    """Find the periods that end before they begin."""
    for period in deck.periods:
        if period.end.end <= period.start.start:
            yield Finding(
                (*period.at, "to"),
                f"the period ends ({period.end.text}) before it begins ({period.start.text})",
                "exchange `from` and `to`",
                "the end",
                (((*period.at, "from"), "the beginning"),),
            )


RULES = (
    ids_are_unique,
    statements_hold_answers,
    typed_answers_are_short,
    sheet_names_printed_facts,
    sheet_asks_once,
    periods_run_forward,
    pictures_keep_the_answer,
    anki_keeps_the_deck_name,
    anki_keeps_the_tags,
    anki_takes_the_file_for_a_deck,
)
