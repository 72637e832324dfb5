"""The words and colours of states."""

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
WORDS = {
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


def worded(state: str) -> str:
    return WORDS.get(state) or state.replace("_", " ").capitalize()


# What unfold's labels want: the tone by the word that is shown.
BY_WORD = {worded(state): tone for state, tone in TONES.items()}
