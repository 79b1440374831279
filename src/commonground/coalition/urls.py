from django.urls import URLPattern

app_name = "coalition"
urlpatterns: list[URLPattern] = []
