import re

import pytest
from django import forms

from commonground.ui.forms import LongCheckboxes, LongSelectMany
from commonground.ui.specimens import FateForm


@pytest.fixture
def wrong(only_ui):
    return str(FateForm({"owner": "", "fate": "move", "start": "2024-11-09", "seen_by": "named"}))


def test_the_summary_leads_to_the_fields_that_need_another_look(wrong):
    targets = re.findall(r'<li><a href="#([\w-]+)">', wrong)
    assert targets == ["id_owner", "id_start"]
    assert all(f'id="{target}"' in wrong for target in targets)
    assert "Two answers need another look" in wrong


def test_the_error_stands_between_hint_and_input(wrong):
    places = [
        wrong.index(part)
        for part in ('id="id_owner_helptext"', 'id="id_owner_error"', '<input type="text" name="owner"')
    ]
    assert places == sorted(places)
    assert 'aria-describedby="id_owner_helptext id_owner_error"' in wrong
    assert 'aria-invalid="true"' in wrong


def test_days_are_asked_with_a_calendar_and_the_browser_does_not_step_in(wrong):
    assert re.search(r'<input type="date" name="start" value="2024-11-09"', wrong)
    assert " required" not in wrong


def test_several_choices_are_one_question(wrong):
    assert re.search(r"<fieldset[^>]*><legend>Who sees it until it is told</legend>", wrong)


def test_what_may_stay_empty_says_so(wrong):
    assert re.search(r"Why <span[^>]*>\(may stay empty\)", wrong)


def test_a_form_that_is_right_has_no_summary(only_ui):
    assert "error-summary" not in str(FateForm())


def test_long_lists_look_as_django_draws_them():
    """Against Django's own widgets, spaces between tags left out."""
    choices, chosen = [(1, "One & only"), (2, "Two"), ("b", "B")], ["2", "b"]

    def drawn(widget):
        return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda at: at.group(0).strip(), str(widget)))

    for ours, theirs in (
        (LongCheckboxes, forms.CheckboxSelectMultiple),
        (LongSelectMany, forms.SelectMultiple),
    ):
        pair = [kind(choices=choices).render("who", chosen, {"id": "id_who"}) for kind in (ours, theirs)]
        one, other = (sorted(re.findall(r"<(\w+)([^>]*)>([^<]*)", drawn(text))) for text in pair)
        assert [_told(*each) for each in one] == [_told(*each) for each in other]


def _told(tag, attributes, text):
    return tag, sorted(attributes.replace(" multiple", "").split()), text.strip()
