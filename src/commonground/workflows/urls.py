from django.urls import URLPattern, path, register_converter

from commonground.programs.row_views import Kind, putting_back, register_urls
from commonground.workflows import flow_views, proposal_views, row_views, views
from commonground.workflows.forms import HandoffForm
from commonground.workflows.models import Handoff
from commonground.workflows.row_views import HOLDS, PROCESS, WORKFLOW


class How:
    """How somebody holds a process, in an address."""

    regex = "|".join(HOLDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(How, "how")
HANDOFF = Kind(Handoff, HandoffForm, "hand-off", "list", "", space="workflows", above=("Workflows", "list"))

app_name = "workflows"
urlpatterns: list[URLPattern] = [
    path("workflows/", views.workflows, name="list"),
    path("workflows/<int:pk>/", views.workflow, name="workflow"),
    path("workflows/waits/", flow_views.waits, name="waits"),
    path("workflows/proposals/", proposal_views.proposals, name="proposals"),
    path("workflows/proposals/<int:pk>/", proposal_views.proposal, name="proposal"),
    path("workflows/processes/", views.processes, name="processes"),
    path("workflows/processes/<int:pk>/", views.process, name="process"),
    *register_urls(WORKFLOW, "workflows.change", "workflows"),
    *register_urls(PROCESS, "workflows.change", "workflows"),
    path("workflows/<int:pk>/handoffs/add/", row_views.add_handoff, name="add-handoff"),
    path("workflows/handoffs/<int:pk>/", row_views.edit_handoff, name="edit-handoff"),
    path("workflows/handoffs/<int:pk>/remove/", row_views.remove_handoff, name="remove-handoff"),
    path(
        "workflows/handoffs/put-back/<int:entry>/", putting_back(HANDOFF, "workflows.change"), name="put-back-handoff"
    ),
    path("workflows/processes/<int:pk>/<how:how>/add/", row_views.add_holder, name="add-holder"),
    path("workflows/<how:how>/<int:pk>/end/", row_views.end_holder, name="end-holder"),
    path("workflows/<how:how>/<int:pk>/reopen/", row_views.reopen_holder, name="reopen-holder"),
]
