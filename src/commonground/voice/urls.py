from django.urls import URLPattern, path

from commonground.voice import point_views, raising_views, topic_views, triage_views, views, work_views

app_name = "voice"
urlpatterns: list[URLPattern] = [
    path("voices/", views.voices, name="list"),
    path("voices/said/", views.said, name="said"),
    path("voices/mine/", views.mine, name="mine"),
    path("voices/figures/", views.figures, name="figures"),
    path("voices/raise/", raising_views.raise_voice, name="raise"),
    path("voices/hand-over/", raising_views.hand_over, name="hand-over"),
    path("voices/triage/", triage_views.triage, name="triage"),
    path("voices/topics/<int:pk>/", topic_views.topic, name="topic"),
    path("voices/topics/<int:pk>/answer/", topic_views.answer_topic, name="answer-topic"),
    path("voices/topics/<int:pk>/name/", topic_views.rename_topic, name="rename-topic"),
    path("voices/topics/<int:pk>/outcome/", topic_views.topic_outcome, name="topic-outcome"),
    path("voices/topics/<int:pk>/reopen/", topic_views.reopen_topic, name="reopen-topic"),
    path("voices/points/", point_views.points, name="points"),
    path("voices/points/open/", point_views.open_point, name="open-point"),
    path("voices/points/<int:pk>/poster/", point_views.poster, name="poster"),
    path("voices/points/<int:pk>/paper/", point_views.paper, name="paper"),
    path("voices/points/<int:pk>/switch/", point_views.switch_point, name="switch-point"),
    path("voices/<int:pk>/", views.voice, name="voice"),
    path("voices/<int:pk>/<slug:step>/", work_views.step, name="step"),
]
