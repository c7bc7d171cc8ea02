"""Addresses of the limit."""

from django.urls import path

from bench.limit import views

urlpatterns = [path("sign/", views.sign), path("nothing/", views.nothing)]
