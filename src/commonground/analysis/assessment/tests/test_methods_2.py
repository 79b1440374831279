"""Check values and truth tables of METHODS.md 2 (resistance, justice, stakeholders)."""

from itertools import product

import pytest

from commonground.analysis.assessment.approaches import BRINGS, NOT_SUPPORTED, Approach, approaches
from commonground.analysis.assessment.comparing import as_difference
from commonground.analysis.assessment.fairness import RULES, fair_process
from commonground.analysis.assessment.salience import attention, salience

CAUSES = ("information_gap", "initiator_lacks_information", "power_to_resist", "adjustment", "clear_loss")


@pytest.mark.parametrize("causes", list(product((False, True), repeat=5)))
def test_the_decision_rule_of_2_1(causes: tuple[bool, ...]) -> None:
    """METHODS 2.1: information_gap → education; initiator_lacks_info or power_to_resist → participation; adjustment → facilitation;
    clear_loss and power → negotiation."""
    gap, lacks, power, adjustment, loss = causes
    found = approaches(**dict(zip(CAUSES, causes, strict=True)))
    assert (Approach.EDUCATION in found) == gap
    assert (Approach.PARTICIPATION in found) == (lacks or power)
    assert (Approach.FACILITATION in found) == adjustment
    assert (Approach.NEGOTIATION in found) == (loss and power)


def test_four_of_six_methods_are_offered() -> None:
    """METHODS 2.1: ship the first four only, show the last two as not supported here."""
    assert set(Approach) == set(BRINGS)
    assert len(Approach) == 4
    assert not set(Approach) & set(NOT_SUPPORTED)
    assert len(NOT_SUPPORTED) == 2


def test_a_correlation_of_15_hundredths_of_2_2() -> None:
    """METHODS 2.2: r = .15 is d = .30, 2.3 % of variance."""
    d, explained = as_difference(0.15)
    assert d == pytest.approx(0.30, abs=5e-3)
    assert explained == pytest.approx(0.023, abs=6e-4)
    with pytest.raises(ValueError, match="between −1 and 1"):
        as_difference(1)


def test_six_rules_of_a_fair_process_of_2_2() -> None:
    """METHODS 2.2: Leventhal's six, yes or no for each decision."""
    assert list(RULES) == [
        "consistency", "bias suppression", "accuracy", "correctability", "representativeness", "ethicality",
    ]  # fmt: skip
    whole = fair_process(dict.fromkeys(RULES, True))
    assert (whole.fair, whole.kept, whole.missed, whole.open) == (True, tuple(RULES), (), ())
    part = fair_process({"accuracy": True, "ethicality": None})
    assert (part.fair, part.kept, len(part.open)) == (None, ("accuracy",), 5)
    assert fair_process({"representativeness": False}).fair is False
    with pytest.raises(ValueError, match="none of the six"):
        fair_process({"speed": True})


@pytest.mark.parametrize(
    ("letters", "kind"),
    [
        ("", "not a stakeholder"), ("P", "dormant"), ("L", "discretionary"), ("U", "demanding"), ("PL", "dominant"),
        ("PU", "dangerous"), ("LU", "dependent"), ("PLU", "definitive"),
    ],
)  # fmt: skip
def test_salience_of_2_3(letters: str, kind: str) -> None:
    """METHODS 2.3: the eight cases are a complete test."""
    assert salience(power="P" in letters, legitimacy="L" in letters, urgency="U" in letters) == kind


@pytest.mark.parametrize(
    ("power", "interest", "what"),
    [
        (True, False, "keep satisfied"), (True, True, "manage closely"),
        (False, False, "monitor"), (False, True, "keep informed"),
    ],
)  # fmt: skip
def test_power_and_interest_of_2_3(power: bool, interest: bool, what: str) -> None:
    """METHODS 2.3, Mendelow."""
    assert attention(power=power, interest=interest) == what
