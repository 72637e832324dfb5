"""Access to Saleor's API: GraphQL operations (`documents/`), the typed client generated from them (`client/`),
transports, errors, webhook payloads and webhook signatures.

Imports no other package of the store. Storefront, seed and mailer reach Saleor through here; `store.wiring` decides
who answers (the embedded engine or a real Saleor).
"""
