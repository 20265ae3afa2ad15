"""Pictures that hang on posts of the demonstration, drawn here: the same name and seed give the same picture."""

import io
import itertools
import math
import random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, FINER = 1200, 800, 2  # drawn twice as large, then made smaller, so that edges are smooth
INK, PAPER, GREEN, GOLD, RED, BLUE = (38, 50, 56), (250, 248, 242), (46, 125, 107), (232, 168, 56), (200, 80, 60), (70, 110, 160)


class Sheet:
    """A picture to draw on, in a grid of ``WIDTH`` by ``HEIGHT``."""

    def __init__(self, seed, top, bottom):
        self.chance = random.Random(f"drawing {seed}")
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER))
        self.pen = ImageDraw.Draw(self.image)
        for line in range(HEIGHT):
            share = line / HEIGHT
            self.box((0, line, WIDTH, line + 1), tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))

    def box(self, corners, fill=None, *, line=None, width=3, radius=0):
        self.pen.rounded_rectangle([at * FINER for at in corners], radius * FINER, fill=fill, outline=line, width=width * FINER)

    def shape(self, points, fill):
        self.pen.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def line(self, points, fill=INK, width=4):
        self.pen.line([(x * FINER, y * FINER) for x, y in points], fill=fill, width=width * FINER, joint="curve")

    def disc(self, x, y, radius, fill=None, *, line=None, width=3):
        corners = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
        self.pen.ellipse(corners, fill=fill, outline=line, width=width * FINER)

    def glow(self, x, y, radius, colour):
        """Draw light around a point over what is drawn already."""
        light = Image.new("RGB", self.image.size)
        corners = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
        ImageDraw.Draw(light).ellipse(corners, fill=colour)
        small = light.resize((WIDTH // 4, HEIGHT // 4)).filter(ImageFilter.GaussianBlur(radius / 6)).resize(light.size)
        self.image.paste(small, mask=small.convert("L"))
        self.pen = ImageDraw.Draw(self.image)

    def written(self):
        """Return the picture as the bytes of a PNG file."""
        file = io.BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
        return file.getvalue()


def _casting(seed):
    sheet = Sheet(seed, (28, 32, 40), (54, 44, 42))
    for x in range(60, WIDTH, 220):
        sheet.line([(x, 0), (x, 560)], (44, 48, 56), 14)
    sheet.box((0, 590, WIDTH, HEIGHT), (66, 58, 54))
    sheet.glow(640, 420, 230, (150, 70, 20))
    sheet.shape([(320, 170), (640, 170), (600, 400), (360, 400)], (92, 98, 106))
    sheet.shape([(600, 170), (690, 190), (620, 260)], (112, 118, 126))
    sheet.line([(480, 0), (480, 110)], (120, 124, 130), 10)
    sheet.line([(320, 180), (480, 100), (640, 180)], (120, 124, 130), 10)
    sheet.shape([(330, 172), (640, 172), (664, 190), (344, 196)], (255, 190, 80))
    sheet.line([(672, 192), (694, 280), (702, 420), (704, 560)], (255, 170, 60), 22)
    sheet.line([(672, 192), (694, 280), (702, 420), (704, 560)], (255, 232, 160), 9)
    for place, x in enumerate((120, 370, 620, 870)):
        sheet.box((x, 560, x + 190, 700), (128, 104, 84), radius=6)
        sheet.box((x + 68, 540, x + 122, 566), (255, 176, 70) if place < 3 else (84, 72, 64), radius=5)
    for _ in range(70):
        angle, far = sheet.chance.uniform(math.pi, 2 * math.pi), sheet.chance.uniform(20, 190)
        sheet.disc(706 + far * math.cos(angle), 556 + far * math.sin(angle) * 0.8, sheet.chance.uniform(1.5, 4), (255, 214, 120))
    return sheet


def _chart(seed):
    sheet = Sheet(seed, PAPER, PAPER)
    for step in range(6):
        sheet.line([(130, 660 - step * 105), (1110, 660 - step * 105)], (216, 214, 206), 2)
    values, value = [], 430.0
    for _ in range(10):
        value *= sheet.chance.uniform(0.82, 1.0)
        values.append(value)
    tops = [(185 + place * 95, 660 - value) for place, value in enumerate(values)]
    for place, (x, y) in enumerate(tops):
        sheet.box((x - 32, y, x + 32, 660), GREEN if place > 6 else (164, 196, 186), radius=4)
    sheet.line([(x, y - 46) for x, y in tops], RED, 5)
    for x, y in tops:
        sheet.disc(x, y - 46, 9, PAPER, line=RED, width=5)
    sheet.line([(130, 90), (130, 660), (1120, 660)], INK, 4)
    for x, _y in tops:
        sheet.box((x - 20, 682, x + 20, 692), (190, 188, 180), radius=3)
    return sheet


def _garden(seed):
    sheet = Sheet(seed, (190, 222, 240), (236, 240, 214))
    sheet.disc(1010, 140, 70, (250, 214, 110))
    sheet.box((0, 300, WIDTH, 460), (176, 120, 96))
    for x in range(0, WIDTH, 80):
        sheet.line([(x, 300), (x, 460)], (160, 106, 84), 3)
    sheet.box((0, 455, WIDTH, HEIGHT), (120, 160, 90))
    for row, y in enumerate((520, 620, 730)):
        sheet.box((60, y, 1140, y + 46), (112, 80, 56), radius=20)
        for x in range(110, 1120, 84):
            lean = sheet.chance.uniform(-10, 10)
            for turn in (-50, -20, 20, 50):
                tip = (x + turn + lean, y - 66 - row * 8 + abs(turn) * 0.7)
                sheet.shape([(x - 7, y + 8), tip, (x + 7, y + 8)], (54, 116 + sheet.chance.randrange(40), 60))
            if sheet.chance.random() < 0.4:
                sheet.box((x - 34, y + 2, x + 22, y + 22), (74, 130, 62), radius=10)
                sheet.disc(x - 34, y + 12, 9, GOLD)
    return sheet


def _machine(seed):
    sheet = Sheet(seed, (226, 232, 234), (200, 208, 212))
    sheet.box((0, 640, WIDTH, HEIGHT), (150, 156, 158))
    sheet.box((150, 170, 900, 660), (236, 238, 236), line=INK, radius=18)
    sheet.box((150, 170, 900, 240), GREEN, radius=18)
    sheet.box((220, 290, 640, 580), (54, 70, 78), line=INK, radius=10)
    sheet.box((405, 290, 465, 400), (168, 176, 180))
    sheet.shape([(415, 400), (455, 400), (440, 462), (430, 462)], (214, 218, 220))
    sheet.box((320, 470, 550, 540), (178, 150, 100), radius=6)
    sheet.box((270, 540, 600, 566), (110, 118, 122))
    for _ in range(26):
        sheet.disc(435 + sheet.chance.uniform(-90, 90), 462 + sheet.chance.uniform(-14, 20), 3, GOLD)
    sheet.box((690, 290, 850, 420), (30, 40, 46), line=INK, radius=8)
    points = [(705 + step * 13, 390 - sheet.chance.randrange(80)) for step in range(11)]
    sheet.line(points, (110, 220, 170), 4)
    for row in range(3):
        for column in range(4):
            sheet.disc(712 + column * 40, 460 + row * 42, 12, (206, 210, 210), line=INK, width=2)
    sheet.disc(820, 610, 24, RED, line=INK)
    sheet.box((960, 420, 1130, 660), (196, 150, 90), line=INK, radius=4)
    for y in (470, 530, 590):
        sheet.line([(960, y), (1130, y)], INK, 3)
    return sheet


def _map(seed):
    sheet = Sheet(seed, (238, 240, 230), (232, 236, 224))
    sheet.shape([(0, 660), (400, 620), (800, 680), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)], (178, 208, 224))
    for road in ([(0, 300), (520, 300), (760, 420), (WIDTH, 420)], [(520, 0), (520, 610)]):
        sheet.line(road, (255, 255, 255), 46)
        sheet.line(road, (206, 206, 198), 3)
    for x, y, wide, high in (
        (90, 90, 330, 150),
        (600, 70, 250, 180),
        (920, 110, 200, 230),
        (90, 370, 360, 190),
        (600, 480, 300, 130),
        (950, 500, 180, 110),
    ):
        shift = sheet.chance.randrange(-12, 12)
        sheet.box((x, y + shift, x + wide, y + high + shift), (214, 206, 190), line=(150, 144, 132), radius=4)
    way = [(60, 300), (520, 300), (520, 440), (760, 440), (900, 440)]
    for (x, y), (to_x, to_y) in itertools.pairwise(way):
        steps = max(abs(to_x - x), abs(to_y - y)) // 26
        for step in range(0, steps, 2):
            start, end = step / steps, (step + 1) / steps
            sheet.line([(x + (to_x - x) * start, y + (to_y - y) * start), (x + (to_x - x) * end, y + (to_y - y) * end)], RED, 7)
    sheet.disc(60, 300, 16, GREEN)
    sheet.shape([(900, 430), (878, 380), (922, 380)], RED)
    sheet.disc(900, 372, 24, RED)
    sheet.disc(900, 372, 9, (255, 255, 255))
    return sheet


def _micrograph(seed):
    sheet = Sheet(seed, (186, 178, 160), (170, 162, 146))
    for _ in range(46):
        x, y, turn = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, HEIGHT), sheet.chance.uniform(0, math.pi)
        tone = sheet.chance.randrange(205, 245)
        for arm in range(4):
            angle, length = turn + arm * math.pi / 2, sheet.chance.uniform(60, 150)
            dx, dy = math.cos(angle), math.sin(angle)
            sheet.line([(x, y), (x + dx * length, y + dy * length)], (tone, tone - 6, tone - 20), 13)
            for step in range(1, 6):
                at, twig = step / 6 * length, (1 - step / 7) * 34
                for side in (-1, 1):
                    base = (x + dx * at, y + dy * at)
                    sheet.line([base, (base[0] - dy * side * twig, base[1] + dx * side * twig)], (tone, tone - 6, tone - 20), 9)
    for _ in range(24):
        sheet.disc(sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, HEIGHT), sheet.chance.uniform(3, 13), (66, 60, 54))
    sheet.box((920, 720, 1140, 762), (20, 20, 20))
    sheet.line([(950, 742), (1110, 742)], (255, 255, 255), 6)
    return sheet


def _plan(seed):
    sheet = Sheet(seed, (252, 252, 248), (246, 246, 240))
    for at in range(0, WIDTH, 40):
        sheet.line([(at, 0), (at, HEIGHT)], (232, 238, 240), 1)
        sheet.line([(0, at), (WIDTH, at)], (232, 238, 240), 1)
    sheet.disc(370, 380, 230, (226, 232, 236), line=INK, width=5)
    sheet.disc(370, 380, 96, (252, 252, 248), line=INK, width=5)
    holes = sheet.chance.choice((6, 8))
    for hole in range(holes):
        angle = 2 * math.pi * hole / holes
        sheet.disc(370 + 164 * math.cos(angle), 380 + 164 * math.sin(angle), 24, (252, 252, 248), line=INK, width=4)
    sheet.line([(100, 380), (640, 380)], BLUE, 2)
    sheet.line([(370, 110), (370, 650)], BLUE, 2)
    sheet.shape([(760, 150), (830, 150), (830, 300), (1000, 300), (1000, 460), (830, 460), (830, 610), (760, 610)], (208, 216, 222))
    sheet.line([(760, 150), (830, 150), (830, 300), (1000, 300), (1000, 460), (830, 460), (830, 610), (760, 610), (760, 150)], INK, 5)
    sheet.line([(730, 380), (1040, 380)], BLUE, 2)
    for x, y, to_x, to_y in ((140, 690, 600, 690), (760, 660, 1000, 660)):
        sheet.line([(x, y), (to_x, to_y)], RED, 3)
        sheet.shape([(x, y), (x + 18, y - 7), (x + 18, y + 7)], RED)
        sheet.shape([(to_x, to_y), (to_x - 18, to_y - 7), (to_x - 18, to_y + 7)], RED)
    sheet.box((20, 20, WIDTH - 20, HEIGHT - 20), line=INK)
    sheet.box((850, 700, WIDTH - 20, HEIGHT - 20), PAPER, line=INK)
    return sheet


def _skyline(seed):
    sheet = Sheet(seed, (92, 110, 150), (246, 178, 120))
    sheet.disc(820, 430, 74, (255, 226, 150))
    for _ in range(7):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(60, 300)
        sheet.box((x, y, x + sheet.chance.uniform(120, 300), y + 16), (214, 164, 146), radius=8)
    sheet.box((0, 520, WIDTH, HEIGHT), (96, 104, 132))
    for _ in range(60):
        x, y = sheet.chance.gauss(820, 110), sheet.chance.uniform(530, 780)
        sheet.line([(x - 30, y), (x + 30, y)], (246, 196, 140), 3)
    for x, tall in ((140, 300), (330, 240), (520, 330)):
        top = 520 - tall
        sheet.line([(x, 520), (x + 26, top), (x + 52, 520)], (40, 44, 60), 9)
        sheet.line([(x - 80, top + 34), (x + 190, top - 26)], (40, 44, 60), 9)
        sheet.line([(x + 186, top - 24), (x + 186, top + 90)], (40, 44, 60), 3)
    for x in range(0, WIDTH, 90):
        sheet.box((x, 520 - sheet.chance.randrange(20, 80), x + 84, 524), (52, 54, 70))
    sheet.shape([(880, 600), (1120, 600), (1080, 650), (910, 650)], (40, 42, 54))
    sheet.box((960, 550, 1040, 602), (64, 66, 80))
    return sheet


def _whiteboard(seed):
    sheet = Sheet(seed, (206, 202, 194), (190, 186, 178))
    sheet.box((70, 60, 1130, 690), (254, 254, 252), line=(150, 150, 148), width=12, radius=10)
    sheet.box((400, 690, 800, 716), (160, 160, 158), radius=6)
    for column in (1, 2):
        sheet.line([(70 + column * 353, 90), (70 + column * 353, 660)], BLUE, 4)
    for column in range(3):
        sheet.line([(130 + column * 353, 132), (330 + column * 353, 132)], (RED, GOLD, GREEN)[column], 9)
    for column, notes in enumerate((4, 3, 5)):
        for note in range(notes):
            x, y = 120 + column * 353 + note % 2 * 146, 176 + note // 2 * 158
            tilt = sheet.chance.randrange(-7, 8)
            sheet.shape(
                [(x, y + tilt), (x + 124, y), (x + 124, y + 124), (x, y + 124 + tilt)],
                sheet.chance.choice(((255, 226, 120), (190, 226, 200), (250, 190, 170))),
            )
            for row in range(3):
                long = sheet.chance.randrange(40, 92)
                sheet.line([(x + 16, y + 34 + row * 28), (x + 16 + long, y + 33 + row * 28)], (92, 92, 96), 4)
    return sheet


DRAWINGS = {
    "casting": _casting,
    "chart": _chart,
    "garden": _garden,
    "machine": _machine,
    "map": _map,
    "micrograph": _micrograph,
    "plan": _plan,
    "skyline": _skyline,
    "whiteboard": _whiteboard,
}


def draw(drawing, seed):
    """Return the picture called ``drawing`` as the bytes of a PNG file."""
    return DRAWINGS[drawing](seed).written()
