# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: a picture of each printed form, from the demo database.

Plays four dossiers by the real acts in a transaction that is taken back, under the
rules of 2018 and of 2025, prints what the print dialog offers of them, and writes the
first page of the citizen's copy as a small grey PNG. Prints the file names as JSON.
"""

import base64
import io
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

DPI = 96
# The same on every machine.
ADDRESS = "https://mot-cua.example"
GREYS = 8
# Who prints; of each form the first who may.
PRINTERS = ("receiver.centre", "returner.centre", "cashier.centre", "head.tp")
# A Monday at 9:00 in Viet Nam, as naive UTC, under each circular.
MONDAYS = {"2025": datetime(2026, 6, 8, 2), "2018": datetime(2020, 6, 8, 2)}
PARTS = [
    ("Tờ khai đăng ký theo mẫu", 1, 0),
    ("Bản sao chứng thực giấy tờ chứng minh quyền sử dụng địa điểm", 0, 1),
    ("Bản sao giấy ủy quyền (nếu có)", 0, 1),
]


class Play:
    """Dossiers under one circular, by the demo users."""

    def __init__(self, env, monday):
        self.env = env
        self.monday = monday
        self.person = env["onestop.person"].search(
            [("partner_id.user_ids.login", "=", "citizen1")]
        )
        agency = env.ref("base.main_company").onestop_department_id
        self.agency = env["onestop.department"].search([("short", "=", "TP")], limit=1)
        assert agency and self.agency and self.person, "not a demo database"
        self.procedure = self.make_procedure()

    def make_procedure(self):
        """A procedure that was in force under both circulars."""
        steps = ("receive", "appraise", "approve", "issue", "return")
        procedure = self.env["onestop.procedure"].create(
            {
                "code": f"9.9{self.monday:%y}001",
                "name": "Đăng ký hoạt động của tổ chức hành nghề (thủ tục minh họa)",
                "department_id": self.agency.id,
                "sector_id": self.env["onestop.procedure"]
                .search([("department_id", "=", self.agency.id)], limit=1)
                .sector_id.id,
                "version_ids": [Command.create({"case_ids": [self.make_case(steps)]})],
            }
        )
        procedure.version_ids.action_publish(valid_from="2019-01-01")
        return procedure

    def make_case(self, steps):
        fees = [("Lệ phí đăng ký", 200000, "reception"), ("Phí", 50000, "return")]
        return Command.create(
            {
                "name": "Trường hợp chung",
                "time_value": 7,
                "time_unit": "workday",
                "part_ids": [
                    Command.create({"name": name, "originals": first, "copies": copies})
                    for name, first, copies in PARTS
                ],
                "fee_ids": [
                    Command.create(
                        {"name": n, "mode": "fixed", "amount": a, "collect_at": c}
                    )
                    for n, a, c in fees
                ],
                "step_ids": [
                    Command.create({"sequence": 10 * number, "activity": activity})
                    for number, activity in enumerate(steps)
                ],
            }
        )

    def at(self, dossier, login, day, hour=0):
        """The dossier for an act of a demo user, so many days after Monday."""
        user = self.env["res.users"].search([("login", "=", login)])
        own = self.env["onestop.dossier"].with_user(user).browse(dossier.id)
        moment = self.monday + timedelta(days=day, hours=hour)
        return own._occurred(moment, "demo")

    def received(self):
        """Received on Monday, the fee of the reception paid."""
        user = self.env["res.users"].search([("login", "=", "receiver.centre")])
        dossier = (
            self.env["onestop.dossier"]
            .with_user(user)
            .create({"procedure_id": self.procedure.id, "person_id": self.person.id})
        )
        dossier.part_ids.write({"received": True, "finding": "ok"})
        self.at(dossier, "receiver.centre", 0).action_receive()
        fee = dossier.sudo().fee_ids.sorted("id")[:1]
        self.at(dossier, "cashier.centre", 0).action_collect_fee(fee.id)
        self.at(dossier, "receiver.centre", 0, 1).action_forward()
        return dossier.sudo()

    def returned(self):
        """The whole way to the citizen."""
        dossier = self.received()
        self.at(dossier, "appraiser.tp", 1).action_forward("Hồ sơ đủ điều kiện.")
        head = self.at(dossier, "head.tp", 2)
        head._do_approve(seen=head.approval_digest)
        records = self.at(dossier, "records.tp", 3)
        records.action_attach("ket-qua.pdf", self.result(), "result")
        records.action_issue()
        last = dossier.fee_ids.sorted("id")[-1:]
        self.at(dossier, "cashier.centre", 4).action_collect_fee(last.id)
        self.at(dossier, "returner.centre", 4).action_return(
            "counter", self.person.name, self.person.identity_number
        )
        return dossier

    def result(self):
        content = self.env["ir.actions.report"]._onestop_to_pdf(
            None, ["<html lang='vi'><title>Kết quả</title><p>Minh họa</p></html>"]
        )
        return base64.b64encode(content).decode()

    def supplemented(self):
        dossier = self.received()
        dossier.part_ids[0].note = "Chưa có chữ ký của người đề nghị"
        dossier.part_ids[2].note = "Đã hết thời hạn ủy quyền"
        self.at(dossier, "appraiser.tp", 1).action_request_supplement(
            "Tờ khai chưa có chữ ký của người đề nghị.",
            [PARTS[0][0], PARTS[2][0]],
        )
        self.at(dossier, "receiver.centre", 1, 3).action_pass_on()
        return dossier

    def refused(self):
        user = self.env["res.users"].search([("login", "=", "receiver.centre")])
        dossier = (
            self.env["onestop.dossier"]
            .with_user(user)
            .create({"procedure_id": self.procedure.id, "person_id": self.person.id})
        )
        dossier.part_ids.write({"received": True})
        self.at(dossier, "receiver.centre", 0).action_submit()
        self.at(dossier, "receiver.centre", 0, 1).action_refuse(
            "Thủ tục không thuộc phạm vi tiếp nhận của Trung tâm."
        )
        return dossier.sudo()

    def stopped(self):
        """Apologised for, then stopped."""
        dossier = self.received()
        self.at(dossier, "head.tp", 2)._do_extend(
            "apology",
            self.monday + timedelta(days=15, hours=7),
            "Phải lấy ý kiến của cơ quan liên quan, chưa nhận được trả lời.",
        )
        self.at(dossier, "head.tp", 4)._do_stop(
            "Có quyết định tạm đình chỉ của Tòa án đối với đối tượng đăng ký.",
            "Điều 19 Nghị định số 101/2024/NĐ-CP",
        )
        return dossier

    def dossiers(self):
        return [
            self.returned(),
            self.supplemented(),
            self.refused(),
            self.stopped(),
        ]


def first_page(content, copies):
    """The first page of the last copy as a grey PNG."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, page = Path(folder, "form.pdf"), Path(folder, "page")
        pdf.write_bytes(content)
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), pdf, page], check=True)
        pages = sorted(Path(folder).glob("page-*.pgm"))
        # The citizen's is the second of two or three copies.
        wanted = pages[len(pages) // copies] if copies > 1 else pages[0]
        target = io.BytesIO()
        with Image.open(wanted) as picture:
            small = picture.quantize(GREYS)
            small.save(target, "PNG", optimize=True)
        return target.getvalue()


def printed(env, dossier):
    """{key: PDF} of what demo users may print of a dossier now."""
    found = {}
    for login in PRINTERS:
        user = env["res.users"].search([("login", "=", login)])
        own = env["onestop.dossier"].with_user(user).browse(dossier.id)
        for key, form in own._forms_allowed().items():
            records = form.when(own) if key not in found else ""
            if isinstance(records, str) or not records:
                continue
            reports = env["ir.actions.report"].with_user(user)
            found[key], _kind = reports._render_onestop_pdf(form.report, records.ids)
    return found


def register(env, monday):
    """The register of the week in which the dossiers were played."""
    user = env["res.users"].search([("login", "=", "receiver.centre")])
    export = (
        env["onestop.register.export"]
        .with_user(user)
        .create(
            {
                "date_from": monday.date(),
                "date_to": monday.date() + timedelta(days=6),
                "layout": "pdf",
            }
        )
    )
    target = io.BytesIO()
    export._write_file(target)
    return target.getvalue()


def lists(env):
    """{name: PDF} of the lists that the demo made: hand-overs, and one for the post."""
    reports, found = env["ir.actions.report"], {}
    for hand_over in env["onestop.hand.over"].search([("number", "!=", False)]):
        name = f"hand_over_{hand_over.kind}"
        if name not in found:
            found[name], _kind = reports._render_onestop_pdf(
                "onestop_dossier.hand_over_report", hand_over.ids
            )
    posted = env["onestop.parcel.list"].search([], limit=1)
    if posted:
        found["parcel_list"], _kind = reports._render_onestop_pdf(
            "onestop_dossier.parcel_list_report", posted.ids
        )
    return found


def pictures(env):
    """{file name: PNG} of every form that the print dialog offers, and of lists."""
    found = {f"{name}.png": first_page(pdf, 1) for name, pdf in lists(env).items()}
    for circular, monday in MONDAYS.items():
        for dossier in Play(env, monday).dossiers():
            for key, content in printed(env, dossier).items():
                paper = dossier._paper_form(key)
                # What no circular fixes looks the same under both.
                name = f"{key}-{circular}.png" if paper else f"{key}.png"
                copies = len(paper.copies) if paper else 1
                if name not in found:
                    found[name] = first_page(content, copies)
        found[f"register-{circular}.png"] = first_page(register(env, monday), 1)
    return found


def main(config_file, database, folder):
    """Write the pictures of one demo database into a folder."""
    config.parse_config(
        ["-c", config_file, "-d", database, "--no-http", "--log-level", "error"],
        setup_logging=True,
    )
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"lang": "vi_VN"})
        env["ir.config_parameter"].set_param("web.base.url", ADDRESS)
        found = pictures(env)
        cr.rollback()
    for name, content in found.items():
        Path(folder, name).write_bytes(content)
    print(json.dumps({name: len(content) for name, content in found.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
