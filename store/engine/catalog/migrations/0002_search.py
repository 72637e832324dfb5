"""The full-text index over the words of products: FTS5 on SQLite, a tsvector column on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE catalog_productfts USING fts5(name, words, tokenize = 'unicode61 remove_diacritics 2')"
]
POSTGRES = [
    "ALTER TABLE catalog_productsearch ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', words), 'D')) STORED",
    "CREATE INDEX catalog_productsearch_vector ON catalog_productsearch USING gin (vector)",
]
UNDO = {
    "sqlite": ["DROP TABLE catalog_productfts"],
    "postgresql": ["ALTER TABLE catalog_productsearch DROP COLUMN vector"],
}


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
