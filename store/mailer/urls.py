from django.urls import path

from store.mailer.views import mailbox, preferences, provider_reports, unsubscribe, webhook

app_name = "mailer"
urlpatterns = [
    path("hooks/saleor/", webhook.saleor, name="webhook"),
    path("hooks/mail/<str:provider>/", provider_reports.reports, name="provider-reports"),
    path("mail/unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("mail/preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("mailbox/", mailbox.index, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.letter, name="letter"),
    path("mailbox/<str:name>/html/", mailbox.html, name="letter-html"),
    path("mailbox/<str:name>/attachments/<int:no>/", mailbox.attachment, name="letter-attachment"),
]
