"""What stands on the stage of `scenery.py` for the library of techniques."""

from typing import Any

from commonground.guidance.own_techniques import OwnTechnique
from tests.cast import Cast


def techniques(at: Any, cast: Cast) -> None:
    """A technique of the library, and one that the program wrote down itself."""
    row = OwnTechnique.objects.create(
        program=cast.program,
        key="own-calls",
        name="Ten calls, heard together",
        summary="Board and agents hear ten calls of one customer.",
        steps="Choose ten calls.\nHear them.",
        practice="LEAD",
    )
    at("guidance:technique", technique="sunset")
    at("guidance:edit-owntechnique remove-owntechnique", pk=row.pk)
    at("guidance:put-back-owntechnique", entry=1)
