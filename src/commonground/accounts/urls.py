from django.urls import path

from commonground.accounts import own_views, views, way_in_views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/organization/", way_in_views.sso, name="sso"),
    path("sign-in/organization/back/", way_in_views.sso_back, name="sso-back"),
    path("sign-in/code/", way_in_views.code, name="code"),
    path("sign-in/second-step/", way_in_views.second, name="second"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.own, name="own"),
    path("account/password/", views.password, name="password"),
    path("account/begin/", own_views.begin, name="begin"),
    path("account/second-factor/", own_views.second_factor, name="second-factor"),
    path("account/second-factor/recovery-codes/", own_views.recovery_codes, name="recovery-codes"),
    path("account/second-factor/take-off/", own_views.take_off, name="second-factor-off"),
]
