"""Mail: addresses of the instance, without a program, since the technical administrator looks after it."""

from django.urls import path

from commonground.outbox import views

app_name = "outbox"
urlpatterns = [
    path("mail/", views.index, name="list"),
    path("mail/test/", views.test, name="test"),
    path("mail/all/<slug:what>/", views.all_of, name="all"),
    path("mail/<int:pk>/send-again/", views.send_again, name="send-again"),
    path("mail/<int:pk>/arrived/", views.arrived, name="arrived"),
    path("mail/<int:pk>/keep-back/", views.keep_back, name="keep-back"),
]
