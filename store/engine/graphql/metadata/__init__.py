"""Metadata of anything: read on every type that has it, changed by four mutations.

A type takes part when its model is a `WithMetadata` and its SaleorType names that model; rights are in
`rights`. Types that share a model with another (Saleor's ShippingMethodType) are added by `rows.also`.
"""

from store.engine.graphql.metadata import mutations

__all__ = ["mutations"]
