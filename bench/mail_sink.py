"""An SMTP server that takes everything: `python -m bench.mail_sink PORT`. Prints the number of mails when it ends."""

import signal
import socketserver
import sys
from types import FrameType

taken = 0


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        global taken  # noqa: PLW0603  one process, one count
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.wfile.write(b"250-sink\r\n250-PIPELINING\r\n250 SIZE 30000000\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 go\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                taken += 1
                self.wfile.write(b"250 queued\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def _end(_signal: int, _frame: FrameType | None) -> None:
    print(taken, flush=True)
    raise SystemExit


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    with _Server(("127.0.0.1", int(sys.argv[1])), _Handler) as server:
        server.serve_forever()
