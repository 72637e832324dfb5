"""The embedded commerce backend. Serves the part of Saleor's GraphQL API that `store/saleor/schema.graphql` lists.

May import `store.saleor` and no other package of `store`; only `store.wiring` imports it. Inside, a package may import
those that come after it in this order: admin, graphql, checkout, orders, payments, discounts, stock, shipping, catalog,
accounts, taxes, channels, events, caching, money, errors. A request for a part of the API that is not served is refused
with an error that names it.
"""
