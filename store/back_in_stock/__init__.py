"""Who asked to be told by mail when a variant can be ordered again in a market; each is told once, and then forgotten.

    requests      asks (with a mail that has to be confirmed), confirms, stops
    availability  asks the shop whether variants can be ordered now
    sweep         looks at what is waited for, plans the mails, forgets what is done or too old
    mail_port     what the mails say; their kinds are in store.mailer
    links         the signed links of the mails
    admin         how many wait for what, for the merchant

The shop is asked every five minutes instead of waiting for an event, since the events of Saleor tell of a warehouse and
not of a market. May import `mailer` and `saleor`.
"""
