from django.urls import URLPattern

from commonground.assessments import result_urls, round_urls

app_name = "assessments"
urlpatterns: list[URLPattern] = [*round_urls.urlpatterns, *result_urls.urlpatterns]
