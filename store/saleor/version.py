"""Which Saleor's API is spoken here."""

SCHEMA_VERSION = "3.23"
VERSION = f"{SCHEMA_VERSION}.28"
