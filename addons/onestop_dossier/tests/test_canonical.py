# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..ledger.canonical import LARGEST, canonical, digest, normalise

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(-1e9, 1e9)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@tagged("post_install", "-at_install")
class TestCanonical(BaseCase):
    """The text of an event is that of RFC 8785, whoever writes it."""

    @settings(max_examples=60, deadline=None)
    @given(st.dictionaries(TEXTS, VALUES))
    def test_same_as_the_library(self, body):
        self.assertEqual(canonical(body), rfc8785.dumps(normalise(body)).decode())

    def test_known_texts(self):
        for body, text in (
            ({"b": 1, "a": None}, '{"a":null,"b":1}'),
            ({"a": "é", "b": "e\u0301"}, '{"a":"é","b":"é"}'),
            ({"x": '\u2028\x7f\n"'}, '{"x":"\u2028\x7f\\n\\""}'),
            ({"x": 1.0}, '{"x":1}'),
            ({"\U0001f600": 1, "\ue000": 2}, '{"\U0001f600":1,"\ue000":2}'),
        ):
            with self.subTest(text=text):
                self.assertEqual(canonical(body), text)

    def test_what_is_no_text_is_refused(self):
        """Half a letter, or a number that programs read differently."""
        for value in ("\ud800", 2**60, float("nan")):
            with self.subTest(value=value), self.assertRaises(ValueError):
                digest(canonical({"x": value}))
