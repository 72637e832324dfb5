import pytest

from store.engine.errors import OperationError
from store.engine.graphql.ids import from_global_id, pk_of, to_global_id


def test_a_global_id_is_base64_of_type_and_pk() -> None:
    assert to_global_id("Channel", 1) == "Q2hhbm5lbDox"


def test_it_reads_its_own_ids() -> None:
    assert from_global_id(to_global_id("Order", "2e5c9f08-a979")) == ("Order", "2e5c9f08-a979")


@pytest.mark.parametrize("broken", ["", "x", "Channel:1", "Q2hhbm5lbA==", "☃"])
def test_it_refuses_what_is_no_global_id(broken: str) -> None:
    with pytest.raises(OperationError) as raised:
        from_global_id(broken)
    assert raised.value.code == "GRAPHQL_ERROR"


def test_it_refuses_an_id_of_another_type_and_names_the_expected_one() -> None:
    with pytest.raises(OperationError, match=r"Expected: Order\."):
        pk_of(to_global_id("Channel", 1), "Order")
