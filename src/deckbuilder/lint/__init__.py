"""A deck without an error -> how its cards could be better, as warnings; the rules in `LINT`.

A rule is a function with its code, its words and its examples; a new one goes into `RULES`. The
author of a fact, of a topic or of a deck that breaks one on purpose says so:
`allow = [{rule = "hidden-set", why = "…"}]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.lint.apostrophes import wrong_apostrophe
from deckbuilder.lint.copies import broken_copy
from deckbuilder.lint.cues import answer_given_away, bare_prompt, no_context, title_answers
from deckbuilder.lint.dollars import raw_formula, split_number, words_in_formula
from deckbuilder.lint.english import undated, vague_prompt, yes_no
from deckbuilder.lint.line_ends import joined_lines
from deckbuilder.lint.marks import marked_hint, odd_gap, stray_braces
from deckbuilder.lint.markup import raw_markup
from deckbuilder.lint.near import interference
from deckbuilder.lint.pairs import Shared, ambiguous_prompt, duplicate_card
from deckbuilder.lint.sight import by_topic, see, titles
from deckbuilder.lint.size import (
    hidden_set,
    long_answer,
    long_list,
    long_question,
    many_gaps,
    several_questions,
)
from deckbuilder.lint.typed import hard_to_type
from deckbuilder.lint.written import written
from deckbuilder.model import Deck
from deckbuilder.phrases import base
from deckbuilder.problems import Label, Owner, Place, Problem, in_order
from deckbuilder.rule import Finding, Rule, Subject, rule
from deckbuilder.schema import IN_PRINT, TEXTS_IN_PRINT
from deckbuilder.toml import Path, Source

RULES = (
    answer_given_away,
    title_answers,
    no_context,
    bare_prompt,
    long_answer,
    long_question,
    several_questions,
    many_gaps,
    hidden_set,
    long_list,
    ambiguous_prompt,
    duplicate_card,
    interference,
    stray_braces,
    odd_gap,
    marked_hint,
    hard_to_type,
    yes_no,
    vague_prompt,
    undated,
)
TOGETHER = (ambiguous_prompt, duplicate_card)  # the rules that compare all facts of a deck
ALONE = tuple(each for each in RULES if each not in TOGETHER)
OF_SOURCES = (
    words_in_formula,
    raw_formula,
    split_number,
    raw_markup,
    joined_lines,
    broken_copy,
    wrong_apostrophe,
)  # of texts as they are written
CODES = frozenset(rule.explanation.code for rule in (*RULES, *OF_SOURCES))
TO_ALLOW = CODES | IN_PRINT  # what `allow` may name
# the same of a topic or the deck
OUTSIDE_FACTS = frozenset(rule.explanation.code for rule in OF_SOURCES) | TEXTS_IN_PRINT
DECK: Path = ("deck",)
OTHERS = 3  # places of a fact or a text that a warning marks besides its own
# by what may allow it, and by rule: what is told of the fact itself, or of each text of another
Warned = dict[tuple[Path, str], dict[Path, Problem]]


class Unused(NamedTuple):
    """What an author allows and no card needs: the code, and where it stands."""

    source: Source
    allowed: tuple[tuple[str, Path], ...]


@rule(
    "unused-allow",
    "A fact allows something that none of its cards does, or a topic or the deck what its own texts"
    " do not, or one allows it twice.",
    "It would silence the warning when one day there is a reason for it.",
    bad="""
[[topic.fact]]
id    = "signed"
cloze = "The agreement was signed by {{Chicherin}}."
allow = [{ rule = "hidden-set", why = "They belong together." }]
""",
    good="""
[[topic.fact]]
id       = "colours"
question = "Which colours had the flag?"
answer   = "black, white, red and gold"
allow    = [{ rule = "hidden-set", why = "They belong together." }]
""",
    severity="warning",
)
def unused_allow(unused: Unused) -> Iterator[Finding]:
    """Find what is allowed for nothing."""
    for code, at in unused.allowed:
        owner = "fact" if "fact" in at else at[0]
        yield Finding(at, f"this {owner} has nothing for `{code}` to warn of", "take this out")


LINT = (*RULES, *OF_SOURCES, unused_allow)


def lint(deck: Deck) -> tuple[Problem, ...]:
    """Return what the rules warn of, in order of place; of each fact and other text, one a rule."""
    above = titles(deck)
    warned: Warned = {}
    shared = Shared(deck)
    alone = _asked(ALONE, deck)
    for facts in by_topic(deck.facts):
        sight = see(deck, above, facts)
        shared.add(sight)
        _warn(sight, alone, warned)
        del sight  # before the next is made
    alike = [fact for fact in deck.facts if fact.at in shared.facts]
    _warn(see(deck, above, alike), _asked(TOGETHER, deck), warned)
    if of_sources := _asked(OF_SOURCES, deck):  # or nobody need have the texts
        _warn(written(deck.source), of_sources, warned)
    unused: list[tuple[str, Path]] = []
    owners = [(DECK, deck.allow), *((topic.at, topic.allow) for topic in deck.topics)]
    owners += ((fact.at, fact.allow) for fact in deck.facts)
    for at, allow in owners:
        in_print = IN_PRINT if "fact" in at else TEXTS_IN_PRINT  # only print knows what it warns of
        for n, code in enumerate(allow):
            used = warned.pop((at, code), None)
            if used is None and code not in in_print:
                unused.append((code, (*at, "allow", n)))
    told = (problem for texts in warned.values() for problem in texts.values())
    return in_order((*told, *unused_allow(Unused(deck.source, tuple(unused)))))


def _asked(rules: Iterable[Rule[Subject]], deck: Deck) -> list[Rule[Subject]]:
    """Return the rules that may find something: they know a deck's language, and need its bytes."""
    language = base(deck.language)
    return [
        each for each in rules if each.language in ("", language) and each.may_find(deck.source)
    ]


def _warn(subject: Subject, rules: Iterable[Rule[Subject]], warned: Warned) -> None:
    """Note what rules find, of each fact and of each text outside facts the first of each rule.

    It marks some of the others, too: who mended one after the other would be warned each time.
    """
    for each in rules:
        for found in each.find(subject):
            owner = _owner(found.at)
            told = warned.setdefault((owner, each.explanation.code), {})
            text = owner if "fact" in owner else found.at
            first = told.get(text)
            if first is None:
                told[text] = replace(each.problem(found, subject.source), owner=_called(owner))
            elif len(first.also) < OTHERS and found.hint == first.hint:  # it is mended alike
                told[text] = _joined(first, each.problem(found, subject.source).place)


def _owner(at: Path) -> Path:
    """Return the path of what may allow something at a place: of a fact, a topic or the deck."""
    if at[0] != "topic":
        return DECK if at[0] in DECK else at
    return at[: 4 if "fact" in at else 2]


def _called(owner: Path) -> Owner:
    """Return what may allow something is called, "" if nothing may."""
    if "fact" in owner:
        return "fact"
    return "deck" if owner == DECK else "topic" if owner[0] == "topic" else ""


def _joined(first: Problem, other: Place) -> Problem:
    """Return a warning that marks another place, too, unless it does."""
    if other in (first.place, *(label.place for label in first.also)):
        return first
    return replace(first, also=(*first.also, Label(other, "this, too")))
