"""Every key of every list's `filter` and `where`, every value to sort by: each is taken, and the lists obey them."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
)

from store.engine.graphql.schema import schema
from tests.contract.fixture_data import ShopSetup

QUERY_TYPE = schema().query_type
assert QUERY_TYPE
LISTS = {
    name: field
    for name, field in QUERY_TYPE.fields.items()
    if "first" in field.args and {"filter", "where", "sortBy"} & set(field.args)
}
SCALARS: dict[str, Any] = {
    "String": "a",
    "ID": "T3JkZXI6MQ==",
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
    "Decimal": "1.5",
    "DateTime": "2026-01-01T00:00:00+00:00",
    "Date": "2026-01-01",
    "UUID": "00000000-0000-0000-0000-000000000001",
    "PositiveDecimal": "1.5",
}
IN_CHANNEL = ("products", "collections")  # what some of their conditions hold in


def value_of(type_: Any, depth: int = 0) -> Any:
    """A value with every key of the input type, nested twice at most; with one of those that exclude each other."""
    type_ = get_nullable_type(type_)
    if isinstance(type_, GraphQLList):
        return [value_of(type_.of_type, depth)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        fields = type_.fields
        if {"eq", "oneOf"} <= set(fields):
            fields = {"eq": fields["eq"]}
        return {
            name: value_of(field.type, depth + 1)
            for name, field in fields.items()
            if depth < 4 and (name not in ("AND", "OR") or depth == 0)
        }
    return SCALARS[type_.name]


def arguments() -> list[tuple[str, str, str]]:
    """(list, argument, key) of every condition of every list."""
    return [
        (name, argument, key)
        for name, field in sorted(LISTS.items())
        for argument in ("filter", "where")
        if argument in field.args
        for key in get_named_type(field.args[argument].type).fields  # type: ignore[union-attr]
    ]


def run(
    shop: ShopSetup, name: str, argument: str, type_: Any, value: Any, *, in_channel: bool | None = None
) -> list[str]:
    """The codes of the answer's top-level errors."""
    named = name in IN_CHANNEL if in_channel is None else in_channel
    extra = ",channel:$c" if named else ""
    declared = ",$c:String" if extra else ""
    query = (
        f"query($v:{type_}{declared}){{{name}(first:2,{argument}:$v{extra}){{edges{{node{{__typename}}}}}}}}"
    )
    variables = {"v": value} | ({"c": shop.channel} if extra else {})
    response = shop.api.post(query, variables, shop.staff_token)
    assert response.status == 200
    return response.codes


@pytest.mark.parametrize(("name", "argument", "key"), arguments())
def test_every_key_is_obeyed_or_refused_for_its_value(
    shop: ShopSetup, name: str, argument: str, key: str
) -> None:
    """An id of another kind is refused; nothing ends in an internal error."""
    type_ = get_named_type(LISTS[name].args[argument].type)
    field = type_.fields[key]  # type: ignore[union-attr]
    given = {key: value_of(field.type, 1)}
    codes = run(shop, name, argument, type_, given)
    if "channel" in LISTS[name].args:
        codes += run(shop, name, argument, type_, given, in_channel=True)
    assert set(codes) <= {"GraphQLError"} or not shop.api.is_embedded, (
        codes
    )  # some end in an error inside Saleor
    if "ID" not in str(field.type) and not names_ids(field.type):
        assert codes == []


def names_ids(type_: Any) -> bool:
    named = get_named_type(type_)
    if not isinstance(named, GraphQLInputObjectType):
        return named.name == "ID"
    return any(
        get_named_type(field.type) is not named and names_ids(field.type) for field in named.fields.values()
    )


@pytest.mark.parametrize("name", sorted(name for name, field in LISTS.items() if "sortBy" in field.args))
def test_every_value_to_sort_by_is_obeyed(shop: ShopSetup, name: str) -> None:
    type_: Any = get_named_type(LISTS[name].args["sortBy"].type)
    for value in get_named_type(type_.fields["field"].type).values:
        codes = run(shop, name, "sortBy", type_, {"field": value, "direction": "DESC"})
        needs = {"RANK", "COLLECTION"}  # a search, a collection
        if not shop.api.is_embedded:  # a currency, a channel
            needs |= {"CURRENT_BALANCE", "VALUE", "MINIMUM_SPENT_AMOUNT"}
        assert codes == [] or value in needs, value


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("attributes", 'where:{name:{eq:"a",oneOf:["a"]}}'),
        ("products", 'where:{slug:{eq:"a",oneOf:["a"]}}'),
        ("orders", "where:{number:{eq:1,range:{gte:1}}}"),
        ("attributes", "filter:{type:PRODUCT_TYPE},where:{inputType:{eq:SWATCH}}"),
        ("pages", 'filter:{search:"a"},where:{slug:{eq:"a"}}'),
    ],
)
def test_two_conditions_that_exclude_each_other_are_refused(
    shop: ShopSetup, name: str, arguments: str
) -> None:
    response = shop.api.post(f"{{{name}(first:2,{arguments}){{totalCount}}}}", token=shop.staff_token)
    assert response.codes == ["GraphQLError"]


def found(shop: ShopSetup, name: str, field: str, arguments: str) -> list[Any]:
    query = f"{{{name}(first:100,{arguments}){{edges{{node{{{field}}}}}}}}}"
    data = shop.api.execute(query.replace("$c", f'"{shop.channel}"'), token=shop.staff_token)
    return [edge["node"][field] for edge in data[name]["edges"]]


def test_products_are_found_by_their_listing_and_stock(shop: ShopSetup) -> None:
    own = f"glass-{shop.suffix}"
    for arguments, is_found in (
        ("where:{isPublished:true}", True),
        ("where:{isPublished:false}", False),
        ("filter:{isVisibleInListing:true}", True),
        ("where:{hasCategory:false}", False),
        ("where:{giftCard:true}", False),
        ("filter:{stocks:{quantity:{gte:1}}}", True),
        ("filter:{stocks:{quantity:{gte:100000}}}", False),
        ("where:{AND:[{isPublished:true},{hasCategory:true}]}", True),
        ("where:{OR:[{isPublished:false},{giftCard:true}]}", False),
    ):
        assert (own in found(shop, "products", "slug", f"channel:$c,{arguments}")) is is_found, arguments


def test_variants_attributes_and_choices_are_found(shop: ShopSetup) -> None:
    ids = found(shop, "productVariants", "id", f'channel:$c,filter:{{search:"glass-Teal-{shop.suffix}"}}')
    assert ids == [shop.ids["variant"]]
    both = f'channel:$c,where:{{ids:["{shop.ids["variant"]}","{shop.ids["other"]}"]}}'
    assert set(found(shop, "productVariants", "id", both)) == {shop.ids["variant"], shop.ids["other"]}
    swatch = "where:{inputType:{oneOf:[SWATCH]}}"
    assert shop.ids["colour"] in found(shop, "attributes", "id", swatch)
    assert shop.ids["material"] not in found(shop, "attributes", "id", swatch)
