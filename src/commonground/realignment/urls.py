from django.urls import URLPattern, path

from commonground.realignment import (
    changes_views,
    fate_views,
    gain_views,
    perception_views,
    role_views,
    stage_views,
    talk_views,
    views,
)
from commonground.realignment.solution_urls import solution_urls

app_name = "realignment"
urlpatterns: list[URLPattern] = [
    path("realignment/", changes_views.changes, name="changes"),
    path("realignment/balance/", views.balance, name="balance"),
    path("realignment/paths/", views.paths, name="paths"),
    path("realignment/roles/<int:pk>/", role_views.role, name="role"),
    path("realignment/roles/<int:pk>/plan/", role_views.plan, name="role-plan"),
    path("realignment/roles/<int:pk>/gains/", gain_views.gain_add, name="gain-add"),
    path("realignment/gains/<int:pk>/", gain_views.gain_edit, name="gain-edit"),
    path("realignment/gains/<int:pk>/remove/", gain_views.gain_remove, name="gain-remove"),
    path("realignment/gains/<int:pk>/offer/", gain_views.offer, name="offer"),
    path("realignment/gains/<int:pk>/answer/", gain_views.answer, name="answer"),
    path("realignment/roles/<int:pk>/conversations/", role_views.conversation_add, name="conversation-add"),
    path("realignment/conversations/<int:pk>/remove/", role_views.conversation_remove, name="conversation-remove"),
    path("realignment/roles/<int:pk>/holders/<int:person>/", fate_views.path, name="path"),
    path("realignment/roles/<int:pk>/holders/<int:person>/heard/", role_views.heard, name="heard"),
    path("realignment/processes/<int:pk>/fate/", fate_views.process_fate, name="process-fate"),
    path("realignment/felt/", perception_views.perceptions, name="perceptions"),
    path("realignment/felt/raise/", perception_views.perception_raise, name="perception-raise"),
    path("realignment/felt/offer/", perception_views.perception_offer, name="perception-offer"),
    path("realignment/felt/<int:pk>/say/", perception_views.perception_say, name="perception-say"),
    path("realignment/felt/<int:pk>/step/", perception_views.perception_step, name="perception-step"),
    path("realignment/talks/", talk_views.talks, name="talks"),
    path("realignment/talks/<int:pk>/note/", talk_views.talk_note, name="talk-note"),
    path("realignment/<slug:kind>/<int:pk>/step/", stage_views.step, name="step"),
    path("realignment/<slug:kind>/<int:pk>/readers/", stage_views.readers, name="readers"),
    *solution_urls,
]
