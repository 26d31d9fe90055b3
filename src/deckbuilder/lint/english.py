"""Rules about English words; they run only where the facts are English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from deckbuilder.content import plain_content
from deckbuilder.lint.seen import Made, Seen
from deckbuilder.lint.sight import BETWEEN, Sight
from deckbuilder.lint.where import authored
from deckbuilder.lint.words import QUOTED, said, unquoted
from deckbuilder.model import Fact
from deckbuilder.rule import Finding, rule
from deckbuilder.text.tree import plain
from deckbuilder.toml import Path

# Repetitions have a bound, so that no text takes time that grows with its square.
YES_NO_QUESTION = re.compile(
    r"(?:^|[.:;,]\s)(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)"
    r"(?:n['’]t)?\s[^?]{0,300}\?\W{0,3}$",
    re.IGNORECASE,
)
YES_NO = re.compile(r"(?:yes|no|true|false|correct|incorrect)\b(?=\W*$|[,.;:–—])", re.IGNORECASE)
ASKING = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\W*(?:please\s)?(?:describe|discuss|outline|comment on|talk about|write about|tell me about"
    r"|say something about|explain(?! (?:why|how|what|when|where|which|who))|what about"
    r"|what do you know (?:about|of)|what can you say (?:about|of))\b",
    re.IGNORECASE,
)
MOST = "largest|biggest|smallest|highest|tallest|richest|most|population"
NAMED = "called|known|remembered|seen|considered|regarded"
CURRENT = re.compile(
    r"\b(?:currently|nowadays|these days|at present|at the moment(?! (?:of|when))|as of now"
    r"|this (?:year|decade)|(?<!at )the (?:latest|newest|most recent|incumbent)"
    r"|(?:(?:the|s|s’|s') current|(?:is|are) now(?: the)?) (?:president|prime minister|chancellor"
    r"|king|queen|monarch|pope|government|head|leader|minister|champion|holder|record|capital"
    rf"|version|price|rate|{MOST})"
    rf"|who(?: is| are|['’]s)? now(?! (?:{NAMED}))"
    r"|(?:is|are|remains?) still (?:alive|valid|in (?:force|effect|office|power))"
    r"|(?:has|have) recently"
    r"|(?:which|what|who)\b[^.?,]{0,60}(?<!had )(?<!more )(?<!the )(?<!a )recently)\b"
    rf"|\b(?:how (?:many|much)|who is the|{MOST})\b[^.?]{{0,80}}\b(?:today|now)\b(?! (?:{NAMED}))",
    re.IGNORECASE,
)
IN_CURRENT = (  # one of them is in each text that `CURRENT` finds something in
    "current", "now", "days", "present", "moment", "year", "decade", "latest", "newest", "recent",
    "incumbent", "today", "still",
)  # fmt: skip
# What a card calls current for a time that it tells: "Who was the current pope when …?" In "How
# old was the current pope when …?", or "What was the current pope called when …?", he is today's.
WHEN = r"(?:when|while|during|at the time)\b"
THEN = re.compile(rf"(?: (?!\w+(?:ing|ed) )[^\s.?!,;]{{1,30}}){{0,8}} {WHEN}", re.IGNORECASE)
WAS = re.compile(
    rf"(?P<then>\b{WHEN}[^.?!,]{{1,60}}, )?"
    r"\b(?:who|what|(?<!in )(?<!at )(?<!on )(?<!of )which \w{1,20}) (?:was|were) $",
    re.IGNORECASE,
)
BEFORE = 100  # characters that are looked at before such a word
LANGUAGES = (
    "Arabic|Chinese|Czech|Danish|Dutch|English|Finnish|French|German|Greek|Hebrew|Hindi|Hungarian"
    "|Irish|Italian|Japanese|Korean|Latin|Mandarin|Norwegian|Polish|Portuguese|Romanian|Russian"
    "|Sanskrit|Scots|Spanish|Swedish|Turkish|Ukrainian|Welsh"
)
MEANING = re.compile(  # "… mean for savers?" asks about things
    rf"\bwhat do(?:es)? [^?]{{1,80}} mean(?: in (?:\w{{1,20}} )?(?:{LANGUAGES}))?\s?\?",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


@rule(
    "yes-no",
    "A card can be answered with yes or no, or asks what is true or false. A `translation` does "
    "not count.",
    "Half of such answers are right by guessing, and little is recalled.",
    bad="""
[[topic.fact]]
id       = "chicherin"
question = "Did Chicherin sign for Russia?"
answer   = "yes"
""",
    good="""
[[topic.fact]]
id       = "chicherin"
question = "Who signed for Russia?"
answer   = "Chicherin"
""",
    severity="warning",
    language="en",
)
def yes_no(sight: Sight) -> Iterator[Finding]:
    """Find the questions that can be guessed."""
    for seen in sight.cards:
        if seen.bare and _guessable(seen):
            yield Finding(
                seen.at,
                "this can be answered with yes or no",
                "ask for the thing itself: who, what, where, why",
            )


def _guessable(seen: Seen) -> bool:
    question = seen.prompt.strip()
    if ASKING.search(question):  # as nearly always, and mostly at once
        return False
    asked, answered = YES_NO_QUESTION.search(question), YES_NO.match(seen.answer.strip())
    offered = asked and re.search(r"\bor\b(?! not\b)", asked[0])
    return bool(answered or (asked and not offered))


@rule(
    "vague-prompt",
    "A question begins with a word such as `describe`, `discuss` or `tell me about`. A "
    "`translation` does not count.",
    "It does not say what a right answer holds, so everything and nothing is one.",
    bad="""
[[topic.fact]]
id       = "about"
question = "Discuss Rapallo."
answer   = "an agreement between Russia and Germany"
""",
    good="""
[[topic.fact]]
id       = "about"
question = "Which countries came to terms at Rapallo?"
answer   = "Russia and Germany"
""",
    severity="warning",
    language="en",
)
def vague_prompt(sight: Sight) -> Iterator[Finding]:
    """Find the questions that could have any answer."""
    for seen in sight.cards:
        vague = VAGUE.match(seen.prompt) if seen.bare else None
        if vague:
            yield Finding(
                seen.at,
                f"`{vague[0].strip()}` does not say what a right answer holds",
                "ask for one thing: who, what, when, where, why",
                part=vague[0].strip(),
            )


@rule(
    "undated",
    "A card says `currently`, `the latest`, `recently` or the like, and no year stands on it or in "
    "`extra`. What stands between quotation marks does not count, nor what `What does … mean?` "
    "asks about, nor who was current at a time that is told, as in `Who was the current pope when "
    "…?`, nor a `translation`.",
    "It becomes wrong some day, and nobody will notice.",
    bad="""
[[topic.fact]]
id       = "town"
question = "Who is currently the mayor of Rapallo?"
answer   = "Elisabetta Ricci"
""",
    good="""
[[topic.fact]]
id       = "town"
question = "Who was the mayor of Rapallo in 2024?"
answer   = "Elisabetta Ricci"
""",
    severity="warning",
    language="en",
)
def undated(sight: Sight) -> Iterator[Finding]:
    """Find the cards that time will make wrong."""
    perhaps = (made for made in perhaps_current(sight) if not _about_words(made))
    for seen in chain.from_iterable(made.cards for made in perhaps):
        found = next(_current(unquoted(f"{seen.whole} {seen.answer}")), None)
        if found and not _dated(seen):
            at, behind = next(_spots(seen.fact, found[0]), (seen.at, 0))
            yield Finding(
                at,
                f"`{found[0]}` becomes wrong some day, and the card does not say when it was right",
                'name the year on the card, or in `extra`: "As of 2026."; words that are asked'
                " about go between quotation marks",
                part=found[0],
                behind=behind,
            )


def _current(text: str) -> Iterator[re.Match[str]]:
    """Yield what `CURRENT` finds, but for what the sentence says of another time."""
    for found in CURRENT.finditer(text):
        was = WAS.search(text[max(0, found.start() - BEFORE) : found.start()])
        if not (was and (was["then"] or THEN.match(text, found.end()))):
            yield found


def _spots(fact: Fact, found: str) -> Iterator[tuple[Path, int]]:
    """Yield where words stand that `_current` found, each behind how many like them it passes."""
    for at, text in authored(fact):
        told = said(text)
        counts = QUOTED.sub(lambda quoted: " " * len(quoted[0]), told)
        starts = (match.start() for match in _current(counts) if match[0] == found)
        start = next(starts, counts.find(found))
        if start >= 0:
            yield at, told.count(found, 0, start)


def perhaps_current(sight: Sight) -> list[Made]:
    """Return the facts on whose cards `CURRENT` can find something.

    All are searched at once for each of the words, and each for the few that stand in any. Bytes
    are lowered in a quarter of the time that letters take; ſ is seen to beforehand, and nobody
    types ı or İ in "still" and "incumbent".
    """
    told = sight.told.replace("ſ", "s").encode("utf-8", "replace").lower()
    there = [word for word in map(str.encode, IN_CURRENT) if word in told]
    each = told.split(BETWEEN.encode())
    if len(each) != len(sight.facts):  # the same signs stand in a text
        return [*sight.facts]
    facts = zip(sight.facts, each, strict=True)
    return [made for made, text in facts if any(map(text.__contains__, there))]


def _about_words(made: Made) -> bool:
    """Tell whether a fact is about words: what they mean, or how they are translated."""
    return any(seen.translated or MEANING.search(seen.whole) for seen in made.cards)


def _dated(seen: Seen) -> bool:
    fact = seen.fact
    written = f"{seen.whole} {plain_content(seen.back)} {plain(fact.extra)} {plain(fact.hint)}"
    return fact.parts.when is not None or YEAR.search(written) is not None
