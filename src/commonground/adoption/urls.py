from django.urls import URLPattern, path

from commonground.adoption import views

app_name = "adoption"

urlpatterns: list[URLPattern] = [
    path("pace/", views.pace, name="pace"),
    path("pace/<int:pk>/", views.behaviour, name="behaviour"),
]
