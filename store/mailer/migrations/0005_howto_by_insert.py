from django.db import migrations

INSERTS = {"silicone": "silicone-cups", "glass": "glass-cups", "plastic": "plastic-cups"}


def name_the_insert(apps, schema_editor):
    """A how-to is about an insert; it was about a material."""
    plans = apps.get_model("mailer", "MailPlan").objects
    for material, insert in INSERTS.items():
        for plan in plans.filter(kind="how-to", about=material).iterator():
            plan.about, plan.plan_key = insert, f"howto:{plan.order_id}:{insert}"
            plan.save(update_fields=["about", "plan_key"])


class Migration(migrations.Migration):
    dependencies = [("mailer", "0004_pauses_and_alarms")]
    operations = [migrations.RunPython(name_the_insert, migrations.RunPython.noop)]
