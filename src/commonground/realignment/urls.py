from django.urls import URLPattern

app_name = "realignment"
urlpatterns: list[URLPattern] = []
