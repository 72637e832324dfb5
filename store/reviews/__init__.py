"""Reviews by buyers: written for a line of an order, read by a person, then shown at the product.

    writing    stores what a buyer wrote, and what the wording check found in it
    decisions  approves, refuses and answers; nothing that the wording check found is ever published
    published  what pages show, and since when it holds
    privacy    the reviews of an address: as a file, and deleted
    admin      the list for the merchant

An address is kept as a keyed hash only. May import `mailer`, `guidebook` and `saleor`.
"""
