from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "store.reviews"
    label = "reviews"
    verbose_name = "Reviews"
