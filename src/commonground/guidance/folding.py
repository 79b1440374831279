"""Folds findings of one guideline into one line of the inbox, so that a long list reads as what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.guidelines.wording import listed
from commonground.guidance.models import Finding
from commonground.ui.words import spelled

FEW: Final = 3  # lines of one guideline that stand by themselves

# What more than three findings of a code say together; they count findings, so the noun is what a finding is about.
TOGETHER: Final[Mapping[str, str]] = {
    "BUDG-01": "{n} practices have activities and no budget",
    "BUDG-03": "{n} phases have spent nearly all of their money, and their gate is open",
    "BUDG-02": "{n} budgets leave little for people",
    "CULT-01": "{n} times the amount of change was decided before anybody asked how things are done",
    "CULT-02": "{n} signs that the amount of change is not decided as it should be",
    "CHAN-01": "{n} messages miss more than a tenth of a segment of customers",
    "CHAN-02": "{n} segments have customers whom no planned channel reaches",
    "CHAN-03": "{n} messages bounced more on a channel than they should",
    "NEW-01": "{n} experiments are about to run without a stop rule or a measure",
    "CULT-03": "{n} impacts look different to the program and to the group",
    "EARLY-01": "{n} moments of the program came before people outside IT were engaged",
    "CUST-01": "{n} third phases begin, and no customer takes part in them yet",
    "CUST-02": "{n} cut-overs come near that customers may notice, and no hiccup plan is ready",
    "CUST-03": "{n} cut-overs come near, and no message to customers precedes them yet",
    "EARLY-02": "{n} programs train and tell at the end, and ask little before",
    "EARLY-03": "{n} units got notices, and nothing in which they could answer",
    "FLOW-01": "{n} hand-offs across a boundary wait for a large part of the whole way",
    "FLOW-02": "{n} workflows hand work on that often comes back",
    "FLOW-03": "{n} workflows of the future cross more boundaries than today",
    "IDEA-01": "{n} matters that people raised wait for an answer",
    "IDEA-02": "{n} ideas were taken on and are not completed yet",
    "IDEA-03": "{n} signs of friction have no owner or no response yet",
    "LEAD-01": "{n} units are not led by both their manager and a sponsor yet",
    "LEAD-02": "{n} sponsors have left or have not been seen for a while",
    "LEAD-03": "{n} messages about people’s own job do not come from their line",
    "LEAD-04": "{n} programs have no sponsor",
    "PEER-05": "{n} teams were to hear by now, and nobody says yet that they did",
    "PEER-07": "{n} messages reach units far apart in time",
    "LOSS-01": "{n} roles lose something that is not made good yet",
    "LOSS-02": "{n} roles in which a loss is felt wait for a response",
    "LOSS-03": "{n} units lose in several changes at once",
    "MNGR-01": "{n} processes move or end while their owners take no part",
    "MNGR-02": "{n} managers hand people over, and the talk of three is still to come",
    "MNGR-03": "{n} managers hand on people or work, and no new role is written down yet",
    "MNGR-04": "{n} processes have more than one owner after the change",
    "MNGR-05": "{n} roles diminish, and no conversation was offered yet",
    "OWN-01": "{n} groups that the change touches own little of it",
    "OWN-02": "{n} front offices have nothing to own yet",
    "OWN-03": "{n} people answer for more processes in question than one can lead",
    "PACE-01": "{n} behaviours change later than planned",
    "PACE-02": "{n} behaviours see the old way come back",
    "PACE-03": "{n} units have stood still below what is wanted",
    "PACE-04": "{n} behaviours have nothing from before to be compared with",
    "PACE-05": "{n} old ways go on after the day they were to end",
    "PACE-06": "{n} systems may forget what has not been observed yet",
    "PACE-07": "{n} programs see only whether a tool is opened",
    "PHAS-01": "{n} gates were passed without evidence of what is real",
    "PHAS-02": "{n} gates have activities of the next phase that began before them",
    "PEER-01": "{n} groups have no champion among their peers yet",
    "PEER-02": "{n} champions carry more than was agreed, or most of it all",
    "PEER-03": "{n} networks of champions have not met for a while",
    "PEER-04": "{n} doubts are shared by several units, and have no common answer yet",
    "PEER-06": "{n} units have not been heard for a while",
    "PHAS-03": "{n} activities are overdue, or wait for the word that they were delivered",
    "PROC-01": "{n} processes have nobody who answers for them",
    "PROC-02": "{n} processes change while those who do them take no part",
    "PROC-03": "{n} kinds of work stand in an event log and not in the register",
    "PROC-04": "{n} processes end, and nobody takes over what they leave open",
    "REIN-01": "{n} formal steps came before anything around the old way was changed",
    "REIN-02": "{n} behaviours go on, and nobody has heard anything about them for a while",
    "REIN-03": "{n} new ways take more than the old ones",
    "REIN-04": "{n} behaviours are rewarded by counts alone",
    "ROLE-01": "{n} roles change, and not all their holders have acknowledged it yet",
    "ROLE-02": "{n} roles change and are not written down as they become",
    "ROLE-03": "{n} roles end, and some of their holders have no next role yet",
    "ROLE-04": "{n} changes reach people before the talk does",
    "SEQ-01": "{n} steps stand before the strategy or the workflows that they rest on",
    "SEQ-02": "{n} cut-overs come before the roles are acknowledged by everybody",
    "SOFT-01": "{n} measures name people in public",
    "TEAM-01": "{n} levels of units have nobody on the team yet",
    "TEAM-02": "{n} processes change while their owners sit in another search",
    "TEAM-03": "{n} signs that the team mirrors only a part of the organization",
    "TEAM-04": "{n} seats lack an agreement or are not used",
    "THRY-01": "{n} plans rest on one method",
    "UNIT-02": "{n} units stand a phase behind with the same dates ahead as the others",
    "TRAIN-01": "{n} units were trained, and the new way is taken little yet",
    "TRAIN-02": "{n} roles change while their people have not had all their training",
    "TRAIN-03": "{n} trainings lie far before the cut-over, or after it",
    "TRAIN-04": "{n} units have people for whom no training is meant yet",
    "UNIT-01": "{n} units change, and nothing in the plan is their own",
    "UNIT-03": "{n} units are asked for more than there is room for, or on days on which they cannot",
}


@dataclass(frozen=True)
class Fold:
    """Findings of one guideline under one line. count: how many there are; rows: those of them on this page."""

    code: str
    severity: str
    rows: Sequence[Finding]
    count: int

    @property
    def words(self) -> str:
        """What they say together, in a sentence that begins with how many they are."""
        return words_of(self.code, self.count)

    @property
    def places(self) -> str:
        """Where they are, the first few of them."""
        return listed(row.where.partition(" · ")[0] for row in self.rows if row.where)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


def words_of(code: str, count: int) -> str:
    """What so many findings of a guideline say together; of a guideline without words of its own, what it looks for."""
    number = spelled(count).capitalize()
    if code in TOGETHER:
        return TOGETHER[code].format(n=number)
    known = CATALOGUE.get(code)
    return f"{number} findings of “{known.statement if known else code}”"


def folded(rows: Sequence[Finding], counts: Mapping[str, int]) -> list[Finding | Fold]:
    """The lines of a group in their order: a guideline with more than three findings becomes one line where its first one stands.

    counts: code → how many findings the whole group has, on every page of it.
    """
    by_code: dict[str, list[Finding]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    lines: list[Finding | Fold] = []
    for row in rows:
        count = max(counts.get(row.code, 0), len(by_code[row.code]))
        if count <= FEW:
            lines.append(row)
        elif by_code[row.code][0] is row:
            lines.append(Fold(row.code, row.severity, by_code[row.code], count))
    return lines
