"""The sentences of release notes, in each language that a deck may have."""

from __future__ import annotations

from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; `{…}` is filled in."""

    first: str  # {facts}, {cards}
    only: str  # {version}: where a later release does not come of it
    undoes: str  # over that one
    returns: str
    new: str  # {n}
    more: str
    corrected: str
    reworded: str
    elsewhere: str
    pictured: str
    tagged: str
    manner: str
    form: str
    aside: str
    retitled: str
    tags: str  # {n}, {tags}
    back: str
    fewer: str
    without: str  # {fact}, {gone}: what it is no longer asked for
    gone: str
    look: str
    revised: str
    same: str
    update: str
    upgrade: str  # {file}: for who has the deck
    stays: str  # where there is no upgrade package
    blank: str
    replaced: str
    forced: str
    schema: str
    moved: str  # {old}, {new}
    quotes: str  # {}
    # beside the files of a release
    get: str  # {file}
    over: str  # {file}: where a later release does not come of it
    begin: str  # {file}: where who has the deck takes the upgrade package
    skipped: str  # {file}: where it takes out what an earlier release retired
    cleared: str  # where an earlier release asked for more
    stayed: str  # {old}, {new}: where an earlier release had other names in Anki
    sure: str
    sums: str


WORDING = {
    "en": Wording(
        first="The first release. Facts: {facts}. Cards: {cards}.",
        only="Only for those who have {version} or an older release.",
        undoes="Over a newer one, it would put older texts in place of newer ones.",
        returns="Cards that a newer one took out would come back.",
        new="New facts ({n})",
        more="Asked in more ways ({n})",
        corrected="Corrected answers ({n})",
        reworded="Reworded ({n})",
        elsewhere="Moved to another topic ({n})",
        pictured="With another picture or sound ({n})",
        tagged="With other tags ({n})",
        manner="Typing or reading aloud changed ({n})",
        form="Shown differently ({n})",
        aside="Hints, extras or sources changed ({n})",
        retitled="New titles ({n})",
        tags="Renamed tags ({n}): {tags}. Searches and filtered decks that name one need the new"
        " name.",
        back="Back again, as new cards where they were cleared away ({n})",
        fewer="Asked in fewer ways ({n})",
        without="{fact} (no longer: {gone})",
        gone="Taken out ({n})",
        look="The cards look new. Changes of your own to card templates or styling are replaced.",
        revised="The printed sheet was revised.",
        same="Nothing changed in facts, cards and sheet.",
        update="To update, import the package as before: what you have learned stays.",
        upgrade="To do, if you have the deck: import `{file}`, then choose *Tools > Empty Cards*"
        " in Anki, untick *Keep notes with no valid cards* there, and delete. The cards of what"
        " was taken out go away; what else you have learned stays. The list shows what goes, from"
        " your other decks as well.",
        stays="What was taken out stays with those who have it; it can be deleted in Anki’s"
        " browser.",
        blank="To do: after the import, choose *Tools > Empty Cards* in Anki. The cards of what is"
        " no longer asked are blank, and go away.",
        replaced="This changes many notes: your own edits of a note that changes, and the tags you"
        " gave it, are replaced.",
        forced="This release puts the deck’s own text into every note: your edits of notes and the"
        " tags you gave them are replaced. What you have learned stays.",
        schema="To do: in Anki’s import window, tick *Merge note types* and set *Update notes* to"
        " *Always*. Your own edits of notes are replaced.",
        moved="To do: the cards you have stay in the deck “{old}”, new ones come into “{new}”. Move"
        " the old ones in Anki’s browser.",
        quotes="“{}”",
        get="Import `{file}` into Anki, over the deck you have or as a new one.",
        over="Import `{file}` into Anki, over the deck you have.",
        begin="New to the deck? Import `{file}` into Anki.",
        skipped="Skipped a release? If you still have cards that were taken out earlier, import"
        " `{file}` instead, once, choose *Tools > Empty Cards* in Anki, untick *Keep notes with no"
        " valid cards* there, and delete: they go away; what else you have learned stays. The list"
        " shows what goes, from your other decks as well.",
        cleared="Skipped a release? After the import, cards that are no longer asked may be blank:"
        " *Tools > Empty Cards* in Anki clears them away.",
        stayed="Skipped a release? If you still have the deck {old}, your cards stay there, and new"
        " ones come into {new}: move the old ones in Anki’s browser.",
        sure="To be sure of the files",
        sums="`sha256sum --check SHA256SUMS` tells whether they are whole. Who builds the tag with"
        " the deckbuilder named in `manifest.json` gets the same bytes.",
    ),
    "de": Wording(
        first="Die erste Ausgabe. Fakten: {facts}. Karten: {cards}.",
        only="Nur für alle, die {version} oder eine ältere Ausgabe haben.",
        undoes="Über einer neueren brächte sie ältere Texte an die Stelle neuerer.",
        returns="Karten, die eine neuere herausnahm, kämen zurück.",
        new="Neue Fakten ({n})",
        more="Wird auf mehr Arten gefragt ({n})",
        corrected="Verbesserte Antworten ({n})",
        reworded="Anders formuliert ({n})",
        elsewhere="In einem anderen Thema ({n})",
        pictured="Mit anderem Bild oder Ton ({n})",
        tagged="Mit anderen Schlagwörtern ({n})",
        manner="Eintippen oder Vorlesen geändert ({n})",
        form="Anders dargestellt ({n})",
        aside="Tipps, Zusätze oder Quellen geändert ({n})",
        retitled="Neue Titel ({n})",
        tags="Umbenannte Schlagwörter ({n}): {tags}. Suchen und Auswahlstapel, die eines nennen,"
        " brauchen den neuen Namen.",
        back="Wieder dabei, als neue Karten, wo sie gelöscht wurden ({n})",
        fewer="Wird auf weniger Arten gefragt ({n})",
        without="{fact} (nicht mehr: {gone})",
        gone="Herausgenommen ({n})",
        look="Die Karten sehen neu aus. Eigene Änderungen an Kartenvorlagen oder Stil werden"
        " ersetzt.",
        revised="Das gedruckte Blatt wurde überarbeitet.",
        same="An Fakten, Karten und Blatt hat sich nichts geändert.",
        update="Zum Aktualisieren das Paket wie bisher importieren: Was gelernt ist, bleibt.",
        upgrade="Zu tun, wenn der Stapel schon da ist: `{file}` importieren, dann in Anki *Extras"
        " > Leere Karten löschen* wählen, dort das Häkchen bei *Notizen ohne gültige Karten"
        " behalten* wegnehmen und löschen. Die Karten des Herausgenommenen verschwinden; was sonst"
        " gelernt ist, bleibt. Die Liste zeigt, was gelöscht wird, auch aus anderen Stapeln.",
        stays="Herausgenommenes bleibt bei allen, die es haben; in Ankis Kartenverwaltung lässt es"
        " sich löschen.",
        blank="Zu tun: nach dem Import in Anki *Extras > Leere Karten löschen* wählen. Die Karten"
        " dessen, was nicht mehr gefragt wird, sind leer und verschwinden.",
        replaced="Das ändert viele Notizen: Eigene Änderungen an einer Notiz, die sich ändert, und"
        " eigene Schlagwörter an ihr werden ersetzt.",
        forced="Diese Ausgabe setzt in jede Notiz den Text des Stapels: Eigene Änderungen an"
        " Notizen und eigene Schlagwörter werden ersetzt. Was gelernt ist, bleibt.",
        schema="Zu tun: in Ankis Importfenster das Zusammenführen der Notiztypen wählen und Notizen"
        " *immer* aktualisieren. Eigene Änderungen an Notizen werden ersetzt.",
        moved="Zu tun: Vorhandene Karten bleiben im Stapel „{old}“, neue kommen in „{new}“. Die"
        " alten in Ankis Kartenverwaltung verschieben.",
        quotes="„{}“",
        get="`{file}` in Anki importieren, über den vorhandenen Stapel oder als neuen.",
        over="`{file}` in Anki importieren, über den vorhandenen Stapel.",
        begin="Noch ohne diesen Stapel? `{file}` in Anki importieren.",
        skipped="Eine Ausgabe ausgelassen? Wer noch Karten hat, die früher herausgenommen wurden,"
        " importiert stattdessen einmal `{file}`, wählt in Anki *Extras > Leere Karten löschen*,"
        " nimmt dort das Häkchen bei *Notizen ohne gültige Karten behalten* weg und löscht: Sie"
        " verschwinden; was sonst gelernt ist, bleibt. Die Liste zeigt, was gelöscht wird, auch"
        " aus anderen Stapeln.",
        cleared="Eine Ausgabe ausgelassen? Nach dem Import können Karten, die nicht mehr gefragt"
        " werden, leer sein: *Extras > Leere Karten löschen* in Anki entfernt sie.",
        stayed="Eine Ausgabe ausgelassen? Wer noch den Stapel {old} hat: Dort bleiben die"
        " vorhandenen Karten, neue kommen in {new}; die alten in Ankis Kartenverwaltung"
        " verschieben.",
        sure="Um der Dateien sicher zu sein",
        sums="`sha256sum --check SHA256SUMS` sagt, ob sie unversehrt sind. Wer den Tag mit dem in"
        " `manifest.json` genannten deckbuilder baut, erhält dieselben Bytes.",
    ),
    "fr": Wording(
        first="La première version. Faits : {facts}. Cartes : {cards}.",
        only="Seulement pour ceux qui ont {version} ou une version plus ancienne.",
        undoes="Par-dessus une plus récente, elle remettrait d’anciens textes à la place"
        " de nouveaux.",
        returns="Les cartes retirées par une plus récente reviendraient.",
        new="Nouveaux faits ({n})",
        more="Demandés de plus de façons ({n})",
        corrected="Réponses corrigées ({n})",
        reworded="Reformulés ({n})",
        elsewhere="Déplacés vers un autre thème ({n})",
        pictured="Avec une autre image ou un autre son ({n})",
        tagged="Avec d’autres étiquettes ({n})",
        manner="Saisie ou lecture à voix haute modifiée ({n})",
        form="Présentés autrement ({n})",
        aside="Indices, compléments ou sources modifiés ({n})",
        retitled="Nouveaux titres ({n})",
        tags="Étiquettes renommées ({n}): {tags}. Les recherches et les paquets filtrés qui en"
        " nomment une ont besoin du nouveau nom.",
        back="De retour, comme nouvelles cartes là où elles avaient été supprimées ({n})",
        fewer="Demandés de moins de façons ({n})",
        without="{fact} (n’est plus demandé : {gone})",
        gone="Retirés ({n})",
        look="Les cartes ont une nouvelle apparence. Vos propres modifications des modèles de"
        " cartes ou du style sont remplacées.",
        revised="La fiche imprimée a été revue.",
        same="Rien n’a changé dans les faits, les cartes et la fiche.",
        update="Pour mettre à jour, importez le paquet comme avant : vos acquis restent.",
        upgrade="À faire, si vous avez déjà le paquet : importez `{file}`, puis choisissez *Outils"
        " > Chercher des cartes vides* dans Anki, décochez-y *Garder les notes qui n’ont pas de"
        " cartes valides* et supprimez. Les cartes de ce qui a été retiré disparaissent ; vos"
        " autres acquis restent. La liste montre ce qui sera supprimé, dans vos autres paquets"
        " aussi.",
        stays="Ce qui a été retiré reste chez ceux qui l’ont ; on peut le supprimer dans"
        " l’explorateur d’Anki.",
        blank="À faire : après l’importation, choisissez *Outils > Chercher des cartes vides* dans"
        " Anki. Les cartes de ce qui n’est plus demandé sont vides et disparaissent.",
        replaced="Cela change beaucoup de notes : vos propres modifications d’une note qui change,"
        " et les étiquettes que vous lui avez données, sont remplacées.",
        forced="Cette version remet le texte du paquet dans toutes les notes : vos propres"
        " modifications et étiquettes sont remplacées. Vos acquis restent.",
        schema="À faire : dans la fenêtre d’importation d’Anki, choisissez de fusionner les types"
        " de notes et de *toujours* mettre à jour les notes. Vos propres"
        " modifications sont remplacées.",
        moved="À faire : vos cartes restent dans le paquet « {old} », les nouvelles arrivent dans"
        " « {new} ». Déplacez les anciennes dans l’explorateur d’Anki.",
        quotes="« {} »",
        get="Importez `{file}` dans Anki, par-dessus le paquet que vous avez ou comme nouveau.",
        over="Importez `{file}` dans Anki, par-dessus le paquet que vous avez.",
        begin="Vous n’avez pas encore le paquet ? Importez `{file}` dans Anki.",
        skipped="Vous avez sauté une version ? S’il vous reste des cartes retirées auparavant,"
        " importez plutôt `{file}`, une fois, puis choisissez *Outils > Chercher des cartes vides*"
        " dans Anki, décochez-y *Garder les notes qui n’ont pas de cartes valides* et supprimez :"
        " elles disparaissent ; vos autres acquis restent. La liste montre ce qui sera supprimé,"
        " dans vos autres paquets aussi.",
        cleared="Vous avez sauté une version ? Après l’importation, des cartes qui ne sont plus"
        " demandées peuvent être vides : *Outils > Chercher des cartes vides* dans Anki les"
        " supprime.",
        stayed="Vous avez sauté une version ? Si vous avez encore le paquet {old}, vos cartes y"
        " restent et les nouvelles arrivent dans {new} : déplacez les anciennes dans l’explorateur"
        " d’Anki.",
        sure="Pour être sûr des fichiers",
        sums="`sha256sum --check SHA256SUMS` dit s’ils sont intacts. Qui construit le tag avec le"
        " deckbuilder nommé dans `manifest.json` obtient les mêmes octets.",
    ),
    "es": Wording(
        first="La primera versión. Datos: {facts}. Tarjetas: {cards}.",
        only="Solo para quienes tienen {version} o una versión anterior.",
        undoes="Sobre una más reciente, pondría textos antiguos en lugar de los nuevos.",
        returns="Volverían las tarjetas que una más reciente retiró.",
        new="Datos nuevos ({n})",
        more="Se preguntan de más maneras ({n})",
        corrected="Respuestas corregidas ({n})",
        reworded="Con otras palabras ({n})",
        elsewhere="En otro tema ({n})",
        pictured="Con otra imagen u otro sonido ({n})",
        tagged="Con otras etiquetas ({n})",
        manner="Cambia la escritura o la lectura en voz alta ({n})",
        form="Presentados de otro modo ({n})",
        aside="Cambian pistas, complementos o fuentes ({n})",
        retitled="Títulos nuevos ({n})",
        tags="Etiquetas con otro nombre ({n}): {tags}. Las búsquedas y los mazos filtrados que las"
        " nombran necesitan el nombre nuevo.",
        back="De vuelta, como tarjetas nuevas donde se eliminaron ({n})",
        fewer="Se preguntan de menos maneras ({n})",
        without="{fact} (ya no: {gone})",
        gone="Retirados ({n})",
        look="Las tarjetas tienen otro aspecto. Sus propios cambios en las plantillas o el estilo"
        " se reemplazan.",
        revised="Se revisó la hoja impresa.",
        same="Nada ha cambiado en los datos, las tarjetas ni la hoja.",
        update="Para actualizar, importe el paquete como antes: lo aprendido se conserva.",
        upgrade="Por hacer, si ya tiene el mazo: importe `{file}`, elija *Herramientas > Tarjetas"
        " vacías* en Anki, desmarque allí *Mantener notas sin tarjetas válidas* y elimine. Las"
        " tarjetas de lo retirado desaparecen; lo demás que aprendió se conserva. La lista muestra"
        " lo que se elimina, también de otros mazos.",
        stays="Lo retirado se queda con quienes lo tienen; puede borrarse en el explorador de"
        " Anki.",
        blank="Por hacer: después de importar, elija *Herramientas > Tarjetas vacías* en Anki. Las"
        " tarjetas de lo que ya no se pregunta están vacías y desaparecen.",
        replaced="Esto cambia muchas notas: sus propios cambios en una nota que cambia, y las"
        " etiquetas que le puso, se reemplazan.",
        forced="Esta versión pone el texto del mazo en todas las notas: sus propios cambios y"
        " etiquetas se reemplazan. Lo aprendido se conserva.",
        schema="Por hacer: en la ventana de importación de Anki, elija combinar los tipos de nota y"
        " actualizar *siempre* las notas. Sus propios cambios se reemplazan.",
        moved="Por hacer: sus tarjetas se quedan en el mazo «{old}» y las nuevas llegan a «{new}»."
        " Mueva las antiguas en el explorador de Anki.",
        quotes="«{}»",
        get="Importe `{file}` en Anki, sobre el mazo que ya tiene o como uno nuevo.",
        over="Importe `{file}` en Anki, sobre el mazo que tiene.",
        begin="¿Aún no tiene el mazo? Importe `{file}` en Anki.",
        skipped="¿Se saltó una versión? Si aún tiene tarjetas retiradas antes, importe en su lugar"
        " `{file}`, una vez, elija *Herramientas > Tarjetas vacías* en Anki, desmarque allí"
        " *Mantener notas sin tarjetas válidas* y elimine: desaparecen; lo demás que aprendió se"
        " conserva. La lista muestra lo que se elimina, también de otros mazos.",
        cleared="¿Se saltó una versión? Después de importar, puede haber tarjetas vacías que ya no"
        " se preguntan: *Herramientas > Tarjetas vacías* en Anki las elimina.",
        stayed="¿Se saltó una versión? Si aún tiene el mazo {old}, sus tarjetas se quedan en él y"
        " las nuevas llegan a {new}: mueva las antiguas en el explorador de Anki.",
        sure="Para estar seguro de los archivos",
        sums="`sha256sum --check SHA256SUMS` dice si están íntegros. Quien construya la etiqueta"
        " con el deckbuilder nombrado en `manifest.json` obtiene los mismos bytes.",
    ),
}  # fmt: skip
