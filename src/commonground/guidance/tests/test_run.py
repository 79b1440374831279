"""Running guidelines: what is chosen, what is left unchecked, and that each reads only the tables it declares."""

from contextlib import suppress
from datetime import date, timedelta

import pytest

from commonground.analysis.facts import (
    ROWS,
    Acknowledgement,
    Act,
    Activity,
    AmountOfChange,
    Attendance,
    Behaviour,
    Blackout,
    BudgetLine,
    Capacity,
    Champion,
    ChampionMeeting,
    Conversation,
    CorrectiveStep,
    Does,
    Engagement,
    Facts,
    Forecast,
    Handoff,
    Impact,
    Improvement,
    LogActivity,
    Member,
    Message,
    Milestone,
    Pace,
    Panel,
    Path,
    Perception,
    Person,
    Phase,
    Process,
    Reachable,
    Reassignment,
    Reinforcement,
    Response,
    Role,
    RoleChange,
    Round,
    Seat,
    Segment,
    Sending,
    Solution,
    Source,
    Sponsor,
    Stage,
    Step,
    TakesPart,
    Training,
    TrainingSession,
    Unit,
    Voice,
    Workflow,
)
from commonground.analysis.register import Register
from commonground.guidance.guidelines import CATALOGUE, Guideline, NotEnoughDataError, chosen, parameters_from, run
from commonground.guidance.guidelines.examples import EXAMPLES
from commonground.guidance.tests.made import DAY, crowd, facts

OLD = date(2026, 1, 1)
PLENTY = {
    "people": [
        *crowd(12, "North", role="clerk", level="staff", front_office=True),
        Person("m", "Mia", "Billing", role="head", level="manager", front_office=False),
        Person("w", "Wim", "Water", role="head", level="manager"),
    ],
    "units": [
        Unit("all", "All"),
        Unit("Billing", "Billing", "all"),
        Unit("North", "North", "Billing"),
        Unit("Water", "Water", "all"),
    ],
    "roles": [
        Role("clerk", "Clerk", fate="end"),
        Role("head", "Head", fate="change", effective=OLD),
        Role("gone", "Gone", fate="end"),
    ],
    "processes": [
        *(
            Process(f"p{i}", f"P{i}", "Billing", ("m",), "f", "move", "Water", ("w", "x0"), product_line="Power")
            for i in range(6)
        ),
        Process("q", "Q", "North", (), "f", "eliminate", open_work="7 cases", product_line="Gas"),
        Process("z", "Z", None, ("m",), "f", product_line="Gas"),
        Process("y", "Y", "Billing", ("m",), "g", "reshape"),
    ],
    "does": [Does("p0", "w")],
    "workflows": [Workflow("f", "Move in", median_lead_working_hours=40.0)],
    "handoffs": [
        Handoff("f", "p0", "q", None, "as_is", 20.0, 100, 30),
        Handoff("f", "p0", "z", None, "to_be"),
        Handoff("f", "p1", "z", None, "to_be"),
    ],
    "log_activities": [LogActivity("Copy it", 30, "crm"), LogActivity("P0", 70, "crm", "p0")],
    "role_changes": [RoleChange("head", "decisions", -1, effective=date(2027, 1, day)) for day in (1, 2, 3)],
    "paths": [Path("m", "head", "same", to_unit="Water")],
    "acknowledgements": [Acknowledgement("head", "w", acknowledged=OLD)],
    "stages": [
        Stage("role", "head", in_force=OLD),
        Stage("process", "p0", shown=OLD),
        Stage("path", "m", in_force=OLD),
    ],
    "conversations": [Conversation("clerk", OLD)],
    "milestones": [
        *(Milestone(kind, actual=OLD) for kind in ("first_raised", "team_seated", "technology_chosen", "cut_over")),
        Milestone("cut_over", DAY, unit="all"),
    ],
    "solutions": [Solution("s", "f", decided=None)],
    "seats": [Seat("s", "m")],
    "takes_part": [TakesPart("s", "w", OLD, "session")],
    "engagements": [Engagement(DAY, "sales", "other", True)],
    "capacity": [Capacity(4)],
    "reinforcements": [
        Reinforcement("R1", "b", "easier", DAY, "North", measure="steps", new_after=4.0, old_after=2.0),
        Reinforcement("R2", "b", "recognition", OLD, public=True, names_people=True, rests_on="counts"),
        Reinforcement("R3", "b", "recognition", DAY - timedelta(days=60), "North", None, None, "counts", True, True),
    ],
    "corrective_steps": [CorrectiveStep("F1", "b", "Billing", DAY)],
    "blackouts": [Blackout(DAY, DAY + timedelta(days=9), "North")],
    "activities": [
        Activity("a", "talk", "Water", "LEAD", owner="w"),
        Activity("late", "course", start=OLD, state="running", hours_per_person=9),
        Activity("full", "course", start=DAY, state="planned", hours_per_person=9),
        Activity("t", "training", None, "TRAIN", start=DAY - timedelta(days=9), end=DAY, hours=9, state="running"),
        Activity("n", "newsletter", start=DAY - timedelta(days=9), end=DAY, state="done"),
    ],
    "messages": [
        Message("m1", "Your job", sender_kind="team", about_my_work=True),
        Message("m2", "Your number", "customers", segments=("firms",), channels=("email",), state="draft"),
    ],
    "segments": [Segment("firms", "Small firms")],
    "reachable": [Reachable("firms", ("email",), 3), Reachable("firms", ("fax",), 7)],
    "behaviours": [
        Behaviour("b", "Note it", starts=OLD, target_share=0.9, target_on=DAY, old_sunset=OLD, old_possible=True),
    ],
    "pace": [
        Pace("b", date(2026, 6, 1) + timedelta(weeks=week), 40 - down * 4, 60 + down * 4, unit=unit, people=50)
        for week in range(24)
        for unit, down in ((None, max(week - 14, 0)), ("North", max(week - 14, 0)), ("Water", 0))
    ],
    "forecasts": [Forecast("b", 0.9, DAY, date(2027, 6, 7), looks_to=date(2029, 6, 4))],
    "sources": [Source("crm", ("b",), 60, True, date(2026, 8, 1))],
    "voices": [
        *(Voice(f"v{unit}", "doubt", OLD, unit, topic="t") for unit in ("North", "East", "South", "West")),
        Voice("i", "idea", OLD, "North", "accepted", accepted=OLD),
        Voice("r", "risk", OLD, "North", "assigned", "m"),
    ],
    "rounds": [Round("r1", "pulse", "pulse", OLD, date(2026, 11, 1))],
    "response": [Response("r1", "North", 0.2)],
    "amount_of_change": [AmountOfChange(DAY, above_capacity=True)],
    "impacts": [Impact("i1", "role", "head", 1, 4)],
    "perceptions": [Perception("f1", "diminished_role", OLD, "clerk")],
    "reassignments": [Reassignment("x0", "m", "w")],
    "team": [Member("w")],
    "sponsors": [Sponsor("m", "Billing", end=OLD)],
    "acts": [Act("m", OLD, "visited", "Water")],
    "champions": [Champion(one, hours_per_week=1, hours_used=2) for one in ("x0", "w")],
    "champion_meetings": [ChampionMeeting(OLD, 2)],
    "phases": [Phase(1, entered=OLD), Phase(2, entered=OLD), Phase(3, start=DAY), Phase(2, "Water")],
    "training": [Training("tr", "The record", ("clerk",), behaviour="b", touches_crm=True)],
    "sessions": [TrainingSession("ts", "tr", date(2025, 9, 1))],
    "attendance": [Attendance("tr", f"x{number}", OLD, "attended") for number in range(9)],
    "panels": [Panel("p", "Evening", end=OLD)],
    "improvements": [Improvement("j", "One letter", state="proposed")],
    "sendings": [Sending("g", "email", 100, 90, 10)],
    "steps": [Step("g", "North", "m", OLD, OLD), Step("g", "Water", "w", OLD, OLD, OLD)],
    "budget": [BudgetLine("x", purpose="technology", practice="PACE", planned=1.0)],
}
# Units that are large enough for what was said to be told by them.
LARGE = ("North", "East", "South", "West")
HEARD = {
    **PLENTY,
    "people": [*PLENTY["people"], *(one for name in LARGE[1:] for one in crowd(12, name, name))],
    "units": [*PLENTY["units"], *(Unit(name, name, "all") for name in LARGE[1:])],
}


class Watched(Facts):
    """Facts that refuse to be asked for a table beyond a given set."""

    allowed: frozenset[str] = frozenset()

    def _mind(self, table: str) -> None:
        assert table in self.allowed, f"reads {table} without declaring it"

    def has(self, table: str) -> bool:
        self._mind(table)
        return super().has(table)

    def rows(self, table: str):
        self._mind(table)
        return super().rows(table)


def watched(one: Guideline, tables: dict) -> Register:
    given = Watched(tables, DAY)
    object.__setattr__(given, "allowed", one.tables)
    return Register(given)


BY_EXAMPLE = {"BUDG-03", "NEW-01", "PHAS-01", "PHAS-02", "THRY-01"}  # what there is plenty of holds nothing for them


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_guideline_reads_only_the_tables_that_it_declares(code):
    one = CATALOGUE[code]
    tables = HEARD if one.practice in {"IDEA", "PEER"} else PLENTY
    if code in BY_EXAMPLE:
        tables = {**tables, **EXAMPLES[code].tables}
    found = one.findings(watched(one, tables))
    if code not in {"OWN-01", "OWN-02", "TEAM-01", "PACE-07"}:  # they find nothing here, and are asked again below
        assert found
    needed_only = {name: rows for name, rows in tables.items() if name in one.needs}
    with suppress(NotEnoughDataError):  # of two tables that would do, neither is there
        one.findings(watched(one, needed_only))
    moved = {
        **(tables if code in BY_EXAMPLE else PLENTY),
        "people": [person._replace(unit="Water") for person in PLENTY["people"]],
        "does": [],
        "seats": [],
    }
    moved["processes"] = [process._replace(answers_for=("m",)) for process in PLENTY["processes"]]
    one.findings(watched(one, moved))


@pytest.mark.parametrize("code", ["OWN-01", "OWN-02", "TEAM-01", "PACE-07"])
def test_the_others_find_something_too_within_their_tables(code):
    one = CATALOGUE[code]
    people = PLENTY["people"][:-1]  # one person alone in Water would keep Billing's number unsaid as well
    bare = {**PLENTY, "people": people, "does": [], "seats": [], "processes": [], "activities": []}
    bare["behaviours"] = [row._replace(vanity=True) for row in PLENTY["behaviours"]]
    assert one.findings(watched(one, bare))


def test_a_table_that_is_not_declared_cannot_change_the_answer():
    everything = run(Facts(PLENTY, DAY)).findings
    for code, one in CATALOGUE.items():
        without = {name: rows for name, rows in PLENTY.items() if name in one.tables}
        assert run(Facts(without, DAY), select=[code]).findings == tuple(f for f in everything if f.code == code)


def test_findings_come_by_severity_then_code_then_subject():
    findings = run(Facts(PLENTY, DAY)).findings
    order = [(("error", "warn", "note").index(f.severity), f.code, f.subject) for f in findings]
    assert order == sorted(order)
    assert len({(f.code, f.subject) for f in findings}) == len(findings)  # the key of a finding is its own
    assert all(f.what and f.where and f.why and f.evidence and f.do for f in findings)


WAITS_FOR = {
    "BUDG-03": ("budget", "gates"),
    "PHAS-01": ("gates",),
    "PHAS-02": ("activities", "phases", "gates"),
    "THRY-01": ("activities",),
    "CHAN-01": ("messages", "reachable"),
    "CHAN-02": ("messages", "reachable"),
    "CHAN-03": ("sendings",),
    "CULT-01": ("milestones",),
    "CULT-02": ("milestones",),
    "CULT-03": ("impacts",),
    "CUST-01": ("phases",),
    "CUST-02": ("milestones",),
    "CUST-03": ("milestones",),
    "EARLY-01": ("milestones",),
    "BUDG-01": ("activities", "budget"),
    "BUDG-02": ("budget",),
    "EARLY-02": ("activities", "milestones"),
    "EARLY-03": ("activities",),
    "UNIT-02": ("phases",),
    **{f"IDEA-0{number}": ("voices",) for number in (1, 2, 3)},
    "LOSS-02": ("perceptions",),
    "LEAD-01": ("sponsors", "acts"),
    "LEAD-02": ("sponsors",),
    "LEAD-03": ("messages",),
    "LEAD-04": ("sponsors",),
    "MNGR-02": ("paths.to_manager",),
    "PEER-01": ("champions",),
    "PEER-02": ("champions",),
    "PEER-03": ("champions", "champion_meetings"),
    "TEAM-02": ("seats",),
    "PEER-04": ("voices",),
    "PEER-05": ("steps",),
    "PEER-06": ("voices",),
    "PEER-07": ("steps",),
    "LOSS-01": ("role_changes",),
    "LOSS-03": ("role_changes",),
    "MNGR-03": ("roles",),
    "MNGR-05": ("role_changes", "conversations"),
    "OWN-01": ("does",),
    "OWN-02": ("does",),
    "PROC-02": ("does",),
    "FLOW-01": ("handoffs", "workflows"),
    "FLOW-02": ("handoffs",),
    "FLOW-03": ("handoffs",),
    **{f"PACE-0{number}": ("behaviours",) for number in (1, 4, 5, 7)},
    "PACE-02": ("behaviours", "pace"),
    "PACE-03": ("behaviours", "pace"),
    "PACE-06": ("sources",),
    "PROC-03": ("log_activities",),
    "ROLE-01": ("roles",),
    "ROLE-02": ("roles",),
    "ROLE-03": ("roles", "paths"),
    "ROLE-04": ("stages",),
    "SEQ-01": ("milestones",),
    "SEQ-02": ("milestones", "roles"),
    "NEW-01": ("experiments",),
    "TEAM-04": ("seats",),
    "TRAIN-01": ("training", "attendance", "behaviours", "pace"),
    "TRAIN-02": ("roles", "training", "attendance"),
    "TRAIN-03": ("training", "sessions", "milestones"),
    "TRAIN-04": ("training",),
    "REIN-01": ("corrective_steps",),
    "REIN-02": ("behaviours",),
    "REIN-03": ("reinforcements",),
    "REIN-04": ("reinforcements",),
    "SOFT-01": ("reinforcements",),
    "UNIT-01": ("activities", "milestones"),
    "PHAS-03": ("activities",),
    "UNIT-03": ("activities",),
}


def test_whatever_cannot_be_checked_names_the_tables_it_waits_for():
    report = run(facts(people=[], processes=[]))
    assert {one.code: one.missing for one in report.not_checked} == WAITS_FOR
    assert report.checked == ("MNGR-01", "MNGR-04", "OWN-03", "PROC-01", "PROC-04", "TEAM-01", "TEAM-03")
    assert report.findings == ()


def test_absent_tables_that_mean_none_are_those_of_the_glossary():
    assert {code: one.empty_means_none for code, one in CATALOGUE.items() if one.empty_means_none} == {
        "CULT-01": ("rounds",),
        "CUST-01": ("panels", "improvements"),
        "CUST-03": ("messages",),
        "CUST-02": ("hiccups",),
        "EARLY-01": ("engagements",),
        "MNGR-01": ("solutions", "seats", "takes_part"),
        "PACE-04": ("pace",),
        "PROC-02": ("solutions", "seats", "takes_part"),
        "REIN-01": ("reinforcements",),
        "REIN-02": ("reinforcements",),
        "PHAS-01": ("evidence",),
        "ROLE-01": ("acknowledgements",),
        "SEQ-02": ("acknowledgements",),
        "TEAM-01": ("seats",),
        "TEAM-03": ("seats",),
        "TEAM-04": ("takes_part",),
    }


def test_codes_and_practices_can_be_selected_and_ignored():
    assert [one.code for one in chosen(["mngr", "OWN-01"], ["MNGR-05"])] == [
        "MNGR-01",
        "MNGR-02",
        "MNGR-03",
        "MNGR-04",
        "OWN-01",
    ]
    with pytest.raises(ValueError, match="No guideline is called TURN-01"):
        chosen(["TURN-01"])


def test_parameters_are_read_from_words_and_refused_by_name():
    assert parameters_from(["own-01.share=0.2"]) == {"OWN-01": {"share": 0.2}}
    with pytest.raises(ValueError, match=r"CODE\.name=number"):
        parameters_from(["OWN-01=many"])
    with pytest.raises(ValueError, match=r"OWN-03 has no parameter proceses\. Its parameters: processes"):
        run(facts(people=[], processes=[]), parameters={"OWN-03": {"proceses": 2}})
    with pytest.raises(ValueError, match="No guideline is called OWN-99"):
        run(facts(people=[]), parameters={"OWN-99": {}})


def test_every_table_that_is_declared_exists_and_every_text_is_a_sentence():
    for one in CATALOGUE.values():
        assert one.tables <= ROWS.keys()
        assert one.statement.endswith(".")
        assert one.why.endswith(".")
        assert one.do.endswith(".")
        for word in ("turf", "resistor", "fence-sitter", "wrong"):
            assert word not in f"{one.statement} {one.why} {one.do} {one.source}".casefold()
