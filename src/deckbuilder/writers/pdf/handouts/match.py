"""Events and dates to cut out and to put together, and which belong to each other on a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from deckbuilder.choice import Chosen
from deckbuilder.content import Ask, Content, Paragraph, plain_content, texts
from deckbuilder.model import Deck, Fact, asked_in_print
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.blemishes import Whose, owned
from deckbuilder.writers.pdf.cells import HEADS
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.answers import Group, joined, key, key_says
from deckbuilder.writers.pdf.handouts.writing import is_dated
from deckbuilder.writers.pdf.lines import widest_word
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.overflow import with_room
from deckbuilder.writers.pdf.pages import Flow, Layout, Story
from deckbuilder.writers.pdf.parts import asking, content
from deckbuilder.writers.pdf.pictures import described
from deckbuilder.writers.pdf.rows import FormCell, row
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, paragraph
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import MM, WRITING, Style, Theme

SPLIT, NARROW = 0.68, 0.5  # of the width: where the dates begin; where at least, if they are long
LEAST = 14 * MM  # high: a smaller piece gets lost
SPACE, PAD = 0.6, 1.0  # × the body: above and below the words; beside them
NUMBER = 2.4  # × the body: the column of numbers, which is cut off: they tell the order of time
DASH, WEIGHT = 3.0, 0.7  # of the lines to cut along, in points


def _facts(deck: Deck) -> tuple[Fact, ...]:
    return tuple(fact for fact in asked_in_print(deck) if is_dated(fact))


def _event(fact: Fact) -> Content:
    """Return what happened, without the question when."""
    return tuple(block for block in fact.parts.asked.prompt if not isinstance(block, Ask))


def _mixed(facts: Sequence[Fact]) -> list[Content]:
    """Return the dates in an order of their own, as few as can be beside their events."""
    lots = sorted(facts, key=lambda fact: sha256(f"match\0{fact.id}".encode()).hexdigest())
    dates = [fact.parts.asked.answer for fact in lots]
    turns = [dates[n:] + dates[:n] for n in range(min(len(dates), 8))]
    own = [plain_content(fact.parts.asked.answer) for fact in facts]
    best = min(
        turns,
        key=lambda turn: sum(plain_content(a) == b for a, b in zip(turn, own, strict=True)),
        default=[],
    )
    return _apart(best, own)


def _apart(dates: Sequence[Content], own: Sequence[str]) -> list[Content]:
    """Return the dates, each that stands beside its event changed for one that both can take."""
    mixed, said = [*dates], [plain_content(date) for date in dates]
    for n, date in enumerate(own):
        others = (k for k in range(len(own)) if date not in (own[k], said[k]))
        if said[n] == date and (k := next(others, None)) is not None:
            mixed[n], mixed[k], said[n], said[k] = mixed[k], mixed[n], said[k], said[n]
    return mixed


def lay_out(chosen: Chosen) -> Layout:
    """Return the pieces, two to a row, then the key."""
    deck, say, dates = chosen.deck, chosen.deck.phrases, _mixed(chosen.facts)

    def story(theme: Theme, root: Element) -> Story:
        head = masthead(deck, theme, root, say.match, words(say.match_how), told(chosen))
        table, split = root.add("Table"), _split(chosen.facts, dates, theme)
        pieces = [
            _pieces(fact, date, theme, table, split)
            for fact, date in zip(chosen.facts, dates, strict=True)
        ]
        answers = key(chosen, say.match, [Group((), _answered(chosen.facts))], theme, root)
        return Flow(head, pieces), answers

    return with_room(story, deck.printing, most_columns=1)


def _dated(theme: Theme) -> Style:
    return theme.style("body", below=0.0, face="Sans-Bold")


def _split(facts: Sequence[Fact], dates: Sequence[Content], theme: Theme) -> float:
    """Return where the dates begin: each is on one line, unless that is too long or cuts words."""
    longest = max(
        (width_of(set_text(text, _dated(theme))) for date in dates for text in texts(date)),
        default=0.0,
    )
    begin = min(SPLIT * theme.width, theme.width - longest - 2 * PAD * theme.base - 0.01)
    style = theme.style("body", below=0.0)
    words_of = (set_text(text, style) for fact in facts for text in texts(_event(fact)))
    widest = max(map(widest_word, words_of), default=0.0) + (NUMBER + 2 * PAD) * theme.base + 0.01
    return max(begin, NARROW * theme.width, min(widest, SPLIT * theme.width))


def _pieces(fact: Fact, date: Content, theme: Theme, table: Element, split: float) -> Strip:
    """Return an event and the date that happens to stand beside it."""
    line, base = table.add("TR"), theme.base
    style = theme.style("body", below=0.0)
    head = line.add("TH", attributes=HEADS["Row"])
    bold = _dated(theme)
    edge, pad = NUMBER * base, PAD * base
    room, aside, event = split - edge - 2 * pad, theme.width - split - 2 * pad, line.add("TD")
    dated = owned(content(date, bold, theme, aside, line.add("TD")), fact)
    cells = [
        FormCell(paragraph(words(str(fact.number)), bold, theme.width, head), 0.0),
        FormCell(asking(fact, _event(fact), style, theme, room, event), edge + pad),
        FormCell(dated, split + pad),
    ]

    def cut(canvas: TaggedCanvas, left: float, top: float, tall: float) -> None:
        canvas.saveState()
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(WEIGHT)
        canvas.setDash(DASH, DASH)
        end, foot = left + theme.width, top - tall
        for x in (left + edge, left + split, end):
            canvas.line(x, top, x, foot)
        for y in (top, foot):
            canvas.line(left + edge, y, end, y)
        canvas.restoreState()

    return replace(row(cells, least=LEAST, space=SPACE * base, also=cut), whose=Whose(fact))


def _answered(facts: Sequence[Fact]) -> list[Fact]:
    """Return facts whose answer, on the key, has the event with its date: no piece has a number."""
    made = []
    for fact in facts:
        both = [
            text for content in (fact.parts.asked.answer, _event(fact)) for text in texts(content)
        ]
        asked = replace(fact.parts.asked, answer=(Paragraph(joined(both)),))
        made.append(replace(fact, parts=replace(fact.parts, asked=asked)))
    return made


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each row of pieces, then each answer."""
    for fact, date in zip(chosen.facts, _mixed(chosen.facts), strict=True):
        yield Said(str(fact.number), (*_event(fact), *described(fact.media.asked), *date))
    yield from key_says(_answered(chosen.facts))


def _is_worth_it(chosen: Chosen) -> bool:
    """Tell whether an event could be put to a wrong date."""
    return len({plain_content(fact.parts.asked.answer) for fact in chosen.facts}) > 1


HANDOUT = Handout(
    lambda say: say.match,
    _facts,
    lay_out,
    says,
    worth=_is_worth_it,
    takes="events of two dates or more",
)
