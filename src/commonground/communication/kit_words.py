"""The few words that stand on the sheet of a talk, in the languages of teams; English where we have none."""

from collections.abc import Mapping
from typing import Final

from commonground.communication.printed_words import code_of

_EN: Final = {
    "for": "For",
    "people": "{n} people",
    "tells": "You tell it",
    "until": "To be held",
    "to": "{first} to {last}",
    "opens": "once the talk above was held",
    "say": "What to say",
    "known": "What we know",
    "unknown": "What we do not know yet",
    "next": "The next word",
    "ask": "What to ask the team",
    "heard": "What they asked or said, without names",
    "held": "It was held on",
    "there": "How many were there",
    "back": "Note it on your phone, or hand this sheet back to whoever gave it to you.",
    "unnamed": "For everybody in the team: ask without your name.",
    "page": "Page",
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": _EN,
    "de": {
        "for": "Für",
        "people": "{n} Personen",
        "tells": "Es sagt",
        "until": "Zu führen",
        "to": "{first} bis {last}",
        "opens": "sobald das Gespräch darüber geführt ist",
        "say": "Was zu sagen ist",
        "known": "Was wir wissen",
        "unknown": "Was wir noch nicht wissen",
        "next": "Die nächste Nachricht",
        "ask": "Was Sie das Team fragen",
        "heard": "Was gefragt oder gesagt wurde, ohne Namen",
        "held": "Geführt am",
        "there": "Wie viele da waren",
        "back": "Auf dem Telefon vermerken, oder dieses Blatt dahin zurückgeben, woher es kam.",
        "unnamed": "Für alle im Team: fragen, ohne den Namen zu nennen.",
        "page": "Seite",
    },
    "es": {
        "for": "Para",
        "people": "{n} personas",
        "tells": "Lo cuenta",
        "until": "Cuándo",
        "to": "del {first} al {last}",
        "opens": "cuando se haya tenido la charla anterior",
        "say": "Qué decir",
        "known": "Lo que sabemos",
        "unknown": "Lo que aún no sabemos",
        "next": "La próxima noticia",
        "ask": "Qué preguntar al equipo",
        "heard": "Qué preguntaron o dijeron, sin nombres",
        "held": "Se tuvo el",
        "there": "Cuántos estuvieron",
        "back": "Anótelo en el teléfono o devuelva esta hoja a quien se la dio.",
        "unnamed": "Para todo el equipo: preguntar sin dar el nombre.",
        "page": "Página",
    },
    "pl": {
        "for": "Dla",
        "people": "{n} osób",
        "tells": "Przekazuje",
        "until": "Termin",
        "to": "od {first} do {last}",
        "opens": "gdy odbędzie się wcześniejsza rozmowa",
        "say": "Co powiedzieć",
        "known": "Co wiemy",
        "unknown": "Czego jeszcze nie wiemy",
        "next": "Następna wiadomość",
        "ask": "O co zapytać zespół",
        "heard": "O co pytano i co powiedziano, bez nazwisk",
        "held": "Odbyła się dnia",
        "there": "Ile osób było obecnych",
        "back": "Proszę zanotować w telefonie albo oddać tę kartkę temu, kto ją wręczył.",
        "unnamed": "Dla wszystkich w zespole: pytanie bez podawania nazwiska.",
        "page": "Strona",
    },
}
_MORE: Final = {"polish": "pl", "polnisch": "pl", "polski": "pl"}


def kit_words(language: str) -> Mapping[str, str]:
    """The words of a sheet in a language, however that is written."""
    return WORDS.get(kit_code(language), _EN)


def kit_code(language: str) -> str:
    """The two letters of a language."""
    return _MORE.get(language.strip().casefold(), code_of(language))
