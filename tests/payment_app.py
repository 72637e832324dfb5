"""A payment app for tests: an HTTP server that records requests and returns prepared responses."""

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
      requestedAction: action { amount currency actionType } transaction { id } sourceObject { __typename } }
  ... on TransactionProcessSession { data merchantReference requestedAction: action { amount currency actionType }
      transaction { id pspReference } sourceObject { __typename } }
  ... on TransactionChargeRequested { action { amount currency actionType } of: transaction { pspReference } }
  ... on TransactionRefundRequested { action { amount currency actionType } of: transaction { pspReference } grantedRefund { id reason } }
  ... on TransactionCancelationRequested { action { amount currency actionType } of: transaction { pspReference } }
} }"""


class PaymentApp:
    """`responses`: returned in turn, each a JSON value, bytes, (status, response) or a function of the request body; after
    them `default`.

    `received`: (event type, body) of each request.
    """

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.responses: list[Any] = []
        self.default: Any = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.received.append((self.headers["Saleor-Event"], body))
                outer.headers.append(dict(self.headers.items()))
                response = outer.responses.pop(0) if outer.responses else outer.default
                response = response(body) if callable(response) else response
                status, response = response if isinstance(response, tuple) else (200, response)
                encoded = response if isinstance(response, bytes) else json.dumps(response).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(encoded)))
                self.end_headers()
                self.wfile.write(encoded)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def app_response(result: str, psp: str | None = "psp-1", **more: Any) -> dict[str, Any]:
    """A response in Saleor's protocol."""
    return {"pspReference": psp, "result": result, **more}
