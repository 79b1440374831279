"""Addresses of nominations, network files and choosing champions."""

from django.urls import URLPattern, path

from commonground.coalition import naming_views, network_views, nomination_views, selection_views
from commonground.coalition.nomination_views import NOMINATION
from commonground.programs.row_views import editing, putting_back, removing

CHANGE = "nominations.change"

patterns: list[URLPattern] = [
    path("champions/name/", naming_views.name, name="name"),
    path("champions/asked/<int:pk>/", naming_views.champion_answer, name="champion-answer"),
    path("champions/nominations/", nomination_views.nominations, name="nominations"),
    path("champions/nominations/add/", nomination_views.add_nomination, name="add-nomination"),
    path("champions/nominations/put-back/<int:entry>/", putting_back(NOMINATION, CHANGE), name="put-back-nomination"),
    path("champions/nominations/<int:pk>/", nomination_views.nomination, name="nomination"),
    path("champions/nominations/<int:pk>/change/", editing(NOMINATION, CHANGE), name="edit-nomination"),
    path("champions/nominations/<int:pk>/remove/", removing(NOMINATION, CHANGE), name="remove-nomination"),
    path("champions/nominations/<int:pk>/open/", nomination_views.open_nomination, name="open-nomination"),
    path("champions/nominations/<int:pk>/close/", nomination_views.close_nomination, name="close-nomination"),
    path("champions/nominations/<int:pk>/cancel/", nomination_views.cancel_nomination, name="cancel-nomination"),
    path("champions/nominations/<int:pk>/select/", selection_views.select, name="select"),
    path("champions/networks/", network_views.networks, name="networks"),
    path("champions/networks/<int:pk>/", network_views.network, name="network"),
    path("champions/networks/<int:pk>/take/", network_views.take_network, name="take-network"),
    path("champions/networks/<int:pk>/delete/", network_views.delete_network, name="delete-network"),
    path("champions/networks/<int:pk>/select/", selection_views.select_network, name="select-network"),
    path("champions/selections/<int:pk>/", selection_views.selection, name="selection"),
    path("champions/selections/<int:pk>/stop/", selection_views.stop_selection, name="stop-selection"),
    path("champions/selections/<int:pk>/accept/", selection_views.accept_selection, name="accept-selection"),
]
