"""A broken text and the place of a fault -> the statement it is in, as far as it can be read."""

from __future__ import annotations

import re

from deckbuilder.slots import dataclass
from deckbuilder.toml.scan import KEY, STRING, Stretch

HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({KEY})[ \t]*(\]\]?)[ \t]*(?:#.*)?$", re.MULTILINE)
NEXT_HEADER = re.compile(rf"^(?=[ \t]*\[\[?[ \t]*[A-Za-z_]){HEADER.pattern}", re.MULTILINE)
NEXT_STATEMENT = re.compile(rf"^[ \t]*(?:{KEY}[ \t]*=|\[\[?[ \t]*[A-Za-z_])", re.MULTILINE)
TOKEN = re.compile(
    rf"""(?P<string>{STRING.pattern})|(?P<quote>\"\"\"|'''|["'])|\#.*"""
    r"""|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)|[^"'\#\[\]{}\n]+"""
)
LONG_QUOTES = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class Broken:
    """The header or `key = value` that a fault is in, as far as it can be read."""

    text: str
    at: int  # the fault
    start: int
    stop: int  # where reading ends: at a newline, if nothing is left open
    open: list[int]  # the brackets, and at last the quotation mark, that nothing closes
    around: list[int]  # the brackets that are open at the fault
    strings: list[tuple[int, Stretch]]  # the long ones so far, each with its statement's start

    @property
    def unclosed(self) -> int | None:
        """What is left open before the fault, the innermost."""
        last = self.open[-1] if self.open else 0
        if last >= self.at and self.text[last] in "\"'":
            return None  # for that string may hide what closes the brackets
        return max((mark for mark in self.open if mark < self.at), default=None)

    @property
    def braces(self) -> int | None:
        """The beginning of the inline table around the fault."""
        return max((mark for mark in self.around if self.text[mark] == "{"), default=None)

    @property
    def end(self) -> int:
        """The beginning of the next statement, and not one in a string or an inline table."""
        after = self.start if self.open else self.stop
        endless = any(self.text.startswith(("{", *LONG_QUOTES), mark) for mark in self.open)
        following = NEXT_HEADER if endless else NEXT_STATEMENT
        for line in following.finditer(self.text, line_end(self.text, after)):
            if not any(start < line.start() < end for _, (start, end) in self.strings):
                return line.start()
        return len(self.text)


def statement_at(text: str, at: int) -> Broken:
    """Find the statement that a fault is in; all before it is valid."""
    start = 0
    opened: list[int] = []
    around: list[int] | None = None
    strings: list[tuple[int, Stretch]] = []
    for token in TOKEN.finditer(text):
        if around is None and token.start() >= at:
            around = [*opened]
        match token.lastgroup:
            case "open":
                opened.append(token.start())
            case "close" if opened and text[opened[-1]] + token[0] in ("[]", "{}"):
                opened.pop()
            case "quote":
                opened.append(token.start())
                break
            case "string" if "\n" in token[0]:
                strings.append((start, token.span()))
            case "newline" if opened:
                header = NEXT_HEADER.match(text, token.end())
                if header and header.end() >= at:
                    break
            case "newline" if around is None:
                start = token.end()
            case "newline":
                break
    around = opened if around is None else around
    return Broken(text, at, start, token.start(), opened, around, strings)


def line_end(text: str, at: int) -> int:
    """Return where the line ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end
