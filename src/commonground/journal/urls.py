from django.urls import path

from commonground.journal import views

app_name = "journal"
urlpatterns = [
    path("journal/", views.entries, name="list"),
    path("journal/verify/", views.verify, name="verify"),
]
