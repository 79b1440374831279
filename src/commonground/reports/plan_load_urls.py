"""Addresses of the load, of copies and templates, and of an activity."""

from django.urls import URLPattern, path

from commonground.reports import plan_activity_views, plan_book_views, plan_copy_views, plan_load_views

load_urls: list[URLPattern] = [
    path("plan/load/", plan_load_views.load, name="load"),
    path("plan/load/move/", plan_load_views.move, name="move"),
    path("plan/copy/", plan_copy_views.copy_plan, name="copy"),
    path("plan/copy/<int:pk>/undo/", plan_copy_views.undo_copy, name="undo-copy"),
    path("plan/templates/", plan_copy_views.templates, name="templates"),
    path("plan/templates/<int:pk>/", plan_copy_views.rename_template, name="rename-template"),
    path("plan/templates/<int:pk>/remove/", plan_copy_views.remove_template, name="remove-template"),
    path("plan/activity/<int:pk>/", plan_activity_views.activity, name="activity"),
    path("plan/excel/", plan_book_views.excel, name="excel"),
    path("plan/excel/workbook/", plan_book_views.excel_file, name="excel-file"),
    path("plan/excel/<slug:sheet>.csv", plan_book_views.excel_sheet, name="excel-sheet"),
    path("plan/audience/", plan_activity_views.audience, name="audience"),
]
