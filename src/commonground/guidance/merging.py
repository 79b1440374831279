"""What a run changes in the findings that stand: pure, on plain values, so that it can be tested without a database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from commonground.guidance.guidelines import Finding

VIEWS = ("told", "consulted", "draft")  # the shallowest first; `embargo.py` says what each counts

Key = tuple[str, str, str]  # code, kind, subject
Texts = tuple[str, str, str, str, str, str]


def key_of(finding: Finding) -> Key:
    return (finding.code, finding.subject.kind, finding.subject.id)


def texts_of(finding: Finding) -> Texts:
    """What a finding says: two findings of one key that say the same are the same finding."""
    return (finding.severity, finding.what, finding.where, finding.why, finding.evidence, finding.do)


def stored_in(by_view: Mapping[str, Mapping[Key, Finding]]) -> dict[str, dict[Key, Finding]]:
    """Which findings are stored in which view: in a deeper view only what is not there, or reads differently, in the next shallower.

    by_view: view → key → finding, the shallowest view first.
    """
    stored: dict[str, dict[Key, Finding]] = {}
    effective: dict[Key, Texts] = {}
    for view, found in by_view.items():
        stored[view] = {key: one for key, one in found.items() if effective.get(key) != texts_of(one)}
        effective |= {key: texts_of(one) for key, one in found.items()}
    return stored


class Row(NamedTuple):
    """A finding that stands: its id, key, view, whether it has ended, and what it says."""

    pk: int
    key: Key
    view: str
    ended: bool
    texts: Texts


class Changes(NamedTuple):
    """new: view and key of what is found first. moved: rows of a deeper view that now belong to a shallower one, id → view.
    same: rows that are found again, id → view and key, changed texts included. gone: ids that end. back: ids that had ended."""

    new: list[tuple[str, Key]]
    moved: dict[int, str]
    same: dict[int, tuple[str, Key]]
    gone: list[int]
    back: list[int]


def changes(
    standing: Iterable[Row], found: Mapping[str, Mapping[Key, Finding]], views: Sequence[str] = VIEWS
) -> Changes:
    """Compares what stands with what was found, in all views at once, for the guidelines that were run.

    views: every view there can be, the shallowest first, also those that no longer differ.
    A finding that leaves a deeper view because its plan was told goes on in the shallower one, with its owner and its history.
    """
    rows = {(row.view, row.key): row for row in standing}
    done = Changes([], {}, {}, [], [])
    taken: set[int] = set()
    for place, view in enumerate(views):
        for key in found.get(view, {}):
            row = rows.get((view, key))
            if row is None:
                row = _promoted(rows, found, views[place + 1 :], key, taken)
                if row is None:
                    done.new.append((view, key))
                    continue
                done.moved[row.pk] = view
            elif row.ended:
                done.back.append(row.pk)
            taken.add(row.pk)
            done.same[row.pk] = (view, key)
    done.gone.extend(row.pk for row in rows.values() if row.pk not in taken and not row.ended)
    return done


def _promoted(
    rows: Mapping[tuple[str, Key], Row],
    found: Mapping[str, Mapping[Key, Finding]],
    deeper: Iterable[str],
    key: Key,
    taken: set[int],
) -> Row | None:
    for view in deeper:
        row = rows.get((view, key))
        if row is not None and key not in found.get(view, {}) and row.pk not in taken and not row.ended:
            return row
    return None
