"""`manage.py check_products`: what is on sale without its safety insert, or without what else it must have."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from store.engine.catalog.models import Product
from store.engine.catalog.publication import published_breaches


class Command(BaseCommand):
    help = "List products that are on sale without a safety insert or maker. Changes nothing. Exit code 1 if any is."

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = published_breaches()
        products = Product.objects.in_bulk({breach.product_id for breach in breaches})
        for breach in breaches:
            product = products[breach.product_id]
            self.stdout.write(f"{product.slug} ({breach.channel}): {' '.join(breach.messages)}")
        if breaches:
            raise CommandError(
                f"{len(products)} products can't be bought so. Add what is missing, or take them off sale."
            )
        self.stdout.write("Everything on sale has what it must have.")
