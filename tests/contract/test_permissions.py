"""Permissions: every served mutation, called by a guest and by an app without permissions."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    is_required_argument,
    is_required_input_field,
)

from store.engine.graphql.schema import schema
from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Api

MUTATION_TYPE = schema().mutation_type
assert MUTATION_TYPE
MUTATIONS = MUTATION_TYPE.fields
SCALARS: dict[str, Any] = {"ID": "VW5rbm93bjow", "Boolean": True, "Int": 1, "JSONString": "{}"}
PUBLIC = {
    "accountAddressDelete", "accountAddressUpdate", "accountRegister", "appTokenVerify", "attributeBulkCreate", "checkoutAddPromoCode", "checkoutBillingAddressUpdate",
    "checkoutComplete", "checkoutCreate", "checkoutCreateFromOrder", "checkoutCustomerNoteUpdate", "checkoutDeliveryMethodUpdate",
    "checkoutEmailUpdate", "checkoutLanguageCodeUpdate", "checkoutLineDelete", "checkoutLinesAdd", "checkoutLinesDelete", "checkoutLinesUpdate",
    "checkoutPaymentCreate", "checkoutRemovePromoCode", "checkoutShippingAddressUpdate", "checkoutShippingMethodUpdate", "confirmAccount", "deleteMetadata",
    "deletePrivateMetadata", "deliveryOptionsCalculate", "paymentGatewayInitialize", "requestPasswordReset", "setPassword",
    "tokenCreate", "tokenRefresh", "tokenVerify", "transactionInitialize", "transactionProcess", "updateMetadata",
    "updatePrivateMetadata",
}  # fmt: skip
# A file can't be sent as JSON; test_file_uploads.py covers it as a multipart request.
CALLED = sorted(set(MUTATIONS) - {"fileUpload"})


def smallest_value(type_: Any) -> Any:
    """The smallest value that passes GraphQL validation of this input type."""
    if isinstance(type_, GraphQLNonNull):
        return smallest_value(type_.of_type)
    if isinstance(type_, GraphQLList):
        return [smallest_value(type_.of_type)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return {
            name_: smallest_value(field.type)
            for name_, field in type_.fields.items()
            if is_required_input_field(field)
        }
    return SCALARS.get(type_.name, "1")


def smallest_call(name: str) -> tuple[str, dict[str, Any]]:
    required = {
        name_: argument for name_, argument in MUTATIONS[name].args.items() if is_required_argument(argument)
    }
    declared = ",".join(f"${name_}:{argument.type}" for name_, argument in required.items())
    given = ",".join(f"{name_}:${name_}" for name_ in required)
    parentheses = (f"({declared})", f"({given})") if required else ("", "")
    query = f"mutation{parentheses[0]}{{{name}{parentheses[1]}{{__typename}}}}"
    return query, {name_: smallest_value(argument.type) for name_, argument in required.items()}


# Saleor looks at the rows of the one before it asks who calls, and does not expect the other without its arguments.
CODES_OF_SALEOR: dict[str, list[str]] = {"attributeBulkUpdate": [], "checkoutLineDelete": ["TypeError"]}


def expected_codes(api: Api, name: str, allowed: set[str]) -> list[str]:
    if not api.is_embedded and name in CODES_OF_SALEOR:
        return CODES_OF_SALEOR[name]
    return [] if name in allowed else ["PermissionDenied"]


@pytest.mark.parametrize("name", CALLED)
def test_a_guest_is_denied_all_but_public_mutations(api: Api, name: str) -> None:
    response = api.post(*smallest_call(name))
    assert (response.status, response.codes) == (200, expected_codes(api, name, PUBLIC))


ANY_APP = PUBLIC | {
    "checkoutCustomerAttach",
    "checkoutCustomerDetach",
    "webhookCreate",
    "webhookDelete",
    "webhookUpdate",
}


@pytest.fixture(scope="module")
def app_token_without_permissions(shop: ShopSetup) -> str:
    """The token of an app without a single permission."""
    query = 'mutation{appCreate(input:{name:"Bare",permissions:[]}){authToken errors{field message code}}}'
    return str(shop.api.mutate(query, token=shop.staff_token)["authToken"])


@pytest.mark.parametrize("name", CALLED)
def test_an_app_without_permissions_is_denied_all_but_public_mutations(
    api: Api, app_token_without_permissions: str, name: str
) -> None:
    response = api.post(*smallest_call(name), app_token_without_permissions)
    assert (response.status, response.codes) == (200, expected_codes(api, name, ANY_APP))
