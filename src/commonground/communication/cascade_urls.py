"""Addresses of cascades, their talks, and what is printed for them."""

from django.urls import URLPattern, path

from commonground.communication import cascade_action_views as actions
from commonground.communication import cascade_views, kit_views, talk_views

patterns: list[URLPattern] = [
    path("messages/cascades/", cascade_views.cascades, name="cascades"),
    path("messages/cascades/add/", actions.add, name="add-cascade"),
    path("messages/cascades/<int:pk>/", cascade_views.cascade, name="cascade"),
    path("messages/cascades/<int:pk>/change/", actions.edit, name="edit-cascade"),
    path("messages/cascades/<int:pk>/start/", actions.start, name="start-cascade"),
    path("messages/cascades/<int:pk>/take-back-start/", actions.take_back_start, name="take-back-start"),
    path("messages/cascades/<int:pk>/end/", actions.end, name="end-cascade"),
    path("messages/cascades/<int:pk>/run-again/", actions.run_again, name="run-cascade-again"),
    path("messages/cascades/<int:pk>/propose-anew/", actions.build_again, name="build-cascade"),
    path("messages/cascades/<int:pk>/catch-up/", actions.catch_up, name="catch-up"),
    path("messages/cascades/<int:pk>/ask-late/", actions.ask_late, name="ask-late"),
    path("messages/cascades/<int:pk>/drop/", actions.drop, name="drop-cascade"),
    path("messages/cascades/<int:pk>/not-heard/", cascade_views.not_heard, name="not-heard"),
    path("messages/cascades/<int:pk>/kits.pdf", kit_views.kits, name="cascade-kits"),
    path("messages/cascades/<int:pk>/returns.pdf", kit_views.return_list, name="return-list"),
    path("messages/cascades/<int:pk>/returns/", kit_views.returns, name="returns"),
    path("messages/my-talks/", talk_views.my_talks, name="my-talks"),
    path("messages/talks/<int:pk>/", talk_views.talk, name="talk"),
    path("messages/talks/<int:pk>/kit.pdf", kit_views.kit, name="kit"),
    path("messages/talks/<int:pk>/held/", talk_views.confirm, name="confirm-talk"),
    path("messages/talks/<int:pk>/take-back/", talk_views.take_back, name="take-back-talk"),
    path("messages/talks/<int:pk>/deputy/", talk_views.deputy, name="deputy"),
    path("messages/talks/<int:pk>/leave-out/", talk_views.leave_out, name="leave-out-talk"),
    path("messages/talks/<int:pk>/take-in/", talk_views.take_in, name="take-in-talk"),
    path("messages/talks/<int:pk>/ask/", talk_views.ask, name="ask-in-talk"),
]
