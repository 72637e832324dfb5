"""Who may call what: every mutation we serve, asked by nobody and by an app that has no right at all."""

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
from tests.contract.fixture_data import World
from tests.contract.targets import Api

SERVED = schema().mutation_type
assert SERVED
MUTATIONS = SERVED.fields
SCALARS: dict[str, Any] = {"ID": "VW5rbm93bjow", "Boolean": True, "Int": 1, "JSONString": "{}"}
PUBLIC = {
    "accountAddressDelete", "accountAddressUpdate", "accountRegister", "attributeBulkCreate", "checkoutAddPromoCode", "checkoutBillingAddressUpdate",
    "checkoutComplete", "checkoutCreate", "checkoutCreateFromOrder", "checkoutCustomerNoteUpdate", "checkoutDeliveryMethodUpdate",
    "checkoutEmailUpdate", "checkoutLanguageCodeUpdate", "checkoutLinesAdd", "checkoutLinesDelete", "checkoutLinesUpdate",
    "checkoutPaymentCreate", "checkoutRemovePromoCode", "checkoutShippingAddressUpdate", "confirmAccount", "deleteMetadata",
    "deletePrivateMetadata", "deliveryOptionsCalculate", "paymentGatewayInitialize", "requestPasswordReset", "setPassword",
    "tokenCreate", "tokenRefresh", "tokenVerify", "transactionInitialize", "transactionProcess", "updateMetadata",
    "updatePrivateMetadata",
}  # fmt: skip
# A file can't be named in JSON; test_uploads.py asks for it as a multipart request.
ASKED = sorted(set(MUTATIONS) - {"fileUpload"})


def least(wanted: Any) -> Any:
    """The smallest value that GraphQL itself takes."""
    if isinstance(wanted, GraphQLNonNull):
        return least(wanted.of_type)
    if isinstance(wanted, GraphQLList):
        return [least(wanted.of_type)]
    if isinstance(wanted, GraphQLEnumType):
        return next(iter(wanted.values))
    if isinstance(wanted, GraphQLInputObjectType):
        return {n: least(f.type) for n, f in wanted.fields.items() if is_required_input_field(f)}
    return SCALARS.get(wanted.name, "1")


def question(name: str) -> tuple[str, dict[str, Any]]:
    needed = {n: a for n, a in MUTATIONS[name].args.items() if is_required_argument(a)}
    declared = ",".join(f"${n}:{argument.type}" for n, argument in needed.items())
    given = ",".join(f"{n}:${n}" for n in needed)
    around = (f"({declared})", f"({given})") if needed else ("", "")
    query = f"mutation{around[0]}{{{name}{around[1]}{{__typename}}}}"
    return query, {n: least(argument.type) for n, argument in needed.items()}


@pytest.mark.parametrize("name", ASKED)
def test_nobody_is_denied_what_is_not_public(api: Api, name: str) -> None:
    answer = api.post(*question(name))
    assert (answer.status, answer.codes) == (200, [] if name in PUBLIC else ["PermissionDenied"])


ANY_APP = PUBLIC | {
    "checkoutCustomerAttach",
    "checkoutCustomerDetach",
    "webhookCreate",
    "webhookDelete",
    "webhookUpdate",
}


@pytest.fixture(scope="module")
def bare(world: World) -> str:
    """The token of an app without a single permission."""
    query = 'mutation{appCreate(input:{name:"Bare",permissions:[]}){authToken errors{field message code}}}'
    return str(world.api.do(query, token=world.staff)["authToken"])


@pytest.mark.parametrize("name", ASKED)
def test_an_app_without_rights_is_denied_what_is_not_public(api: Api, bare: str, name: str) -> None:
    answer = api.post(*question(name), bare)
    assert (answer.status, answer.codes) == (200, [] if name in ANY_APP else ["PermissionDenied"])
