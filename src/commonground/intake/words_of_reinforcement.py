"""What people call the columns of what keeps a new way going."""

from collections.abc import Mapping

Words = tuple[str, ...]

OF_REINFORCEMENT: Mapping[str, Mapping[str, Words]] = {
    "reinforcements": {
        "id": ("id", "reinforcement id", "no"),
        "kind": ("kind", "type", "Art"),
        "on": ("on", "date", "day", "given on", "Datum"),
        "what": ("what", "words", "description", "recognition", "message", "Beschreibung"),
        "by": ("by", "given by", "from whom", "recognised by", "von"),
        "rests_on": ("rests on", "based on", "criterion", "beruht auf"),
        "public": ("public", "visible to others", "öffentlich"),
        "names_people": ("names people", "individual named", "nennt Personen"),
        "measure": ("measure", "unit of effort", "counted in"),
        "new_before": ("new before", "new way before"),
        "new_after": ("new after", "new way now", "new way after"),
        "old_before": ("old before", "old way before"),
        "old_after": ("old after", "old way now", "old way after"),
    },
    "sunsets": {
        "announced": ("announced", "announced on", "announcement date", "angekündigt am"),
        "by": ("by", "announced by", "angekündigt von"),
        "how": ("how", "announced how", "announcement"),
        "removes": ("removes", "what removes it", "what takes it away", "decommissioning step"),
        "who": ("who", "responsible", "removed by"),
        "removed": ("removed", "removed on", "switched off on", "decommissioned on", "abgeschaltet am"),
    },
    "corrective_steps": {
        "id": ("id", "step id", "no"),
        "on": ("on", "date", "day", "Datum"),
        "about": ("about", "practice", "what it is about"),
        "private_word": ("private word", "talked in private"),
        "beside": ("beside", "paired reinforcement", "support beside it"),
        "fair": ("fair", "fair process"),
        "decided_by": ("decided by", "decision by", "entschieden von"),
        "appeal_to": ("appeal to", "appeal", "Einspruch bei"),
    },
}  # fmt: skip
