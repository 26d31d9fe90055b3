"""A rule about what a text brings along when it was copied from elsewhere, and came out broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.lint.raised import outside
from deckbuilder.lint.written import Written
from deckbuilder.rule import Finding, Needed, rule

LOST = "\ufffd"  # stands where a program could not read a character
BEHIND = r"[\u0080-\u00bf€ƒˆŠŒŽ™š›œžŸ‰]"  # as Windows reads what follows the first byte of a letter
MISREAD = re.compile(rf"[ÂÃ]{BEHIND}|â€.")
QUOTES = "“”„"
LONE = re.compile(rf"[{QUOTES}][^{QUOTES}]*|[^{QUOTES}]*[^\d{QUOTES}][“”]")  # `3”` are inches
SIGN = r"&(?:#\d{2,6}|#x[\da-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});"
ENTITY = re.compile(SIGN)
BOLD = "**"
# no power, no call as f(**options), and no other star: not "**p < 0.01, *p < 0.05"
OPENS = re.compile(r"[^*]*(?<![\w*])(?<!\w\()\*\*(?=[^\W\d_]{2})(?!kwargs|argv)[^*]*")
# a source with a breach has one of these; most have none, or the usual quotation marks alone
TRACES: tuple[Needed, ...] = (
    *map(str.encode, ("â€", LOST, *QUOTES)),
    re.compile(b"\xc3[\x82\x83]"),  # Â or Ã
    re.compile(rb"\*\*"),
    re.compile(SIGN.encode()),
)


@rule(
    "broken-copy",
    "A text has the traces of a copy that went wrong: a character that was lost (`�`), letters "
    "that were misread (`Ã¼` for `ü`), a sign of HTML (`&auml;`), a `**` without its fellow or, at "
    "one of its ends, a curly quotation mark without one.",
    "Cards and print show it as it stands, and learners learn it so.",
    bad="""
[[topic.fact]]
id       = "cafe"
question = "Where did they meet?"
answer   = "in a cafÃ©"
""",
    good="""
[[topic.fact]]
id       = "cafe"
question = "Where did they meet?"
answer   = "in a café"
""",
    severity="warning",
    needs=TRACES,
)
def broken_copy(written: Written) -> Iterator[Finding]:
    """Find the texts of a source that have such traces."""
    for path, text in written.texts:
        if told := _trace(text):
            yield Finding(path, *told)


def _trace(text: str) -> tuple[str, str] | None:
    """Return the first trace in a text, as it is told, and what to do; None if there is none."""
    if LOST in text:
        return f"`{LOST}` stands where a character was lost", "write the character that was there"
    if found := MISREAD.search(text):
        meant = found[0].encode("cp1252", "ignore").decode("utf-8", "ignore")
        hint = f"write `{meant}`" if meant.isprintable() and meant else "write what was meant"
        return f"`{found[0]}` is a character that was misread", f"{hint}, or copy the text again"
    if LONE.fullmatch(text.strip()):
        return _lone(next(one for one in text if one in QUOTES), "take it away, or write both")
    if "&" in text and (found := ENTITY.search(outside(text))):
        from html import unescape  # few texts hold such a sign

        meant = unescape(found[0])
        if meant != found[0]:
            code = f"`` `{found[0]}` ``"
            return f"`{found[0]}` is a sign of HTML", f"write `{meant}`, or as code {code}"
    if text.count(BOLD) % 2 and OPENS.fullmatch(outside(text)):
        return _lone(BOLD, r"write both, or take it away; stars that are meant are written \*\*")
    return None


def _lone(mark: str, hint: str) -> tuple[str, str]:
    return f"`{mark}` has no fellow in this text", hint
