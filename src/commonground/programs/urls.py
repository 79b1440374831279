from django.urls import URLPattern, path

from commonground.programs import row_views, views
from commonground.programs.row_views import ACTIVITY, ENGAGEMENT, MILESTONE, STRATEGY, Kind

app_name = "programs"


def _register(kind: Kind, verb: str) -> list[URLPattern]:
    """Add, change, remove and put back, for one kind of row."""
    name = str(kind.model._meta.model_name)
    return [
        path(f"program/{name}/add/", row_views.adding(kind, verb), name=f"add-{name}"),
        path(f"program/{name}/<int:pk>/", row_views.editing(kind, verb), name=f"edit-{name}"),
        path(f"program/{name}/<int:pk>/remove/", row_views.removing(kind, verb), name=f"remove-{name}"),
        path(f"program/{name}/put-back/<int:entry>/", row_views.putting_back(kind, verb), name=f"put-back-{name}"),
    ]


urlpatterns: list[URLPattern] = [
    path("program/", views.line, name="line"),
    path("program/goal/", row_views.goal, name="goal"),
    path("program/engagements/", views.engagements, name="engagements"),
    path("program/activities/", views.activities, name="activities"),
    path("program/activities/<int:pk>/<slug:state>/", row_views.set_state, name="set-state"),
    *_register(STRATEGY, "program.change"),
    *_register(MILESTONE, "program.change"),
    *_register(ENGAGEMENT, "engagements.change"),
    *_register(ACTIVITY, "activities.change"),
]
