#!/usr/bin/env python3
"""Makes the fonts of the PNG charts: the characters of GB 2312 and those of the report, from Noto Sans CJK SC.

Needs the Debian package fonts-noto-cjk 1:20220127 and fonttools 4 from PyPI:

    pip install fonttools
    python3 assets/fonts/subset.py

The fonts are under the SIL Open Font License 1.1; its text stands beside them in OFL.txt.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto")
HERE = pathlib.Path(__file__).resolve().parent
FACE = "Noto Sans CJK SC"

# Beyond GB 2312: Latin with accents, punctuation and signs that charts and names use.
RANGES = [(0x20, 0x7E), (0xA1, 0x17F), (0x2010, 0x2027), (0x2030, 0x203B), (0x20AC, 0x20AC), (0x2103, 0x2103),
          (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x218B), (0x2190, 0x2199), (0x2200, 0x22FF),
          (0x25A0, 0x25FF), (0x3000, 0x303F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD)]


def characters():
    """The code points wanted."""
    wanted = {point for first, last in RANGES for point in range(first, last + 1)}
    for row in range(0xA1, 0xFF):
        for column in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes([row, column]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return wanted


def face(path):
    """The face of simplified Chinese in a collection."""
    for number in range(20):
        font = TTFont(path, fontNumber=number, lazy=True)
        if font["name"].getDebugName(1) == FACE:
            return font
    raise SystemExit(f"no {FACE} in {path}")


def main():
    """Writes one file for each weight."""
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    for weight in ("Regular", "Bold"):
        font = face(SOURCE / f"NotoSansCJK-{weight}.ttc")
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        target = HERE / f"NotoSansCJKsc-{weight}-subset.otf"
        font.save(target)
        print(target.name, target.stat().st_size)


main()
