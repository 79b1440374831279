"""Addresses of imports, below a program."""

from django.urls import path

from commonground.intake import (
    came_back_views,
    contact_views,
    count_views,
    ledger_views,
    log_views,
    network_views,
    views,
)
from commonground.intake import log_delivery_views as of_delivery

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
    path("budget/ledger/bring/", ledger_views.bring_ledger, name="bring-ledger"),
    path("budget/ledger/<int:pk>/columns/", ledger_views.ledger_columns, name="ledger-columns"),
    path("budget/ledger/<int:pk>/set-aside/", ledger_views.set_aside_ledger, name="set-aside-ledger"),
    path("customers/going-out/<int:pk>/bring/", came_back_views.bring_came_back, name="bring-came-back"),
    path("customers/going-out/back/<int:pk>/columns/", came_back_views.came_back_columns, name="came-back-columns"),
    *contact_views.patterns,
    path("customers/hiccups/signal/<int:pk>/bring/", count_views.bring_counts_of, name="bring-counts-of"),
    path("customers/hiccups/brought/<int:pk>/look/", count_views.look_counts, name="look-counts"),
    path("customers/hiccups/brought/<int:pk>/take/", count_views.take_counts, name="take-counts"),
    path("customers/hiccups/brought/<int:pk>/set-aside/", count_views.drop_counts, name="drop-counts"),
    path("imports/network/", network_views.bring, name="bring-network"),
    path("imports/logs/", log_views.logs, name="logs"),
    path("imports/logs/upload/", log_views.upload, name="log-upload"),
    path("imports/logs/<int:pk>/", log_views.log, name="log"),
    path("imports/logs/<int:pk>/measure/", log_views.measure, name="log-measure"),
    path("imports/logs/<int:pk>/week/", log_views.week, name="log-week"),
    path("imports/logs/deliveries/<int:pk>/", of_delivery.delivery, name="delivery"),
    path("imports/logs/deliveries/<int:pk>/columns/", of_delivery.columns, name="delivery-columns"),
    path("imports/logs/deliveries/<int:pk>/take/", of_delivery.take, name="delivery-take"),
    path("imports/logs/deliveries/<int:pk>/set-aside/", of_delivery.set_aside, name="delivery-set-aside"),
    path("imports/logs/deliveries/<int:pk>/undo/", of_delivery.undo, name="delivery-undo"),
    path("imports/logs/deliveries/<int:pk>/kept-out/", of_delivery.kept_out, name="delivery-kept-out"),
]
