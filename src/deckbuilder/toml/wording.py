"""What tomli says of a text that it does not accept -> where the fault is, in an author's words."""

from __future__ import annotations

import re
from typing import NamedTuple

from deckbuilder.toml.load import Fault
from deckbuilder.toml.scan import KEY, Stretch

LONGEST_QUOTE = 40  # characters of the source repeated in a message


class Worded(NamedTuple):
    """Where a fault is, what is wrong, and the way out."""

    at: Stretch
    message: str
    hint: str


LAST = r"(?=[ \t]*(?:#|\n|\Z))"  # nothing follows on the line but a remark
PLAIN = "the keys of a source, such as `answer`, have no letters but a–z"
# How tomli's words begin, what stands there, our words, the way out.
WORDINGS = (
    ("", r"[“”„‟‘’‚«»]", "{} is a typographic quotation mark", 'TOML wants the plain one, `"`'),
    ("", r"\ufeff", "an invisible byte order mark stands here", "delete it"),
    ("Invalid statement", r"\w+", "{} is not a plain key", PLAIN),
    ("Invalid statement", r".", "no line can begin with {}",
     "a line is `key = value`, a `[header]` or a `# comment`"),
    ("Expected '='", r":", "a key and its value are joined by `=`, not by `:`", "write `=` here"),
    ("Expected '='", r"(?<=\w)\w+", "a plain key has no {} in it", PLAIN),
    ("Expected '='", r"\S*", "there is no `=` after the key",
     'a key is one word, then `=`, then its value; text of several lines stands between `"""`'),
    ("Expected newline", r"\[\[?[^\]\n]*\].*", "this header is not alone on its line",
     "begin a new line for it"),
    ("Expected newline", rf"{KEY}[ \t]*=.*", "this key is not at the beginning of a line",
     "begin a new line for it"),
    ("Expected newline", r"//", "a remark begins with `#`, not with {}", "write `#` here"),
    ("Expected newline", rf"[,;]{LAST}", "nothing stands behind a value, no {} either",
     "take it away"),
    ("Expected newline", r"""\+(?=[ \t]*["'])""", "texts are not joined by {}",
     "write them as one text, between one pair of quotation marks"),
    ("Expected newline", r"(?<=\d),\d.*", "a number has no comma in it",
     "put text in quotes; a number is written 1000 or 0.5, a list between `[` and `]`"),
    ("Expected newline", r",.*", "the value ends before this", "put a list between `[` and `]`"),
    ("Expected newline", r'(?:(?<=")|(?<=" )).*', "the string ends before this",
     'write `\\"` for a quotation mark inside a string'),
    ("Expected newline", r"(?<=\\').*", "the string ends before this",
     "between `'` a backslash is a character: write ' alone, and put the string between `'''`"),
    ("Expected newline", r"(?:(?<=')|(?<=' )).*", "the string ends before this",
     'put a string with an apostrophe in it between `"`'),
    ("Expected newline", r"(?<![\d-]\d{4})(?<=\d{4})-\d\d-\d\d(?!\d).*", "there is no such day",
     "mend the month or the day"),
    ("Expected newline", r"(?:(?<=\d)|(?<=\d )).*", "the number ends before this",
     "put text in quotes; a number begins with no 0, a date is written 1922-04-16"),
    ("Expected newline", r".*", "the value ends before this",
     "put text in quotes, a remark behind `#`"),
    ("Invalid initial", r"\S?", "there is no key here",
     "a key is made of letters a–z, digits, `_` and `-`; any other stands in quotes"),
    ("Expected ']", r"\S?", "this header is not closed",
     "put `]` at its end; no bracket stands before `key = value`"),
    ("Unclosed", r"//", "a remark begins with `#`, not with {}", "write `#` here"),
    ("Unclosed", r";", "the values of a list are parted by commas, not by {}", "write `,` here"),
    ("Unclosed", r"""\+(?=[ \t]*["'])""", "texts are not joined by {}",
     "write them as one text, between one pair of quotation marks"),
    ("Unclosed array", r"[^\s,\]]*", "there is no comma before this",
     "put each text in quotes, and a comma between two values"),
    ("Unclosed inline", r"[^\s,}]*", "there is no comma before this",
     "put a comma between two keys"),
    ("Cannot", r"\{[^\n}]*\}?", "two keys in these braces do not go together",
     "give each key one value"),
    ("Duplicate", r"\{[^\n}]*\}?", "a key is given twice in these braces", "keep one of the two"),
    ("Unescaped", r"\\'", "{} has no meaning in a string", "write `'` alone here"),
    ("Unescaped", r"\\.?", "{} has no meaning in a string",
     "write `\\\\` for a backslash, or put the string between `'`; a path has `/` in it"),
    ("Invalid hex", r"\\\w*", "{} does not give a character's number",
     "`\\x` takes 2 hexadecimal digits, `\\u` 4, `\\U` 8; write `\\\\` for a backslash"),
    ("Escaped", r"\\(?:u.{4}|U.{8})", "{} is no character", "look up its number"),
    ("Illegal", r".", "{} is a control character", "delete it"),
    ("Found invalid", r".", "{} is a control character", "delete it"),
    ("Invalid date", r"[\d-]+", "there is no day {}", "a date is written 1922-04-16"),
    ("Invalid value", r"//", "a remark begins with `#`, not with {}", "write `#` here"),
    ("Invalid value", r"(?=[\s#]|\Z)", "there is no value here", "write one, text in quotes"),
    ("Invalid value", r"[,\]}]", "there is no value before {}", "write one, text in quotes"),
    ("Invalid value", r"(?i:true|false)\b", "{} is not a value", "write `true` or `false`"),
    ("Invalid value", rf"(?i:yes|no|on|off){LAST}", "{} is not a value",
     "write `true` or `false`; put text in quotes"),
    ("Invalid value", r"[\d.+-][^\s,\]}#]*", "{} is not a number",
     "put text in quotes; a number is written 12 or 0.5, a date 1922-04-16"),
    ("Invalid value", r"[^\n,\]}#]*[^\s,\]}#]|.", "{} is not a value", "put text in quotes"),
    ("Too deep", r".", "this is nested too deeply", "use fewer brackets or dots"),
    ("Too long", r"\d*", "this number has too many digits", "put it in quotes"),
    ("", r"\S?", "TOML does not allow this", ""),
)  # fmt: skip


def worded(text: str, fault: Fault, braces: int | None) -> Worded:
    """Return what a fault is; `braces`: where those begin that it is in, if it is in any."""
    at = fault.at
    if fault.reason.startswith(("Unescaped", "Invalid hex", "Escaped")):
        at = text.rfind("\\", 0, at)
    elif fault.reason.startswith(("Cannot", "Duplicate")) and braces is not None:
        at = braces
    elif fault.reason.startswith("Too long"):
        at = len(text[:at].rstrip("0123456789_"))
    found, message, hint = next(
        (found, message, hint)
        for reason, pattern, message, hint in WORDINGS
        if fault.reason.startswith(reason) and (found := re.compile(pattern).match(text, at))
    )
    return Worded(found.span(), message.format(_shown(found[0])), hint)


def _shown(text: str) -> str:
    if len(text) == 1 and not text.isprintable():
        return f"U+{ord(text):04X}"
    return f"`{text}`" if len(text) <= LONGEST_QUOTE else f"`{text[:LONGEST_QUOTE]}…`"
