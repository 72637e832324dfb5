"""The pages of product safety for the merchant: lots, recalls, and whom a recall concerns."""

from store.safety.admin import lots, recall_recipients, recalls

__all__ = ["lots", "recall_recipients", "recalls"]
