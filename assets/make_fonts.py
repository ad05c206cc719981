#!/usr/bin/env python3
"""Cut the bundled fonts down to the characters that Convscope can show.

    apt-get install fonts-inter fonts-jetbrains-mono
    pip install fonttools==4.68.0
    python3 make_fonts.py             write fonts/
    python3 make_fonts.py --check     compare fonts/ with what would be written

Inter and JetBrains Mono come from the Debian packages, Noto Sans SC from the
wheel of pylopdf-fonts-zh-cn, fetched with pip. Kept are outlines, hints, names,
metrics and the layout that text always needs: kerning, composition and marks.

Contextual alternates and ligatures are left out on purpose. egui shapes text
with a font's default features and has no switch for them, and both typefaces
use theirs to draw "->" as an arrow, "!=" as one sign and "0x1" as "0×1": a
label would not show the characters that it holds.
"""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent / "fonts"
CHINESE = "pylopdf-fonts-zh-cn==0.1.1"
PACKAGES = {"Inter": "fonts-inter", "JetBrainsMono": "fonts-jetbrains-mono"}
FILES = [
    "Inter-Regular.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf",
    "NotoSansSC-Regular.otf",
]

# Blocks of Unicode; a font keeps what it has of them.
LATIN = [(0x20, 0x7E), (0xA0, 0x17F), (0x2B0, 0x2FF), (0x300, 0x36F)]
GREEK = [(0x370, 0x3FF)]
SYMBOLS = [
    (0x1D2C, 0x1D6A),  # modifier letters, subscript i among them
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20AC, 0x20AC),  # euro
    (0x2100, 0x218F),  # letterlike symbols, fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x23FF),  # mathematics, technical
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27EF),  # miscellaneous symbols, dingbats, mathematics A
]
CJK = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    *SYMBOLS,
    (0x2460, 0x24FF),  # enclosed numbers
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0xFF00, 0xFFEF),  # fullwidth forms
]


def gb2312():
    """Every character of GB 2312: 6,763 hanzi and 682 others."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def characters(name):
    chinese = name.startswith("Noto")
    blocks = CJK if chinese else LATIN + GREEK + SYMBOLS
    wanted = {code for first, last in blocks for code in range(first, last + 1)}
    return wanted | gb2312() if chinese else wanted


def installed(package):
    listing = subprocess.run(["dpkg", "-L", package], check=True, capture_output=True, text=True)
    return [Path(line) for line in listing.stdout.splitlines()]


def sources():
    """The whole fonts' bytes, by file name."""
    found = {}
    for name in FILES:
        family = name.split("-")[0]
        if family in PACKAGES:
            (path,) = [p for p in installed(PACKAGES[family]) if p.name == name]
            found[name] = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", folder, CHINESE], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if member.endswith("/NotoSansSC-Regular.otf"):
                    found["NotoSansSC-Regular.otf"] = archive.read(member)
    return found


def cut(name, data):
    """The font in data with nothing but the wanted characters."""
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    options.name_IDs = ["*"]  # copyright and licence stay inside the file
    options.notdef_outline = True
    if name.startswith("Noto"):
        options.layout_features = []
        options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters(name))
    worker.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main(arguments):
    whole = sources()
    for name in FILES:
        data = cut(name, whole[name])
        path = OUT / name
        if "--check" in arguments:
            if path.read_bytes() != data:
                sys.exit(f"{name} differs from what this script writes")
            print(f"{name}: as this script writes it")
        else:
            OUT.mkdir(exist_ok=True)
            path.write_bytes(data)
            print(f"{name}: {len(data)} bytes, {len(TTFont(path).getBestCmap())} characters")


if __name__ == "__main__":
    main(sys.argv[1:])
