"""What every QuerySet of the product must answer: which of its rows this actor may see."""

from typing import Any, Self, TypeVar

from django.db import models
from django.http import Http404

from commonground.access.actor import Actor

M = TypeVar("M", bound=models.Model)


class Gated(models.QuerySet[M]):
    """A QuerySet that is closed until a model says who sees what. `tests/test_access.py` demands it of every model."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that the actor may see; none by default."""
        return self.none()

    def get_for(self, actor: Actor, **wanted: Any) -> M:
        """The one row, or 404 when there is none or it is not the actor's to see: both look the same from outside."""
        try:
            rows = self.visible_to(actor).filter(**wanted)
            found = next(iter(rows.order_by()[:1]), None) if "pk" in wanted else rows.first()  # one row needs no order
        except OverflowError:  # an id that no column can hold
            found = None
        if found is None:
            raise Http404
        return found


class Content(Gated[M]):
    """Rows that everybody with a part in the program may read, the technical administrator not."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.sees_content else self.none()


class ForStaff(Gated[M]):
    """Rows for those who work on the program."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_staff else self.none()
