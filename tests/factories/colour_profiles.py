"""Small colour profiles (ICC, version 2), made of the published numbers of their spaces."""

import struct

ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
WHITE = (0.9642, 1.0, 0.8249)
PAPER, CYAN_INK, INK = (255, 128, 128), (143, 91, 78), (30, 128, 128)  # in Lab, as its tables hold it


def _number(value):
    return struct.pack(">i", round(value * 65536))


def _point(values):
    return b"XYZ \0\0\0\0" + b"".join(map(_number, values))


def _gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)) + b"\0\0"


def _profile(kind, space, between, tags):
    start, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(data), len(content))
        data += content + b"\0" * (-len(content) % 4)
    head = struct.pack(">I4xI4s4s4s12x4s", start + len(data), 0x02400000, kind, space, between, b"acsp").ljust(68, b"\0")
    return (head + b"".join(map(_number, WHITE))).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def of_screen(primaries, gamma=2.2):
    """Return the profile of a space of three colours, given by their places in XYZ."""
    places = {name + b"XYZ": _point(place) for name, place in zip((b"r", b"g", b"b"), primaries, strict=True)}
    curves = {name + b"TRC": _gamma(gamma) for name in (b"r", b"g", b"b")}
    return _profile(b"mntr", b"RGB ", b"XYZ ", {b"wtpt": _point(WHITE)} | places | curves)


def of_grey(gamma):
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"wtpt": _point(WHITE), b"kTRC": _gamma(gamma)})


def of_print():
    """Return the profile of a press whose cyan is that of real ink, and whose other inks are black."""
    straight = bytes(range(256))
    corners = [INK if number & 0b0111 else CYAN_INK if number & 0b1000 else PAPER for number in range(16)]
    unchanged = b"".join(_number(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + unchanged + straight * 4 + bytes(sum(corners, ())) + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _point(WHITE), b"A2B0": table})
