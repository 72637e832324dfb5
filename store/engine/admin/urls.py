"""URLs of the admin: our own login, then Django's."""

from django.contrib import admin
from django.urls import path

from store.engine.admin.login import login
from store.engine.admin.second_factor import remove_second_factor, second_factor
from store.engine.admin.welcome import welcome

urlpatterns = [
    path("login/", login),  # Django's URL of the same path keeps the name `admin:login`
    path("welcome/<str:uid>/<str:token>/", welcome, name="welcome"),
    path("second-factor/", second_factor, name="second-factor"),
    path("second-factor/remove/", remove_second_factor, name="remove-second-factor"),
    path("", admin.site.urls),
]
