"""MIDDLE: what Saleor has no word for: which safety insert a buyer acknowledged, and later lots and recalls.

Speaks to the shop through the typed client; may import `mailer`, `guidebook` and `saleor`. Private answers
about health never come here: only which insert, in which version, when.
"""

from store.safety.acknowledgement import LineInsert, acknowledge

__all__ = ["LineInsert", "acknowledge"]
