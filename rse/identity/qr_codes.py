"""Addresses drawn as QR codes."""

from itertools import groupby

import qrcode
from django.utils.html import format_html


def svg_of(address, *, label, mask=None):
    """Return ``address`` as an SVG that any page of ours may hold: dark on light, whatever its colours, because cameras need it so.

    With a ``mask`` from 0 to 7 only that one is tried: eight times as fast, for a page of many.
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, mask_pattern=mask)
    code.add_data(address)
    rows = code.get_matrix()
    path, size = "".join(run for y, row in enumerate(rows) for run in _runs(y, row)), len(rows)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" width="220" height="220" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        *(size, size, label, size, size, path),
    )


def _runs(y, row):
    """One rectangle for each row of dark squares that touch."""
    x = 0
    for dark, squares in groupby(row):
        wide = len(list(squares))
        if dark:
            yield f"M{x} {y}h{wide}v1h-{wide}z"
        x += wide
