"""The logical structure of a document: its elements, and what of the pages belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PAGE = 20  # bits of a mark that hold its number on its page, below those of the page


class Element:
    """A structure element: its role, its children, and what a screen reader says of it (`alt`).

    `actual`: the words themselves, where their letters are drawn as others, in capitals.
    Children are declared with `add`; an `inline` element (a link within a paragraph) is not, it
    comes where its parent's text has come to when it is first painted.
    """

    __slots__ = ("actual", "alt", "attributes", "children", "inline", "parent", "role")

    def __init__(
        self,
        role: str,
        parent: Element | None = None,
        *,
        alt: str = "",
        actual: str = "",
        attributes: dict[str, dict[str, object]] | None = None,
        inline: bool = False,
    ) -> None:
        self.role, self.parent, self.inline = role, parent, inline
        self.alt, self.actual = alt, actual
        self.attributes = attributes or {}
        self.children: list[Element] = []

    def add(self, role: str, **more: Any) -> Element:
        """Append a child and return it."""
        child = Element(role, self, **more)
        self.children.append(child)
        return child


# a stretch of a page's content, page and number in one: a long deck has 100,000 of them
Mark = int


def mark(page: int, number: int) -> Mark:
    """Return the mark of a page's stretch with a number."""
    return page << PAGE | number


def place(mark: Mark) -> tuple[int, int]:
    """Return a mark's page and number."""
    return mark >> PAGE, mark & (1 << PAGE) - 1


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's hot area, by its name in the file."""

    page: int
    name: str


Content = Mark | Annotation | Element
