"""A class with annotated fields -> a dataclass with slots, made in a quarter of the time.

`dataclasses` writes and compiles some six functions for a class, and a build has sixty classes: a
tenth of its time where facts are few. Here those that differ from class to class are written when
they are first called. Objects of a frozen class are made in two thirds of the time: each field is
put straight into its slot.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, FrozenInstanceError, fields
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

COMPARISONS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}

Write = Callable[[Any], tuple[str, Mapping[str, Any]]]  # a function as text, and what it names


def _dataclass(
    *, slots: bool, frozen: bool = False, order: bool = False, eq: bool = True
) -> Callable[[type], Any]:
    """Return what makes a class a dataclass; these are options of `dataclasses`, with its defaults.

    Of a field, `default`, `default_factory`, `init`, `compare` and `repr` count.
    """
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)
    write: dict[str, Write] = {"__init__": _initializer}
    write |= {"__eq__": _comparison("__eq__", "==")} if eq else {}
    write |= {"__hash__": _hash} if eq and frozen else {}
    write |= {name: _comparison(name, sign) for name, sign in COMPARISONS.items() if order}
    shared: dict[str, Any] = {"__repr__": _shown}
    shared |= {"__hash__": None} if eq and not frozen else {}
    if frozen:
        shared |= {"__setattr__": _set, "__delattr__": _delete}
        shared |= {"__getstate__": _state, "__setstate__": _restore}

    def make(bare: type) -> Any:
        made: Any = plain(bare)
        own = {name for name, method in vars(bare).items() if method is not None}
        for name in write.keys() - own:
            setattr(made, name, _written_when_called(made, name, write[name]))
        for name in shared.keys() - own:
            setattr(made, name, shared[name])
        return made

    return make


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _written_when_called(made: type, name: str, write: Write) -> Callable[..., Any]:
    """Return a method that puts the one that is written in its own place."""

    def method(self: object, *some: Any, **named: Any) -> Any:
        text, names = write(made)
        exec(text, names := {**names})
        setattr(made, name, names[name])
        return names[name](self, *some, **named)

    return method


def _initializer(made: Any) -> tuple[str, Mapping[str, Any]]:
    names: dict[str, Any] = {"MISSING": MISSING}
    frozen = made.__setattr__ is _set
    given, lines = ["self"], list[str]()
    for field in fields(made):
        name, optional = field.name, ""
        value = name if field.init else f"default_{name}"
        names |= {f"put_{name}": getattr(made, name).__set__, f"default_{name}": field.default}
        if field.default_factory is not MISSING:
            names[f"make_{name}"] = field.default_factory
            optional, value = "=MISSING", f"make_{name}() if {name} is MISSING else {name}"
            value = value if field.init else f"make_{name}()"
        elif field.default is not MISSING:
            optional = f"=default_{name}"
        if field.init:
            given.append(name + optional)
        if field.init or optional:
            # whichever is the quickest that the class lets one do
            put = f"put_{name}(self, {value})" if frozen else f"self.{name} = {value}"
            lines.append(f"    {put}")
    if hasattr(made, "__post_init__"):
        lines.append("    self.__post_init__()")
    return "\n".join([f"def __init__({', '.join(given)}):", *(lines or ["    pass"])]), names


def _comparison(name: str, sign: str) -> Write:
    def write(made: Any) -> tuple[str, Mapping[str, Any]]:
        both = f"{_compared('self', made)} {sign} {_compared('other', made)}"
        same = "other.__class__ is self.__class__"
        return f"def {name}(self, other): return {both} if {same} else NotImplemented", {}

    return write


def _hash(made: Any) -> tuple[str, Mapping[str, Any]]:
    return f"def __hash__(self): return hash({_compared('self', made)})", {}


def _compared(of: str, made: Any) -> str:
    """Return a tuple of the fields that count when objects are compared, as text."""
    return f"({''.join(f'{of}.{field.name}, ' for field in fields(made) if field.compare)})"


def _shown(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _set(_: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 (what Python hands it)
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
