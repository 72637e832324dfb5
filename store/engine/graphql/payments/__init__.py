"""Saleor's payments in GraphQL: transactions, their events, and the mutations of payment apps and customers.

May import `engine.payments`, `engine.checkout`, `engine.orders` and what lies below.
"""

from store.engine.graphql.payments import legacy_payments, transaction_reports, transaction_sessions, types

__all__ = ["legacy_payments", "transaction_reports", "transaction_sessions", "types"]
