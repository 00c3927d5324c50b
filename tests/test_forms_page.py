# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The page of the printed forms shows each of them, in pictures that load fast."""

import re

from conftest import ROOT
from PIL import Image

PICTURES = ROOT / "docs" / "images" / "forms"
MOST_BYTES = 60_000
# The forms of the circulars; TT 01/2018/TT-VPCP has no stop notice.
OF_CIRCULARS = {
    *(
        f"{form}-{circular}.png"
        for form in ("slip", "guidance", "refusal", "apology", "control", "register")
        for circular in ("2018", "2025")
    ),
    "stop-2025.png",
}


def test_each_picture_is_on_the_page_and_each_link_has_its_picture():
    page = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"images/forms/([\w-]+\.png)", page))
    there = {path.name for path in PICTURES.glob("*.png")}
    assert linked == there
    assert there >= OF_CIRCULARS


def test_pictures_are_small_and_grey_and_not_blank():
    for path in PICTURES.glob("*.png"):
        assert path.stat().st_size < MOST_BYTES, path.name
        with Image.open(path) as picture:
            width, height = picture.size
            colours = picture.convert("RGB").getcolors()
        assert max(width, height) > 700, path.name
        assert colours and all(r == g == b for _count, (r, g, b) in colours), path.name
        dark = sum(count for count, (r, _g, _b) in colours if r < 128)
        assert 0.01 < dark / (width * height) < 0.3, path.name
