"""Closing: tables are made once, all or nothing, and what breaks off is taken up again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast

from commonground.analysis.assessment.sheet import SCALE
from commonground.assessments import closing
from commonground.assessments.answering import NotTakenError, answer
from commonground.assessments.closing import close, finish, unfinished
from commonground.assessments.models import Answer, PublishedTable, Round, Token
from commonground.assessments.published import BEHIND
from commonground.assessments.tasks import keep_rounds
from commonground.assessments.tests.answered import answered, told
from commonground.assessments.tests.asked import AT, values_for
from commonground.disclosure.models import Release
from commonground.journal.models import Entry
from commonground.programs.register import CannotError


def tables_of(row: Round) -> dict[str, Any]:
    return {one.key: one.data for one in PublishedTable.objects.filter(round=row)}


def test_the_tables_that_were_fixed_are_published_with_a_row_of_the_ledger_each(cast: Cast) -> None:
    row = told(cast)
    tables = tables_of(row)
    assert set(tables) == {"whole", "unit", BEHIND}
    whole = tables["whole"]["cells"][0]
    assert (whole["label"], whole["shown"], whole["invited"], whole["answered"]) == (
        "Everybody",
        True,
        row.invited,
        row.invited,
    )
    by_unit = {cell["label"]: cell for cell in tables["unit"]["cells"]}
    assert by_unit["Billing"]["shown"]
    assert sum(by_unit["Billing"]["figures"]["questions"]["need1"]["counts"]) == by_unit["Billing"]["answered"]
    assert {one.subject_key for one in Release.objects.all()} == {f"round:{row.pk}:whole", f"round:{row.pk}:unit"}
    assert Release.objects.filter(threshold=5, kind="scores").count() == 2
    assert row.state == "closed"
    assert not Token.objects.filter(round=row).exists()


def test_a_scale_stands_with_top_box_interval_agreement_and_the_reason_why_there_is_no_mean(cast: Cast) -> None:
    """Answers by chance do not agree: no mean may speak for them (METHODS 7.3)."""
    figure = tables_of(told(cast))["whole"]["cells"][0]["figures"]["questions"][f"{SCALE}able"]
    assert figure["top"] == pytest.approx(figure["counts"][-1] / figure["n"], abs=1e-4)
    assert figure["low"] <= figure["top"] <= figure["high"]
    assert figure["mean"] is None
    assert figure["why"]


def test_too_few_answers_publish_no_number(cast: Cast) -> None:
    row = told(cast, silent=45)
    shown = [cell for data in tables_of(row).values() for cell in data.get("cells", ()) if cell["shown"]]
    assert Answer.objects.filter(round=row).count() < 5
    assert shown == []
    assert all("answered" not in cell for cell in tables_of(row)["whole"]["cells"])


def test_nobody_answers_once_it_is_being_closed(cast: Cast) -> None:
    row = answered(cast, silent=3)
    token = Token.objects.filter(round=row, spent=False).select_related("round").first()
    assert token is not None
    close(row, by=cast.alice.actor, at=AT)
    with pytest.raises(NotTakenError):
        answer(token, values_for(row))
    with pytest.raises(CannotError, match="closed"):
        close(row, by=cast.alice.actor, at=AT)


@pytest.mark.parametrize("at", ["figures_of", "gate", "release", "record", "seal", "_behind", "against"])
def test_whatever_stops_it_the_next_start_ends_with_the_same_tables(
    cast: Cast, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = answered(cast)
    close(row, by=cast.alice.actor, at=AT)
    with monkeypatch.context() as broken:
        broken.setattr(closing, at, _stop)
        with pytest.raises(KeyboardInterrupt):
            finish(row, at=AT)
    tables, ledger = PublishedTable.objects.count(), Release.objects.count()
    assert (tables, ledger) in {(0, 0), (3, 2)}  # nothing of it, or all
    assert row in unfinished()
    keep_rounds(AT)
    assert (PublishedTable.objects.count(), Release.objects.count()) == (3, 2)
    assert Entry.objects.filter(verb="published the tables of a round").count() == 1
    assert not Token.objects.filter(round=row).exists()


def _stop(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_tables_that_stand_are_never_computed_again(cast: Cast) -> None:
    row = told(cast)
    before = tables_of(row)
    Answer.objects.filter(round=row).delete()
    finish(row, at=AT + timedelta(days=1))
    assert tables_of(row) == before


def test_the_order_of_answers_changes_nothing(cast: Cast) -> None:
    row = answered(cast)
    close(row, by=cast.alice.actor, at=AT)
    one = closing.sheet_of(row)
    rows = list(Answer.objects.filter(round=row).values("combination_id", "values"))
    Answer.objects.filter(round=row).delete()
    for number, each in enumerate(reversed(rows), 1):
        Answer.objects.create(pk=number, round=row, **each)
    other = closing.sheet_of(row)
    assert list(one.atoms) == list(other.atoms)
    assert all((one.columns[name] == other.columns[name]).all() for name in one.columns)


def test_the_night_closes_a_round_whose_last_day_is_over(cast: Cast) -> None:
    row = answered(cast)
    keep_rounds(AT)
    assert Round.objects.get(pk=row.pk).state == "open"
    keep_rounds(AT + timedelta(days=15))
    assert Round.objects.get(pk=row.pk).state == "closed"
    assert PublishedTable.objects.filter(round=row).count() == 3


def test_a_second_wave_stands_beside_the_first_in_words(cast: Cast) -> None:
    low: Callable[..., int] = lambda rng, _: rng.choice([1, 1, 2, 2, 3])  # noqa: E731 - a shape of answers
    high: Callable[..., int] = lambda rng, _: rng.choice([3, 4, 4, 5, 5])  # noqa: E731 - as above
    first = told(cast, choose=low)
    second = told(cast, choose=high, staff=False, stands_for=first, name="Readiness, spring")
    whole = tables_of(second)["whole"]
    assert whole["against"]["name"] == first.name
    assert whole["cells"][0]["figures"]["questions"]["need1"]["against"]["way"] == "more"
    assert "against" not in tables_of(first)["whole"]


def test_two_rounds_that_close_at_once_are_decided_one_after_the_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answered(cast)
    second = answered(cast, staff=False, name="Readiness again")
    for row in (first, second):
        close(row, by=cast.alice.actor, at=AT)
    real, seen = closing.gate, list[int]()

    def meanwhile(*args: Any, before: Any, **more: Any) -> Any:
        seen.append(len(before))
        if len(seen) == 1:
            finish(second, at=AT)
        return real(*args, before=before, **more)

    monkeypatch.setattr(closing, "gate", meanwhile)
    finish(first, at=AT)
    assert seen == [0, 0, 1]  # the first, the second in its midst, the first again with the second before it
    assert PublishedTable.objects.filter(round=first).count() == 3
