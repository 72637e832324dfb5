"""The shop as a place of business: its settings, channels, taxes, shipping zones and methods, translations.

Lives here: what holds for every product and every order, and the check of what shoppers will read (`wording`).
May import `store.engine.events` only.
Goods are in `catalog`, quantities and warehouses in `stock`, people and addresses in `people`;
Saleor's words for all of it are in `graphql.shop`.
"""
