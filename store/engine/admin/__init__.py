"""The merchant's desk at /admin/: today's work, orders and their parcels, stock, prices, customers, webhooks.

The top stair of the engine, beside graphql: reads any subject, and writes through their operations only, so
that nothing gets round the stock ledger, the story of an order or the facts that send mail. Has no tables.
What a shopper sees is in store.storefront; words of mails are in guides/.
"""
