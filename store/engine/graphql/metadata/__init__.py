"""Metadata and private metadata: fields of every type that has them, and four mutations.

A type has metadata when its model is a `WithMetadata` and its SaleorType names that model; `permissions` says who may
read and change it. Types that share a model with another (ShippingMethodType) are added by `lookup.register_type`.
"""

from store.engine.graphql.metadata import mutations

__all__ = ["mutations"]
