"""GraphQL types, queries and mutations of the shop and its channels; the rules are in store.engine.channels.

The resolvers of other subjects import `request_channel` (channel, taxes and settings of a request), `translations`
(`translation` fields and saving them) and `link_changes_input`.
"""

from store.engine.graphql.channels import channels, mutations, shop

__all__ = ["channels", "mutations", "shop"]
