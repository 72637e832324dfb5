"""Writes each mail to an .eml file, for development. The atomic rename is the acceptance: no outcome is unknown."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

from store.mailer.transport.base import Envelope, NotSent, Phase, Receipt, nothing


class FileTransport:
    final_timeout = timedelta(seconds=5)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = "local mailbox"

    def deliver(
        self,
        envelope: Envelope,
        before_final: Callable[[], None],
        meanwhile: Callable[[], None] = nothing,
    ) -> Receipt:
        path = self.path(envelope.message_id)
        draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(envelope.content)
                file.flush()
                os.fsync(file.fileno())
            before_final()
            draft.replace(path)
        except OSError as error:
            raise NotSent(Phase.DATA, f"{path}: {error.strerror or error}") from error
        finally:
            draft.unlink(missing_ok=True)
        return Receipt(None, f"written to {path.name}")

    def one_connection(self) -> AbstractContextManager[None]:
        return nullcontext()

    def was_accepted(self, message_id: str) -> bool | None:
        return self.path(message_id).exists()

    def path(self, message_id: str) -> Path:
        name = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in message_id.strip("<>"))
        return self.folder / f"{name}.eml"
