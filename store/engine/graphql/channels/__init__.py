"""GraphQL types, queries and mutations of the channels and the shop's settings; the rules are in store.engine.channels.

The resolvers of other subjects import `request_channel` (channel, taxes and settings of a request), `translations`
(`translation` fields and saving them) and `link_changes_input`.
"""

from store.engine.graphql.channels import channels, mutations

__all__ = ["channels", "mutations"]
