"""A question and its answer -> whether they are surely a word and its translation."""

from __future__ import annotations

import re
import unicodedata

from deckbuilder.text.tree import Text, formulas, plain

SHORT = 6  # words of either at most
MANY = 3  # words from which a front may be a sentence that asks, or leaves its end to be said
# Its repetition has a bound, so that no text takes time that grows with its square.
REMARK = re.compile(r"\s*(?:\([^()]{0,300}\)|\[[^][]{0,300}\]|（[^（）]{0,300}）)")
WORD = re.compile(r"\w+(?:['’.]\w+)*")
NUMBER = re.compile(r"\d+")
ENDS = ".?!:"
ONE_WIDTH = str.maketrans("。？！：؟", ".?!:?")
BEHIND_END = " \u00a0\u202f…'\"’”“»"  # what may stand behind one, or says that more follows


def _each(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The two may be of any languages, so these are of all that we know; what another has, too, as the
# Second World War has German “war”, is not here
ABBREVIATIONS = _each(
    "adj adv approx dr esp etc f fam fem inf lit m masc mr mrs n pl s sg st v"
    " sb sby smb smth so sth e.g i.e"
    " jd jdm jdn jds jmd jmdm jmdn jmds etw usw bzw ca evtl ugs vgl b u.a z.b o.ä"
    " qn qch qqn qqch qc p.ex c.-à-d"
    " alg algn p.ej ej ud uds"
)
ASKING = _each(
    "what which who whom whose when where why how is are was were does did"
    " welche welcher welches wer wen wem wessen wann wo warum wie wieso woher wohin ist sind"
    " que quel quelle quels quelles qui quand où pourquoi comment combien d'où est sont"
    " qué cuál cuáles quién quiénes cuándo dónde cómo cuánto cuántos"
)
OPEN = _each(  # a sentence that ends in one is still to be ended
    "is are was were"
    " ist sind waren heißt heißen hieß lautet"
    " est sont était étaient fut furent"
    " eran fue fueron"
)


def are_a_pair(question: Text, answer: Text) -> bool:
    """Tell whether these are surely a word, or a short sentence, and its translation.

    Then either asks for the other. What may be a question and its answer, or a name and what is to
    be known of it at length, is no such pair: its card would not tell what it asks for.
    """
    if next(formulas((*question, *answer)), None):
        return False
    asked, told = (plain(text).translate(ONE_WIDTH) for text in (question, answer))
    short = all(0 < _length(side) <= SHORT for side in (asked, told))
    return short and _alike(asked, told) and not _open(asked, told)


def _alike(asked: str, told: str) -> bool:
    """Tell whether both end alike and have the same numbers, as a translation does."""
    end = _end(asked)
    return (
        end == _end(told) != ":"
        and (end == "?" or "?" not in asked)
        and set(NUMBER.findall(asked)) == set(NUMBER.findall(told))
    )


def _open(asked: str, told: str) -> bool:
    """Tell whether the first asks for words that it lacks, in a way that the other does not."""
    if _trails(asked) and not _trails(told):
        return True
    words, others = _words(asked), _words(told)
    if len(words) < MANY or _end(asked) == "?":
        return False
    return (words[0] in ASKING and others[0] not in ASKING) or (
        words[-1] in OPEN and others[-1] not in OPEN
    )


def _trails(said: str) -> bool:
    return "…" in said or "..." in said


def _end(said: str) -> str:
    """Return the mark that ends a sentence, "" if none does; an abbreviation's ends none."""
    bare = _without_remarks(said).rstrip(BEHIND_END)
    *_, word = bare.split() or [""]
    last = bare[-1:]
    if last == "." and word[:-1].lower() in ABBREVIATIONS:
        return ""
    return last if last in ENDS else ""


def _length(said: str) -> float:
    """Return how many words there are; in scripts without spaces two characters are one."""
    words = _words(said)
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in "".join(words))
    return len(words) + wide / 2


def _words(said: str) -> list[str]:
    return WORD.findall(_without_remarks(said).lower().replace("’", "'"))


def _without_remarks(said: str) -> str:
    return REMARK.sub("", said)
