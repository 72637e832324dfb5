"""Channels, shop settings, translations, countries, and the validation of rows and texts before they are saved.

`wording` checks texts that shoppers will read for claims. May import `events`, `caching`, `money` and `errors`. Tax
configurations and waivers are stored here, too; tax classes are in `taxes`, shipping zones in `shipping`, warehouses
in `stock`. The API for it is `graphql.channels`.
"""
