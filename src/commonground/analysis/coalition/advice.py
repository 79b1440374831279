"""Whom to seat and whom to win first, by how far the change departs from how things are done: where evidence supports the essays' rule
that those with most to lose belong on the team, and where it qualifies it (METHODS 3.1).

Battilana and Casciaro followed 68 changes in one country's health service. 2012: where the contacts of who led a change did not know
each other (structural holes), changes that departed far from how things were done were begun and adopted more often, and changes that
departed little less often; where they did know each other, the other way round. 2013: to be close to people of influence who had not made
up their mind helped in any change; to be close to those who were against it helped only where it departed little. Observed, not tried
in an experiment.
"""

from dataclasses import dataclass

QUESTION = "How far does the change depart from how things are done here?"
STEPS = (
    (1, "Hardly", "the same work, with better tools"),
    (2, "A little", "some steps are done in another way"),
    (3, "Half", "much stays; here and there others decide, or do the work"),
    (4, "Far", "in many places others decide, or do the work"),
    (5, "Altogether", "it goes against what people here take for granted"),
)
SOURCES = (
    "Battilana and Casciaro 2012, Academy of Management Journal 55:381–398",
    "Battilana and Casciaro 2013, Management Science 59:819–836",
)
LIMITS = "68 changes in one health service, observed and not tried in an experiment."
RULE = (
    "Those whose work is most at stake are on the team: they know it best, and a way they found is one they can carry."
)


@dataclass(frozen=True)
class Advice:
    """stands: supports, between or qualifies. title: in a sentence. seat: whom to seat; win: whom to win first; why: what was found."""

    stands: str
    title: str
    seat: str
    win: str
    why: str


_LITTLE = Advice(
    "supports",
    "The evidence supports the rule",
    "Seat the owners of the work and those with most to lose, and people who know each other well across the team.",
    "Begin with those who speak against it and whom a member knows well: here a close relation can bring them along.",
    "Changes that departed little were adopted more often where the contacts of who led them knew each other, and where these were close "
    "also to people who were against it.",
)
_BETWEEN = Advice(
    "between",
    "The evidence says neither that the rule holds nor that it does not",
    "Seat the owners of the work and those with most to lose, and some who know people in units that have little to do with each other.",
    "Begin with well-regarded people who have not made up their mind: that helped in every change, small or large.",
    "What was found for changes that depart little turns round for those that depart far; where it turns is not known.",
)
_FAR = Advice(
    "qualifies",
    "The evidence qualifies the rule",
    "Seat the owners of the work all the same: the search for the new way needs them. Add people who know others in units that have "
    "little to do with each other, rather than one close circle.",
    "Begin with well-regarded people who have not made up their mind. Do not count on closeness to bring along those who are against it: "
    "give them time, a task and an answer instead.",
    "Changes that departed far were begun and adopted more often where the contacts of who led them did not know each other. Being close "
    "to people who were against it helped little there, and could hinder.",
)


def advice(divergence: int) -> Advice:
    """The advice for a step from 1 to 5. Raises ValueError for another number."""
    if divergence not in range(1, 6):
        raise ValueError(f"{divergence} is no step from 1 to 5.")
    return _LITTLE if divergence < 3 else _BETWEEN if divergence == 3 else _FAR
