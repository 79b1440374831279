from django.urls import path

from commonground.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.own, name="own"),
    path("account/password/", views.password, name="password"),
]
