"""Guidelines with values of a unit's own."""

from collections.abc import Mapping

from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding, Guideline, Parameters, Subject
from commonground.guidance.guidelines.places import Places


def findings_by_unit(
    one: Guideline, register: Register, parameters: Parameters, of_units: Mapping[str, Parameters]
) -> list[Finding]:
    """The findings of a guideline where units have values of their own, in the order of their subjects.

    parameters: for everything else. of_units: unit → its values, which hold for it and those below it; the nearest unit's stand.
    Raises as `Guideline.findings` does.
    """
    if not of_units:
        return one.findings(register, parameters)
    places = Places(register)

    def whose(subject: Subject) -> str | None:
        return next((unit for unit in places.upwards(subject) if unit in of_units), None)

    kept = [found for found in one.findings(register, parameters) if whose(found.subject) is None]
    for unit, own in of_units.items():
        inside = one.findings(register, {**parameters, **own})
        kept += [found for found in inside if whose(found.subject) == unit]
    return sorted(kept, key=lambda found: found.subject)
