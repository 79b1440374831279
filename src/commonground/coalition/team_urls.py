"""Addresses of what is done about the team; its pages stand in reports, since they read stored results."""

from django.urls import URLPattern, path, register_converter

from commonground.coalition import team_action_views as actions


class TeamAnswer:
    """An answer in an address."""

    regex = "|".join(actions.ANSWERS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TeamWish(TeamAnswer):
    """What is wished of somebody."""

    regex = "|".join(actions.WISHES)


register_converter(TeamAnswer, "team_answer")
register_converter(TeamWish, "team_wish")
patterns: list[URLPattern] = [
    path("team/ask/", actions.ask_member, name="ask-member"),
    path("team/compose/wish/", actions.wish_somebody, name="wish-somebody"),
    path("team/compose/wish/<int:person>/<team_wish:wish>/", actions.wish, name="wish"),
    path("team/compose/divergence/", actions.divergence, name="divergence"),
    path("team/compose/undo/", actions.unseat, name="unseat-team"),
    path("team/members/<int:pk>/answer/<team_answer:answer>/", actions.member_consent, name="member-consent"),
    path("team/members/<int:pk>/manager/<team_answer:answer>/", actions.member_manager, name="member-manager"),
    path("team/members/<int:pk>/hours/", actions.member_hours, name="member-hours"),
    path("team/members/<int:pk>/free/", actions.free_member, name="free-member"),
    path("team/members/<int:pk>/again/", actions.member_again, name="member-again"),
]
