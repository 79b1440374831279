"""The few words that stand on every letter and fax sheet, in the language of whoever gets it; English where we have none."""

from collections.abc import Mapping
from datetime import date
from typing import Final

_EN: Final = {
    "fax": "Fax",
    "to": "To",
    "number": "Fax number",
    "from": "From",
    "date": "Date",
    "about": "About",
    "pages": "Pages",
    "page": "Page {page} of {pages}",
    "missing": "If a page is missing or cannot be read, please tell us: {ways}.",
    "regards": "Kind regards",
    "no_more_fax": "If you would rather not hear from us by fax, please tell us: {ways}.",
    "no_more_letter": "If you would rather not get letters from us about this, please tell us: {ways}.",
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": _EN,
    "de": {
        "fax": "Fax",
        "to": "An",
        "number": "Faxnummer",
        "from": "Von",
        "date": "Datum",
        "about": "Betreff",
        "pages": "Seiten",
        "page": "Seite {page} von {pages}",
        "missing": "Fehlt eine Seite oder ist sie nicht lesbar, sagen Sie es uns bitte: {ways}.",
        "regards": "Mit freundlichen Grüßen",
        "no_more_fax": "Möchten Sie von uns keine Faxe mehr erhalten, sagen Sie es uns bitte: {ways}.",
        "no_more_letter": "Möchten Sie dazu keine Briefe mehr von uns erhalten, sagen Sie es uns bitte: {ways}.",
    },
    "fr": {
        "fax": "Fax",
        "to": "À",
        "number": "Numéro de fax",
        "from": "De",
        "date": "Date",
        "about": "Objet",
        "pages": "Pages",
        "page": "Page {page} sur {pages}",
        "missing": "S’il manque une page ou si elle est illisible, dites-le-nous : {ways}.",
        "regards": "Cordialement",
        "no_more_fax": "Si vous ne souhaitez plus recevoir de fax de notre part, dites-le-nous : {ways}.",
        "no_more_letter": "Si vous ne souhaitez plus recevoir de lettres à ce sujet, dites-le-nous : {ways}.",
    },
    "es": {
        "fax": "Fax",
        "to": "Para",
        "number": "Número de fax",
        "from": "De",
        "date": "Fecha",
        "about": "Asunto",
        "pages": "Páginas",
        "page": "Página {page} de {pages}",
        "missing": "Si falta una página o no se puede leer, díganoslo: {ways}.",
        "regards": "Atentamente",
        "no_more_fax": "Si prefiere no recibir más faxes nuestros, díganoslo: {ways}.",
        "no_more_letter": "Si prefiere no recibir más cartas sobre este tema, díganoslo: {ways}.",
    },
    "nl": {
        "fax": "Fax",
        "to": "Aan",
        "number": "Faxnummer",
        "from": "Van",
        "date": "Datum",
        "about": "Betreft",
        "pages": "Pagina’s",
        "page": "Pagina {page} van {pages}",
        "missing": "Ontbreekt er een pagina of is die onleesbaar, laat het ons weten: {ways}.",
        "regards": "Met vriendelijke groet",
        "no_more_fax": "Wilt u geen faxen meer van ons ontvangen, laat het ons weten: {ways}.",
        "no_more_letter": "Wilt u hierover geen brieven meer van ons ontvangen, laat het ons weten: {ways}.",
    },
}
MONTHS: Final[Mapping[str, str]] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_NAMES: Final = {
    "english": "en", "englisch": "en", "anglais": "en",
    "german": "de", "deutsch": "de", "allemand": "de",
    "french": "fr", "französisch": "fr", "français": "fr",
    "spanish": "es", "spanisch": "es", "español": "es",
    "dutch": "nl", "niederländisch": "nl", "nederlands": "nl",
}  # fmt: skip


def code_of(language: str) -> str:
    """The two letters of a language, however it is written: “de-AT”, “German” and “Deutsch” are “de”. Others stay as they are."""
    said = language.strip().casefold()
    return _NAMES.get(said, said.replace("_", "-").split("-")[0])


def words_in(language: str) -> Mapping[str, str]:
    return WORDS.get(code_of(language), _EN)


def day_in(day: date, language: str) -> str:
    """A day as it is written on a letter in that language."""
    code = code_of(language) if code_of(language) in MONTHS else "en"
    month = MONTHS[code].split()[day.month - 1]
    return f"{day.day}. {month} {day.year}" if code == "de" else f"{day.day} {month} {day.year}"
