"""The shopper's pages: one module per page, with its texts, templates and static files.

May import `safety`, `mailer`, `guidebook` and `saleor`. Commerce data comes only through the typed client
(`store.saleor.clients`). Elsewhere: the text of guides and inserts (`guides/`, read by `guidebook`), email
(`mailer`), and whoever answers the client (`engine`, or the Saleor at SALEOR_API_URL).
"""
