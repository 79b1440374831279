"""Addresses of rounds, codes and instruments."""

from django.urls import URLPattern, path

from commonground.assessments import code_views, instrument_views, round_views
from commonground.assessments.own_instruments import OwnInstrument
from commonground.assessments.round_views import ROUND
from commonground.programs.forms import OfProgramForm
from commonground.programs.row_views import Kind, editing, putting_back, removing

INSTRUMENT = Kind(
    OwnInstrument, OfProgramForm, "instrument", "instruments", "", space="assessments", above=("Assessments", "list")
)
CHANGE = "assessments.change"

urlpatterns: list[URLPattern] = [
    path("assessments/", round_views.rounds, name="list"),
    path("assessments/add/", round_views.add_round, name="add-round"),
    path("assessments/waiting/", code_views.waiting, name="waiting"),
    path("assessments/<int:pk>/", round_views.round_page, name="round"),
    path("assessments/<int:pk>/change/", editing(ROUND, CHANGE), name="edit-round"),
    path("assessments/<int:pk>/remove/", removing(ROUND, CHANGE), name="remove-round"),
    path("assessments/put-back/<int:entry>/", putting_back(ROUND, CHANGE), name="put-back-round"),
    path("assessments/<int:pk>/open/", round_views.open_one, name="open-round"),
    path("assessments/<int:pk>/remind/", round_views.remind_all, name="remind"),
    path("assessments/<int:pk>/extend/", round_views.extend_one, name="extend"),
    path("assessments/<int:pk>/cancel/", round_views.cancel_one, name="cancel"),
    path("assessments/<int:pk>/go/", code_views.go, name="go"),
    path("assessments/groups/<int:pk>/codes/", code_views.codes, name="codes"),
    path("assessments/groups/<int:pk>/more/", code_views.more_codes, name="more-codes"),
    path("assessments/instruments/", instrument_views.library_page, name="instruments"),
    path("assessments/instruments/bring/", instrument_views.upload, name="upload"),
    path("assessments/instruments/<slug:key>/", instrument_views.instrument_page, name="instrument"),
    path("assessments/instruments/<slug:key>/words/", instrument_views.type_words, name="type-words"),
    path("assessments/instruments/<int:pk>/remove/", removing(INSTRUMENT, CHANGE), name="remove-owninstrument"),
    path(
        "assessments/instruments/put-back/<int:entry>/", putting_back(INSTRUMENT, CHANGE), name="put-back-owninstrument"
    ),
]
