"""Addresses of the searches; `urls.py` takes them in."""

from django.urls import URLPattern, path, register_converter

from commonground.realignment import solution_action_views as actions
from commonground.realignment import solution_views as views


class Answer:
    """An answer in an address."""

    regex = "|".join(actions.ANSWERS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Answer, "answer")
solution_urls: list[URLPattern] = [
    path("solutions/", views.solutions, name="solutions"),
    path("solutions/open/", actions.open_solution, name="open-solution"),
    path("solutions/<int:pk>/", views.solution, name="solution"),
    path("solutions/<int:pk>/change/", actions.change_solution, name="change-solution"),
    path("solutions/<int:pk>/invite/", actions.invite, name="invite"),
    path("solutions/<int:pk>/invite/<int:person>/", actions.offer_seat, name="offer-seat"),
    path("solutions/<int:pk>/session/", actions.record_session, name="record-session"),
    path("solutions/<int:pk>/session/<int:session>/", actions.record_session, name="change-session"),
    path("solutions/<int:pk>/contribute/", actions.contribute, name="contribute"),
    path("solutions/<int:pk>/decide/", actions.decide, name="decide"),
    path("solutions/<int:pk>/reopen/", actions.reopen, name="reopen-solution"),
    path("solutions/seats/<int:pk>/consent/<answer:answer>/", actions.consent, name="consent"),
    path("solutions/seats/<int:pk>/manager/<answer:answer>/", actions.manager_agrees, name="manager-agrees"),
    path("solutions/seats/<int:pk>/hours/", actions.agree_hours, name="agree-hours"),
    path("solutions/seats/<int:pk>/free/", actions.free_seat, name="free-seat"),
    path("solutions/seats/<int:pk>/again/", actions.take_again, name="take-seat-again"),
    path("solutions/contributions/<int:pk>/", actions.outcome, name="outcome"),
    path("solutions/contributions/<int:pk>/remove/", actions.remove_contribution, name="remove-contribution"),
    path("solutions/contributions/put-back/<int:entry>/", actions.put_back_contribution, name="put-back-contribution"),
]
