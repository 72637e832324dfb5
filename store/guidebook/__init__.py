"""The guidebook: reads guides/, checks it, and sets it in type for the web page, the PDF insert and the mail.

Lives here: the loader and its errors, the three outlets, versions of inserts, figures, the questions of the
self-check, the wording lint.
May import: nothing of the store; of Django only settings, the command line and the system checks.
Go elsewhere: for words and pictures to guides/, for pages to storefront, for mails to mailer, for lots and
recalls to safety.
"""

from store.guidebook.errors import GuidebookError, UnknownVersion
from store.guidebook.library import Library, library
from store.guidebook.mail_statements import Fragment, fragment
from store.guidebook.records import Change, Fact, Figure, Said, Statement

__all__ = [
    "Change",
    "Fact",
    "Figure",
    "Fragment",
    "GuidebookError",
    "Library",
    "Said",
    "Statement",
    "UnknownVersion",
    "fragment",
    "library",
]
