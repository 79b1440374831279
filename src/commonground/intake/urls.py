"""Addresses of imports, below a program."""

from django.urls import path

from commonground.intake import views

app_name = "intake"
urlpatterns = [
    path("imports/", views.imports, name="list"),
    path("imports/upload/", views.upload, name="upload"),
    path("imports/export/", views.export, name="export"),
    path("imports/templates/<slug:table>/<slug:ending>/", views.template, name="template"),
    path("imports/<int:pk>/", views.look, name="look"),
    path("imports/<int:pk>/decide/", views.decide, name="decide"),
    path("imports/<int:pk>/columns/", views.columns, name="columns"),
    path("imports/<int:pk>/set-aside/", views.set_aside, name="set-aside"),
    path("imports/<int:pk>/undo/", views.undo, name="undo"),
    path("imports/<int:pk>/kept-out/<slug:table>/", views.kept_out, name="kept-out"),
]
