from django.urls import path

from commonground.organization import change_views, people_views, views

app_name = "organization"
urlpatterns = [
    path("organization/", views.units, name="units"),
    path("organization/units/add/", change_views.add_unit, name="add-unit"),
    path("organization/units/<int:pk>/", views.unit, name="unit"),
    path("organization/units/<int:pk>/rename/", change_views.rename_unit, name="rename-unit"),
    path("organization/units/<int:pk>/move/", change_views.move_unit, name="move-unit"),
    path("organization/units/<int:pk>/merge/", change_views.merge_unit, name="merge-unit"),
    path("organization/units/<int:pk>/close/", change_views.close_unit, name="close-unit"),
    path("organization/people/", people_views.people, name="people"),
    path("organization/people/add/", change_views.hire, name="hire"),
    path("organization/people/<int:pk>/", people_views.person, name="person"),
    path("organization/people/<int:pk>/move/", change_views.move_person, name="move-person"),
    path("organization/people/<int:pk>/leave/", change_views.leave, name="leave"),
    path("organization/people/<int:pk>/rename/", change_views.rename_person, name="rename-person"),
    path("organization/roles/", views.role_list, name="roles"),
    path("organization/roles/add/", change_views.define_role, name="define-role"),
    path("organization/roles/<int:pk>/", views.role, name="role"),
    path("organization/roles/<int:pk>/redefine/", change_views.redefine_role, name="redefine-role"),
    path("organization/levels/", change_views.levels, name="levels"),
]
