"""People who get another manager, and what each of the three has noted of their talk."""

from collections.abc import Iterator

from commonground.analysis.facts import Facts, Path, Reassignment, Stage
from commonground.analysis.organization import Organization, rows_of


def handed_over(facts: Facts, organization: Organization) -> Iterator[Reassignment]:
    """Everybody who gets another manager: as the table of reassignments says, else by their path, of which nobody has talked then.

    A path that has not been told asks nobody to talk yet; where no stages are given, every path has been told.
    """
    noted = set[str]()
    for row in rows_of(facts, "reassignments", Reassignment):
        noted.add(row.person)
        if row.to_manager is None or row.to_manager != row.from_manager:
            yield row
    untold = {
        row.id
        for row in rows_of(facts, "stages", Stage)
        if row.kind == "path" and row.told is None and row.in_force is None
    }
    for path in rows_of(facts, "paths", Path):
        now = organization.people.get(path.person)
        if now is None or path.person in noted or path.person in untold or path.fate == "leaving":
            continue
        if path.to_manager is not None and path.to_manager != now.manager:
            yield Reassignment(path.person, now.manager, path.to_manager, path.effective)
