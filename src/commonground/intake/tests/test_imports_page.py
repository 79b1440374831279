"""Sheets brought through the pages: looked over, decided about, taken over, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from commonground.intake import tasks, uploads
from commonground.intake.models import Import, SavedMapping
from commonground.intake.reading import read_tables
from commonground.intake.tests.bringing import everything
from commonground.organization.models import Assignment, Person
from commonground.workflows.models import Process

ROSTER = "id,name,unit,manager\np1,Mara Holm,Power,\np2,Nils Berg,Grid,p1\n"
WORK = "id,name,unit,answers_for,fate\nq1,Fault report,Grid,p2,automate\n"


def post(client: Client, **files: str | bytes) -> Import:
    data = [
        SimpleUploadedFile(name.replace("_csv", ".csv"), text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    ]
    response = client.post("/northlight/imports/upload/", {"files": data})
    assert response.status_code == 302
    return Import.objects.latest("pk")


def page(client: Client, address: str) -> str:
    response = client.get(f"/northlight/imports/{address}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def decide(client: Client, row: Import, **values: str) -> str:
    given = {"day": "2026-09-14", "missing": "list", "do": "take", **values}
    response = client.post(f"/northlight/imports/{row.pk}/decide/", given, follow=True)
    return " ".join(response.content.decode().split())


def test_two_sheets_are_seen_taken_over_lead_to_findings_and_can_be_undone(cast: Cast) -> None:
    client, before = cast.alice.client(), everything()
    row = post(client, people_csv=ROSTER, processes_csv=WORK)
    text = page(client, f"{row.pk}/")
    assert "2 people and 1 process are ready" in text
    assert "drafts that you alone see" in text
    assert everything() == before
    done = decide(client, row)
    assert "Taken over: 2 people and 1 process" in done
    assert "See the findings" in done or "finding" in done
    assert Person.objects.filter(key="p2").exists()
    undone = client.post(f"/northlight/imports/{row.pk}/undo/", follow=True).content.decode()
    assert "everything is as it was before" in undone
    assert everything() == before
    assert "undone" in page(client, "")


def test_two_sheets_are_asked_for_until_work_is_known(cast: Cast) -> None:
    assert "Bring the sheets you have" in page(cast.alice.client(), "")
    Process.objects.all().delete()
    assert "Two sheets are enough to begin" in page(cast.alice.client(), "")


BROKEN = {
    "overlap": ("id,name,from,to\n1,A,2020-01-01,2022-01-01\n1,A,2021-01-01,\n", "overlap"),
    "three layouts": (
        "id,name,from\n1,A,2024-01-15\n2,B,2024-01-16\n3,C,17/01/2024\n4,D,01/18/2024\n",
        "Write 2024-01-18.",
    ),
    "circle": ("id,name,manager\n1,A,2\n2,B,1\n", "goes in a circle"),
    "nobody": ("id,name,manager\n1,A,\n2,B,99\n", "matches no person"),
    "other column": ("id,name,manager,job code\n1,A,,J1\n2,B,J1,J2\n", "seems to be a value of the column job code"),
    "formula": ('id,name\n1,"=HYPERLINK(""x"")"\n', "holds a formula"),
    "attitude": ("id,name,support\n1,A,resistant\n2,B,neutral\n", "never taken in"),
    "unmapped": ("id,name,salary\n1,A,5000\n2,B,1\n", "Left out and never stored: salary"),
    "undecided days": ("id,name,from\n1,A,03/04/2024\n", "3 April: day first"),
    "not a table": ("%PDF-1.7 …", "is a PDF document, not a table"),
    "missing column": ("name of the dog,x\nRex,1\n", "does not look like one of the sheets"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_sheet_gets_a_clear_answer_on_the_page(cast: Cast, name: str) -> None:
    text, answer = BROKEN[name]
    client = cast.alice.client()
    file = "dogs_csv" if name == "missing column" else "people_csv"
    row = post(client, **{file: text})
    assert answer in page(client, f"{row.pk}/").replace("&#x27;", "'").replace("’", "'").replace("people's", "people's")
    assert "5000" not in str(row.summary)


def test_encodings_and_separators_are_understood(cast: Cast) -> None:
    row = post(
        cast.alice.client(), people_csv="Personalnummer;Name;Vorname;Abteilung\n7;Müller;Jürgen;Büro\n".encode("cp1252")
    )
    assert "1 person is ready" in page(cast.alice.client(), f"{row.pk}/")
    decide(cast.alice.client(), row)
    assert Person.objects.get(key="7").name == "Jürgen Müller"


def test_rows_that_are_kept_out_come_back_as_a_file_and_the_rest_is_taken_when_one_says_so(cast: Cast) -> None:
    client = cast.alice.client()
    row = post(client, people_csv=ROSTER + "p3,Ola,Grid,nobody\n")
    assert "Nothing was taken over" in decide(client, row)
    assert not Person.objects.filter(key="p1").exists()
    response = client.get(f"/northlight/imports/{row.pk}/kept-out/people/")
    table = read_tables(response.content, "kept-out.csv")[0]
    assert table.rows[0][:8] == ["p3", "Ola", "Grid", "nobody", "4", "manager", "nobody", "“nobody” matches no person."]
    assert "Taken over" in decide(client, row, leave_out="on")
    assert Person.objects.filter(key__in=("p1", "p2", "p3")).count() == 2


def test_the_importer_says_what_columns_mean_and_it_is_kept_for_the_next_sheet(cast: Cast) -> None:
    client = cast.alice.client()
    text = "id,name,squad,sentiment\np1,Mara,Power,high\n"
    row = post(client, people_csv=text)
    asked = page(client, f"{row.pk}/columns/")
    assert 'name="column.people.squad"' in asked
    assert "column.people.sentiment" not in asked
    assert "high" not in asked
    answers = {"sheet.0": "people", "file.sheet.0": "people.csv", "column.people.id": "id", "column.people.name": "name",
               "column.people.squad": "unit"}  # fmt: skip
    client.post(f"/northlight/imports/{row.pk}/columns/", answers)
    assert SavedMapping.objects.get().mapping["squad"] == "unit"
    again = post(client, people_csv=text.replace("Power", "Grid"))
    decide(client, again)
    assert Assignment.objects.get(person__key="p1").unit.key == "Grid"


def test_a_sheet_of_an_odd_name_is_known_by_its_headers_or_by_what_one_says(cast: Cast) -> None:
    client = cast.alice.client()
    row = post(client, stuff_csv=WORK.replace("p2", ""))
    assert row.summary["tables"][0]["table"] == "processes"
    client.post(f"/northlight/imports/{row.pk}/columns/", {"sheet.0": "workflows", "file.sheet.0": "stuff.csv"})
    row.refresh_from_db()
    assert row.summary["tables"][0]["table"] == "workflows"


def test_people_who_are_missing_leave_when_one_says_so(cast: Cast) -> None:
    client = cast.alice.client()
    row = post(client, people_csv=ROSTER)
    text = page(client, f"{row.pk}/")
    assert "8 people are known and not in the sheet" in text
    assert "Erin Eide" in text
    decide(client, row, missing="left", day="2026-10-01")
    assert Assignment.objects.get(person=cast.erin.person).end.isoformat() == "2026-10-01"


def test_many_rows_are_looked_over_and_taken_over_behind_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "IN_THE_PAGE", 1)
    client = cast.alice.client()
    row = post(client, people_csv=ROSTER)
    assert "Reading the sheets" in page(client, f"{row.pk}/")
    tasks.check_task.func(pk=row.pk, user=cast.alice.user.pk)
    assert "2 people are ready" in page(client, f"{row.pk}/")
    assert "Taking the sheets over" in decide(client, row)
    tasks.take_over_task.func(pk=row.pk, user=cast.erin.user.pk)
    assert Import.objects.get(pk=row.pk).state == "working"
    tasks.take_over_task.func(pk=row.pk, user=cast.alice.user.pk)
    assert "Taken over" in page(client, f"{row.pk}/")


def test_what_goes_on_behind_the_page_can_be_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "IN_THE_PAGE", 1)
    client = cast.alice.client()
    row = post(client, people_csv=ROSTER)
    client.post(f"/northlight/imports/{row.pk}/set-aside/")
    tasks.check_task.func(pk=row.pk, user=cast.alice.user.pk)
    tasks.take_over_task.func(pk=row.pk, user=cast.alice.user.pk)
    assert Import.objects.get(pk=row.pk).state == "refused"
    assert not uploads.folder_of(row).exists()


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "erin", "charlie", "frank", "grace", "heidi", "ivan"])
def test_nobody_but_the_change_lead_sees_or_brings_sheets(cast: Cast, who: str) -> None:
    row = post(cast.alice.client(), people_csv=ROSTER)
    client = cast.client_of(who)
    for address in (
        "",
        f"{row.pk}/",
        f"{row.pk}/columns/",
        "export/",
        "templates/people/csv/",
        f"{row.pk}/kept-out/people/",
    ):
        assert client.get(f"/northlight/imports/{address}").status_code == 404, address
    for address in ("upload/", f"{row.pk}/decide/", f"{row.pk}/set-aside/", f"{row.pk}/undo/", f"{row.pk}/columns/"):
        assert client.post(f"/northlight/imports/{address}").status_code == 404, address
    assert Import.objects.get(pk=row.pk).state == "read"


def test_no_file_is_a_sentence(cast: Cast) -> None:
    response = cast.alice.client().post("/northlight/imports/upload/", {}, follow=True)
    assert "No file was chosen" in response.content.decode()


def test_templates_and_the_export_are_downloads(cast: Cast) -> None:
    client = cast.alice.client()
    for address in ("templates/people/csv/", "templates/does/xlsx/", "templates/all/xlsx/", "export/"):
        response = client.get(f"/northlight/imports/{address}")
        assert response["Content-Disposition"].startswith("attachment")
        assert read_tables(response.content, address)
    assert client.get("/northlight/imports/templates/nothing/csv/").status_code == 404
    assert "people" in {
        table.name for table in read_tables(client.get("/northlight/imports/export/").content, "all.xlsx")
    }


def test_the_list_as_csv(cast: Cast) -> None:
    client = cast.alice.client()
    post(client, people_csv=ROSTER)
    text = b"".join(client.get("/northlight/imports/?format=csv").streaming_content).decode()
    assert 'people.csv,"looked over, not taken over yet",Alice Aalto' in text


def test_a_page_of_an_import_answers_from_what_was_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.alice.client()
    row = post(client, people_csv=ROSTER)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the sheets were read again")

    monkeypatch.setattr(uploads, "read_tables", refuse)
    assert "2 people are ready" in page(client, f"{row.pk}/")
