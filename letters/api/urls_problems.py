"""Addresses of the pages that explain each type of problem."""

from django.urls import path

from letters.api import problem_pages

app_name = "problems"
urlpatterns = [
    path("", problem_pages.index, name="problems"),
    path("<slug:name>/", problem_pages.problem, name="problem"),
]
