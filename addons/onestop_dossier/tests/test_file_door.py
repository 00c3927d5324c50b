# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import http.client
from urllib.parse import urlsplit

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .bad_files import bad_files, good_files, make_picture
from .common import PDF, DossierCase, DossierData, make_pdf
from .desk_common import DeskCase
from .kept import KeptMixin

DAMAGED = "did not arrive whole"


@tagged("post_install", "-at_install")
class TestFileDoor(KeptMixin, DossierCase):
    """Every file comes in by one door; what is bad leaves no trace."""

    def scan(self, dossier, name, content, **more):
        part = dossier.part_ids[0]
        encoded = base64.b64encode(content).decode()
        return dossier.action_scan(part.id, name, encoded, **more)

    def test_bad_files(self):
        dossier = self.new_dossier()
        before = self.kept()
        for what, name, content, word in bad_files():
            with self.subTest(what=what):
                with self.assertRaises(UserError) as caught:
                    self.scan(dossier, name, content)
                said = str(caught.exception)
                self.assertIn(word, said)
                self.assertIn(name, said)
                self.assertTrue(said.endswith("."))
        self.assertEqual(self.kept(), before)

    def test_good_files(self):
        for name, content, mimetype in good_files():
            with self.subTest(name=name, mimetype=mimetype):
                dossier = self.new_dossier()
                self.scan(dossier, name, content)
                file = dossier.file_ids
                self.assertEqual(file.mimetype, mimetype)
                self.assertEqual(file.attachment_id.raw, content)
                self.assertEqual(file.scan_state, "unchecked")

    def test_a_large_photo_stays_as_it_is(self):
        """Odoo shrinks pictures; a filed one has the SHA-256 of what was handed in."""
        dossier = self.new_dossier()
        photo = make_picture(size=(4000, 3000))
        self.scan(dossier, "photo.jpg", photo)
        self.assertEqual(dossier.file_ids.attachment_id.raw, photo)

    def test_the_limit_of_the_centre(self):
        """Too many Base64 characters are refused before they are unpacked."""
        self.company.onestop_file_size = 1
        dossier = self.new_dossier()
        before = self.kept()
        self.scan(dossier, "x.pdf", PDF + b"\n" * (1024 * 1024 - len(PDF)))
        with self.assertRaisesRegex(UserError, "larger than 1 MB"):
            self.scan(dossier, "x.pdf", PDF + b"\n" * (1024 * 1024 - len(PDF) + 1))
        with self.assertRaisesRegex(UserError, "larger than 1 MB"):
            # Not Base64 at all: the size alone was looked at.
            dossier.action_scan(dossier.part_ids[0].id, "x.pdf", "%" * 3_000_000)
        self.assertEqual(self.kept()[0][0], before[0][0] + 1)

    def test_what_is_no_base64(self):
        dossier = self.new_dossier()
        for content in ("%%%%", 5, ["x"], {"a": 1}, True):
            with (
                self.subTest(content=content),
                self.assertRaisesRegex(UserError, DAMAGED),
            ):
                dossier.action_scan(dossier.part_ids[0].id, "x.pdf", content)
        for content in (None, "", False):
            with (
                self.subTest(content=content),
                self.assertRaisesRegex(UserError, "empty"),
            ):
                dossier.action_scan(dossier.part_ids[0].id, "x.pdf", content)

    def test_the_same_twice_is_kept_once(self):
        dossier = self.new_dossier()
        first = self.scan(dossier, "x.pdf", PDF)
        self.assertEqual(self.scan(dossier, "y.pdf", PDF), first)
        self.assertEqual(len(dossier.file_ids), 1)
        other = base64.b64encode(PDF).decode()
        dossier.action_scan(dossier.part_ids[1].id, "x.pdf", other)
        self.assertEqual(len(dossier.file_ids), 2, "another part is another paper")

    def test_versions(self):
        """A newer version takes the place of the older; both stay."""
        dossier = self.new_dossier()
        first = self.scan(dossier, "x.pdf", PDF)
        newer = self.scan(dossier, "x.pdf", make_pdf(b"[1]"), replaces_id=first)
        files = self.env["onestop.dossier.file"]
        part = dossier.part_ids[0]
        self.assertEqual(files._current_of(part).ids, [newer])
        self.assertEqual(files.browse([first, newer]).mapped("version"), [1, 2])
        with self.assertRaisesRegex(UserError, "replaced already"):
            self.scan(dossier, "x.pdf", make_pdf(b"[2]"), replaces_id=first)
        back = self.scan(dossier, "x.pdf", PDF, replaces_id=newer)
        self.assertNotEqual(back, first, "the old content comes back as a version")
        other = self.new_dossier()
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.scan(other, "x.pdf", PDF, replaces_id=back)

    def test_digitisation(self):
        """The flags of the national portal follow from who filed what."""
        dossier = self.new_dossier()
        scanned, other = dossier.part_ids
        self.assertFalse(dossier.has_digitised)
        files = self.env["onestop.dossier.file"].with_user(self.users["citizen"])
        files._store(dossier.sudo(), "x.pdf", PDF, part=other)
        self.assertEqual(other.file_ids.origin, "electronic")
        self.assertFalse(dossier.has_digitised)
        self.scan(dossier, "x.pdf", PDF)
        self.assertEqual(scanned.file_ids.origin, "scan")
        self.assertTrue(scanned.is_digitised and not other.is_digitised)
        flags = dossier._digitisation()
        self.assertTrue(flags["HoSoCoThanhPhanSoHoa"])
        self.assertEqual([row["DuocSoHoa"] for row in flags["parts"]], [True, False])

    def test_names_are_plain(self):
        dossier = self.new_dossier()
        self.scan(dossier, "../../a/\u202egiấy", PDF)
        self.assertEqual(dossier.file_ids.name, "giấy.pdf")

    def test_other_doors_are_the_same(self):
        dossier = self.dossier_in("processing")
        appraiser = self.act_as(dossier, "appraiser")
        before = self.kept()
        for what, name, content, word in bad_files()[:12]:
            with self.subTest(what=what), self.assertRaisesRegex(UserError, word):
                appraiser.action_attach(
                    name, base64.b64encode(content).decode(), "sheet"
                )
        self.assertEqual(self.kept(), before)


@tagged("post_install", "-at_install")
class TestFileDoorDesk(KeptMixin, DeskCase):
    """The reception desk: a bad file stops the reception, and nothing is kept."""

    def test_bad_files_at_the_desk(self):
        dossiers = self.env["onestop.dossier"]
        count = dossiers.search_count([])
        before = self.kept()
        for what, name, content, word in bad_files():
            with self.subTest(what=what):
                entry = self.entry()
                encoded = base64.b64encode(content).decode()
                entry["parts"][0]["files"] = [{"name": name, "content": encoded}]
                with self.assertRaises(UserError) as caught:
                    with self.env.cr.savepoint():
                        self.desk().receive(entry)
                self.assertIn(word, str(caught.exception))
                self.assertEqual(dossiers.search_count([]), count)
        self.assertEqual(self.kept(), before)


@tagged("post_install", "-at_install")
class TestFileDoorRpc(KeptMixin, DossierData, HttpCase):
    """Over RPC, as other programs and the web client send files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()

    def said(self, method, *args, model="onestop.dossier"):
        """What the refusal of a call says."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": {},
                }
            },
        ).json()
        return answer["error"]["data"]["message"]

    @mute_logger("odoo.http")
    def test_bad_files(self):
        dossier = self.new_dossier()
        part = dossier.part_ids[0]
        self.authenticate("t.receiver", "t.receiver.secret")
        before = self.kept()
        for what, name, content, word in bad_files():
            with self.subTest(what=what):
                encoded = base64.b64encode(content).decode()
                said = self.said("action_scan", dossier.ids, part.id, name, encoded)
                self.assertIn(word, said)
        self.assertEqual(self.kept(), before)

    @mute_logger("odoo.http")
    def test_nobody_else_makes_files(self):
        """No way past the door: neither a row nor a state of one."""
        dossier = self.new_dossier()
        part = dossier.part_ids[0]
        encoded = base64.b64encode(PDF).decode()
        number = dossier.action_scan(part.id, "x.pdf", encoded)
        model = "onestop.dossier.file"
        self.env.flush_all()
        for name in ("receiver", "head"):
            self.authenticate(f"t.{name}", f"t.{name}.secret")
            for call in (
                ("create", {"dossier_id": dossier.id, "scan_state": "clean"}),
                ("write", [number], {"scan_state": "clean"}),
                ("unlink", [number]),
                ("copy", [number]),
                ("_store", [], dossier.id, "x.pdf", "x"),
                ("_look_through", [number]),
                ("_cron_scan", []),
            ):
                with self.subTest(user=name, call=call[0]):
                    self.assertTrue(self.said(*call, model=model))

    def test_200_mb(self):
        """Refused by the length that is announced; not a byte of it is read."""
        address = urlsplit(self.base_url())
        self.authenticate("t.receiver", "t.receiver.secret")
        for path in ("/web/dataset/call_kw", "/json/2/onestop.dossier/action_scan"):
            with self.subTest(path=path), mute_logger("odoo.http", "werkzeug"):
                line = http.client.HTTPConnection(
                    address.hostname, address.port, timeout=10
                )
                line.putrequest("POST", path)
                line.putheader("Content-Type", "application/json")
                line.putheader("Content-Length", str(200 * 1024 * 1024 * 4 // 3))
                line.putheader("Cookie", f"session_id={self.session.sid}")
                line.endheaders()
                answer = line.getresponse()
                self.assertIn(answer.status, (400, 401, 404, 413))
                line.close()
