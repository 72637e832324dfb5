"""Where the request of a buyer to return something is kept: in the private metadata of the order, as JSON.

`{"at": "2026-11-28T14:05:00+00:00", "reason": "withdrawal", "lines": {"<id of an order line>": 1}}`
"""

METADATA_KEY = "return_request"
# The last one that was settled: the same, with `"closed_at"`, and `"answer"` where it was closed with one.
CLOSED_KEY = "return_request_closed"
