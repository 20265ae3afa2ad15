"""What the engines of both databases have in common: documents are rows, and rights are asked in the query that finds them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ..analysis import Query
from ..models import SearchDocument
from .contract import Hit, Indexed

BATCH = 200


class TableEngine(ABC):
    # ``{match}`` is the condition of the text; the newest rows of the index come first.
    FIND: ClassVar[str]

    @abstractmethod
    def match(self, kind: str, query: Query, *, in_title: bool) -> tuple[str, list[str]]:
        """Return the SQL condition that finds the text, with its parameters."""

    def claim(self, kind: str) -> None:  # noqa: B027 - where there is one writer, nobody has to wait
        """Lock documents of ``kind`` against other writers until the end of the transaction."""

    def seals(self, kind: str, ids: Sequence[int]) -> dict[int, str]:
        self.claim(kind)
        return dict(SearchDocument.objects.filter(kind=kind, object_id__in=ids).values_list("object_id", "seal"))

    def index(self, kind: str, documents: Mapping[int, Indexed]) -> None:
        SearchDocument.objects.bulk_create(
            [SearchDocument(kind=kind, object_id=object_id, **vars(one)) for object_id, one in documents.items()],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["title", "body", "language", "moment", "seal"],
        )

    def forget(self, kind: str, ids: Sequence[int]) -> None:
        SearchDocument.objects.filter(kind=kind, object_id__in=ids).delete()

    def known(self, kind: str, *, after: int, most: int) -> list[int]:
        rows = SearchDocument.objects.filter(kind=kind, object_id__gt=after).order_by("object_id")
        return list(rows.values_list("object_id", flat=True)[:most])

    def kinds(self) -> set[str]:
        return set(SearchDocument.objects.order_by("kind").values_list("kind", flat=True).distinct())

    def find(self, kind: str, query: Query, allowed: QuerySet[Any], *, most: int, in_title: bool = False) -> list[Hit]:
        # The rights are asked of each match by its key: never of all that this reader may open.
        try:
            rights, asked = allowed.filter(pk=RawSQL("d.object_id", ())).order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            return []
        match, words = self.match(kind, query, in_title=in_title)
        with connection.cursor() as cursor:
            cursor.execute(self.FIND.format(match=match, rights=rights), [*words, kind, *asked, most])
            return [Hit(object_id, title, moment or 0, seal) for object_id, title, moment, seal in cursor.fetchall()]
