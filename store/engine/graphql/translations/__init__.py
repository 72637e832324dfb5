"""Translations in GraphQL: what can be translated, as translators see it, and the mutations that translate it.

May import the types of the other subjects, since a translation leads to what it translates.
"""

from store.engine.graphql.translations import bulk_mutations, contents, mutations

__all__ = ["bulk_mutations", "contents", "mutations"]
