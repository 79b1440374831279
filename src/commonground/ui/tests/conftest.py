from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

NASTY = """<script>alert(1)</script>"'><b>x</b>"""


@pytest.fixture
def only_ui(settings):
    """Pages of ui alone: the pages that stand on it and the marks of guidance are tested where they are made."""
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [one for one in options["context_processors"] if ".guidance." not in one]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "commonground.ui.tests.urls"
    return settings


@pytest.fixture
def asked(only_ui, rf: RequestFactory):
    """A request of somebody who has signed in and may do everything."""

    def ask(path: str = "/styleguide/", *, may=lambda verb: True, **query: str) -> HttpRequest:
        request = rf.get(path, query)
        request.actor = SimpleNamespace(name="Alice Okafor", user=1, roles={"lead"}, may=may)
        request.program = None
        request.as_of = None
        return request

    return ask
