"""Single values of a sheet: yes and no, numbers, choices, in the words and marks that people use."""

# ruff: noqa: SIM905 - words are easier to read and add to as text

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

YES = frozenset("yes y true t 1 x ✓ ✔ on ja j wahr oui o vrai si sí s verdadero cierto waar 1.0".split())
NO = frozenset("no n false f 0 off nein falsch non faux falso nee onwaar 0.0 ✗ ✘".split())
MISSING = frozenset(("", "-", "–", "—", "n/a", "na", "#n/a", "null", "nan", "none", "nil", "?", "tbd", "nat", "."))

_NUMBER = re.compile(r"[+-]?(?:\d[\d.,' ]*|[.,]\d+)$")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$")
_SYNONYMS: dict[str, dict[str, str]] = {
    "keep": {
        "keep": "keep kept unchanged stays stay same nochange nothing none asis retain retained behalten bleibt garder "
        "mantener behouden",
        "reshape": "reshape reshaped change changed changes redesign redesigned modify modified adapt adapted adjusted "
        "reengineer simplify simplified improve standardise standardize standardised standardized umgestalten "
        "geändert modifier cambiar aanpassen",
        "move": "move moved moves transfer transferred relocate relocated reassign reassigned centralise centralize "
        "centralised centralized verlagern verlagert déplacer mover verplaatsen",
        "merge": "merge merged merges combine combined consolidate consolidated join joined zusammenlegen fusionner "
        "fusionar samenvoegen",
        "automate": "automate automated automates automation automatic automatisieren automatisiert automatiser "
        "automatizar automatiseren",
        "eliminate": "eliminate eliminated eliminates elimination remove removed removal drop dropped stop stopped retire "
        "retired discontinue discontinued abolish abolished end ended ends cease delete deleted entfällt abschaffen "
        "eliminar supprimer vervalt",
        "create": "create created creates new neu nouveau nuevo nieuw add added",
        "end": "eliminate eliminated remove removed abolish abolished retire retired discontinued",
    },
    "same": {
        "same": "same samerole stays stay keeps keep unchanged nochange remains",
        "new_role": "newrole new otherrole change changes changed reassigned reassign redeployed redeploy moves move",
        "open": "open undecided unknown tobedecided notdecided pending tobedetermined offen",
        "leaving": "leaving leaves leave exit redundant redundancy retires retiring left geht",
    },
    "decisions": {
        "decisions": "decision decisionrights decides authority deciding",
        "budget": "budgets money spending",
        "people": "peopleled headcount reports directreports staff subordinates team",
        "information": "info data knowledge access",
        "customers": "customer customercontact clients client clientcontact",
        "title": "titleandvisibility visibility status rank position",
        "asked": "beingasked beingtheonewhoisasked expert expertise",
        "craft": "skill skills workmanship",
        "belonging": "belong relationships group",
        "other": "ownwords else",
    },
    "first_raised": {
        "first_raised": "raised firstraisedwiththeboard boardraised crmfirstraised",
        "strategy_agreed": "strategy",
        "amount_of_change_decided": "amountofchange changeamountdecided",
        "team_seated": "team teamformed projectteamseated",
        "workflows_agreed": "workflows",
        "technology_chosen": "technology toolchosen vendorchosen systemchosen",
        "cut_over": "cutover golive live",
    },
    "as_is": {"as_is": "asis today current now ist before", "to_be": "tobe future tomorrow soll after planned"},
    "session": {
        "session": "sessions meeting workshop call interview",
        "contribution": "contributions idea comment input proposal contributed",
    },
    "board": {
        "board": "boardmember directors executive director",
        "influencer": "influencers keyinfluencer",
        "other": "others",
    },
    "process": {
        "process": "processes workprocess",
        "role": "roles",
        "path": "paths holder person",
        "unit": "units team",
    },
    "idea": {
        "idea": "ideas suggestion suggestions proposal improvement idee vorschlag",
        "doubt": "doubts concern concerns objection zweifel bedenken",
        "fear": "fears worry worries angst",
        "question": "questions frage pregunta vraag",
        "risk": "risks frictionrisk friction risiko",
    },
    "answered": {
        "open": "new raised unanswered waiting offen",
        "assigned": "owned inprogress given",
        "accepted": "agreed takenon approved",
        "answered": "replied resolved beantwortet",
        "completed": "done implemented finished realised realized",
        "closed": "withdrawn declined rejected",
    },
    "attended": {
        "booked": "enrolled registered assigned notstarted inprogress incomplete scheduled planned invited waitlisted gebucht angemeldet "
        "inscrit inscrito ingeschreven",
        "attended": "attend completed complete passed present finished done yes teilgenommen abgeschlossen bestanden terminé "
        "completado voltooid",
        "missed": "absent noshow notattended didnotattend cancelled canceled withdrawn abwesend fehlt ausente afwezig",
    },
    "classroom": {
        "classroom": "class inperson facetoface instructorled ilt präsenz",
        "workshop": "workshops",
        "hands_on": "handson practice practical labs lab exercise",
        "at_work": "onthejob coaching shadowing pairing buddy atwork",
        "e_learning": "elearning online webbased wbt virtual webinar",
        "self_study": "selfstudy reading document selfpaced",
        "video": "videos film",
        "meeting": "meetings briefing townhall",
    },
    "diminished_role": {
        "diminished_role": "diminished role roleloss loss",
        "reassigned": "reassignment newmanager reassignedpeople",
    },
}


def flag(text: str) -> bool | None:
    """Yes or no in several languages. Raises ValueError for anything else."""
    key = text.casefold().strip()
    if key in YES:
        return True
    if key in NO:
        return False
    raise ValueError(text)


def bare(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())


@cache
def _choices(choices: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    groups = [group for first, group in _SYNONYMS.items() if first in choices]
    for group in groups:
        for choice in (choice for choice in choices if choice in group):
            for word in group[choice].split():
                found.setdefault(bare(word), choice)
    if "change" in choices:  # of a role, where a process is reshaped
        found.update(dict.fromkeys(map(bare, _SYNONYMS["keep"]["reshape"].split()), "change"))
    return found | {bare(choice): choice for choice in choices}


def choice(text: str, choices: tuple[str, ...]) -> str:
    """The choice that a word means. Raises ValueError when it is none."""
    found = _choices(choices).get(bare(text))
    if found is None:
        raise ValueError(text)
    return found


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Whether a column of numbers writes decimals with a comma; None when its values do not tell."""
    for text in texts:
        last = max(text.rfind(","), text.rfind("."))
        if last < 0 or _THOUSANDS.match(text.strip().replace("−", "-")):
            continue
        both = "," in text and "." in text
        if both or text.count(text[last]) == 1:
            return text[last] == ","
    return None


def number(text: str, comma: bool | None) -> float:
    """A number written with a decimal comma or point. comma: what the column does (`decimal_comma`).

    Raises ValueError when it is none, and `TwoReadings` when "1,500" might be fifteen hundred or one and a half.
    """
    plain = text.strip().replace("−", "-").replace("–", "-").replace("\xa0", " ").replace("\u202f", " ")
    if not _NUMBER.match(plain):
        raise ValueError(text)
    grouped = _THOUSANDS.match(plain)
    if grouped and grouped[1] == "," and comma is None and plain.count(",") == 1:
        raise TwoReadings(text)
    if comma or (comma is None and grouped and grouped[1] == "." and plain.count(".") > 1):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    return float(plain.replace(" ", "").replace("'", ""))


class TwoReadings(ValueError):  # noqa: N818 - it is the number that has them
    """A number that can be read in two ways."""
