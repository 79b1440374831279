"""What somebody wrote down in a TOML file, as a rule or an instrument; each way in which it cannot be read is one sentence."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from commonground.intake.problems import BadInput

Made = TypeVar("Made")


def read_toml(path: Path, make: Callable[[Mapping[str, Any]], Made], refused: type[Exception]) -> Made:
    """What `make` makes of the file. refused: what it raises for words that do not fit. Raises BadInput with a sentence."""
    try:
        return make(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError:
        raise BadInput(f"{path.name} cannot be opened. Check that the file is there and may be read.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not written in UTF-8. Save it as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path.name} is not TOML: {error}. Texts stand in quotes, lists in square brackets.") from error
    except refused as error:
        raise BadInput(f"{path.name}: {error}") from error
    except (ValueError, RecursionError):
        raise BadInput(f"{path.name} holds a number or a nesting beyond what can be read. Write it plainer.") from None
