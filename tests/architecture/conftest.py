import pytest

from .tree import Tree


@pytest.fixture(scope="session")
def house():
    """The product as it stands."""
    return Tree()


@pytest.fixture
def plant(tmp_path):
    """Gives a small product made of ``{place: text}``, with the package files that it needs."""

    def planted(files):
        for place, text in files.items():
            path = tmp_path / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            if path.suffix == ".py":
                for folder in path.relative_to(tmp_path).parents[:-1]:
                    (tmp_path / folder / "__init__.py").touch()
        return Tree(tmp_path)

    return planted
