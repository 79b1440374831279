"""Each guideline of the first issue finds something in the demo and leaves something else in peace."""

from datetime import date

import pytest

from commonground.demo.world import World, build
from commonground.guidance.guidelines import CATALOGUE, run

MAIN, FLEET = "one-northlight", "fleet-desk"
# code: where it fails and on what; where it passes and on what. A name in brackets is somebody of the story.
SHOWN = {
    "OWN-01": ((MAIN, "unit:ka"), (MAIN, "unit:cc")),
    "OWN-02": ((MAIN, "unit:ka"), (MAIN, "unit:cc")),
    "OWN-03": ((MAIN, "owner:[Helen Okafor]"), (MAIN, "owner:[Rosa Quintero]")),
    "LOSS-01": ((MAIN, "role:dispatch-lead"), (MAIN, "role:reading-typist")),
    "LOSS-03": ((MAIN, "unit:me"), (MAIN, "unit:el")),
    "MNGR-01": ((MAIN, "process:open-account"), (MAIN, "process:check-power-point")),
    "MNGR-03": ((MAIN, "manager:[Piet de Vries]"), (MAIN, "manager:[Dieter Hahn]")),
    "MNGR-04": ((MAIN, "process:plan-meter-visit"), (MAIN, "process:open-account")),
    "MNGR-05": ((MAIN, "role:supply-lead"), (MAIN, "role:dispatch-lead")),
    "MNGR-02": ((MAIN, "manager:[Tomasz Wieczorek]"), (MAIN, "manager:[Rosa Quintero]")),
    "LOSS-02": ((MAIN, "role:phone-lead"), (MAIN, "role:meter-reader")),
    "IDEA-01": ((MAIN, "voice:V54"), (MAIN, "voice:V01")),
    "IDEA-02": ((MAIN, "voice:V23"), (MAIN, "voice:V06")),
    "IDEA-03": ((MAIN, "unit:el-conn-new"), (MAIN, "voice:V40")),
    "PEER-04": ((MAIN, "topic:two-records"), (MAIN, "topic:posts")),
    "PEER-06": ((MAIN, "unit:ka"), (MAIN, "unit:bi")),
    "FLOW-01": (
        (MAIN, "handoff:move-in/check-power-point/check-water-point"),
        (MAIN, "handoff:move-in/take-move-in-call/open-account"),
    ),
    "FLOW-02": ((MAIN, "workflow:move-in"), (MAIN, "workflow:leak")),
    "FLOW-03": ((MAIN, "workflow:move-out"), (MAIN, "workflow:move-in")),
    "PROC-01": ((MAIN, "process:own-move-in"), (MAIN, "process:open-account")),
    "PROC-02": ((MAIN, "process:type-in-sheet"), (MAIN, "process:take-move-in-call")),
    "PROC-04": ((MAIN, "process:chase-readings"), (MAIN, "process:guess-readings")),
    "ROLE-01": ((MAIN, "role:reading-clerk"), (MAIN, "role:phone-agent")),
    "ROLE-02": ((MAIN, "role:connections-engineer"), (MAIN, "role:dispatch-lead")),
    "ROLE-03": ((MAIN, "role:reading-typist"), (MAIN, "role:cashier")),
    "ROLE-04": ((MAIN, "role:letter-agent"), (MAIN, "role:phone-agent")),
    "NEW-01": ((MAIN, "experiment:sit-beside"), (MAIN, "experiment:listen-together")),
    "SEQ-01": ((FLEET, "milestone:technology_chosen"), (MAIN, "milestone:technology_chosen")),
    "SEQ-02": ((FLEET, "milestone:cut_over"), (MAIN, "milestone:cut_over")),
    "EARLY-01": ((FLEET, "milestone:first_raised"), (MAIN, "milestone:first_raised")),
    "CULT-01": ((FLEET, "milestone:amount_of_change_decided"), (MAIN, "milestone:amount_of_change_decided")),
    "CULT-02": ((FLEET, "milestone:amount_of_change_decided"), (MAIN, "milestone:amount_of_change_decided")),
    "CULT-03": ((MAIN, "role:dispatch-lead"), (MAIN, "role:meter-reader")),
    "UNIT-02": ((MAIN, "unit:wa"), (MAIN, "unit:el")),
    "BUDG-01": ((MAIN, "practice:FLOW"), (MAIN, "practice:TRAIN")),
    "BUDG-02": ((FLEET, "program:budget"), (MAIN, "program:budget")),
    "THRY-01": ((FLEET, "program:method"), (MAIN, "program:method")),
    "EARLY-02": ((FLEET, "program:effort"), (MAIN, "program:effort")),
    "EARLY-03": ((MAIN, "unit:ka"), (MAIN, "unit:bi")),
    "CHAN-01": ((MAIN, "message:account-number"), (MAIN, "message:key-visit")),
    "CHAN-02": ((MAIN, "segment:homes"), (MAIN, "segment:key")),
    "CUST-01": ((MAIN, "phase:3/bi"), (MAIN, "phase:3/cc")),
    "CUST-03": ((MAIN, "milestone:cut_over/wa"), (MAIN, "milestone:cut_over/el")),
    "LEAD-03": ((MAIN, "message:dispatch-screen"), (MAIN, "message:booked-round")),
    "CHAN-03": ((MAIN, "sending:who-knows/email"), (MAIN, "sending:who-knows/letter")),
    "CUST-02": ((MAIN, "hiccup:cut_over/wa"), (MAIN, "hiccup:cut_over/el")),
    "UNIT-01": ((MAIN, "unit:ka"), (MAIN, "unit:bi")),
    "TEAM-01": ((MAIN, "cell:ka/Specialists"), (MAIN, "cell:cc/Front line")),
    "TEAM-02": ((MAIN, "process:plan-meter-visit"), (MAIN, "process:go-and-stop")),
    "TEAM-03": ((FLEET, "program:team"), (MAIN, "program:team")),
    "TEAM-04": ((MAIN, "seat:find-move-in/[Piet de Vries]"), (MAIN, "seat:find-move-in/[Rosa Quintero]")),
    "PEER-01": ((MAIN, "cell:ka/Specialists"), (MAIN, "cell:cc/Front line")),
    "PEER-02": ((MAIN, "champion:[Wanda Zielińska]"), (MAIN, "champion:[Babak Karimi]")),
    "PEER-03": ((MAIN, "program:champions"), (FLEET, "program:champions")),
    "PEER-05": ((MAIN, "talk:device-van/me-south-night"), (MAIN, "talk:device-van/me-north-a")),
    "PEER-07": ((MAIN, "message:device-van"), (MAIN, "message:booked-round")),
    "LEAD-01": ((MAIN, "unit:ka"), (MAIN, "unit:cc")),
    "LEAD-02": ((MAIN, "sponsor:[Nadia Rahmani]"), (MAIN, "sponsor:[Ruth Nakamura]")),
    "LEAD-04": ((FLEET, "program:sponsor"), (MAIN, "program:sponsor")),
    "UNIT-03": ((MAIN, "unit:bi-run"), (MAIN, "unit:cc-phone-1")),
    "PHAS-01": ((MAIN, "gate:2/cc"), (MAIN, "gate:1")),
    "PHAS-02": ((MAIN, "gate:1/wa"), (MAIN, "gate:1")),
    "BUDG-03": ((FLEET, "gate:1"), (MAIN, "gate:1")),
    "PHAS-03": ((MAIN, "activity:one-northlight-24"), (MAIN, "activity:one-northlight-01")),
    "TRAIN-02": ((MAIN, "role:reading-clerk"), (MAIN, "role:meter-reader")),
    "TRAIN-03": ((MAIN, "training:one-record"), (MAIN, "training:booked-round")),
    "TRAIN-04": ((MAIN, "unit:cs"), (MAIN, "unit:el")),
    "REIN-01": ((MAIN, "corrective_step:FS-1"), (MAIN, "corrective_step:FS-2")),
    "REIN-02": ((MAIN, "behaviour:book-visit"), (MAIN, "behaviour:log-contact")),
    "REIN-03": ((MAIN, "behaviour_unit:read-on-device/me"), (MAIN, "behaviour_unit:keep-complaint/cc")),
    "REIN-04": ((MAIN, "behaviour:answer-first-call"), (MAIN, "behaviour:keep-complaint")),
    "SOFT-01": ((MAIN, "reinforcement:RE-14"), (MAIN, "reinforcement:RE-13")),
}
OF_THE_WHOLE = (
    "SEQ-01",
    "SEQ-02",
    "EARLY-01",
    "EARLY-02",
    "BUDG-02",
    "BUDG-03",
    "TEAM-03",
    "CULT-01",
    "CULT-02",
    "LEAD-04",
    "THRY-01",
)


@pytest.fixture(scope="module", params=[date(2026, 9, 14), date(2027, 2, 28), date(2028, 2, 29)])
def world(request: pytest.FixtureRequest) -> World:
    return build(today=request.param)


def _named(world: World, subject: str) -> str:
    before, bracket, rest = subject.partition("[")
    return f"{before}{world.by_name[rest.rstrip(']')]}" if bracket else before


def test_each_guideline_fails_and_passes(world: World) -> None:
    found = {slug: {(one.code, str(one.subject)) for one in run(world.facts(slug)).findings} for slug in (MAIN, FLEET)}
    for code, (fails, passes) in SHOWN.items():
        assert (code, _named(world, fails[1])) in found[fails[0]], code
        assert (code, _named(world, passes[1])) not in found[passes[0]], code


def test_codes_of_the_whole_program_have_nothing_to_say_of_the_large_one(world: World) -> None:
    assert not run(world.facts(MAIN), select=OF_THE_WHOLE).findings


def test_every_guideline_can_be_checked(world: World) -> None:
    """Of the small program nobody has raised anything yet, so nothing can be said of it."""
    of_voices = {code for code in SHOWN if "voices" in CATALOGUE[code].needs}
    unsaid = {
        MAIN: set(),
        FLEET: of_voices
        | {"LOSS-02", "MNGR-02", "CULT-03", "TRAIN-02", "TRAIN-03", "TRAIN-04", "UNIT-03", "PEER-05", "PEER-07"}
        | {"REIN-01", "REIN-02", "REIN-03", "REIN-04", "SOFT-01"},
    }
    for slug in (MAIN, FLEET):
        assert set(SHOWN) - unsaid[slug] <= set(run(world.facts(slug)).checked)


def test_a_week_of_work_is_not_a_wall_of_findings(world: World) -> None:
    """Enough to explore, few enough to read: the story is told by some hundred findings, those of the pace aside."""
    report = run(world.facts(MAIN))
    assert 25 <= len(report.findings) <= 135
