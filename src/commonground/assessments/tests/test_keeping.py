"""Raw answers go when they have grown old; what is held of somebody is that they were asked."""

from datetime import timedelta

from tests.cast import Cast

from commonground.assessments.held import held_on
from commonground.assessments.keeping import RULES
from commonground.assessments.models import Answer, PublishedTable, Round
from commonground.assessments.tests.answered import told
from commonground.assessments.tests.asked import AT, DAY

RULE = RULES[0]


def sealed(cast: Cast, **more: object) -> Round:
    row = told(cast)
    Round.objects.filter(pk=row.pk).update(sealed=True, **more)
    return row


def test_answers_go_after_their_days_and_tables_stay(cast: Cast) -> None:
    row = sealed(cast)
    count = Answer.objects.filter(round=row).count()
    assert count > 40
    assert RULE.due(DAY) == 0
    assert RULE.run(DAY, AT) == 0
    assert RULE.due(DAY + timedelta(days=1)) == count
    assert RULE.run(DAY + timedelta(days=1), AT) == count
    assert RULE.run(DAY + timedelta(days=1), AT) == 0
    assert PublishedTable.objects.filter(round=row).count() == 3


def test_a_round_that_is_not_sealed_or_not_closed_keeps_its_answers(cast: Cast) -> None:
    row = sealed(cast)
    Round.objects.filter(pk=row.pk).update(sealed=False)
    assert RULE.due(DAY + timedelta(days=1)) == 0
    Round.objects.filter(pk=row.pk).update(sealed=True, state="open")
    assert RULE.due(DAY + timedelta(days=1)) == 0


def test_a_stated_day_keeps_them_longer(cast: Cast) -> None:
    sealed(cast, keep_until=DAY + timedelta(days=200), keep_why="Asked for by the works council.")
    assert RULE.due(DAY + timedelta(days=110)) == 0  # the edge of 200 days after closing
    assert RULE.due(DAY + timedelta(days=111)) > 0


def test_what_is_held_is_the_invitation_and_never_an_answer(cast: Cast) -> None:
    told(cast)
    kinds = {one.kind: one for one in held_on(cast.erin.person, cast.erin.user)}
    assert [row["round"] for row in kinds["invitations"].rows] == ["Readiness, autumn"]
    assert "nobody can find your answers" in kinds["invitations"].hidden
    assert held_on(None, cast.frank.user)[0].rows == []
