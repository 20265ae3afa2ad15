"""What the addresses of the handbook are made with, for the table of every URL × every role."""

from tests.factories.pages import make_page, make_section, page_picture

ARGUMENTS = {
    "handbook:page": lambda world: [make_page(make_section()).slug],
    "handbook:picture": lambda world: [page_picture(make_page(make_section())).public_id],
    "editors:name": lambda world: [make_section().slug],
    "editors:end": lambda world: [make_section().slug],
}
