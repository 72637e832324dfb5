from django.apps import AppConfig


class MailerConfig(AppConfig):
    name = "store.mailer"
    label = "mailer"
    verbose_name = "Mail"

    def ready(self) -> None:
        from store.mailer import checks  # noqa: F401  registers the settings checks
