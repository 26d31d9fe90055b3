"""Rules about what a front tells: too much, or too little to know what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.content import Items
from deckbuilder.lint.english import VAGUE
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import recalled
from deckbuilder.lint.words import (
    ARTICLES,
    FAMILY,
    FUNCTION,
    OR,
    POINTING,
    WHO,
    WIDE,
    WORD,
    content_words,
    first_content_word,
    length,
    narrow,
    quote,
    without_article,
    words,
)
from deckbuilder.rule import Finding, rule
from deckbuilder.text.tree import plain, same_words

BARE, PROSE = 2, 4  # words of a prompt that is no question; of an answer that no pattern foretells
LONGEST_NAME, SHORTEST_SURNAME = 4, 3  # words, as in "Ludwig van Beethoven"; letters
LEANING = 2  # content words up to which a sentence needs the title above it


@rule(
    "answer-given-away",
    "The front of a card holds the answer: as it stands, word for word in another order, or the "
    "name that it begins with; or it asks for a person and has the surname, as in "
    "`Whose plan was the Marshall Plan?`; or a hint holds it. A question with "
    "`or` may offer its answers, as may a hint such as `more, less`. A `translation` counts "
    "only as a whole, with its article: `le film` does not hold `der Film`.",
    "What can be read off is not recalled.",
    bad="""
[[topic.fact]]
id       = "berlin-treaty"
question = "Which treaty was signed in Berlin in 1926?"
answer   = "the Treaty of Berlin"
""",
    good="""
[[topic.fact]]
id       = "berlin-treaty"
question = "Which treaty of 1926 extended Rapallo?"
answer   = "the Treaty of Berlin"
""",
    severity="warning",
)
def answer_given_away(sight: Sight) -> Iterator[Finding]:
    """Find the fronts that hold their answer."""
    for seen in sight.cards:
        if _held(seen, sight.language) and OR[sight.language].isdisjoint(seen.prompt_words):
            yield Finding(
                seen.at,
                f"the front already holds the answer, {quote(seen.answer)}",
                "ask in other words, or make the part that is new the gap",
            )
            continue
        if seen.hinted:
            hint, told = plain(seen.fact.hint), seen.answers if seen.gaps else (seen.answer,)
            if any(_hinted(hint, answer, sight.language) for answer in told):
                yield Finding((*seen.fact.at, "hint"), *_telling(hint))
        for which, gap in enumerate(seen.gaps):
            if gap.hint and _hinted(gap.hint, seen.answers[which], sight.language):
                at, part = recalled(seen, which)
                yield Finding(at, *_telling(gap.hint), part=part)


def _telling(hint: str) -> tuple[str, str]:
    """Return what is wrong with a hint that tells the answer, and what to do."""
    return (
        f"the hint {quote(hint)} holds what is to be recalled",
        "say what kind of answer is meant, or offer another beside it: more, less",
    )


def _hinted(hint: str, answer: str, language: str) -> bool:
    """Tell whether a hint holds the answer, and offers no other beside it."""
    told = words(hint)
    phrase = " ".join(without_article(words(answer), language))
    if not phrase or re.search("[,;/]", hint) or not OR[language].isdisjoint(told):
        return False
    return told == words(answer) or (_tells(phrase) and f" {phrase} " in f" {' '.join(told)} ")


def _tells(phrase: str) -> bool:
    """Tell whether a phrase is long enough not to stand in a text by chance."""
    return len(phrase) >= (4 if phrase.isdecimal() else 3)


def _held(seen: Seen, language: str) -> bool:
    """Tell whether a front holds its answer, all its content words, or the name it begins with."""
    answer, told = seen.answer_words, seen.prompt_words
    if seen.translated:  # cognates differ in their articles, which are what is to be recalled
        return _stands_whole(" ".join(answer), " ".join(told))
    front = seen.face.front if seen.face else ()
    if len(front) > 1 and any(isinstance(block, Items) for block in front):
        # what is to be put in order: its items stand there, their order is the answer
        return f" {' '.join(answer)} " in f" {' '.join(words(seen.read))} "
    begun = first_content_word(answer, language) in told
    if not begun and seen.answer.islower() and narrow(seen.answer):  # as in most
        return False
    if begun or not narrow(seen.answer):
        phrase = " ".join(without_article(answer, language))
        if not phrase.isascii() and len(WIDE.findall(phrase)) > 1:
            return phrase.replace(" ", "") in "".join(told)
        within = begun and f" {phrase} " in f" {' '.join(told)} "
        if within and _tells(phrase):
            return True
    if seen.answer.rpartition(" ")[2] in seen.whole and _surname_stands(seen, language):
        return True
    telling = content_words(answer, language)
    again = (begun and set(telling) <= set(told)) or _names_again(seen)
    return again and len(telling) > 1 and not any(isinstance(b, Items) for b in seen.back)


def _stands_whole(answer: str, front: str) -> bool:
    """Tell whether a translation is the front, or stands in it word for word."""
    return bool(answer) and (answer == front or (_tells(answer) and f" {answer} " in f" {front} "))


def _names_again(seen: Seen) -> bool:
    """Tell whether a name of two or three words begins with the one that the prompt ends with."""
    if seen.answer.islower():
        return False
    name = WORD.findall(seen.answer)
    return (
        len(name) in (2, 3)
        and all(word[0].isupper() for word in name)
        and len(name[0]) > 3
        and WORD.findall(seen.prompt)[-1:] == name[:1]
    )


def _surname_stands(seen: Seen, language: str) -> bool:
    """Tell whether a front asks for a person, and something on it is called by their surname.

    Others may share the surname: there it stands behind a first name, or a relative is asked for.
    """
    name = WORD.findall(seen.answer)
    if seen.gapped or len(name) not in range(2, LONGEST_NAME + 1) or "," in seen.answer:
        return False
    surname, capital = name[-1], name[0][0].isupper() and name[-1][0].isupper()
    article = seen.answer_words[0] in ARTICLES[language]
    if article or not capital or len(surname) < SHORTEST_SURNAME:
        return False
    owned = {f"{surname}’s", f"{surname}'s", *([f"{surname}s"] if language == "de" else [])}
    asking = {*seen.prompt_words, *words(seen.asks)} - {*words(" ".join((surname, *owned)))}
    if WHO[language].isdisjoint(asking) or FAMILY[language].search(" ".join(asking)):
        return False
    said = ["", "", *WORD.findall(seen.prompt), ""]
    for n, word in enumerate(said):
        if word in owned or word == surname:
            named = word in owned or content_words(words(said[n + 1]), language)
            told = named or ARTICLES[language].isdisjoint(words(" ".join(said[n - 2 : n])))
            if told and not said[n - 1][:1].isupper():
                return True
    return False


@rule(
    "title-answers",
    "The topic's title answers the card, so it is not shown above the front; and the front begins "
    "with a word such as `it`, or has at most two words outside its gap that say something. A "
    "`translation` does not count.",
    "Facts are written as if the title stood above them; without it nobody knows what is asked.",
    bad="""
[[topic.fact]]
id    = "rapallo-what"
cloze = "It was an {{agreement}} between Russia and Germany."
""",
    good="""
[[topic.fact]]
id    = "rapallo-what"
cloze = "At Rapallo, Russia and Germany came to an {{agreement}}."
""",
    severity="warning",
)
def title_answers(sight: Sight) -> Iterator[Finding]:
    """Find the fronts that lean on a title that would answer them."""
    for seen in sight.cards:
        if seen.titled or seen.asks or seen.translated or not seen.answer_words:
            continue
        title = sight.titles[seen.fact.topic]
        if f" {same_words(seen.recalled)} " not in f" {same_words(title)} ":
            continue
        says = content_words(seen.prompt_words, sight.language)
        points = seen.prompt_words and seen.prompt_words[0] in POINTING[sight.language]
        if len(says) <= (LEANING if seen.gapped else 0) or points:
            yield Finding(
                seen.at,
                f"the topic's title, {quote(title)}, answers this, so the front does without it",
                "say on the front itself what it is about",
            )


def _asks(seen: Seen) -> bool:
    """Tell whether a question stands on a front."""
    return "?" in seen.whole or "？" in seen.whole


@rule(
    "no-context",
    "Nothing but words such as `it was` is left outside the gap.",
    "A front that tells nothing cues nothing: only its shape would be remembered.",
    bad="""
[[topic.fact]]
id    = "signed"
cloze = "It was {{Chicherin}}."
""",
    good="""
[[topic.fact]]
id    = "signed"
cloze = "The Russian who signed was {{Chicherin}}."
""",
    severity="warning",
)
def no_context(sight: Sight) -> Iterator[Finding]:
    """Find the fronts with a gap and nothing that leads to it."""
    for seen in sight.cards:
        silent = seen.gapped and FUNCTION[sight.language].issuperset(seen.prompt_words)
        if silent and not _asks(seen):
            yield Finding(
                seen.at,
                f"nothing outside the gap leads to {quote(seen.answer)}",
                "write more of the sentence around the gap, or make a smaller gap",
            )


@rule(
    "bare-prompt",
    "A front of one or two words asks no question, and its answer has four words or more. "
    "A `translation` does not count.",
    "A name alone may be asked for anything; what is meant has to be guessed first.",
    bad="""
[[topic.fact]]
id       = "chicherin"
question = "Chicherin"
answer   = "He signed the agreement for Russia."
""",
    good="""
[[topic.fact]]
id       = "chicherin"
question = "Which agreement did Chicherin sign?"
answer   = "the one of Rapallo with Germany"
""",
    severity="warning",
)
def bare_prompt(sight: Sight) -> Iterator[Finding]:
    """Find the fronts that only name something."""
    for seen in sight.cards:
        if (
            seen.bare
            and not _asks(seen)
            and not (sight.language == "en" and VAGUE.match(seen.prompt))  # told as such
            and len(seen.prompt_words) in range(1, BARE + 1)
            and length(seen.answer) >= PROSE
        ):
            yield Finding(
                seen.at,
                f"{quote(seen.prompt)} does not say what is asked",
                "write a question, or make it a `term` with its `definition`; with an answer in"
                " another language, add `translation = true`",
            )
