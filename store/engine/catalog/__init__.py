"""Products, product types, attributes, categories, collections, pages and menus; their prices, search and media files.

May import `accounts`, `taxes`, `channels`, `events`, `caching`, `money` and `errors`. Quantities are in
`stock`; the API for it is `graphql.catalog`.
"""
