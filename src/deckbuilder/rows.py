"""The tables of a source -> their rows, every value read; what is wrong goes into a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from deckbuilder.model import Faulty
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Label, Problem, did_you_mean, nearest
from deckbuilder.schema import Key, Type
from deckbuilder.slots import dataclass
from deckbuilder.toml import Path, Source
from deckbuilder.values import READERS, BadValue, Reader, empty
from deckbuilder.values.bad import quoted
from deckbuilder.values.names import slug

Table = Mapping[str, Any]
EMPTY = '""'  # a key without a letter, as an author writes it


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sort of table may hold, worked out once for all tables of the sort.

    `blank`: its row if every key were left out; `inner` names tables inside it, which are read on
    their own, and `inside` their keys; `instead`: what to write, by keys that a table has not,
    where its id goes into {}.
    """

    readers: Mapping[str, tuple[Key, Reader]]
    required: frozenset[str]
    blank: Mapping[str, Any]
    inner: str
    inside: frozenset[str]
    instead: Mapping[str, str]


def layout(
    keys: Sequence[Key],
    inner: str = "",
    inside: frozenset[str] = frozenset(),
    instead: Mapping[str, str] | None = None,
) -> Layout:
    """Return the layout of a table with these keys."""
    return Layout(
        readers={key.name: (key, READERS[key.type]) for key in keys},
        required=frozenset(key.name for key in keys if key.required),
        blank={key.name: empty(key) for key in keys},
        inner=inner,
        inside=inside,
        instead=instead or {},
    )


@dataclass(frozen=True, slots=True)
class Report:
    """The problems of one source, gathered while it is read.

    `unread`: the tables they are in; `faulty`: the facts that cannot be read.
    """

    source: Source
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    faulty: list[Faulty] = field(default_factory=list)

    def add(
        self,
        code: str,
        at: Path,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        label: str = "",
        also: tuple[Path, str] | None = None,
    ) -> None:
        """Note an error at a value of the source, or at its key; `also` is another place in it."""
        self.unread.add(str(at[0]))
        others = (Label(self.source.place(also[0], key=key), also[1]),) if also else ()
        place = self.source.place(at, key=key)
        self.problems.append(Problem(code, message, place, hint, label=label, also=others))

    def drop(self, code: str) -> None:
        """Forget the problems of a code: what they tell follows from another."""
        self.problems[:] = [problem for problem in self.problems if problem.code != code]


def read_rows(
    parent: Table, at: Path, form: Layout, report: Report, say: Phrases
) -> list[tuple[Path, Table, dict[str, Any] | None]]:
    """Return each table of an array of tables: its path, its raw values, its values read."""
    return [
        (path, raw, read_table(raw, form, path, report, say))
        for path, raw in raw_tables(parent, at, report)
    ]


def raw_tables(parent: Table, at: Path, report: Report) -> list[tuple[Path, Table]]:
    """Return each table of an array of tables, its values as they are, with its path."""
    name = str(at[-1])
    rows = parent.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        inner = isinstance(rows, dict) and next(
            (key for key, value in rows.items() if isinstance(value, list)), ""
        )
        if inner and len(rows) == 1:  # such as [[topic.fact]] alone
            message = f"there is no `[[{name}]]` for this `[[{name}.{inner}]]` to belong to"
            report.add("wrong-type", at, message, f"write a [[{name}]] above it")
        else:
            message = f"`{name}` should be a list of tables"
            report.add("wrong-type", at, message, f"write {_header((*at, 0))}")
        return []
    return [((*at, index), row) for index, row in enumerate(rows)]


def read_table(
    raw: Any, form: Layout, at: Path, report: Report, say: Phrases
) -> dict[str, Any] | None:
    """Return every key's value read, or None (and the problems reported) if any cannot be."""
    if not isinstance(raw, dict):
        report.add("wrong-type", at, f"`{at[-1]}` should be a table", f"write [{at[-1]}]")
        return None
    before = len(report.problems)
    row, readers, strange = {**form.blank}, form.readers, False
    for name, value in raw.items():
        if name not in readers:
            strange = True  # or tables inside this one
            continue
        key, read = readers[name]
        got = row[name] = read(key, value, say)
        if isinstance(got, BadValue):
            for bad in (got, *got.more):
                _tell(bad, (*at, name), report)
    if strange or not raw.keys() >= form.required:
        _tell_keys(raw, form, at, report)
    return row if len(report.problems) == before else None


def likely_row(raw: Table, form: Layout, say: Phrases) -> tuple[dict[str, Any], set[str]]:
    """Return a table with an error as it is likely meant, and the keys of which that is not known.

    A key that is misspelt counts as the one that it is near to.
    """
    row, unknown = {**form.blank}, set(form.required)
    lacking = form.readers.keys() - raw.keys()
    for name, value in raw.items():
        meant = name if name in form.readers else nearest(name, lacking)
        if not meant:
            continue
        key, read = form.readers[meant]
        got = read(key, value, say)
        if isinstance(got, BadValue):
            unknown.add(meant)
        else:
            row[meant] = got
            unknown.discard(meant)
    return row, unknown


def _tell(bad: BadValue, at: Path, report: Report) -> None:
    """Report a value that cannot be read."""
    within = (*at, *bad.inside)
    report.add(bad.code, within, bad.message, bad.hint, key=bad.code == "unknown-key")


def _tell_keys(raw: Table, form: Layout, at: Path, report: Report) -> None:
    """Report the keys that a table should not have, and those that it lacks."""
    missing = form.required - raw.keys()
    names = [*form.readers, form.inner] if form.inner else [*form.readers]
    inside = [name for name in raw if name in form.inside and name not in form.readers]
    if inside:
        instead = bool(missing) and at[-1] != 0  # the first one has no other to be inside
        _tell_inside(inside[0], form, at, report, instead=instead)
        missing = frozenset() if instead else missing
    for name in raw.keys() - {*names, *inside}:
        hint = did_you_mean(name, names)
        if name in form.instead:  # near to no key, and yet it is clear what was meant
            hint = form.instead[name].format(quoted(raw.get("id", "…")))
        message = f"`{name or EMPTY}` is not a key of {_header(at)}"
        report.add("unknown-key", (*at, name), message, hint, key=True)
        # one cause, one report
        missing -= {key for key in missing if hint == f"did you mean `{key}`?"}
    for name in sorted(missing):
        hint = _purpose(form.readers[name][0], raw)
        report.add("missing-key", at, f"`{name}` is missing", hint)


def _tell_inside(first: str, form: Layout, at: Path, report: Report, *, instead: bool) -> None:
    """Report keys of a table inside this one: its header was forgotten, or is to be `instead`."""
    own, header = _header(at), _header((*at, form.inner, 0))
    message = f"`{first}` is a key of {header}, not of {own}"
    if instead:
        report.add("unknown-key", at, message, f"write {header} in the place of this {own}")
    else:
        hint = f"write {header} above this line, where its keys begin"
        report.add("unknown-key", (*at, first), message, hint, key=True)


def _header(at: Path) -> str:
    """Return the header of the table at a path, as an author writes it."""
    names = ".".join(part for part in at if isinstance(part, str))
    return f"[[{names}]]" if isinstance(at[-1], int) else f"[{names}]"


def _purpose(key: Key, raw: Table) -> str:
    """Return what a missing key is for; an id is suggested, if the title gives one."""
    title = raw.get("title")
    made = slug(title) if key.type is Type.NAME and isinstance(title, str) else ""
    added = f'add {key.name} = "{made}"' if made else "add it"
    return f"{added}: {key.doc[0].lower()}{key.doc[1:]}"
