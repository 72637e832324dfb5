"""English, as the merchant's desk writes it everywhere."""
