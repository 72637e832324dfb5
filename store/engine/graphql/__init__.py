"""Saleor's GraphQL API: resolvers that turn ids into rows, call an operation of the engine and return a payload.

`schema` builds the schema from the part of Saleor's SDL that the store uses (`sdl`), so that names, types and
nullability can't differ; each subject's package registers its resolvers with `registry`. `serve` executes a request.
May import all packages of the engine except `admin`; business rules belong there. The only package that imports
graphene.
"""
