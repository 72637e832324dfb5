"""Everything that sends email.

    event ─▶ inbox ─▶ plan ─▶ claim ─▶ fetch order, pre-send check, compose ─▶ attempt ─▶ transport ─▶ sent

The database rows are the queue. A Celery message only carries a row id, and may be lost or delivered twice.

    inbox            stores each event once, from the embedded engine or a webhook
    mail_kinds       the table of all kinds of mail: everything that one kind is, in one record
    mail_classes     names of kinds and classes, and whether a class is resent after an ambiguous outcome
    plan_rules       which mails an event causes, each with its key
    planning         writes them; one row per mail, UNIQUE plan_key
    fetching         what the mails of a batch are about, one after another within a limit of time
    leases           which worker holds which rows, for how long, and how far it has come with them
    decision         what becomes of a mail right before sending; by kind in pre_send_checks
    composition      mail texts (guides/emails) + order + guidebook -> subject, text, HTML, attachments
    personal_values  what differs between the readers of one text, which is rendered once; mail_words keeps it
    mime             the parts of a message as bytes, each encoded once
    transport/       SMTP phase by phase, or .eml files for development
    sending          mails from claim to outcome, a batch at a time; outcomes writes what became of each
    sender_threads   the threads of a worker that send, so that a stalled mail server holds up no task
    resending        sending again by decision of a person
    health           which mails need a person, and whether mail leaves at all
    pauses           servers and domains at which nothing is tried for now
    heartbeats       when web, worker, beat and sweeps last did their work
    reconciliation   reads the changed orders and plans the mails of which no event told; missed_events finds those
    stock_notices    mails to who waits for a variant; store.back_in_stock knows the requests
    shops            which shop an event or a mail is of
    alarm            one mail an hour at most to the merchant about what needs a person
    sender_records   SPF, DKIM and DMARC of our sender, for check_mail
    retry            the delay before the next try (backoff)
    retention        deletes what was sent too long ago
    sweep            frees expired leases, promotes due mails; several may run at once

May import store.guidebook and store.saleor. Mail texts are in guides/emails/; `store.wiring` subscribes to events.
"""
