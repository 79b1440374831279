"""Addresses of what is done about sponsors and visible acts; the page that shows them stands in reports."""

from django.urls import URLPattern, path

from commonground.coalition import act_views, sponsor_views

patterns: list[URLPattern] = [
    path("sponsors/add/", sponsor_views.add_sponsor, name="add-sponsor"),
    path("sponsors/<int:pk>/change/", sponsor_views.edit_sponsor, name="edit-sponsor"),
    path("sponsors/<int:pk>/end/", sponsor_views.end_sponsor, name="end-sponsor"),
    path("sponsors/<int:pk>/reopen/", sponsor_views.reopen_sponsor, name="reopen-sponsor"),
    path("sponsors/<int:pk>/remove/", sponsor_views.remove_sponsor, name="remove-sponsor"),
    path("sponsors/<int:pk>/told/", sponsor_views.told_sponsor, name="told-sponsor"),
    path("sponsors/put-back/<int:entry>/", sponsor_views.put_back_sponsor, name="put-back-sponsor"),
    path("sponsors/acts/add/", act_views.add_act, name="add-act"),
    path("sponsors/acts/<int:pk>/change/", act_views.edit_act, name="edit-act"),
    path("sponsors/acts/<int:pk>/done/", act_views.act_done, name="act-done"),
    path("sponsors/acts/<int:pk>/again/", act_views.act_again, name="act-again"),
    path("sponsors/acts/<int:pk>/remove/", act_views.remove_act, name="remove-act"),
    path("sponsors/acts/put-back/<int:entry>/", act_views.put_back_act, name="put-back-act"),
]
