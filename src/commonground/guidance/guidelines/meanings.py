"""What each parameter of a guideline means, in a few words."""

from collections.abc import Mapping
from typing import Final

from commonground.guidance.guidelines.catalogue import Guideline

IN_GENERAL: Final[Mapping[str, str]] = {
    "days": "days that it may take",
    "days_before": "days before the date from which it is looked at",
    "weeks": "weeks that it may take",
    "share": "the share looked for, from 0 to 1",
    "threshold": "the fewest people of whom a number is told; it can be raised, never lowered",
    "percent": "per cent above which it is found",
    "hours": "hours from which it is found",
    "people": "the fewest people that a unit must have to be looked at",
}
OF_ONE: Final[Mapping[tuple[str, str], str]] = {
    ("BUDG-02", "share"): "the least share of the budget for people, from 0 to 1",
    ("BUDG-03", "share"): "the share of the money of a phase that may be spent while its gate is open, from 0 to 1",
    ("CHAN-01", "percent"): "per cent of a segment that may be missed",
    ("CHAN-02", "contacts"): "contacts that may stay without a channel",
    ("CHAN-03", "percent"): "per cent that may bounce",
    ("CHAN-03", "least"): "the fewest sendings of which a share is told",
    ("CULT-03", "difference"): "steps between the two ratings from which it is found",
    ("CUST-01", "days"): "days ahead in which a third phase is looked at",
    ("CUST-02", "days"): "days ahead in which a cut-over is looked at",
    ("CUST-02", "after"): "days for which a cut-over that came is still looked at",
    ("CUST-03", "days"): "days ahead in which a cut-over is looked at",
    ("EARLY-01", "days"): "days after CRM was first raised in which people outside IT are engaged",
    ("EARLY-02", "share"): "the largest share of all effort that late training and notices may have, from 0 to 1",
    ("EARLY-02", "days"): "days before the first cut-over from which they are late",
    ("EARLY-03", "days"): "days back in which notices and talks are looked at",
    ("FLOW-01", "hours"): "working hours of waiting from which it is found",
    ("FLOW-01", "share"): "the share of the whole way from which it is found, from 0 to 1",
    ("FLOW-02", "share"): "the largest share of cases that may come back, from 0 to 1",
    ("FLOW-02", "cases"): "the fewest cases of which a share is told",
    ("IDEA-01", "days"): "days in which a voice is answered",
    ("IDEA-02", "days"): "days in which an idea that was taken on is completed",
    ("LEAD-01", "days"): "days back in which a visible act counts",
    ("LEAD-02", "days"): "days without a visible act from which a sponsor counts as quiet",
    ("LEAD-02", "told_days"): "days for which the sponsor alone knows of it",
    ("LOSS-03", "changes"): "changes with a loss from which it is found",
    ("LOSS-03", "within_days"): "days within which changes count as at once",
    ("NEW-01", "days"): "days before an experiment begins from which it is looked at",
    ("OWN-01", "share"): "the least share of touched people who own something, from 0 to 1",
    ("OWN-03", "processes"): "the most processes in question that one person can lead",
    ("PACE-01", "weeks"): "weeks after the start before which a share is not held against the plan",
    ("PACE-01", "part"): "the part of the way to the target before which it is not, from 0 to 1",
    ("PACE-03", "weeks"): "weeks without a rise from which it is found",
    ("PACE-04", "weeks"): "weeks before the start from which it is looked at",
    ("PACE-05", "share"): "the largest share that may still go the old way, from 0 to 1",
    ("PACE-05", "weeks"): "weeks after its end from which that share is looked at",
    ("PACE-06", "days"): "days of notice before anything is forgotten",
    **{
        ("PEER-01", name): f"1: groups are told apart by {name}; 0: they are not"
        for name in ("unit", "level", "location", "shift", "language")
    },
    ("PEER-02", "part"): "the part of the champions that is looked at, those with most contacts, from 0 to 1",
    ("PEER-02", "share"): "the share of all contacts from which that part carries too much, from 0 to 1",
    ("PEER-03", "weeks"): "weeks from which champions have not met for too long",
    ("PEER-04", "units"): "units with the same doubt from which it is found",
    ("PEER-06", "days"): "days back in which something should have been heard",
    ("PEER-06", "share"): "the share that must have answered a round instead, from 0 to 1",
    ("PEER-07", "days"): "days that may lie between the first unit and the last",
    ("PHAS-03", "days"): "days of grace after the planned day",
    ("PROC-03", "share"): "the share of a log's events from which an activity counts, from 0 to 1",
    ("REIN-02", "weeks"): "weeks without recognition, feedback or prompt from which it is found",
    ("REIN-04", "days"): "days back in which rewards are looked at",
    ("SOFT-01", "days"): "days back in which measures are looked at",
    ("TEAM-03", "share"): "the largest share of the team that one unit may have, from 0 to 1",
    ("TEAM-04", "days"): "days without a session or contribution from which a seat is found",
    ("THRY-01", "share"): "the largest share of the activities that one method may have, from 0 to 1",
    ("THRY-01", "activities"): "the fewest activities that a plan must have to be looked at",
    ("TRAIN-01", "days"): "days after the training from which use is looked at",
    ("TRAIN-01", "share"): "the least share that should go the new way then, from 0 to 1",
    ("TRAIN-03", "weeks"): "weeks before the cut-over in which training is in time",
}


def meaning(one: Guideline, name: str) -> str:
    """What a parameter of a guideline means; its name in plain words where nobody has said."""
    return OF_ONE.get((one.code, name)) or IN_GENERAL.get(name) or name.replace("_", " ")
