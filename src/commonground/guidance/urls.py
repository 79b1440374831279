from django.urls import URLPattern, path

from commonground.guidance import catalogue_views, effects_views, guideline_views, technique_views, views, work_views

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    *technique_views.patterns,
    path("findings/", views.inbox_page, name="inbox"),
    path("findings/check/", views.check_again, name="check-again"),
    path("findings/guidelines/", catalogue_views.guidelines, name="guidelines"),
    path("findings/guidelines/<slug:code>/", guideline_views.guideline, name="guideline"),
    path("findings/guidelines/<slug:code>/values/", guideline_views.set_parameters, name="set-parameters"),
    path("findings/<int:pk>/assign/", work_views.assign, name="assign"),
    path("findings/<int:pk>/hand-back/", work_views.hand_back, name="hand-back"),
    path("findings/<int:pk>/dismiss/", work_views.dismiss, name="dismiss"),
    path("findings/<int:pk>/reopen/", work_views.reopen, name="reopen"),
    path("findings/effects/", effects_views.effects_page, name="effects"),
    path("findings/taken-up/<int:pk>/take-back/", effects_views.take_back_page, name="take-back"),
    path("findings/<int:pk>/take-up/", effects_views.take_up_page, name="take-up"),
    path("findings/<int:pk>/plan/", work_views.plan, name="plan"),
]
