"""SHELF: Saleor's words. Operations (`documents/`), the typed client made from them (`client/`), transports,
errors, event payloads and webhook signatures.

Imports no room. Pages, seed and mailer speak to the shop through here; who answers (the embedded engine or a
real Saleor) is decided in `store.wiring`.
"""
