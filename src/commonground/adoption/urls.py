from django.urls import URLPattern, path

from commonground.adoption import (
    behaviour_views,
    benefit_views,
    counts_views,
    letting_go_views,
    library_views,
    priors_views,
    rule_views,
    sources_views,
    views,
)
from commonground.adoption.behaviour_views import BEHAVIOUR, measured_anew
from commonground.adoption.benefit_views import BENEFIT
from commonground.programs.row_views import adding, editing, putting_back, removing

app_name = "adoption"

urlpatterns: list[URLPattern] = [
    path("pace/", views.pace, name="pace"),
    path("pace/<int:pk>/", views.behaviour, name="behaviour"),
    path("pace/library/", library_views.library_page, name="library"),
    path("pace/add/", behaviour_views.add_behaviour, name="add-behaviour"),
    path("pace/<int:pk>/change/", editing(BEHAVIOUR, "pace.change", measured_anew), name="edit-behaviour"),
    path("pace/<int:pk>/remove/", removing(BEHAVIOUR, "pace.change"), name="remove-behaviour"),
    path("pace/put-back/<int:entry>/", putting_back(BEHAVIOUR, "pace.change"), name="put-back-behaviour"),
    path("pace/<int:pk>/rule/", rule_views.rule, name="rule"),
    path("pace/<int:pk>/counts/", counts_views.counts, name="counts"),
    path("pace/counts/<int:pk>/remove/", counts_views.remove_count, name="remove-count"),
    path("pace/counts/put-back/<int:entry>/", counts_views.put_back_count, name="put-back-count"),
    path("pace/expected/", priors_views.priors, name="priors"),
    path("pace/expected/change/", priors_views.change_priors, name="change-priors"),
    path("pace/sources/", sources_views.sources, name="sources"),
    path("pace/sources/<int:pk>/<path:system>/", sources_views.keeps, name="keeps"),
    path("pace/logs/<int:pk>/let-go/", letting_go_views.let_go_page, name="let-go"),
    path("benefits/", benefit_views.benefits, name="benefits"),
    path("benefits/add/", adding(BENEFIT, "benefits.change"), name="add-benefit"),
    path("benefits/<int:pk>/change/", editing(BENEFIT, "benefits.change"), name="edit-benefit"),
    path("benefits/<int:pk>/remove/", removing(BENEFIT, "benefits.change"), name="remove-benefit"),
    path("benefits/put-back/<int:entry>/", putting_back(BENEFIT, "benefits.change"), name="put-back-benefit"),
]
