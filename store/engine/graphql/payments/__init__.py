"""Saleor's words for money: transactions and their events, gateways, and the mutations that move money."""

from store.engine.graphql.payments import legacy_payments, transaction_reports, transaction_sessions, types

__all__ = ["legacy_payments", "transaction_reports", "transaction_sessions", "types"]
