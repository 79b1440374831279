from datetime import date

import pytest
from django.urls import include, path

from commonground.ui import rail as rails
from commonground.ui.rail import month_of, rail


def page(request, program=None): ...


def part(folder, name, where):
    return path("", include(([path(where, page, name=name)], folder)))


urlpatterns = [
    part("reports", "today", "p/<slug:program>/"),
    part("workflows", "list", "p/<slug:program>/workflows/"),
    part("guidance", "inbox", "p/<slug:program>/findings/"),
    part("access", "list", "people-with-access/"),
]


@pytest.fixture(autouse=True)
def few_pages(settings):
    settings.ROOT_URLCONF = __name__


def keys(entries):
    return [entry.part.key for entry in entries]


def test_a_part_that_is_not_built_yet_is_left_out_and_so_is_an_empty_group():
    shown = rail("northlight", lambda verb: True, "/")
    assert [(group.label, keys(group.entries)) for group in shown.thread] == [
        ("", ["today"]),
        ("What changes", ["workflows"]),
    ]
    assert keys(shown.tail) == ["findings", "users"]
    assert keys(shown.keys) == ["today", "workflows", "findings"]


def test_a_part_that_the_actor_may_not_open_is_left_out():
    shown = rail("northlight", lambda verb: verb == "workflows.view", "/")
    assert [keys(group.entries) for group in shown.thread] == [["workflows"]]
    assert shown.tail == ()


def test_without_a_program_only_what_stands_outside_one_is_left():
    shown = rail(None, lambda verb: True, "/")
    assert shown.thread == ()
    assert keys(shown.tail) == ["users"]


@pytest.mark.parametrize(
    ("where", "here"),
    [
        ("/p/northlight/", ["today"]),
        ("/p/northlight/workflows/", ["workflows"]),
        ("/p/northlight/workflows/move-in/", ["workflows"]),
        ("/p/northlight/workflowsx/", []),
        ("/p/northlight/other/", []),
    ],
)
def test_one_part_at_most_is_the_current_one(where, here):
    shown = rail("northlight", lambda verb: True, where)
    entries = [entry for group in shown.thread for entry in group.entries] + list(shown.tail)
    assert [entry.part.key for entry in entries if entry.current] == here


def test_a_phone_has_five_keys_at_most_with_more():
    assert rails.MOST_KEYS + 1 <= 5
    assert len({part.key for part in rails.PARTS}) == len(rails.PARTS)


@pytest.mark.parametrize(
    ("started", "end", "on", "text"),
    [
        (date(2025, 4, 1), date(2027, 10, 1), date(2026, 9, 14), "month 18 of 30"),
        (date(2025, 4, 15), date(2027, 10, 15), date(2025, 4, 15), "month 1 of 30"),
        (date(2025, 4, 15), date(2027, 10, 15), date(2025, 5, 14), "month 1 of 30"),
        (date(2025, 4, 15), None, date(2025, 5, 15), "month 2"),
        (date(2025, 4, 15), None, date(2025, 4, 14), "not begun yet"),
        (None, None, date(2025, 4, 14), ""),
    ],
)
def test_the_month_of_the_program(started, end, on, text):
    """Northlight of the sketches: month 18 of 30 on 14 September 2026."""
    assert month_of(started, end, on) == text


def test_the_keys_of_a_phone_are_the_first_in_turn_and_stand_in_the_order_of_the_rail():
    names = ("today", "for-me", "workflows", "voices", "findings")
    entries = [rails.Entry(one, "/", current=False) for one in rails.PARTS if one.key in names]
    assert keys(rails._keys(entries)) == ["today", "for-me", "workflows", "findings"]
    assert keys(rails._keys([one for one in entries if one.part.key not in ("findings", "workflows")])) == [
        "today",
        "for-me",
        "voices",
    ]
