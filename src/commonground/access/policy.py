"""Roles × verbs: the one table of who may do what. Closed by default: a verb that is not here is refused.

A page needs a verb to open (`gate.py`); which rows it then shows is decided by `visible_to(actor)` of each QuerySet.
"""

from collections.abc import Mapping
from typing import Final

from commonground.access.roles import (
    ADMIN,
    AUDITOR,
    CHAMPION,
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
    "perceptions.raise": CONTENT - {AUDITOR},
    "perceptions.view": frozenset({LEAD, MANAGER}),
    # voices: everybody raises and reads what is public; who works on them triages and answers
    "voices.raise": CONTENT,
    "voices.view": CONTENT,
    "voices.work": frozenset({LEAD, MEMBER, CHAMPION}),
    "voices.triage": frozenset({LEAD}),
    # assessments: a round's tables, once it is closed; answering needs no role but an invitation
    "assessments.view": STAFF | {AUDITOR, EMPLOYEE},
    "assessments.change": frozenset({LEAD}),
    "assessments.answer": CONTENT,
    "amount_of_change.view": frozenset({LEAD, SPONSOR, MEMBER, AUDITOR}),
    "amount_of_change.decide": frozenset({LEAD, SPONSOR}),
    "impacts.rate": frozenset({LEAD, MEMBER, MANAGER}),
    "impacts.change": frozenset({LEAD, MEMBER}),
    # mail: what waits and what failed, never to whom of a round
    "outbox.view": frozenset({ADMIN, LEAD}),
    "outbox.change": frozenset({ADMIN, LEAD}),
    # what is held and how long
    "privacy.view": frozenset({LEAD, AUDITOR}),
    "retention.change": frozenset({LEAD, AUDITOR}),
    "held.view": CONTENT,
    # the coalition: the team, its proposals, and who it reaches
    "team.view": STAFF | {AUDITOR},
    "team.change": frozenset({LEAD}),
    # champions: who they are is open; whom each reaches and what they carry is for themselves and the change lead
    "champions.view": STAFF | {AUDITOR},
    "champions.change": frozenset({LEAD}),
    "my_peers.view": frozenset({LEAD, MEMBER, CHAMPION}),
    # nominations: everybody names; only counts come out, to the change lead alone, and nobody learns who named whom
    "nominations.name": CONTENT - {AUDITOR},
    "nominations.change": frozenset({LEAD}),
    "nominations.view": frozenset({LEAD}),
    # network files: what they are for, on whose agreement and until when; a tie is never shown
    "networks.view": frozenset({LEAD, AUDITOR}),
    "networks.import": frozenset({LEAD}),
    # sponsors and what they visibly do
    "sponsors.view": STAFF | {AUDITOR},
    "sponsors.change": frozenset({LEAD}),
    "acts.log": frozenset({LEAD, SPONSOR, MANAGER}),
    # the plan: who is asked for how many hours, and when units cannot; load is told of groups, never of a person
    "plan.view": STAFF | {AUDITOR},
    "plan.change": frozenset({LEAD, MEMBER, MANAGER}),
    "activities.confirm": STAFF | {EMPLOYEE},
    "capacity.change": frozenset({LEAD, MANAGER}),
    "phases.change": frozenset({LEAD}),
    # gates between phases: the lead prepares, whoever works on the program files evidence, sponsors decide
    "gates.view": STAFF | {AUDITOR},
    "gates.change": frozenset({LEAD}),
    "gates.file": frozenset({LEAD, SPONSOR, MEMBER, MANAGER, CUSTOMER}),
    "gates.decide": frozenset({SPONSOR}),
    # money
    "budget.view": frozenset({LEAD, SPONSOR, AUDITOR}),
    "budget.change": frozenset({LEAD}),
    # training: modules and dates are open; who is trained is for their line, themselves and who plans it
    "training.view": STAFF | {AUDITOR},
    "training.change": frozenset({LEAD, MEMBER}),
    "training.record": frozenset({LEAD, MEMBER, MANAGER}),
    "my_training.view": CONTENT,
    # customers who work with us on it
    "collaboration.view": STAFF,
    "collaboration.change": frozenset({LEAD, CUSTOMER}),
    # messages inside and to customers; a word leaves only when somebody else has approved it
    "messages.view": STAFF | {AUDITOR},
    "messages.change": frozenset({LEAD, MEMBER, CUSTOMER}),
    "messages.approve": frozenset({LEAD, SPONSOR, CUSTOMER}),
    "cascade.view": STAFF,
    "cascade.change": frozenset({LEAD, MEMBER}),
    "cascade.confirm": STAFF | {EMPLOYEE},
    # customers' addresses: whoever sends sees them, everybody else who works on the program sees counts
    "reach.view": STAFF | {AUDITOR},
    "contacts.view": frozenset({LEAD, CUSTOMER}),
    "contacts.import": frozenset({LEAD, CUSTOMER}),
    "sendings.approve": frozenset({LEAD, CUSTOMER}),
    # what customers may notice on the day, what we promise, and the live page
    "hiccups.view": STAFF,
    "hiccups.change": frozenset({LEAD, CUSTOMER, MEMBER}),
    # the front office reads what to say once a plan is ready, and counts with one tap
    "hiccups.count": STAFF | {EMPLOYEE},
    # the pace of behaviours: results of groups that are large enough, never of a person
    "pace.view": STAFF | {AUDITOR},
    "pace.change": frozenset({LEAD, MEMBER}),
    # what keeps a new way going; a formal step is read by few, and stands in no list by which units are compared
    "reinforcement.view": STAFF | {AUDITOR},
    "reinforcement.change": frozenset({LEAD, MEMBER, MANAGER}),
    "corrective.view": frozenset({LEAD, AUDITOR}),
    "corrective.change": frozenset({LEAD}),
    "benefits.view": STAFF,
    "benefits.change": frozenset({LEAD}),
    # what is tried in which units, and what it did: results of units alone
    "experiments.view": STAFF | {AUDITOR},
    "experiments.change": frozenset({LEAD, MEMBER}),
    # what left through disclosure, and the thresholds
    "releases.view": frozenset({LEAD, AUDITOR}),
    "thresholds.raise": frozenset({LEAD, AUDITOR}),
    # guidance
    "findings.view": STAFF,
    "findings.work": frozenset({LEAD, MEMBER, SPONSOR, MANAGER, CUSTOMER}),
    # the library of techniques, and the program's own beside it
    "techniques.view": STAFF | {AUDITOR},
    "techniques.change": frozenset({LEAD, MEMBER}),
    "ownership.view": frozenset({LEAD, SPONSOR, MEMBER, MANAGER, AUDITOR}),
    # data in and out
    "intake.view": frozenset({LEAD}),
    "intake.commit": frozenset({LEAD}),
    "journal.view": frozenset({LEAD, AUDITOR}),
    "search.view": CONTENT - {AUDITOR},
}
