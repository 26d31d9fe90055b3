"""What changed -> the release notes, in the learners' language and words, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuilder.cards import card_count
from deckbuilder.model import Deck, in_deck
from deckbuilder.phrases import base
from deckbuilder.publishing.news import News
from deckbuilder.publishing.sentences import WORDING, Wording
from deckbuilder.publishing.version import Step

MOST_NAMED = 10  # facts of one sort; of more, the others are counted


def upgrade_file(deck: str, version: str) -> str:
    """Return the name of the package that takes out what a release has retired."""
    return f"{deck}-{version}-upgrade.apkg"


def wording(deck: Deck) -> Wording:
    """Return the sentences in the language of a deck."""
    return WORDING[base(deck.language)]


def told(deck: Deck, found: News | None, upgrade: str) -> list[str]:
    """Return what learners have to know of a release, a Markdown line each.

    Args:
        deck: as it is released.
        found: what changed since the last release; None for the first.
        upgrade: the name of the package that takes out what was retired.
    """
    say = wording(deck)
    if found is None:
        facts = in_deck(deck)
        total = sum(map(card_count, facts))
        return [f"* {say.first.format(facts=len(facts), cards=total)}"]
    return [f"* {line}" for line in _lines(say, found, upgrade)]


def _lines(say: Wording, found: News, upgrade: str) -> Iterator[str]:
    printed = [*_printed(say, found)]
    yield from printed
    for head, facts in ((say.tagged, found.tagged), (say.manner, found.manner)):
        if facts:
            yield _named(say, head, facts)
    if found.tags:
        tags = [f"`{old}` → `{new}`" for old, new in found.tags]
        yield say.tags.format(n=len(tags), tags=_listed(tags))
    if found.replaced and not found.forced:
        yield say.replaced
    if found.look:
        yield say.look
    if found.revised and not printed:
        yield say.revised
    if found.step is Step.NOTHING:
        yield say.same
    if found.forced:
        yield say.forced
    if found.schema:
        yield say.schema
    if found.moved:
        yield moved(say, *found.moved)
    if found.gone:
        yield say.upgrade.format(file=upgrade)
        return
    if found.blank:
        yield say.blank
    yield say.update


def moved(say: Wording, old: str, new: str) -> str:
    """Return what there is to do where the deck has another name in Anki."""
    return say.moved.format(old=_literal(old), new=_literal(new))


def _printed(say: Wording, found: News) -> Iterator[str]:
    """Yield what became of facts and titles, as far as print has it, too."""
    for head, facts in (
        (say.corrected, found.corrected),
        (say.new, found.new),
        (say.more, found.more),
        (say.back, found.back),
        (say.reworded, found.reworded),
        (say.form, found.form),
        (say.aside, found.aside),
        (say.pictured, found.pictured),
        (say.elsewhere, found.elsewhere),
        (say.gone, found.gone),
    ):
        if facts:
            yield _named(say, head, facts)
    if found.blank:
        less = [_lessened(say, fact, gone) for fact, gone in found.blank]
        yield f"{say.fewer.format(n=len(less))}: {_listed(less)}"
    if found.retitled:
        titles = [" → ".join(quoted(say, title) for title in pair) for pair in found.retitled]
        yield f"{say.retitled.format(n=len(titles))}: {_listed(titles)}"


def _named(say: Wording, head: str, facts: Sequence[str]) -> str:
    """Return facts under what became of them."""
    return f"{head.format(n=len(facts))}: {_listed([quoted(say, fact) for fact in facts])}"


def _lessened(say: Wording, fact: str, gone: Sequence[str]) -> str:
    """Return a fact and what it is no longer asked for."""
    answers = _listed([quoted(say, answer) for answer in gone])
    return say.without.format(fact=quoted(say, fact), gone=answers)


def _listed(shown: Sequence[str]) -> str:
    named, more = ", ".join(shown[:MOST_NAMED]), len(shown) - MOST_NAMED
    return f"{named}, … (+{more})" if more > 0 else named


def quoted(say: Wording, words: str) -> str:
    """Return words in the quotation marks of a language, as Markdown shows them."""
    return say.quotes.format(_literal(words))


def _literal(words: str) -> str:
    """Return words that Markdown shows as they are."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|~$" else c for c in words)
