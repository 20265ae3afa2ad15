"""The field in which the text of a page is written, with buttons for what few know by heart."""

from wagtail.admin.widgets import AdminAutoHeightTextInput

from rse.core.pictures.drawing import LARGEST, TYPES


class MarkdownText(AdminAutoHeightTextInput):
    """A text area under a toolbar.

    ``pictures_go_to`` is the address that takes the pictures of its page: empty where the page is not saved yet, None where it shows none.
    """

    template_name = "handbook/markdown_text.html"
    pictures_go_to = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["pictures"] = None if self.pictures_go_to is None else {"go_to": self.pictures_go_to, "types": TYPES, "largest": LARGEST}
        return context

    class Media:
        js = ("js/markdown_picture.js", "js/markdown_toolbar.js", "js/page_drafts.js")
