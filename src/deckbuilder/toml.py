"""The bytes of a source -> its values, and where in the text each of them stands."""

# Three parts. `parse` is tomli's work, and all that a valid source costs. `Scan` finds the places,
# when the first one is asked for. The rest is for broken files only: it finds every syntax error
# that can be told from the echo of another, and says it in an author's words.

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import tomli

from deckbuilder.problems import Place, Problem

Path = tuple[str | int, ...]  # ("topic", 0, "fact", 2, "answer")
Stretch = tuple[int, int]  # from one offset of the text to another

LARGEST_FILE = 50_000_000  # bytes
MOST_FAULTS = 20  # syntax errors told in one run
LONGEST_QUOTE = 40  # characters of the source repeated in a message


@dataclass(frozen=True)
class Source:
    """A TOML file as it was read.

    Its name (as shown to people), raw bytes, text (byte order mark gone, CRLF as LF) and values.
    """

    name: str
    data: bytes
    text: str
    values: Mapping[str, Any]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return where the value at `path` stands, or its key.

        The value of a table is its header; an element of an array has no key. What is not in the
        file stands where it belongs: at the nearest table around it, at worst at the file's start.
        """
        spans = self._scan.spans
        known = path
        while known and known not in spans:
            known = known[:-1]
        if not known:
            return self.stretch((0, 0))
        return self.stretch(spans[known].key if key and known == path else spans[known].value)

    def stretch(self, stretch: Stretch) -> Place:
        """Return the place of a stretch of the text."""
        return Place(self.name, *self._position(stretch[0]), *self._position(stretch[1]))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(newline.end() for newline in re.finditer("\n", self.text))]

    @cached_property
    def _scan(self) -> Scan:
        return Scan(self.text)


def parse(data: bytes, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the bytes of a TOML file that people call `name`.

    Returns:
        The source (None if there is a problem) and every problem found.
    """
    if len(data) > LARGEST_FILE:
        message = f"the file has {len(data):,} bytes, {LARGEST_FILE:,} are the most"
        place = Source(name, data, "", {}).stretch((0, 0))
        return None, (Problem("file-too-large", message, place, "split it into several sources"),)
    bare = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = bare.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(bare, error.start, name),)
    outcome = _attempt(text)
    if not isinstance(outcome, Fault):
        return Source(name, data, text, outcome), ()
    if _is_utf16(bare):
        return None, (_not_utf8(bare, bare.index(0), name),)
    return None, _recover(text, outcome, name)


# ---------------------------------------------------------------------------- encoding


def _not_utf8(data: bytes, at: int, name: str) -> Problem:
    before = data[:at].decode()
    place = Source(name, data, before + "?", {}).stretch((len(before), len(before) + 1))
    meant = data[at : at + 1].decode("cp1252", "ignore")
    if _is_utf16(data):
        guess = "the file looks like UTF-16"
    else:
        guess = f"in Windows-1252 it is `{meant}`" if meant else "the file looks like Latin-1"
    message = f"the byte 0x{data[at]:02X} is not UTF-8: {guess}"
    return Problem("not-utf8", message, place, "save the file as UTF-8")


def _is_utf16(data: bytes) -> bool:
    start = data[:200]
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or 3 * start.count(0) > len(start)


# ---------------------------------------------------------------------------- places

BARE = r"[A-Za-z0-9_-]+"
BASIC = r'"(?!"")(?:[^"\\\n]+|\\.)*+"'
LITERAL = r"'(?!'')[^'\n]*+'"
LONG_BASIC = r'"""(?:[^"\\]+|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'
LONG_LITERAL = r"'''(?:[^']+|'{1,2}(?!'))*+'{3,5}"

NAME = re.compile(f"{BARE}|{BASIC}|{LITERAL}")
STRING = re.compile(f"{LONG_BASIC}|{LONG_LITERAL}|{BASIC}|{LITERAL}")
SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d[\d:.]*(?:[Zz]|[+-]\d\d:\d\d)?|[^\s,\]}#]+")
BLANK = re.compile(r"[ \t]*+")
TRIVIA = re.compile(r"(?:[ \t\n]+|#[^\n]*)*+")
COMMA = re.compile(rf"{TRIVIA.pattern},?{TRIVIA.pattern}")


class Span(NamedTuple):
    """Where a key and its value stand; the value of a table is its header."""

    key: Stretch
    value: Stretch

    @property
    def is_header(self) -> bool:
        """Whether this is a table with a header: there the key stands inside the value."""
        return self.value[0] < self.key[0]


class Scan:
    """Every path of a text that tomli accepts -> its span.

    tomli alone judges what is valid and what the values are, so nothing is checked here.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Path, Span] = {}
        self.counts: dict[Path, int] = {}  # of the elements in each array of tables
        self.table: Path = ()  # the one that keys now belong to
        at = _after(TRIVIA, text, 0)
        while at < len(text):
            if text[at] == "[":
                at = self._header(at)
            else:
                path, key, at = self._key(at, self.table)
                at = self._value(at, path, key)
            at = _after(TRIVIA, text, at)

    def last(self, path: Path) -> Path:
        """Return the path of the last element so far, if `path` is an array of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _header(self, start: int) -> int:
        brackets = 2 if self.text.startswith("[[", start) else 1
        names, at = _names(self.text, start + brackets)
        header = start, at + brackets
        path: Path = ()
        for name, key in names:
            path = (*self.last(path), name)
            self.spans.setdefault(path, Span(key, header))
        if brackets == 2:
            self.counts[path] = self.counts.get(path, 0) + 1
            self.spans[self.last(path)] = Span(header, header)
        else:  # a table's own header beats an earlier one that only passes through it
            self.spans[path] = Span(key, header)
        self.table = self.last(path)
        return header[1]

    def _key(self, at: int, table: Path) -> tuple[Path, Stretch, int]:
        """Read a key up to its value; return its path, its last name and where the value begins."""
        names, at = _names(self.text, at)
        path = table
        for name, key in names[:-1]:
            path = (*path, name)
            self.spans.setdefault(path, Span(key, key))
        name, key = names[-1]
        return (*path, name), key, _after(BLANK, self.text, at + 1)

    def _value(self, start: int, path: Path, key: Stretch | None = None) -> int:
        text, first = self.text, self.text[start]
        if first == "[":
            at, index = _after(TRIVIA, text, start + 1), 0
            while text[at] != "]":
                at = _after(COMMA, text, self._value(at, (*path, index)))
                index += 1
            end = at + 1
        elif first == "{":
            at = _after(TRIVIA, text, start + 1)
            while text[at] != "}":
                inner, inner_key, at = self._key(at, path)
                at = _after(COMMA, text, self._value(at, inner, inner_key))
            end = at + 1
        else:
            end = _after(STRING if first in "\"'" else SCALAR, text, start)
        self.spans[path] = Span(key or (start, end), (start, end))
        return end


def _names(text: str, at: int) -> tuple[list[tuple[str, Stretch]], int]:
    """Read the dotted key at `at`; return each name with its stretch, and where the key ends."""
    names = []
    while True:
        start = _after(BLANK, text, at)
        end = _after(NAME, text, start)
        name = text[start:end]
        if name[0] in "\"'":
            name = next(iter(tomli.loads(f"{name}=0")))
        names.append((name, (start, end)))
        at = _after(BLANK, text, end)
        if text[at] != ".":
            return names, at
        at += 1


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


# ---------------------------------------------------------------------------- broken files


class Fault(NamedTuple):
    """Why tomli gave up, in its own words, and where."""

    reason: str
    at: int


class Repair(NamedTuple):
    """What a fault may be, and the text with it mended, line for line, so that the next shows."""

    at: Stretch
    message: str
    hint: str
    text: str
    echo: bool = False  # perhaps no more than what an earlier fault led to


def _load(text: str) -> dict[str, Any]:
    return tomli.loads(text.replace("\r\n", "\r\r\n"))  # for tomli takes away a CR once more


def _attempt(text: str) -> dict[str, Any] | Fault:
    try:
        return _load(text)
    except tomli.TOMLDecodeError as error:
        return Fault(error.msg, min(error.pos, len(text)))
    except RecursionError:
        return Fault("Too deep", _breaking_point(text))
    except ValueError:
        return Fault("Too long", _breaking_point(text))


def _breaking_point(text: str) -> int:
    """Return the character at which tomli fails without saying where; any text up to it is fine."""

    def fails(length: int) -> bool:
        try:
            _load(text[:length])
        except (RecursionError, ValueError) as error:
            return not isinstance(error, tomli.TOMLDecodeError)
        return False

    return bisect_left(range(len(text)), True, key=fails) - 1


def _recover(text: str, fault: Fault, name: str) -> tuple[Problem, ...]:
    """Tell every fault of a text: explain the first, mend it, read again.

    A repair is right if tomli gets beyond the line of the fault with it.
    """
    found: dict[int, Problem] = {}  # by line, for a second report of one line is an echo
    for _ in range(MOST_FAULTS):
        for repair in _repairs(text, fault):
            outcome = _attempt(repair.text)
            if not isinstance(outcome, Fault):
                break
            if _line(repair.text, outcome.at) > _line(text, fault.at):
                break
        place = Source(name, b"", text, {}).stretch(repair.at)
        if not (repair.echo and min(found, default=place.line) < place.line):
            problem = Problem("toml-syntax", repair.message, place, repair.hint)
            found.setdefault(place.line, problem)
        if not isinstance(outcome, Fault):
            break
        text, fault = repair.text, outcome
    return tuple(found[line] for line in sorted(found))


def _mend(text: str, start: int, end: int, line: str = "") -> str:
    """Put one line, or nothing, in the place of what is there, and keep the number of lines."""
    return text[:start] + line + "\n" * text.count("\n", start, end) + text[end:]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# ---------------------------------------------------------------------------- the broken statement

KEY = rf"(?:{NAME.pattern})(?:[ \t]*\.[ \t]*(?:{NAME.pattern}))*+"
HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({KEY})[ \t]*(\]\]?)[ \t]*(?:#.*)?$", re.MULTILINE)
NEXT_HEADER = re.compile(rf"^(?=[ \t]*\[\[?[ \t]*[A-Za-z_]){HEADER.pattern}", re.MULTILINE)
NEXT_STATEMENT = re.compile(rf"^[ \t]*(?:{KEY}[ \t]*=|\[\[?[ \t]*[A-Za-z_])", re.MULTILINE)
TOKEN = re.compile(
    rf"""(?P<string>{STRING.pattern})|(?P<quote>\"\"\"|'''|["'])|\#.*"""
    r"""|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)|[^"'\#\[\]{}\n]+"""
)
LONG_QUOTES = ('"""', "'''")


@dataclass(frozen=True)
class Statement:
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
        for line in following.finditer(self.text, _line_end(self.text, after)):
            if not any(start < line.start() < end for _, (start, end) in self.strings):
                return line.start()
        return len(self.text)


def _statement(text: str, at: int) -> Statement:
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
    return Statement(text, at, start, token.start(), opened, around, strings)


# ---------------------------------------------------------------------------- what a fault may be

# What an author may have meant to be a header: its brackets and what is between them.
HEADER_LIKE = re.compile(
    rf"""(?![^\w\n-]*+{KEY}[ \t]*=[ \t]*["'\d\[{{])
    (?:[ \t]*(?=\[)|[^\w\n-]*?(?=\[[ \t]*[\[A-Za-z])|[ \t]*(?=[\w.-]+\]+[ \t]*(?:\#|$)))
    (\[*)([^\]\n\#=]*)(\]*)""",
    re.MULTILINE | re.VERBOSE,
)


def _repairs(text: str, fault: Fault) -> Iterator[Repair]:
    """Give what a fault may be, the likeliest first; the last one is taken unproved."""
    here = _statement(text, fault.at)
    header = HEADER.match(text, here.start)
    whole = header and len(header[1]) == len(header[3])
    clash = fault.reason.startswith("Cannot") and here.braces is None
    for start, string in [long for long in here.strings if long[1][0] < fault.at][-1:]:
        yield from _endless_string(text, start, string)
    if header and whole and clash:
        yield from _clashing_header(text, header)
    elif not whole and (guess := _header_like(text, here.start)):
        yield from _broken_header(text, here.start, *guess)
    elif here.unclosed is not None and not fault.reason.startswith("Expected ']"):
        yield _unclosed(text, here.unclosed, _mend(text, here.start, here.end))
    elif clash:
        yield _clashing_key(text, here)
    else:
        yield from _reworded(text, fault, here)


def _endless_string(text: str, start: int, string: Stretch) -> Iterator[Repair]:
    """Suppose that a long string was meant to end before some line in it."""
    for following in (NEXT_STATEMENT, NEXT_HEADER):
        if line := following.search(text, _line_end(text, string[0]), string[1]):
            header = _header_like(text, start)
            mended = _mend(text, start, line.start(), header[0] if header else "")
            yield _unclosed(text, string[0], mended)


def _unclosed(text: str, at: int, mended: str) -> Repair:
    mark = text[at : at + 3] if text.startswith(LONG_QUOTES, at) else text[at]
    what = {"[": "this list is", "{": "these braces are"}.get(mark, "this string is")
    hint = f"put `{ {'[': ']', '{': '}'}.get(mark, mark) }` at the end"
    if mark in ("'", '"'):
        hint += f"; a string of several lines stands between `{mark * 3}`"
    return Repair((at, _line_end(text, at)), f"{what} not closed", hint, mended)


def _broken_header(text: str, start: int, guess: str, meant: str) -> Iterator[Repair]:
    end = _line_end(text, start)
    message = "this header is not whole, or not alone on its line"
    for header in (guess, _fresh_header(text, start)):
        mended = _mend(text, start, end, header)
        yield Repair((start, end), message, f"write `{meant}` on a line of its own", mended)


def _header_like(text: str, start: int) -> tuple[str, str] | None:
    """Return the header that a broken line may be, to go on with and to advise."""
    found = HEADER_LIKE.match(text, start)
    if not found:
        return None
    opening, inside, closing = (part.strip() for part in found.groups())
    form = "[[{}]]" if "[[" in opening or "]]" in closing else "[{}]"
    guess = form.format(".".join(re.findall(BARE, inside)))
    return guess, form.format(inside if re.fullmatch(KEY, inside) else "name")


def _clashing_header(text: str, header: re.Match[str]) -> Iterator[Repair]:
    """Explain a header that an earlier line leaves no room for."""
    start, end = header.span()
    keys, at = header[2], (header.start(1), header.end(3))
    names, _ = _names(text, header.start(2))
    _, span = _deepest(Scan(text[:start]), (), names)
    there, line = text[slice(*span.value)], _line(text, span.value[0])
    echo = False
    mended = [_mend(text, start, end, _fresh_header(text, start))]
    if not span.is_header:
        message = f"`{keys}` cannot be a table: line {line} gives it, or a part of it, a value"
        hint = "give one of the two another name"
    elif header[1] == "[":
        message = f"`[{keys}]` comes again, after line {line}"
        hint = f"put its keys together below line {line}"
        if there.startswith("[["):
            hint = f"write `[[{keys}]]` to begin another one"
        mended.insert(0, _mend(text, start, end, f"[[{keys}]]"))
    else:
        message = f"`[[{keys}]]` does not go with `{there}` on line {line}"
        hint = "write both in double brackets if there are several of them"
        if len(NAME.findall(there)) > len(names):
            message = f"`{there}` stands before its `[[{keys}]]`"
            hint = f"write the `[[{keys}]]` that it belongs to above it"
            at, echo = span.value, True
        same = rf"(?m)^[ \t]*\[\[?[ \t]*{re.escape(keys)}[ \t]*[.\]].*$"
        before = re.sub(same, lambda m: _fresh_header(text, m.start()), text[:start])
        mended.insert(0, before + text[start:])  # or else every later `[[keys]]` is told, too
    for repaired in mended:
        yield Repair(at, message, hint, repaired, echo)


def _clashing_key(text: str, here: Statement) -> Repair:
    """Explain a key that an earlier line leaves no room for."""
    before = Scan(text[: here.start])
    names, _ = _names(text, here.start)
    known, span = _deepest(before, before.table, names)
    at, line = (names[0][1][0], names[-1][1][1]), _line(text, span.key[0])
    key = text[slice(*at)]
    if known < len(names) or span.is_header:
        message = f"`{key}` cannot be added to what line {line} gives"
        hint = "put all that belongs together in one place"
        return Repair(at, message, hint, _mend(text, here.start, here.end))
    message = f"the key `{key}` is given twice in this table"
    hint = f"it is first given on line {line}: keep one of the two"
    header = _fresh_header(text, here.start)  # the next keys, too, may be another table's
    if before.table and isinstance(before.table[-1], int):
        header = text[slice(*before.spans[before.table].value)]
        hint += f", or begin another `{header}` above this one"
    return Repair(at, message, hint, _mend(text, here.start, here.end, header))


def _deepest(scan: Scan, path: Path, names: list[tuple[str, Stretch]]) -> tuple[int, Span]:
    """Return how many of the names there are in the table at `path`, and the last one's span."""
    known, span = 0, Span((0, 0), (0, 0))
    for name, _ in names:
        path = (*scan.last(path), name)
        if path not in scan.spans:
            break
        known, span = known + 1, scan.spans[path]
    return known, span


def _fresh_header(text: str, at: int) -> str:
    """Return the header of a table that no source has: keys below it clash with nothing."""
    return f'["\\u0000{_line(text, at)}"]'


# ---------------------------------------------------------------------------- wording

# How tomli's words begin, what stands there, our words, the way out.
WORDINGS = (
    ("", r"[“”„‟‘’‚«»]", "{} is a typographic quotation mark", 'TOML wants the plain one, `"`'),
    ("", r"\r", "a carriage return stands alone here", "end lines with a line feed"),
    ("", r"\ufeff", "an invisible byte order mark stands here", "delete it"),
    ("Invalid statement", r"\w+", "{} is not a plain key",
     "put a key in quotes if it has letters other than a–z"),
    ("Invalid statement", r".", "no line can begin with {}",
     "a line is `key = value`, a `[header]` or a `# comment`"),
    ("Expected '='", r":", "a key and its value are joined by `=`, not by `:`", "write `=` here"),
    ("Expected '='", r"(?<=\w)\w+", "a plain key has no {} in it",
     "put a key in quotes if it has letters other than a–z"),
    ("Expected '='", r"\S*", "there is no `=` after the key",
     'a key is one word, then `=`, then its value; text of several lines stands between `"""`'),
    ("Expected newline", r"\[\[?[^\]\n]*\].*", "this header is not alone on its line",
     "begin a new line for it"),
    ("Expected newline", rf"{KEY}[ \t]*=.*", "this key is not at the beginning of a line",
     "begin a new line for it"),
    ("Expected newline", r",.*", "the value ends before this", "put a list between `[` and `]`"),
    ("Expected newline", r'(?:(?<=")|(?<=" )).*', "the string ends before this",
     'write `\\"` for a quotation mark inside a string'),
    ("Expected newline", r"(?:(?<=')|(?<=' )).*", "the string ends before this",
     'put a string with an apostrophe in it between `"`'),
    ("Expected newline", r"(?:(?<=\d)|(?<=\d )).*", "the number ends before this",
     "put text in quotes; a number begins with no 0, a date is written 1922-04-16"),
    ("Expected newline", r".*", "the value ends before this",
     "put text in quotes, a remark behind `#`"),
    ("Invalid initial", r"\S?", "there is no key here",
     "a key is made of letters a–z, digits, `_` and `-`; any other stands in quotes"),
    ("Expected ']", r"\S?", "this header is not closed",
     "put `]` at its end; no bracket stands before `key = value`"),
    ("Unclosed array", r"[^\s,\]]*", "there is no comma before this",
     "put each text in quotes, and a comma between two values"),
    ("Unclosed inline", r"[^\s,}]*", "there is no comma before this",
     "put a comma between two keys"),
    ("Cannot", r"\{[^\n}]*\}?", "two keys in these braces do not go together",
     "give each key one value"),
    ("Duplicate", r"\{[^\n}]*\}?", "a key is given twice in these braces", "keep one of the two"),
    ("Unescaped", r"\\.?", "{} has no meaning in a string",
     "write `\\\\` for a backslash, or put the string between `'`"),
    ("Invalid hex", r"\\\w*", "{} does not give a character's number",
     "`\\x` takes 2 hexadecimal digits, `\\u` 4, `\\U` 8; write `\\\\` for a backslash"),
    ("Escaped", r"\\(?:u.{4}|U.{8})", "{} is no character", "look up its number"),
    ("Illegal", r".", "{} is a control character", "delete it"),
    ("Found invalid", r".", "{} is a control character", "delete it"),
    ("Invalid date", r"[\d-]+", "there is no day {}", "a date is written 1922-04-16"),
    ("Invalid value", r"(?=[\s#]|\Z)", "there is no value here", "write one, text in quotes"),
    ("Invalid value", r"[,\]}]", "there is no value before {}", "write one, text in quotes"),
    ("Invalid value", r"(?i:true|false)\b", "{} is not a value", "write `true` or `false`"),
    ("Invalid value", r"[\d.+-][^\s,\]}#]*", "{} is not a number",
     "put text in quotes; a number is written 12 or 0.5, a date 1922-04-16"),
    ("Invalid value", r"[^\n,\]}#]*[^\s,\]}#]|.", "{} is not a value", "put text in quotes"),
    ("Too deep", r".", "this is nested too deeply", "use fewer brackets or dots"),
    ("Too long", r"\d*", "this number has too many digits", "put it in quotes"),
    ("", r"\S?", "TOML does not allow this", ""),
)  # fmt: skip


def _reworded(text: str, fault: Fault, here: Statement) -> Iterator[Repair]:
    """Say what tomli says in an author's words."""
    at = fault.at
    if fault.reason.startswith(("Unescaped", "Invalid hex", "Escaped")):
        at = text.rfind("\\", 0, at)
    elif fault.reason.startswith(("Cannot", "Duplicate")) and here.braces is not None:
        at = here.braces
    elif fault.reason.startswith("Too long"):
        at = len(text[:at].rstrip("0123456789_"))
    found, message, hint = next(
        (found, message, hint)
        for reason, pattern, message, hint in WORDINGS
        if fault.reason.startswith(reason) and (found := re.compile(pattern).match(text, at))
    )
    end, lines = here.end, [""]
    if header := HEADER.match(text, here.start) or HEADER.match(text, fault.at):
        end = header.end()
        lines = [header[1] + header[2] + header[3], _fresh_header(text, here.start)]
    for line in lines:
        mended = _mend(text, here.start, end, line)
        yield Repair(found.span(), message.format(_shown(found[0])), hint, mended)


def _shown(text: str) -> str:
    if len(text) == 1 and not text.isprintable():
        return f"U+{ord(text):04X}"
    return f"`{text}`" if len(text) <= LONGEST_QUOTE else f"`{text[:LONGEST_QUOTE]}…`"
