"""What this folder may show of plans and searches, which are kept above it: plain values only, for the one who asks.

`realignment` says at start how to learn of them (`learn_from`). Until then nothing is planned and nothing is searched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from commonground.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of a process, as far as the asker may know. stage: the word of `stages.LABELS`."""

    fate: str
    stage: str
    words: str = ""
    to_unit: int | None = None
    to_owners: tuple[str, ...] = ()
    effective: date | None = None
    in_question: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the new way of a workflow. takes_part and seated: ids of people; taking part needs more than a seat."""

    id: int
    workflow: int
    question: str
    decided: date | None
    seated: frozenset[int]
    takes_part: frozenset[int]


class Source(Protocol):
    """Where plans and searches are learnt."""

    def plans(self, actor: Actor, processes: Iterable[int], day: date) -> Mapping[int, Plan]:
        """Process → its plan, for those that the actor may see. day: whose answerers tell whether these change."""

    def searches(self, actor: Actor, workflows: Iterable[int], day: date) -> list[Search]:
        """The searches of these workflows that the actor may see, as they stand on the day."""

    def told_about(self, actor: Actor) -> Q:
        """The condition “the actor may see the plan of this process”, on Process."""

    def whole_plan(self, actor: Actor) -> Q:
        """The condition “the actor may see every plan of this hand-off's workflow”, on Handoff."""

    def readers(self, *, process: int | None = None, workflow: int | None = None) -> list[int] | None:
        """Who alone may read in the journal what gives the plan of a process, or those of a workflow, away; None where all is told."""


class Nothing:
    """Nothing is planned or searched."""

    def plans(self, actor: Actor, processes: Iterable[int], day: date) -> Mapping[int, Plan]:
        return {}

    def searches(self, actor: Actor, workflows: Iterable[int], day: date) -> list[Search]:
        return []

    def told_about(self, actor: Actor) -> Q:
        return Q(pk__in=())

    def whole_plan(self, actor: Actor) -> Q:
        return Q(pk__in=())

    def readers(self, *, process: int | None = None, workflow: int | None = None) -> list[int] | None:
        return None


_learnt: list[Source] = [Nothing()]


def learn_from(source: Source) -> None:
    """Says where plans are learnt from; called once at start, by the folder that keeps them."""
    _learnt[0] = source


def plans(actor: Actor, processes: Iterable[int], day: date) -> Mapping[int, Plan]:
    return _learnt[0].plans(actor, processes, day)


def searches(actor: Actor, workflows: Iterable[int], day: date) -> list[Search]:
    return _learnt[0].searches(actor, workflows, day)


def told_about(actor: Actor) -> Q:
    return _learnt[0].told_about(actor)


def whole_plan(actor: Actor) -> Q:
    return _learnt[0].whole_plan(actor)


def readers(*, process: int | None = None, workflow: int | None = None) -> list[int] | None:
    return _learnt[0].readers(process=process, workflow=workflow)
