from django.urls import path

from commonground.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("released/", views.releases, name="releases"),
    path("released/threshold/<slug:kind>/", views.raise_threshold, name="raise-threshold"),
]
