"""Photos of the people of the demonstration, drawn here: the same seed gives the same face. They show nobody."""

import io
import random

from PIL import Image, ImageDraw

SIDE, FINER = 256, 3
GROUNDS = (
    (222, 214, 196),
    (201, 219, 212),
    (214, 208, 226),
    (236, 212, 190),
    (200, 212, 224),
    (228, 220, 204),
    (210, 222, 200),
    (232, 208, 206),
)
SKINS = ((246, 215, 188), (236, 196, 160), (216, 168, 126), (176, 124, 84), (134, 88, 58), (98, 64, 44))
HAIR = ((42, 34, 30), (74, 50, 34), (112, 74, 42), (168, 118, 62), (150, 146, 142), (92, 42, 30))
FAIR, DARK_HAIR = SKINS[:3], (HAIR[0], HAIR[1], HAIR[4])
SHORT, LONG = ("short", "side", "curls"), ("long", "bun", "curls", "bob", "side")
CLOTHES = ((38, 84, 124), (46, 125, 107), (120, 62, 84), (60, 64, 72), (214, 150, 52), (150, 70, 54), (92, 110, 68), (240, 236, 226))
HELMETS = ((240, 190, 50), (236, 236, 232), (60, 110, 170))


def draw_face(seed, *, is_masculine=False, has_helmet=False):
    """Return a head and shoulders as the bytes of a PNG file, 256 pixels a side.

    ``is_masculine`` is what the first name suggests: a beard may be drawn, and no long hair. ``has_helmet`` puts on that of a workshop.
    """
    chance = random.Random(f"face {seed}")
    face = _Face(chance)
    skin = chance.choice(SKINS)
    hair = chance.choice(HAIR if skin in FAIR else DARK_HAIR)
    style = chance.choice(SHORT if is_masculine else LONG)
    if style in {"long", "bob"} and not has_helmet:
        face.oval(128, 118 if style == "long" else 108, 68, 96 if style == "long" else 72, hair)
    face.shoulders(chance.choice(CLOTHES), collar=chance.random() < 0.5)
    face.box(110, 150, 146, 206, skin, radius=16)
    for side in (-1, 1):
        face.oval(128 + side * 52, 116, 9, 13, skin)
    face.oval(128, 112, 52, 62, skin)
    if is_masculine and chance.random() < 0.45:
        face.slice((128, 118, 52, 60), 12, 168, hair)
        face.oval(128, 138, 17, 9, skin)
    face.features(hair, has_glasses=chance.random() < 0.3)
    if has_helmet:
        helmet = chance.choice(HELMETS)
        face.slice((128, 92, 60, 58), 180, 360, helmet)
        face.box(62, 86, 194, 98, helmet, radius=6)
    else:
        face.hair(style, hair)
    return face.written()


class _Face:
    def __init__(self, chance):
        self.chance = chance
        self.image = Image.new("RGB", (SIDE * FINER, SIDE * FINER), chance.choice(GROUNDS))
        self.pen = ImageDraw.Draw(self.image)

    def _at(self, *places):
        return [place * FINER for place in places]

    def oval(self, x, y, across, down, fill):
        self.pen.ellipse(self._at(x - across, y - down, x + across, y + down), fill=fill)

    def slice(self, place, begin, end, fill):
        x, y, across, down = place
        self.pen.chord(self._at(x - across, y - down, x + across, y + down), begin, end, fill=fill)

    def box(self, left, top, right, bottom, fill, *, radius):
        self.pen.rounded_rectangle(self._at(left, top, right, bottom), radius * FINER, fill=fill)

    def shoulders(self, clothes, *, collar):
        self.box(36, 192, 220, 330, clothes, radius=58)
        if collar:
            self.pen.polygon(self._at(100, 192, 128, 226, 156, 192), fill=(248, 246, 240))

    def features(self, brows, *, has_glasses):
        ink = (40, 34, 32)
        for side in (-1, 1):
            self.oval(128 + side * 20, 112, 4, 5, ink)
            self.pen.line(self._at(128 + side * 12, 98, 128 + side * 28, 97), fill=brows, width=4 * FINER)
            if has_glasses:
                left, right = sorted((128 + side * 6, 128 + side * 36))
                self.pen.rounded_rectangle(self._at(left, 101, right, 124), 8 * FINER, outline=ink, width=2 * FINER)
        if has_glasses:
            self.pen.line(self._at(122, 110, 134, 110), fill=ink, width=2 * FINER)
        self.pen.arc(self._at(108, 124, 148, 150), 25, 155, fill=(150, 70, 66), width=4 * FINER)

    def hair(self, style, colour):
        if style == "curls":
            for _ in range(26):
                self.oval(self.chance.uniform(82, 174), self.chance.uniform(44, 78), 15, 14, colour)
            return
        if style == "bun":
            self.oval(128, 40, 22, 20, colour)
        self.slice((128, 104, 56, 62), 196 if style == "side" else 188, 344 if style == "side" else 352, colour)
        if style in {"long", "bob"}:
            for side in (-1, 1):
                self.oval(128 + side * 56, 124, 13, 44, colour)

    def written(self):
        file = io.BytesIO()
        self.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "PNG")
        return file.getvalue()
