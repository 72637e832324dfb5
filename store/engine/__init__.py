"""APART: the embedded shop. Answers the slice of Saleor's GraphQL API that `store/saleor/schema.graphql` names.

May import `store.saleor` and nothing else of the house; only `store.wiring` imports it. Inside, a subject
may import the ones below it: desk, graphql, checkout, orders, payments, discounts, stock, catalog, people,
shop, hooks, refusals. What it does not serve it refuses by name.
"""
