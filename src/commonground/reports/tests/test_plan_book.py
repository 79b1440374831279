"""The plan as a workbook: what is on it for whom, and that what is brought back unchanged changes nothing."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.cast import AT, Cast

from commonground.analysis.plan import book
from commonground.intake import committing
from commonground.intake.tests.bringing import bring, counts, everything, take
from commonground.intake.writing import write_xlsx
from commonground.plan.models import Module, Need, Session
from commonground.programs.models import Activity
from commonground.realignment.models import RoleFate
from commonground.reports.plan_book import Asked, sheets, workbook
from commonground.voice.models import Voice
from commonground.workflows.models import AnswersFor

HERE = "/northlight/plan/excel/"
DAY = AT.date()


@pytest.fixture
def planned(cast: Cast) -> Cast:
    """A few activities, a module with a session, and a risk that all may read."""
    person, unit = cast.carol.person, cast.units["billing"]
    rows = (
        {"key": "A1", "kind": "newsletter", "words": "Why we change", "unit": unit, "owner": person, "deliverer": cast.dan.person,
         "start": date(2026, 10, 1), "audience": {"role": "billing-clerk"}, "note": "From the board too"},
        {"key": "A2", "kind": "communicate", "words": "Town hall", "start": date(2026, 9, 1), "end": date(2026, 9, 3), "state": "done",
         "delivered_on": date(2026, 9, 2)},
        {"key": "A3", "kind": "message in Video", "words": "The customer’s day", "audience": {"level": "Staff", "shift": "night"}},
        {"key": "A4", "kind": "workshop", "words": "", "owner": person, "start": date(2026, 11, 2), "end": date(2026, 11, 5),
         "state": "running", "answers": "TEAM-01 unit:BIL"},
        {"key": "A5", "kind": "remove", "words": "Retire the second list", "state": "dropped"},
    )  # fmt: skip
    for values in rows:
        cast.program.add(Activity(**values), by=cast.alice.actor, at=AT)
    module = cast.program.add(
        Module(key="T1", name="The record", hours=4, format="hands_on"), by=cast.alice.actor, at=AT
    )
    Need.objects.say(module, role=cast.roles["billing_clerk"], by=cast.alice.actor, at=AT)
    Need.objects.say(module, unit=cast.units["water"], by=cast.alice.actor, at=AT)
    cast.program.add(Session(key="S1", module=module, on=date(2026, 10, 9), trainer=person), by=cast.alice.actor, at=AT)
    return cast


def file_of(cast: Cast, who: str = "alice", **letters: str) -> bytes:
    asked = Asked(cast.played[who].actor, cast.program, DAY, AT, **letters)
    return write_xlsx(*workbook(asked))


def grids_of(data: bytes) -> dict[str, list[list[Any]]]:
    """Sheet → rows, headers first, read by another program than the one that wrote them."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as whole:
        return {name: whole.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in whole.sheet_names}


def rows_of(data: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = grids_of(data)[name]
    return [dict(zip(head, row, strict=True)) for row in rows]


def edited(data: bytes, name: str, find: str, column: str, value: object) -> bytes:
    """The workbook with one cell changed, written anew."""
    grids = grids_of(data)
    row = next(row for row in grids[name][1:] if find in row)
    row[grids[name][0].index(column)] = value
    return write_xlsx([(sheet, rows[0], rows[1:]) for sheet, rows in grids.items()])


def test_each_sheet_has_the_columns_that_people_know(planned: Cast) -> None:
    """The columns of the communication plan, training plan, RAID log, roadmap, KPI sheet and RACI that are in common use."""
    whole = grids_of(file_of(planned))
    assert list(whole) == ["About", "Communication plan", "Training plan", "RAID", "Roadmap", "KPI", "RACI"]
    heads = {name: rows[0] for name, rows in whole.items()}
    assert heads["Communication plan"][:7] == ["Message", "Audience", "Channel", "Sender", "Timing", "Status", "Notes"]
    assert heads["RAID"] == ["ID", "Type", "Statement", "Owner", "Response", "Due", "Status", "Escalation"]
    assert heads["RACI"] == ["Activity/Decision", "Responsible", "Accountable", "Consulted", "Informed", "ID"]
    with zipfile.ZipFile(io.BytesIO(file_of(planned))) as archive:
        assert all(
            'state="frozen"' in archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 8)
        )
    said = rows_of(file_of(planned), "Communication plan")
    first = next(row for row in said if row["ID"] == "A1")
    assert (first["Audience"], first["Channel"], first["Sender"]) == (
        "Billing; Billing clerk",
        "newsletter",
        "Dan Dahl",
    )
    assert first["Timing"] == date(2026, 10, 1)
    assert {row["ID"]: row["Status"] for row in said} == {"A1": "Planned", "A2": "Sent", "A3": "Planned"}
    lesson = rows_of(file_of(planned), "Training plan")[0]
    assert (lesson["Target Role"], lesson["Format"], lesson["Duration"]) == ("Billing clerk; Water", "Hands-on", 4)


def test_what_comes_back_unchanged_changes_nothing(planned: Cast) -> None:
    data = file_of(planned)
    before = everything()
    row = bring(planned.program, planned.alice.actor, {"northlight-plan.xlsx": data})
    assert (row.summary["errors"], row.summary["warnings"]) == (0, 0), row.summary["sorts"]
    for one in row.summary["tables"]:
        assert (one["new"], one["changed"], one["kept_out"], one["not_brought"]) == (0, 0, 0, 0), one["table"]
    take(planned.program, planned.alice.actor, {"northlight-plan.xlsx": data})
    assert everything() == before


@pytest.mark.parametrize(
    ("sheet", "find", "column", "value", "field", "now"),
    [
        ("Communication plan", "A1", "Message", "Why we change now", "words", "Why we change now"),
        ("Communication plan", "A1", "Timing", date(2026, 10, 8), "start", date(2026, 10, 8)),
        ("Communication plan", "A1", "Channel", "Town hall", "kind", "Town hall"),
        ("Communication plan", "A3", "Status", "Sent", "state", "done"),
        ("Roadmap", "A4", "End Date", date(2026, 11, 6), "end", date(2026, 11, 7)),
        ("Roadmap", "A4", "Status", "Cancelled", "state", "dropped"),
        ("RAID", "A4", "Response", "Ask the crews first", "note", "Ask the crews first"),
        ("Roadmap", "A1", "Owner", "Erin Eide", "owner_id", "erin"),
    ],
)
def test_one_changed_cell_changes_one_row(
    planned: Cast, sheet: str, find: str, column: str, value: object, field: str, now: object
) -> None:
    before = {row.key: row for row in Activity.objects.all()}
    row = take(
        planned.program, planned.alice.actor, {"plan.xlsx": edited(file_of(planned), sheet, find, column, value)}
    )
    assert sum(one["changed"] for one in row.summary["tables"]) == 1
    assert sum(one["new"] for one in row.summary["tables"]) == 0
    changed = Activity.objects.get(key=find)
    assert getattr(changed, field) == (planned.erin.person.pk if now == "erin" else now)
    others = list(Activity.objects.exclude(key=find))
    assert all(getattr(one, field) == getattr(before[one.key], field) for one in others)
    committing.undo(row, by=planned.alice.actor, at=AT)
    assert getattr(Activity.objects.get(key=find), field) == getattr(before[find], field)


def test_two_sheets_that_say_different_things_of_one_activity_are_kept_out(planned: Cast) -> None:
    data = edited(file_of(planned), "Communication plan", "A1", "Status", "Cancelled")
    row = bring(
        planned.program, planned.alice.actor, {"plan.xlsx": edited(data, "Roadmap", "A1", "Status", "Complete")}
    )
    assert row.summary["errors"] == 1
    assert "is changed on the sheet Communication plan too" in row.summary["sorts"][0]["rows"][0]["why"]


def test_a_beginning_behind_its_end_is_kept_out(planned: Cast) -> None:
    data = edited(file_of(planned), "Roadmap", "A4", "Start Date", date(2026, 12, 1))
    row = bring(planned.program, planned.alice.actor, {"plan.xlsx": data})
    assert (row.summary["errors"], counts(row, "roadmap")["kept_out"]) == (1, 1)
    assert "It starts on 2026-12-01, after its last day, 2026-11-04." in str(row.summary["sorts"])


def test_training_comes_back_with_its_session_moved_and_its_roles_changed(planned: Cast) -> None:
    data = edited(file_of(planned), "Training plan", "T1", "Date", date(2026, 10, 16))
    take(
        planned.program,
        planned.alice.actor,
        {"plan.xlsx": edited(data, "Training plan", "T1", "Target Role", "Billing clerk; Everyone")},
    )
    assert [one.on for one in Session.objects.all()] == [date(2026, 10, 16)]
    assert sorted(need.whom for need in Need.objects.all()) == ["Billing clerk", "everyone"]


def test_a_change_of_a_role_that_is_not_told_is_in_no_file_and_stays_when_one_comes_back(planned: Cast) -> None:
    """The lead who drafted it sees the module on the page; a file travels, so it is not there."""
    role, alice = planned.roles["meter_reader"], planned.alice
    RoleFate.objects.draft(role, program=planned.program, fate="change", by=alice.actor, at=AT)
    secret = planned.program.add(Module(key="T9", name="After the meters"), by=alice.actor, at=AT)
    Need.objects.say(secret, role=role, by=alice.actor, at=AT)
    Need.objects.say(Module.objects.get(key="T1"), role=role, by=alice.actor, at=AT)
    assert Module.objects.visible_to(alice.actor).filter(key="T9").exists()
    data = file_of(planned)
    assert [row["Training Module"] for row in rows_of(data, "Training plan")] == ["The record"]
    assert "Meter reader" not in rows_of(data, "Training plan")[0]["Target Role"]
    take(
        planned.program, alice.actor, {"plan.xlsx": edited(data, "Training plan", "T1", "Target Role", "Billing clerk")}
    )
    assert sorted(need.whom for need in Need.objects.filter(module__key="T1")) == ["Billing clerk", "Meter reader"]


def test_a_risk_stands_in_the_words_that_all_may_read_and_only_once_it_is_public(planned: Cast) -> None:
    for published in (False, True):
        Voice.objects.hand_over(
            planned.program, by=planned.alice.actor, at=AT, kind="risk", words=f"own words {published}",
        )  # fmt: skip
    Voice.objects.filter(words="own words True").update(published=True, public_words="Two desks answer the same call")
    data = file_of(planned)
    assert [row["Statement"] for row in rows_of(data, "RAID") if row["Type"] == "Risk"] == [
        "Two desks answer the same call"
    ]
    assert b"own words" not in b"".join(str(row).encode() for row in rows_of(data, "RAID"))


def test_a_and_d_are_as_one_chooses(planned: Cast) -> None:
    types = {row["Type"] for row in rows_of(file_of(planned, a="assumptions", d="dependencies"), "RAID")}
    assert types.isdisjoint({"Action", "Decision"})
    about = str(grids_of(file_of(planned, a="assumptions"))["About"])
    assert "Assumptions: none recorded yet" in about


def test_who_may_not_see_the_plan_gets_no_file(planned: Cast) -> None:
    for name, status in (("alice", 200), ("dan", 200), ("frank", 200), ("erin", 404), ("grace", 404)):
        client = planned.client_of(name)
        for address in (HERE, f"{HERE}workbook/", f"{HERE}roadmap.csv"):
            assert client.get(address).status_code == status, (name, address)
    assert planned.client_of("alice").get(f"{HERE}nothing.csv").status_code == 404


def test_each_sheet_alone_is_a_csv_that_comes_back_too(planned: Cast) -> None:
    client, before = planned.alice.client(), everything()
    for sheet in book.SHEETS:
        answer = client.get(f"{HERE}{sheet.key}.csv")
        data = b"".join(answer.streaming_content)
        assert data.decode("utf-8-sig").splitlines()[0] == ",".join(sheet.headers)
        row = bring(planned.program, planned.alice.actor, {f"{sheet.name}.csv": data})
        assert counts(row, sheet.key).keys() <= {"unchanged"}, (sheet.key, row.summary["sorts"])
    assert everything() == before


def test_who_answers_for_a_process_comes_back_from_the_matrix(planned: Cast) -> None:
    rows = rows_of(file_of(planned), "RACI")
    name = next(row["Activity/Decision"] for row in rows if row["Accountable"] == "Dan Dahl")
    row = take(
        planned.program,
        planned.alice.actor,
        {"plan.xlsx": edited(file_of(planned), "RACI", name, "Accountable", f"{planned.carol.person}; Dan Dahl")},
    )
    if counts(row, "raci").get("changed"):
        assert counts(row, "raci")["changed"] == 1
    holders = AnswersFor.objects.filter(process__name=name, end=None).values_list("person__name", flat=True)
    assert "Dan Dahl" in holders


texts = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=texts,
    note=texts,
    state=st.sampled_from(["planned", "running", "done", "dropped"]),
    kind=st.sampled_from(["communicate", "newsletter", "workshop", "message in Training"]),
    days=st.tuples(st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 9)),
)
def test_whatever_an_activity_says_it_comes_back_as_it_was(
    cast: Cast, words: str, note: str, state: str, kind: str, days: tuple[date | None, int]
) -> None:
    Activity.objects.all().delete()
    start, length = days
    end = date.fromordinal(start.toordinal() + length) if start and length else None
    Activity.objects.create(
        program=cast.program, key="X1", words=words, note=note, state=state, kind=kind, start=start, end=end
    )
    before = list(Activity.objects.values())
    asked = Asked(cast.alice.actor, cast.program, DAY, AT)
    assert len(sheets(asked, book.ROADMAP)[book.ROADMAP]) == 1
    row = bring(cast.program, cast.alice.actor, {"plan.xlsx": file_of(cast)})
    assert all((one["new"], one["changed"], one["kept_out"]) == (0, 0, 0) for one in row.summary["tables"]), (
        row.summary["sorts"]
    )
    assert list(Activity.objects.values()) == before


def test_an_empty_workbook_can_be_filled_in(cast: Cast) -> None:
    rows = [
        ["Walk the floor", None, "carol@example.org", "Not Started", date(2026, 10, 5), date(2026, 10, 9), None, None]
    ]
    data = write_xlsx([("Roadmap", book.BY_KEY[book.ROADMAP].headers, rows)])
    take(cast.program, cast.alice.actor, {"plan.xlsx": data})
    row = Activity.objects.get()
    assert (str(row), row.owner, row.last_day) == ("Walk the floor", cast.carol.person, date(2026, 10, 9))
