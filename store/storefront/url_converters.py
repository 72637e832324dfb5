"""The slug in a URL: letters of any script, as Saleor allows them. Django's own converter knows ASCII only."""

import unicodedata


class UnicodeSlugConverter:
    """One path segment. Browsers and scripts may send letters decomposed (NFD); slugs are stored in NFC."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError, which Django answers with 404, for characters that no slug can have."""
        if not all(char.isprintable() for char in value):
            raise ValueError("a slug has printable characters only")
        return unicodedata.normalize("NFC", value)

    def to_url(self, value: str) -> str:
        return value
