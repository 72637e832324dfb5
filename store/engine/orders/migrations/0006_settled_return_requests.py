"""A request to return of which something has come back is settled; before, the parcel that came back said so."""

from django.db import migrations


def settle(apps, schema_editor):
    orders = apps.get_model("orders", "Order").objects.filter(
        private_metadata__return_request__isnull=False,
        fulfillments__status__in=["RETURNED", "REFUNDED_AND_RETURNED", "REPLACED"],
    )
    for order in orders.distinct():
        order.private_metadata["return_request_closed"] = order.private_metadata.pop("return_request")
        order.save(update_fields=["private_metadata"])


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_reasons_as_pages")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
