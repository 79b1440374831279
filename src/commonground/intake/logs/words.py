"""The words that other people's logs use for our columns: of the XES standard, of four languages, and of CRM exports.

Standard words win over all. Sure ones mean the column wherever they stand, the best first; likely ones only where no header of the file
is sure, since other tools use them for something else.
"""

from collections.abc import Mapping
from typing import Final, Literal

Words = tuple[str, ...]
Tier = Literal["standard", "sure", "likely"]

_STANDARD: Final[Mapping[str, Words]] = {
    "case": ("case:concept:name",),
    "activity": ("concept:name",),
    "time": ("time:timestamp",),
    "person": ("org:resource",),
    "unit": ("org:group",),
    "id": ("identity:id",),
}

_SURE: Final[Mapping[str, Words]] = {
    "case": (
        "case id", "case", "case identifier", "case no", "case number", "case key", "case ref", "case reference",
        "case name", "caseid key", "case:id", "case:case id", "trace id", "trace", "trace concept name",
        "process instance", "process instance id", "instance id", "instance", "business key",
        # German, Dutch, French, Spanish
        "Fall", "Fall ID", "Fallnummer", "Fall Nr", "Fallkennung", "Vorgang", "Vorgangs ID", "Vorgangsnummer",
        "Vorgangs Nr", "Vorgangskennung", "Aktenzeichen", "Geschäftszeichen", "Prozessinstanz",
        "zaak", "zaak id", "zaaknummer", "zaak nr", "zaakidentificatie", "dossier", "dossiernummer", "dossier id",
        "cas", "id cas", "numéro de cas", "n° de cas", "numéro de dossier", "n° dossier", "n° de dossier",
        "no dossier", "id dossier", "identifiant du dossier", "caso", "id caso", "id de caso", "número de caso",
        # Salesforce, Dynamics, HubSpot, Odoo, vTiger, SuiteCRM, Zoho
        "OpportunityId", "opportunity", "ParentId", "parent_id", "LeadId", "WhatId", "_objectid_value", "objectid",
        "object id", "targetObjectId", "hs_object_id", "deal id", "deal", "ticket id", "res_id",
        "related document id", "crmid", "record id", "record", "related record", "_regardingobjectid_value",
        "regarding object id", "regarding", "incident id", "incident number", "request id", "service request id",
        "sr number", "order id", "order number", "sales order", "claim id", "claim number", "contract id",
        "application id", "issue key", "issue id", "lead", "ticket number", "ticket", "order",
    ),
    "activity": (
        "activity", "event concept:name", "activity name", "activity en", "activity de", "activity label",
        "activity type", "event name", "task name", "step name",
        "process step", "step", "workflow step", "transaction", "operation name", "activity id",
        "Aktivität", "Aktivitätsname", "Tätigkeit", "Arbeitsschritt", "Prozessschritt", "Schritt", "Bearbeitungsschritt",
        "Vorgangsschritt", "activiteit", "activiteitnaam", "handeling", "processtap", "stap", "taak",
        "activité", "nom de l'activité", "étape", "tâche", "actividad", "paso", "tarea",
        "activitytypecode", "FieldName", "field_name", "StageName", "dealstage", "stage name", "sales_stage",
    ),
    "time": (
        "timestamp", "event time:timestamp", "complete timestamp", "completion timestamp", "end timestamp",
        "time stamp", "event time",
        "event timestamp", "event date", "date time", "datetime", "date and time", "event datetime",
        "completion time", "complete time", "completed at", "completed on", "finished at", "occurred at", "occurredAt",
        "occurred on", "end time", "end date time", "ended at", "start timestamp", "started at",
        "Zeitstempel", "Zeitpunkt", "Datum Uhrzeit", "Datum und Uhrzeit", "Datum/Zeit", "Ereigniszeit", "Endzeitpunkt",
        "Endezeit", "Ende Zeit", "Erledigt am", "tijdstempel", "tijdstip", "datum tijd", "datum en tijd", "eindtijd",
        "horodatage", "date heure", "date et heure", "date/heure", "horodate", "marca de tiempo", "fecha y hora",
        "CreatedDate", "createdon", "created on", "created at", "date created", "date_created", "created date",
        "create date", "changedon", "changed on", "changed at", "audited_time", "hs_timestamp", "ActivityDateTime",
        "CompletedDateTime", "LastModifiedDate", "last modified date", "modified on", "modifiedon", "updated at",
        "updated on", "hs_createdate", "actualend", "LoginTime", "StartDateTime", "time utc", "ts",
    ),
    "person": (
        "resource", "event org:resource", "resource name", "performer", "performed by", "executed by", "done by",
        "done_by", "handled by",
        "processed by", "completed by", "user", "user name", "user id", "employee", "employee name", "employee id",
        "agent", "agent name", "agent id", "worker", "staff member", "staff id", "person", "person id", "actor",
        "clerk", "case worker", "handler", "operator", "Bearbeiter", "Bearbeiterin", "Sachbearbeiter",
        "Sachbearbeiterin", "Mitarbeiter", "Mitarbeiterin", "Benutzer", "Nutzer", "Ressource", "Ausführender",
        "Bearbeitet von", "medewerker", "behandelaar", "gebruiker", "uitgevoerd door", "resource naam",
        "utilisateur", "employé", "collaborateur", "exécutant", "intervenant", "traité par", "réalisé par", "effectué par",
        "usuario", "empleado", "recurso", "CreatedById", "_userid_value", "userid", "acting user", "actingUser",
        "updatedByUserId", "hs_created_by_user_id", "created_by", "created by", "author_id", "author", "whodid",
        "changed by", "modified by", "updated by", "sys updated by", "LastModifiedById", "last modified by",
        "create_uid", "OwnerId",
        "hubspot_owner_id", "_ownerid_value", "assigned to", "assignee", "assigned user", "owner",
    ),
    "unit": (
        "unit", "org unit", "organizational unit", "organisational unit", "organization unit", "orgunit", "department",
        "department name", "dept", "business unit", "team", "team name", "work group", "workgroup", "group",
        "group name", "assignment group", "support group", "resource group", "division", "queue",
        "Einheit", "Organisationseinheit", "OE", "Abteilung", "Bereich", "Sachgebiet", "Referat", "Dienststelle",
        "Gruppe", "Fachbereich", "afdeling", "eenheid", "organisatie eenheid", "groep", "werkgroep",
        "service", "unité", "unité organisationnelle", "département", "équipe", "groupe", "unidad", "departamento",
        "equipo", "_businessunitid_value", "businessunitid", "team_id", "hubspot_team_id", "securitygroup",
        "territory",
    ),
    "product_line": (
        "product line", "productline", "line of business", "lob", "product group", "product family", "product category",
        "Produktlinie", "Produktgruppe", "Sparte", "Geschäftsfeld", "productlijn", "productgroep",
        "ligne de produits", "ligne de produit", "gamme", "gamme de produits", "línea de producto", "ProductFamily",
    ),
    "channel": (
        "channel", "contact channel", "communication channel", "intake channel", "sales channel", "Kanal",
        "Kontaktkanal", "Eingangskanal", "Kommunikationskanal", "kanaal", "contactkanaal", "canal", "canal de contact",
        "TaskSubtype", "CallType", "ActivityOriginType", "sourceType", "source type",
    ),
    "id": (
        "event id", "eventid", "event key", "event uuid", "activity instance id", "audit id", "auditid",
        "Ereignis ID", "Ereigniskennung", "gebeurtenis id", "id événement", "id de l'événement",
    ),
}  # fmt: skip

_LIKELY: Final[Mapping[str, Words]] = {
    "case": ("AccountId", "account", "WhoId", "contact id", "customer id", "number", "id", "key", "nr", "no"),
    "activity": (
        "event", "event type", "task", "task type", "action", "operation", "Ereignis", "Aktion", "Vorgangsart",
        "gebeurtenis",
        "actie", "événement", "action type", "field", "field label", "field_id", "stage", "stage_id", "subtype",
        "subtype_id", "message_type", "new status", "to status", "incident state", "case status", "ticket status",
        "status", "state", "type", "subject", "Status neu", "statut",
        "estado", "name", "description", "value",
    ),
    "time": (
        "time", "date", "when", "day", "start time", "start date", "end date", "start", "end", "begin", "Zeit", "Datum",
        "Uhrzeit", "Ende", "Beginn", "Startzeit", "tijd", "starttijd", "heure", "temps", "fecha", "hora", "sys updated on",
        "sys_updated_at", "sys created on", "opened at", "ActivityDate", "write_date",
    ),
    "person": ("name", "responsible", "Verantwortlich", "verantwoordelijke", "responsable", "by", "who", "von", "door", "par"),
    "unit": ("role group", "office", "branch", "region", "site", "location", "Standort", "vestiging", "agence"),
    "product_line": ("product", "Produkt", "produit", "producto", "product name"),
    "channel": ("medium", "origin", "source", "via", "Quelle", "Herkunft", "bron", "herkomst", "origine", "origen"),
    "id": ("id", "uuid", "guid", "row id", "message id", "history id", "key"),
}  # fmt: skip

ENDS_OF_IDS: Final = ("id", "number", "nummer", "no", "nr", "key", "kennung", "numero", "ref")
TIERS: Final[Mapping[Tier, Mapping[str, Words]]] = {"standard": _STANDARD, "sure": _SURE, "likely": _LIKELY}
