"""The library is whole, strict and honest; what is proposed follows METHODS 6.2 and the column “proposes” of the guidelines."""

from importlib.resources import files
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.guidance.guidelines import CATALOGUE as GUIDELINES
from commonground.guidance.techniques import (
    BCT,
    CATALOGUE,
    CAUSES,
    COM_B,
    SYMPTOMS,
    TechniqueError,
    key_called,
    proposed_for,
    symptoms_of,
)
from commonground.guidance.techniques.causes import BY_CAUSE, NOT_PROPOSED
from commonground.guidance.techniques.plugins import enter_all
from commonground.guidance.techniques.proposing import ANSWERS, MOST
from commonground.guidance.techniques.reading import read_technique
from commonground.guidance.techniques.searching import Wanted, matching

EVERY = tuple(CATALOGUE.values())
# METHODS 6: the grade of each theory that it grades
GRADES_OF_METHODS = {
    "lewin": "B", "kotter": "C", "adkar": "C", "bridges": "C", "kubler-ross": "D", "seven-s": "C", "beckhard-harris": "C",
    "rogers": "B", "satir": "C", "burke-litwin": "C", "conner": "C", "theory-e-o": "C", "dual-agenda": "C",
    "appreciative-inquiry": "C", "gap-check": "C", "npt": "B", "com-b": "B", "kaleidoscope": "C", "fixsen": "B",
}  # fmt: skip


def test_there_are_enough_theories_and_techniques_each_in_a_file_of_its_own():
    names = {entry.name for entry in (files("commonground.guidance.techniques") / "library").iterdir()}
    assert names >= {f"{key}.toml" for key in CATALOGUE} and len(CATALOGUE) >= 36
    assert len({one.name for one in EVERY}) == len(EVERY)
    assert sum(one.kind == "theory" for one in EVERY) == len(GRADES_OF_METHODS) == 19


@pytest.mark.parametrize("key", GRADES_OF_METHODS)
def test_theories_have_the_grade_that_methods_gives_them(key):
    assert (CATALOGUE[key].kind, CATALOGUE[key].evidence) == ("theory", GRADES_OF_METHODS[key])


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_each_is_of_use_to_a_practitioner(one):
    words = len(one.text.split())
    assert 120 <= words <= 320, f"{one.key} has {words} words"
    assert len(one.steps) >= 4 and one.fits and one.not_when and one.risks and one.measures
    assert set(one.bct) <= BCT.keys(), "codes of the library are among those that METHODS names"
    assert one.symptoms or one.key == "kubler-ross"


def test_a_grade_a_rests_on_a_source_and_what_was_not_read_is_said():
    for one in EVERY:
        assert one.source
        if one.evidence == "A" and not one.is_checked:
            assert one.key == "inoculation", "Banas & Rains 2010 is the one review that METHODS marks [M]"
    assert "no figure" in CATALOGUE["sunset"].evidence_says


def test_the_grief_curve_says_that_nobody_is_placed_on_it():
    curve = CATALOGUE["kubler-ross"]
    assert curve.evidence == "D" and "do not stage people" in curve.name
    assert all(curve not in proposed_for(code) for code in GUIDELINES)


# METHODS 6.2, row by row: the first that it names
@pytest.mark.parametrize(
    ("symptom", "first"),
    [
        ("confusion", {"line-story", "realistic-preview"}),
        ("anxiety", {"own-cases", "floor-walkers"}),
        ("nothing-in-it", {"loss-ledger", "negotiation"}),
        ("guarded", {"joint-owner"}),
        ("managers-wait", {"new-role"}),
        ("false-starts", {"one-plan"}),
        ("frustration", {"remove-obstacle"}),
        ("trained-not-using", {"com-b", "leaders-first"}),
        ("relapse", {"follow-up", "prompt-at-the-cue"}),
        ("dip", {"capacity-relief", "floor-walkers", "rehearse-hiccups"}),
        ("cynicism", {"small-promises", "fair-process"}),
        ("overload", {"sequence-changes"}),
        ("tired-champions", {"champion-hours"}),
        ("silent", {"listening-session"}),
    ],
)
def test_symptoms_lead_to_what_methods_names_first(symptom, first):
    assert first <= set(SYMPTOMS[symptom].first)
    assert SYMPTOMS[symptom].avoid


def test_what_a_symptom_or_cause_names_exists_and_says_so_itself():
    for one in SYMPTOMS.values():
        for key in one.first + one.then:
            assert one.key in CATALOGUE[key].symptoms, f"{key} does not say that it answers {one.key}"
    for cause in BY_CAUSE.values():
        for key in cause.first:
            assert cause.key in CATALOGUE[key].causes, f"{key} does not say that it answers {cause.key}"
    assert BY_CAUSE.keys() == CAUSES.keys()


# Kotter & Schlesinger 1979, the table of METHODS 2.1
@pytest.mark.parametrize(
    ("cause", "first"),
    [("not_understood", "education"), ("sees_more", "participation"), ("influence", "participation"), ("hard_to_do", "support")],
)  # fmt: skip
def test_causes_lead_to_the_four_methods_of_the_article(cause, first):
    assert BY_CAUSE[cause].first[0] == first
    assert "negotiation" in BY_CAUSE["clear_loss"].first


def test_the_last_two_ways_of_the_article_are_named_and_not_proposed():
    assert [name for name, _ in NOT_PROPOSED] == ["Manipulation and co-optation", "Coercion"]
    assert not any("coerc" in key or "manipul" in key for key in CATALOGUE)


@pytest.mark.parametrize("code", sorted(GUIDELINES.keys() | ANSWERS.keys()))
def test_each_guideline_proposes_something_that_can_be_done(code):
    found = proposed_for(code)
    assert 1 <= len(found) <= MOST
    assert all(one.effort > 0 and one.evidence != "D" for one in found)
    assert set(symptoms_of(code)) <= SYMPTOMS.keys()


def test_an_unknown_guideline_gets_those_of_its_practice():
    assert {"CUST" in one.practices for one in proposed_for("CUST-99")} == {True}
    assert proposed_for("HERE-01") == ()


def test_a_sheet_may_call_a_technique_by_its_name():
    assert key_called(" Realistic  preview ") == key_called("realistic-preview") == "realistic-preview"
    assert key_called("Our cake") == "Our cake"


@given(
    words=st.text(ascii_lowercase + " ", max_size=12),
    symptom=st.sampled_from(["", *SYMPTOMS]),
    com_b=st.sampled_from(["", *COM_B]),
)
def test_a_further_wish_never_finds_more(words, symptom, com_b):
    wide, narrow = Wanted(words=words), Wanted(words=words, symptom=symptom, com_b=com_b)
    found = matching(EVERY, narrow)
    assert set(found) <= set(matching(EVERY, wide)) and len(set(found)) == len(found)
    assert all((not symptom or symptom in one.symptoms) and (not com_b or com_b in one.com_b) for one in found)


def test_what_is_to_be_tried_first_stands_first():
    found = [one.key for one in matching(EVERY, Wanted(symptom="trained-not-using"))]
    assert tuple(found[:3]) == SYMPTOMS["trained-not-using"].first
    assert matching(EVERY, Wanted(words="sunset"))[0].key == "sunset"


SUNSET = (files("commonground.guidance.techniques") / "library" / "sunset.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('evidence = "C"', 'evidence = "E"', "“E” is not a value of evidence. Known are A, B, C, D, ours."),
        ('"8.2", ', '"6.2", ', "BCT 6.2 compares named people or punishes"),
        ('"8.2", ', '"eight", ', "“eight” is no code of the BCT taxonomy"),
        ("effort = 20", "effort = 0", "Give the hours of work to try it once"),
        ("effort = 20", 'effort = "a day"', "effort is not a number"),
        ('name = "An announced end of the old path"', "", "the field “name” is missing. Add it."),
        ("effort = 20", "effort = 20\nprice = 3", "there is no field “price”"),
        ('symptoms = ["old-way-easier"', 'symptoms = ["stubborn"', "“stubborn” is not a value of symptoms"),
        ("effort = 20", "effort =", "is not valid TOML"),
        ('practices = ["SOFT", "REIN", "PACE"]', "practices = []", "practices is not a list with something in it"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_a_sentence(before, after, says):
    assert before in SUNSET
    with pytest.raises(TechniqueError, match=r"^ours\.toml") as refused:
        read_technique(SUNSET.replace(before, after), key="ours", file="ours.toml", symptoms=SYMPTOMS)
    assert says in str(refused.value)


def test_a_key_that_is_taken_is_refused_and_the_same_folder_may_come_again(tmp_path):
    (tmp_path / "sunset.toml").write_text(SUNSET, encoding="utf-8")
    with pytest.raises(TechniqueError, match=r"the library has a technique “sunset” already"):
        enter_all(tmp_path, "our folder")
    enter_all(files("commonground.guidance.techniques") / "library", "the library")
