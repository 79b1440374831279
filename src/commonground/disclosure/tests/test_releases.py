"""The ledger: one row for each set of results, and its page."""

from datetime import date
from typing import Any

import pytest
from tests.cast import AT, Cast

from commonground.disclosure.models import Release
from commonground.disclosure.releasing import release


def made(**more: Any) -> Release:
    given = {
        "kind": "pace", "subject": "Northlight: note the contact", "subject_key": "behaviour:1", "program": "northlight",
        "threshold": 8, "cells": 100, "withheld": 7, "groups_left_out": 1, "first": date(2026, 1, 5), "last": date(2026, 6, 1),
        "content": {"new": 3}, "at": AT,
    }  # fmt: skip
    return release(**(given | more))


def test_the_same_results_are_one_release(db: None) -> None:
    one = made()
    assert made() == one
    assert made(content={"new": 4}) != one
    assert made(content={"new": 4}, threshold=10) != one
    assert made(subject_key="behaviour:2") != one
    assert Release.objects.count() == 4


def test_the_digest_does_not_hang_on_the_order_of_keys(db: None) -> None:
    assert made(content={"a": 1, "b": 2}).digest == made(content={"b": 2, "a": 1}).digest


def test_the_page_says_what_was_held_back(cast: Cast) -> None:
    made()
    made(subject="Northlight: agree the next step", subject_key="behaviour:2", withheld=0, groups_left_out=0)
    made(subject="Elsewhere: something", subject_key="behaviour:3", program="elsewhere")
    frank = cast.client_of("frank")
    text = frank.get("/northlight/released/").content.decode()
    assert "note the contact" in text
    assert "Elsewhere" not in text
    assert "2 releases" in text
    text = frank.get("/northlight/released/?withheld=1").content.decode()
    assert "note the contact" in text
    assert "agree the next step" not in text
    assert "No release fits" in frank.get("/northlight/released/?of=nothing").content.decode()


def test_the_list_as_csv(cast: Cast) -> None:
    row = made()
    lines = b"".join(cast.client_of("frank").get("/northlight/released/?format=csv")).decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("number,when,kind,of what")
    assert f",100,7,1,8,{row.digest}," in lines[1]
    assert lines[1].endswith('Customer lead, Auditor"')  # to whom: every role that may see the pace
    assert "Employee" not in lines[1]


def test_before_anything_was_released(cast: Cast) -> None:
    assert "Nothing was released yet" in cast.client_of("alice").get("/northlight/released/").content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("alice", 200), ("frank", 200), ("bob", 404), ("erin", 404), ("grace", 404)]
)
def test_who_may_read_it(cast: Cast, name: str, status: int) -> None:
    assert cast.client_of(name).get("/northlight/released/").status_code == status
