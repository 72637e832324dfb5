"""Money in and out, told as Saleor's transactions: items, their events, and the gateways that answer.

Amounts on a transaction are always worked out again from its events (`amounts`), never added up in passing.
Checkouts and orders are rows above: a transaction knows only their ids. Who pays for what: `checkout.paying`.
"""
