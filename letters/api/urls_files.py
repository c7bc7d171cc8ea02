"""Addresses of the files of a letter, beside its page of data."""

from django.urls import path

from letters.api import files

app_name = "files"
urlpatterns = [
    path("<slug:slug>/data/daily.csv", files.daily, name="daily"),
    path("<slug:slug>/data/countries.csv", files.countries, name="countries"),
    path("<slug:slug>/data/signatures.csv", files.names, name="signatures"),
    path("<slug:slug>/data/letter.txt", files.plain, name="plain"),
    path("<slug:slug>/data/letter.md", files.markdown, name="markdown"),
    path("<slug:slug>/data/README.txt", files.readme, name="readme"),
]
