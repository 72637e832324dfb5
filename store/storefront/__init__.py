"""FRONT: the shopper's walk. One module per stop, and the words, templates and styles of the pages.

May import `safety`, `mailer`, `guidebook` and `saleor`; asks the shop only through the typed client
(`store.saleor.clients`). Go elsewhere for: text of guides and inserts (`guides/`, read by `guidebook`),
mail (`mailer`), what the shop knows (`engine`, or the Saleor at SALEOR_API_URL).
"""
