import pytest

from store.engine.accounts import email_tokens
from store.engine.accounts.models import User
from tests.engine.accounts.conftest import PASSWORD, recorded_events
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

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


def log_in(user):
    return execute_field(LOG_IN, email=user.email, password=PASSWORD)


def test_registering_returns_no_id_so_that_nobody_learns_who_has_an_account(channel, ada):
    given = {"password": PASSWORD, "redirectUrl": BACK, "languageCode": "DE"}
    answers = [
        execute_field(REGISTER, input=given | {"email": email}) for email in (ada.email, "new@example.com")
    ]
    assert [answer["user"]["id"] for answer in answers] == ["", ""]
    assert [answer["errors"] for answer in answers] == [[], []]
    assert answers[1]["user"]["languageCode"] == "DE"
    assert answers[1]["requiresConfirmation"] is True


def test_errors_have_saleors_field_and_code(channel):
    answer = execute_field(REGISTER, input={"email": "x", "password": PASSWORD, "redirectUrl": BACK})
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("email", "INVALID")]
    answer = execute_field(REGISTER, input={"email": "a@example.com", "password": "123", "redirectUrl": BACK})
    assert {(error["field"], error["code"]) for error in answer["errors"]} == {
        ("password", "PASSWORD_TOO_SHORT"),
        ("password", "PASSWORD_TOO_COMMON"),
    }
    assert User.objects.count() == 0


def test_logging_in_gives_tokens_and_me_knows_them(ada):
    answer = log_in(ada)
    assert answer["errors"] == []
    assert execute_field(ME, as_=answer["token"])["email"] == "ada@example.com"
    assert execute_field(ME) is None


def test_wrong_credentials(ada):
    answer = execute_field(LOG_IN, email=ada.email, password="wrong")
    assert (answer["token"], answer["errors"]) == (None, [{"field": "email", "code": "INVALID_CREDENTIALS"}])


def test_a_refresh_token_and_nothing_else_gives_a_new_access_token(ada):
    answer = log_in(ada)
    refreshed = execute_field(REFRESH, t=answer["refreshToken"])
    assert (refreshed["errors"], refreshed["user"]["email"]) == ([], ada.email)
    assert execute_field(ME, as_=refreshed["token"])["email"] == ada.email
    for token, code in (
        (answer["token"], "JWT_INVALID_TOKEN"),
        ("junk", "JWT_DECODE_ERROR"),
        (None, "JWT_MISSING_TOKEN"),
    ):
        assert execute_field(REFRESH, t=token)["errors"] == [{"field": "refreshToken", "code": code}]


def test_verifying_a_token_shows_its_claims(ada):
    answer = execute_field(VERIFY, t=log_in(ada)["token"])
    assert (answer["isValid"], answer["payload"]["user_id"], answer["user"]["email"]) == (
        True,
        gid(ada),
        ada.email,
    )
    assert execute_field(VERIFY, t="junk")["isValid"] is False


def test_deactivating_all_tokens_logs_out_everywhere(ada):
    token = log_in(ada)["token"]
    assert execute_field("mutation { tokensDeactivateAll { errors { code } } }", as_=token)["errors"] == []
    with pytest.raises(GraphQLErrors) as failed:
        execute(ME, as_=token)
    assert failed.value.codes == ["InvalidTokenError"]


def test_resetting_a_password_from_request_to_login(ada, channel):
    request_reset = "mutation($e: String!, $u: String!) { requestPasswordReset(email: $e, redirectUrl: $u) { errors { code } } }"
    assert execute_field(request_reset, e=ada.email, u=BACK)["errors"] == []
    ada.refresh_from_db()
    found = 'mutation($t: String!) { setPassword(email: "ada@example.com", password: "another way home", token: $t) { token errors { field code } } }'
    answer = execute_field(found, t=email_tokens.password_reset.make_token(ada))
    assert execute_field(ME, as_=answer["token"])["email"] == ada.email
    assert execute_field(found, t="guess")["errors"] == [{"field": "token", "code": "INVALID"}]


def test_an_account_mail_never_leads_to_a_foreign_host(ada):
    request_reset = 'mutation { requestPasswordReset(email: "ada@example.com", redirectUrl: "https://evil.example") { errors { field code } } }'
    assert execute_field(request_reset)["errors"] == [{"field": "redirectUrl", "code": "INVALID"}]
    assert recorded_events() == []


def test_guests_can_not_change_an_account():
    for query in (
        'mutation { accountUpdate(input: {firstName: "x"}) { user { id } } }',
        'mutation { passwordChange(newPassword: "x") { user { id } } }',
        'mutation { accountDelete(token: "x") { user { id } } }',
        "mutation { accountAddressCreate(input: {country: US}) { user { id } } }",
    ):
        with pytest.raises(GraphQLErrors) as failed:
            execute(query)
        assert failed.value.codes == ["PermissionDenied"]


def test_an_address_of_ones_own_from_first_to_last(ada):
    create = """mutation($input: AddressInput!) { accountAddressCreate(input: $input, type: SHIPPING) {
        address { id city country { code country } isDefaultShippingAddress isDefaultBillingAddress } errors { field code } } }"""
    address = execute_field(create, input=ADDRESS, as_=ada)["address"]
    assert (address["city"], address["country"]) == (
        "MOUNTAIN VIEW",
        {"code": "US", "country": "United States"},
    )
    assert (address["isDefaultShippingAddress"], address["isDefaultBillingAddress"]) == (True, False)
    default = "mutation($id: ID!) { accountSetDefaultAddress(id: $id, type: BILLING) { user { defaultBillingAddress { id } } errors { code } } }"
    answer = execute_field(default, id=address["id"], as_=ada)
    assert answer["user"]["defaultBillingAddress"] == {"id": address["id"]}
    update = 'mutation($id: ID!) { accountAddressUpdate(id: $id, input: {city: "Palo Alto", postalCode: "94301"}) { address { city } errors { field code } } }'
    assert execute_field(update, id=address["id"], as_=ada)["address"]["city"] == "PALO ALTO"
    delete = "mutation($id: ID!) { accountAddressDelete(id: $id) { address { id } user { defaultBillingAddress { id } } errors { code } } }"
    assert execute_field(delete, id=address["id"], as_=ada) == {
        "address": {"id": address["id"]},
        "user": {"defaultBillingAddress": None},
        "errors": [],
    }


def test_a_broken_address_says_which_kind_it_was(ada):
    create = """mutation($input: AddressInput!) { accountAddressCreate(input: $input, type: BILLING) {
        address { id } errors { field code addressType } } }"""
    answer = execute_field(create, input=ADDRESS | {"postalCode": "1"}, as_=ada)
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
        with pytest.raises(GraphQLErrors) as failed:
            execute(query, id=gid(address), as_=eve)
        assert failed.value.codes == ["PermissionDenied"]
    address.refresh_from_db()
    assert address.city == "Home"


def test_twenty_addresses_cost_as_many_statements_as_one(ada, django_assert_num_queries):
    token = log_in(ada)["token"]
    ada.addresses.create(city="Home", country="US")
    with django_assert_num_queries(2):
        execute(ME.replace("userPermissions { code }", ""), as_=token)
    for number in range(20):
        ada.addresses.create(city=str(number), country="US")
    with django_assert_num_queries(2):
        execute(ME.replace("userPermissions { code }", ""), as_=token)
