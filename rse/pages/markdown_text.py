"""The field in which the text of a page is written, with buttons for what few know by heart."""

from wagtail.admin.widgets import AdminAutoHeightTextInput


class MarkdownText(AdminAutoHeightTextInput):
    """A text area under a toolbar; no picture, because pages show none."""

    template_name = "handbook/markdown_text.html"

    class Media:
        js = ("js/markdown_toolbar.js",)
