"""What the pages of workflows show of plans: fates, planned processes and hand-offs only to those who may know of them."""

from django.urls import reverse
from tests.cast import AT, Cast

from commonground.realignment.fates import ProcessFate
from commonground.workflows.models import Handoff, Process


def address(cast: Cast, name: str, **kwargs: object) -> str:
    return reverse(f"workflows:{name}", kwargs={"program": cast.program.slug, **kwargs})


def text(cast: Cast, who: str, name: str, query: str = "", **kwargs: object) -> str:
    response = cast.client_of(who).get(address(cast, name, **kwargs) + query)
    assert response.status_code == 200
    return response.content.decode()


def drafted(cast: Cast, fate: str = "eliminate", process: Process | None = None) -> ProcessFate:
    """A fate that Alice drafted and nobody else knows of."""
    row = process or Process.objects.get(key="first-bill")
    return ProcessFate.objects.draft(row, fate=fate, by=cast.alice.actor, at=AT)


def test_a_draft_is_drawn_for_those_named_and_plain_for_all_others(cast: Cast) -> None:
    drafted(cast)
    pk = cast.things["workflow"].pk
    assert "process eliminate" in text(cast, "alice", "workflow", pk=pk)
    for who in ("bob", "carol", "dan", "erin", "charlie"):
        for query in ("", "?view=to_be"):
            page = text(cast, who, "workflow", query, pk=pk)
            assert "process eliminate" not in page
            assert "No step of its own" not in page
            assert "#f-eliminate" not in page
            assert "Write the first bill" in page


def test_to_be_leaves_out_what_is_eliminated(cast: Cast) -> None:
    drafted(cast)
    page = text(cast, "alice", "workflow", "?view=to_be", pk=cast.things["workflow"].pk)
    assert "No step of its own any more: Write the first bill (eliminate)" in page


def test_hand_offs_to_be_give_nothing_away_while_a_fate_is_secret(cast: Cast) -> None:
    drafted(cast, "reshape")
    take, bill = cast.things["process"], cast.things["billing_process"]
    Handoff.objects.create(
        program=cast.program,
        workflow=cast.things["workflow"],
        from_process=bill,
        to_process=take,
        when="to_be",
        carries="the new form",
    )
    assert "the new form" in text(cast, "alice", "workflow", "?view=to_be", pk=cast.things["workflow"].pk)
    for who in ("carol", "erin"):
        assert "the new form" not in text(cast, who, "workflow", "?view=to_be", pk=cast.things["workflow"].pk)
        assert "the new form" not in text(cast, who, "process", pk=bill.pk)


def test_a_process_that_is_only_planned_exists_for_nobody_else(cast: Cast) -> None:
    planned = Process.objects.create(
        program=cast.program, key="n", name="One call for all", workflow=cast.things["workflow"], planned_only=True
    )
    drafted(cast, "create", planned)
    assert "One call for all" in text(cast, "alice", "workflow", "?view=to_be", pk=cast.things["workflow"].pk)
    assert "One call for all" not in text(cast, "alice", "workflow", pk=cast.things["workflow"].pk).split("<table")[0]
    assert "One call for all" not in text(cast, "erin", "processes")
    assert cast.erin.client().get(address(cast, "process", pk=planned.pk)).status_code == 404


def test_owners_in_question_without_a_part_are_named_in_the_title(cast: Cast) -> None:
    drafted(cast)
    page = text(cast, "alice", "workflow", pk=cast.things["workflow"].pk)
    assert "One owner of a process in question takes no part yet" in page
    assert "no seat" in page
