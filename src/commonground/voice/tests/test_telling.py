"""Mail about voices: to those with a name, once for each news, never with anybody's words."""

from commonground.outbox.models import Message
from commonground.voice import working
from commonground.voice.models import Voice
from commonground.voice.tests.voiced import TODAY, Voiced


def sent() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "recipient"))


def test_an_author_with_a_name_hears_of_each_news_once(voiced: Voiced) -> None:
    row = voiced.signed(words="Zanzibar")
    working.answer(row, words="Not yet: Zanzibar is far.", **voiced.lead)
    working.answer(row, words="Not yet.", **voiced.lead)
    working.accept(row, **voiced.lead)
    working.complete(row, words="Done.", **voiced.lead)
    assert sent() == [("answer", "erin@example.org")] * 3
    first = Message.objects.earliest("pk")
    assert first.subject == "What you said has news"
    assert f"/northlight/voices/{row.pk}/" in first.body
    assert "an idea of 16 Sep 2026, has an answer." in first.body
    assert not [one for one in Message.objects.all() if "Zanzibar" in one.subject + one.body]


def test_whoever_was_given_one_hears_it_and_who_took_it_on_does_not(voiced: Voiced) -> None:
    row, carol = voiced.nameless(), voiced.cast.carol
    working.give(row, owner=carol.user, due=TODAY, **voiced.who("carol"))
    assert sent() == []
    working.give(row, owner=carol.user, due=TODAY, **voiced.lead)
    assert sent() == [("given", "carol@example.org")]
    assert "to be answered by 16 Sep 2026" in Message.objects.get().body


def test_nobody_is_written_to_about_what_has_no_name_or_is_ones_own(voiced: Voiced) -> None:
    handed = Voice.objects.hand_over(
        voiced.cast.program, kind="doubt", words="Hm", unit=None, workflow=None, **voiced.who("heidi")
    )
    for row in (voiced.nameless(), handed, voiced.signed("alice")):
        working.answer(row, words="Yes.", **voiced.lead)
    assert sent() == []
    named = Voice.objects.hand_over(
        voiced.cast.program,
        kind="idea",
        words="Two vans",
        unit=None,
        workflow=None,
        author=voiced.cast.erin.person,
        **voiced.who("heidi"),
    )
    working.close(named, why="Twice the same", **voiced.lead)
    assert sent() == [("answer", "erin@example.org")]
