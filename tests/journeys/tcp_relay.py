"""A TCP relay between the shop and a service, which can be cut as if the service were gone."""

import contextlib
import socket
import threading
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit


class TcpRelay:
    """Relays 127.0.0.1:`port` to the host and port of `url`. A context manager; `url` is the address to use instead."""

    def __init__(self, url: str, *, default_port: int) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or default_port)
        self._listener = _listen(0)
        self.port: int = self._listener.getsockname()[1]
        userinfo = parts.netloc.rpartition("@")[0]
        netloc = f"{userinfo}@127.0.0.1:{self.port}" if userinfo else f"127.0.0.1:{self.port}"
        self.url = urlunsplit(parts._replace(netloc=netloc))
        self._open: list[socket.socket] = []

    def __enter__(self) -> "TcpRelay":
        self._accept()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.cut()

    def cut(self) -> None:
        """End all connections and refuse new ones."""
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def restore(self) -> None:
        self._listener = _listen(self.port)
        self._accept()

    def _accept(self) -> None:
        threading.Thread(target=self._serve, args=[self._listener], daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # cut
            while True:
                client, _ = listener.accept()
                service = socket.create_connection(self._target)
                self._open += [client, service]
                for source, sink in ((client, service), (service, client)):
                    threading.Thread(target=_copy, args=[source, sink], daemon=True).start()


def _listen(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for one in (source, sink):
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
