"""What the answering pages say besides the questions, in each language we can write."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from commonground.ui.words import day as written_day

UI: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "skip": "Skip to the questions",
        "question": "Question {number} of {total}",
        "whole": "everybody who is asked",
        "now": "Now",
        "wanted": "Wanted, in three years",
        "of": "{number} of {high}",
        "points": "points",
        "points_hint": "Share out 100 points. An empty place is 0.",
        "missing": "Choose one.",
        "missing_points": "Share out 100 points.",
        "no_number": "Write whole numbers from 0 to 100.",
        "too_few": "These come to {given} points; {left} are left to give.",
        "too_many": "These come to {given} points; take {left} away.",
        "summary": "Look once more at",
        "left_out": "To leave these out on purpose, tick the box at the end.",
        "failed": "Something went wrong here",
        "failed_text": "It is our fault, not yours. Try again in a minute: your code is good as long as nothing says it was used.",
        "anyway": "I leave these questions out on purpose",
        "send": "Send my answer",
        "final": "Once sent, an answer cannot be changed or found again, because nothing tells which one is yours.",
        "kept": "What is kept",
        "kept_text": (
            "What you choose, and this group: {group}. No name, no time, no address of your device, no order. The"
            " link is spent, and what could tie it to you is destroyed when the round closes on {until}."
        ),
        "shown": "What is shown",
        "shown_text": (
            "Only tables for groups of at least {threshold} people, made once, after the round has closed. Nobody"
            " reads single answers, an administrator neither."
        ),
        "choice": "Taking part is your choice. No page shows whether you did.",
        "language": "Language",
        "leave": (
            "Nothing is kept while you answer: if you close the page, your choices are gone and the link stays good."
        ),
        "thanks": "Thank you. Your answer has arrived.",
        "thanks_text": "It lies among those of your group and can no longer be told from them. You can close this page.",
        "thanks_what": "After the round has closed, its tables stand where everybody who was asked can read them.",
        "enter": "Enter your code",
        "enter_text": (
            "It stands on your slip or in your mail: five groups of four letters and digits. Capitals and dashes "
            "make no difference."
        ),
        "code": "Code",
        "go": "Go on",
        "unknown": "This code is not known",
        "unknown_text": (
            "Perhaps a sign was misread: there is no I, L, O or U in a code. Compare it with your slip and try "
            "again. A round that is over has no codes any more either."
        ),
        "spent": "This code was used already",
        "spent_text": (
            "Each is good for one answer. If it was you who just sent one, it has arrived, and nothing more needs"
            " to be done."
        ),
        "early": "This round has not begun yet",
        "early_text": "Your code is good. Come back on the first day of the round.",
        "closed": "This round is over",
        "closed_text": "No more answers are taken, so that the tables stay as they are. Thank you for coming.",
        "many": "Many wrong codes were tried just now",
        "many_text": (
            "They came from the connection that you use. Please wait ten minutes and enter yours again, or use another "
            "connection. Where you come from is stored nowhere."
        ),
        "again": "Enter another code",
    },
    "de": {
        "skip": "Zu den Fragen",
        "question": "Frage {number} von {total}",
        "whole": "alle, die gefragt werden",
        "now": "Heute",
        "wanted": "Gewünscht, in drei Jahren",
        "of": "{number} von {high}",
        "points": "Punkte",
        "points_hint": "Verteilen Sie 100 Punkte. Ein leeres Feld zählt 0.",
        "missing": "Bitte eines wählen.",
        "missing_points": "Bitte 100 Punkte verteilen.",
        "no_number": "Bitte ganze Zahlen von 0 bis 100.",
        "too_few": "Das sind {given} Punkte; {left} sind noch zu vergeben.",
        "too_many": "Das sind {given} Punkte; bitte {left} wegnehmen.",
        "summary": "Bitte noch einmal ansehen",
        "left_out": "Um sie bewusst auszulassen, das Kästchen am Ende ankreuzen.",
        "failed": "Hier ist etwas schiefgegangen",
        "failed_text": "Es liegt an uns, nicht an Ihnen. Bitte gleich noch einmal: Ihr Code gilt, solange nichts sagt, er sei benutzt.",
        "anyway": "Ich lasse diese Fragen bewusst aus",
        "send": "Meine Antwort senden",
        "final": (
            "Eine gesendete Antwort kann nicht geändert oder wiedergefunden werden, weil nichts verrät, welche "
            "Ihre ist."
        ),
        "kept": "Was aufbewahrt wird",
        "kept_text": (
            "Was Sie wählen, und diese Gruppe: {group}. Kein Name, keine Uhrzeit, keine Adresse Ihres Geräts, "
            "keine Reihenfolge. Der Link ist danach verbraucht, und was ihn mit Ihnen verbinden könnte, wird "
            "vernichtet, wenn die Runde am {until} endet."
        ),
        "shown": "Was gezeigt wird",
        "shown_text": (
            "Nur Tabellen für Gruppen ab {threshold} Personen, einmal erstellt, nachdem die Runde beendet ist. "
            "Einzelne Antworten liest niemand, auch keine Administration."
        ),
        "choice": "Die Teilnahme ist freiwillig. Keine Seite zeigt, ob Sie teilgenommen haben.",
        "language": "Sprache",
        "leave": (
            "Während Sie antworten, wird nichts gespeichert: Wenn Sie die Seite schließen, ist Ihre Auswahl weg "
            "und der Link bleibt gültig."
        ),
        "thanks": "Danke. Ihre Antwort ist angekommen.",
        "thanks_text": (
            "Sie liegt bei denen Ihrer Gruppe und ist von ihnen nicht mehr zu unterscheiden. Sie können die Seite"
            " schließen."
        ),
        "thanks_what": "Wenn die Runde beendet ist, stehen ihre Tabellen dort, wo alle Befragten sie lesen können.",
        "enter": "Geben Sie Ihren Code ein",
        "enter_text": (
            "Er steht auf Ihrem Zettel oder in Ihrer E-Mail: fünf Gruppen aus vier Buchstaben und Ziffern. Groß "
            "oder klein und Striche sind gleich."
        ),
        "code": "Code",
        "go": "Weiter",
        "unknown": "Dieser Code ist nicht bekannt",
        "unknown_text": (
            "Vielleicht wurde ein Zeichen verlesen: I, L, O und U kommen nicht vor. Vergleichen Sie ihn bitte mit"
            " dem Zettel. Auch eine beendete Runde hat keine Codes mehr."
        ),
        "spent": "Dieser Code wurde schon benutzt",
        "spent_text": (
            "Jeder gilt für eine Antwort. Wenn Sie gerade eine gesendet haben, ist sie angekommen, und es ist "
            "nichts weiter zu tun."
        ),
        "early": "Diese Runde hat noch nicht begonnen",
        "early_text": "Ihr Code ist gültig. Kommen Sie am ersten Tag der Runde wieder.",
        "closed": "Diese Runde ist beendet",
        "closed_text": (
            "Es werden keine Antworten mehr angenommen, damit die Tabellen bleiben, wie sie sind. Danke, dass Sie"
            " da waren."
        ),
        "many": "Gerade wurden viele falsche Codes versucht",
        "many_text": (
            "Sie kamen über den Anschluss, den Sie benutzen. Bitte warten Sie zehn Minuten und geben Sie Ihren noch einmal ein, "
            "oder nehmen Sie einen anderen Anschluss. Woher Sie kommen, wird nirgends gespeichert."
        ),
        "again": "Anderen Code eingeben",
    },
}


def day_in(code: str, day: date) -> str:
    """A day as the language writes it: “6 Dec 2026”, “6.12.2026”."""
    return f"{day.day}.{day.month}.{day.year}" if code == "de" else written_day(day)


def ui(code: str) -> Mapping[str, str]:
    """The words in a language, else in English."""
    return UI.get(code, UI["en"])
