"""The behaviours of the demo as rules: what the made log calls the steps they speak of."""

from typing import Any

from commonground.analysis.facts import Process, Unit
from commonground.demo.behaviours import Shows, Wanted
from commonground.demo.events_made import called
from commonground.demo.world import World


class Words:
    """What the log calls the steps of the large program, in each of its regions."""

    def __init__(self, world: World) -> None:
        plot, rows = world.programs[0]
        self._names = {row.id: row.name for row in rows["processes"] if isinstance(row, Process)}
        self._units = {row.id: row.name for row in world.organization["units"] if isinstance(row, Unit)}
        self._regions = range(1, max(1, len(rows["workflows"]) // len(plot.flows)) + 1)

    def rule(self, wanted: Wanted, *, units: tuple[str, ...] | None = None) -> dict[str, Any]:
        """The rule of a behaviour, as `RULE.toml` would write it. units: what its units are called; by default their names."""
        parts = {"occasion": wanted.occasion, "new": wanted.new, "old": wanted.old}
        rule: dict[str, Any] = {"name": wanted.name, **{part: self._shows(shows) for part, shows in parts.items()}}
        if wanted.units:
            rule["population"] = {"unit": list(units or (self._units[unit] for unit in wanted.units))}
        return rule

    def _shows(self, shows: Shows) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if shows.steps:
            found["activity"] = [called(step, self._names, region) for step in shows.steps for region in self._regions]
        if shows.channels:
            found["channel"] = list(shows.channels)
        if shows.hours:
            found["within_hours"] = shows.hours
        return found
