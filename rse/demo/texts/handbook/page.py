"""The shape of a handbook page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A page in Markdown; `slug` is the same in both languages."""

    slug: str
    title: str
    summary: str
    body: str
    language: str
