"""What the mailer asks of recalls (`store.mailer.recalls.Recalls`)."""

from django.urls import reverse

from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan
from store.safety.recalls.lookup import has_open_recall
from store.safety.recalls.notice import notice_for as notice
from store.safety.recalls.notice import notices_for as notices
from store.safety.recalls.notice import recipient_of_plan

__all__ = ["has_open_recall", "letter_url", "notice", "notices"]


def letter_url(plan: MailPlan) -> str:
    """The letter to print for a buyer whom the mail did not reach; "" for other mails."""
    if plan.kind not in (Kind.RECALL, Kind.RECALL_REMINDER):
        return ""
    recipient = recipient_of_plan(plan)
    return reverse("admin:safety_recallrecipient_letter", args=[recipient.pk]) if recipient else ""
