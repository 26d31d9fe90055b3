"""What learners have of a deck, in all releases that are known -> what a lock breaks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from deckbuilder.lock import Known, Line, Lock, read_rows
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.ahead import ahead
from deckbuilder.publishing.changelog import section
from deckbuilder.publishing.lost import REPAIR, TAKE_BACK, had_again, made_anew
from deckbuilder.publishing.past import tagged, unheard
from deckbuilder.publishing.present import current_changelog
from deckbuilder.publishing.repair import saying
from deckbuilder.publishing.standing import Standing
from deckbuilder.publishing.version import tag_of, version_in
from deckbuilder.versions import numbers

MEND = f"{REPAIR}that learners have"
LAST = "name the package that learners have of it: --last"


def untagged(stands: Standing) -> Iterator[Obstacle]:
    """Yield the newest release that lock or changelog know if it, and all later ones, are missing.

    What learners have of it nobody can tell then, nor whether a number was given before.
    """
    deck, lock, shipped = stands.deck, stands.lock, stands.shipped
    since = max({line.since for line in lock.lines.values()} - {""}, key=numbers, default="")
    here = [version for *_, version in tagged(stands.root, deck)]
    here += [shipped.version] if shipped else []
    tag, ways = unheard(stands.changelog, deck, here), LAST
    out = version_in(tag)
    is_missing = bool(since) and numbers(since) > max(map(numbers, here), default=())
    if is_missing and numbers(since) >= numbers(out):
        yield Obstacle(
            f"{since} went out, says the lock, and its tag {tag_of(deck.id, since)} is not here",
            f"git fetch --tags; if it never had one, {ways}; {TAKE_BACK}",
        )
    elif out in here:
        yield Obstacle(
            f"{out} went out twice, says CHANGELOG.md, and {tag} can be one of them alone",
            f"of the other, {ways}; if it is the same, join its parts",
        )
    elif tag:
        yield Obstacle(
            f"{out} went out, says CHANGELOG.md, and its tag {tag} is not here",
            f"git fetch --tags; if it never had one, {ways}; if it never went out, head its part"
            " Unreleased",
        )


def without_tag(root: Path, deck: Deck) -> Obstacle | None:
    """Return that the release which a source is of has no tag here, if it is so."""
    said, _ = current_changelog(root)
    tag = tag_of(deck.id, deck.version)
    if git.tags(root, tag) or section(said, deck.id, deck.version) is None:
        return None
    return Obstacle(
        f"{deck.id} {deck.version} has a part in CHANGELOG.md, and its tag {tag} is not here",
        f"git fetch --tags; {TAKE_BACK}",
    )


def unkept(stands: Standing, own: str = "") -> Iterator[Obstacle]:
    """Yield each promise to learners that a release would break.

    `own`: the version that lines of its own have; "" while they are drafts.
    """
    lock, before, shipped = stands.lock, stands.before, stands.shipped
    if anew := made_anew(stands.root, stands.deck, lock, stands.known):
        yield anew
        return
    yield from ahead(stands, own)
    if before:
        way = f"{had_again(stands.root, stands.deck, stands.known)}; or: {MEND}"
        yield from unseen(lock, before.built.lock, before.release.tag, way)
    yield from reused(stands, own)
    if shipped:
        yield from unseen(lock, shipped.lock, f"the package of {shipped.version}")


def unseen(lock: Lock, before: Lock, where: str, way: str = MEND) -> Iterator[Obstacle]:
    """Yield the notes that Anki would not update, though they are not as learners have them."""
    now = {line.guid: (key, line) for key, line in lock.lines.items() if key[0]}
    for (fact, kind), line in sorted(before.lines.items()):
        found = now.get(line.guid) if fact else (("", kind), lock.lines.get(("", kind), line))
        if found is None:
            yield Obstacle(f"`{fact}` is in {where}, and the lock does not know it", way)
        elif found[1].digest != line.digest and found[1].mod <= line.mod:
            yield Obstacle(f"`{fact or kind}` changed since {where}, but is not newer", way)


# ---------------------------------------------------------------------------- given twice


class _Out(NamedTuple):
    """What went out: the lock, what to call it, and how to join what the deck does not come of."""

    lock: Lock
    where: str
    merge: str


class _Note(NamedTuple):
    """A note that went out, as it is now and as it was then."""

    fact: str
    now: Line
    then: Line
    out: _Out


class _Claim(NamedTuple):
    """A number of a note that asks for something else than where it went out."""

    note: _Note
    number: int
    now: str
    sold: str


def reused(stands: Standing, own: str) -> Iterator[Obstacle]:
    """Yield each id and each number that went out for one thing, and was given to another since.

    It went out with a release that this one does not come from, or that was taken back: the lock
    knows nothing of it, and a card would go on with the history of another.
    """
    out = [*_gone_out(stands)]
    anew = _anew(stands.lock, out, own)
    yield from anew.values()
    yield from _given_again(stands, out, anew.keys())


def _anew(lock: Lock, out: Sequence[_Out], own: str) -> dict[str, Obstacle]:
    """Return what is wrong with each fact that went out and that the lock has as a new one."""
    found: dict[str, Obstacle] = {}
    for fact, now, then, (_, where, merge) in _notes(lock, out):
        if now.since in ("", own) and now.digest != then.digest and fact not in found:
            found[fact] = Obstacle(
                f"`{fact}` went out with {where}, and the lock has it as a new fact",
                f"if it is another fact, give it another id; if not: {merge}{REPAIR}of {where}"
                " (a lock that a build made anew has to go first)",
            )
    return found


def _given_again(stands: Standing, out: Sequence[_Out], but: Collection[str]) -> Iterator[Obstacle]:
    """Yield the first number of a fact that was given to something else; `but`: not of these."""
    claims, told = _claims(stands, out), {*but}
    files = dict.fromkeys((stands.source, *(release.source for release in stands.known)))
    locks = [file.with_suffix(".lock") for file in files]
    past = _Past(stands.root, locks, {claim.note.now.guid for claim in claims})
    for claim in claims:
        note, number, now, sold = claim
        fact, (_, where, merge) = note.fact, note.out
        if fact not in told and not past.reworded(claim):
            told.add(fact)
            yield Obstacle(
                f"`{fact}`: the gap {number} went out with {where} as `{sold}`, and was given to"
                f" `{now}` since",
                f"{merge}{REPAIR}of {where}, then deckbuilder build;"
                f" or, if both are one thing, give it the number {number} in the source",
            )


def _claims(stands: Standing, out: Sequence[_Out]) -> Collection[_Claim]:
    """Return the numbers that ask for something else now, but for those that the author gave."""
    given = saying(stands.deck).given
    claims: dict[tuple[str, int, str], _Claim] = {}
    for note in _notes(stands.lock, out):
        then = _words((*note.then.numbers.gone, *note.then.numbers.live))
        for number, words in _words(note.now.numbers.live).items():
            sold = then.get(number, words)
            if sold != words and number not in given.get(note.fact, {}):
                claim = _Claim(note, number, words, sold)
                claims.setdefault((note.now.guid, number, sold), claim)
    return claims.values()


def _notes(lock: Lock, out: Sequence[_Out]) -> Iterator[_Note]:
    """Yield each note of what went out that a lock has, too."""
    known = {line.guid: (fact, line) for (fact, _), line in lock.lines.items() if fact}
    for each in out:
        for then in each.lock.lines.values():
            if then.guid in known:
                yield _Note(*known[then.guid], then, each)


def _gone_out(stands: Standing) -> Iterator[_Out]:
    """Yield the package that learners have, and each release, the newest first.

    One that came of what is checked out is none: an old release can be packed again.
    """
    if stands.shipped:
        yield _Out(stands.shipped.lock, stands.shipped.version, "")
    elsewhere = tagged(stands.root, stands.deck, "--no-contains", "HEAD")
    before = {tag for _, tag, _ in elsewhere}
    for release in reversed(stands.known):
        if release.tag in before:
            merge = "" if release.joined else f"git merge {release.tag}; "
            yield _Out(release.lock, release.tag, merge)


def _words(slots: Iterable[Known]) -> dict[int, str]:
    """Return what each number asks for; gaps of one number together."""
    found: dict[int, str] = {}
    for slot in slots:
        found[slot.number] = f"{found.get(slot.number, '')} {slot.words}".lstrip()
    return found


class _Past:
    """What a lock said of some notes, commit by commit. `files`: where it has been."""

    def __init__(self, root: Path, files: Sequence[Path], guids: Collection[str]) -> None:
        self.root, self.files = root, files
        self.guids = [guid.encode() for guid in guids]
        self.commits = git.history(root, files) if guids else {}
        self.said: dict[str, dict[str, dict[int, str]]] = {}  # by commit and guid

    def reworded(self, claim: _Claim) -> bool:
        """Tell whether a number came to its words by rewording: no lock between forgot it."""
        ahead, seen = [*self.commits][:1], set[str]()
        while ahead:
            commit = ahead.pop()
            if commit in seen:
                continue
            seen.add(commit)
            words = self._asked(commit, claim)
            if words == claim.sold:
                return True
            before = {one: self._asked(one, claim) for one in self.commits[commit]}
            known = [one for one in before if before[one]]
            ahead += [one for one in known if before[one] == words] or known
        return False

    def _asked(self, commit: str, claim: _Claim) -> str:
        """Return what a number asked for in a commit; "" if there was none."""
        if commit not in self.said:
            locks = [git.content(self.root, commit, file) or b"" for file in self.files]
            rows = b"\n".join(locks).split(b"\n")
            some = [row for row in rows if any(guid in row for guid in self.guids)]
            self.said[commit] = {
                line.guid: _words((*line.numbers.gone, *line.numbers.live))
                for _, line in read_rows(b"\n".join(some)).lines
            }
        return self.said[commit].get(claim.note.now.guid, {}).get(claim.number, "")
