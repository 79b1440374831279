"""`commonground pace EVENTS`: the keys of FORMATS against a plain reading of the same files, and a unit of four that stays hidden."""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from commonground.cli import app
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Options
from commonground.intake.logs.pace import measure_file
from commonground.intake.logs.pace_told import as_mapping

run = CliRunner()
RULE = """
name = "log the customer contact in the shared record"
[occasion]
activity = ["visit", "call", "complaint"]
[new]
channel = "CRM "
within_hours = 24
[old]
channel = ["spreadsheet", "paper"]
within_hours = 48
[population]
unit = ["metering", "Contact  Centre", "billing", "field"]
"""
UNITS = {"metering": 12, "contact centre": 15, "field": 9, "billing": 4, "board": 10}
START = datetime(2025, 1, 6, 8, tzinfo=UTC)
Event = tuple[str, str, datetime, str, str]  # case, activity, time, person, channel


def made() -> tuple[list[Event], list[tuple[str, str, str, str]]]:
    """30 weeks of visits and calls; two people go from metering to the field in the tenth week."""
    chance = random.Random(4)
    people = [(f"{unit[:2]}{number}", unit) for unit, size in UNITS.items() for number in range(size)]
    stays = [(person, unit, "2025-01-06", "") for person, unit in people if person not in ("me0", "me1")]
    for person in ("me0", "me1"):
        stays += [(person, "metering", "2025-01-06", "2025-03-12"), (person, "field", "2025-03-12", "")]
    events: list[Event] = []
    adopts = {person: chance.expovariate(1 / 8) + 4 for person, _ in people}
    for week in range(30):
        for person, _ in people:
            for _ in range(chance.randint(0, 3)):
                case = f"case {len(events)}"
                time = START + timedelta(weeks=week, days=chance.randint(0, 5), hours=chance.randint(0, 9))
                events.append((case, chance.choice(["Visit", "call", "complaint"]), time, person, "phone"))
                channel = (
                    "crm"
                    if chance.random() < (0.95 if week > adopts[person] else 0.05)
                    else chance.choice(["paper", "letter"])
                )
                events.append((case, "note", time + timedelta(hours=chance.randint(0, 30)), person, channel))
    chance.shuffle(events)
    return events, stays


def written(
    folder: Path, events: Iterable[Event], stays: Iterable[tuple[str, str, str, str]], rule: str = RULE
) -> list[str]:
    with (folder / "events.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["case", "activity", "time", "person", "channel"])
        rows.writerows((case, activity, time.isoformat(), *rest) for case, activity, time, *rest in events)
    with (folder / "units.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["person", "unit", "from", "to"])
        rows.writerows(stays)
    (folder / "rule.toml").write_text(rule, encoding="utf-8")
    return [
        "pace",
        str(folder / "events.csv"),
        "--behaviour",
        str(folder / "rule.toml"),
        "--units",
        str(folder / "units.csv"),
    ]


def by_hand(events: list[Event], stays: list[tuple[str, str, str, str]]) -> dict[str, dict[str, Any]]:
    """unit → week → [new, old, neither, people], read plainly."""
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        cases[event[0]].append(event)
    found: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, set()]))
    for case, activity, time, person, _ in events:
        if activity.lower() not in ("visit", "call", "complaint"):
            continue
        day = time.date()
        unit = next(
            unit for one, unit, since, until in stays
            if one == person and date.fromisoformat(since) <= day and (not until or day < date.fromisoformat(until))
        )  # fmt: skip

        def shown(channels: tuple[str, ...], hours: int, case: str = case, time: datetime = time) -> bool:
            return any(
                other[4] in channels and timedelta() <= other[2] - time <= timedelta(hours=hours)
                for other in cases[case]
            )

        week = (day - timedelta(days=day.weekday())).isoformat()
        way = 0 if shown(("crm",), 24) else 1 if shown(("spreadsheet", "paper"), 48) else 2
        found[unit][week][way] += 1
        found[unit][week][3].add(person)
    return found


def test_weeks_and_units_are_those_of_a_plain_reading(tmp_path: Path) -> None:
    events, stays = made()
    answer = run.invoke(app, [*written(tmp_path, events, stays), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    plainly = by_hand(events, stays)
    whole: dict[str, list[Any]] = defaultdict(lambda: [0, 0, 0, set()])
    for unit in ("metering", "contact centre", "field"):
        sums = [0, 0, 0]
        for week in told["units"][unit]["weeks"]:
            *ways, people = plainly[unit].get(week["week"], [0, 0, 0, set()])
            counted = (week["new"], week["old"], week["neither"], week["people"])
            if len(people) < 8:
                assert counted == (None,) * 4
                continue
            assert counted == (*ways, len(people))
            sums = [one + more for one, more in zip(sums, ways, strict=True)]
            whole[week["week"]] = [one + more for one, more in zip(whole[week["week"]][:3], ways, strict=True)] + [
                whole[week["week"]][3] | people
            ]
        assert told["units"][unit]["share_new"] == pytest.approx(sums[0] / sum(sums))
        assert told["units"][unit]["share_old"] == pytest.approx(sums[1] / sum(sums))
    shown = {week["week"]: week for week in told["weeks"]}
    for monday, (new, old, neither, people) in whole.items():
        week = shown[monday]
        if week["people"] == len(people):  # no two hidden units are together of eight
            assert (week["new"], week["old"], week["neither"]) == (new, old, neither)
        else:
            assert week["people"] - len(people) >= 8
    assert len(told["weeks"]) == 30
    assert set(told["units"]) == {"metering", "contact centre", "field", "billing"}
    assert told["units"]["billing"] == {"suppressed": True}
    assert told["left_out"] == 1
    assert set(told["sustained"]) >= {"people", "events", "median", "curve"}
    assert set(told["sustained"]["curve"][0]) == {"time", "share", "low", "high", "at_risk"}
    assert told["outside"] == sum(sum(ways[:3]) for ways in plainly["board"].values())


def test_a_unit_of_four_is_in_no_form_of_the_answer(tmp_path: Path) -> None:
    """The answer is the same, to the letter, whether the four had occasions of their own or quite different ones."""
    events, stays = made()
    four = {person for person, unit, *_ in stays if unit == "billing"}
    others = [event for event in events if event[3] not in four]
    other_four = [
        (f"x{number}", "call", START + timedelta(days=number), sorted(four)[number % 4], "phone") for number in range(9)
    ]
    for form in (["--json"], []):
        told = [
            run.invoke(app, [*written(tmp_path, rows, stays), *form]).output
            for rows in (events, [*others, *other_four])
        ]
        assert told[0] == told[1]
        assert "billing" in told[0]
    without = json.loads(run.invoke(app, [*written(tmp_path, others, stays), "--json"]).stdout)
    told_json = json.loads(run.invoke(app, [*written(tmp_path, events, stays), "--json"]).stdout)
    for key in ("weeks", "sustained", "relapsed", "share_new", "share_old", "forecast", "steady"):
        assert told_json[key] == without[key]


def test_a_unit_in_which_nobody_had_an_occasion_is_hidden_like_a_small_one(tmp_path: Path) -> None:
    events, stays = made()
    gone = {person for person, unit, *_ in stays if unit == "billing"}
    told = [
        run.invoke(app, [*written(tmp_path, rows, stays), *form]).stdout
        for form in (["--json"], [])
        for rows in (events, [event for event in events if event[3] not in gone])
    ]
    assert json.loads(told[0]) == json.loads(told[1])
    assert told[2] == told[3]


def test_outside_the_population_a_unit_of_four_is_not_counted_either(tmp_path: Path) -> None:
    events, stays = made()
    rule = RULE.replace('"billing", ', "")
    inside = [stay for stay in stays if stay[1] != "board"]
    kept = {person for person, *_ in inside}
    told = json.loads(
        run.invoke(app, [*written(tmp_path, [e for e in events if e[3] in kept], inside, rule), "--json"]).stdout
    )
    assert told["outside"] == 0
    assert "billing" not in told["units"]


def test_a_log_longer_than_memory_gives_the_same_answer(tmp_path: Path) -> None:
    events, stays = made()
    written(tmp_path, events, stays)
    answers = [
        as_mapping(
            measure_file(
                tmp_path / "events.csv", {}, tmp_path / "rule.toml", tmp_path / "units.csv",
                options=Options(), kept_out=KeptOut(strict=True), cut_over="2025-02-03", in_memory=rows,
            )
        )
        for rows in (10, 10**6)
    ]  # fmt: skip
    assert rounded(answers[0]) == rounded(answers[1])


def rounded(value: Any) -> Any:
    """Sums of people in another order differ in their last digits."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 9) if isinstance(value, float) else value


def test_the_log_itself_may_tell_the_units(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"c{p}-{w},visit,2025-01-{6 + 7 * w:02}T09:00:00,p{p},{'north' if p < 9 else 'south'},{'crm' if w else 'paper'}"
            for p in range(14) for w in range(3)]  # fmt: skip
    path.write_text("case,activity,time,person,unit,channel\n" + "\n".join(rows), encoding="utf-8")
    rule = tmp_path / "rule.toml"
    rule.write_text('[occasion]\nactivity="visit"\n[new]\nchannel="crm"\n[old]\nchannel="paper"\n', encoding="utf-8")
    told = json.loads(run.invoke(app, ["pace", str(path), "--behaviour", str(rule), "--json"]).stdout)
    assert told["units"]["south"] == {"suppressed": True}
    assert [week["new"] for week in told["weeks"]] == [0, 9, 9]
    assert told["share_new"] == pytest.approx(2 / 3)


def test_four_people_written_in_two_ways_are_four(tmp_path: Path) -> None:
    path, rule = tmp_path / "log.csv", tmp_path / "rule.toml"
    rows = [
        f"{unit}{p}{way}{w},visit,2025-01-{6 + 7 * w:02}T09:00:00,{way}{unit}{p},{unit},crm"
        for unit, size in (("north", 9), ("south", 4)) for p in range(size) for w in range(3) for way in "Aa"
    ]  # fmt: skip
    path.write_text("case,activity,time,person,unit,channel\n" + "\n".join(rows), encoding="utf-8")
    rule.write_text('[occasion]\nactivity="visit"\n[new]\nchannel="crm"\n[old]\nchannel="paper"\n', encoding="utf-8")
    told = json.loads(run.invoke(app, ["pace", str(path), "--behaviour", str(rule), "--json"]).stdout)
    assert told["units"]["south"] == {"suppressed": True}
    assert told["people"] == 9
    assert [(week["new"], week["people"]) for week in told["weeks"]] == [(18, 9)] * 3


def test_without_any_unit_the_whole_is_told(tmp_path: Path) -> None:
    path, rule = tmp_path / "log.csv", tmp_path / "rule.toml"
    rows = [
        f"c{p}-{w},visit,2025-01-{6 + 7 * w:02}T09:00:00,p{p},{'crm' if w else 'paper'}"
        for p in range(14) for w in range(3)
    ]  # fmt: skip
    path.write_text("case,activity,time,person,channel\n" + "\n".join(rows), encoding="utf-8")
    rule.write_text('[occasion]\nactivity="visit"\n[new]\nchannel="crm"\n[old]\nchannel="paper"\n', encoding="utf-8")
    told = json.loads(run.invoke(app, ["pace", str(path), "--behaviour", str(rule), "--json"]).stdout)
    assert told["units"] == {}
    assert [tuple(week.values())[1:] for week in told["weeks"]] == [(0, 14, 0, 14), (14, 0, 0, 14), (14, 0, 0, 14)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rule": RULE.replace('"metering"', '"meterring"')},
         "“meterring”, which units.csv does not have. The nearest that it has: “meter"),
        ({"rule": RULE.replace('["visit", "call", "complaint"]', '"vist"')},
         "“vist” does not occur in events.csv. The nearest that it has: “Visit”"),
        ({"rule": RULE + "\n[["}, "rule.toml is not TOML"),
        ({"rule": RULE.replace("[occasion]", "[occasions]")}, "Did you mean occasion?"),
        ({"stays": [("me0", "field", "2025-01-06", "2025-03-12"), ("me0", "metering", "2025-03-11", "")]},
         "rows 2 and 3: me0 is in field and in metering at one time"),
        ({"stays": [("me0", "field", "2025-01-06", "2024-01-06")]}, "which is no time at all"),
        ({"stays": [("me0", "field", "soon", "")]}, "row 2, column from: “soon” is not a day"),
        ({"stays": [("me0", "", "", "")]}, "row 2, column unit: there is no unit"),
        ({"options": ["--threshold", "7"]}, "A threshold of 7 people is too low"),
        ({"options": ["--cut-over", "soon"]}, "--cut-over soon is not a day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_sentence(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    events, stays = made()
    arguments = written(tmp_path, events[:200], change.get("stays", stays), change.get("rule", RULE))
    answer = run.invoke(app, [*arguments, *change.get("options", []), "--json"])
    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1


def test_a_log_without_persons_says_so(tmp_path: Path) -> None:
    arguments = written(tmp_path, *made())
    (tmp_path / "events.csv").write_text("case,activity,time,channel\n1,visit,2025-01-06,crm\n", encoding="utf-8")
    answer = run.invoke(app, arguments)
    assert answer.exit_code == 2
    assert "no column of persons" in answer.stderr
    (tmp_path / "events.csv").write_text(
        "case,activity,time,person,channel\n1,visit,2025-01-06,,crm\n", encoding="utf-8"
    )
    answer = run.invoke(app, arguments)
    assert answer.exit_code == 0
    assert "No occasion tells its person" in answer.stderr
    assert "nothing can be shown" in answer.stdout


def test_the_answer_for_people_begins_with_what_it_comes_to(tmp_path: Path) -> None:
    answer = run.invoke(app, written(tmp_path, *made()))
    assert answer.exit_code == 0
    words = " ".join(answer.stdout.split())
    assert words.startswith("log the customer contact in the shared record: ")
    assert "of occasions go the new way now" in words
    assert "hidden: too few" in words
    assert "Source: events.csv, units from units.csv." in words
