"""The words that exports of customers’ contacts use for our columns: those of five CRM systems, in English and German."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from commonground.intake.headers import plain

Words = tuple[str, ...]
TABLE: Final = "contacts"  # under which mappings are kept beside those of sheets

OURS: Final[Mapping[str, str]] = {
    "id": "the contact’s number",
    "segment": "the kind of customer",
    "name": "the name",
    "first_name": "first name, where the name stands in parts",
    "last_name": "last name",
    "language": "the language",
    "email": "e-mail address",
    "email_ok": "e-mail: may we?",
    "email_no": "e-mail: do not send",
    "email_back": "e-mail: came back",
    "sms": "mobile number",
    "sms_ok": "SMS: may we?",
    "sms_no": "SMS: do not send",
    "phone": "phone number",
    "phone_ok": "phone: may we?",
    "phone_no": "phone: do not call",
    "letter": "postal address",
    "street": "street, where the address stands in parts",
    "postcode": "postcode",
    "city": "place",
    "region": "state or region",
    "country": "country",
    "letter_ok": "letter: may we?",
    "letter_no": "letter: do not send",
    "fax": "fax number",
    "fax_ok": "fax: may we?",
    "fax_no": "fax: do not send",
    "portal": "whether they use the portal",
    "visit": "whether somebody can visit, or where",
}
COLUMNS: Final[Mapping[str, Words]] = {
    "id": ("id", "contact id", "contactid", "record id", "customer id", "customer no", "customer number", "account number", "account id",
           "ref", "reference", "Kundennummer", "Kunden-Nr", "Kontakt-ID", "Kontaktnummer", "Nummer"),
    "segment": ("segment", "customer segment", "customer group", "customer type", "group", "type", "account type", "lifecycle stage",
                "customertypecode", "category", "Kundengruppe", "Kundensegment", "Segment", "Kundenart", "Gruppe"),
    "name": ("name", "full name", "fullname", "contact name", "customer", "customer name", "company", "company name", "account name",
             "Kunde", "Firma", "Kundenname", "Ansprechpartner"),
    "first_name": ("first name", "firstname", "given name", "Vorname"),
    "last_name": ("last name", "lastname", "surname", "Nachname"),
    "language": ("language", "preferred language", "lang", "hs_language", "Sprache", "Korrespondenzsprache"),
    "email": ("email", "e-mail", "email address", "e-mail address", "emailaddress1", "email1", "mail", "E-Mail-Adresse", "Mailadresse"),
    "email_ok": ("email_ok", "email consent", "email opt in", "email allowed", "e-mail erlaubt",
                 "E-Mail Einwilligung", "Einwilligung E-Mail"),
    "email_no": ("hasoptedoutofemail", "email opt out", "opted out of email", "donotemail", "do not email", "do not allow emails",
                 "donotbulkemail", "opt_out", "hs_email_optout", "unsubscribed from all email",
                 "is_blacklisted", "keine E-Mails", "keine E-Mail"),
    "email_back": ("emailbounceddate", "email bounced date", "email bounced", "email bounced reason", "hs_email_hard_bounce_reason",
                   "email hard bounce reason", "invalid_email", "invalid email", "E-Mail unzustellbar"),
    "sms": ("sms", "mobile", "mobile phone", "mobilephone", "mobile number", "cell", "cell phone", "phone_mobile", "Mobil", "Mobiltelefon",
            "Handy", "Handynummer", "Mobilnummer"),
    "sms_ok": ("sms_ok", "sms consent", "sms opt in", "SMS erlaubt", "Einwilligung SMS"),
    "sms_no": ("hasoptedoutofsms", "sms opt out", "donotsms", "do not sms", "do not text", "keine SMS"),
    "phone": ("phone", "telephone", "telephone1", "business phone", "phone number", "phone_work", "home phone", "landline", "Telefon",
              "Telefonnummer", "Festnetz", "Rufnummer"),
    "phone_ok": ("phone_ok", "phone consent", "call consent", "Telefon erlaubt", "Einwilligung Telefon"),
    "phone_no": ("donotcall", "do not call", "do_not_call", "donotphone", "do not phone", "do not allow phone calls", "keine Anrufe"),
    "letter": ("letter", "address", "postal address", "mailing address", "full address", "address1_composite", "Anschrift",
               "Postanschrift", "Adresse", "Briefanschrift"),
    "street": ("street", "mailing street", "street address", "address line 1", "address1_line1", "address 1", "primary_address_street",
               "Straße", "Strasse", "Straße und Hausnummer"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "zip/postal code", "mailing zip/postal code", "mailingpostalcode",
                 "address1_postalcode", "primary_address_postalcode", "PLZ", "Postleitzahl"),
    "city": ("city", "town", "mailing city", "address1_city", "primary_address_city", "Ort", "Stadt", "Wohnort"),
    "region": ("state", "region", "province", "mailing state/province", "mailingstate", "address1_stateorprovince", "Bundesland"),
    "country": ("country", "mailing country", "address1_country", "country/region", "Land"),
    "letter_ok": ("letter_ok", "post consent", "letter consent", "Brief erlaubt", "Einwilligung Post"),
    "letter_no": ("donotpostalmail", "do not postal mail", "do not mail", "do not allow mails", "keine Post", "keine Briefe"),
    "fax": ("fax", "fax number", "phone_fax", "telefax", "business fax", "Faxnummer"),
    "fax_ok": ("fax_ok", "fax consent", "Fax erlaubt", "Einwilligung Fax"),
    "fax_no": ("hasoptedoutoffax", "fax opt out", "donotfax", "do not fax", "do not allow faxes", "kein Fax", "keine Faxe"),
    "portal": ("portal", "portal user", "portal login", "customer portal", "ishasportal", "adx_identity_username", "Kundenportal",
               "Portalnutzer", "Portal-Benutzer"),
    "visit": ("visit", "can be visited", "visits", "site visit", "Besuch", "Besuchsadresse", "Vor-Ort-Besuch"),
}  # fmt: skip
PARTS: Final = ("street", "postcode", "city", "region", "country")  # of a postal address that stands in parts
REFUSALS: Final = {
    **{f"{channel}_ok": (channel, False) for channel in ("email", "sms", "phone", "letter", "fax")},
    **{f"{channel}_no": (channel, True) for channel in ("email", "sms", "phone", "letter", "fax")},
}  # column → the channel it refuses, and whether it asks for the refusal


def found_columns(headers: Sequence[str]) -> dict[str, str]:
    """Our column → the header that means it, each header once; exact words before those that stand further down."""
    left = {plain(header): header for header in reversed(headers) if header}
    found: dict[str, str] = {}
    places = max(len(words) for words in COLUMNS.values())
    for place in range(places):
        for ours, words in COLUMNS.items():
            if ours not in found and place < len(words) and (header := left.pop(plain(words[place]), None)):
                found[ours] = header
    return found


def further_refusals(headers: Sequence[str], found: Mapping[str, str]) -> dict[str, str]:
    """A name for each further column of consent → its header: exports have several for one channel, and each of them can refuse.

    The name begins with the column of ours beside which it stands; only those count that are read at all.
    """
    taken, more = set(found.values()), dict[str, str]()
    for header in headers:
        said = plain(re.sub(r" \(\d+\)$", "", header))
        ours = next((one for one in REFUSALS if one in found and said in map(plain, COLUMNS[one])), None)
        if ours is not None and header not in taken:
            more[f"{ours} {len(more) + 2}"] = header
    return more


def known(cells: Sequence[str]) -> int:
    """How many cells of a row are headers that are known."""
    return len(found_columns(cells))
