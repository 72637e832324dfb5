from django.urls import path

from store.saleor_app import views

urlpatterns = [
    path("api/manifest", views.manifest, name="saleor-app-manifest"),
    path("api/register", views.register, name="saleor-app-register"),
]
