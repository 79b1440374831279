"""The words that mailing, SMS and phone tools use for our columns, and for what becomes of a customer on a list."""

from collections.abc import Mapping
from typing import Final

from commonground.communication.sendings import ANSWERED, BOUNCED, LISTED, REFUSED, SENT

Words = tuple[str, ...]
OURS: Final[Mapping[str, str]] = {
    "ref": "the reference, as the list names it",
    "address": "the address or the number",
    "outcome": "what became of it",
    "on": "the day",
    "answer": "what the customer answered, in words",
}
COLUMNS: Final[Mapping[str, Words]] = {
    "ref": ("ref", "reference", "id", "contact id", "contact", "customer id", "customer number", "customer no", "external id", "key",
            "Kundennummer", "Kundennr", "Kunden-Nr", "Referenz", "Kontakt-ID", "numéro client"),
    "address": ("address", "email", "e-mail", "email address", "recipient", "to", "fax", "fax number", "sms", "mobile", "phone",
                "phone number", "number", "letter", "portal", "visit", "Adresse", "Empfänger", "E-Mail-Adresse", "Faxnummer",
                "Telefon", "Telefonnummer", "Rufnummer", "Mobilnummer", "destinataire"),
    "outcome": ("outcome", "result", "status", "delivery status", "state", "event", "disposition", "last event", "email status",
                "Ergebnis", "Zustellstatus", "Sendestatus", "résultat", "statut"),
    "on": ("on", "day", "date", "time", "sent on", "sent at", "timestamp", "delivered at", "event time", "Datum", "Zeitpunkt", "am",
           "date d’envoi"),
    "answer": ("answer", "reply", "response", "comment", "remarks", "note", "notes", "message", "Antwort", "Bemerkung", "Kommentar",
               "réponse"),
}  # fmt: skip
OUTCOME_WORDS: Final[Mapping[str, Words]] = {
    SENT: ("sent", "delivered", "delivery", "ok", "success", "successful", "succeeded", "done", "yes", "x", "opened", "open", "clicked",
           "click", "received", "accepted", "reached", "completed", "transmitted", "read", "posted", "handed over", "spoken with",
           "gesendet", "versendet", "versandt", "zugestellt", "angekommen", "erreicht", "erfolgreich", "ja", "geöffnet", "übertragen",
           "envoyé", "livré"),
    BOUNCED: ("bounced", "bounce", "hard bounce", "soft bounce", "hardbounce", "softbounce", "hard", "soft", "failed", "failure", "error",
              "undelivered", "undeliverable", "invalid", "invalid address", "invalid number", "wrong number", "unknown number",
              "unknown address", "rejected", "dropped", "returned", "return to sender", "moved", "not delivered", "no fax",
              "unzustellbar", "nicht zugestellt", "fehlgeschlagen", "fehler", "zurück", "zurückgekommen", "unbekannt",
              "unbekannt verzogen", "falsche nummer", "kein fax", "abgelehnt", "non distribué", "échec"),
    REFUSED: ("refused", "unsubscribed", "unsubscribe", "opted out", "opt out", "optout", "opt-out", "complaint", "complained", "spam",
              "spam report", "spamreport", "stop", "does not want it", "wants no more", "do not contact", "abgemeldet", "abbestellt",
              "widerspruch", "widersprochen", "will nicht", "möchte nicht", "désabonné", "désinscrit"),
    ANSWERED: ("answered", "replied", "reply", "responded", "response", "geantwortet", "beantwortet", "antwort", "répondu"),
    LISTED: ("pending", "queued", "waiting", "deferred", "busy", "no answer", "not reached", "not reached yet", "voicemail", "engaged",
             "besetzt", "nicht erreicht", "wartend", "offen", "open item"),
}  # fmt: skip
EXAMPLES: Final = "sent, bounced, refused or answered"
