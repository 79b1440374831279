"""Roles × verbs: the one table of who may do what. Closed by default: a verb that is not here is refused.

A page needs a verb to open (`gate.py`); which rows it then shows is decided by `visible_to(actor)` of each QuerySet.
"""

from collections.abc import Mapping
from typing import Final

from commonground.access.roles import (
    ADMIN,
    AUDITOR,
    CONTENT,
    CUSTOMER,
    EMPLOYEE,
    EVERY,
    LEAD,
    MANAGER,
    MEMBER,
    SPONSOR,
    STAFF,
)

VERBS: Final[Mapping[str, frozenset[str]]] = {
    "styleguide.view": EVERY,
    "own_account.change": EVERY,
    "accounts.manage": frozenset({ADMIN, LEAD}),
    # the program
    "home.view": CONTENT,
    "program.view": CONTENT,
    "program.change": frozenset({LEAD}),
    "engagements.view": frozenset({LEAD, SPONSOR, MEMBER}),
    "engagements.change": frozenset({LEAD, SPONSOR}),
    "activities.view": STAFF,
    "activities.change": frozenset({LEAD, MEMBER, MANAGER}),
    # the organization
    "organization.view": CONTENT,
    "organization.change": frozenset({LEAD}),
    "people.view": STAFF | {EMPLOYEE},
    # work
    "workflows.view": CONTENT - {AUDITOR},
    "workflows.change": frozenset({LEAD, MEMBER}),
    # what a log proposes for the register: it names people who could be asked to answer for work
    "proposals.decide": frozenset({LEAD}),
    # event logs: what they hold and on whose agreement; what was measured is part of workflows
    "events.view": frozenset({LEAD, AUDITOR}),
    "events.import": frozenset({LEAD}),
    "solutions.view": STAFF | {EMPLOYEE},
    "solutions.change": frozenset({LEAD, MEMBER}),
    "solutions.take_part": STAFF | {EMPLOYEE},
    "seats.agree": frozenset({LEAD, MEMBER, MANAGER}),
    # realignment
    "balance.view": STAFF,
    "realignment.change": frozenset({LEAD}),
    "conversations.record": frozenset({LEAD, MANAGER}),
    "for_me.view": CONTENT,
    "team_sheet.view": frozenset({LEAD, MANAGER}),
    # the pace of behaviours: results of groups that are large enough, never of a person
    "pace.view": STAFF | {AUDITOR},
    "pace.change": frozenset({LEAD, MEMBER}),
    "benefits.view": STAFF,
    "benefits.change": frozenset({LEAD}),
    # what left through disclosure, and the thresholds
    "releases.view": frozenset({LEAD, AUDITOR}),
    "thresholds.raise": frozenset({LEAD, AUDITOR}),
    # guidance
    "findings.view": STAFF,
    "findings.work": frozenset({LEAD, MEMBER, SPONSOR, MANAGER, CUSTOMER}),
    "ownership.view": frozenset({LEAD, SPONSOR, MEMBER, MANAGER, AUDITOR}),
    # data in and out
    "intake.view": frozenset({LEAD}),
    "intake.commit": frozenset({LEAD}),
    "journal.view": frozenset({LEAD, AUDITOR}),
    "search.view": CONTENT - {AUDITOR},
}
