"""A text or content -> the HTML of an Anki field. `escape` is the only door for characters.

The tags written here are frozen with the note types: another tag would change every learner's note.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from deckbuilder.content import Ask, Block, Content, Items, Paragraph, Table
from deckbuilder.text.tree import Bold, Code, Gap, Inline, Italic, Link, Math, Sub, Sup, Text, Words

TAGS = {Bold: "b", Italic: "i", Sub: "sub", Sup: "sup"}


# what Anki or MathJax would find a meaning in -> the same to the eye, without it
HARMLESS = {
    "[": "&#91;",  # [sound:…], [latex], [anki:…]
    "{": "&#123;",  # templates, clozes
    "}": "&#125;",
    "::": ":&#58;",  # a cloze's hint
    "image-occlusion:": "image-occlusion&#58;",  # a cloze that is a shape
    "\u0338": "&#824;",  # Anki composes characters: a tag's `>` with this one, too
}
SPECIAL = re.compile("[&<>\\[{}:\u0338]|" + re.escape("\\"))  # the first of what is escaped below
MEANT = re.compile("|".join(map(re.escape, HARMLESS)))
BRACKETED = re.compile(r"/?(sound:|anki:|latex|\$)")
FORMULA = re.compile(r"\\(?=[(\[])")


def escape(characters: str) -> str:
    """Return characters that Anki shows as they are: no HTML, cloze, sound or formula in them."""
    if not SPECIAL.search(characters):  # nearly every text
        return characters
    parts = (_escaped(part) for part in FORMULA.split(characters))
    return r"<span>\</span>".join(parts)  # MathJax finds no formula across a tag


def _escaped(characters: str) -> str:
    """Return characters for where no tag may stand: within a formula, an address, a text."""
    return MEANT.sub(lambda found: HARMLESS[found[0]], html.escape(characters, quote=False))


def attribute(characters: str) -> str:
    """Return characters for the value of an attribute in double quotes."""
    return _escaped(characters).replace('"', "&quot;")


def render(text: Text) -> str:
    """Return a text as HTML; a gap as Anki's cloze."""
    if len(text) == 1 and type(text[0]) is Words:  # nearly every text
        return escape(text[0].text)
    return "".join(map(_inline, text))


def _inline(node: Inline) -> str:
    # the most frequent first, told apart by what is quickest
    if isinstance(node, Words):
        return escape(node.text)
    if isinstance(node, Gap):
        return f"{{{{c{node.number}::{render(node.inside)}{_hint(node.hint)}}}}}"
    if isinstance(node, Code):
        return f"<code>{escape(node.text)}</code>"
    if isinstance(node, Math):
        return rf"\({_escaped(node.tex)}\)"
    if isinstance(node, Link):
        return f'<a href="{_escaped(node.url)}">{render(node.inside)}</a>'
    tag = TAGS[type(node)]
    return f"<{tag}>{render(node.inside)}</{tag}>"


def _hint(hint: str) -> str:
    if not hint:
        return ""
    # Anki sets a hint in brackets: [sound:…] and the like would come to life there
    apart = "<span></span>" if BRACKETED.match(hint) else ""
    return f"::{apart}{escape(hint)}"


def render_content(content: Content) -> str:
    """Return blocks as HTML; the first paragraph bare, so that Anki's browser lists it well."""
    if content and isinstance(content[0], Paragraph):
        return "".join((render(content[0].text), *map(_block, content[1:])))
    return "".join(map(_block, content))


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{render(text)}</p>"
        case Ask(words):
            return f'<p class="ask">{escape(words)}</p>'
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            entries = "".join([f"<li>{render(item)}</li>" for item in items])
            return f"<{tag}>{entries}</{tag}>"
        case Table(head, rows):
            lines = [
                _cells(head, "th"),
                *(_cells(row[:1], "th") + _cells(row[1:], "td") for row in rows),
            ]
            made = "".join(f"<tr>{line}</tr>" for line in lines)
            return f'<div class="wide"><table>{made}</table></div>'


def _cells(texts: Sequence[Text], tag: str) -> str:
    return "".join([f"<{tag}>{render(text)}</{tag}>" for text in texts])
