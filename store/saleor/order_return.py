"""Where the request of a buyer to return something stands: in the private metadata of the order, as JSON.

`{"at": "2026-11-28T14:05:00+00:00", "reason": "withdrawal", "lines": {"<id of an order line>": 1}}`
"""

METADATA_KEY = "return_request"
