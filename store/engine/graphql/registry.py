"""From the slice of Saleor's SDL to a graphene schema: you write resolvers, the SDL gives everything else.

    class Channel(SaleorType, model=models.Channel):       # the class is named as Saleor's type
        @staticmethod
        def countries(root, info): ...                     # resolver: snake_case of the field; arguments too

    @query                                                 # Query.channel(slug: …); served because it is here
    def channel(info, *, id=None, slug=None): ...

    @mutation(needs="MANAGE_CHANNELS")                     # Mutation.channelCreate
    def channel_create(info, *, input): ...                # -> {"channel": …}; a Refusal becomes `errors`

A field without a resolver reads the attribute (or dict key) of its snake_case name, a foreign key for all
siblings at once; `id` of a type with a model is its global id. Enums are plain strings inside, inputs plain
dicts that hold only what was given.
Root fields that nobody registered are not in the schema at all, so asking for them is refused by name.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar, overload

from graphql import GraphQLResolveInfo

from store.engine.errors import PermissionDenied
from store.engine.graphql.context import Context
from store.engine.graphql.naming import to_camel

Resolver = Callable[..., Any]
R = TypeVar("R", bound=Resolver)
Needs = str | tuple[str, ...] | None


class Info(GraphQLResolveInfo):
    """What a resolver knows of its place; `context` is ours."""

    context: Context


class SaleorType:
    """The resolvers of one Saleor object type. Never instantiated; its class is only a namespace."""

    registry: ClassVar[dict[str, type["SaleorType"]]] = {}
    type_by_class: ClassVar[dict[type, str]] = {}
    saleor_name: ClassVar[str]

    def __init_subclass__(cls, *, model: type | tuple[type, ...] = (), name: str = "") -> None:
        cls.saleor_name = name or cls.__name__
        if cls.saleor_name in SaleorType.registry:
            raise TypeError(
                f"{cls.saleor_name} has two homes: {cls} and {SaleorType.registry[cls.saleor_name]}"
            )
        SaleorType.registry[cls.saleor_name] = cls
        for one in model if isinstance(model, tuple) else (model,):
            SaleorType.type_by_class[one] = cls.saleor_name


def type_name_of(value: Any) -> str:
    """Which Saleor type a value is, for interfaces and unions. Dicts say it under `__typename`, rows whose
    model stands for several types under `_saleor_type`."""
    if isinstance(value, dict):
        return str(value["__typename"])
    if named := getattr(value, "__dict__", {}).get("_saleor_type"):
        return str(named)
    for one in type(value).__mro__:
        if one in SaleorType.type_by_class:
            return SaleorType.type_by_class[one]
    raise TypeError(f"{type(value).__name__} is registered for no Saleor type")


def is_link(type_name: str, name: str) -> bool:
    """Is it a foreign key of all the models that the type stands for?"""
    models = [
        one for one, known in SaleorType.type_by_class.items() if known == type_name and hasattr(one, "_meta")
    ]
    links = [{field.name for field in one._meta.fields if field.many_to_one} for one in models]
    return bool(links) and all(name in one for one in links)


queries: dict[str, Resolver] = {}
mutations: dict[str, Resolver] = {}


def _register(roots: dict[str, Resolver], resolve: Resolver, needs: str | tuple[str, ...] | None) -> Resolver:
    name = to_camel(resolve.__name__.rstrip("_"))
    if name in roots:
        raise TypeError(f"{name} is registered twice")
    roots[name] = resolve if needs is None else needing(*_as_tuple(needs))(resolve)
    return resolve


@overload
def query(resolve: R) -> R: ...
@overload
def query(*, needs: Needs) -> Callable[[R], R]: ...
def query(resolve: Resolver | None = None, *, needs: Needs = None) -> Any:
    """Serve a root query. `needs`: permission codes of which one suffices; () means any signed-in staff or app."""
    if resolve is None:
        return partial(query, needs=needs)
    return _register(queries, resolve, needs)


@overload
def mutation(resolve: R) -> R: ...
@overload
def mutation(*, needs: Needs) -> Callable[[R], R]: ...
def mutation(resolve: Resolver | None = None, *, needs: Needs = None) -> Any:
    """Serve a root mutation. Refusals that it raises become the payload's `errors`; nothing else is caught."""
    if resolve is None:
        return partial(mutation, needs=needs)
    return _register(mutations, resolve, needs)


def needing(*codes: str) -> Callable[[Resolver], Resolver]:
    """Guard a field: PermissionDenied unless the asker has one of `codes` (with none: is staff or an app).

    Works on field resolvers (root, info, …) and on root ones (info, …).
    """

    def guard(resolve: Resolver) -> Resolver:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            info = args[0] if hasattr(args[0], "context") else args[1]
            if not info.context.may(*codes):
                raise PermissionDenied(*codes)
            return resolve(*args, **kwargs)

        guarded.__name__ = getattr(resolve, "__name__", "guarded")
        return guarded

    return guard


C = TypeVar("C", bound=type[SaleorType])


def kept_for(*codes: str, fields: tuple[str, ...]) -> Callable[[C], C]:
    """Guard fields of a type as `needing` does, resolvers and plain attributes alike:

    @kept_for("MANAGE_SETTINGS", fields=("limit_quantity_per_checkout",))
    class Shop(SaleorType, model=…): ...
    """

    def guard(home: C) -> C:
        for name in fields:
            resolve = getattr(home, name, None) or partial(_read, name)
            guarded = needing(*codes)(resolve)
            guarded.__name__ = name
            setattr(home, name, staticmethod(guarded))
        return home

    return guard


def _read(name: str, root: Any, _info: Any) -> Any:
    return root[name] if isinstance(root, dict) else getattr(root, name)


def _as_tuple(needs: str | tuple[str, ...]) -> tuple[str, ...]:
    return (needs,) if isinstance(needs, str) else needs
