import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.kinds import KINDS, LABELS, is_dialogue, kind_of, label_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("briefing", "communicate"),
        ("Town hall", "communicate"),
        ("Notice of the training", "communicate"),
        ("E-mail", "communicate"),
        ("workshop", "involve"),
        ("Listening sessions", "involve"),
        ("Co-design of the form", "involve"),
        ("Training workshop", "train"),
        ("e-Learning", "train"),
        ("Classroom", "train"),
        ("one-to-one", "engage"),
        ("Board evening", "engage"),
        ("Thanks to team Lark", "recognise"),
        ("remove an obstacle", "remove"),
        ("Devices' clinic", "remove"),
        ("Sunset of the spreadsheet", "retire"),
        ("Shared spreadsheet becomes read-only", "retire"),
        ("", None),
        (None, None),
        ("Quux", None),
    ],
)
def test_what_people_call_it_is_one_of_seven_kinds(text: str | None, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_and_its_label_are_known_again(kind: str) -> None:
    assert kind_of(kind) == kind_of(kind.upper()) == kind
    assert kind_of(LABELS[kind]) == kind
    assert label_of(kind) == LABELS[kind]


def test_people_can_answer_where_they_are_engaged_involved_or_asked() -> None:
    assert is_dialogue("workshop")
    assert is_dialogue("engage")
    assert is_dialogue("Briefing with questions")
    assert not is_dialogue("briefing")
    assert not is_dialogue("training")
    assert not is_dialogue(None)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert kind_of(text) in (*KINDS, None)
    assert kind_of(text) == kind_of(f"  {text} ")
