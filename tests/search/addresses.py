"""The addresses of search take nothing."""

ARGUMENTS: dict[str, object] = {}
