"""From an uploaded network file to ties among people of the register. The file is read where it came in and kept nowhere."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files.uploadedfile import UploadedFile

from commonground.coalition.networks import Ties
from commonground.intake.headers import plain
from commonground.intake.network_files import IDS, NetworkFile, read_network
from commonground.intake.problems import BadInput
from commonground.intake.references import Index
from commonground.organization.models import Person

LARGEST = 50_000_000  # bytes: about a million ties


@dataclass(frozen=True)
class Matched:
    """The ties between people of the register, and how much was left out because nobody of the register was meant."""

    ties: Ties
    unmatched_people: int
    unmatched_ties: int


def read(
    edges: "UploadedFile[Any]", people: "UploadedFile[Any] | None", *, undirected: bool, people_reach: bool
) -> Matched:
    """Reads the files. people_reach: a tie runs from who explains to who listens; else the first looks to the second.

    Raises BadInput, a sentence, for files that cannot be read, and where nobody in them is in the register.
    """
    for file in (edges, people):
        if file is not None and (file.size or 0) > LARGEST:
            raise BadInput(
                f"{file.name} is larger than {LARGEST // 1_000_000} MB. Leave out what is not needed to choose champions."
            )
    names = (edges.name or "edges", (people.name or "people") if people is not None else "")
    found = read_network(
        edges.read(), people.read() if people is not None else None, names=names, undirected=undirected
    )
    return matched(found, people_reach=people_reach)


def matched(found: NetworkFile, *, people_reach: bool = True) -> Matched:
    """Each person of a file as a person of the register: by id, e-mail or name, or by what its sheet says of them."""
    index, pks = _register()
    who = [_one(index, pks, found, place) for place in range(len(found.network))]
    known = sorted({pk for pk in who if pk is not None})
    if not known:
        raise BadInput(
            f"Nobody in {found.people_file} is found in the register of people, by id, e-mail or name. Use one of these in the file."
        )
    at = {pk: place for place, pk in enumerate(known)}
    to = np.array([at[pk] if pk is not None else -1 for pk in who], np.int64)
    network = found.network if people_reach else found.network.reversed()
    sources = to[np.repeat(np.arange(len(network)), np.diff(network.offsets))]
    targets = to[network.targets]
    kept = (sources >= 0) & (targets >= 0) & (sources != targets)
    ties = Ties(
        np.array(known, np.int64),
        sources[kept].astype(np.int32),
        targets[kept].astype(np.int32),
        None if network.weights is None else network.weights[kept],
    )
    if not len(ties.sources):
        raise BadInput(f"No tie in {found.edges_file} has people of the register on both sides. Check the ids.")
    return Matched(ties, Counter(who)[None], int((~kept).sum()))


def _register() -> tuple[Index, dict[str, int]]:
    rows = list(Person.objects.order_by().values_list("key", "name", "email", "pk"))
    index = Index()
    index.add([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    return index, {row[0]: row[3] for row in rows}


def _one(index: Index, pks: dict[str, int], found: NetworkFile, place: int) -> int | None:
    """The person of the register whom a row means: by its id, else by the one other word that means somebody."""
    if (key := index.resolve(found.network.ids[place]).id) is not None:
        return pks[key]
    row = found.table.rows[place]
    words = [cell for header, cell in zip(found.table.headers, row, strict=True) if cell and plain(header) in IDS]
    keys = {index.resolve(word).id for word in words} - {None}
    return pks[str(keys.pop())] if len(keys) == 1 else None
