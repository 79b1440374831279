"""Those to whom a page does not belong: it does not exist for them, and they are told so kindly."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, headed, sign_in

NO_SUCH_PAGE = "There is no such page, or it is not yours to see."
NOT_THEIRS = [
    ("maren", f"{PROGRAM}/realignment/roles/999999/"),
    ("ruth", "/people-with-access/"),
    ("ruth", f"{PROGRAM}/organization/people/add/"),
    ("rosa", f"{PROGRAM}/journal/"),
    ("rosa", f"{PROGRAM}/realignment/roles/49/plan/"),
    ("ilse", f"{PROGRAM}/ownership/"),
    ("ilse", f"{PROGRAM}/program/engagements/"),
    ("helen", f"{PROGRAM}/program/goal/"),
    ("helen", f"{PROGRAM}/solutions/open/"),
    ("farah", f"{PROGRAM}/journal/verify/"),
    ("farah", f"{PROGRAM}/team-sheet/"),
    ("samuel", f"{PROGRAM}/findings/"),
    ("samuel", f"{PROGRAM}/realignment/balance/"),
    ("samuel", f"{PROGRAM}/program/activities/"),
    ("bram", f"{PROGRAM}/workflows/"),
    ("bram", f"{PROGRAM}/organization/people/"),
    ("keiko", f"{PROGRAM}/"),
    ("keiko", f"{PROGRAM}/for-me/"),
    ("keiko", f"{PROGRAM}/organization/"),
]


@pytest.mark.parametrize(("user", "path"), NOT_THEIRS)
def test_a_page_that_is_not_theirs_does_not_exist_for_them(
    demo: Instance, visitor: Visitor, user: str, path: str
) -> None:
    page = visitor.open(demo, user)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    headed(page, NO_SUCH_PAGE)
    expect(page.get_by_role("main").get_by_role("link", name="Go to the start")).to_be_visible()


def test_each_role_begins_at_a_page_of_its_own(demo: Instance, visitor: Visitor) -> None:
    starts = {
        "maren": f"{PROGRAM}/",
        "samuel": f"{PROGRAM}/for-me/",
        "bram": f"{PROGRAM}/journal/",
        "keiko": "/people-with-access/",
    }
    for user, path in starts.items():
        page = visitor.open(demo, user)
        page.goto("/")
        expect(page).to_have_url(demo.address + path)


def test_nobody_is_sent_to_sign_in_and_then_to_the_page_asked_for(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo)
    page.goto(f"{PROGRAM}/findings/?show=watch")
    headed(page, "Sign in")
    page.get_by_label("Sign-in name").fill("maren")
    page.get_by_label("Password").fill(demo.password("maren"))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{demo.address}{PROGRAM}/findings/?show=watch")


def test_the_sign_in_page_of_the_demo_has_a_button_for_each_role(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Samuel Adjei").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Samuel")
    expect(page).to_have_url(f"{demo.address}{PROGRAM}/for-me/")


def test_a_wrong_password_says_so_and_the_fifth_closes_the_door(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo)
    for tried in range(5):
        page.goto("/sign-in/")
        page.get_by_label("Sign-in name").fill("farah")
        page.get_by_label("Password").fill(f"not this one {tried}")
        follow(page.get_by_role("main").get_by_role("button", name="Sign in"))
        if tried == 0:
            expect(page.get_by_role("alert")).to_be_visible()
            expect(page.get_by_label("Sign-in name")).to_have_value("farah")
    headed(page, "This door is closed for a short while")
    expect(page.get_by_role("main")).to_contain_text("15 minutes")
    page.goto("/sign-in/")
    page.get_by_label("Sign-in name").fill("farah")
    page.get_by_label("Password").fill(demo.password("farah"))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    headed(page, "This door is closed for a short while")


def test_the_door_of_one_stays_open_while_that_of_another_is_closed(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo)
    sign_in(page, "ruth", demo.password("ruth"))
    expect(page).to_have_url(re.compile(re.escape(f"{PROGRAM}/")))


def test_after_signing_out_the_pages_ask_again_who_one_is(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo)
    sign_in(page, "ilse", demo.password("ilse"))
    page.goto(f"{PROGRAM}/for-me/")
    page.get_by_label("Ilse Brandt, your menu").click()
    page.get_by_role("button", name="Sign out").click()
    headed(page, "Sign in")
    expect(page.locator(".flashes")).to_contain_text("You have signed out.")
    page.goto(f"{PROGRAM}/for-me/")
    headed(page, "Sign in")


@pytest.mark.parametrize("path", ["/sign-in/", "/no-such-page/", f"{PROGRAM}/workflows/999999/"])
def test_the_pages_at_the_door_fit_a_phone(demo: Instance, visitor: Visitor, path: str) -> None:
    page = visitor.open(demo, width="phone")
    page.goto(path)
    fits(page)
