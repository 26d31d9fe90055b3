"""What changed -> the release notes, in the learners' language and words, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuilder.cards import cards
from deckbuilder.model import Deck, in_deck
from deckbuilder.publishing.news import News
from deckbuilder.slots import dataclass

MOST_NAMED = 10  # facts of one sort; of more, the others are counted


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; `{…}` is filled in."""

    first: str  # {facts}, {cards}
    new: str  # {n}
    more: str
    corrected: str
    reworded: str
    back: str
    fewer: str
    without: str  # {fact}, {gone}: what it is no longer asked for
    gone: str
    look: str
    revised: str
    update: str
    upgrade: str  # {file}: for who has the deck
    stays: str  # where there is no upgrade package
    blank: str
    forced: str
    schema: str
    moved: str  # {old}, {new}
    quotes: str  # {}
    # beside the files of a release
    get: str  # {file}
    begin: str  # {file}: where who has the deck takes the upgrade package
    sure: str
    sums: str


WORDING = {
    "en": Wording(
        first="The first release. Facts: {facts}. Cards: {cards}.",
        new="New facts ({n})",
        more="Asked in more ways ({n})",
        corrected="Corrected answers ({n})",
        reworded="Reworded ({n})",
        back="Back again ({n})",
        fewer="Asked in fewer ways ({n})",
        without="{fact} (no longer: {gone})",
        gone="Taken out ({n})",
        look="The cards look new.",
        revised="The printed sheet was revised.",
        update="To update, import the package as before: what you have learned stays.",
        upgrade="To do, if you have the deck: import `{file}`, then choose *Tools > Empty Cards* in"
        " Anki. The cards of what was taken out go away; what else you have learned stays.",
        stays="What was taken out stays with those who have it; it can be deleted in Anki’s"
        " browser.",
        blank="To do: after the import, choose *Tools > Empty Cards* in Anki. The cards of what is"
        " no longer asked are blank, and go away.",
        forced="This release puts the deck’s own text into every note: your edits of notes and the"
        " tags you gave them are replaced. What you have learned stays.",
        schema="To do: in Anki’s import window, tick *Merge note types* and set *Update notes* to"
        " *Always*. Your own edits of notes are replaced.",
        moved="To do: the cards you have stay in the deck “{old}”, new ones come into “{new}”. Move"
        " the old ones in Anki’s browser.",
        quotes="“{}”",
        get="Import `{file}` into Anki, over the deck you have or as a new one.",
        begin="New to the deck? Import `{file}` into Anki.",
        sure="To be sure of the files",
        sums="`sha256sum --check SHA256SUMS` tells whether they are whole. Who builds the tag with"
        " the deckbuilder named in `manifest.json` gets the same bytes.",
    ),
    "de": Wording(
        first="Die erste Ausgabe. Fakten: {facts}. Karten: {cards}.",
        new="Neue Fakten ({n})",
        more="Wird auf mehr Arten gefragt ({n})",
        corrected="Verbesserte Antworten ({n})",
        reworded="Anders formuliert ({n})",
        back="Wieder dabei ({n})",
        fewer="Wird auf weniger Arten gefragt ({n})",
        without="{fact} (nicht mehr: {gone})",
        gone="Herausgenommen ({n})",
        look="Die Karten sehen neu aus.",
        revised="Das gedruckte Blatt wurde überarbeitet.",
        update="Zum Aktualisieren das Paket wie bisher importieren: Was gelernt ist, bleibt.",
        upgrade="Zu tun, wenn der Stapel schon da ist: `{file}` importieren, dann in Anki *Extras >"
        " Leere Karten* wählen. Die Karten des Herausgenommenen verschwinden; was sonst gelernt"
        " ist, bleibt.",
        stays="Herausgenommenes bleibt bei allen, die es haben; in Ankis Kartenverwaltung lässt es"
        " sich löschen.",
        blank="Zu tun: nach dem Import in Anki *Extras > Leere Karten* wählen. Die Karten dessen,"
        " was nicht mehr gefragt wird, sind leer und verschwinden.",
        forced="Diese Ausgabe setzt in jede Notiz den Text des Stapels: Eigene Änderungen an"
        " Notizen und eigene Schlagwörter werden ersetzt. Was gelernt ist, bleibt.",
        schema="Zu tun: in Ankis Importfenster das Zusammenführen der Notiztypen wählen und Notizen"
        " *immer* aktualisieren. Eigene Änderungen an Notizen werden ersetzt.",
        moved="Zu tun: Vorhandene Karten bleiben im Stapel „{old}“, neue kommen in „{new}“. Die"
        " alten in Ankis Kartenverwaltung verschieben.",
        quotes="„{}“",
        get="`{file}` in Anki importieren, über den vorhandenen Stapel oder als neuen.",
        begin="Noch ohne diesen Stapel? `{file}` in Anki importieren.",
        sure="Um der Dateien sicher zu sein",
        sums="`sha256sum --check SHA256SUMS` sagt, ob sie unversehrt sind. Wer den Tag mit dem in"
        " `manifest.json` genannten deckbuilder baut, erhält dieselben Bytes.",
    ),
    "fr": Wording(
        first="La première version. Faits : {facts}. Cartes : {cards}.",
        new="Nouveaux faits ({n})",
        more="Demandés de plus de façons ({n})",
        corrected="Réponses corrigées ({n})",
        reworded="Reformulés ({n})",
        back="De retour ({n})",
        fewer="Demandés de moins de façons ({n})",
        without="{fact} (n’est plus demandé : {gone})",
        gone="Retirés ({n})",
        look="Les cartes ont une nouvelle apparence.",
        revised="La fiche imprimée a été revue.",
        update="Pour mettre à jour, importez le paquet comme avant : vos acquis restent.",
        upgrade="À faire, si vous avez déjà le paquet : importez `{file}`, puis choisissez *Outils"
        " > Cartes vides* dans Anki. Les cartes de ce qui a été retiré disparaissent ; vos autres"
        " acquis restent.",
        stays="Ce qui a été retiré reste chez ceux qui l’ont ; on peut le supprimer dans"
        " l’explorateur d’Anki.",
        blank="À faire : après l’importation, choisissez *Outils > Cartes vides* dans Anki. Les"
        " cartes de ce qui n’est plus demandé sont vides et disparaissent.",
        forced="Cette version remet le texte du paquet dans toutes les notes : vos propres"
        " modifications et étiquettes sont remplacées. Vos acquis restent.",
        schema="À faire : dans la fenêtre d’importation d’Anki, choisissez de fusionner les types"
        " de notes et de *toujours* mettre à jour les notes. Vos propres"
        " modifications sont remplacées.",
        moved="À faire : vos cartes restent dans le paquet « {old} », les nouvelles arrivent dans"
        " « {new} ». Déplacez les anciennes dans l’explorateur d’Anki.",
        quotes="« {} »",
        get="Importez `{file}` dans Anki, par-dessus le paquet que vous avez ou comme nouveau.",
        begin="Vous n’avez pas encore le paquet ? Importez `{file}` dans Anki.",
        sure="Pour être sûr des fichiers",
        sums="`sha256sum --check SHA256SUMS` dit s’ils sont intacts. Qui construit le tag avec le"
        " deckbuilder nommé dans `manifest.json` obtient les mêmes octets.",
    ),
    "es": Wording(
        first="La primera versión. Datos: {facts}. Tarjetas: {cards}.",
        new="Datos nuevos ({n})",
        more="Se preguntan de más maneras ({n})",
        corrected="Respuestas corregidas ({n})",
        reworded="Con otras palabras ({n})",
        back="De vuelta ({n})",
        fewer="Se preguntan de menos maneras ({n})",
        without="{fact} (ya no: {gone})",
        gone="Retirados ({n})",
        look="Las tarjetas tienen otro aspecto.",
        revised="Se revisó la hoja impresa.",
        update="Para actualizar, importe el paquete como antes: lo aprendido se conserva.",
        upgrade="Por hacer, si ya tiene el mazo: importe `{file}` y elija *Herramientas > Tarjetas"
        " vacías* en Anki. Las tarjetas de lo retirado desaparecen; lo demás que aprendió se"
        " conserva.",
        stays="Lo retirado se queda con quienes lo tienen; puede borrarse en el explorador de"
        " Anki.",
        blank="Por hacer: después de importar, elija *Herramientas > Tarjetas vacías* en Anki. Las"
        " tarjetas de lo que ya no se pregunta están vacías y desaparecen.",
        forced="Esta versión pone el texto del mazo en todas las notas: sus propios cambios y"
        " etiquetas se reemplazan. Lo aprendido se conserva.",
        schema="Por hacer: en la ventana de importación de Anki, elija combinar los tipos de nota y"
        " actualizar *siempre* las notas. Sus propios cambios se reemplazan.",
        moved="Por hacer: sus tarjetas se quedan en el mazo «{old}» y las nuevas llegan a «{new}»."
        " Mueva las antiguas en el explorador de Anki.",
        quotes="«{}»",
        get="Importe `{file}` en Anki, sobre el mazo que ya tiene o como uno nuevo.",
        begin="¿Aún no tiene el mazo? Importe `{file}` en Anki.",
        sure="Para estar seguro de los archivos",
        sums="`sha256sum --check SHA256SUMS` dice si están íntegros. Quien construya la etiqueta"
        " con el deckbuilder nombrado en `manifest.json` obtiene los mismos bytes.",
    ),
}  # fmt: skip


def upgrade_file(deck: str, version: str) -> str:
    """Return the name of the package that takes out what a release has retired."""
    return f"{deck}-{version}-upgrade.apkg"


def wording(deck: Deck) -> Wording:
    """Return the sentences in the language of a deck."""
    return WORDING[deck.language.partition("-")[0].lower()]


def told(deck: Deck, found: News | None, upgrade: str) -> list[str]:
    """Return what learners have to know of a release, a Markdown line each.

    Args:
        deck: as it is released.
        found: what changed since the last release; None for the first.
        upgrade: the name of the package that takes out what was retired.
    """
    say = wording(deck)
    if found is None:
        facts = in_deck(deck)
        total = sum(len(cards(fact)) for fact in facts)
        return [f"* {say.first.format(facts=len(facts), cards=total)}"]
    return [f"* {line}" for line in _lines(say, found, upgrade)]


def _lines(say: Wording, found: News, upgrade: str) -> Iterator[str]:
    for head, facts in (
        (say.corrected, found.corrected),
        (say.new, found.new),
        (say.more, found.more),
        (say.back, found.back),
        (say.reworded, found.reworded),
        (say.gone, found.gone),
    ):
        if facts:
            yield f"{head.format(n=len(facts))}: {_listed([_quoted(say, fact) for fact in facts])}"
    if found.blank:
        less = [_lessened(say, fact, gone) for fact, gone in found.blank]
        yield f"{say.fewer.format(n=len(less))}: {_listed(less)}"
    if found.look:
        yield say.look
    if found.revised and not (found.corrected or found.new or found.reworded or found.gone):
        yield say.revised
    if found.forced:
        yield say.forced
    if found.schema:
        yield say.schema
    if found.moved:
        yield say.moved.format(old=_literal(found.moved[0]), new=_literal(found.moved[1]))
    if found.gone:
        yield say.upgrade.format(file=upgrade)
        return
    if found.blank:
        yield say.blank
    yield say.update


def _lessened(say: Wording, fact: str, gone: Sequence[str]) -> str:
    """Return a fact and what it is no longer asked for."""
    answers = _listed([_quoted(say, answer) for answer in gone])
    return say.without.format(fact=_quoted(say, fact), gone=answers)


def _listed(shown: Sequence[str]) -> str:
    named, more = ", ".join(shown[:MOST_NAMED]), len(shown) - MOST_NAMED
    return f"{named}, … (+{more})" if more > 0 else named


def _quoted(say: Wording, words: str) -> str:
    return say.quotes.format(_literal(words))


def _literal(words: str) -> str:
    """Return words that Markdown shows as they are."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|~$" else c for c in words)
