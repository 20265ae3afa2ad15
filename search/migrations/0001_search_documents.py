from django.db import migrations, models

ADD = "INSERT INTO search_words(rowid, kind, title, body) VALUES (new.id, new.kind, new.title, new.body);"
REMOVE = "INSERT INTO search_words(search_words, rowid, kind, title, body) VALUES ('delete', old.id, old.kind, old.title, old.body);"
SQLITE = (
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        kind, title, body, content='search_searchdocument', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4'
    )
    """,
    f"CREATE TRIGGER search_words_added AFTER INSERT ON search_searchdocument BEGIN {ADD} END",
    f"CREATE TRIGGER search_words_removed AFTER DELETE ON search_searchdocument BEGIN {REMOVE} END",
    f"CREATE TRIGGER search_words_changed AFTER UPDATE ON search_searchdocument BEGIN {REMOVE} {ADD} END",
)
UNDO_SQLITE = (
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_removed",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
)


def _vector(column, weight):
    """Plain words, and those of the document's language without their endings."""
    return (
        f"setweight(to_tsvector('simple', {column}), '{weight}') || setweight(CASE language "
        f"WHEN 'en' THEN to_tsvector('search_english', {column}) ELSE to_tsvector('search_french', {column}) END, '{weight}')"
    )


# Copies under names of ours: what the server calls french, and the configuration it prefers, may be changed without changing what is found.
# The words of a document come without accents, so that no extension is needed.
POSTGRES = (
    "CREATE TEXT SEARCH CONFIGURATION search_french (COPY = pg_catalog.french)",
    "CREATE TEXT SEARCH CONFIGURATION search_english (COPY = pg_catalog.english)",
    f"""
    ALTER TABLE search_searchdocument
    ADD COLUMN vector tsvector GENERATED ALWAYS AS ({_vector("title", "A")} || {_vector("body", "B")}) STORED
    """,
    "CREATE INDEX search_document_vector ON search_searchdocument USING gin (vector)",
)
UNDO_POSTGRES = (
    "DROP INDEX search_document_vector",
    "ALTER TABLE search_searchdocument DROP COLUMN vector",
    "DROP TEXT SEARCH CONFIGURATION search_french",
    "DROP TEXT SEARCH CONFIGURATION search_english",
)


def _run(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("title", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("language", models.CharField(max_length=2)),
                ("moment", models.BigIntegerField(null=True)),
                ("seal", models.CharField(max_length=32)),
            ],
            options={
                "verbose_name": "search document",
                "indexes": [models.Index(fields=["kind", "-id"], name="search_document_newest")],
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="search_document_once")],
            },
        ),
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRES}), _run({"sqlite": UNDO_SQLITE, "postgresql": UNDO_POSTGRES})
        ),
    ]
