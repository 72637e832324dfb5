"""Marking an account's email address as confirmed, and telling packages above about it."""

from collections.abc import Callable

from store.engine import events
from store.engine.accounts.models import User

# Called with the user in the transaction that confirms the address or changes it to another confirmed one. Packages
# above register here: `orders` assigns orders that were placed as a guest.
confirmed_callbacks: list[Callable[[User], None]] = []
# Called with the address before the account is locked; they lock the rows that the callbacks above write.
locking_callbacks: list[Callable[[str], None]] = []


def lock_account(user: User, *, email: str) -> None:
    """Lock what is assigned to the account once `email` is confirmed, then the account, and read it once more.

    Whoever completes a guest's draft has locked the order and comes to the customer's account last, so this goes the
    same way. Raises NotFound.
    """
    for callback in locking_callbacks:
        callback(email)
    user.lock()


def confirm_user(user: User) -> None:
    """Set `is_confirmed`, run the callbacks and record ACCOUNT_CONFIRMED; runs inside the caller's transaction."""
    user.is_confirmed = True
    user.save(update_fields=["is_confirmed", "updated_at"])
    run_confirmed_callbacks(user)
    events.record_event("ACCOUNT_CONFIRMED", kind="User", pk=user.pk)


def run_confirmed_callbacks(user: User) -> None:
    for callback in confirmed_callbacks:
        callback(user)
