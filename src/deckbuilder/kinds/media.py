"""The picture and the sound that a fact of any kind may have -> the model's, or what is amiss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckbuilder.kinds.kind import Flaw, Values
from deckbuilder.media.medium import NOTHING, Asset, Media
from deckbuilder.schema import MEDIA, Key
from deckbuilder.toml import Path

KEYS = tuple(key.name for key in MEDIA)


def check(values: Values) -> Iterable[Flaw]:
    """A picture has words for those who cannot see it; what is said of media has media."""
    return _flaws(values) if any(map(values.get, KEYS)) else ()


def _flaws(values: Values) -> Iterator[Flaw]:
    for key in MEDIA:
        if values[key.name] and key.needs and not any(map(values.get, key.needs)):
            yield _alone(key)


def _alone(key: Key) -> Flaw:
    if key.name == "image":
        return Flaw(
            "image",
            "missing-alt",
            "this picture has no `alt`",
            "add `alt`: the words that would do if nobody could see the picture",
        )
    wanted = " or ".join(f"`{name}`" for name in key.needs)
    return Flaw(
        key.name,
        "no-media",
        f"`{key.name}` is given, but no {wanted} that it is about",
        f'name the file, as in image = "media/lake.jpg", or take `{key.name}` out',
    )


def compose(values: Values, at: Path) -> Media:
    """Return the media of the fact at a path, their files not yet read."""
    if not (values["image"] or values["audio"]):
        return NOTHING

    def asset(key: str) -> Asset | None:
        return Asset(values[key], (*at, key)) if values[key] else None

    front = values["media"] == "front"
    return Media(asset("image"), values["alt"], asset("audio"), values["credit"], front)
