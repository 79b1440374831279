"""Writes the reference page of roles and what each may do, from the policy: `python -m commonground.reference`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonground.access.policy import VERBS
from commonground.access.roles import (
    ADMIN,
    AUDITOR,
    CHAMPION,
    CUSTOMER,
    EMPLOYEE,
    LABELS,
    LEAD,
    MANAGER,
    MEMBER,
    SPONSOR,
)

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "access.md"
SAYS: Final[Mapping[str, str]] = {
    ADMIN: "keeps the machine running and gives access; sees nothing of the program",
    LEAD: "runs the program: brings sheets, drafts what changes, works on everything",
    SPONSOR: "stands for the program; sees plans once they are consulted on",
    MEMBER: "works in the project team",
    CHAMPION: "carries the cause to peers",
    MANAGER: "leads one or more units, and sees those",
    CUSTOMER: "keeps customers informed",
    EMPLOYEE: "whoever is on the roster and can sign in; the role is not given, it follows from that",
    AUDITOR: "works council or privacy officer: reads the journal and checks it",
}
DOES: Final[Mapping[str, str]] = {
    "styleguide.view": "see the components of the pages",
    "own_account.change": "see their own account, change their password",
    "accounts.manage": "invite people, give roles and take them back",
    "home.view": "open the first page of the program",
    "program.view": "see goal, strategy and milestones",
    "program.change": "change goal, strategy and milestones",
    "engagements.view": "see talks with the board and influencers",
    "engagements.change": "note such talks",
    "activities.view": "see activities",
    "activities.change": "plan and change activities",
    "organization.view": "see units and roles",
    "organization.change": "change units, roles and people",
    "people.view": "look people up",
    "workflows.view": "see workflows and processes",
    "workflows.change": "change workflows, processes and hand-offs",
    "proposals.decide": "decide what a log proposes for the register, with the people who could be asked to answer for work",
    "events.view": "see which event logs there are and on whose agreement",
    "events.import": "bring event logs, undo their imports",
    "solutions.view": "see searches for a new way",
    "solutions.change": "open searches, give seats, note sessions and decisions",
    "solutions.take_part": "answer to a seat, contribute",
    "seats.agree": "agree to hours as the manager",
    "balance.view": "see gains and losses of roles",
    "realignment.change": "draft and tell what becomes of processes and roles",
    "conversations.record": "note that a conversation was offered",
    "for_me.view": "see what changes for themselves",
    "team_sheet.view": "print what changes for a team",
    "perceptions.raise": "say how a change of their role is felt, to whom they choose",
    "perceptions.view": "see that a perception was raised to them",
    "voices.raise": "raise an idea, a doubt, a fear, a question or a risk",
    "voices.view": "read voices that are public and their answers",
    "voices.work": "work on voices: answer, take on",
    "voices.triage": "triage voices: owner, due date, grouping",
    "assessments.view": "read the published tables of a round",
    "assessments.change": "prepare, open and close rounds",
    "assessments.answer": "answer a round that they are invited to",
    "amount_of_change.view": "see how much change is asked for at the outset",
    "amount_of_change.decide": "decide on the amount of change",
    "impacts.rate": "rate an impact",
    "impacts.change": "write down impacts on units and roles",
    "outbox.view": "see what mail waits, went out or failed",
    "outbox.change": "send mail again, or keep it back",
    "privacy.view": "see what is held, how long, and the privacy pack",
    "retention.change": "change how long something is held",
    "held.view": "see and take away what is held on them",
    "team.view": "see the project team and what it covers",
    "team.change": "compose the project team",
    "champions.view": "see who champions the cause, and which groups are reached",
    "champions.change": "choose champions, note their meetings and hours",
    "my_peers.view": "see their own peers and what these are worried about",
    "nominations.name": "name colleagues who explain new ways, or ask not to be named",
    "nominations.change": "open and close nominations",
    "nominations.view": "see how often somebody was named, never by whom",
    "networks.view": "see which network files there are, on whose agreement and until when",
    "networks.import": "bring a network file, take it away",
    "sponsors.view": "see sponsors, what each leads and what they visibly did",
    "sponsors.change": "name sponsors and what each leads",
    "acts.log": "note a visible act, done or planned",
    "plan.view": "see the plan, the load of groups and their capacity",
    "plan.change": "plan activities, move them, copy them to another unit",
    "activities.confirm": "confirm that an activity of theirs was delivered",
    "capacity.change": "say what a unit has hours for, and when it cannot",
    "phases.change": "date the phases, for the whole and for a unit",
    "gates.view": "see the gates between phases, what says so, and what was decided",
    "gates.change": "ask for a decision at a gate, write its conditions and wanted values",
    "gates.file": "file evidence at a gate",
    "gates.decide": "decide at a gate: not yet, go on, or go on with conditions",
    "budget.view": "see the budget and what it bought",
    "budget.change": "plan the budget, and bring a ledger",
    "training.view": "see training by role, sessions and how far it is",
    "training.change": "plan modules, who needs them, and sessions",
    "training.record": "note who attended",
    "my_training.view": "see their own training and its sessions",
    "collaboration.view": "see panels with customers, joint improvements and what came of them",
    "collaboration.change": "note panels, joint improvements and who met whom",
    "messages.view": "see the messages, inside and to customers, and when they go out",
    "messages.change": "write messages and plan when they go out",
    "messages.approve": "approve a message that somebody else wrote",
    "cascade.view": "see how a word goes from its sponsor to every team",
    "cascade.change": "plan a cascade and who delivers it",
    "cascade.confirm": "confirm that they told their own team",
    "reach.view": "see how many customers have which channel, never an address",
    "contacts.view": "see customers' addresses and take lists out",
    "contacts.import": "bring customers' contact data",
    "sendings.approve": "approve how many a sending goes to, and note what bounced",
    "hiccups.view": "see what customers may notice on the day, and the live page",
    "hiccups.change": "write hiccup plans and work the live page",
    "hiccups.count": "read what the front office says once a hiccup plan is ready, and count with one tap",
    "pace.view": "see the pace of behaviours: of groups that are large enough, never of a person",
    "pace.change": "say what is to be done another way, how a log tells it, and bring counts of it",
    "reinforcement.view": "see what keeps a new way going, and how old ways end",
    "reinforcement.change": "note and plan what keeps a new way going, and end old ways",
    "corrective.view": "see formal steps, each about a practice of a unit",
    "corrective.change": "write a formal step down, once the ladder before it was climbed",
    "benefits.view": "see benefits and what waiting for them costs",
    "benefits.change": "say what a behaviour brings",
    "experiments.view": "see what is tried in which units, and what it did there",
    "experiments.change": "write, register, start and end experiments",
    "releases.view": "see which results about people were shown, and what was withheld",
    "thresholds.raise": "raise the fewest people that a result may stand for; nobody can lower it",
    "findings.view": "see findings",
    "findings.work": "take findings on, plan for them, set them aside",
    "techniques.view": "read the library of theories and techniques, and what uses them here",
    "techniques.change": "write techniques of the program's own",
    "ownership.view": "see who owns something, by level and unit",
    "intake.view": "see imports",
    "intake.commit": "bring sheets, undo imports",
    "journal.view": "read the whole journal",
    "search.view": "search",
}
SHORT: Final[Mapping[str, str]] = {
    ADMIN: "Admin",
    LEAD: "Lead",
    SPONSOR: "Sponsor",
    MEMBER: "Member",
    CHAMPION: "Champion",
    MANAGER: "Manager",
    CUSTOMER: "Customer",
    EMPLOYEE: "Employee",
    AUDITOR: "Auditor",
}
HEAD = """# Roles and what each may do

Somebody may have several roles. What is not in this table is refused; a page that somebody may not open says “not found”. How roles
are given: [give access](../how-to/give-access.md). This page is made from the table that the code asks.
"""
TAIL = """## Which rows they then see

The table says who may open a page. What stands on it is decided row by row:

- **Plans** (what becomes of a process, a role, a person) follow their stage, whatever the role: [stages](../explanation/stages.md).
- **People**: change lead, sponsor, team member, champion and customer lead see the roster; a unit manager sees the people of their
  units and of those below; everybody else sees themselves.
- **Findings**: those who work on the program; a unit manager those of their units. Whoever may not see a plan sees no finding that
  rests on it.
- **Who answers for and does what**: those who work on the program; others what they answer for or do themselves.
- **Searches for a new way**: those who work on the program; others the ones in which they have a seat.
- **Journal**: change lead and auditor the whole of it, others what they did themselves. What was written about a plan that is not
  told yet is for its named readers alone.
- **The pace of behaviours**: of units, levels and cohorts that are large enough, the same for everybody who may open the page. Counts by
  hand are for those who bring them.
- **Shares of people**: withheld for fewer people than the threshold, from everybody.
"""


def page() -> str:
    """The page as Markdown: the roles, then verbs × roles, then what decides about rows."""
    head = ["may", *(SHORT[role] for role in LABELS)]
    lines = [HEAD, "| role | who that is |", "|---|---|"]
    lines += [f"| {label} | {SAYS[role]} |" for role, label in LABELS.items()]
    lines += ["", f"| {' | '.join(head)} |", f"|---{'|:-:' * len(LABELS)}|"]
    for verb, allowed in VERBS.items():
        marks = ("yes" if role in allowed else "" for role in LABELS)
        lines.append(f"| {DOES[verb]} | {' | '.join(marks)} |")
    return "\n".join([*lines, "", TAIL])
