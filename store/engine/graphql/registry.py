"""Registers resolvers of Saleor's types, queries and mutations; `schema` joins them with the types of Saleor's SDL.

    class Channel(SaleorType, model=models.Channel):       # the class is named as Saleor's type
        @staticmethod
        def countries(root, info): ...                     # resolver: snake_case of the field; arguments too

    @query                                                 # Query.channel(slug: …)
    def channel(info, *, id=None, slug=None): ...

    @mutation(permissions="MANAGE_CHANNELS")               # Mutation.channelCreate
    def channel_create(info, *, input): ...                # -> {"channel": …}; an OperationError becomes `errors`

A field without a resolver reads the attribute (or dict key) of its snake_case name; the schema isn't built when the
type's classes lack it. A foreign key is read in one statement for all siblings; `id` of a type with a model is its
global id. Enum values are plain strings inside, inputs plain dicts that hold only the fields that were given.
Only registered root fields are in the schema, so that validation refuses all others by name. It isn't built either when
a root resolver doesn't take the arguments that the schema has.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ClassVar, TypeVar, overload

from graphql import GraphQLResolveInfo

from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql.context import Context
from store.engine.graphql.naming import to_camel

Resolver = Callable[..., Any]
R = TypeVar("R", bound=Resolver)
PermissionCodes = str | tuple[str, ...] | None


class Info(GraphQLResolveInfo):
    """graphql-core's resolve info with our `context`."""

    context: Context


class SaleorType:
    """Base of the resolvers of a Saleor object type. A namespace, never instantiated.

    `model`: the classes whose instances are of this type. `name`: Saleor's type name if the class has another.
    """

    registry: ClassVar[dict[str, type["SaleorType"]]] = {}
    type_by_class: ClassVar[dict[type, str]] = {}
    other_classes: ClassVar[dict[str, tuple[type, ...]]] = {}  # see `declare_values`
    saleor_name: ClassVar[str]

    def __init_subclass__(cls, *, model: type | tuple[type, ...] = (), name: str = "") -> None:
        cls.saleor_name = name or cls.__name__
        if cls.saleor_name in SaleorType.registry:
            raise TypeError(
                f"{cls.saleor_name} is registered twice: {cls} and {SaleorType.registry[cls.saleor_name]}"
            )
        SaleorType.registry[cls.saleor_name] = cls
        for class_ in model if isinstance(model, tuple) else (model,):
            SaleorType.type_by_class[class_] = cls.saleor_name


def type_name_of(value: Any, context: Context | None = None) -> str:
    """The Saleor type of a value of an interface or union; raises TypeError when its class is not registered.

    Dicts name it under `__typename`, rows whose model stands for several types in their state in the context.
    """
    if isinstance(value, dict):
        return str(value["__typename"])
    if context is not None and (named := context.rows.of(value).type_name):
        return named
    for class_ in type(value).__mro__:
        if class_ in SaleorType.type_by_class:
            return SaleorType.type_by_class[class_]
    raise TypeError(f"{type(value).__name__} is registered for no Saleor type")


def extend(type_name: str, **resolvers: Resolver) -> None:
    """Add resolvers to a type that a package below has registered. Raises TypeError for a field that has one."""
    for name, resolve in resolvers.items():
        if hasattr(SaleorType.registry[type_name], name):
            raise TypeError(f"{type_name}.{name} has a resolver already")
        setattr(SaleorType.registry[type_name], name, staticmethod(resolve))


def declare_values(type_name: str, *classes: type) -> None:
    """Say of which classes the values of a type without a model are, so that its fields are checked against them.

    A TypedDict stands for plain dicts of its keys. Raises TypeError when the type has been declared already.
    """
    if type_name in SaleorType.other_classes:
        raise TypeError(f"the values of {type_name} are declared twice")
    SaleorType.other_classes[type_name] = classes


def classes_of(type_name: str) -> list[type]:
    """The classes of the values of a type: its models, and those that `declare_values` has named."""
    models = [class_ for class_, registered in SaleorType.type_by_class.items() if registered == type_name]
    return models + list(SaleorType.other_classes.get(type_name, ()))


def classes_without(type_name: str, name: str) -> list[type]:
    """The classes of the type whose instances don't have this attribute (or key)."""
    return [
        class_
        for class_ in classes_of(type_name)
        if not hasattr(class_, name) and name not in _annotated(class_)
    ]


def _annotated(class_: type) -> set[str]:
    return {name for base in class_.__mro__ for name in getattr(base, "__annotations__", {})}


def is_column(type_name: str, name: str) -> bool:
    """Whether the attribute is a column, no relation, of a model of the type."""
    models = [class_ for class_ in classes_of(type_name) if hasattr(class_, "_meta")]
    return any(
        field.name == name and not field.is_relation for model in models for field in model._meta.fields
    )


def is_foreign_key(type_name: str, name: str) -> bool:
    """Whether the attribute is a foreign key of all models of the type."""
    models = [
        class_
        for class_, registered in SaleorType.type_by_class.items()
        if registered == type_name and hasattr(class_, "_meta")
    ]
    foreign_keys = [{field.name for field in model._meta.fields if field.many_to_one} for model in models]
    return bool(foreign_keys) and all(name in names for names in foreign_keys)


queries: dict[str, Resolver] = {}
mutations: dict[str, Resolver] = {}


def _register(roots: dict[str, Resolver], resolve: Resolver, permissions: PermissionCodes) -> Resolver:
    name = to_camel(resolve.__name__.rstrip("_"))
    if name in roots:
        raise TypeError(f"{name} is registered twice")
    guarded = _with_one_filter(resolve) if roots is queries else resolve
    roots[name] = guarded if permissions is None else requires_permission(*_as_tuple(permissions))(guarded)
    return resolve


def _with_one_filter(resolve: Resolver) -> Resolver:
    """Refuse the older `filter` beside the newer `where`, as Saleor does."""

    @wraps(resolve)
    def guarded(*args: Any, **arguments: Any) -> Any:
        if arguments.get("filter") and arguments.get("where"):
            message = "Only one filtering argument (filter or where) can be specified."
            raise OperationError(message, code="GraphQLError")
        return resolve(*args, **arguments)

    return guarded


@overload
def query(resolve: R) -> R: ...
@overload
def query(*, permissions: PermissionCodes) -> Callable[[R], R]: ...
def query(resolve: Resolver | None = None, *, permissions: PermissionCodes = None) -> Any:
    """Register a field of Query under the camelCase name of the function.

    `permissions`: codes of which the requestor needs one; () means any staff member or app, None anybody.
    """
    if resolve is None:
        return partial(query, permissions=permissions)
    return _register(queries, resolve, permissions)


@overload
def mutation(resolve: R) -> R: ...
@overload
def mutation(*, permissions: PermissionCodes) -> Callable[[R], R]: ...
def mutation(resolve: Resolver | None = None, *, permissions: PermissionCodes = None) -> Any:
    """Register a field of Mutation; `permissions` as for `query`.

    Exceptions that have an `errors.error_translator` become the payload's `errors`; no others are caught.
    """
    if resolve is None:
        return partial(mutation, permissions=permissions)
    return _register(mutations, resolve, permissions)


def requires_permission(*codes: str) -> Callable[[Resolver], Resolver]:
    """Guard a field: raises PermissionDenied unless the requestor has one of `codes` (without: is staff or an app).

    Works on field resolvers (root, info, …) and on root ones (info, …).
    """

    def decorate(resolve: Resolver) -> Resolver:
        @wraps(resolve)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            info = args[0] if hasattr(args[0], "context") else args[1]
            if not info.context.has_permission(*codes):
                raise PermissionDenied(*codes)
            return resolve(*args, **kwargs)

        guarded.permissions = codes  # type: ignore[attr-defined]
        return guarded

    return decorate


C = TypeVar("C", bound=type[SaleorType])


def restrict_fields(*codes: str, fields: tuple[str, ...]) -> Callable[[C], C]:
    """Guard fields of a type as `requires_permission` does, with resolvers of their own or without:

    @restrict_fields("MANAGE_SETTINGS", fields=("limit_quantity_per_checkout",))
    class Shop(SaleorType, model=…): ...
    """

    def decorate(type_class: C) -> C:
        for name in fields:
            resolve = getattr(type_class, name, None) or partial(_read_attribute, name)
            guarded = requires_permission(*codes)(resolve)
            guarded.__name__ = name
            guarded.reads_attribute = not hasattr(type_class, name)  # type: ignore[attr-defined]
            setattr(type_class, name, staticmethod(guarded))
        return type_class

    return decorate


def _read_attribute(name: str, root: Any, _info: Any) -> Any:
    return root[name] if isinstance(root, dict) else getattr(root, name)


def _as_tuple(permissions: str | tuple[str, ...]) -> tuple[str, ...]:
    return (permissions,) if isinstance(permissions, str) else permissions
