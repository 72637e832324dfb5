"""Saleor's words for the subjects. The only graphene in the house, and thin: ids in, operation, payload out.

`base` builds the schema from the slice of Saleor's SDL, so names, types and nullability can't drift;
each subject's folder registers resolvers. `serve` is the one door: bytes in, bytes out.
Business rules live in the subjects below, never here.
"""
