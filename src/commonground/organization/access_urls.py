"""People with access: addresses of the instance, without a program, since the technical administrator sees none."""

from django.urls import path

from commonground.organization import access_views, codes_views

app_name = "access"
urlpatterns = [
    path("people-with-access/", access_views.users, name="list"),
    path("people-with-access/invite/", access_views.invite, name="invite"),
    path("people-with-access/sign-in-codes/", codes_views.codes, name="codes"),
    path("people-with-access/<int:pk>/", access_views.user, name="user"),
    path("people-with-access/<int:pk>/roles/", access_views.grant, name="grant"),
    path("people-with-access/<int:pk>/roles/<int:grant>/take-back/", access_views.revoke, name="revoke"),
    path("people-with-access/<int:pk>/switch/", access_views.switch, name="switch"),
    path("people-with-access/<int:pk>/password/", access_views.password, name="password"),
    path("people-with-access/<int:pk>/person/", access_views.person, name="person"),
    path("people-with-access/<int:pk>/sign-in-code/", codes_views.code, name="code"),
    path("people-with-access/<int:pk>/sign-in-code/end/", codes_views.void, name="void-code"),
    path("people-with-access/<int:pk>/second-factor/", codes_views.second_factor, name="second-factor-off"),
    path("people-with-access/<int:pk>/untie/", codes_views.untie, name="untie"),
]
