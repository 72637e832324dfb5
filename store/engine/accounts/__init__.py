"""Addresses, users (customers and staff), permission groups, and authentication.

May import `channels`, `events` and what is below them. Orders of a user live in `store.engine.orders`; account mails
are sent by `store.mailer`, which receives the events recorded here.
"""
