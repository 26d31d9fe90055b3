"""Names of modules -> stand-ins, for an import or for good; each is loaded once something uses it.

A library that we import may import others that it needs for what we never ask of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module: whoever uses anything of it gets that of the module itself.

    `known`: what of it is at hand without the module.
    """

    def __init__(self, name: str, known: Mapping[str, Any]) -> None:
        super().__init__(name)
        vars(self).update(known)

    def __getattr__(self, name: str) -> Any:
        _forget(self)
        return getattr(import_module(self.__name__), name)


def _forget(stand_in: _Later) -> None:
    """Let the next who imports the module get the module."""
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]


@contextmanager
def loaded_later(*names: str) -> Iterator[None]:
    """Let what is imported meanwhile load none of these modules before it uses them."""
    stand_ins = postpone({name: {} for name in names})
    try:
        yield
    finally:
        for stand_in in stand_ins:
            _forget(stand_in)


def postpone(modules: Mapping[str, Mapping[str, Any]]) -> list[_Later]:
    """Let none of these modules be loaded before more of it is used than what is given of it."""
    stand_ins = [_Later(*each) for each in modules.items() if each[0] not in sys.modules]
    sys.modules.update({stand_in.__name__: stand_in for stand_in in stand_ins})
    return stand_ins


def cleandoc(text: str) -> str:
    """Do what `inspect.cleandoc` does, without `inspect`."""
    first, *more = text.expandtabs().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in more if line.strip()), default=0)
    return "\n".join([first.lstrip(), *(line[indent:] for line in more)]).strip("\n")
