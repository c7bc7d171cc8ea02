"""Addresses of the limit."""

from django.urls import path

from bench.limit import pages, views

urlpatterns = [
    path("sign/", views.sign),
    path("nothing/", views.nothing),
    path("row/<int:pk>/", views.row),
    path("rendered/", pages.rendered),
    path("page/<slug:name>/", pages.page, name="page"),
]
