"""The geometry of the workflow map: nothing lies on anything, every hand-off is drawn, waiting is as long as it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.routes import Hop, Step, crossings, known, lead_hours, parted, to_be
from commonground.workflows.map import BOX, TALL, duration, workflow_map

LANES = ("Contact centre", "Billing", "Water", "")


@st.composite
def workflows(draw: st.DrawFn, *, timed: bool | None = None) -> tuple[list[Step], list[Hop]]:
    count = draw(st.integers(1, 12))
    steps = [
        Step(
            number,
            draw(st.text("abc de", min_size=1, max_size=40)),
            draw(st.sampled_from(LANES)),
            draw(st.sampled_from(["", "Water", "Power"])),
            draw(st.sampled_from(["", "move", "eliminate", "merge"])),
            order=number,
        )
        for number in range(count)
    ]
    wait = st.floats(0.5, 400) if timed else st.one_of(st.none(), st.floats(0, 400))
    ends = st.integers(0, count - 1)
    hops = draw(st.lists(st.builds(Hop, ends, ends, wait), max_size=20))
    return steps, hops


@given(workflows())
def test_no_box_lies_on_another_and_none_leaves_the_picture(made: tuple[list[Step], list[Hop]]) -> None:
    drawn = workflow_map(*made)
    assert sorted(box.step.id for box in drawn.boxes) == sorted(step.id for step in made[0])
    for one in drawn.boxes:
        assert drawn.left <= one.x
        assert one.x + BOX <= drawn.width
        for other in drawn.boxes:
            if one is not other and one.y == other.y:
                assert abs(one.x - other.x) >= BOX
            assert one.y == other.y or abs(one.y - other.y) >= TALL


@given(workflows())
def test_every_box_lies_in_the_lane_of_its_unit(made: tuple[list[Step], list[Hop]]) -> None:
    drawn = workflow_map(*made)
    lanes = {lane.name: lane for lane in drawn.lanes}
    for box in drawn.boxes:
        lane = lanes[box.step.lane or "No unit yet"]
        assert lane.y <= box.y
        assert box.y + TALL <= lane.y + lane.height
    for one, two in pairwise(drawn.lanes):
        assert two.y == one.y + one.height


@given(workflows())
def test_every_hand_off_is_drawn_once_from_its_sender(made: tuple[list[Step], list[Hop]]) -> None:
    drawn = workflow_map(*made)
    wanted = sorted((hop.source, hop.target) for hop in known(*made))
    assert sorted((arrow.hop.source, arrow.hop.target) for arrow in drawn.arrows) == wanted
    boxes = {box.step.id: box for box in drawn.boxes}
    for arrow in drawn.arrows:
        sender = boxes[arrow.hop.source]
        start = float(arrow.path[1:].split(" ")[0])
        assert sender.x <= start <= sender.x + BOX


@given(workflows(timed=True))
def test_waiting_is_drawn_true_to_time(made: tuple[list[Step], list[Hop]]) -> None:
    drawn = workflow_map(*made)
    on, _ = parted(*made)
    assert (drawn.scale is not None) == bool(on)
    assert len(drawn.waits) == len(on)
    boxes = {box.step.id: box for box in drawn.boxes}
    for wait in drawn.waits:
        assert drawn.scale is not None
        assert wait.width == pytest.approx((wait.hop.wait or 0) * drawn.scale, abs=0.02)
        assert wait.x + wait.width <= boxes[wait.hop.target].x + 0.2  # it ends when the receiver begins, or before


def test_one_unknown_wait_spaces_the_steps_evenly_and_says_so() -> None:
    steps = [Step(n, f"step {n}", "Billing", order=n) for n in range(3)]
    drawn = workflow_map(steps, [Hop(0, 1, 8.0), Hop(1, 2, None)])
    assert drawn.scale is None
    assert drawn.waits == ()
    first, second, third = (box.x for box in drawn.boxes)
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_lanes_stand_in_the_order_in_which_work_reaches_them() -> None:
    steps = [
        Step(1, "b", "Billing", order=2),
        Step(2, "a", "Contact centre", order=1),
        Step(3, "c", "Contact centre", order=3),
    ]
    drawn = workflow_map(steps, [Hop(2, 1, 16.0), Hop(1, 3, 8.0)])
    assert [lane.name for lane in drawn.lanes] == ["Contact centre", "Billing"]


def test_lead_time_is_the_longest_way() -> None:
    """By hand: 1→2→4 waits 8 + 16, 1→3→4 waits 4 + 2; the ring 4→1 does not count."""
    steps = [Step(n, str(n), order=n) for n in (1, 2, 3, 4)]
    hops = [Hop(1, 2, 8), Hop(2, 4, 16), Hop(1, 3, 4), Hop(3, 4, 2), Hop(4, 1, 99)]
    assert lead_hours(steps, hops) == 24
    assert lead_hours(steps, [*hops, Hop(2, 3, None)]) is None


def test_crossings_are_of_unit_and_of_product_line() -> None:
    steps = [
        Step(1, "a", "Billing", "Power"),
        Step(2, "b", "Water", "Power"),
        Step(3, "c", "Water", "Water"),
        Step(4, "d", "Water", ""),
    ]
    drawn = workflow_map(steps, [Hop(1, 2), Hop(2, 3), Hop(3, 4), Hop(1, 3)])
    found = {(arrow.hop.source, arrow.hop.target): arrow.crosses for arrow in drawn.arrows}
    assert found == {(1, 2): ("unit",), (2, 3): ("product line",), (3, 4): (), (1, 3): ("unit", "product line")}


def test_to_be_leads_past_what_is_eliminated_and_moves_what_moves() -> None:
    steps = [
        Step(1, "a", "Billing"),
        Step(2, "b", "Water", fate="eliminate"),
        Step(3, "c", "Water", fate="move", to_lane="Billing"),
    ]
    route = to_be(steps, [Hop(1, 2, 8), Hop(2, 3, 8, "form")], [])
    assert [(step.id, step.lane) for step in route.steps] == [(1, "Billing"), (3, "Billing")]
    assert route.hops == (Hop(1, 3, None, "form"),)
    assert [step.id for step in route.gone] == [2]
    assert route.derived


def test_planned_hand_offs_win_over_what_is_worked_out() -> None:
    steps = [Step(1, "a"), Step(2, "b", fate="merge"), Step(3, "c"), Step(4, "d", fate="create")]
    route = to_be(steps, [Hop(1, 2, 8), Hop(2, 3, 8)], [Hop(1, 4, 1.0), Hop(4, 3, 2.0)])
    assert [step.id for step in route.steps] == [1, 3, 4]
    assert [step.id for step in route.gone] == [2]
    assert not route.derived


@pytest.mark.parametrize(("hours", "text"), [(3.0, "3 h"), (0.5, "0.5 h"), (8.0, "1 day"), (16.8, "2.1 days")])
def test_durations_are_said_in_working_time(hours: float, text: str) -> None:
    assert duration(hours) == text


def test_what_comes_back_is_marked_above_its_bar_or_beside_its_arrow() -> None:
    steps = [Step(n, f"step {n}", LANES[n % 3], order=n) for n in range(4)]
    hops = [Hop(0, 1, 80.0), Hop(1, 2, 0.5), Hop(2, 3, 40.0)]
    drawn = workflow_map(steps, hops, back={(0, 1): 0.23, (1, 2): 0.07, (2, 3): 0.04})
    assert [(one.hop.source, one.share, one.much) for one in drawn.backs] == [(0, 0.23, True), (1, 0.07, False)]
    bars = {wait.hop.source: wait for wait in drawn.waits}
    first, second = drawn.backs
    assert bars[0].x <= first.x <= bars[0].x + bars[0].width
    assert first.y < bars[0].y
    assert second.x > bars[1].x + bars[1].width  # too short to carry it
    assert workflow_map(steps, hops).backs == ()


def test_a_step_without_a_unit_stands_in_a_lane_of_its_own_and_crosses_nothing():
    steps = [Step(1, "Take the call", "Contact centre"), Step(2, "Look it up"), Step(3, "Bill it", "Billing")]
    hops = [Hop(1, 2), Hop(2, 3)]
    assert crossings(steps, hops) == 0
    assert [lane.name for lane in workflow_map(steps, hops, width=1152).lanes] == [
        "Contact centre",
        "No unit yet",
        "Billing",
    ]


@pytest.mark.parametrize(
    ("hours", "said"), [(0.0, "0 h"), (0.004, "1 min"), (0.08, "5 min"), (0.1, "0.1 h"), (7.9, "7.9 h"), (8.0, "1 day")]
)
def test_short_times_are_said_in_minutes(hours, said):
    assert duration(hours) == said
