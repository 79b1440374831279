from django.urls import URLPattern, path

from commonground.guidance import catalogue_views, views, work_views
from commonground.guidance.experiment_urls import patterns as experiments

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    path("findings/", views.inbox_page, name="inbox"),
    path("findings/check/", views.check_again, name="check-again"),
    path("findings/guidelines/", catalogue_views.guidelines, name="guidelines"),
    path("findings/guidelines/<slug:code>/", catalogue_views.set_parameters, name="set-parameters"),
    path("findings/<int:pk>/assign/", work_views.assign, name="assign"),
    path("findings/<int:pk>/hand-back/", work_views.hand_back, name="hand-back"),
    path("findings/<int:pk>/dismiss/", work_views.dismiss, name="dismiss"),
    path("findings/<int:pk>/reopen/", work_views.reopen, name="reopen"),
    path("findings/<int:pk>/plan/", work_views.plan, name="plan"),
    *experiments,
]
