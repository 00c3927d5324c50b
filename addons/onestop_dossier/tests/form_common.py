# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Printed forms read back by foreign programs: words, places, ink, QR codes.

``data/form_fields.csv`` lists by hand, from the circulars, what each form has to show:
one line a field. A test prints a real dossier with data in every field and calls
:meth:`FormChecks.assertForm`.
"""

import csv
import re
import subprocess
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from ..forms import form_of

FIELDS = Path(__file__).parent / "data" / "form_fields.csv"
CIRCULARS = {"nd61_2018": "2018", "nd61_107": "2018", "nd118_2025": "2025"}
# What a cheap laser printer cannot print on (mm from the edge of the paper).
UNPRINTABLE = 5
A4 = (595.28, 841.89)
DPI = 150
POINT = 72
MM = POINT / 25.4
# Grey levels: what a printer in black and white makes black, and leaves white.
BLACK, WHITE = 110, 200


@dataclass(frozen=True)
class Word:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    def overlap(self, other):
        """Share of the smaller of two words that lies under the other."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        if wide <= 0 or high <= 0:
            return 0
        return wide * high / min(self.area, other.area)

    @property
    def area(self):
        return max((self.x1 - self.x0) * (self.y1 - self.y0), 1)


class Page:
    """A page as it comes out of the printer: its words with places, its picture."""

    def __init__(self, size, words, picture):
        self.size = size
        self.words = words
        self.picture = picture
        self.starts, at = {}, 0
        for number, word in enumerate(words):
            self.starts[at] = number
            at += len(word.text) + 1
        self.text = " ".join(word.text for word in words)

    def find(self, text):
        """The words of each place where ``text`` stands, as lists of words."""
        wanted = " ".join(unicodedata.normalize("NFC", text).split())
        found, at = [], self.text.find(wanted)
        while wanted and at >= 0:
            if at in self.starts:
                count = len(wanted.split(" "))
                first = self.starts[at]
                found.append(self.words[first : first + count])
            at = self.text.find(wanted, at + 1)
        return found

    def ink(self, word):
        """(share of black, share of white) pixels of a word's box, in grey.

        Black is counted where small letters have their bodies: of a line that is cut
        off in the middle nothing is left there.
        """
        scale = DPI / POINT
        high = word.y1 - word.y0
        body = (word.x0, word.y0 + high * 0.4, word.x1, word.y1 - high * 0.25)
        shares = []
        for box, levels in (
            (body, slice(0, BLACK)),
            ((word.x0, word.y0, word.x1, word.y1), slice(WHITE, None)),
        ):
            counts = self.picture.crop([round(v * scale) for v in box]).histogram()
            shares.append(sum(counts[levels]) / (sum(counts) or 1))
        return tuple(shares)

    @cached_property
    def edge(self):
        """The darkest grey in the strip that printers leave white."""
        strip = round(UNPRINTABLE * MM * DPI / POINT)
        wide, high = self.picture.size
        boxes = (
            (0, 0, wide, strip),
            (0, high - strip, wide, high),
            (0, 0, strip, high),
            (wide - strip, 0, wide, high),
        )
        return min(self.picture.crop(box).getextrema()[0] for box in boxes)

    @cached_property
    def codes(self):
        """What a scanner reads in the bar and QR codes of the page."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "page.png")
            self.picture.save(path)
            read = subprocess.run(
                ["zbarimg", "--quiet", "--raw", path],
                check=False,
                capture_output=True,
                text=True,
            )
        return read.stdout.split()


def read_pages(content):
    """The pages of a PDF, by pdftotext and pdftoppm.

    :param content: bytes of the PDF.
    """
    with tempfile.TemporaryDirectory() as folder:
        pdf, boxes = Path(folder, "form.pdf"), Path(folder, "form.html")
        pdf.write_bytes(content)
        subprocess.run(["pdftotext", "-raw", "-bbox", pdf, boxes], check=True)
        subprocess.run(
            ["pdftoppm", "-gray", "-r", str(DPI), pdf, Path(folder, "page")], check=True
        )
        pictures = sorted(Path(folder).glob("page-*.pgm"))
        tree = ElementTree.fromstring(boxes.read_text(encoding="utf-8"))
        space = re.match(r"\{.*\}", tree.tag).group()
        pages = []
        for node, path in zip(tree.iter(f"{space}page"), pictures, strict=True):
            words = [
                Word(
                    unicodedata.normalize("NFC", word.text or ""),
                    *(
                        float(word.get(name))
                        for name in ("xMin", "yMin", "xMax", "yMax")
                    ),
                )
                for word in node.iter(f"{space}word")
            ]
            size = (float(node.get("width")), float(node.get("height")))
            with Image.open(path) as picture:
                pages.append(Page(size, words, picture.copy()))
        return pages


def fields_of(key, rule_set):
    """The lines of the field list of a form."""
    circular = CIRCULARS[rule_set]
    with FIELDS.open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["form"] == key and row["circular"] in (circular, "both")
        ]


class FormChecks:
    """Checks of printed forms; a mixin of test cases."""

    def print_form(self, report, records, name="receiver"):
        """The PDF of a report, as the user of a role."""
        self.env.flush_all()
        reports = self.env["ir.actions.report"].with_user(self.users[name])
        content, _kind = reports._render_onestop_pdf(report, records.ids)
        return content

    def assertForm(  # noqa: N802 - as unittest writes it
        self, key, rule_set, content, facts, *, copies=None, pages=1, lacks=()
    ):
        """Compare a printed form with its field list.

        :param key: of ``form_fields.csv``.
        :param content: bytes of the PDF of one record.
        :param facts: values by name for the braces of the field list.
        :param copies: how many; by default as the circular says.
        :param pages: pages of one copy.
        :param lacks: labels of the field list that have to be absent.
        """
        if copies is None:
            copies = len(form_of(key, rule_set).copies)
        found = read_pages(content)
        self.assertEqual(len(found), copies * pages, "number of pages")
        for page in found:
            self.assertPage(page)
        rows = fields_of(key, rule_set)
        self.assertTrue(rows, f"no field list of {key} for {rule_set}")
        for copy in range(copies):
            own = found[copy * pages : (copy + 1) * pages]
            for row in rows:
                with self.subTest(form=key, copy=copy + 1, field=row["label"]):
                    wanted = row["copy"] in ("", str(copy + 1))
                    absent = row["label"] in lacks
                    self.assertField(own, row, facts, wanted and not absent)

    def assertField(self, pages, row, facts, wanted):  # noqa: N802
        """One line of the field list, on the pages of one copy."""
        label, value = (row[name].format_map(facts) for name in ("label", "value"))
        if row["where"] == "code":
            self.assertIn(value, [c for page in pages for c in page.codes])
            return
        places = [
            (page, words)
            for page in pages
            for words in self.places(page, label, value, row["where"])
        ]
        if not wanted:
            self.assertFalse(places, f"“{label} {value}” is not for this copy")
            return
        text = "\n".join(page.text for page in pages)
        self.assertTrue(places, f"“{label} {value}” ({row['where']}) not in: {text}")
        for page, words in places[:1]:
            for word in words:
                self.assertLegible(page, word)

    def places(self, page, label, value, where):
        """Where label and value stand as they belong together."""
        if where == "below" and value:
            return [
                head + cell
                for head in page.find(label)
                for cell in page.find(value)
                if self.is_below(page, head, cell)
            ]
        return page.find(f"{label} {value}" if label else value)

    def is_below(self, page, head, cell):
        """Whether a cell begins in the column of a head, somewhere under it.

        What is set left in a wide column need not lie right under its head: then no
        other head may stand between them.
        """
        left, right = min(w.x0 for w in head), max(w.x1 for w in head)
        top, bottom = min(w.y0 for w in head), max(w.y1 for w in head)
        start, end = min(w.x0 for w in cell), max(w.x1 for w in cell)
        if cell[0].y0 < bottom - 1:
            return False
        gap = (min(right, end), max(left, start))
        return not any(
            word.y0 < bottom
            and word.y1 > top
            and gap[0] < (word.x0 + word.x1) / 2 < gap[1]
            for word in page.words
            if word not in head
        )

    def assertPage(self, page):  # noqa: N802
        """The page is A4, nothing is cut off, and no words lie on one another."""
        for real, wanted in zip(sorted(page.size), A4, strict=True):
            self.assertAlmostEqual(real, wanted, delta=1)
        wide, high = page.size
        border = UNPRINTABLE * MM
        for word in page.words:
            inside = (
                word.x0 >= border
                and word.y0 >= border
                and word.x1 <= wide - border
                and word.y1 <= high - border
            )
            self.assertTrue(inside, f"cut off at the edge: {word}")
        self.assertGreater(page.edge, WHITE, "ink where printers cannot print")
        for number, word in enumerate(page.words):
            for other in page.words[number + 1 :]:
                self.assertLess(word.overlap(other), 0.35, f"{word} lies on {other}")

    def assertLegible(self, page, word):  # noqa: N802
        """In black and white the word is there, dark on light."""
        dark, light = page.ink(word)
        letters = any(character.isalnum() for character in word.text)
        self.assertGreater(dark, 0.02 if letters else 0, f"no ink: {word}")
        self.assertGreater(light, 0.3, f"no light ground: {word}")
