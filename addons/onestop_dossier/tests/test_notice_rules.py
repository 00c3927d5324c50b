# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..notices import gateway, placeholders, schedule, sms

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@tagged("post_install", "-at_install")
class TestNoticeRules(BaseCase):
    """The pure rules: placeholders, length, times, what a gateway answers."""

    def test_placeholders(self):
        self.assertEqual(placeholders.problems("{{ code }} và {{due}}"), [])
        for text in (
            "{{ secret }}",
            "{{ code.owner }}",
            "{{ code }",
            "{% if x %}",
            "${object.x}",
            '<t t-out="x"/>',
            "{{{{ code }}}}",
        ):
            with self.subTest(text=text):
                self.assertTrue(placeholders.problems(text))

    def test_values_are_not_read_again(self):
        filled = placeholders.fill("{{ owner }}", {"owner": "{{ code }}", "code": "1"})
        self.assertEqual(filled, "{{ code }}")

    def test_subject_is_one_line(self):
        values = {"owner": "A\r\nBcc: all@test.example"}
        self.assertEqual(
            placeholders.fill_line("{{ owner }}", values), "A Bcc: all@test.example"
        )

    def test_html(self):
        html = placeholders.as_html('<b>"&\nhttps://a.example/x?a=1&b=2.')
        self.assertEqual(
            html,
            "<p>&lt;b&gt;&#34;&amp;<br/>"
            '<a href="https://a.example/x?a=1&amp;b=2">'
            "https://a.example/x?a=1&amp;b=2</a>.</p>",
        )

    def test_sms_length(self):
        for text, encoding, segments in (
            ("", "GSM-7", 0),
            ("a" * 160, "GSM-7", 1),
            ("a" * 161, "GSM-7", 2),
            ("€" * 80, "GSM-7", 1),
            ("€" * 81, "GSM-7", 2),
            ("ế" * 70, "UCS-2", 1),
            ("ế" * 71, "UCS-2", 2),
            ("😀" * 35, "UCS-2", 1),
        ):
            with self.subTest(text=text[:3], number=len(text)):
                found = sms.length(text)
                self.assertEqual((found.encoding, found.segments), (encoding, segments))

    def test_plain(self):
        text = sms.plain("Đã tiếp nhận hồ sơ “ước mơ” – hẹn…")
        self.assertEqual(text, 'Da tiep nhan ho so "uoc mo" - hen...')
        self.assertEqual(sms.length(text).encoding, "GSM-7")

    def test_wait(self):
        minutes = [schedule.wait(number).seconds / 60 for number in range(1, 10)]
        self.assertEqual(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60])

    def test_quiet(self):
        def free(hour, start, end):
            local = datetime(2026, 11, 23, hour, tzinfo=ZONE)
            moment = local.astimezone(UTC)
            found = schedule.after_quiet(moment, start, end, ZONE)
            return found.astimezone(ZONE) - local.replace(hour=0)

        self.assertEqual(free(22, 21, 7), timedelta(days=1, hours=7))
        self.assertEqual(free(3, 21, 7), timedelta(hours=7))
        self.assertEqual(free(7, 21, 7), timedelta(hours=7))
        self.assertEqual(free(12, 21, 7), timedelta(hours=12))
        self.assertEqual(free(13, 12, 13.5), timedelta(hours=13.5))
        self.assertEqual(free(3, 0, 0), timedelta(hours=3))

    def test_gateway_over_tls(self):
        for url, safe in (
            ("https://sms.example/send", True),
            ("http://127.0.0.1:8080/", True),
            ("http://localhost/", True),
            ("http://[::1]/", True),
            ("http://sms.example/send", False),
            ("http://127.0.0.1.sms.example/", False),
            ("https://user:secret@sms.example/", False),
            ("ftp://127.0.0.1/", False),
            ("", False),
        ):
            with self.subTest(url=url):
                self.assertEqual(gateway.is_safe(url), safe)

    def test_no_text_chooses_the_host(self):
        for url, fixed in (
            ("https://sms.example/send?to={{ phone }}", True),
            ("https://{{ text }}/send", False),
            ("https://sms.{{ data }}:443/", False),
        ):
            with self.subTest(url=url):
                self.assertEqual(gateway.has_fixed_host(url), fixed)
