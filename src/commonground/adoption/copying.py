"""Copying the observations of all behaviours, as a backup does, and counting what is there."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from commonground.adoption.stored import FILE
from commonground.events.store import linked


def copy_observations(source: Path, target: Path) -> None:
    """Those that hold now, linked where the file system can: a file is never changed, only replaced. Parts that were left go missing."""
    for path in sorted(source.glob(f"*/*/{FILE}")):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, mode=0o700)
        linked(path, place)


def counted_observations(folder: Path) -> dict[str, int]:
    """Rows by behaviour (its place below the folder), every one of them read. Raises ValueError for a file that cannot be read whole."""
    found = {}
    for path in sorted(folder.glob(f"*/*/{FILE}")):
        name = path.parent.relative_to(folder).as_posix()
        try:
            found[name] = pq.read_table(path).num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise ValueError(f"The observations of behaviour {name} cannot be read: {error}") from error
    return found
