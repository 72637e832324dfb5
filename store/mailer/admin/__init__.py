"""The mailer's pages for the merchant: mails, buyers to contact, records. Imports any module of the mailer."""

from store.mailer.admin import contact_tasks, mails, records
from store.mailer.admin.base import PERMISSION

__all__ = ["PERMISSION", "contact_tasks", "mails", "records"]
