"""POST: everything that sends an email, and nothing else.

    event ─▶ inbox ─▶ plan ─▶ claim ─▶ fresh order, re-check, render ─▶ attempt ─▶ delivery ─▶ sent

The rows are the queue; a Celery message is a nudge that carries a row id and may be lost or doubled.

    inbox       what happened (from the embedded engine or a webhook), stored once
    planning    which mails that makes; one row per mail, UNIQUE plan_key
    policy      kinds and classes of mail, and what each class does when in doubt; fixed in code
    claiming    who works on a row: leases
    recheck     is this mail still right, with the order as it is now?
    compose     words (guides/emails) + order + guidebook -> subject, text, HTML, attachments
    delivery/   SMTP by phases, or .eml files for development
    sending     one mail from claim to outcome
    sweeping    frees dead leases, promotes what is due; any number may run at once

May import store.guidebook and store.saleor. The words are in guides/emails/, never here; recalls and
lots are in store.safety; who registers for events is store.wiring.
"""
