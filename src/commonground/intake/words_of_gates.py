"""What people call the columns of gates between phases, and of what says so at each."""

from collections.abc import Mapping

Words = tuple[str, ...]

OF_GATES: Mapping[str, Mapping[str, Words]] = {
    "gates": {
        "gate": ("gate", "number", "gate number", "gate no", "stage gate"),
        "state": ("state", "status", "decision", "result"),
        "asked": ("asked", "asked on", "in review since", "requested on"),
        "decided": ("decided", "decided on", "decision date", "date of decision"),
        "by": ("by", "decided by", "decision maker", "gatekeeper"),
    },
    "evidence": {
        "gate": ("gate", "number", "gate number", "gate no", "stage gate"),
        "criterion": ("criterion", "criteria", "question"),
        "answer": ("answer", "result", "met", "status"),
        "how": ("how", "way", "measured or filed"),
        "on": ("on", "as of", "date"),
        "by": ("by", "filed by", "owner"),
        "due": ("due", "until", "deadline"),
        "value": ("value", "number", "measured value"),
        "words": ("words", "evidence", "note", "notes", "what shows it"),
    },
}
