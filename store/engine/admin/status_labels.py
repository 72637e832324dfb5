"""Labels and colors of statuses."""

TONES = {
    "UNFULFILLED": "warning",
    "PARTIALLY_FULFILLED": "warning",
    "UNCONFIRMED": "info",
    "FULFILLED": "success",
    "CANCELED": "danger",
    "EXPIRED": "danger",
    "RETURNED": "info",
    "PARTIALLY_RETURNED": "info",
    "WAITING_FOR_APPROVAL": "info",
    "FULL": "success",
    "OVERCHARGED": "info",
    "PARTIAL": "warning",
    "NONE": "danger",
    "DELIVERED": "success",
    "pending": "warning",
    "success": "success",
    "failed": "danger",
}
LABELS = {
    "UNFULFILLED": "To send",
    "PARTIALLY_FULFILLED": "Partly sent",
    "UNCONFIRMED": "To confirm",
    "FULFILLED": "Sent",
    "CANCELED": "Cancelled",
    "PARTIALLY_RETURNED": "Partly returned",
    "WAITING_FOR_APPROVAL": "Waits for approval",
    "FULL": "Paid",
    "PARTIAL": "Partly paid",
    "NONE": "Unpaid",
    "OVERCHARGED": "Paid too much",
}


def status_label(status: str) -> str:
    return LABELS.get(status) or status.replace("_", " ").capitalize()


# For unfold, which looks up the color by the label that is shown.
TONE_BY_LABEL = {status_label(status): tone for status, tone in TONES.items()}

# Why stock changed: the reasons of `stock.movements`.
MOVEMENT_LABELS = {
    "received": "Received",
    "fulfilled": "Sold and sent",
    "returned": "Returned",
    "restocked": "Back from a cancelled parcel",
    "adjusted": "Adjusted",
    "moved": "Moved",
    "written_off": "Written off",
    "counted": "Counted",
    "created": "First stock",
    "set": "Set by another program",
    "deleted": "Removed from the warehouse",
    "exceeded": "Sold beyond what was there",
    "allocated": "Promised to an order",
    "deallocated": "No longer promised",
}
