"""Names of modules -> stand-ins, for the time of an import; each is loaded once something uses it.

A library that we import may import others that it needs for what we never ask of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module: whoever uses anything of it gets that of the module itself."""

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
    stand_ins = [_Later(name) for name in names if name not in sys.modules]
    sys.modules.update({stand_in.__name__: stand_in for stand_in in stand_ins})
    try:
        yield
    finally:
        for stand_in in stand_ins:
            _forget(stand_in)
