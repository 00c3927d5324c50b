# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import time
import tracemalloc

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..filing import Refused, check
from ..filing.name import plain_name
from .bad_files import bad_files, good_files
from .common import PDF


@tagged("post_install", "-at_install")
class TestFiling(BaseCase):
    """The checks of content, without a database."""

    def test_good(self):
        for name, content, mimetype in good_files():
            with self.subTest(name=name):
                self.assertEqual(check(name, content), mimetype)

    def test_bad(self):
        for what, name, content, _word in bad_files():
            with self.subTest(what=what), self.assertRaises(Refused):
                check(name, content)

    def test_bombs_cost_little(self):
        for what, name, content, word in bad_files():
            if word not in ("enormous", "pages", "million pixels"):
                continue
            with self.subTest(what=what):
                tracemalloc.start()
                began = time.process_time()
                with self.assertRaises(Refused):
                    check(name, content)
                _now, peak = tracemalloc.get_traced_memory()
                tracemalloc.stop()
                self.assertLess(peak, 64 * 1024 * 1024)
                self.assertLess(time.process_time() - began, 15)

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_any_damage_is_judged(self, data):
        """Bytes changed, lost or added: taken or refused, never a crash."""
        _name, content, _type = data.draw(st.sampled_from(good_files()))
        content = bytearray(content)
        for _ in range(data.draw(st.integers(1, 5))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at : at + data.draw(st.integers(0, 3))] = data.draw(
                st.binary(max_size=4)
            )
            if not content:
                break
        try:
            check("x", bytes(content))
        except Refused as refused:
            self.assertTrue(refused.reason)

    def test_names(self):
        for name, plain in (
            ("C:\\Users\\a\\đơn.pdf", "đơn.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("a\u202efdp.exe", "afdp.exe"),
            ("\0", "file.pdf"),
            ("", "file.pdf"),
            ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ):
            with self.subTest(name=name):
                self.assertEqual(plain_name(name, ".pdf"), plain)
        self.assertEqual(check("x", PDF), "application/pdf")
