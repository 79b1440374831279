"""Event logs brought through the pages: columns and agreement, looked over, taken over, cancelled, undone."""

import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from commonground.events.models import READ, REFUSED, TAKEN, UNDONE, WORKING, Delivery, Log
from commonground.intake import log_tasks, log_uploads
from commonground.intake.models import SavedMapping
from commonground.journal.models import Entry

HEADERS = "Vorgang;Schritt;Wann;Wer macht es;Abteilung"
LOG = f"""{HEADERS}
NA;Take the call;2026-03-02 09:00;Pete Moss;Contact centre
NA;Write the first bill;2026-03-03 10:00;Sue Flay;Billing
7;Take the call;2026-03-02 09:30;Pete Moss;contact centre
7;Read the meter;2026-03-04 11:00;?;Meter crews
7;Write the first bill;2026-03-05 16:00;Sue Flay;Billing
"""
MEANINGS = ("case", "activity", "time", "person", "unit")
AGREED = {"agreement": "Works agreement 14, § 3", "agreed_on": "2026-03-12", "missing": "?, EMPTY"}


@pytest.fixture(autouse=True)
def data(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def words(response) -> str:
    return " ".join(response.content.decode().split())


def post(client: Client, address: str, **values: object):
    return client.post(f"/northlight/imports/logs/{address}", values, follow=True)


def bring(
    client: Client, text: str = LOG, *, file: str = "steps.csv", log: str = "new", name: str = "Orders"
) -> Delivery:
    given = {"log": log, "name": name, "source": "CRM", "file": SimpleUploadedFile(file, text.encode())}
    response = post(client, "upload/", **given)
    assert response.redirect_chain, words(response)
    return Delivery.objects.latest("pk")


def say(client: Client, row: Delivery, meanings: tuple[str, ...] = MEANINGS, **values: str) -> str:
    columns = {f"column.{at}": ours for at, ours in enumerate(meanings)}
    answer = words(post(client, f"deliveries/{row.pk}/columns/", **{**AGREED, **columns, **values}))
    row.refresh_from_db()
    return answer


def take(client: Client, row: Delivery) -> str:
    answer = words(post(client, f"deliveries/{row.pk}/take/"))
    row.refresh_from_db()
    return answer


def page(client: Client, address: str = "") -> str:
    response = client.get(f"/northlight/imports/logs/{address}")
    assert response.status_code == 200
    return words(response)


def test_a_log_with_odd_columns_is_looked_over_taken_over_and_undone(cast: Cast, data: Path) -> None:
    client = cast.alice.client()
    assert "No event log yet" in page(client)
    row = bring(client)
    asked = page(client, f"deliveries/{row.pk}/columns/")
    assert "Wer macht es" in asked
    assert "Take the call" in asked
    looked = say(client, row)
    assert "5 events of 2 cases are ready" in looked
    assert row.state == READ
    assert Log.objects.get().events == 0
    assert "Taken over: 5 events of 2 cases" in take(client, row)
    log = Log.objects.get()
    assert (row.state, log.events, log.cases, log.people) == (TAKEN, 5, 2, 2)
    assert not list(log_uploads.folder_of(row).glob("file/*"))
    undone = words(post(client, f"deliveries/{row.pk}/undo/"))
    assert "had never been taken over" in undone
    log.refresh_from_db()
    assert (Delivery.objects.get().state, log.events) == (UNDONE, 0)


def test_no_name_of_a_person_stands_on_a_page_in_the_database_or_on_disk(cast: Cast, data: Path) -> None:
    client = cast.alice.client()
    row = bring(client)
    seen = page(client, f"deliveries/{row.pk}/columns/") + say(client, row) + take(client, row)
    seen += page(client) + page(client, f"{row.log_id}/") + page(client, f"deliveries/{row.pk}/")
    seen += str(Delivery.objects.values()) + str(Log.objects.values())
    seen += str([entry.values.data for entry in Entry.objects.all()])
    seen += "".join(path.read_bytes().decode("latin-1") for path in data.rglob("*") if path.is_file())
    assert "Pete" not in seen
    assert "Sue" not in seen
    assert "not shown: it seems to hold people" in seen


def test_few_people_are_not_counted_on_a_page(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client)
    assert "fewer than 8" in say(client, row)
    take(client, row)
    assert "fewer than 8" in page(client)
    assert "fewer than 8" in page(client, f"{row.log_id}/")
    text = b"".join(client.get("/northlight/imports/logs/?format=csv").streaming_content).decode()
    assert "fewer than 8" in text
    assert "Works agreement 14, § 3" in text


def test_units_are_matched_with_the_organization(cast: Cast) -> None:
    client = cast.alice.client()
    looked = say(client, bring(client))
    assert "4 units in the log, 3 of them known" in looked
    assert "perhaps Metering crews" in looked


def test_without_an_agreement_nothing_is_read(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client)
    assert "Say on whose agreement, or for which reason" in say(client, row, agreement=" ")
    assert "This day is still to come" in say(client, row, agreed_on="2999-01-01")
    assert "rows" not in row.summary
    assert "Say what the columns mean first" in take(client, row)
    assert row.state == READ


def test_columns_that_are_missing_or_chosen_twice_are_a_sentence_and_what_was_said_stays(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client)
    answer = say(client, row, ("case", "case", "time", "", ""))
    assert "are both read as case" in answer
    assert "Works agreement 14" in answer
    answer = say(client, row, ("case", "", "time", "", "unit"))
    assert "No column is read as activity" in answer
    assert re.search(r'<option value="unit" selected>', answer)


def test_what_was_said_is_kept_for_the_next_file_of_the_same_headers(cast: Cast) -> None:
    client = cast.alice.client()
    first = bring(client)
    say(client, first, ("case", "activity", "time", "", "person"), missing="none")
    assert SavedMapping.objects.get(table="events").mapping["person"] == "Abteilung"
    take(client, first)
    row = bring(client, LOG.replace("2026-03", "2026-04"), log=str(first.log_id), file="april.csv")
    assert row.mapping == first.mapping
    assert row.options["missing"] == ["none"]
    assert row.agreement == "Works agreement 14, § 3"
    assert "Works agreement 14, § 3" in page(client, f"deliveries/{row.pk}/columns/")


def test_a_second_part_joins_and_the_same_file_is_told(cast: Cast) -> None:
    client = cast.alice.client()
    first = bring(client)
    say(client, first)
    take(client, first)
    again = bring(client, log=str(first.log_id))
    assert "This same file stands in the log already" in say(client, again)
    assert "stands in “Orders” already" in take(client, again)
    assert again.state == READ
    longer = bring(client, LOG + "8;Take the call;2026-03-09 09:00;Pete Moss;Billing\n", log=str(first.log_id))
    say(client, longer)
    done = take(client, longer)
    assert "now holds 6 events of 3 cases; 5 events of this file were there already" in done


def test_rows_that_cannot_be_read_are_kept_out_and_come_back_as_a_file(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client, LOG + "9;Take the call;soon;Pete Moss;Billing\n")
    looked = say(client, row)
    assert "1 row kept out" in looked
    assert "row 7" in looked
    response = client.get(f"/northlight/imports/logs/deliveries/{row.pk}/kept-out/")
    assert response["Content-Disposition"].startswith("attachment")
    assert "soon" in b"".join(response.streaming_content).decode()
    assert "Taken over: 5 events" in take(client, row)


def test_a_list_of_cases_is_told_from_a_log(cast: Cast) -> None:
    client = cast.alice.client()
    text = "deal,stage,engaged\n1,Won,2026-01-02\n2,Lost,2026-01-03\n"
    assert "Every case has one row only" in say(client, bring(client, text), ("case", "activity", "time"))


def test_the_order_of_day_and_month_is_asked_when_it_is_open(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client, "case,activity,time\n1,a,03/04/2026 10:00\n1,b,05/04/2026 11:00\n")
    assert "3 April: day first" in page(client, f"deliveries/{row.pk}/columns/")
    meanings = ("case", "activity", "time")
    assert "Say which way they are meant" in say(client, row, meanings)
    assert "3 Apr 2026 – 5 Apr 2026" in say(client, row, meanings, order="day")
    assert "4 Mar 2026 – 4 May 2026" in say(client, row, meanings, order="month")


@pytest.mark.parametrize(
    ("file", "text", "answer"),
    [
        ("steps.csv", "", "is empty"),
        ("steps.xes", "<?xml version='1.0'?><!DOCTYPE a><a/>", "steps.xes cannot be read as XES"),
    ],
)
def test_what_is_no_log_is_a_sentence_on_the_form(cast: Cast, file: str, text: str, answer: str) -> None:
    given = {"log": "new", "name": "Orders", "source": "CRM", "file": SimpleUploadedFile(file, text.encode())}
    response = post(cast.alice.client(), "upload/", **given)
    assert response.status_code == 422
    assert answer in words(response)
    assert not Log.objects.exists()
    assert not Delivery.objects.exists()


def test_a_new_log_needs_a_name_of_its_own_and_every_file_a_source(cast: Cast) -> None:
    client = cast.alice.client()
    take(client, bring(client))
    response = post(client, "upload/", log="new", name="orders", source="", file="")
    text = words(response)
    assert "There is a log “orders” already" in text
    assert "No file was chosen" in text
    assert response.status_code == 422


def test_setting_the_only_file_aside_takes_the_empty_log_and_the_file_away(cast: Cast, data: Path) -> None:
    client = cast.alice.client()
    row = bring(client)
    assert "Set aside. Nothing was taken over" in words(post(client, f"deliveries/{row.pk}/set-aside/"))
    assert not Log.objects.exists()
    assert not [path for path in data.rglob("*") if path.is_file() and b"Pete" in path.read_bytes()]


def large(client: Client, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    monkeypatch.setattr(log_uploads, "IN_THE_PAGE", 1)
    row = bring(client)
    assert "Reading the log …" in say(client, row)
    return row


def test_a_large_file_goes_on_behind_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, user = cast.alice.client(), cast.alice.user.pk
    row = large(client, monkeypatch)
    log_tasks.check_log_task.func(pk=row.pk, user=user)
    assert "5 events of 2 cases are ready" in page(client, f"deliveries/{row.pk}/")
    assert "Taking the events over …" in take(client, row)
    log_tasks.take_log_task.func(pk=row.pk, user=cast.erin.user.pk)
    assert Delivery.objects.get().state == WORKING
    log_tasks.take_log_task.func(pk=row.pk, user=user)
    assert "Taken over" in page(client, f"deliveries/{row.pk}/")
    assert "Undoing …" in words(post(client, f"deliveries/{row.pk}/undo/"))
    log_tasks.undo_log_task.func(pk=row.pk, user=user)
    assert "Undone" in page(client, f"deliveries/{row.pk}/")


def test_what_waits_for_the_worker_can_be_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.alice.client()
    row = large(client, monkeypatch)
    post(client, f"deliveries/{row.pk}/set-aside/")
    log_tasks.check_log_task.func(pk=row.pk, user=cast.alice.user.pk)
    log_tasks.take_log_task.func(pk=row.pk, user=cast.alice.user.pk)
    assert not Delivery.objects.filter(state__in=(READ, WORKING, TAKEN)).exists()


def test_what_is_being_read_stops_when_it_is_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, user = cast.alice.client(), cast.alice.user.pk
    kept = bring(client, LOG.replace("7;", "6;"))
    say(client, kept)
    take(client, kept)
    row = bring(client, log=str(kept.log_id))
    say(client, row)
    Delivery.objects.filter(pk=row.pk).update(state=WORKING)
    real = log_uploads._pieces

    def while_it_is_read(*args):
        answer = words(post(client, f"deliveries/{row.pk}/set-aside/"))
        assert "It stops after the rows that are being read now" in answer
        yield from real(*args)

    monkeypatch.setattr(log_uploads, "_pieces", while_it_is_read)
    log_tasks.take_log_task.func(pk=row.pk, user=user)
    assert Delivery.objects.get(pk=row.pk).state == REFUSED
    assert Log.objects.get().events == 5


def test_a_refusal_behind_the_page_stands_on_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, user = cast.alice.client(), cast.alice.user.pk
    row = large(client, monkeypatch)
    log_tasks.check_log_task.func(pk=row.pk, user=user)
    take(client, row)
    for path in log_uploads.folder_of(row).glob("file/*"):
        path.unlink()
    log_tasks.take_log_task.func(pk=row.pk, user=user)
    assert "is no longer here. Bring it again." in page(client, f"deliveries/{row.pk}/")


def test_the_working_week_is_changed_and_checked(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client)
    assert "Monday to Friday, 08:00 to 16:00" in page(client, f"{row.log_id}/")
    week = {"days": ["0", "2"], "opens": "07:30", "closes": "00:00", "closed_on": "2026-12-25\n2026-01-01"}
    answer = words(post(client, f"{row.log_id}/week/", **week))
    assert "Monday, Wednesday, 07:30 to 00:00, 2 closed days" in answer
    log = Log.objects.get()
    assert (log.days, log.opens, log.closes, log.closed_on) == ([0, 2], 450, 1440, ["2026-01-01", "2026-12-25"])
    refused = words(post(client, f"{row.log_id}/week/", **{**week, "closes": "06:00", "closed_on": "Christmas"}))
    assert "“Christmas” is not a day" in refused
    assert "ends before it begins" in refused


def test_the_auditor_sees_logs_and_agreements_and_changes_nothing(cast: Cast) -> None:
    client, frank = cast.alice.client(), cast.frank.client()
    row = bring(client)
    say(client, row)
    take(client, row)
    for address in ("", f"{row.log_id}/", f"deliveries/{row.pk}/"):
        text = page(frank, address)
        assert "Works agreement 14, § 3" in text
        assert '<form method="post" action="/northlight/imports' not in text
    for address in (
        "upload/",
        f"{row.log_id}/week/",
        *(f"deliveries/{row.pk}/{do}/" for do in ("columns", "take", "undo")),
    ):
        assert frank.post(f"/northlight/imports/logs/{address}").status_code == 404


def test_files_that_nobody_takes_over_go_after_a_week(cast: Cast) -> None:
    client = cast.alice.client()
    row = bring(client)
    Delivery.objects.update(at="2020-01-01T00:00:00Z")
    assert "nothing stands in it" in page(client)
    assert Delivery.objects.get().state == REFUSED
    assert not log_uploads.folder_of(row).exists()
    assert "Set aside: nothing was taken over" in page(client, f"deliveries/{row.pk}/")


def test_a_file_with_names_stays_nowhere_where_whoever_removes_it_was_cut_off(cast: Cast, data: Path) -> None:
    client = cast.alice.client()
    row, waiting = bring(client), bring(client, LOG + LOG[len(HEADERS) + 1 :], name="Others")
    say(client, row)
    take(client, row)
    orphan = data / "imports" / "0123456789abcdef"
    for place in (data / "imports" / row.place, orphan):
        (place / "file").mkdir(parents=True, exist_ok=True)
        (place / "file" / "log.csv").write_text("Erin Meyer")
    long_ago = time.time() - 30 * 86_400
    os.utime(orphan, (long_ago, long_ago))
    page(client)
    left = [path for path in (data / "imports").rglob("*") if path.is_file() and path.name != "kept-out.csv"]
    assert [path.parent.parent.name for path in left] == [waiting.place]
