from django.urls import URLPattern

from commonground.assessments import result_urls

app_name = "assessments"
urlpatterns: list[URLPattern] = [*result_urls.urlpatterns]
