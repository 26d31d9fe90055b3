"""A question with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckbuilder.content import paragraph
from deckbuilder.kinds.common import SPACE, both_ways, statement_or
from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import Asked, Face, Faces, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Gap, Text, gaps, plain, same_words


def check(values: Values) -> Iterable[Flaw]:
    """The answer is given, or is the one gap of the statement; given both, they agree."""
    return _flaws(values) if values["statement"] or not values["answer"] else ()


def _flaws(values: Values) -> Iterator[Flaw]:
    filled = tuple(gaps(values["statement"]))
    if len(filled) > 1:
        yield Flaw(
            "statement",
            "statement-gaps",
            "the statement of a question has one gap at most, the answer",
            "keep the gap that answers the question, or make this a `cloze`",
        )
    elif not values["answer"] and not filled:
        yield Flaw(
            "question",
            "missing-answer",
            "this question has no answer",
            'add `answer = "…"`, or a `statement` whose one {{gap}} is the answer',
        )
    elif values["answer"] and filled:
        gap, answer = plain(filled[0].inside), plain(values["answer"])
        if same_words(gap) != same_words(answer):
            yield Flaw(
                "statement",
                "statement-disagrees",
                f"the statement answers `{gap}`, the answer is `{answer}`",
                "leave `answer` out, or make the two agree",
                other="answer",
            )


def compose(values: Values, say: Phrases) -> Parts:
    """Ask the question; the other way round, ask for the question.

    A translation asks for it without words that would be neither of them, and asks both ways unless
    its author writes that it does not.
    """
    question: Text = values["question"]
    answer: Text = values["answer"] or next(gaps(values["statement"])).inside
    asked, told = paragraph(question), paragraph(answer)
    key = "answer" if values["answer"] else "statement"
    forward = Face(asked, told, answers=key)
    if values["translation"]:
        backward = Face(told, asked, asks=key, backward=True)
        note = Faces((forward,) if values["reverse"] is False else (forward, backward))
    else:
        note = both_ways(forward, say.which_question, asked, values, typed=_is_word(question))
    return Parts(
        note=note,
        statement=statement_or(values, paragraph((*question, SPACE, Gap(answer)))),
        asked=Asked(asked, told, marks=1),
        translated=bool(values["translation"]),
    )


def _is_word(question: Text) -> bool:
    """Tell whether a question is a word, such as "Fe", which one may be asked to type."""
    return plain(question).isalnum()


QUESTION = Kind(
    name="question",
    keys=(
        Key(
            "question",
            Type.TEXT,
            "What is asked.",
            required=True,
            needs=("answer", "statement"),
        ),
        Key("answer", Type.TEXT, "The answer; may be left out when `statement` has one gap."),
        Key(
            "reverse",
            Type.FLAG,
            "Ask the other way round as well; `false` has a translation asked one way.",
        ),
        Key(
            "translation",
            Type.FLAG,
            "Whether the answer is the question in another language: each asks for the other, "
            "unless `reverse = false`.",
        ),
    ),
    compose=compose,
    check=check,
    explains=(
        Explanation(
            "statement-gaps",
            "The statement of a question has more than one gap.",
            "Its one gap is the answer; with two it could not be told which.",
            """
[[topic.fact]]
id        = "rapallo-year"
question  = "In which year was the agreement signed?"
statement = "The {{agreement}} was signed in {{1922}}."
""",
            """
[[topic.fact]]
id        = "rapallo-year"
question  = "In which year was the agreement signed?"
statement = "The agreement was signed in {{1922}}."
""",
        ),
        Explanation(
            "missing-answer",
            "A question has no answer.",
            "The answer stands in `answer`, or is the one gap of `statement`.",
            """
[[topic.fact]]
id        = "rapallo-year"
question  = "In which year was the agreement signed?"
statement = "The agreement was signed in 1922."
""",
            """
[[topic.fact]]
id        = "rapallo-year"
question  = "In which year was the agreement signed?"
statement = "The agreement was signed in {{1922}}."
""",
        ),
    ),
)
