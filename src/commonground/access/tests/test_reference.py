from commonground.access.policy import VERBS
from commonground.access.reference import DOES, SAYS, SHORT
from commonground.access.roles import LABELS


def test_every_verb_and_every_role_is_said_in_words():
    assert list(DOES) == list(VERBS)
    assert set(SAYS) == set(SHORT) == set(LABELS)
