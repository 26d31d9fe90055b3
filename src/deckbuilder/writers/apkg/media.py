"""The picture and the sound of a fact -> their HTML in the fields of a note.

With the answer they stand in fields of their own, which the templates show on every back. With the
question the picture stands in the question's own field, for the templates are the same for all
facts; the sound has a field of its own there, too.
"""

from __future__ import annotations

from deckbuilder.media.medium import Media
from deckbuilder.writers.apkg.html import attribute, render
from deckbuilder.writers.apkg.notetypes import ASKED_AUDIO


def fields(media: Media) -> dict[str, str]:
    """Return what the fields Image, Audio and Front Audio hold.

    The credit, which may well name what is asked for, is always on the back.
    """
    if not (media.image or media.audio or media.credit):  # nearly every fact
        return {}
    credit = f'<div class="credit">{render(media.credit)}</div>' if media.credit else ""
    image = "" if media.front else _image(media)
    return {"Image": image + credit, ASKED_AUDIO if media.front else "Audio": _audio(media)}


def with_question(media: Media) -> str:
    """Return the picture that follows a question, "" for what belongs to the answer."""
    image = _image(media) if media.front else ""
    return f'<div class="media">{image}</div>' if image else ""


def _image(media: Media) -> str:
    # the address comes first: that is where Anki looks for it
    image = media.image
    return f'<img src="{attribute(image.name)}" alt="{attribute(media.alt)}">' if image else ""


def _audio(media: Media) -> str:
    return f"[sound:{media.audio.name}]" if media.audio else ""
