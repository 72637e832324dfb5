import pytest

from store.engine.accounts import email_tokens
from store.engine.accounts.models import User
from tests.engine.accounts.conftest import PASSWORD, facts
from tests.engine.api_client import Failed, ask, ask_one, gid

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://cupwell.example/confirm/"
REGISTER = """mutation($input: AccountRegisterInput!) { accountRegister(input: $input) {
    requiresConfirmation user { id email languageCode } errors { field code message } } }"""
LOG_IN = """mutation($email: String!, $password: String!) { tokenCreate(email: $email, password: $password) {
    token refreshToken csrfToken user { id email } errors { field code } } }"""
REFRESH = (
    "mutation($t: String) { tokenRefresh(refreshToken: $t) { token user { email } errors { field code } } }"
)
VERIFY = "mutation($t: String!) { tokenVerify(token: $t) { isValid payload user { email } errors { field code } } }"
ME = "{ me { id email isStaff isConfirmed firstName addresses { city isDefaultShippingAddress } userPermissions { code } } }"
ADDRESS = {
    "firstName": "Ada",
    "lastName": "Guest",
    "streetAddress1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "countryArea": "CA",
    "postalCode": "94043",
    "country": "US",
}


def logged_in(user):
    return ask_one(LOG_IN, email=user.email, password=PASSWORD)


def test_registering_tells_no_id_so_nobody_learns_who_has_an_account(channel, ada):
    given = {"password": PASSWORD, "redirectUrl": BACK, "languageCode": "DE"}
    answers = [ask_one(REGISTER, input=given | {"email": email}) for email in (ada.email, "new@example.com")]
    assert [answer["user"]["id"] for answer in answers] == ["", ""]
    assert [answer["errors"] for answer in answers] == [[], []]
    assert answers[1]["user"]["languageCode"] == "DE"
    assert answers[1]["requiresConfirmation"] is True


def test_errors_name_the_field_in_saleors_words(channel):
    answer = ask_one(REGISTER, input={"email": "x", "password": PASSWORD, "redirectUrl": BACK})
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("email", "INVALID")]
    answer = ask_one(REGISTER, input={"email": "a@example.com", "password": "123", "redirectUrl": BACK})
    assert {(error["field"], error["code"]) for error in answer["errors"]} == {
        ("password", "PASSWORD_TOO_SHORT"),
        ("password", "PASSWORD_TOO_COMMON"),
    }
    assert User.objects.count() == 0


def test_logging_in_gives_tokens_and_me_knows_them(ada):
    answer = logged_in(ada)
    assert answer["errors"] == []
    assert ask_one(ME, as_=answer["token"])["email"] == "ada@example.com"
    assert ask_one(ME) is None


def test_wrong_credentials(ada):
    answer = ask_one(LOG_IN, email=ada.email, password="wrong")
    assert (answer["token"], answer["errors"]) == (None, [{"field": "email", "code": "INVALID_CREDENTIALS"}])


def test_a_refresh_token_gives_a_fresh_access_token_and_nothing_else_does(ada):
    answer = logged_in(ada)
    fresh = ask_one(REFRESH, t=answer["refreshToken"])
    assert (fresh["errors"], fresh["user"]["email"]) == ([], ada.email)
    assert ask_one(ME, as_=fresh["token"])["email"] == ada.email
    for token, code in (
        (answer["token"], "JWT_INVALID_TOKEN"),
        ("junk", "JWT_DECODE_ERROR"),
        (None, "JWT_MISSING_TOKEN"),
    ):
        assert ask_one(REFRESH, t=token)["errors"] == [{"field": "refreshToken", "code": code}]


def test_verifying_a_token_shows_its_claims(ada):
    answer = ask_one(VERIFY, t=logged_in(ada)["token"])
    assert (answer["isValid"], answer["payload"]["user_id"], answer["user"]["email"]) == (
        True,
        gid(ada),
        ada.email,
    )
    assert ask_one(VERIFY, t="junk")["isValid"] is False


def test_deactivating_all_tokens_logs_out_everywhere(ada):
    token = logged_in(ada)["token"]
    assert ask_one("mutation { tokensDeactivateAll { errors { code } } }", as_=token)["errors"] == []
    with pytest.raises(Failed) as failed:
        ask(ME, as_=token)
    assert failed.value.codes == ["InvalidTokenError"]


def test_the_whole_way_of_a_lost_password(ada, channel):
    forgot = "mutation($e: String!, $u: String!) { requestPasswordReset(email: $e, redirectUrl: $u) { errors { code } } }"
    assert ask_one(forgot, e=ada.email, u=BACK)["errors"] == []
    ada.refresh_from_db()
    found = 'mutation($t: String!) { setPassword(email: "ada@example.com", password: "another way home", token: $t) { token errors { field code } } }'
    answer = ask_one(found, t=email_tokens.password_reset.make_token(ada))
    assert ask_one(ME, as_=answer["token"])["email"] == ada.email
    assert ask_one(found, t="guess")["errors"] == [{"field": "token", "code": "INVALID"}]


def test_an_account_mail_never_leads_to_a_strange_host(ada):
    forgot = 'mutation { requestPasswordReset(email: "ada@example.com", redirectUrl: "https://evil.example") { errors { field code } } }'
    assert ask_one(forgot)["errors"] == [{"field": "redirectUrl", "code": "INVALID"}]
    assert facts() == []


def test_guests_can_not_change_an_account():
    for query in (
        'mutation { accountUpdate(input: {firstName: "x"}) { user { id } } }',
        'mutation { passwordChange(newPassword: "x") { user { id } } }',
        'mutation { accountDelete(token: "x") { user { id } } }',
        "mutation { accountAddressCreate(input: {country: US}) { user { id } } }",
    ):
        with pytest.raises(Failed) as failed:
            ask(query)
        assert failed.value.codes == ["PermissionDenied"]


def test_an_address_of_ones_own_from_first_to_last(ada):
    create = """mutation($input: AddressInput!) { accountAddressCreate(input: $input, type: SHIPPING) {
        address { id city country { code country } isDefaultShippingAddress isDefaultBillingAddress } errors { field code } } }"""
    address = ask_one(create, input=ADDRESS, as_=ada)["address"]
    assert (address["city"], address["country"]) == (
        "MOUNTAIN VIEW",
        {"code": "US", "country": "United States"},
    )
    assert (address["isDefaultShippingAddress"], address["isDefaultBillingAddress"]) == (True, False)
    default = "mutation($id: ID!) { accountSetDefaultAddress(id: $id, type: BILLING) { user { defaultBillingAddress { id } } errors { code } } }"
    answer = ask_one(default, id=address["id"], as_=ada)
    assert answer["user"]["defaultBillingAddress"] == {"id": address["id"]}
    update = 'mutation($id: ID!) { accountAddressUpdate(id: $id, input: {city: "Palo Alto", postalCode: "94301"}) { address { city } errors { field code } } }'
    assert ask_one(update, id=address["id"], as_=ada)["address"]["city"] == "PALO ALTO"
    delete = "mutation($id: ID!) { accountAddressDelete(id: $id) { address { id } user { defaultBillingAddress { id } } errors { code } } }"
    assert ask_one(delete, id=address["id"], as_=ada) == {
        "address": {"id": address["id"]},
        "user": {"defaultBillingAddress": None},
        "errors": [],
    }


def test_a_broken_address_says_which_kind_it_was(ada):
    create = """mutation($input: AddressInput!) { accountAddressCreate(input: $input, type: BILLING) {
        address { id } errors { field code addressType } } }"""
    answer = ask_one(create, input=ADDRESS | {"postalCode": "1"}, as_=ada)
    assert answer["errors"] == [{"field": "postalCode", "code": "INVALID", "addressType": "BILLING"}]
    assert ada.addresses.count() == 0


def test_nobody_reaches_into_anothers_address_book(ada):
    eve = User.objects.create_user("eve@example.com", PASSWORD)
    address = ada.addresses.create(city="Home", country="US")
    for query in (
        "mutation($id: ID!) { accountAddressDelete(id: $id) { address { id } } }",
        'mutation($id: ID!) { accountAddressUpdate(id: $id, input: {city: "X"}) { address { id } } }',
        "query($id: ID!) { address(id: $id) { city } }",
    ):
        with pytest.raises(Failed) as failed:
            ask(query, id=gid(address), as_=eve)
        assert failed.value.codes == ["PermissionDenied"]
    address.refresh_from_db()
    assert address.city == "Home"


def test_twenty_addresses_cost_as_many_statements_as_one(ada, django_assert_num_queries):
    token = logged_in(ada)["token"]
    ada.addresses.create(city="Home", country="US")
    with django_assert_num_queries(2):
        ask(ME.replace("userPermissions { code }", ""), as_=token)
    for number in range(20):
        ada.addresses.create(city=str(number), country="US")
    with django_assert_num_queries(2):
        ask(ME.replace("userPermissions { code }", ""), as_=token)


def test_a_nul_character_is_refused_before_it_reaches_the_database(ada):
    from store.engine.graphql.serve import serve

    body = b'{"query": "mutation { tokenCreate(email: \\"a\\", password: \\"b\\") { token } }", "variables": {"x": "\\u0000"}}'
    answer = serve(body, {"content-type": "application/json"})
    assert answer.status == 400
    assert b"NUL" in answer.body
