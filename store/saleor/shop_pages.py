"""The pages of the shop itself, such as about, terms and imprint: Saleor pages of one type, which the merchant edits.

They are seeded as examples. An example says so in its text, in each language, until the merchant has written their own.
"""

PAGE_TYPE = "shop-page"
CONTACT = "contact"  # shown above the form of the contact page
EXAMPLE_MARK = "[EXAMPLE]"
# What every shop must say (Directives 2000/31/EC and 2011/83/EU, Regulation (EU) 2016/679, Directive (EU) 2019/882).
REQUIRED = ("contact", "shipping", "returns", "privacy", "terms", "imprint", "accessibility")


def is_example(*contents: str | None) -> bool:
    """Whether one of the texts (EditorJS documents as JSON, one for each language) still has the mark."""
    return any(EXAMPLE_MARK in content for content in contents if content)
