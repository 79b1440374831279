"""The words that people's own sheets use for the columns of a communication plan, training plan, RAID log, roadmap, KPI sheet, RACI."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.plan.book import COMMUNICATION, KPI, RACI, RAID, ROADMAP, TRAINING
from commonground.analysis.tables import TABLES, Table
from commonground.analysis.tables.book import BOOK

Words = tuple[str, ...]
READABLE: Final[Mapping[str, Table]] = {**TABLES, **BOOK}  # every sheet that can be brought

SHEETS: Mapping[str, Words] = {
    COMMUNICATION: ("communication plan", "communications plan", "comms plan", "comm plan", "communication", "communications", "comms",
                    "Kommunikationsplan", "plan de communication", "communicatieplan"),
    TRAINING: ("training plan", "training schedule", "learning plan", "Schulungsplan", "plan de formation", "opleidingsplan"),
    RAID: ("raid", "raid log", "raid register", "risks actions issues decisions", "risk register", "risk log", "issue log", "action log"),
    ROADMAP: ("roadmap", "road map", "change roadmap", "change plan", "activity plan", "project plan", "Fahrplan", "Maßnahmenplan"),
    KPI: ("kpi", "kpis", "kpi dashboard", "metrics", "measures", "key performance indicators", "Kennzahlen"),
    RACI: ("raci", "raci matrix", "raci chart", "rasci", "responsibility matrix", "responsibilities"),
}  # fmt: skip

_STATUS: Words = ("status", "state", "progress", "Stand", "statut", "estado")
_NOTES: Words = (
    "notes",
    "note",
    "comments",
    "comment",
    "remarks",
    "notes updates",
    "Bemerkung",
    "remarques",
    "opmerkingen",
)
_OWNER: Words = ("owner", "responsible", "assigned to", "accountable", "responsible person", "who", "lead", "activity owner",
"risk owner",
                 "Verantwortlich", "responsable", "eigenaar")  # fmt: skip
_ID: Words = ("id", "no", "nr", "number", "ref", "reference", "key", "id no", "item no")
_AUDIENCE: Words = ("audience", "target audience", "target group", "stakeholder", "stakeholders", "stakeholder group", "recipients",
"recipient",
                    "for whom", "receiver", "receivers", "to", "unit", "department", "business unit", "team", "group", "Zielgruppe",
                    "public cible", "doelgroep", "audiencia")  # fmt: skip
WORDS: Mapping[str, Mapping[str, Words]] = {
    COMMUNICATION: {
        "id": _ID,
        "message": ("message", "key message", "key messages", "communication", "content", "topic", "subject", "what", "title",
                    "communication item",
                    "description", "Botschaft", "Nachricht", "boodschap", "mensaje"),
        "audience": _AUDIENCE,
        "channel": ("channel", "vehicle", "communication vehicle", "medium", "media", "method", "delivery method", "format", "type",
                    "how", "Kanal",
                    "canal", "kanaal"),
        "sender": ("sender", "messenger", "from", "delivered by", "spokesperson", "presenter", "speaker", "communicator", "from whom",
                   "Absender",
                   "expéditeur", "afzender"),
        "owner": ("owner", "author", "created by", "prepared by", "developer", "responsible", "content owner", "drafted by", "Autor",
                  "auteur"),
        "timing": ("timing", "date", "distribution date", "dates", "when", "send date", "due date", "delivery date", "date sent",
                   "planned date",
                   "frequency", "day", "week", "Termin", "Datum", "fecha"),
        "status": _STATUS,
        "notes": (*_NOTES, "purpose", "objective"),
    },
    TRAINING: {
        "id": (*_ID, "module id", "course id", "course code"),
        "training_module": ("training module", "module", "course", "training", "course name", "module name", "topic", "title",
                            "course title", "name",
                            "Schulung", "formation", "cursus"),
        "target_role": ("target role", "target roles", "role", "roles", "audience", "target audience", "for", "required for",
                        "job role", "unit",
                        "department", "Zielrolle", "rôle"),
        "format": ("format", "method", "delivery method", "delivery", "training type", "type", "Form"),
        "duration": ("duration", "hours", "length", "duration hours", "time", "Dauer", "durée", "duur"),
        "trainer": ("trainer", "instructor", "facilitator", "teacher", "delivered by", "lead", "Dozent", "formateur"),
        "target_headcount": ("target headcount", "headcount", "number of people", "participants", "target", "planned participants"),
        "trained": ("trained", "completed", "number trained", "people trained", "attended"),
        "completion": ("completion", "completion %", "% complete", "percent complete", "completion rate", "coverage"),
        "date": ("date", "start date", "session date", "planned date", "training date", "when", "due", "due date", "Datum", "fecha"),
        "status": _STATUS,
    },
    RAID: {
        "id": _ID,
        "type": ("type", "category", "raid", "raid type", "kind", "r/a/i/d", "Typ", "Art"),
        "statement": ("statement", "description", "risk description", "issue description", "title", "summary", "item", "what",
                      "action", "risk", "issue",
                      "Beschreibung"),
        "owner": _OWNER,
        "response": ("response", "mitigation", "response plan", "next action", "next step", "action plan", "resolution", "treatment",
                     "measure",
                     "Gegenmaßnahme"),
        "due": ("due", "due date", "date due", "target date", "by when", "deadline", "when", "end date", "date", "fällig"),
        "status": _STATUS,
        "escalation": ("escalation", "escalation path", "escalated to", "escalate to"),
    },
    ROADMAP: {
        "id": _ID,
        "activity": ("activity", "activities", "task", "action", "change activity", "deliverable", "milestone", "activity name",
                     "task name", "step", "what",
                     "title", "name", "description", "Aktivität", "Maßnahme", "activité", "actividad", "activiteit"),
        "phase": ("phase", "stage", "workstream", "work stream", "project phase", "Etappe", "étape"),
        "owner": _OWNER,
        "audience": _AUDIENCE,
        "status": _STATUS,
        "start_date": ("start date", "start", "begin", "from", "planned start", "starts", "begins", "Beginn", "début", "inicio",
                       "startdatum"),
        "end_date": ("end date", "end", "finish", "to", "until", "due", "due date", "finish date", "planned end", "planned finish",
                     "deadline", "target date",
                     "Ende", "fin", "einddatum"),
        "notes": _NOTES,
    },
    KPI: {
        "id": _ID,
        "kpi": ("kpi", "metric", "measure", "indicator", "name", "kpi name", "key performance indicator", "Kennzahl", "indicateur"),
        "definition": ("definition", "description", "how measured", "calculation", "formula", "meaning"),
        "current": ("current", "actual", "current value", "value", "now", "baseline", "result", "Ist"),
        "target": ("target", "goal", "target value", "Ziel", "Soll", "objectif", "doel"),
        "status": (*_STATUS, "rag", "rag status"),
        "trend": ("trend", "direction", "change"),
    },
    RACI: {
        "id": _ID,
        "activity": ("activity/decision", "activity decision", "activity", "decision", "task", "deliverable", "process",
                     "work process", "what", "item",
                     "responsibility"),
        "responsible": ("responsible", "person/group responsible", "person group responsible", "r", "doer", "does", "durchführung"),
        "accountable": ("accountable", "a", "answers for", "owner", "approver", "approves", "verantwortlich"),
        "consulted": ("consulted", "c", "consult"),
        "informed": ("informed", "i", "inform"),
    },
}  # fmt: skip


def is_of_book(table: str) -> bool:
    """Whether a sheet is one of common practice and no table of facts."""
    return table in BOOK
