"""Whatever characters and numbers a client sends: stored clean, or refused with a clear error."""

import json

import pytest

from store.engine.accounts.models import User
from store.engine.channels.models import Translation
from store.engine.checkout.models import Checkout
from store.engine.graphql.serve import serve
from tests.engine.api_client import GraphQLErrors
from tests.engine.merchant import ADDRESS


def post(merchant, body):
    headers = {"content-type": "application/json", "authorization": f"Bearer {merchant.token()}"}
    answer = serve(body, headers)
    return answer.status, json.loads(answer.body)


def customer_request(first_name):
    query = "mutation($input: UserCreateInput!) { customerCreate(input: $input) { errors { field code } } }"
    variables = {
        "input": {
            "email": "ada@example.com",
            "firstName": first_name,
            "metadata": [{"key": "k", "value": first_name}],
        }
    }
    return json.dumps({"query": query, "variables": variables}).encode()


def test_texts_of_variables_are_stored_clean(merchant):
    status, _ = post(merchant, customer_request("A\x00d\x0ba\ufffe Jose\u0301"))
    user = User.objects.get()
    assert (status, user.first_name, user.metadata) == (200, "Ad a Jos\u00e9", {"k": "Ad\na Jos\u00e9"})


@pytest.mark.parametrize("literal", [r"A\u0000d\u000Ba", r"A\u0000d\u000ba"])
def test_texts_of_the_document_are_stored_clean(merchant, literal):
    query = (
        'mutation { customerCreate(input: {email: "ada@example.com", firstName: "%s"}) { errors { field } } }'
    )
    assert post(merchant, json.dumps({"query": query % literal}).encode())[0] == 200
    assert User.objects.get().first_name == "Ad a"


def test_half_an_emoji_is_refused_by_name(merchant):
    status, content = post(merchant, customer_request("A\ud83d"))
    assert status == 400
    assert "half of a character" in content["errors"][0]["message"]
    assert User.objects.count() == 0


def test_json_within_a_text_is_cleaned_too(merchant_with_shop):
    shop = merchant_with_shop
    text = json.dumps({"blocks": [{"type": "paragraph", "data": {"text": "For\x00 home\x0b use"}}]})
    shop.product("starter", description=text)
    stored = shop.execute("query($id: ID!) { product(id: $id) { description } }", id=shop.ids["starter"])[
        "description"
    ]
    assert json.loads(stored)["blocks"][0]["data"]["text"] == "For home\n use"


@pytest.mark.parametrize(
    "description",
    ['{"blocks": [{"type": "paragraph", "data": {"text": "A\\ud83d"}}]}', '{"time": 1e400}', '{"time": NaN}'],
)
def test_json_within_a_text_that_can_not_be_stored_is_refused(merchant_with_shop, description):
    with pytest.raises(GraphQLErrors) as refused:
        merchant_with_shop.mutate(
            "productUpdate",
            "__typename",
            id=("ID!", merchant_with_shop.product()),
            input=("ProductInput!", {"description": description}),
        )
    assert refused.value.codes == ["GraphQLError"]


@pytest.mark.parametrize(
    ("mutation", "kind", "given", "field"),
    [
        ("customerCreate", "UserCreateInput!", {"email": "ada@example.com", "firstName": "x" * 257}, "firstName"),
        ("giftCardCreate", "GiftCardCreateInput!", {"balance": {"amount": 5, "currency": "USD"}, "isActive": True, "code": "x" * 300}, "code"),
        ("warehouse", "WarehouseCreateInput!", {"name": "x" * 300, "slug": "w", "address": ADDRESS}, "name"),
    ],
)  # fmt: skip
def test_a_text_longer_than_its_column_is_refused_on_every_database(
    merchant_with_shop, mutation, kind, given, field
):
    name = "createWarehouse" if mutation == "warehouse" else mutation
    errors = merchant_with_shop.mutate(name, "__typename", input=(kind, given))["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(field, "INVALID")]


TOO_LONG = {"name": 256, "slug": 256, "seoTitle": 71, "seoDescription": 301}


@pytest.mark.parametrize(("field", "length"), TOO_LONG.items())
def test_a_translation_is_as_long_as_the_column_of_what_it_translates(merchant_with_shop, field, length):
    shop = merchant_with_shop
    product = shop.product()

    def translate(text):
        return shop.mutate(
            "productTranslate",
            "__typename",
            id=("ID!", product),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=("TranslationInput!", {field: text}),
        )["errors"]

    assert [(error["field"], error["code"]) for error in translate("x" * length)] == [(field, "INVALID")]
    assert translate("x" * (length - 1)) == []


def test_a_translation_is_stored_clean(merchant_with_shop):
    shop = merchant_with_shop
    given = {"name": "Gla\u0308ser\x00", "seoTitle": "Glas\ufffe"}
    shop.mutate(
        "productTranslate",
        "__typename",
        id=("ID!", shop.product()),
        languageCode=("LanguageCodeEnum!", "DE"),
        input=("TranslationInput!", given),
    )
    assert Translation.objects.get().values == {"name": "Gl\u00e4ser", "seo_title": "Glas"}


def test_metadata_has_a_limit_when_a_guest_begins_a_checkout_too(merchant_with_shop):
    given = {"channel": "us", "lines": [], "metadata": [{"key": "k", "value": "x" * 100_000}]}
    errors = merchant_with_shop.mutate("checkoutCreate", "__typename", input=("CheckoutCreateInput!", given))[
        "errors"
    ]
    assert [(error["field"], error["code"]) for error in errors] == [("metadata", "INVALID")]
    assert Checkout.objects.count() == 0
