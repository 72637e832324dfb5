"""The guidebook: reads and validates guides/ and renders it as web page, PDF insert and mail.

Lives here: the loader and its errors, the output formats (html, plain_text, editorjs, pdf, mail_statements), versions
of inserts, figures, the questions of the self-check, the wording lint (`store.guidebook.wording`).
May import: nothing of the store; of Django only settings, the command line and the system checks.
Not here: texts and drawings (guides/), pages (store.storefront), mails (store.mailer), acknowledgements (store.safety).
"""

from store.guidebook.errors import GuidebookError, UnknownVersion
from store.guidebook.library import Library, library
from store.guidebook.mail_statements import MailStatements, render_mail_items, render_mail_statements
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Change, Fact, Figure, LocalizedStatement, Statement

__all__ = [
    "Change",
    "Fact",
    "Figure",
    "GuidebookError",
    "Library",
    "LocalizedStatement",
    "MailStatements",
    "Mechanism",
    "Statement",
    "UnknownVersion",
    "library",
    "render_mail_items",
    "render_mail_statements",
]
