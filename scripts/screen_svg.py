#!/usr/bin/env python3
"""Draws a terminal's screen as an SVG picture, as the README's other pictures are drawn.

    tmux capture-pane -e -p | scripts/screen_svg.py COLUMNS ROWS >picture.svg
"""

import re
import sys
import unicodedata
from html import escape

CELL, FRAME = (9, 19), 14
INK, GROUND = "#d8dee9", "#15181e"
SIXTEEN = (
    "#2b303b #e0696f #98c379 #e5c07b #61afef #c78ae0 #56b6c2 #c8ccd4 "
    "#8b93a3 #f07f85 #abd68c #f0d08f #7cc0ff #d7a1ee #6fcbd7 #ffffff"
).split()
W, H = CELL
M, C = H // 2, W // 2
# Left, top, width and height of the strokes of what is drawn as a shape, so that no font tears it.
SHAPES = {
    "─": [(0, M, W, 1)],
    "━": [(0, M - 1, W, 3)],
    "│": [(C, 0, 1, H)],
    "┬": [(0, M, W, 1), (C, M, 1, H - M)],
    "┴": [(0, M, W, 1), (C, 0, 1, M)],
    "├": [(C, 0, 1, H), (C, M, W - C, 1)],
    "┤": [(C, 0, 1, H), (0, M, C, 1)],
    "┌": [(C, M, W - C, 1), (C, M, 1, H - M)],
    "┐": [(0, M, C + 1, 1), (C, M, 1, H - M)],
    "└": [(C, M, W - C, 1), (C, 0, 1, M)],
    "┘": [(0, M, C + 1, 1), (C, 0, 1, M)],
    "▌": [(0, 0, C, H)],
    "█": [(0, 0, W, H)],
    "▒": [(0, M - 2, W, 5)],
}


def indexed(place):
    if place < 16:
        return SIXTEEN[place]
    if place >= 232:
        return "#" + f"{8 + 10 * (place - 232):02x}" * 3
    place -= 16
    steps = (0, 95, 135, 175, 215, 255)
    return "#%02x%02x%02x" % (steps[place // 36], steps[place // 6 % 6], steps[place % 6])


class Look:
    def __init__(self):
        self.ink, self.ground, self.bold, self.reverse = INK, GROUND, False, False

    def set(self, codes):
        codes = [int(code or 0) for code in codes]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.__init__()
            elif code == 1:
                self.bold = True
            elif code == 22:
                self.bold = False
            elif code in (7, 27):
                self.reverse = code == 7
            elif code in (38, 48):
                if codes.pop(0) == 5:
                    colour = indexed(codes.pop(0))
                else:
                    colour = "#%02x%02x%02x" % tuple(codes.pop(0) for _ in range(3))
                setattr(self, "ink" if code == 38 else "ground", colour)
            elif code == 39:
                self.ink = INK
            elif code == 49:
                self.ground = GROUND
            elif code % 10 < 8 and code // 10 in (3, 4, 9, 10):
                colour = SIXTEEN[code % 10 + (8 if code >= 90 else 0)]
                setattr(self, "ink" if code // 10 in (3, 9) else "ground", colour)

    def colours(self):
        return (self.ground, self.ink) if self.reverse else (self.ink, self.ground)


def cells(text):
    """The characters of a text with what combines with each, and their widths in cells."""
    found = []
    for char in text:
        if found and (unicodedata.combining(char) or char in "\ufe0f\u200d"):
            wide = 2 if char == "\ufe0f" else found[-1][1]
            found[-1] = (found[-1][0] + char, wide)
        else:
            found.append((char, 2 if unicodedata.east_asian_width(char) in "WF" else 1))
    return found


def main():
    columns, rows = int(sys.argv[1]), int(sys.argv[2])
    wide, high = columns * W + 2 * FRAME, rows * H + 2 * FRAME
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" font-size="15" font-family="\'DejaVu Sans Mono\',\'Cascadia Mono\',Menlo,'
        "Consolas,monospace,'Apple Color Emoji','Segoe UI Emoji','Noto Color Emoji'\" "
        'xml:space="preserve">'
    )
    print(f'<rect width="{wide}" height="{high}" rx="10" fill="{GROUND}"/>')
    look = Look()
    for y, line in enumerate(sys.stdin.read().split("\n")[:rows]):
        x, top = 0, FRAME + y * H
        for part in re.split(r"(\x1b\[[0-9;:]*m|\x1b\]8;.*?(?:\x1b\\|\x07)|[\x0e\x0f])", line):
            if part.startswith("\x1b["):
                look.set(re.split("[;:]", part[2:-1]))
                continue
            if not part or part[0] in "\x1b\x0e\x0f":
                continue
            x = draw(part, x, top, look)
    print("</svg>")


def draw(text, x, top, look):
    ink, ground = look.colours()
    run = []  # characters of one cell each, drawn together

    def flush():
        if run:
            write("".join(run), x - len(run), len(run), top, ink, look.bold)
            run.clear()

    for char, width in cells(text):
        left = FRAME + x * W
        if ground != GROUND:
            print(f'<rect x="{left}" y="{top}" width="{width * W}" height="{H}" fill="{ground}"/>')
        if width == 1 and char != " " and char not in SHAPES:
            run.append(char)
            x += 1
            continue
        flush()
        if width == 2:
            write(char, x, 2, top, ink, look.bold)
        for a, b, w, h in SHAPES.get(char, []):
            print(f'<rect x="{left + a}" y="{top + b}" width="{w}" height="{h}" fill="{ink}"/>')
        x += width
    flush()
    return x


def write(text, x, count, top, ink, bold):
    weight = ' font-weight="bold"' if bold else ""
    print(
        f'<text x="{FRAME + x * W}" y="{top + 14}" fill="{ink}"{weight} textLength="{count * W}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text, quote=False)}</text>'
    )


main()
