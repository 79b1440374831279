"""Who can be asked for an activity, in a form that JSON keeps: people by unit and attribute, and how many of them are touched."""

from base64 import b64decode, b64encode
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.plan.audience import Groups
from commonground.analysis.plan.reckoning import Crowd, crowd_of
from commonground.analysis.register import Register

CROWD: Final = "crowd"
TABLES: Final = ("people", "units", "roles", "processes", "does", "role_changes", "paths")


def crowd_data(register: Register) -> dict[str, Any]:
    """The people of a register by what an audience can name, in columns: so many numbers are read back in no time."""
    crowd = crowd_of(register)
    groups = crowd.groups
    return {
        "values": {name: list(values) for name, values in groups.values.items()},
        "codes": {name: _packed(codes) for name, codes in groups.codes.items()},
        "touched": np.flatnonzero(groups.touched).tolist(),
        "people": _packed(groups.people),
        "above": {unit: chain[1] for unit, chain in crowd.within.items() if len(chain) > 1},
        "names": dict(crowd.names),
    }


def crowd_from(data: dict[str, Any]) -> Crowd:
    """The same, as it was stored."""
    people = _unpacked(data["people"])
    touched = np.zeros(len(people), dtype=bool)
    touched[data["touched"]] = True
    codes = {name: _unpacked(column) for name, column in data["codes"].items()}
    within: dict[str, tuple[str, ...]] = {}
    for unit in data["names"]:
        chain, above = [unit], data["above"].get(unit)
        while above and above not in chain:
            chain.append(above)
            above = data["above"].get(above)
        within[unit] = tuple(chain)
    return Crowd(Groups(data["values"], codes, touched, people, within), data["names"])


def _packed(numbers: NDArray[np.int64]) -> str:
    """Numbers below two thousand million as text that is not read digit by digit."""
    return b64encode(numbers.astype("<i4").tobytes()).decode()


def _unpacked(text: str) -> NDArray[np.int64]:
    return np.frombuffer(b64decode(text), dtype="<i4").astype(np.int64)
