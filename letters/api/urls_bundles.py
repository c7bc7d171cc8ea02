"""Addresses of what the API's answers are packed into, beside the pages of a letter."""

from django.urls import path

from letters.api import bundles

app_name = "bundles"
urlpatterns = [path("<slug:slug>/ledger/bundle.tar", bundles.bundle, name="bundle")]
