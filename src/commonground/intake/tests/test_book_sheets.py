"""Sheets as change managers keep them in Excel, taken over with their own columns.

The headers are those in common use: Packt’s communication plan (Message, Audience, Vehicle, Author, Messenger, Distribution date, Status),
the workbook of the MIT handbook, the project-control-room RAID log, the RACI matrix of AWS’s guide to organizational change.
"""

from datetime import date

import pytest
from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour
from commonground.intake import committing, uploads
from commonground.intake.preview import kind_of, preview
from commonground.intake.tests.bringing import bring, counts, everything, take
from commonground.plan.models import Module, Need, Session
from commonground.programs.models import Activity
from commonground.workflows.models import AnswersFor, Does, Process

PACKT = (
    "Message,Audience,Vehicle,Author,Messenger,Distribution date,Status\n"
    "Why we change,All staff,Town Hall,carol@example.org,The board,14/09/2026,Sent\n"
    "What changes for you,Billing clerk,E-mail,Project office,Dan Dahl,28/09/2026,Draft\n"
    "What changes for you,Field engineers,Letter,,,weekly,Approved\n"
)
ROADMAP = (
    "Activity,Phase,Owner,Status,Start Date,End Date,Notes\n"
    "Listening workshops with the crews,Prepare,Carol Costa,In Progress,2026-09-01,2026-09-30,In the depots\n"
    "Retire the paper slip,Sustain,,Not Started,2027-03-01,,\n"
)
RAID = (
    "ID,Type,Statement,Owner,Response,Due,Status,Escalation\n"
    "1,Risk,Two desks answer one call,Dan,Agree who,2026-10-01,Open,\n"
    "2,Action,Invite the night shift,erin@example.org,Ask their leader,2026-10-05,In Progress,Steering\n"
    "3,Issue,No owner for billing,,,,Open,\n"
    "4,Decision,Cut-over in March,,,2026-08-01,Closed,\n"
    "5,Wish,More coffee,,,,,\n"
)
TRAINING = (
    "Training Module,Target Role,Format,Duration,Trainer,Target Headcount,Trained,Completion %,Date,Status\n"
    "The record,Billing clerk; Contact agent,Hands-on,90 min,carol@example.org,120,30,25%,2026-10-09,Scheduled\n"
    "The record,Meter reader,Hands-on,90 min,,40,0,0%,2026-10-16,Scheduled\n"
    "What changes,All staff,eLearning,1,,,,,,Not Started\n"
)


def lines(*columns: str) -> list[tuple[object, ...]]:
    return list(Activity.objects.order_by("pk").values_list(*columns))


def why(row: object) -> str:
    return " ".join(f"{one['why']} {sort['remedy']}" for sort in row.summary["sorts"] for one in sort["rows"])


def test_a_communication_plan_becomes_activities_that_communicate(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"Comms plan.csv": PACKT})
    assert "“Field engineers” is no unit, role or level" in why(row)
    uploads.take_over(row, by=cast.alice.actor, at=AT)
    assert counts(row, "communication_plan") == {"new": 3}
    assert lines("words", "kind", "state", "start") == [
        ("Why we change", "Town Hall", "done", date(2026, 9, 14)),
        ("What changes for you", "E-mail", "planned", date(2026, 9, 28)),
        ("What changes for you", "Letter", "planned", None),
    ]
    assert lines("owner__name", "deliverer__name", "note") == [
        (str(cast.carol.person), None, "From: The board"),
        (None, "Dan Dahl", "Owner: Project office"),
        (None, None, "For: Field engineers · When: weekly"),
    ]
    assert [one.audience for one in Activity.objects.order_by("pk")] == [{}, {"role": "billing-clerk"}, {}]
    assert {one.kind_known for one in Activity.objects.all()} == {"communicate"}


@pytest.mark.parametrize(
    ("name", "text"),
    [("Comms plan.csv", PACKT), ("roadmap.csv", ROADMAP), ("raid log.csv", RAID), ("Training plan.csv", TRAINING)],
)
def test_a_sheet_without_ids_is_brought_again_without_a_difference_and_taken_back(
    cast: Cast, name: str, text: str
) -> None:
    start = everything()
    row = take(cast.program, cast.alice.actor, {name: text})
    before = everything()
    again = take(cast.program, cast.alice.actor, {name: text})
    table = again.summary["tables"][0]
    assert (table["new"], table["changed"]) == (0, 0)
    assert everything() == before
    committing.undo(again, by=cast.alice.actor, at=AT)
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == start


def test_a_roadmap_becomes_activities_with_their_days(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"roadmap.csv": ROADMAP.replace("Carol Costa", str(cast.carol.person))})
    assert lines("words", "kind", "state", "start", "end", "note") == [
        (
            "Listening workshops with the crews",
            "involve",
            "running",
            date(2026, 9, 1),
            date(2026, 10, 1),
            "Phase: Prepare · In the depots",
        ),
        ("Retire the paper slip", "retire", "planned", date(2027, 3, 1), None, "Phase: Sustain"),
    ]
    assert Activity.objects.first().owner == cast.carol.person


def test_the_actions_of_a_raid_log_are_taken_and_the_rest_is_given_back(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"raid log.csv": RAID})
    assert counts(row, "raid") == {"new": 1}
    assert next(one for one in row.summary["tables"])["not_brought"] == 4
    assert row.summary["errors"] == 0
    said = why(row)
    for words in ("Hand over what somebody said", "the guidelines find in the facts", "“Wish” is no type"):
        assert words in said
    given_back = (uploads.folder_of(row) / "kept-out-raid.csv").read_text("utf-8-sig")
    assert [line.split(",")[2] for line in given_back.splitlines()[1:]] == [
        "Two desks answer one call",
        "No owner for billing",
        "Cut-over in March",
        "More coffee",
    ]
    uploads.take_over(row, by=cast.alice.actor, at=AT)
    action = Activity.objects.get()
    assert (action.key, action.owner, action.last_day, action.state) == (
        "raid-2",
        cast.erin.person,
        date(2026, 10, 5),
        "running",
    )
    assert action.note == "Escalation: Steering · Ask their leader"


def test_a_running_number_is_not_taken_for_an_activity_that_has_it_as_its_key(cast: Cast) -> None:
    cast.program.add(Activity(key="2", kind="workshop", words="Something else"), by=cast.alice.actor, at=AT)
    take(cast.program, cast.alice.actor, {"raid log.csv": RAID})
    assert Activity.objects.get(key="2").words == "Something else"


def test_a_training_plan_becomes_modules_with_sessions_and_for_whom_they_are(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"Training plan.csv": TRAINING})
    assert list(Module.objects.order_by("pk").values_list("name", "hours", "format")) == [
        ("The record", 1.5, "hands_on"),
        ("What changes", 1, "e_learning"),
    ]
    assert sorted(need.whom for need in Need.objects.filter(module__name="The record")) == [
        "Billing clerk",
        "Contact agent",
        "Meter reader",
    ]
    assert [need.whom for need in Need.objects.filter(module__name="What changes")] == ["everyone"]
    assert list(Session.objects.values_list("on", "trainer")) == [
        (date(2026, 10, 9), cast.carol.person.pk),
        (date(2026, 10, 16), None),
    ]


def test_a_matrix_says_who_answers_for_and_does_a_process(cast: Cast) -> None:
    process = Process.objects.filter(program=cast.program, planned_only=False).first()
    assert process is not None
    text = (
        "Activity/Decision,Person/Group Responsible,Accountable,Consulted,Informed\n"
        f"{process.name},erin@example.org; Charlie Chen,carol@example.org,Works council,Everyone\n"
        "Choose the CRM,Dan Dahl,Board,,\n"
    )
    row = take(cast.program, cast.alice.actor, {"raci.csv": text})
    assert counts(row, "raci") == {"changed": 1}
    assert row.summary["tables"][0]["not_brought"] == 1
    holders = AnswersFor.objects.filter(process=process).on(date(2026, 9, 14))
    assert [one.person for one in holders] == [cast.carol.person]
    assert {cast.erin.person, cast.charlie.person} <= {one.person for one in Does.objects.filter(process=process)}
    wrong = bring(cast.program, cast.alice.actor, {"raci.csv": text.replace("carol@example.org", "The board")})
    assert "“The board” is no person here." in why(wrong)


def test_targets_of_behaviours_come_from_a_sheet_of_measures(cast: Cast) -> None:
    Behaviour.objects.create(program=cast.program, key="B1", name="Log the contact", new_words="in the record")
    text = "KPI,Definition,Current,Target,Status,Trend\nLog the contact,,,80% by 2027-06-30,,\nResistance,,,<=10%,,\nAdoption,,,90,,\n"
    row = bring(cast.program, cast.alice.actor, {"KPIs.csv": text})
    assert "nobody's resistance or support is scored" in why(row)
    uploads.take_over(row, by=cast.alice.actor, at=AT)
    behaviour = Behaviour.objects.get()
    assert (behaviour.target_share, behaviour.target_on) == (0.8, date(2027, 6, 30))
    assert row.summary["tables"][0]["not_brought"] == 2
    wrong = bring(cast.program, cast.alice.actor, {"KPIs.csv": text.replace("80% by 2027-06-30", "high")})
    assert wrong.summary["errors"] == 1
    assert "“high” is no target that can be read." in why(wrong)


def test_what_cannot_be_read_is_told_with_row_column_value_and_remedy(cast: Cast) -> None:
    text = "Message,Audience,Channel,Sender,Timing,Status,Support,Resistance level\nOne,,,,31/02/2026,On the way,high,low\n,Billing,,,,,,\n"
    row = bring(cast.program, cast.alice.actor, {"communication plan.csv": text})
    table = row.summary["tables"][0]
    assert table["refused"] == ["Support", "Resistance level"]
    found = {(sort["column"], one["row"], one["value"]) for sort in row.summary["sorts"] for one in sort["rows"]}
    assert {("Timing", 2, "31/02/2026"), ("Status", 2, "On the way"), ("Message", 3)} <= {
        one[:2] for one in found
    } | found
    assert table["kept_out"] == 2


def test_the_command_line_takes_a_roadmap_as_activities_and_as_what_it_is() -> None:
    found = preview(kind_of("activities"), ROADMAP.encode(), name="roadmap.csv").as_dict()
    assert (found["rows"], found["importable"], found["errors"]) == (2, 2, 0)
    assert found["columns"]["kind"] == ["Activity"]
    for word in ("roadmap", "raid", "raci", "kpi", "communication_plan", "communication", "training_plan"):
        assert kind_of(word).name in word or word in kind_of(word).name
    assert kind_of("training").name == "training"
    assert preview(kind_of("roadmap"), ROADMAP.encode(), name="x.csv").as_dict()["importable"] == 2


def test_a_sheet_without_a_telling_name_is_known_by_its_headers(cast: Cast) -> None:
    for text, table in (
        (PACKT, "communication_plan"),
        (ROADMAP, "roadmap"),
        (RAID, "raid"),
        (TRAINING, "training_plan"),
    ):
        row = bring(cast.program, cast.alice.actor, {"Sheet1.csv": text})
        assert [one["table"] for one in row.summary["tables"]] == [table]
