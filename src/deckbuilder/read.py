"""A TOML source -> a deck, or every problem that keeps it from being one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from typing import Any

from deckbuilder import schema
from deckbuilder.facts import INSTEAD_OF_FACTS, Found, allowed, kind_of, new_ids, read_fact
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.media.medium import Asset
from deckbuilder.model import Deck, Fact, Period, Printing, Retired, Topic
from deckbuilder.opened import at_most
from deckbuilder.phrases import ENGLISH, Phrases, phrases
from deckbuilder.problems import Problem, errors, in_order, shown
from deckbuilder.rows import Report, Table, layout, raw_tables, read_rows, read_table
from deckbuilder.strays import tell_strays
from deckbuilder.toml import LARGEST_FILE, Source, parse


def read(file: File) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read a source file.

    Args:
        file: the TOML file; it is read once.

    Returns:
        The deck (None if there is an error) and the problems, in the source's order.

    Raises:
        OSError: the file cannot be read.
    """
    deck, problems = read_partly(file, None, KINDS)
    return (None if errors(problems) else deck), problems


def read_partly(
    file: File, name: str | None, kinds: Sequence[Kind]
) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read what can be read of a source, so that it can be checked further.

    Args:
        file: the TOML file; it is read once.
        name: what people call it (None: its path).
        kinds: the kinds of fact it may hold.

    Returns:
        The deck without the tables that have an error, named by its `unread` (None if the source is
        no TOML), and the problems.
    """
    return _read(at_most(LARGEST_FILE, file), name or shown(file), kinds)


def read_bytes(data: bytes, name: str) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read a source from its bytes; see `read`."""
    deck, problems = _read(data, name, KINDS)
    return (None if errors(problems) else deck), problems


def _read(data: bytes, name: str, kinds: Sequence[Kind]) -> tuple[Deck | None, tuple[Problem, ...]]:
    source, problems = parse(data, name)
    if source is None:
        return None, in_order(problems)
    report = Report(source, list(problems))
    deck = _deck(source, report, kinds)
    return deck, in_order(report.problems)


# ---------------------------------------------------------------------------- tables


def _deck(source: Source, report: Report, kinds: Sequence[Kind]) -> Deck:
    tables = source.taken()
    tell_strays(tables, report, kinds)
    known = _phrases(tables.get("deck"))
    say = known or ENGLISH
    deck, sheet, printing = (
        _table(tables, name, report, say) for name in ("deck", "sheet", "print")
    )
    periods = [
        Period(row["title"], row["from"], row["to"], at)
        for at, _, row in read_rows(tables, ("period",), layout(schema.PERIOD), report, say)
        if row
    ]
    retired = [
        Retired(row["id"], at)
        for at, _, row in read_rows(tables, ("retired",), layout(schema.RETIRED), report, say)
        if row
    ]
    topics, facts = _topics(tables, report, say, kinds)
    if known is None:  # in which language to read a time is not known either: one cause, one report
        report.drop("bad-when")
    if not facts and not report.problems:
        report.add("no-facts", ("deck",), "the source has no facts", "add a [[topic.fact]]")
    style = Asset(deck["style"], ("deck", "style")) if deck["style"] else None
    allow = allowed(deck["allow"], ("deck",), report)
    return Deck(
        **{key.name: deck[key.name] for key in schema.DECK} | {"style": style, "allow": allow},
        phrases=say,
        periods=tuple(periods),
        topics=topics,
        facts=facts,
        retired=tuple(retired),
        check=sheet["check"],
        printing=_printing(printing),
        source=replace(source),  # without what was made of it meanwhile
        unread=frozenset(report.unread),
        faulty=tuple(report.faulty),
    )


def _table(tables: Table, name: str, report: Report, say: Phrases) -> Mapping[str, Any]:
    """Return the values of a table; those of a blank one if it is not there, or has an error."""
    form = layout(schema.TABLES[name].keys)
    row = read_table(tables[name], form, (name,), report, say) if name in tables else None
    return row or form.blank


def _printing(row: Mapping[str, Any]) -> Printing:
    fonts = tuple(Asset(path, ("print", "fonts", n)) for n, path in enumerate(row["fonts"]))
    return Printing(**{**row, "fonts": fonts})


def _topics(
    tables: dict[str, Any], report: Report, say: Phrases, kinds: Sequence[Kind]
) -> tuple[tuple[Topic, ...], tuple[Fact, ...]]:
    topics, found = _found(tables, report, say, kinds)
    if not all("id" in each.table for each in found):
        new = dict(new_ids(tables, kinds))
        found = [each._replace(suggested=new.get(each.at, "")) for each in found]
    tables.pop("topic", None)  # a fact's table goes once it is read: 0.6 KB a fact less at the peak
    forms = {
        kind.name: layout((*kind.keys, *schema.FACT), instead=INSTEAD_OF_FACTS) for kind in kinds
    }
    numbers = _numbers(found)
    read = (
        read_fact(each, number, forms[each.kind.name], report, say)
        for each, number in zip(_used_up(found), numbers, strict=True)
    )
    return topics, tuple(filter(None, read))


def _found(
    tables: Table, report: Report, say: Phrases, kinds: Sequence[Kind]
) -> tuple[tuple[Topic, ...], list[Found]]:
    """Return the topics, and all facts as the source has them."""
    topics: list[Topic] = []
    found: list[Found] = []
    keys = (schema.FACT, *(kind.keys for kind in kinds))
    inside = frozenset(key.name for some in keys for key in some)
    form = layout(schema.TOPIC, inner="fact", inside=inside)
    for at, raw, row in read_rows(tables, ("topic",), form, report, say):
        if row:
            about = row["id"], row["was"], row["title"], row["when"], row["summary"], row["part"]
            topics.append(Topic(*about, allowed(row["allow"], at, report), at))
        name = row["id"] if row else ""
        for fact_at, table in raw_tables(raw, (*at, "fact"), report):
            kind = kind_of(table, fact_at, report, kinds)
            if kind:
                found.append(Found(kind, table, fact_at, name))
    return tuple(topics), found


def _used_up(found: list[Found]) -> Iterator[Found]:
    found.reverse()
    while found:
        yield found.pop()


def _numbers(found: Sequence[Found]) -> list[int | None]:
    """Number the facts that are printed, in the order the sheet has them: the glossary comes last.

    Those that the sheet does not have, being only asked in print, go on behind it.
    """
    only = [fact.table.get("only") for fact in found]
    printed = [place for place, where in enumerate(only) if where != "deck"]
    printed.sort(key=lambda place: (only[place] == "asked", found[place].kind.glossary))
    numbers: list[int | None] = [None] * len(found)
    for number, place in enumerate(printed, 1):
        numbers[place] = number
    return numbers


def _phrases(deck: Any) -> Phrases | None:
    """Return the fixed words of the deck's language, None while that is in doubt."""
    try:
        return phrases(deck["language"])
    except (KeyError, TypeError, AttributeError):
        return None
