"""The words that people's sheets use for our columns: English first, with the main ones in German, French, Spanish and Dutch.

Words stand in order of preference; they are compared without case, spaces, punctuation and accents (`headers.plain`). Where the
same word may mean several columns of a table, the exact header wins, then the column that stands first here.
"""

from collections.abc import Mapping

from commonground.intake import words_of_sheets
from commonground.intake.words_of_communication import OF_COMMUNICATION
from commonground.intake.words_of_gates import OF_GATES
from commonground.intake.words_of_reinforcement import OF_REINFORCEMENT

Words = tuple[str, ...]
SHEETS = words_of_sheets.SHEETS  # what files and sheets are called

_UNIT: Words = (
    "unit", "unit id", "org unit", "org unit id", "organizational unit", "organisational unit", "organization unit",
    "department id", "dept id", "department no", "department", "dept", "department name", "unit name", "division",
    "business area", "area", "business unit", "team", "group", "organisation", "organization", "cost center",
    "cost centre", "section", "stakeholder group", "org group", "Abteilung", "Einheit", "Bereich",
    "Organisationseinheit", "service", "département", "unité", "direction", "departamento", "unidad", "área",
    "afdeling", "eenheid", "branch", "regional office",
)  # fmt: skip
_PERSON: Words = (
    "person", "person id", "employee id", "employee no", "employee number", "staff id", "employee", "user", "member",
    "individual", "email address", "email", "full name", "name", "Mitarbeiter", "Person", "Personalnummer", "personne",
    "persona", "persoon", "medewerker",
)  # fmt: skip
_MANAGER: Words = (
    "manager", "manager id", "manager no", "manager employee id", "mgr", "mgr id", "manager number", "supervisor id",
    "reports to id", "reports to", "reporting manager id", "reporting manager", "line manager id", "line manager",
    "manager email", "reporting manager email", "manager email address", "supervisor", "boss", "superior",
    "manager name", "direct manager", "people manager", "Vorgesetzter", "Vorgesetzte", "Führungskraft", "Vorgesetzte/r",
    "supérieur", "responsable", "supérieur hiérarchique", "manager direct", "jefe", "supervisor directo",
    "leidinggevende", "chef",
)  # fmt: skip
_ROLE: Words = (
    "role", "role id", "job id", "job code", "role code", "position id", "job title", "role name", "job", "position",
    "position title", "job role", "occupation", "function", "title", "Rolle", "Stelle", "Funktion", "Position",
    "Stellenbezeichnung", "poste", "fonction", "rôle", "puesto", "cargo", "rol", "functie", "functietitel",
)  # fmt: skip
_LEVEL: Words = (
    "level", "job level", "grade", "grade level", "seniority", "band", "management level", "career level", "Ebene",
    "Stufe", "niveau", "nivel",
)  # fmt: skip
_LOCATION: Words = (
    "location", "site", "work location", "office location", "office", "place", "workplace", "location id", "city",
    "plant", "Standort", "Ort", "Dienstort", "lieu", "site de travail", "lieu de travail", "ubicación", "sede",
    "locatie", "vestiging", "region",
)  # fmt: skip
_FROM: Words = (
    "from", "valid from", "start", "start date", "from date", "date from", "effective from", "effective start date",
    "since", "begin", "begin date", "hire date", "hired on", "hired", "date of hire", "joined", "joining date", "von",
    "ab", "seit", "gültig ab", "Beginn", "Eintritt", "Eintrittsdatum", "depuis", "date de début", "date d'entrée",
    "desde", "fecha de inicio", "vanaf", "ingangsdatum", "startdatum",
)  # fmt: skip
_TO: Words = (
    "to", "valid to", "end", "end date", "to date", "date to", "effective to", "effective end date", "until",
    "valid until", "through", "termination date", "terminated on", "leaving date", "left", "left on", "exit date",
    "bis", "gültig bis", "Ende", "Austritt", "Austrittsdatum", "jusqu'au", "date de fin", "date de sortie", "hasta",
    "fecha de fin", "tot", "einddatum", "tot en met",
)  # fmt: skip
_FRONT: Words = (
    "front office", "frontoffice", "frontline", "front line", "customer facing", "customer contact", "is front office",
    "Kundenkontakt", "contact client", "atención al cliente", "klantcontact",
)  # fmt: skip
_EFFECTIVE: Words = (
    "effective", "effective date", "effective on", "effective from", "change date", "in effect from", "when", "date",
    "wirksam ab", "gültig ab", "date d'effet", "fecha efectiva", "ingangsdatum",
)  # fmt: skip
_OWNER: Words = (
    "answers for", "owner", "process owner", "owner id", "owner email", "owned by", "accountable", "responsible",
    "answerable", "who answers", "who answers for it", "responsible person", "process manager", "verantwortlich",
    "Prozessverantwortlicher", "Prozesseigner", "Eigentümer", "Verantwortlicher", "responsable",
    "propriétaire", "dueño", "propietario", "eigenaar", "proceseigenaar", "verantwoordelijke",
)  # fmt: skip
_PROCESS: Words = (
    "process", "process id", "work process", "process name", "process code", "activity", "task", "Prozess",
    "processus", "proceso", "proces",
)  # fmt: skip
_WORKFLOW: Words = (
    "workflow", "workflow id", "workflow name", "value stream", "end to end process", "customer journey", "Ablauf",
    "flux", "flujo", "werkstroom",
)  # fmt: skip
_PRODUCT: Words = ("product line", "product", "product group", "Produktlinie", "Sparte", "gamme", "línea de producto")
_FATE: Words = (
    "fate", "what happens", "what is to happen", "what will happen", "what happens to it", "outcome", "disposition",
    "future", "decision", "change", "what is changing", "action", "planned change", "was wird daraus", "Zukunft",
    "destin", "avenir", "destino", "toekomst",
)  # fmt: skip
_SOLUTION: Words = ("solution", "solution id", "Lösung", "solución", "oplossing")
_NAME: Words = ("name", "title", "description", "label", "Bezeichnung", "Titel", "nom", "libellé", "nombre", "naam")
_ID: Words = ("id", "code", "key", "number", "no", "nr", "ref", "reference", "unique id", "external id", "ID Nummer")
_KIND: Words = ("kind", "type", "category", "Art", "Typ", "tipo", "soort")

# For each header, whatever the table.
EVERYWHERE: Mapping[str, Words] = {
    "id": _ID,
    "name": _NAME,
    "unit": _UNIT,
    "manager": _MANAGER,
    "role": _ROLE,
    "level": _LEVEL,
    "email": ("email", "e-mail", "email address", "e-mail address", "work email", "business email", "mail",
              "email work", "E-Mail-Adresse", "adresse e-mail", "courriel", "correo", "correo electrónico",
              "e-mailadres"),
    "location": _LOCATION,
    "shift": ("shift", "shift pattern", "Schicht", "équipe de travail", "turno", "ploeg", "ploegendienst"),
    "language": ("language", "preferred language", "spoken language", "lang", "Sprache", "langue", "idioma", "taal"),
    "front_office": _FRONT,
    "from": _FROM,
    "to": _TO,
    "parent": ("parent", "parent id", "parent unit", "parent unit id", "parent department", "parent department id",
               "part of", "belongs to", "reports to", "superior unit", "übergeordnete Einheit", "gehört zu", "parent de",
               "unité mère", "unidad superior", "bovenliggende eenheid"),
    "business_unit": ("business unit", "is business unit", "bu", "Geschäftsbereich"),
    "product_line": _PRODUCT,
    "definition_before": ("definition before", "before", "old definition", "current definition", "definition now",
                          "today", "yesterday", "as is", "current description", "bisher", "avant", "antes", "voorheen"),
    "definition_after": ("definition after", "after", "new definition", "future definition", "tomorrow", "to be",
                         "future description", "künftig", "après", "después", "straks"),
    "fate": _FATE,
    "effective": _EFFECTIVE,
    "answers_for": _OWNER,
    "workflow": _WORKFLOW,
    "to_unit": ("to unit", "new unit", "target unit", "future unit", "moves to", "to department", "new department",
                "neue Einheit", "nouvelle unité", "nueva unidad", "nieuwe eenheid"),
    "to_answers_for": ("to answers for", "new owner", "future owner", "new process owner", "next owner",
                       "to owner", "neuer Eigentümer", "nouveau responsable", "nuevo responsable", "nieuwe eigenaar"),
    "open_work": ("open work", "work in progress", "backlog", "open cases", "offene Arbeit"),
    "data": ("data", "records", "data kept", "Daten", "données", "datos", "gegevens"),
    "taken_over_by": ("taken over by", "successor", "takes over", "handed to", "übernommen von", "repris par"),
    "process": _PROCESS,
    "person": _PERSON,
    "customer_need": ("customer need", "need", "customer requirement", "Kundenbedarf", "besoin client"),
    "serves_strategy": ("serves strategy", "strategy", "strategic goal", "serves", "strategy part"),
    "median_lead_working_hours": ("median lead working hours", "lead time", "lead hours", "lead time hours"),
    "from_process": ("from process", "from", "source", "sender", "hands off", "von Prozess", "von"),
    "to_process": ("to process", "to", "target", "receiver", "receives", "an Prozess", "an", "nach"),
    "carries": ("carries", "what", "what is handed off", "content", "information", "item"),
    "when": ("when", "view", "state", "as is or to be"),
    "median_wait_working_hours": ("median wait working hours", "wait", "waiting time", "wait hours", "waiting hours"),
    "cases": ("cases", "number of cases", "count", "n"),
    "ping_pong_cases": ("ping pong cases", "ping pong", "returns"),
    "kind": _KIND,
    "size": ("size", "amount", "how much", "magnitude", "weight", "degree", "Größe", "taille", "tamaño", "grootte"),
    "words": ("words", "in their words", "own words", "description", "what", "comment", "notes"),
    "offered": ("offered", "what is offered", "offer", "offered in return", "angeboten"),
    "accepted": ("accepted", "offer accepted", "is accepted", "angenommen", "accepté", "aceptado", "aanvaard"),
    "to_role": ("to role", "new role", "future role", "target role", "neue Rolle", "nouveau rôle", "nueva función"),
    "to_manager": ("to manager", "new manager", "future manager", "neuer Vorgesetzter", "nouveau responsable"),
    "read": ("read", "read on", "gelesen", "lu", "leído", "gelezen"),
    "discussed_manager": ("discussed manager", "discussed with manager", "discussed by manager", "manager discussed"),
    "discussed_holder": ("discussed holder", "discussed by holder", "holder discussed", "discussed by employee"),
    "acknowledged": ("acknowledged", "acknowledged on", "signed", "confirmed"),
    "consulted": ("consulted", "consulted on"),
    "told": ("told", "told on", "informed", "informed on", "announced"),
    "line_spoke": ("line spoke", "line spoke on", "manager spoke", "line manager spoke"),
    "shown": ("shown", "shown on", "published"),
    "in_force": ("in force", "in force on", "in force from", "live", "go live"),
    "offered_on": ("offered on", "date", "on", "offered", "conversation offered", "day"),
    "by": ("by", "offered by", "manager", "who"),
    "planned": ("planned", "planned date", "plan", "due", "due date", "target date", "geplant", "prévu", "gepland"),
    "actual": ("actual", "actual date", "done", "done on", "completed", "reached", "tatsächlich", "réel"),
    "question": ("question", "what is asked", "problem", "Frage", "pregunta", "vraag"),
    "opened": ("opened", "opened on", "start", "start date", "begun"),
    "decided": ("decided", "decided on", "decision date", "closed"),
    "solution": _SOLUTION,
    "consent": ("consent", "consents", "agreed", "has consented", "Zustimmung"),
    "hours_per_week": ("hours per week", "hours a week", "weekly hours", "hours/week", "hours", "capacity"),
    "manager_agreed": ("manager agreed", "agreed by manager", "manager consent", "manager agrees"),
    "on": ("on", "date", "day", "when", "Datum", "fecha"),
    "what": ("what", "kind", "type", "part"),
    "with": ("with", "who", "whom", "person", "name", "influencer", "member"),
    "outside_it": ("outside it", "outside IT", "not IT", "beyond it"),
    "practice": ("practice", "practice code"),
    "owner": ("owner", "responsible", "assigned to", "who", "person", "accountable", "Verantwortlich", "eigenaar"),
    "hours": ("hours", "effort", "duration", "effort hours", "Stunden", "heures", "horas", "uren"),
    "state": ("state", "status", "progress", "Stand", "statut", "estado"),
    "behaviour": ("behaviour", "behavior", "behaviour id", "behavior id", "behaviour name", "behavior name", "what is done",
                  "Verhalten", "comportement", "comportamiento", "gedrag"),
    "behaviours": ("behaviours", "behaviors", "behaviour", "behavior"),
    "new_way": ("new way", "the new way", "done the new way", "neuer Weg", "nouvelle façon", "nueva manera", "nieuwe manier"),
    "old_way": ("old way", "the old way", "done the old way", "alter Weg", "ancienne façon", "manera antigua", "oude manier"),
    "source": ("source", "seen in", "read from", "Quelle", "fuente", "bron"),
    "vanity": ("vanity", "log-ins only", "logins only", "says only that a tool is opened"),
    "starts": ("starts", "starts on", "start", "start date", "begins", "cut-over", "cutover", "go live", "Beginn"),
    "target_share": ("target share", "target", "goal", "target percent", "Ziel", "Zielanteil", "objectif", "objetivo", "doel"),
    "target_on": ("target on", "target date", "by when", "due", "due date", "Zieldatum"),
    "old_sunset": ("old sunset", "sunset", "sunset date", "old way ends", "old way ends on", "switch-off", "switched off on"),
    "old_possible": ("old possible", "old way possible", "old way is still possible", "still possible"),
    "old_rewarded": ("old rewarded", "old way rewarded", "old way is still rewarded", "still rewarded", "still pays"),
    "observed_from": ("observed from", "first week", "measured since", "measured from"),
    "week": ("week", "week of", "week beginning", "week starting", "week start", "date", "day", "calendar week", "Woche",
             "Kalenderwoche", "KW", "semaine", "semana"),
    "new": ("new", "new way", "the new way", "in the new way", "neu", "nouveau", "nuevo", "nieuw"),
    "old": ("old", "old way", "the old way", "in the old way", "alt", "ancien", "antiguo", "oud"),
    "neither": ("neither", "neither way", "other", "else", "another way", "weder noch", "ni l'un ni l'autre", "ninguno", "geen"),
    "people": ("people", "persons", "number of people", "how many people", "head count", "headcount", "staff", "Personen",
               "personnes", "personas", "personen"),
    "share": ("share", "of", "percent", "Anteil", "part", "proporción", "aandeel"),
    "made_on": ("made on", "forecast made on", "date", "on"),
    "low": ("low", "earliest", "from", "early end"),
    "mid": ("mid", "middle", "median", "expected", "most likely"),
    "high": ("high", "latest", "to", "late end"),
    "looks_to": ("looks to", "horizon", "until"),
    "keeps_days": ("keeps days", "keeps", "retention", "retention days", "days kept", "keeps for days", "Aufbewahrung"),
    "known": ("known", "is known", "said by somebody"),
    "observed_until": ("observed until", "last delivery", "last export", "read until", "up to"),
    "needed_until": ("needed until", "program ends", "end of the program", "until"),
    "raised": ("raised", "raised on", "date", "day", "week", "received", "asked on"),
    "due": ("due", "due date", "answer by", "by when"),
    "answered": ("answered", "answered on", "date answered", "answer date", "reply date", "beantwortet"),
    "completed": ("completed", "completed on", "done", "done on", "implemented", "implemented on", "erledigt"),
    "public_answer": ("public answer", "answered in public", "answer is public", "published"),
    "topic": ("topic", "theme", "group", "subject", "Thema", "tema", "onderwerp"),
    "response": ("response", "has a response", "mitigation", "measure", "what is done about it"),
    "credit": ("credit", "credited to", "idea of", "in the name of", "author"),
    "instrument": ("instrument", "questionnaire", "survey", "assessment", "Fragebogen"),
    "purpose": ("purpose", "what for", "asks about"),
    "closed": ("closed", "closed on", "end", "end date", "finished"),
    "invited": ("invited", "number invited", "population", "asked", "n invited", "eingeladen"),
    "round": ("round", "round id", "survey", "wave"),
    "gap": ("gap", "culture gap", "distance"),
    "divergence": ("divergence", "divergence rating", "how different"),
    "raters": ("raters", "number of raters", "rated by"),
    "free_hours_per_week": ("free hours per week", "free hours", "free capacity", "capacity hours"),
    "asked_hours_per_week": ("asked hours per week", "asked hours", "hours asked", "hours needed", "needed hours"),
    "concurrent": ("concurrent", "concurrent changes", "other changes", "changes at the same time"),
    "above_capacity": ("above capacity", "over capacity", "exceeds capacity"),
    "reasons": ("reasons", "reasons written", "has reasons", "reason"),
    "subject": ("subject", "of", "thing", "role", "process", "what"),
    "by_program": ("by program", "program", "program rating", "rated by the program", "by the program"),
    "by_group": ("by group", "group", "group rating", "rated by the group", "by the group"),
    "from_manager": ("from manager", "old manager", "manager before", "current manager", "bisheriger Vorgesetzter"),
    "talked_from": ("talked from", "old manager talked", "from manager talked", "old manager talked on"),
    "talked_to": ("talked to", "new manager talked", "to manager talked", "new manager talked on"),
    "hours_used": ("hours used", "hours used per week", "hours spent", "used hours", "hours taken", "genutzte Stunden"),
    "contacts": ("contacts", "contacts per week", "number of contacts", "conversations", "talks", "Kontakte"),
    "training": ("training", "training id", "module", "training module", "module id", "course", "course name", "course id", "course code",
                 "course title", "learning item", "item title", "Kurs", "Schulung", "formation", "curso", "cursus", "title"),
    "roles": ("roles", "target role", "target roles", "role", "for roles", "job roles", "audience", "Rollen", "Zielrolle", "rôles"),
    "units": ("units", "target units", "unit", "department", "departments", "for units", "Abteilungen"),
    "levels": ("levels", "level", "target level", "Ebenen"),
    "everyone": ("everyone", "everybody", "for everyone", "all staff", "for all", "alle", "tous", "todos", "iedereen"),
    "touches_crm": ("touches crm", "in the crm", "crm users", "crm", "system training", "uses the crm"),
    "format": ("format", "method", "delivery", "delivery method", "training type", "type", "kind", "Form"),
    "place": ("place", "venue", "room", *_LOCATION),
    "seats": ("seats", "capacity", "places", "number of seats", "max participants", "Plätze", "places disponibles", "plazas"),
    "trainer": ("trainer", "instructor", "teacher", "facilitator", "taught by", "Trainer", "Dozent", "formateur"),
    "held": ("held", "took place", "delivered", "is held", "done", "fand statt"),
    "session": ("session", "session id", "class", "class id", "offering", "Termin"),
    "talked_person": ("talked person", "person talked", "employee talked", "person talked on"),
}  # fmt: skip

# For one table, tried before the words above.
IN_TABLE: Mapping[str, Mapping[str, Words]] = {
    "people": {
        "id": ("id", "employee id", "person id", "employee no", "employee number", "emp id", "empno", "emp no",
               "staff id", "staff no", "staff number", "personnel number", "personnel no", "worker id", "user id",
               "payroll number", "badge", "Personalnummer", "Pers Nr", "Personal Nr", "Mitarbeiter ID",
               "Mitarbeiternummer", "matricule", "número de empleado", "personeelsnummer", "medewerker id"),
        "name": ("name", "full name", "employee name", "display name", "person", "employee", "person name",
                 "staff name", "worker", "agent", "sales agent", "staff member", "Mitarbeiter", "vollständiger Name",
                 "nom complet", "nom", "nombre completo", "nombre", "naam", "volledige naam", "medewerker"),
        "from": ("from", "valid from", "start", "start date"),
    },
    "units": {
        "id": ("id", "unit id", "org unit id", "department id", "dept id", "department no", "org id", "division id",
               "unit code", "org code", "Abteilungsnummer"),
        "name": ("name", "unit name", "department name", "org unit name", "division name", "unit", "department",
                 "dept", "org unit", "division", "team", "Abteilung", "Einheit", "Bereich", "département", "afdeling"),
    },
    "roles": {
        "id": ("id", "role id", "job id", "job code", "role code", "position id"),
        "name": ("name", "role name", "job title", "role", "position title", "title", "position", "job", "Rolle",
                 "Funktion", "rôle", "poste", "puesto", "rol", "functie"),
    },
    "processes": {
        "id": ("id", "process id", "process no", "process number", "process code", "Prozess ID", "Prozessnummer"),
        "name": ("name", "process name", "process", "work process", "title", "process title", "Prozess", "processus",
                 "proceso", "proces", "Prozessname"),
    },
    "workflows": {
        "id": ("id", "workflow id", "workflow no", "workflow code"),
        "name": ("name", "workflow name", "workflow", "value stream", "title", "Ablauf"),
    },
    "solutions": {"id": ("id", "solution id", "solution", "Lösung")},
    "activities": {
        "id": ("id", "activity id", "activity no"),
        "kind": ("kind", "type", "activity", "activity type", "category"),
        "deliverer": ("deliverer", "delivered by", "held by", "facilitator", "trainer", "speaker", "presenter"),
        "delivered": ("delivered", "delivered on", "held on", "confirmed", "confirmed on", "completed on", "actual date"),
        "hours_per_person": ("hours per person", "hours a person", "hours each", "hours per head", "effort per person"),
        "people": ("people", "headcount", "target headcount", "number of people", "participants", "audience size"),
        "audience": ("audience", "target audience", "target group", "group", "for whom", "stakeholder group"),
        "technique": ("technique", "method", "intervention", "tactic", "change technique"),
    },
    "behaviours": {
        "id": ("id", "behaviour id", "behavior id", "behaviour no", "behavior no"),
        "name": ("name", "behaviour", "behavior", "behaviour name", "behavior name", "what people do", "title"),
    },
    "sources": {"id": ("id", "source", "system", "name", "source id", "system name")},
    "rounds": {"answered": ("answered", "responses", "answers", "number answered", "respondents", "n")},
    "response": {"share": ("share", "response rate", "rate", "percent", "response", "Anteil")},
    "perceptions": {"answered": ("answered", "answered on", "response", "response on", "responded on")},
    "stages": {"id": ("id", "process id", "role id", "person id", "process", "role", "person", "subject", "name")},
    "does": {"process": _PROCESS, "person": _PERSON},
    "team": {"person": (*_PERSON, "team member", "who")},
    "sponsors": {
        "person": ("person", "sponsor", "sponsor id", "sponsored by", "executive sponsor", "leader", "who", *_PERSON),
        "told": ("told", "told on", "told of silence", "told first", "reminded", "reminded on"),
    },
    "acts": {
        "person": ("person", "sponsor", "manager", "leader", "who", "by", *_PERSON),
        "kind": ("kind", "type", "act", "what", "visible act", "what was done"),
        "planned": ("planned", "is planned", "still to come", "to come", "geplant", "prévu", "gepland"),
    },
    "champions": {"person": ("person", "champion", "champion id", "change agent", "ambassador", "who", *_PERSON)},
    "training": {
        "id": ("id", "training id", "module id", "module code", "course id", "course code", "module no"),
        "name": ("name", "training module", "module", "module name", "course", "course name", "training", "title", "course title"),
        "hours": ("hours", "duration", "duration hours", "duration h", "length", "Stunden", "Dauer", "heures", "horas", "uren"),
    },
    "sessions": {
        "id": ("id", "session id", "session", "class id", "offering id"),
        "on": ("on", "session date", "date", "day", "start date", "starts on", "when", "Datum", "fecha"),
    },
    "attendance": {
        "person": ("person", "learner", "participant", "attendee", "trainee", "student", "learner id", "learner email", "participant email",
                   "Teilnehmer", "participante", "deelnemer", *_PERSON),
        "on": ("on", "completed on", "completion date", "date completed", "completed", "attended on", "date", "day", "Datum", "fecha"),
        "state": ("state", "status", "completion status", "attendance", "attendance status", "enrolment status", "enrollment status"),
    },
    "champion_meetings": {
        "on": ("on", "met on", "meeting", "meeting date", "date", "day", "when", "Datum", "fecha"),
        "people": ("people", "attended", "attendance", "present", "number of champions", "champions", "n"),
    },
    "capacity": {
        "hours": ("hours", "hours per month", "hours a month", "capacity", "capacity hours", "hours per person and month"),
    },
    "blackouts": {
        "why": ("why", "reason", "name", "blackout", "description", "title"),
    },
    "budget": {
        "id": ("id", "line", "budget line", "line id", "position", "budget position", "account", "cost element", "no", "number"),
        "name": ("name", "description", "what", "title", "words", "item", "label", "Bezeichnung"),
        "for": ("for", "purpose", "what for", "people or technology", "category", "type", "kind"),
        "planned": ("planned", "plan", "budget", "budgeted", "planned money", "approved", "amount", "planned amount", "geplant", "Plan"),
        "committed": ("committed", "ordered", "commitment", "commitments", "on order", "open orders", "obligo", "bestellt"),
        "spent": ("spent", "actual", "actuals", "actual cost", "paid", "invoiced", "Ist", "ausgegeben"),
        "hours": ("hours", "planned hours", "hours planned", "effort", "Stunden"),
        "hours_spent": ("hours spent", "hours used", "actual hours", "hours actual"),
        "progress": ("progress", "done", "percent done", "percent complete", "% complete", "% done", "complete", "Fortschritt"),
        "phase": ("phase", "phase number", "stage"),
    },
    "phases": {
        "phase": ("phase", "number", "phase number", "phase no", "stage", "no"),
        "entered": ("entered", "entered on", "began", "began on", "actual start", "started on", "in phase since"),
    },
    "panels": {
        "customers": ("customers", "segment", "segments", "customer segment", "which customers", "clients", "Kunden"),
        "name": ("name", "panel", "panel name", "title"),
    },
    "improvements": {
        "name": ("name", "improvement", "title", "what", "description"),
        "done": ("done", "done on", "completed", "completed on", "finished", "implemented on"),
    },
    "handoffs": {"from_process": ("from process", "from", "source"), "to_process": ("to process", "to", "target")},
    **OF_COMMUNICATION,
    **OF_REINFORCEMENT,
    **OF_GATES,
}  # fmt: skip

FIRST_NAME: Words = (
    "first name",
    "given name",
    "forename",
    "firstname",
    "Vorname",
    "prénom",
    "nombre de pila",
    "voornaam",
)
LAST_NAME: Words = ("last name", "surname", "family name", "lastname", "Nachname", "Familienname", "nom de famille",
                    "apellido", "apellidos", "achternaam")  # fmt: skip
UNIT_NAME: Words = ("unit name", "department name", "dept name", "org unit name", "division name", "department", "unit")
ROLE_NAME: Words = ("role name", "job title", "position title", "title", "job name", "position")
ORG_LEVEL: Words = ("org level", "organization level", "organisation level", "organizational level", "org unit level")
