"""The frame of every page, and the switch between light and dark."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string

from commonground.ui import views


def frame(request):
    return render_to_string("ui/base.html", request=request)


def test_the_frame_has_a_way_past_the_rail_and_one_main(asked):
    text = frame(asked())
    assert '<a class="skip" href="#content">' in text
    assert text.count("<main") == 1
    assert 'class="rail"' in text


def test_before_sign_in_there_is_neither_rail_nor_bar(asked):
    request = asked()
    request.actor = None
    text = frame(request)
    assert 'class="rail"' not in text
    assert 'class="bar"' not in text
    assert "bare" in text


def test_a_page_as_of_a_day_says_so_and_leads_back(asked):
    request = asked("/styleguide/", as_of="2026-09-14", sort="name")
    request.as_of = date(2026, 9, 14)
    request.program = SimpleNamespace(name="One", slug="one", started=date(2025, 4, 1), planned_end=date(2027, 10, 1))
    text = frame(request)
    assert "what held on Mon 14 Sep 2026" in text
    assert 'href="?sort=name"' in text
    assert "month 18 of 30" in text
    assert '<input type="hidden" name="sort" value="name">' in text


def test_a_page_as_of_today_says_nothing_of_it(asked):
    request = asked()
    request.today = request.as_of = date(2026, 9, 14)
    assert "what held on" not in frame(request)


@pytest.mark.parametrize(("cookie", "shown"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')])
def test_the_theme_is_remembered(asked, cookie, shown):
    request = asked()
    request.COOKIES["theme"] = cookie
    assert shown in frame(request)


def test_a_theme_that_does_not_exist_is_as_the_system(asked):
    request = asked()
    request.COOKIES["theme"] = '"><script>'
    assert "data-theme" not in frame(request)
    assert '"><script>' not in frame(request)


@pytest.fixture(autouse=True)
def few_pages(only_ui): ...


def chosen(rf, **values):
    return views.theme(rf.post("/theme/", values))


def test_choosing_a_theme_sets_the_cookie_and_goes_back(rf):
    response = chosen(rf, theme="dark", next="/p/one/?sort=name")
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["samesite"] == "Lax"
    assert response["Location"] == "/p/one/?sort=name"


@pytest.mark.parametrize("theme", ["", "pink"])
def test_as_the_system_takes_the_cookie_away(rf, theme):
    assert chosen(rf, theme=theme).cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_switch_leads_nowhere_else(rf, elsewhere):
    assert chosen(rf, theme="dark", next=elsewhere)["Location"] == "/"


def test_the_switch_only_answers_a_form(rf):
    assert views.theme(rf.get("/theme/")).status_code == 405


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_pages_of_what_went_wrong_are_in_our_voice(asked, name):
    text = render_to_string(f"{name}.html", request=asked())
    assert "href=" in text
    assert "<h1>" in text
    assert "Error" not in text


def test_the_page_for_what_is_not_there_does_not_tell_what_is():
    assert "There is no such page, or it is not yours to see" in get_template("404.html").template.source


@pytest.mark.parametrize(
    "name", ["source-sans-3.ttf", "source-serif-4.ttf", "source-sans-3-licence.txt", "source-serif-4-licence.txt"]
)
def test_the_fonts_and_their_licences_are_found_in_their_wheels(name):
    assert finders.find(f"ui/fonts/{name}")


def test_every_sheet_that_the_frame_names_is_there(asked):
    for path in re.findall(r'(?:href|src)="/static/([^"]+)"', frame(asked())):
        assert finders.find(path), path


@pytest.mark.parametrize(("may", "words"), [(True, "No program yet"), (False, "This instance")])
def test_who_may_see_no_program_is_not_told_that_there_is_none(asked, may, words):
    assert f"<b>{words}</b>" in frame(asked(may=lambda verb: may))
