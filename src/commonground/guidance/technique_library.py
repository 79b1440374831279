"""The techniques of one program: those of the library and its own beside them, and how often each is used."""

from django.db.models import Count

from commonground.access.actor import Actor
from commonground.guidance.own_techniques import OwnTechnique
from commonground.guidance.techniques import CATALOGUE, Technique
from commonground.programs.models import Activity


def library_of(program: int, actor: Actor) -> dict[str, Technique]:
    """Key → technique, for a program and somebody who may read them."""
    own = [row.as_technique() for row in OwnTechnique.objects.visible_to(actor).filter(program=program)]
    return {**CATALOGUE, **{one.key: one for one in own}}


def offered(program: int, actor: Actor) -> list[tuple[str, str]]:
    """Key and name of each that an activity can use, by name."""
    every = library_of(program, actor).values()
    return sorted(((one.key, one.name) for one in every), key=lambda choice: choice[1].casefold())


def used(program: int, actor: Actor) -> dict[str, int]:
    """Key of a technique → how many activities use it, of those that the actor may see. Dropped ones do not count."""
    rows = Activity.objects.visible_to(actor).filter(program=program).exclude(technique="").exclude(state="dropped")
    return dict(rows.order_by().values_list("technique").annotate(Count("pk")))
