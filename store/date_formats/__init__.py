"""How Django writes dates where a list or page gives none of its own format (settings.FORMAT_MODULE_PATH)."""
