"""A payment app to test with: an HTTP server that notes what it is asked and says what it is told to say."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EVENTS = (
    "PAYMENT_GATEWAY_INITIALIZE_SESSION",
    "TRANSACTION_INITIALIZE_SESSION",
    "TRANSACTION_PROCESS_SESSION",
    "TRANSACTION_CHARGE_REQUESTED",
    "TRANSACTION_REFUND_REQUESTED",
    "TRANSACTION_CANCELATION_REQUESTED",
)
QUERY = """subscription { event { __typename issuedAt recipient { id name }
  ... on PaymentGatewayInitializeSession { amount data sourceObject { __typename } }
  ... on TransactionInitializeSession { data idempotencyKey merchantReference customerIpAddress
      wish: action { amount currency actionType } transaction { id } sourceObject { __typename } }
  ... on TransactionProcessSession { data merchantReference wish: action { amount currency actionType }
      transaction { id pspReference } sourceObject { __typename } }
  ... on TransactionChargeRequested { action { amount currency actionType } of: transaction { pspReference } }
  ... on TransactionRefundRequested { action { amount currency actionType } of: transaction { pspReference } grantedRefund { id reason } }
  ... on TransactionCancelationRequested { action { amount currency actionType } of: transaction { pspReference } }
} }"""


class PaymentApp:
    """`says`: answers in turn, each a JSON value, bytes, (status, answer) or a function of what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.says: list[Any] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append((self.headers["Saleor-Event"], body))
                outer.headers.append(dict(self.headers.items()))
                said = outer.says.pop(0) if outer.says else {}
                said = said(body) if callable(said) else said
                status, said = said if isinstance(said, tuple) else (200, said)
                answer = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def says(result: str, psp: str | None = "psp-1", **more: Any) -> dict[str, Any]:
    """An answer by the protocol."""
    return {"pspReference": psp, "result": result, **more}
