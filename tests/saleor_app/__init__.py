"""The connection to a real Saleor: its file, app, webhooks and what is checked."""
