"""The table of a fact -> the fact, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from deckbuilder import schema
from deckbuilder.kinds import Flaw, Kind, media, near_kind
from deckbuilder.model import Fact, Faulty, with_hint
from deckbuilder.phrases import Phrases
from deckbuilder.problems import RETIRE, did_you_mean
from deckbuilder.rows import Layout, Report, Table, likely_row, read_table
from deckbuilder.toml import Path
from deckbuilder.values.names import slug

# by keys that a fact has not, as near as they may seem
INSTEAD_OF_FACTS = {
    "retired": f"to retire it, write in place of the fact: {RETIRE}",
}


class Found(NamedTuple):
    """A fact as the source has it: its kind and its table, where, and the id of its topic.

    `suggested`: an id, if it has none.
    """

    kind: Kind
    table: Table
    at: Path
    topic: str
    suggested: str = ""


def new_ids(source: Table, kinds: Sequence[Kind]) -> Iterator[tuple[Path, str]]:
    """Yield where a fact is that shows its kind and has no id, and one that no other has.

    Args:
        source: the values of a source, whatever is wrong with them.
        kinds: the kinds of fact.
    """
    topics = [*_rows((), source, "topic")]
    facts = [(*row, topic) for at, topic in topics for row in _rows(at, topic, "fact")]
    retired = [row for _, row in _rows((), source, "retired")]
    taken = {*_ids_in(fact for _, fact, _ in facts), *_ids_in(retired)}
    more: dict[str, Iterator[int]] = {}
    for at, fact, topic in facts:
        shown = [kind for kind in kinds if kind.name in fact]
        if len(shown) == 1 and "id" not in fact:
            wanted = new = _suggested_id(fact, shown[0], topic)
            while new in taken:
                new = f"{wanted}-{next(more.setdefault(wanted, count(2)))}"
            taken.add(new)
            yield at, new


def _rows(at: Path, table: Table, name: str) -> Iterator[tuple[Path, Table]]:
    """Yield the path and the values of each table in a list of tables."""
    rows = table.get(name)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield (*at, name, index), row


def _ids_in(rows: Iterable[Table]) -> Iterator[str]:
    """Yield the ids of tables as the source has them, and those that they had before."""
    for row in rows:
        was = row.get("was")
        names = [row.get("id"), *(was if isinstance(was, list) else ())]
        yield from (name for name in names if isinstance(name, str))


def _suggested_id(fact: Table, kind: Kind, topic: Table) -> str:
    """Return an id for a fact without one, of its topic's id, if that has one, and its words."""
    words = [text for text in (topic.get("id"), fact[kind.name]) if isinstance(text, str)]
    return slug(" ".join(words)) or kind.name


def read_fact(
    found: Found, number: int | None, form: Layout, report: Report, say: Phrases
) -> Fact | None:
    """Return a fact, None if it has an error; all that is wrong with it is reported."""
    kind, at = found.kind, found.at
    table = _with_id(found, report)
    row = read_table(table, form, at, report, say)
    if row is None:
        _tell_further(found, *likely_row(table, form, say), report)
        return None
    flaws = [*kind.check(row), *media.check(row)]
    _tell_flaws(flaws, at, report)
    before = len(report.problems)
    allow = allowed(row["allow"], at, report)
    if flaws or len(report.problems) > before:
        _note(found, row, report)
        return None
    return Fact(
        id=row["id"] if "id" in found.table else str(at),  # unlike any other
        was=row["was"],
        kind=kind.name,
        topic=found.topic,
        number=number,
        parts=with_hint(kind.compose(row, say), row["hint"]),
        glossary=kind.glossary,
        extra=row["extra"],
        hint=row["hint"],
        cite=row["cite"],
        tags=row["tags"],
        typed=bool(row["typed"]),
        speak=bool(row["speak"]),
        only=row["only"],
        allow=allow,
        at=at,
        media=media.compose(row, at),
    )


def _tell_further(
    found: Found, row: Mapping[str, Any], unknown: Container[str], report: Report
) -> None:
    """Report what else is wrong with a fact that has an error, as far as it does not follow."""
    for check, keys in ((found.kind.check, found.kind.keys), (media.check, schema.MEDIA)):
        if not any(name in unknown for key in keys for name in (key.name, *key.needs)):
            _tell_flaws(check(row), found.at, report)
    allowed(row["allow"], found.at, report)
    if "id" not in unknown:
        _note(found, row, report)


def _note(found: Found, row: Mapping[str, Any], report: Report) -> None:
    """Note a fact that has an error, if it has an id of its own."""
    if "id" in found.table:
        report.faulty.append(Faulty(row["id"], row["was"], found.at))


def _tell_flaws(flaws: Iterable[Flaw], at: Path, report: Report) -> None:
    for flaw in flaws:
        also = ((*at, flaw.other), "this") if flaw.other else None
        label = "does not go with" if flaw.other else ""
        where = (*at, flaw.key) if flaw.element is None else (*at, flaw.key, flaw.element)
        report.add(flaw.code, where, flaw.message, flaw.hint, label=label, also=also)


def _with_id(found: Found, report: Report) -> Table:
    """Return a fact's table; if it has no id, report that, and go on as if it had one."""
    if "id" in found.table:
        return found.table
    report.add(
        "missing-key",
        found.at,
        "this fact has no `id`",
        f'add id = "{found.suggested}", or let deckbuilder fmt do it',
    )
    return {"id": "missing", **found.table}


def allowed(rows: Sequence[Mapping[str, str]], at: Path, report: Report) -> tuple[str, ...]:
    """Return the rules that a fact, a topic or the deck may break; what is none is reported."""
    if not rows:  # as of nearly all
        return ()
    from deckbuilder.lint import TO_ALLOW

    for n, row in enumerate(rows):
        code, where = row["rule"], (*at, "allow", n, "rule")
        if code not in TO_ALLOW:
            hint = did_you_mean(code, TO_ALLOW)
            report.add("unknown-rule", where, f"no rule is called `{code}`", hint)
    return tuple([row["rule"] for row in rows])


def kind_of(raw: Table, at: Path, report: Report, kinds: Sequence[Kind]) -> Kind | None:
    """Return the kind that a fact's keys show, or report that they show none, or two."""
    shown = [kind for kind in kinds if kind.name in raw]
    if len(shown) == 1:
        return shown[0]
    if not shown:
        telling, hint = near_kind(raw, kinds)
        where = at if telling is None else (*at, telling)
        report.add("no-kind", where, "nothing says what kind of fact this is", hint, key=True)
    else:
        both = " and ".join(f"`{kind.name}`" for kind in shown)
        first, second = ((*at, kind.name) for kind in shown[:2])
        report.add(
            "two-kinds",
            second,
            f"this fact has {both}",
            "a fact is of one kind: make two facts of it",
            key=True,
            label="a second kind",
            also=(first, "one kind"),
        )
    return None
