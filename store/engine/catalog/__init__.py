"""What is sold and told: products, attributes, prices, categories, collections, pages, menus.

Lives here: models of goods and content, pricing, search, media files. May import `people`, `shop`, `hooks`.
How many there are of each is `stock`; how Saleor's API words it is `graphql.catalog`.
"""
