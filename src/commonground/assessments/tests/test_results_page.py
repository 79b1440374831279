"""The results page, the culture page and their files: who reads what, and that nothing withheld stands anywhere."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from commonground.assessments.models import PublishedTable, Round
from commonground.assessments.tests.answered import answered, told
from commonground.assessments.tests.asked import opened, staffed


def url(name: str, cast: Cast, row: Round | None = None) -> str:
    kwargs = {"program": cast.program.slug} | ({"pk": row.pk} if row else {})
    return reverse(f"assessments:{name}", kwargs=kwargs)


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address + ("&" if "?" in address else "?") + "format=csv")
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def row(cast: Cast) -> Round:
    """Readiness of some units, one of which hardly answered."""
    return told(cast, tables=[[], ["unit"], ["level"]], attributes=["unit", "level"], silent=9)


def test_everybody_is_told_with_response_rate_top_box_and_interval(cast: Cast, row: Round) -> None:
    page = cast.alice.client().get(url("results", cast, row)).content.decode()
    whole = PublishedTable.objects.get(round=row, key="whole").cells[0]
    figure = whole["figures"]["questions"]["need1"]
    assert f"n = {figure['n']} of {whole['invited']}" in page
    assert re.search(rf"<b>{figure['top'] * 100:.0f}\s*%</b>", page)
    assert f"{figure['low'] * 100:.0f}–{figure['high'] * 100:.0f}" in page
    assert "Customers would notice if we worked together more closely." in page


def test_a_table_by_unit_says_what_is_withheld_and_gives_no_number_of_it(cast: Cast, row: Round) -> None:
    cells = PublishedTable.objects.get(round=row, key="unit").cells
    hidden = [cell["label"] for cell in cells if not cell["shown"]]
    assert hidden
    page = cast.alice.client().get(url("results", cast, row) + "?by=unit").content.decode()
    for label in hidden:
        line = re.search(rf'<tr class="withheld">.*?{re.escape(label)}</th>(.*?)</tr>', page, re.S)
        assert line is not None
        assert not re.search(r"\d", re.sub(r'colspan="\d"', "", re.sub(r"<svg.*?</svg>", "", line[1], flags=re.S)))


def test_a_unit_manager_reads_the_whole_and_their_own_units_only(cast: Cast, row: Round) -> None:
    labels = {one["group"] for one in rows_of(cast.dan.client(), url("results", cast, row))}
    assert labels == {"Everybody", "Billing"}
    page = cast.dan.client().get(url("results", cast, row) + "?by=unit").content.decode()
    assert "Contact centre" not in re.sub(r"<nav.*?</nav>", "", page, flags=re.S)
    assert cast.dan.client().get(url("results", cast, row) + "?by=level").status_code == 200


def test_an_employee_reads_the_whole_and_nothing_else(cast: Cast, row: Round) -> None:
    assert {one["group"] for one in rows_of(cast.erin.client(), url("results", cast, row))} == {"Everybody"}


def test_the_auditor_reads_every_table_and_the_administrator_none(cast: Cast, row: Round) -> None:
    assert {one["table"] for one in rows_of(cast.frank.client(), url("results", cast, row))} == {
        "whole",
        "unit",
        "level",
    }
    assert cast.grace.client().get(url("results", cast, row)).status_code == 404


def test_the_file_holds_exactly_the_cells_that_are_published(cast: Cast, row: Round) -> None:
    lines = rows_of(cast.alice.client(), url("results", cast, row))
    published = {
        (table.key, cell["label"], name): figure
        for table in PublishedTable.objects.filter(round=row).exclude(key="behind")
        for cell in table.cells
        if cell["shown"]
        for name, figure in cell["figures"]["questions"].items()
    }
    shown = {(one["table"], one["group"], one["question"]): one for one in lines if one["shown"] == "yes"}
    assert shown.keys() == published.keys()
    assert all(one["counts"] == " ".join(map(str, published[key]["counts"])) for key, one in shown.items())
    withheld = [one for one in lines if one["shown"] != "yes"]
    assert all(not one[name] for one in withheld for name in ("n", "counts", "top_box", "invited", "answered", "mean"))


def test_nothing_is_told_while_people_answer(cast: Cast) -> None:
    open_row = answered(cast)
    page = cast.alice.client().get(url("results", cast, open_row)).content.decode()
    assert "Nothing is shown while people answer" in page
    assert "top" not in {one.get("question") for one in rows_of(cast.alice.client(), url("results", cast, open_row))}


def test_too_few_answers_are_said_to_be_too_few(cast: Cast) -> None:
    few = told(cast, silent=45)
    page = cast.alice.client().get(url("results", cast, few)).content.decode()
    assert "Too few answered" in page
    assert "published" in page


def test_closing_asks_and_then_says_what_comes(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    staffed(cast)
    open_row = opened(cast)
    client = cast.alice.client()
    assert "no way back" in client.get(url("close-round", cast, open_row)).content.decode()
    assert client.post(url("close-round", cast, open_row), {"sure": "yes"}).status_code == 302
    assert Round.objects.get(pk=open_row.pk).state == "closed"
    assert "its tables are being made" in client.get(url("results", cast, open_row)).content.decode()
    client.post(url("finish-round", cast, open_row))
    assert PublishedTable.objects.filter(round=open_row).exists()
    assert cast.carol.client().post(url("close-round", cast, open_row)).status_code == 404


def test_the_culture_stands_now_and_wanted(cast: Cast) -> None:
    row = told(cast, instrument="culture", purpose="culture", name="Culture", languages=["en"])
    page = cast.erin.client().get(url("culture", cast)).content.decode()
    assert "Together" in page
    assert f"{row.invited} of {row.invited}" in page
    lines = rows_of(cast.alice.client(), url("culture", cast))
    assert {one["dimension"] for one in lines} >= {"Together", "Order", "Aitchison distance"}
    assert "Nobody has been asked yet" not in page


def test_without_a_round_the_culture_page_says_what_comes_first(cast: Cast) -> None:
    assert "Nobody has been asked yet" in cast.alice.client().get(url("culture", cast)).content.decode()


def test_a_file_is_cut_for_each_reader_and_never_outlives_its_tables(cast: Cast, row: Round) -> None:
    """Lines are kept by the text that they were made of: who read before makes no difference, nor what stood in the same row before."""
    address = url("results", cast, row)
    every = rows_of(cast.alice.client(), address)
    assert {line["table"] for line in every} == {"whole", "unit", "level"}
    assert {line["table"] for line in rows_of(cast.erin.client(), address)} == {"whole"}
    assert rows_of(cast.alice.client(), address) == every
    table = PublishedTable.objects.get(round=row, key="whole")
    table.data["cells"][0]["answered"] = 12345
    table.save()
    assert {line["answered"] for line in rows_of(cast.erin.client(), address)} == {"12345"}
