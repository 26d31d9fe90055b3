r"""Words outside formulas -> what of TeX stands in them, `\pi` or `\frac{`, but in paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.formulas.signs import INSTEAD
from deckbuilder.formulas.symbols import COMMANDS, WITH_BRACES

# such as C:\max, or ~\max, ..\max, %HOME%\max, \\server\max: what follows in it is no command
PATH = r"(?<![^\W_])[A-Z]:\\[^\s{}]*+|(?<!\S)(?:~|\.{1,2}|%\w+%|\\\\[\w.-]+)\\[^\s{}]*+"
COMMAND = re.compile(
    rf"{PATH}|(?P<apart>(?<![^\W\d_]\w)(?<![:.\\~%]))?"  # behind these it is a name, as in CORP\max
    r"(?P<name>\\[A-Za-z]{2,}+)(?:(?P<braces>\*?\{)|(?!\.[^\W_]))"  # nor is \text.txt a command
)


def commands(said: str) -> Iterator[tuple[str, bool]]:
    """Yield each command of TeX in words, with its brace, and whether it can be nothing else."""
    for found in COMMAND.finditer(said):
        name, braced = found["name"], found["braces"] is not None
        if braced and name in WITH_BRACES:
            yield found[0], True
        elif found["apart"] is not None and (braced or name in COMMANDS or name in INSTEAD):
            yield found[0], False
