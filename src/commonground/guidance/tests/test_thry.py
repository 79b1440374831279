from commonground.analysis.facts import Activity
from commonground.guidance.tests.made import facts, found, subjects


def plan(*techniques: str, state: str = "planned"):
    return [
        Activity(f"A{number}", "course", technique=key or None, state=state) for number, key in enumerate(techniques)
    ]


def test_a_plan_that_rests_on_one_method_is_found():
    finding = found("THRY-01", facts(activities=plan("co-design", "co-design", "sunset")))[0]
    assert str(finding.subject) == "program:method"
    assert finding.what == "2 of 3 activities rest on one method: “co design”"
    assert finding.evidence == "activities: 67% “co design”, looked for: at most 60%"


def test_several_methods_a_small_plan_and_what_was_dropped_are_left_in_peace():
    assert subjects("THRY-01", facts(activities=plan("co-design", "sunset", "education"))) == []
    assert subjects("THRY-01", facts(activities=plan("co-design", "co-design"))) == []
    dropped = [*plan("sunset", "education"), *plan("co-design", state="dropped")]
    assert subjects("THRY-01", facts(activities=dropped)) == []


def test_where_no_technique_is_named_the_kind_is_the_method():
    training = [Activity(f"T{number}", kind) for number, kind in enumerate(("course", "e-learning", "webinar", "talk"))]
    assert found("THRY-01", facts(activities=training))[0].what == "3 of 4 activities rest on one method: “train”"
