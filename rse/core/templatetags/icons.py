"""Icons drawn into the page, so that they take the colour and size of the text around them."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import lucide
from django.template import Library
from django.utils.safestring import SafeString, mark_safe

register = Library()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Return the Lucide icon called ``name`` as inline SVG, hidden from screen readers: the words beside it say the same.

    Raises:
        KeyError: there is no such icon.

    """
    return _drawn(str(name), str(extra_class))


@cache
def _drawn(name: str, extra_class: str) -> SafeString:
    svg = ElementTree.fromstring(_drawings().read(f"{name}.svg").replace(b'xmlns="http://www.w3.org/2000/svg"', b"", 1))  # noqa: S314 - a file of the package
    svg.attrib |= {"aria-hidden": "true", "class": f"icon {extra_class}".strip()}
    return mark_safe(" ".join(ElementTree.tostring(svg, encoding="unicode").split()))  # noqa: S308 - ElementTree escapes the attributes


@cache
def _drawings() -> ZipFile:
    """Return the archive of all icons, opened once: the package's own tag reads the list of 1,700 files again for each icon."""
    return ZipFile(BytesIO((files(lucide) / "lucide.zip").read_bytes()))
