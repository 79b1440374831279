"""Addresses of what is done about champions; their list and their own page stand in reports, since these read stored results."""

from django.urls import URLPattern, path, register_converter

from commonground.coalition import champion_action_views as actions
from commonground.coalition import champion_views as views
from commonground.coalition import meeting_views as meetings
from commonground.coalition.champions import ANSWERS


class ChampionAnswer:
    """An answer in an address."""

    regex = "|".join(ANSWERS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ChampionAnswer, "champion_answer")
patterns: list[URLPattern] = [
    path("champions/ask/", actions.ask_champion, name="ask-champion"),
    path("champions/groups/", actions.choose_groups, name="choose-groups"),
    path("champions/meetings/note/", meetings.note_meeting, name="note-meeting"),
    path("champions/meetings/<int:pk>/", meetings.note_meeting, name="change-meeting"),
    path("champions/meetings/<int:pk>/remove/", meetings.remove_meeting, name="remove-meeting"),
    path("champions/meetings/put-back/<int:entry>/", meetings.put_back_meeting, name="put-back-meeting"),
    path("champions/<int:pk>/", views.champion, name="champion"),
    path("champions/<int:pk>/said/<champion_answer:answer>/", actions.champion_said, name="champion-said"),
    path("champions/<int:pk>/manager/<champion_answer:answer>/", actions.champion_manager, name="champion-manager"),
    path("champions/<int:pk>/hours/", actions.champion_hours, name="champion-hours"),
    path("champions/<int:pk>/group/", actions.champion_group, name="champion-group"),
    path("champions/<int:pk>/end/", actions.end_champion, name="end-champion"),
    path("champions/<int:pk>/again/", actions.champion_again, name="champion-again"),
    path("champions/<int:pk>/rotate/", actions.rotate_champion, name="rotate-champion"),
    path("my-peers/week/", actions.note_week, name="note-week"),
    path("my-peers/week/<int:pk>/undo/", actions.undo_week, name="undo-week"),
    path("my-peers/too-much/", actions.too_much, name="too-much"),
]
