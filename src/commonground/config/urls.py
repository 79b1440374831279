"""Every address. Pages of a program begin with its slug; the rest belongs to the instance."""

from django.urls import URLPattern, URLResolver, include, path

from commonground.coalition.urls import urlpatterns as coalition
from commonground.config.first_start import first_start
from commonground.config.start import start
from commonground.plan.line_urls import line_urls
from commonground.plan.reinforcement_urls import reinforcement_urls
from commonground.plan.urls import urlpatterns as plan
from commonground.programs.urls import urlpatterns as programs
from commonground.reinforcement.urls import urlpatterns as reinforcement
from commonground.reports.coalition_urls import coalition_urls
from commonground.reports.plan_urls import plan_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    path("first-start/", first_start, name="first-start"),
    path("", include("commonground.ui.urls")),
    path("", include("commonground.accounts.urls")),
    path("", include("commonground.organization.access_urls")),
    path("", include("commonground.outbox.urls")),
    path("", include("commonground.voice.open_urls")),
    path("", include("commonground.assessments.open_urls")),
    path(
        "<slug:program>/",
        include(
            [
                path("", include("commonground.reports.urls")),
                # the program line reads what folders above programs hold
                path("", include(([*programs, *line_urls], "programs"))),
                path("", include("commonground.organization.urls")),
                path("", include("commonground.workflows.urls")),
                path("", include("commonground.realignment.urls")),
                path("", include("commonground.voice.urls")),
                path("", include("commonground.assessments.urls")),
                # pages of the coalition that read stored results stand in reports, under the same names as the others
                path("", include(([*coalition, *coalition_urls], "coalition"))),
                path("", include("commonground.communication.urls")),
                path("", include("commonground.adoption.urls")),
                # its pages that set cost and pace beside each other stand in plan
                path("", include(([*reinforcement, *reinforcement_urls], "reinforcement"))),
                path("", include(([*plan, *plan_urls], "plan"))),
                path("", include("commonground.disclosure.urls")),
                path("", include("commonground.guidance.urls")),
                path("", include("commonground.intake.urls")),
                path("", include("commonground.journal.urls")),
            ]
        ),
    ),
]
