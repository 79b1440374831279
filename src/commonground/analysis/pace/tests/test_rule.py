"""The rule of a behaviour: what FORMATS `RULE.toml` allows, a sentence for everything else, and the way back to a mapping."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonground.analysis.pace.rule import Match, Rule, RuleError

FORMATS = """
name = "log the customer contact in the shared record"
[occasion]
activity = ["visit", "call", "complaint"]
[new]
channel = "crm"
within_hours = 24
[old]
channel = ["spreadsheet", "paper"]
[population]
unit = ["metering", "contact centre"]
"""
GOOD = {"name": "log it", "occasion": {"activity": "visit"}, "new": {"channel": "crm"}}


def test_the_example_of_the_formats_is_read() -> None:
    rule = Rule.read(tomllib.loads(FORMATS))
    assert rule.name == "log the customer contact in the shared record"
    assert rule.occasion == Match(activity=("visit", "call", "complaint"))
    assert (rule.new, rule.new_within) == (Match(channel=("crm",)), 24.0)
    assert (rule.old, rule.old_within) == (Match(channel=("spreadsheet", "paper")), None)
    assert rule.population == Match(unit=("metering", "contact centre"))


@pytest.mark.parametrize(
    ("change", "part_of_the_sentence"),
    [
        ({"ocasion": {}}, "Did you mean occasion?"),
        ({"occasion": {}}, "[occasion] says nothing to look for"),
        ({"occasion": {"activty": "x"}}, "Did you mean activity?"),
        ({"occasion": {"activity": "x", "within_hours": 3}}, "“within_hours”, which is not known there"),
        ({"occasion": {"activity": []}}, "[occasion] activity is an empty list"),
        ({"occasion": {"activity": [" "]}}, "[occasion] activity holds an empty text"),
        ({"occasion": {"activity": 3}}, "[occasion] activity is 3"),
        ({"occasion": {"activity": ["a", 3]}}, "in quotes, or a list of them"),
        ({"occasion": "visit"}, "Write a part [occasion]"),
        ({"new": {"within_hours": 24}}, "[new] says nothing to look for"),
        ({"new": {"channel": "crm", "within_hours": 0}}, "[new] within_hours is 0. Give a number of hours above zero"),
        ({"new": {"channel": "crm", "within_hours": True}}, "above zero"),
        ({"new": {"channel": "crm", "within_hours": "24"}}, "above zero"),
        ({"new": {"channel": "crm", "within_hours": float("inf")}}, "above zero"),
        ({"new": {"channel": "crm", "within_hours": 10**400}}, "a century at most"),
        ({"old": {"channel": "paper", "within_hours": -1}}, "[old] within_hours is -1"),
        ({"name": 4}, "name is 4"),
    ],
)
def test_a_fault_is_told_in_a_sentence(change: dict[str, object], part_of_the_sentence: str) -> None:
    with pytest.raises(RuleError) as caught:
        Rule.read(GOOD | change)
    assert part_of_the_sentence in str(caught.value)
    assert str(caught.value).endswith((".", "?"))


def test_a_rule_needs_occasions_and_one_way() -> None:
    with pytest.raises(RuleError, match="which events are occasions"):
        Rule.read({"new": {"channel": "crm"}})
    with pytest.raises(RuleError, match="neither the new way nor the old way"):
        Rule.read({"occasion": {"activity": "visit"}})


texts = st.lists(st.text(min_size=1).map(str.strip).filter(lambda text: text.split()), min_size=1, max_size=3).map(
    tuple
)
some = st.fixed_dictionaries({}, optional=dict.fromkeys(("activity", "unit", "product_line", "channel"), texts))
matches = some.map(lambda keys: Match(**keys))
hours = st.floats(min_value=0.01, max_value=1e6)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    new, old = draw(matches), draw(matches)
    if not new and not old:
        new = Match(channel=("crm",))
    return Rule(
        draw(st.text().map(str.strip)),
        draw(matches.filter(bool)),
        new,
        old,
        draw(matches),
        draw(st.none() | hours) if new else None,
        draw(st.none() | hours) if old else None,
    )


# the first text of all takes a second, since tables of letters are made
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_what_is_written_is_read_again(rule: Rule) -> None:
    assert Rule.read(rule.written()) == rule
