"""Which activities of a log are steps of which workflows: what measuring goes by, and whether that has changed since."""

import hashlib
import json

from commonground.workflows.seen import SeenActivity

Linked = list[tuple[str, int, int, int]]
"""Activity, program, workflow, process."""


def linked_steps(log: int) -> Linked:
    """The links of a log, in one order. One query."""
    rows = SeenActivity.objects.filter(log=log, process__workflow__isnull=False).linked().order_by("pk")
    return list(rows.values_list("activity", "program_id", "process__workflow_id", "process_id"))


def digest_of_links(log: int) -> str:
    """The same for the same links: a process that moved to another workflow, or a link that was made or taken back, changes it."""
    return hashlib.blake2b(json.dumps(sorted(linked_steps(log))).encode(), digest_size=8).hexdigest()
