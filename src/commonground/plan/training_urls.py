"""Addresses of what is done about training; the pages that read stored results stand in reports."""

from django.urls import URLPattern, path

from commonground.plan import session_views, training_views
from commonground.plan.training_views import MODULE, SESSION
from commonground.programs.row_views import editing, putting_back, register_urls, removing

CHANGE = "training.change"
patterns: list[URLPattern] = [
    *register_urls(MODULE, CHANGE, "training"),
    path("training/propose/<int:pk>/", training_views.propose_module, name="propose-module"),
    path("training/<int:pk>/for/", training_views.add_need, name="add-need"),
    path("training/for/<int:pk>/remove/", training_views.remove_need, name="remove-need"),
    path("training/for/put-back/<int:entry>/", training_views.put_back_need, name="put-back-need"),
    path("training/<int:pk>/left/", session_views.who_is_left, name="who-is-left"),
    path("training/<int:pk>/sessions/add/", session_views.add_session, name="add-session"),
    path("training/session/<int:pk>/", session_views.session, name="session"),
    path("training/session/<int:pk>/change/", editing(SESSION, CHANGE), name="edit-session"),
    path("training/session/<int:pk>/remove/", removing(SESSION, CHANGE), name="remove-session"),
    path("training/session/put-back/<int:entry>/", putting_back(SESSION, CHANGE), name="put-back-session"),
    path("training/session/<int:pk>/book/", session_views.book, name="book"),
    path("training/session/<int:pk>/book-left/", session_views.book_left, name="book-left"),
    path("training/session/<int:pk>/note/", session_views.note, name="note-attendance"),
    path("training/session/<int:pk>/take-back/", session_views.take_back, name="take-back-attendance"),
    path("training/session/<int:pk>/release/", session_views.release, name="release-places"),
    path("my-training/", training_views.my_training, name="my-training"),
]
