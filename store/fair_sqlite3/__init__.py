"""Django's SQLite backend with writers that take turns. Imports nothing of the store."""
