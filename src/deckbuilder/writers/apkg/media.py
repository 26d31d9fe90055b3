"""The picture and the sound of a fact -> their HTML in the fields of a note.

With the answer they stand in fields of their own, which the templates show on every back. With the
question they stand in the question's own field: the templates are the same for all facts.
"""

from __future__ import annotations

from deckbuilder.media.medium import Media
from deckbuilder.writers.apkg.html import attribute, render


def fields(media: Media) -> dict[str, str]:
    """Return what the fields Image and Audio hold.

    The credit, which may well name what is asked for, is always on the back.
    """
    credit = f'<div class="credit">{render(media.credit)}</div>' if media.credit else ""
    image, audio = ("", "") if media.front else (_image(media), _audio(media))
    return {"Image": image + credit, "Audio": audio}


def with_question(media: Media) -> str:
    """Return what follows a question, "" for what belongs to the answer."""
    shown = (_image(media), _audio(media)) if media.front else ()
    return "".join(f'<div class="media">{html}</div>' for html in shown if html)


def _image(media: Media) -> str:
    # the address comes first: that is where Anki looks for it
    image = media.image
    return f'<img src="{attribute(image.name)}" alt="{attribute(media.alt)}">' if image else ""


def _audio(media: Media) -> str:
    return f"[sound:{media.audio.name}]" if media.audio else ""
