"""A guideline with more than three findings becomes one line; nothing is lost or told twice by it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.guidance import inbox as inbox_module
from commonground.guidance.folding import FEW, TOGETHER, Fold, folded, words_of
from commonground.guidance.models import Finding
from commonground.guidance.reference import built_in
from commonground.ui.paging import Keyset

URL = "/northlight/findings/"


def put(cast: Cast, code: str, number: int, severity: str = "error", **more: object) -> list[Finding]:
    """So many open findings of one guideline, written straight into the table; the guidelines do not run over them."""
    day = timezone.localdate()
    return [
        Finding.objects.create(
            program=cast.program,
            code=code,
            kind="process",
            subject=f"p{place}",
            key=f"{cast.program.pk}:{code}:process:p{place}",
            severity=severity,
            rank={"error": 0, "warn": 1, "note": 2}[severity],
            part="workflows",
            what=f"{code} finds {place}",
            where=f"Place {place} · workflow Move-in",
            first_seen=day - timedelta(days=30),
            last_seen=day,
            **more,
        )
        for place in range(number)
    ]


@pytest.fixture
def standing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The findings stand as they are put."""
    monkeypatch.setattr("commonground.guidance.checking.is_stale", lambda check, day: False)
    cast.client_of("alice").get(URL)
    Finding.objects.all().delete()
    return cast


@given(st.lists(st.sampled_from(["MNGR-01", "PROC-02", "OWN-02", "LOSS-01"]), max_size=30))
def test_every_finding_is_in_one_line(codes: list[str]) -> None:
    rows = [Finding(pk=place, code=code, severity="error") for place, code in enumerate(codes)]
    lines = folded(rows, {})
    told = [row.pk for line in lines for row in (line.rows if isinstance(line, Fold) else [line])]
    assert sorted(told) == list(range(len(codes)))
    assert all(len(line.rows) > FEW for line in lines if isinstance(line, Fold))
    single = [line.code for line in lines if isinstance(line, Finding)]
    assert all(single.count(code) <= FEW for code in single)


def test_every_guideline_of_the_catalogue_has_words_for_many() -> None:
    assert TOGETHER.keys() == {one.code for one in built_in()}
    assert words_of("MNGR-01", 7) == "Seven processes move or end while their owners take no part"
    assert words_of("OURS-09", 14) == "14 findings of “OURS-09”"


def test_four_become_one_line_and_three_stay(standing: Cast) -> None:
    put(standing, "MNGR-01", 4)
    put(standing, "PROC-02", 3)
    page = standing.client_of("alice").get(URL, {"show": "act"})
    [group] = page.context["found"].groups
    assert [isinstance(line, Fold) for line in group.lines] == [True, False, False, False]
    assert group.count == page.context["found"].asked == 7
    text = page.content.decode()
    assert text.count("<details open><summary data-finding>") == 1  # the first finding is open beside the list
    assert "Four processes move or end while their owners take no part" in text
    assert "7 of 7 findings on this page" in text
    assert page.context["title"].startswith("7 findings: seven to act on")


def test_the_fold_of_the_open_finding_is_open(standing: Cast) -> None:
    put(standing, "MNGR-01", 4)
    [*_, last] = put(standing, "PROC-02", 5)
    text = standing.client_of("alice").get(URL, {"open": last.pk}).content.decode()
    closed, opened = text.split("<details open><summary data-finding>")
    assert "Four processes move or end" in closed
    assert "Five processes change" in opened


def test_what_the_page_size_cuts_is_said(standing: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "ORDER", Keyset(inbox_module.ORDER.order, size=3))
    put(standing, "MNGR-01", 5)
    client = standing.client_of("alice")
    first = client.get(URL, {"show": "act"})
    text = " ".join(first.content.decode().split())
    assert "Five processes move or end" in text
    assert "three of five on this page" in text
    assert "5, three of them on this page" in text
    rest = client.get(URL, {"show": "act", "after": first.context["found"].page.after}).content.decode()
    assert "two of five on this page" in rest


def test_a_unit_stands_for_all_below_it_and_a_code_narrows(standing: Cast) -> None:
    put(standing, "MNGR-01", 2, unit=standing.units["billing"])
    put(standing, "PROC-02", 1, unit=standing.units["contact"])
    put(standing, "PROC-01", 1)
    client = standing.client_of("alice")

    def codes(**query: object) -> list[str]:
        return sorted(row.code for row in client.get(URL, query).context["found"].page.rows)

    assert codes(unit=standing.units["customers"].pk) == ["MNGR-01", "MNGR-01", "PROC-02"]
    assert codes(unit=standing.units["customers"].pk, code="PROC-02") == ["PROC-02"]
    assert codes(unit=standing.units["contact"].pk) == ["PROC-02"]
    assert codes(unit=0) == ["PROC-01"]
    lines = b"".join(client.get(URL, {"format": "csv", "code": "MNGR-01"})).decode().splitlines()
    assert len(lines) == 3
