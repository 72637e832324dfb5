"""URLs of the admin: our own login, then Django's."""

from django.contrib import admin
from django.urls import path

from store.engine.admin.login import login

urlpatterns = [
    path("login/", login),  # Django's URL of the same path keeps the name `admin:login`
    path("", admin.site.urls),
]
