"""Files of counts: times in many layouts, a row for each contact or a number, what is kept out, and the way over the page."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.communication.hiccups import HiccupPlan
from commonground.communication.watching import Brought, Signal, SignalCount
from commonground.intake.count_files import found_columns, read_counts
from commonground.intake.problems import BadInput

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - of the place's own clock


def read(text: str, minutes: int = 60, **more: str) -> dict[str, int]:
    found = read_counts(text.encode(), "calls.csv", minutes=minutes, zone="Europe/Berlin", columns=more)
    return {f"{at:%d %H:%M}": count for at, count in found.counts.items()}


@pytest.mark.parametrize(
    "text",
    [
        "Interval start;Calls offered\n2026-11-23 09:00;4\n2026-11-23 09:30;5\n2026-11-23 10:15;1\n",
        "Datum;Uhrzeit;Anrufe\n23.11.2026;09:00 - 09:30;4\n23.11.2026;09:30 - 10:00;5\n23.11.2026;10:15 - 10:30;1\n",
        "timestamp,count\n2026-11-23T08:00:00Z,4\n2026-11-23T08:30:00+00:00,5\n2026-11-23T10:15:00+01:00,1\n",
        "Date,Time,Contacts\n11/23/2026,9:00 AM,4\n11/23/2026,9:30 AM,5\n11/23/2026,10:15 AM,1\n",
    ],
)
def test_times_are_read_as_exports_write_them(text: str) -> None:
    assert read(text) == {"23 09:00": 9, "23 10:00": 1}


def test_without_a_column_of_numbers_each_row_is_one_contact() -> None:
    rows = "Created date,Case,Customer\n2026-11-23 09:01,C1,Ann\n2026-11-23 09:59,C2,Ben\n2026-11-23 10:00,C3,Cyd\n"
    assert read(rows) == {"23 09:00": 2, "23 10:00": 1}
    assert read(rows, 15) == {"23 09:00": 1, "23 09:45": 1, "23 10:00": 1}


def test_days_alone_make_daily_counts() -> None:
    assert read("Tag;Anzahl\n23.11.2026;40\n24.11.2026;52\n", 1440) == {"23 00:00": 40, "24 00:00": 52}


def test_a_file_that_is_coarser_is_refused() -> None:
    rows = "date,calls\n" + "".join(f"2026-11-{day},40\n" for day in range(16, 23))
    with pytest.raises(BadInput, match="counts by the day, and here it is counted per hour"):
        read(rows)


def test_a_named_column_wins_and_an_unknown_one_is_told() -> None:
    rows = "when,n,lost\n2026-11-23 09:10,4,1\n"
    assert read(rows, time="when", count="lost") == {"23 09:00": 1}
    with pytest.raises(BadInput, match="no column that is known to hold times"):
        read("when,n\n2026-11-23 09:10,4\n")
    with pytest.raises(BadInput, match="has no column “then”"):
        read(rows, time="then")


def test_what_cannot_be_read_is_kept_out_with_its_row() -> None:
    rows = "time,calls\n2026-11-23 09:10,4\nsoon,3\n2026-11-23 10:10,-2\n2026-11-23 25:10,2\n2026-11-23 11:10,1.5\n"
    found = read_counts(rows.encode(), "calls.csv", minutes=60, zone="UTC")
    assert list(found.counts.values()) == [4]
    assert [row for row, _, _ in found.kept_out] == [3, 4, 5, 6]


def test_headers_of_known_tools() -> None:
    assert found_columns(("Datum", "Uhrzeit", "Anrufe")) == {"time": "Datum", "clock": "Uhrzeit", "count": "Anrufe"}
    assert found_columns(("CreatedDate", "Id"))["time"] == "CreatedDate"


@pytest.fixture
def signal(cast: Cast) -> Signal:
    plan = cast.program.add(HiccupPlan(name="Cut-over", noticed="yes"), by=cast.alice.actor, at=AT)
    row: Signal = cast.program.add(Signal(plan=plan, name="Calls", minutes=60), by=cast.alice.actor, at=AT)
    return row


def upload(rows: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("calls.csv", rows.encode())}


def test_a_file_is_looked_over_taken_over_and_taken_back(cast: Cast, signal: Signal) -> None:
    ivan, base = cast.ivan.client(), "/northlight/customers/hiccups/"
    day = timezone.localdate() - timedelta(days=2)
    answer = ivan.post(
        f"{base}signal/{signal.pk}/bring/", upload(f"time,calls\n{day} 09:00,4\n{day} 11:30,5\nsoon,5\n")
    )
    assert answer.status_code == 302
    row = Brought.objects.get()
    page = ivan.get(f"{base}brought/{row.pk}/look/").content.decode()
    assert "9 of “Calls”, in 3 counts per hour" in page
    assert "soon" in page
    assert not SignalCount.objects.exists()
    ivan.post(f"{base}brought/{row.pk}/take/")
    assert list(SignalCount.objects.values_list("count", flat=True)) == [4, 0, 5]
    assert ivan.get(f"{base}brought/{row.pk}/look/").status_code == 404
    assert "calls.csv" in ivan.get(f"{base}{signal.plan_id}/").content.decode()
    ivan.post(f"{base}brought/{row.pk}/take-back/")
    assert not SignalCount.objects.exists()


def test_what_is_set_aside_leaves_nothing(cast: Cast, signal: Signal) -> None:
    ivan, base = cast.ivan.client(), "/northlight/customers/hiccups/"
    ivan.post(f"{base}signal/{signal.pk}/bring/", upload("time,calls\n2026-11-02 09:00,4\n"))
    ivan.post(f"{base}brought/{Brought.objects.get().pk}/set-aside/")
    assert not Brought.objects.exists()


def test_a_file_without_times_is_refused_on_the_form(cast: Cast, signal: Signal) -> None:
    answer = cast.ivan.client().post(f"/northlight/customers/hiccups/signal/{signal.pk}/bring/", upload("a,b\n1,2\n"))
    assert answer.status_code == 422
    assert "no column that is known to hold times" in answer.content.decode()
    assert cast.dan.client().get(f"/northlight/customers/hiccups/signal/{signal.pk}/bring/").status_code == 404
