"""A guest's purchase through the API, and its errors."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from store.engine.accounts.models import Address, User
from store.engine.checkout.models import Checkout
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db

ADDRESS = {
    "firstName": "Ada",
    "lastName": "Guest",
    "streetAddress1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "postalCode": "94043",
    "country": "US",
    "countryArea": "CA",
}
CREATE = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id quantity} errors{field code variants}}}"
PAY = """mutation($id:ID!,$key:String){transactionInitialize(id:$id,idempotencyKey:$key,paymentGateway:{
  id:"saleor.io.dummy-payment-app",data:{event:{type:"CHARGE_SUCCESS",includePspReference:true}}}){
  transaction{id} transactionEvent{type} errors{field code}}}"""
COMPLETE = "mutation($id:ID!){checkoutComplete(id:$id){order{id number isPaid} confirmationNeeded errors{field code}}}"


def create(shop: Shop, quantity: int = 1, **given: Any) -> Any:
    line = {"variantId": gid(shop.variants["CUP"]), "quantity": quantity}
    return execute_field(CREATE, i={"channel": "default-channel", "lines": [line], **given})


@pytest.fixture
def shop() -> Shop:
    made = checkout_flow.create_shop()
    made.variant("CUP", price="29.00", stock=5)
    return made


def test_a_guest_buys_a_set(shop: Shop) -> None:
    pk = create(shop, email="ada@example.com", shippingAddress=ADDRESS, billingAddress=ADDRESS)["checkout"][
        "id"
    ]
    (offered,) = execute_field("mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id}}}", id=pk)[
        "deliveries"
    ]
    choose = "mutation($id:ID!,$m:ID){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{totalPrice{gross{amount}}} errors{code}}}"
    chosen = execute_field(choose, id=pk, m=offered["id"])
    assert chosen["checkout"]["totalPrice"]["gross"]["amount"] == 36.79
    assert execute_field(PAY, id=pk, key="k")["transactionEvent"] == {"type": "CHARGE_SUCCESS"}
    done = execute_field(COMPLETE, id=pk)
    assert (done["order"]["isPaid"], done["confirmationNeeded"], done["errors"]) == (True, False, [])
    assert execute_field(COMPLETE, id=pk)["order"]["id"] == done["order"]["id"]


def test_completing_an_incomplete_checkout_returns_a_full_payload(shop: Shop) -> None:
    done = execute_field(COMPLETE, id=create(shop)["checkout"]["id"])
    assert done == {
        "order": None,
        "confirmationNeeded": False,
        "errors": [{"field": "email", "code": "EMAIL_NOT_SET"}],
    }


def test_an_unknown_checkout_is_not_found(shop: Shop) -> None:
    done = execute_field(COMPLETE, id=gid(Checkout()))
    assert done["errors"] == [{"field": "id", "code": "NOT_FOUND"}]
    assert execute_field("query($id:ID!){checkout(id:$id){id}}", id=gid(Checkout())) is None


def test_an_id_of_another_kind_is_refused(shop: Shop) -> None:
    assert execute_field(COMPLETE, id=gid(shop.channel))["errors"] == [
        {"field": "id", "code": "GRAPHQL_ERROR"}
    ]


def test_too_many_are_refused_with_the_variant(shop: Shop) -> None:
    (error,) = create(shop, 6)["errors"]
    variant = gid(shop.variants["CUP"])
    assert error == {"field": "quantity", "code": "INSUFFICIENT_STOCK", "variants": [variant]}
    assert not Checkout.objects.exists()


def test_an_unknown_channel_is_not_found(shop: Shop) -> None:
    (error,) = execute_field(CREATE, i={"channel": "moon", "lines": []})["errors"]
    assert (error["field"], error["code"]) == ("channel", "NOT_FOUND")


def test_with_one_channel_its_name_may_be_left_out(shop: Shop) -> None:
    assert execute_field(CREATE, i={"lines": []})["errors"] == []


def test_checks_of_an_address_can_be_switched_off_and_are_made_up_for_at_the_end(shop: Shop) -> None:
    rules = {"billingAddress": {"checkRequiredFields": False, "checkFieldsFormat": False}}
    made = create(
        shop,
        email="ada@example.com",
        shippingAddress=ADDRESS,
        billingAddress={"country": "US", "postalCode": "no"},
        validationRules=rules,
    )
    assert made["errors"] == []
    checkout = Checkout.objects.get()
    checkout_flow.set_address_and_delivery(checkout.pk)
    checkout_flow.pay(checkout)
    broken = Address.objects.filter(pk=Checkout.objects.get().billing_address_id)
    broken.update(postal_code="no", city="", validation_skipped=True)
    codes = {(e["field"], e["code"]) for e in execute_field(COMPLETE, id=made["checkout"]["id"])["errors"]}
    assert codes == {("city", "REQUIRED"), ("postalCode", "INVALID")}


def test_only_payment_apps_say_how_a_payment_flows(shop: Shop) -> None:
    pk = create(shop)["checkout"]["id"]
    query = 'mutation($id:ID!){transactionInitialize(id:$id,action:CHARGE,paymentGateway:{id:"saleor.io.dummy-payment-app"}){errors{code}}}'
    with pytest.raises(GraphQLErrors) as failed:
        execute(query, id=pk)
    assert (failed.value.codes, TransactionItem.objects.count()) == (["PermissionDenied"], 0)


def test_a_guest_can_not_read_a_checkouts_transactions(shop: Shop) -> None:
    pk = create(shop)["checkout"]["id"]
    with pytest.raises(GraphQLErrors) as failed:
        execute("query($id:ID!){checkout(id:$id){transactions{id}}}", id=pk)
    assert failed.value.codes == ["PermissionDenied"]


def test_a_signed_in_customers_checkout_is_assigned_to_them(shop: Shop) -> None:
    user = User.objects.create_user("ada@example.com", "secret pass phrase")
    line = {"variantId": gid(shop.variants["CUP"]), "quantity": 1}
    execute(CREATE, i={"channel": "default-channel", "lines": [line]}, as_=user)
    made = Checkout.objects.get()
    assert (made.user, made.email) == (user, "ada@example.com")
    detach = "mutation($id:ID!){checkoutCustomerDetach(id:$id){checkout{id} errors{code}}}"
    with pytest.raises(GraphQLErrors):
        execute(detach, id=gid(made))
    assert execute_field(detach, id=gid(made), as_=user)["errors"] == []


@pytest.mark.django_db(transaction=True)  # inside a transaction nothing is cached
def test_reading_a_checkout_takes_as_many_statements_for_one_line_as_for_five(shop: Shop) -> None:
    query = """query($id:ID!){checkout(id:$id){quantity subtotalPrice{gross{amount}} problems{__typename}
      lines{id quantity unitPrice{gross{amount}} variant{id sku name product{id slug name}}}}}"""
    with_one_line = checkout_flow.create_checkout(shop, (shop.variants["CUP"], 1))
    with_five_lines = checkout_flow.create_checkout(shop, *((shop.variant(f"V{n}"), 1) for n in range(5)))
    counts = []
    for checkout in (with_one_line, with_five_lines):
        execute(query, id=gid(checkout))  # fills the caches
        with CaptureQueriesContext(connection) as statements:
            execute(query, id=gid(checkout))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 5


def test_an_unknown_code_is_refused(shop: Shop) -> None:
    made = checkout_flow.create_checkout(shop, (shop.variants["CUP"], 1))
    query = 'mutation($id:ID!){checkoutAddPromoCode(id:$id,promoCode:"NOPE"){errors{field code}}}'
    assert execute_field(query, id=gid(made))["errors"] == [{"field": "promoCode", "code": "INVALID"}]


def test_address_rules_draw_a_form(shop: Shop) -> None:
    query = "{addressValidationRules(countryCode:US){requiredFields allowedFields countryAreaType postalCodeExamples countryAreaChoices{raw}}}"
    rules = execute_field(query)
    assert rules["requiredFields"] == ["city", "countryArea", "postalCode", "streetAddress1"]
    assert (rules["countryAreaType"], rules["countryAreaChoices"][0]) == ("state", {"raw": "AL"})


def test_no_order_comes_of_refusals(shop: Shop) -> None:
    execute_field(COMPLETE, id=create(shop)["checkout"]["id"])
    assert not Order.objects.exists()
