"""Who buys and who works here: addresses, users, permission groups, and how each of them proves who they are.

Imports shop and hooks. Orders of a user are in store.engine.orders; account mails are sent by store.mailer,
which hears of them through the facts this room records.
"""
