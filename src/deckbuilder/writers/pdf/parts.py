"""The parts that handouts are made of: a rule, numbered facts, lists, boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from deckbuilder.content import Ask, Content, Items, Paragraph, Table
from deckbuilder.model import Fact
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Sup, Text, Words, plain, words
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.pictures import ASKED, illustrated, set_apart
from deckbuilder.writers.pdf.runs import Aside, Date, Run, set_text, width_of
from deckbuilder.writers.pdf.strips import (
    Label,
    Strip,
    height,
    hung,
    in_a_row,
    labelled,
    paragraph,
    rule,
    runs_of,
    shifted,
    staying,
    together,
)
from deckbuilder.writers.pdf.tables import table
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    BOX,
    BOX_GAP,
    BOX_LEADING,
    BOX_WEIGHT,
    BOXES_ABOVE,
    BOXES_APART,
    ITEM_GAP,
    RULE_ABOVE,
    RULE_BELOW,
    WRITING,
    Style,
    Theme,
)

HELD = 0.85  # of a column: higher than this, what is to be put in order may be parted
TO_FILL = 0.5  # the same of a list to be filled in: more would leave a quarter of a page free
LISTED = 7.5  # lines: higher than this, a list and what it answers may be parted
NUMBERED = {"List": {"ListNumbering": "Decimal"}}
LETTERED = {"List": {"ListNumbering": "UpperAlpha"}}
BULLETED = {"List": {"ListNumbering": "Disc"}}


def section_rule(theme: Theme) -> list[Strip]:
    """Return the line that opens a section."""
    above, below = (space * theme.unit for space in (RULE_ABOVE, RULE_BELOW))
    return rule(theme.rule, ACCENT, theme.column, above=above, below=below)


def facts(
    of: Sequence[Fact],
    cited: Mapping[Text, int],
    theme: Theme,
    measure: float,
    section: Element,
) -> list[Strip]:
    """Set facts as one numbered list; `cited` numbers what they cite, for the raised figures."""
    if not of:
        return []
    parent = section.add("L", attributes=NUMBERED)
    return [
        strip
        for fact in of
        for strip in _fact(fact, cited.get(fact.cite, 0), theme, measure, parent)
    ]


def list_entry(parent: Element, label: str) -> tuple[Label, Element]:
    """Return the label of a new entry of a list, and the element of what stands beside it."""
    item = parent.add("LI")
    return Label(label, item.add("Lbl")), item.add("LBody")


def _fact(fact: Fact, reference: int, theme: Theme, measure: float, parent: Element) -> list[Strip]:
    """Set a fact: its number, its statement, and what else there is to know in small print."""
    label, body = list_entry(parent, str(fact.number))
    statement = dated_statement(fact)
    if reference:
        statement = _with_reference(statement, reference)
    strips = content(
        statement, theme.style("term" if fact.glossary else "fact"), theme, measure, body, label
    )
    strips = illustrated(strips, fact.media, theme, measure, body)
    if fact.extra:
        strips[-1].stay = True
        strips += paragraph(fact.extra, theme.style("small"), measure, body.add("P"))
    return owned(set_apart(strips, fact.media, theme), fact)


def _with_reference(statement: Content, number: int) -> Content:
    """Raise the number of a reference behind the first paragraph of a statement."""
    first, *rest = statement
    figure = Sup(words(f"\u202f{number}"))
    return (Paragraph((*first.text, figure)) if isinstance(first, Paragraph) else first, *rest)


def dated_statement(fact: Fact) -> Content:
    """Return a statement as it is printed: its date first, if it has one.

    The date has a capital, but for "c.", which would be an initial.
    """
    statement, when = fact.parts.statement, fact.parts.when
    if not when:
        return statement
    date = when.text
    word, _, _ = date.partition(" ")
    label = (Date(words(date if word.endswith(".") else date[:1].upper() + date[1:])),)
    if statement and isinstance(statement[0], Paragraph):
        return (Paragraph((*label, Words(" "), *statement[0].text)), *statement[1:])
    return (Paragraph(label), *statement)


def content(
    of: Content,
    style: Style,
    theme: Theme,
    measure: float,
    element: Element,
    label: Label | None = None,
) -> list[Strip]:
    """Set blocks under one label, their first paragraph in `element` itself."""
    strips: list[Strip] = []
    for text, own, below in _blocks(of, style):
        if text:
            if strips:
                strips[-1].stay = True  # what a quotation means is read with it
            owner = element if not strips else element.add("P")
            first = label if not strips else None
            lead = paragraph(text, own, measure, owner, label=first)
            strips += staying(lead) if below else lead
        if isinstance(below, Items):
            # what is to be put in order is seen where the first of its blanks is filled in
            if strips and not text and height(strips) < HELD * theme.tallest:
                staying(strips)
            strips += _items(below, style, theme, measure, element)
            part = TO_FILL if text else HELD
            most = part * theme.tallest if _by_hand(below) else LISTED * style.leading
            if height(strips) < most:
                together(strips)
        elif below:
            inner = measure - style.indent
            if text:
                strips[-1].rather = True  # where a row of it is higher than a page
            rows = table(below, style, theme, inner, element)
            strips += shifted(rows, style.indent)
    bare = bool(of) and isinstance(of[0], (Items, Table))
    return labelled(strips, label, style) if label and bare else strips


def asking(
    fact: Fact,
    prompt: Content,
    style: Style,
    theme: Theme,
    measure: float,
    element: Element,
    label: Label | None = None,
) -> list[Strip]:
    """Set what is asked about a fact, and below it the picture that it asks about.

    That stands as far to the right as small print, where a label hangs left of what is asked.
    """
    strips = content(prompt, style, theme, measure, element, label)
    media, indent = fact.media.asked, None if label else 0.0
    strips = illustrated(strips, media, theme, measure, element, indent=indent, highest=ASKED)
    return owned(strips, fact)


def _blocks(of: Content, style: Style) -> list[tuple[Text, Style, Items | Table | None]]:
    """Return each text, how it is set, and what it leads to.

    Fixed words and hints stand in line with their text, if the style has none of theirs.
    """
    out: list[tuple[Text, Style, Items | Table | None]] = []
    for block in of:
        if type(block) is Paragraph:  # nearly always
            out.append((block.text, style, None))
            continue
        text, own, below = out[-1] if out else ((), style, None)
        goes_on = bool(text) and not below
        if isinstance(block, Items | Table):
            out[-1:] = [(text, own, block)] if goes_on else [*out[-1:], ((), style, block)]
        elif goes_on and not (style.apart and own is style):
            out[-1] = ((*text, Words(" "), *_words(block)), own, None)
        else:
            out.append((_words(block), style.apart or style, None))
    return out


def _words(block: Paragraph | Ask) -> Text:
    """Return fixed words, or the text of a hint."""
    return words(block.words) if isinstance(block, Ask) else (Aside(block.text),)


def _by_hand(of: Items) -> bool:
    """Tell whether a list is to be filled in."""
    return not any(plain(text).strip("_") for text in of.items)


def _items(of: Items, style: Style, theme: Theme, measure: float, element: Element) -> list[Strip]:
    parent = element.add("L", attributes=NUMBERED if of.ordered else BULLETED)
    own = theme.style("item", size=style.size, label_size=style.size, leading=style.leading)
    end = theme.style(
        "item", size=style.size, label_size=style.size, leading=style.leading, below=style.below
    )
    if _by_hand(of):
        own, end = (replace(style, above=theme.cell[1]) for style in (own, end))
        end = replace(end, below=theme.cell[1])
    wide, count = measure - style.indent, len(of.items)
    own, end = (hung(each, f"{count}.") if of.ordered else each for each in (own, end))
    entries: list[list[Strip]] = []
    for number, text in enumerate(of.items, 1):
        label, body = list_entry(parent, f"{number}." if of.ordered else "•")
        style_here = end if number == count else own
        strips = paragraph(text, style_here, wide, body, label=label)
        alone = number in (1, count - 1)  # it would be, where a column ended behind it
        entries.append(staying(strips) if alone else strips)
    row = _in_one_row(of, entries, own, wide, ITEM_GAP * theme.unit)
    return shifted(row or [strip for strips in entries for strip in strips], style.indent)


def _in_one_row(
    of: Items, entries: list[list[Strip]], style: Style, wide: float, gap: float
) -> list[Strip] | None:
    """Return items of a line each as one line, or None if that has no room."""
    widths, taken = list[float](), 0.0
    for text, (line, *_) in zip(of.items, entries, strict=True):
        runs = runs_of(line) or set_text(text, style)
        widths.append(style.indent + width_of(runs))
        taken += widths[-1] + gap
        if taken > wide + 2 * gap:  # long before the last one, mostly
            return None
    if any(sum(strip.height > 0 for strip in strips) > 1 for strips in entries):
        return None
    fits = sum(widths) + (len(widths) - 1) * gap <= wide
    return in_a_row(entries, widths, gap) if fits else None


def boxes(say: Phrases, theme: Theme, measure: float, element: Element) -> list[Strip]:
    """Return boxes to tick, one for each time a learner comes back to the sheet, in rows."""
    style = theme.style("box")
    side, near, lead = style.size * BOX, BOX_GAP * theme.unit, style.leading * BOX_LEADING
    labels = [set_text(words(f"{label} "), style) for label in (say.retest, *say.intervals)]
    used = width_of(chain(*labels)) + (len(labels) - 1) * (side + near)
    # on one row if that is not too tight
    least, most = (apart * theme.unit for apart in BOXES_APART)
    gap = max(min((measure - used) / (len(labels) - 1) - 0.01, most), least)
    placed: list[tuple[float, int, bool, tuple[Run, ...]]] = []  # left, row, with a box, words
    left, row = 0.0, 0
    for index, runs in enumerate(labels):
        wide = width_of(runs) + (side + near if index else 0.0)
        if left and left + wide > measure:
            left, row = 0.0, row + 1
        placed.append((left, row, bool(index), runs))
        left += wide + gap

    def draw(canvas: TaggedCanvas, origin: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        with canvas.tag(element):
            for left, row, boxed, runs in placed:
                x, y = origin + left, top - (row + 1) * lead
                if boxed:
                    canvas.rect(x, y - 0.1 * side, side, side)
                    x += side + near
                draw_runs(canvas, runs, x, y)

    return [Strip(lead * (row + 1) + 0.28 * style.size, draw, BOXES_ABOVE * theme.unit)]
