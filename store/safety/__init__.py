"""Product safety data that Saleor has no field for: which safety insert a buyer acknowledged, which version, when.

Writes to the shop through the typed client. May import `mailer`, `guidebook` and `saleor`. Answers about health are
never stored here.
"""

from store.safety.acknowledgement import LineInsert, acknowledge

__all__ = ["LineInsert", "acknowledge"]
