"""What a handout asks, group by group -> the key to it, on pages of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.content import Content
from deckbuilder.model import Fact
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, Words, words
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Said
from deckbuilder.writers.pdf.masthead import opening
from deckbuilder.writers.pdf.pages import Flow
from deckbuilder.writers.pdf.parts import NUMBERED, content, list_entry
from deckbuilder.writers.pdf.pictures import described, illustrated, set_apart
from deckbuilder.writers.pdf.strips import Strip, paragraph, space
from deckbuilder.writers.pdf.theme import BODY_SPACE, Theme

COLUMNS = 2  # at most: answers are short
GROUP_SPACE = 2.2  # units above a group's title


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under a title, which may be empty."""

    title: Text
    facts: Sequence[Fact]


def key(
    chosen: Chosen, name: str, groups: Sequence[Group], theme: Theme, root: Element, lead: Text = ()
) -> Flow:
    """Return the answers to what the handout of this `name` asks; `lead` stands above them."""
    say, section = chosen.deck.phrases, root.add("Sect")
    theme = replace(theme, most_columns=COLUMNS)
    kicker = (*words(f"{say.for_teachers} · {name} · "), *chosen.deck.title)
    letter = say.version_letter.format(letter=chosen.version) if chosen.version else ""
    head = opening(kicker, letter, theme, section)
    title = section.add("H2")
    head += paragraph(words(say.answers), theme.style("title"), theme.width, title, bookmark=1)
    if lead:
        head += paragraph(lead, theme.style("body"), theme.width, section.add("P"))
    head.append(space(BODY_SPACE * theme.unit))
    body = [s for group in groups for s in _group(group, theme, section)]
    return Flow(head, body, theme=theme, apart=True)


def _group(group: Group, theme: Theme, section: Element) -> list[Strip]:
    style, strips = theme.style("fact"), list[Strip]()
    if group.title:
        heading = replace(theme.style("topic"), above=GROUP_SPACE * theme.unit)
        strips += paragraph(group.title, heading, theme.column, section.add("H3"))
    parent = section.add("L", attributes=NUMBERED)
    for fact in group.facts:
        label, inside = list_entry(parent, str(fact.number))
        answer = content(fact.parts.asked.answer, style, theme, theme.column, inside, label)
        answer = illustrated(answer, fact.media.told, theme, theme.column, inside)
        strips += owned(set_apart(answer, fact.media.told, theme), fact)
    return strips


def on_key(fact: Fact) -> Content:
    """Return what a key says of a fact."""
    return (*fact.parts.asked.answer, *described(fact.media.told))


def key_says(facts: Iterable[Fact]) -> Iterator[Said]:
    """Yield what a key says of each fact."""
    return (Said(str(fact.number), on_key(fact)) for fact in facts)


def joined(texts: Sequence[Text]) -> Text:
    """Return texts in a row, dots between them, with none of which a line begins."""
    return tuple(node for text in texts for node in (Words("\u00a0· "), *text))[1:]
