"""Everything that sends email.

    event ─▶ inbox ─▶ plan ─▶ claim ─▶ fetch order, pre-send check, compose ─▶ attempt ─▶ transport ─▶ sent

The database rows are the queue. A Celery message only carries a row id, and may be lost or delivered twice.

    inbox            stores each event once, from the embedded engine or a webhook
    planning         decides which mails an event causes; one row per mail, UNIQUE plan_key
    mail_kinds       kinds and classes of mail, and whether a class is resent after an ambiguous outcome
    leases           which worker holds a row, and for how long
    pre_send_checks  whether the mail is still correct for the current order
    composition      mail texts (guides/emails) + order + guidebook -> subject, text, HTML, attachments
    transport/       SMTP phase by phase, or .eml files for development
    sending          one mail from claim to outcome
    retry            the delay before the next try (backoff)
    sweep            frees expired leases, promotes due mails; several may run at once

May import store.guidebook and store.saleor. Mail texts are in guides/emails/; `store.wiring` subscribes to events.
"""
