"""A deck, its lock and the next one -> the promises to learners that would be broken."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.check_anki import same_deck
from deckbuilder.lock import Key, Line, Lock, ids_out
from deckbuilder.model import Deck, Fact, Retired, in_deck
from deckbuilder.problems import GUESSES, RETIRE, Label, Problem, nearest

FORGOTTEN = (
    "take this [[retired]] out: drafts that vanish are forgotten, only what `deckbuilder release`"
    " marked is remembered"
)
KNOWN = f"mend the id, or {FORGOTTEN}"
LOST = (  # where the lock knows of no release, it may be one that was made anew
    "if the deck was released, its lock is lost: have it again from version control, or delete"
    " the new one, and deckbuilder lock --repair --from the last released package; if not,"
    f" {FORGOTTEN}"
)


def broken(deck: Deck, lock: Lock, settled: Lock, break_schema: bool) -> list[Problem]:
    """Find what would cost learners something of what the lock says was released."""
    return [
        *_vanished(deck, lock, settled),
        *_unfollowed(deck, lock, settled),
        *([] if break_schema else _unwelcome(deck, lock, settled)),
    ]


def _vanished(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find the released notes that the deck no longer holds."""
    held = {fact.id: fact for fact in in_deck(deck)}
    named = {name: fact for fact in deck.facts for name in (fact.id, *fact.was)}
    goes_on = {line.guid for line in settled.lines.values()}
    released = (entry for entry in lock.lines.items() if entry[0][0] and entry[1].since)
    for (fact, kind), line in sorted(entry for entry in released if entry[0] not in settled.lines):
        if line.guid in goes_on:  # under another id
            continue
        if fact in held:
            yield Problem(
                "other-note-type",
                f"`{fact}` was released as another type of note, {kind}: learners would start anew",
                deck.source.place((*held[fact].at, "id")),
                "keep its kind; or give this fact a new id, and retire the old one:"
                f" {_retire(fact)}",
            )
        else:
            yield _gone(deck, fact, line, named.get(fact))


def _unfollowed(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find facts that say they were one which stays retired all the same: its cards do not go on.

    Where [[retired]] has it, too, the two were joined, and that is said; but not where it is new
    there, and both have cards: they may have exchanged their ids, and the other is to go.
    """
    named = [(fact, name) for fact in in_deck(deck) for name in fact.was]
    lines = settled.lines.items() if named else ()
    retired: dict[str, list[str]] = {}
    for (gone, kind), line in lines:
        if line.retired:
            retired.setdefault(gone, []).append(kind)
    joined = {row.id for row in deck.retired}
    goes_on = {fact for (fact, _), line in lines if (line.since or line.was) and not line.retired}
    for fact, name in named:
        # of both types it may be: the one that counts is that of which this fact has cards
        kind = max(retired.get(name, [""]), key=lambda kind: (fact.id, kind) in settled.lines)
        own, other = (lock.lines.get((each, kind)) for each in (fact.id, name))
        is_clear = name in joined and (other is None or other.retired or own is None)
        if not kind or is_clear:
            continue
        if (fact.id, kind) in settled.lines:
            why = "was released with cards of its own"
            way = f"give this fact the id `{name}`, and retire this: {_retire(fact.id)}"
        elif fact.id in goes_on:  # as a note of its own type, and of that it may well be the name
            continue
        else:
            why = f"is another type of note than that was, {kind}"
            way = "give this fact the kind that it had"
        yield Problem(
            "reserved-id",
            f"`{fact.id}` says that it was `{name}`, which is retired, but `{fact.id}` {why}",
            deck.source.place((*fact.at, "was")),
            f"take `{name}` out of `was`; or, for its cards to go on, {way}",
        )


def _gone(deck: Deck, fact: str, line: Line, one: Fact | None) -> Problem:
    """Return what is wrong with a fact that learners have and the deck has not, and what works.

    `one`: what has its id, but is on the sheet alone, or names it in `was`, if anything does.
    """
    retire = _retire(fact)
    said, at = "is gone", deck.source.place(("deck",))
    hint = (
        f'put it back; or name it in the fact it became: was = ["{fact}"]; or retire it: {retire}'
    )
    if one and one.id == fact:
        said = f'is no longer in the deck (only = "{one.only}")'
        at = deck.source.place((*one.at, "only"))
        hint = f"put it back into the deck; or leave it here, and retire it as well: {retire}"
    elif one:
        said = f"is gone (`{one.id}`, which names it, has cards of its own)"
        at = deck.source.place((*one.at, "was"))
        hint = (
            "two facts that are joined go on with the cards of one: take the other out of"
            f" `was`, and retire it: {retire}"
        )
    said = f"`{fact}` was released with {line.since} and {said}: learners would keep it"
    return Problem("released-fact-gone", said, at, hint)


def _retire(fact: str) -> str:
    return RETIRE.format(f'"{fact}"')


def reserved(deck: Deck, lock: Lock) -> Iterator[Problem]:
    """Find ids of facts by which learners know another fact already."""
    renamed = {name: fact for (fact, _), line in lock.lines.items() for name in ids_out(line)}
    renamed |= {name: fact.id for fact in deck.facts for name in fact.was}
    ids = {fact.id for fact in deck.facts}
    living = {fact for (fact, _), line in lock.lines.items() if line.since and not line.retired}
    for fact in deck.facts:
        heir = renamed.get(fact.id, fact.id)
        if heir == fact.id or (heir in fact.was and heir not in ids):  # it has its old id again
            continue
        split = next((one for one in deck.facts if one.id == heir and fact.id in one.was), None)
        if split and fact.id in living:
            new = "" if heir in living else f", and `{heir}` is new"
            yield Problem(
                "reserved-id",
                f"`{heir}` says that it was `{fact.id}`, which is a fact of the deck",
                deck.source.place((*split.at, "was", split.was.index(fact.id))),
                f"take it out of `was`: learners' cards go on in `{fact.id}`{new}",
            )
            continue
        hint = "choose another id: learners know another fact by this one"
        again = "" if heir in ids else f'if it is that fact, name it: was = ["{heir}"]; if not, '
        yield Problem(
            "reserved-id",
            f"`{fact.id}` is what `{heir}` was called before",
            deck.source.place((*fact.at, "id")),
            again + hint,
        )


def was_amiss(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find facts that learners do not have yet and that say they were what they never were.

    What is in `was` once they have them does no harm: of a lock that was rebuilt nobody can tell.
    A draft that names another has to go on as that: else the next build would know of none.
    """
    named = [fact for fact in in_deck(deck) if fact.was]
    if not named or not lock.released:
        return
    lines = lock.lines.items()
    had = {name for (fact, _), line in lines if line.since for name in (fact, *ids_out(line))}
    known = {name for (fact, _), line in lines for name in (fact, *line.was)} - {""}
    goes_on = settled.lines.items()
    out = {fact for (fact, _), line in goes_on if line.since}
    lasting = had | {name for (fact, _), line in goes_on for name in (fact, *line.was)}
    now = {name: fact for (fact, _), line in lines for name in ids_out(line)}
    held, near = {fact.id for fact in in_deck(deck)}, dict[str, str]()
    for fact in named:
        for n, name in enumerate(fact.was if fact.id not in had else ()):
            heir = now.get(name)
            if heir in held and heir not in (name, fact.id):
                yield Problem(
                    "reserved-id",
                    f"`{fact.id}` says that it was `{name}`, but that is `{heir}` now",
                    deck.source.place((*fact.at, "was", n)),
                    f"take it out of `was`; or, for its cards to go on here, give `{heir}` another"
                    f" id, and name `{heir}` in `was`",
                )
            elif name not in (known if fact.id in out else lasting):
                if name not in near and len(near) < GUESSES:
                    near[name] = nearest(name, lasting - {"", fact.id})
                meant = f"did you mean `{near[name]}`? or " if near.get(name) else ""
                yield Problem(
                    "unknown-was",
                    f"nothing that the lock knows was ever called `{name}`, as `{fact.id}` says it"
                    " was",
                    deck.source.place((*fact.at, "was", n)),
                    f"{meant}take it out of `was`: a fact has a history only under an id that the"
                    " lock knows, and a draft that a build dropped has none",
                )


def retired_amiss(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find facts that are retired and go on, and such as no learner ever had.

    What goes on is asked of the next lock, which is the same whether it has been built or not.
    """
    held = {fact.id: fact for fact in in_deck(deck)}
    lines = lock.lines.items() if deck.retired else ()
    had = [(fact, line) for (fact, _), line in lines if line.since or line.retired]
    known = {name for fact, line in had for name in (fact, *ids_out(line))}
    became = {
        name: (held[fact], line)
        for (fact, _), line in (settled.lines.items() if deck.retired else ())
        if fact in held and not line.retired
        for name in ids_out(line)
    }
    for row in deck.retired:
        if row.id in became:
            yield _goes_on(deck, row, *became[row.id])
        elif row.id in held:
            yield Problem(
                "reserved-id",
                f"`{row.id}` is retired, and is a fact of the deck",
                deck.source.place((*row.at, "id")),
                "take it out of [[retired]] to bring the fact back, or give the fact another id",
            )
        elif row.id not in known:
            yield Problem(
                "unknown-retired",
                f"no fact `{row.id}` of this deck was ever released",
                deck.source.place((*row.at, "id")),
                KNOWN if lock.released else LOST,
                "warning",
            )


def _goes_on(deck: Deck, row: Retired, fact: Fact, line: Line) -> Problem:
    """Return what is wrong with retiring what a fact was called; both places are told."""
    named = row.id in fact.was
    says = "says that it was" if named else "was"
    way = f"take `{fact.id}` out, and retire it under that id"
    if named and row.id == line.before:  # no release has the other id
        way = "take it out of `was`"
    at = deck.source.place((*fact.at, "was" if named else "id"))
    return Problem(
        "reserved-id",
        f"`{row.id}` is retired, and `{fact.id}` {says} called so",
        deck.source.place((*row.at, "id")),
        "if its cards are to go on in that fact, take it out of [[retired]]; if they are to go,"
        f" {way}",
        also=(Label(at, "the fact it became"),),
    )


def _unwelcome(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find what Anki's default options would answer with conflicts, or a second deck."""
    if _is_renamed(deck, lock):
        yield Problem(
            "deck-renamed",
            f"learners have this deck as `{lock.anki}`",
            deck.source.place(("deck", "anki")),
            "put the name back: their cards would stay in the old deck, and only new ones come into"
            " this; --break-schema lets it pass",
        )
    for _, kind in _with_other_fields(lock, settled):
        yield Problem(
            "schema-changed",
            f"the note type {kind} has other fields or templates than the one released",
            deck.source.place(("deck",)),
            "use the deckbuilder that released it; --break-schema lets it pass, and learners"
            " have to import with “Merge note types” and “Update notes: Always”",
        )


def to_do(deck: Deck, lock: Lock, settled: Lock) -> Iterator[str]:
    """Yield what learners have to do where what is unwelcome is let pass."""
    if _is_renamed(deck, lock):
        yield (
            f"import with Anki's options as they are; the cards they have stay in “{lock.anki}”,"
            f" new ones come into “{deck.anki}”, so move the old ones in Anki's browser"
        )
    if _with_other_fields(lock, settled):
        yield (
            "in Anki's import window tick “Merge note types” and set “Update notes” to “Always”;"
            " their own edits of notes are replaced"
        )


def _is_renamed(deck: Deck, lock: Lock) -> bool:
    """Tell whether Anki would take the deck for another than the one that learners have."""
    return bool(lock.released and lock.anki) and not same_deck(lock.anki, deck.anki)


def _with_other_fields(lock: Lock, settled: Lock) -> list[Key]:
    """Return the note types that went out with other fields or templates, or that are no more."""
    return [
        key
        for key, line in lock.lines.items()
        if line.since and line.schema
        if key not in settled.lines or line.schema != settled.lines[key].schema
    ]
