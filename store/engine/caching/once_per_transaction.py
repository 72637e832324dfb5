"""On-commit callbacks that a transaction registers once, however often they are asked for."""

import threading
import weakref
from collections.abc import Callable

from django.db import transaction


class OncePerTransaction:
    """Calls `action` once after the commit of each transaction in which `register` was called.

    Django drops a callback when the savepoint or the transaction that registered it is rolled back, and after the
    commit. Nobody else holds it, so a weak reference tells whether it is still registered.
    """

    def __init__(self, action: Callable[[], None], *, robust: bool = False) -> None:
        self._action, self._robust = action, robust
        self._last = threading.local()  # connections belong to threads

    def register(self) -> None:
        if self.is_registered():
            return
        callback = _Callback(self._action)
        self._last.callback = weakref.ref(callback)
        transaction.on_commit(callback, robust=self._robust)

    def is_registered(self) -> bool:
        """Whether the current transaction will call `action`."""
        callback: Callable[[], object] | None = getattr(self._last, "callback", None)
        return callback is not None and callback() is not None


class _Callback:
    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def __call__(self) -> None:
        self._action()
