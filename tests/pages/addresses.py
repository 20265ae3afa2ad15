"""What the addresses of the handbook are made with, for the table of every URL × every role."""

from tests.factories.pages import make_page, make_section

ARGUMENTS = {
    "handbook:page": lambda world: [make_page(make_section()).slug],
    "editors:name": lambda world: [make_section().slug],
    "editors:end": lambda world: [make_section().slug],
}
