"""What is locked before an account is deleted, whoever deletes it."""

from collections.abc import Callable

from store.engine.accounts.models import User

# Called with the user in the transaction that deletes the account, before the account itself is locked. Packages above
# register here: `checkout` locks carts, orders and gift cards of the account.
callbacks: list[Callable[[User], None]] = []


def lock_account(user: User) -> None:
    """Lock what refers to the account, then the account, and read it once more. Raises NotFound.

    Whoever completes a cart or a draft has locked it and comes to the customer's account last. The deletion goes the
    same way, so that neither waits for the other in a circle.
    """
    for callback in callbacks:
        callback(user)
    user.lock()
