"""What a configuration file may say, what it is refused for, and what a suppression leaves out and until when."""

from datetime import date

import pytest

from commonground.analysis.facts import Person, Process, Unit
from commonground.guidance.configuration import Configuration, configuration_for, read, suppressed
from commonground.guidance.guidelines import narrowed, run
from commonground.guidance.tests.made import DAY, facts

WHOLE = """
as_of = 2026-11-30
select = ["MNGR", "PROC"]
ignore = ["PROC-03"]

[parameters.OWN-03]
processes = 3

[units."Billing".OWN-03]
processes = 1

[[suppress]]
code = "PROC-01"
subject = "process:p1"
reason = "The unit closes in January."
until = 2027-01-31
"""
UNITS = [Unit("all", "All"), Unit("b", "Billing", "all"), Unit("b1", "Night desk", "b"), Unit("w", "Water", "all")]


def owners(**answered: tuple[str, int]):
    """Owner → their unit, and how many processes in question they answer for."""
    return facts(
        units=UNITS,
        people=[Person(name, name, unit) for name, (unit, _) in answered.items()],
        processes=[
            Process(f"{name}{at}", f"{name}{at}", unit, (name,), fate="reshape")
            for name, (unit, many) in answered.items()
            for at in range(many)
        ],
    )


def test_a_whole_file_is_read():
    found = read(WHOLE)
    assert (found.as_of, found.select, found.ignore) == (date(2026, 11, 30), ("MNGR", "PROC"), ("PROC-03",))
    assert found.parameters == {"OWN-03": {"processes": 3.0}}
    assert found.units == {"Billing": {"OWN-03": {"processes": 1.0}}}
    assert str(found.suppress[0]) == "PROC-01 process:p1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("as_of = ", "is not TOML"),
        ("colour = 1", "has no key colour. Its keys: as_of, select"),
        ('as_of = "soon"', "as_of is no day"),
        ("as_of = 2026-11-30T08:00:00", "as_of is no day"),
        ('select = "MNGR"', "select is no list of codes"),
        ("parameters = 3", "parameters is no table"),
        ("[parameters.OWN-99]\nshare = 1", "no guideline is called OWN-99"),
        ("[parameters.OWN-03]\nshare = 1", "OWN-03 has no parameter share. Its parameters: processes"),
        ('[parameters.OWN-03]\nprocesses = "many"', "processes is no number"),
        ("[parameters.OWN-03]\nprocesses = true", "processes is no number"),
        ("[units.b.OWN-03]\nsize = 1", "units.b: OWN-03 has no parameter size"),
        ("suppress = 1", "suppress is no list"),
        ('[[suppress]]\ncode = "PROC-77"', "suppression 1 (PROC-77) names no guideline"),
        ('[[suppress]]\ncode = "PROC-01"\nsubject = "p1"', "names no subject"),
        (
            '[[suppress]]\ncode = "PROC-01"\nsubject = "process:p1"\nuntil = 2027-01-31',
            "(PROC-01 process:p1) gives no reason",
        ),
        ('[[suppress]]\ncode = "PROC-01"\nsubject = "process:p1"\nreason = "Soon."', "has no day on which it ends"),
        ('[[suppress]]\ncode = "PROC-01"\nwho = "me"', "has no key who"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=r"^commonground\.toml") as refused:
        read(text)
    assert sentence in str(refused.value)


def test_it_lies_beside_the_sheets_or_is_named(tmp_path):
    assert configuration_for(tmp_path) == Configuration()
    (tmp_path / "commonground.toml").write_text('ignore = ["PROC"]')
    assert configuration_for(tmp_path).ignore == ("PROC",)
    assert configuration_for(tmp_path / "book.xlsx").ignore == ("PROC",)
    other = tmp_path / "strict.toml"
    other.write_text('ignore = ["MNGR"]')
    assert configuration_for(tmp_path, other).ignore == ("MNGR",)
    with pytest.raises(ValueError, match="cannot be read"):
        configuration_for(tmp_path, tmp_path / "nowhere.toml")


def test_a_suppression_leaves_its_finding_out_until_its_day():
    given = facts(people=[], processes=[Process("p1", "One"), Process("p2", "Two")])
    report = run(given, select=["PROC-01"])
    one = read(WHOLE).suppress[0]
    answer = suppressed(report, [one], date(2027, 1, 30))
    assert [str(found.subject) for found in answer.report.findings] == ["process:p2"]
    assert [(str(rule), str(found.subject)) for rule, found in answer.suppressed] == [(str(one), "process:p1")]
    over = suppressed(report, [one], date(2027, 1, 31))
    assert (over.report, over.expired, over.suppressed) == (report, (one,), ())


def test_one_that_fits_nothing_is_told_unless_its_guideline_was_not_checked():
    one = read(WHOLE).suppress[0]
    passes = facts(people=[], processes=[])
    assert suppressed(run(passes, select=["PROC-01"]), [one], DAY).unused == (one,)
    assert suppressed(run(passes, select=["PROC-04"]), [one], DAY).unused == ()


def test_values_of_a_unit_hold_for_it_and_those_below_it():
    given = owners(ann=("b1", 2), bo=("w", 2), cy=("all", 4))
    whole = {"OWN-03": {"processes": 3.0}}

    def people(**of_units):
        report = run(given, select=["OWN-03"], parameters=whole, of_units=of_units)
        return [found.subject.id for found in report.findings]

    assert people() == ["cy"]
    assert people(Billing={"OWN-03": {"processes": 1.0}}) == ["ann", "cy"]
    # of two units that have values the nearer one's stand
    assert people(all={"OWN-03": {"processes": 9.0}}, b={"OWN-03": {"processes": 1.0}}) == ["ann"]
    assert people(w={"PROC-03": {"share": 0.5}}) == ["cy"]


def test_a_unit_is_known_by_id_or_name():
    given = owners(ann=("b1", 9), bo=("w", 9))
    report = run(given, select=["OWN-03"])
    assert [one.subject.id for one in narrowed(report, given, "billing").findings] == ["ann"]
    assert [one.subject.id for one in narrowed(report, given, "w").findings] == ["bo"]
    assert len(narrowed(report, given, "all").findings) == 2
    with pytest.raises(ValueError, match="“Sales” is no unit here"):
        narrowed(report, given, "Sales")
    twice = facts(units=[*UNITS, Unit("x", "Water")], people=[], processes=[])
    with pytest.raises(ValueError, match="“Water” is the name of several units: give its id"):
        run(twice, of_units={"Water": {}})
