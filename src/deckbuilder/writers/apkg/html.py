"""A text or content -> the HTML of an Anki field. `escape` is the only door for characters.

The tags written here are frozen with the note types: another tag would change every learner's note.
"""

from __future__ import annotations

import html

from deckbuilder.model import Ask, Block, Content, Items, Paragraph
from deckbuilder.text.tree import Bold, Code, Gap, Inline, Italic, Link, Math, Sub, Sup, Text, Words

TAGS = {Bold: "b", Italic: "i", Sub: "sub", Sup: "sup"}


def escape(characters: str) -> str:
    """Return characters that Anki shows as they are: no HTML, cloze, sound or formula in them."""
    safe = html.escape(characters, quote=False).replace("[", "&#91;").replace("\\(", "\\&#40;")
    return safe.replace("::", ":&#58;").replace("{", "&#123;").replace("}", "&#125;")


def render(text: Text) -> str:
    """Return a text as HTML; a gap as Anki's cloze."""
    return "".join(_inline(node) for node in text)


def _inline(node: Inline) -> str:
    match node:
        case Words(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Math(tex):
            return rf"\({escape(tex)}\)"
        case Link(inside, url):
            return f'<a href="{escape(url)}">{render(inside)}</a>'
        case Gap(inside, number, hint):
            shown = f"::{escape(hint)}" if hint else ""
            return f"{{{{c{number}::{render(inside)}{shown}}}}}"
        case _:
            tag = TAGS[type(node)]
            return f"<{tag}>{render(node.inside)}</{tag}>"


def render_content(content: Content) -> str:
    """Return blocks as HTML; the first paragraph bare, so that Anki's browser lists it well."""
    return "".join(_block(block, first=n == 0) for n, block in enumerate(content))


def _block(block: Block, *, first: bool) -> str:
    match block:
        case Paragraph(text):
            return render(text) if first else f"<p>{render(text)}</p>"
        case Ask(words):
            return f'<p class="ask">{escape(words)}</p>'
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            rows = "".join(f"<li>{render(item)}</li>" for item in items)
            return f"<{tag}>{rows}</{tag}>"
