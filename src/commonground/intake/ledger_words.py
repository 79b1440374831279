"""The words that exports of ledgers use for our columns, and for what a row of them is."""

from collections.abc import Mapping
from typing import Final

Words = tuple[str, ...]

OURS: Final[Mapping[str, str]] = {
    "day": "the day of the booking",
    "amount": "the amount",
    "debit": "debit, where there is no one column of amounts",
    "credit": "credit, which is taken off",
    "account": "the account, or cost element",
    "account_name": "what the account is called",
    "centre": "the cost centre or project",
    "line": "the line of the budget, where the ledger names it",
    "reference": "the document’s number, by which a booking is known again",
    "words": "what it was for",
    "kind": "whether it is spent or only ordered",
    "hours": "hours, where time is booked",
    "currency": "the currency",
}
COLUMNS: Final[Mapping[str, Words]] = {
    "day": ("posting date", "booking date", "date", "day", "document date", "value date", "transaction date", "booked on", "posted",
            "Buchungsdatum", "Belegdatum", "Datum", "date comptable", "date de pièce", "fecha", "boekdatum", "boekingsdatum"),
    "amount": ("amount", "net amount", "net", "amount in local currency", "local amount", "value", "cost", "total amount", "sum", "actual",
               "Betrag", "Nettobetrag", "Betrag in Hauswährung", "montant", "montant net", "importe", "bedrag"),
    "debit": ("debit", "debit amount", "dr", "Soll", "Sollbetrag", "débit", "debe", "debet"),
    "credit": ("credit", "credit amount", "cr", "Haben", "Habenbetrag", "crédit", "haber"),
    "account": ("account", "account no", "account number", "account code", "gl account", "g/l account", "general ledger account",
                "cost element", "nominal code", "nominal", "ledger account", "Konto", "Sachkonto", "Kontonummer", "Kostenart", "compte",
                "cuenta", "grootboekrekening", "rekening"),
    "account_name": ("account name", "account description", "account text", "description of account", "cost element name",
                     "nominal name", "Kontobezeichnung", "Kontoname", "libellé du compte", "nombre de cuenta"),
    "centre": ("cost centre", "cost center", "cost centre code", "cost object", "project", "project code", "wbs element", "wbs",
               "internal order", "Kostenstelle", "Projekt", "Auftrag", "centre de coûts", "centro de coste", "kostenplaats"),
    "line": ("budget line", "line", "line id", "budget position", "budget code", "budget item", "Budgetposition", "Budgetzeile"),
    "reference": ("reference", "document", "document no", "document number", "doc no", "voucher", "voucher no", "invoice", "invoice no",
                  "invoice number", "entry no", "transaction id", "ref", "Beleg", "Belegnummer", "Belegnr", "pièce", "numéro de pièce",
                  "documento", "boekstuknummer", "stuknummer"),
    "words": ("text", "description", "details", "memo", "narrative", "booking text", "line text", "item text", "comment", "purpose",
              "Buchungstext", "Text", "Beschreibung", "libellé", "descripción", "omschrijving"),
    "kind": ("kind", "type", "value type", "entry type", "actual or commitment", "Werttyp", "Belegart"),
    "hours": ("hours", "hours booked", "time", "quantity of hours", "Stunden", "heures", "horas", "uren"),
    "currency": ("currency", "curr", "crcy", "local currency", "Währung", "devise", "moneda", "valuta"),
}  # fmt: skip
NEEDED: Final = ("day", "amount")
ORDERED: Final = frozenset({
    "commitment", "commitments", "committed", "order", "ordered", "orders", "purchaseorder", "po",
    "open", "obligo", "bestellung", "bestellt", "commande", "bestelling",
})  # fmt: skip
TOTALS: Final = (
    "grand total", "subtotal", "sub total", "total", "totals", "sum", "balance", "gesamtsumme", "gesamt", "summe", "zwischensumme", "saldo",
    "total général", "totaal", "somme",
)  # fmt: skip
