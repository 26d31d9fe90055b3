"""A deck without an error -> how its cards could be better, as warnings; the rules in `LINT`.

A rule is a function with its code, its words and its examples; a new one goes into `RULES`. The
author of a fact that breaks one on purpose says so: `allow = [{rule = "hidden-set", why = "…"}]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deckbuilder.lint.copies import broken_copy
from deckbuilder.lint.cues import answer_given_away, bare_prompt, no_context, title_answers
from deckbuilder.lint.english import undated, vague_prompt, yes_no
from deckbuilder.lint.line_ends import joined_lines
from deckbuilder.lint.marks import odd_gap, stray_braces, words_in_formula
from deckbuilder.lint.near import interference
from deckbuilder.lint.pairs import Shared, ambiguous_prompt, duplicate_card
from deckbuilder.lint.sight import Sight, by_topic, see, titles
from deckbuilder.lint.size import (
    hidden_set,
    long_answer,
    long_list,
    long_question,
    many_gaps,
    several_questions,
)
from deckbuilder.lint.typed import hard_to_type
from deckbuilder.model import IN_PRINT, Deck
from deckbuilder.problems import Problem, in_order
from deckbuilder.rule import Finding, Rule, rule
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
    words_in_formula,
    joined_lines,
    hard_to_type,
    yes_no,
    vague_prompt,
    undated,
)
TOGETHER = (ambiguous_prompt, duplicate_card)  # the rules that compare all facts of a deck
ALONE = tuple(each for each in RULES if each not in TOGETHER)
CODES = frozenset(rule.explanation.code for rule in (*RULES, broken_copy))
TO_ALLOW = CODES | IN_PRINT  # what `allow` may name


class Unused(NamedTuple):
    """What an author allows and no card needs: the code, and where it stands."""

    source: Source
    allowed: tuple[tuple[str, Path], ...]


@rule(
    "unused-allow",
    "A fact allows something that none of its cards does, or allows it twice.",
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
        yield Finding(at, f"this fact has nothing for `{code}` to warn of", "take this out")


LINT = (*RULES, broken_copy, unused_allow)


def lint(deck: Deck) -> tuple[Problem, ...]:
    """Return what the rules warn of, in order of place; of each fact, one warning a rule."""
    above = titles(deck)
    warned: dict[tuple[Path, str], Problem] = {}
    shared = Shared(deck)
    alone = [each for each in ALONE if each.may_find(deck.source)]
    for facts in by_topic(deck.facts):
        sight = see(deck, above, facts)
        shared.add(sight)
        _warn(sight, alone, warned)
    alike = [fact for fact in deck.facts if fact.at in shared.facts]
    _warn(see(deck, above, alike), TOGETHER, warned)
    for found in broken_copy.find(deck) if broken_copy.may_find(deck.source) else ():
        at = found.at[:4]  # the fact; what else a deck has is no deeper
        warned.setdefault(
            (at, broken_copy.explanation.code), broken_copy.problem(found, deck.source)
        )
    unused: list[tuple[str, Path]] = []
    for fact in deck.facts:
        for n, allowed in enumerate(fact.allow):
            used = warned.pop((fact.at, allowed.rule), None)
            if used is None and allowed.rule not in IN_PRINT:  # only print knows what it warns of
                unused.append((allowed.rule, (*fact.at, "allow", n)))
    return in_order((*warned.values(), *unused_allow(Unused(deck.source, tuple(unused)))))


def _warn(
    sight: Sight, rules: Iterable[Rule[Sight]], warned: dict[tuple[Path, str], Problem]
) -> None:
    """Note what rules find, of each fact the first of each rule."""
    for each in rules:
        if each.language in ("", sight.language):
            for found in each.find(sight):
                key = (found.at[:-1], each.explanation.code)  # the fact, without its key
                if key not in warned:
                    warned[key] = each.problem(found, sight.source)
