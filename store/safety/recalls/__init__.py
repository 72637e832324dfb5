"""Recalls (Regulation (EU) 2023/988, art. 35 to 37; the notice follows Implementing Regulation (EU) 2024/1435).

    draft ─▶ submitted ─▶ open (approved by a second person) ─▶ ended
                            └▶ scan: recipients from the orders ─▶ SAFETY mail ─▶ answer ─▶ remedy

    requirements   what a recall must have before it goes out; the wording check
    approval       submit, return, approve by another person, end
    scan           whom it concerns, from the orders of the shop, page by page; plans the mails
    notice         the notice in one language, for mail, page and letter
    reminders      to those who did not answer
    answers        the signed link, and what the buyer says and chooses
    lookup         "is mine affected?"
    letters        the notice as a letter (PDF)
    reach          who was told, who answered, who got a remedy
    concerns       what needs a person

May import store.mailer, store.guidebook and store.saleor.
"""
