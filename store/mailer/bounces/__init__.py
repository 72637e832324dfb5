"""Reports about mails that were accepted: bounces, delays, deliveries (RFC 3464) and complaints (RFC 5965).

`parsing` reads a report, `recording` acts on it, `sources` finds reports in mailboxes. May import the mailer's modules.
"""
