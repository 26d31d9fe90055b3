"""The logical structure of a document: its elements, and what of the pages belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# a stretch of a page's marked sequences, which follow on each other: its page, how many more they
# are than one, the first one's number, all in one integer, as a long deck has 100,000 of them
Stretch = int
MORE, PAGE = 20, 40  # where in it these begin, by bits
FIRST = (1 << MORE) - 1

Attributes = Mapping[str, Mapping[str, object]]  # by their owner, as PDF names it


class Element:
    """A structure element: its role, its children, and what of the pages is its own.

    Children are declared with `add`, and know nothing of what they are in, but who comes behind
    them: a tree without cycles is gone as soon as nobody needs it.
    `attributes`: those that PDF knows of the role.
    `content`: what of the pages has been painted for it, in that order; one piece is not in a list,
    as most elements have one.
    `number`: that of its object in the file, once that is written.
    """

    # a long deck has 6 for each fact, so there is no list of children, and little that few have
    __slots__ = ("attributes", "content", "first", "last", "next", "number", "role")
    alt = actual = ""
    holder: Element | None = None

    def __init__(self, role: str, attributes: Attributes | None = None) -> None:
        self.role, self.attributes, self.number = role, attributes, 0
        self.content: Content | list[Content] | None = None
        self.first: Element | None = None
        self.last: Element | None = None
        self.next: Element | None = None

    def add(
        self, role: str, alt: str = "", actual: str = "", attributes: Attributes | None = None
    ) -> Element:
        """Append a child and return it."""
        if alt or actual:
            child: Element = Described(role, None, alt, actual, attributes)
        else:
            child = Element(role, attributes)
        if self.last is None:  # as `take` does, 6 times for each fact
            self.first = child
        else:
            self.last.next = child
        self.last = child
        return child

    def detached(self, role: str) -> Element:
        """Return a child that is to come behind others which are not there yet: see `take`."""
        return Element(role)

    def take(self, child: Element) -> None:
        """Append a child."""
        if self.last is None:
            self.first = child
        else:
            self.last.next = child
        self.last = child

    def release(self) -> Element | None:
        """Return the first of its children, which are no more its own; each knows the next one.

        So each is gone once it is not needed.
        """
        child, self.first, self.last = self.first, None, None
        return child

    def own(self, content: Content) -> None:
        """Note what has been painted for it."""
        before = self.content
        if before is None:
            self.content = content
        elif isinstance(before, list):
            joined = _joined(before[-1], content)
            before[-1:] = [before[-1], content] if joined is None else [joined]
        else:
            joined = _joined(before, content)
            self.content = [before, content] if joined is None else joined

    @property
    def painted(self) -> list[Content]:
        """What has been painted for it, as a list."""
        content = self.content
        return content if isinstance(content, list) else [] if content is None else [content]


class Described(Element):
    """An element that says more than its content, or stands within the text of another.

    `alt`: what a screen reader says of it.
    `actual`: the words themselves, where their letters are drawn as others, in capitals.
    `holder`: whose text it is in, as a link is in that of a paragraph. It is not declared, it comes
    where that text has come to when it is first painted.
    """

    __slots__ = ("actual", "alt", "holder")

    def __init__(
        self,
        role: str,
        holder: Element | None = None,
        alt: str = "",
        actual: str = "",
        attributes: Attributes | None = None,
    ) -> None:
        super().__init__(role, attributes)
        self.holder, self.alt, self.actual = holder, alt, actual


class Annotation(NamedTuple):
    """A link's hot area, by its name in the file."""

    page: int
    name: str


Content = Stretch | Annotation | Element


def stretch(page: int, number: int) -> Stretch:
    """Return a page's marked sequence as a stretch of one."""
    return page << PAGE | number


def _joined(one: Content, other: Content) -> Stretch | None:
    """Return a stretch and the sequence behind it as one stretch, None if they are not that."""
    if not isinstance(one, int):
        return None
    behind = (one >> PAGE << PAGE) + (one & FIRST) + (one >> MORE & FIRST) + 1
    return one + (1 << MORE) if other == behind else None
