# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from odoo.addons.onestop_procedure.pdf import html_to_pdf

from ...ledger.demo_plan import DEPARTMENTS, plan_dossiers

# Roles of this room by the last part of a demo login; the agency of the first is the
# Centre, for whoever receives and returns works there.
AGENCY_ROLES = ("appraiser", "approver", "records")
CENTRE_ROLES = ("receiver", "returner", "cashier")
CENTRE, COMMUNE = "TTPVHCC", "LX"
SCAN = (
    "<html lang='vi'><head><title>Tệp minh họa</title></head>"
    "<body><h1>{title}</h1><p>Dữ liệu thử, không phải giấy tờ thật.</p></body></html>"
)


class OnestopDemo(models.AbstractModel):
    _inherit = "onestop.demo"

    # ------------------------------------------------------------
    # Roles
    # ------------------------------------------------------------

    @api.model
    def _load_dossier_roles(self):
        """Give the demo users the roles of this room."""
        roles = [
            (f"{role}.{short.lower()}", short, role)
            for short in DEPARTMENTS
            for role in AGENCY_ROLES
        ]
        # Departments post receivers to the Centre (plan of 2019, II.3).
        roles += [(f"receiver.{s.lower()}", CENTRE, "receiver") for s in DEPARTMENTS]
        roles += [(f"{role}.centre", CENTRE, role) for role in CENTRE_ROLES]
        roles += [("receiver.lx", COMMUNE, role) for role in CENTRE_ROLES]
        self._add_roles(roles)

    # ------------------------------------------------------------
    # Dossiers
    # ------------------------------------------------------------

    @api.model
    def _load_dossiers(self):
        """Make the demo dossiers by the real acts, as the users who do them.

        Spread over the last 90 days, in working hours; the same on every machine but
        for the day on which it is run.
        """
        people = self._load_persons()
        procedures = self._demo_procedures()
        unit = self.env.ref("base.main_company")
        calendar = unit._onestop_calendar()._clock()
        plans = plan_dossiers(
            calendar,
            self.env.cr.now(),
            {
                short: [limit for _p, limit in found]
                for short, found in procedures.items()
            },
            len(people),
        )
        actor = self.env["onestop.demo.actor"]
        scan = {
            title: html_to_pdf([SCAN.format(title=title)])
            for title in ("Thành phần hồ sơ", "Dự thảo kết quả", "Kết quả")
        }
        for plan in plans:
            procedure, _limit = procedures[plan.department][plan.procedure]
            actor._play(plan, procedure, people[plan.person], scan)
        self.env.flush_all()

    @api.model
    def _demo_procedures(self):
        """Procedures in force of the four departments, with their working seconds."""
        found = {}
        for short in DEPARTMENTS:
            procedures = self.env["onestop.procedure"].search(
                [("department_id.short", "=", short), ("state", "=", "published")],
                order="code",
            )
            rows = []
            for procedure in procedures:
                case = procedure.version_id.case_ids[:1]
                if case.time_unit in ("workday", "day") and case.time_value <= 20:
                    rows.append((procedure, case.time_value))
            found[short] = rows
        return found

    @api.model
    def _load_persons(self):
        """Citizens and household businesses with names of roles; those with a login
        come first.
        """
        known = self.env["onestop.person"].search(
            [("partner_id.user_ids.share", "=", True)], order="id"
        )
        made = self.env["onestop.person"].create(
            [
                {
                    "name": f"Công dân {number:03d}",
                    # Century and gender 0 or 1: born in the 20th century.
                    "identity_number": f"089{number % 2}{70 + number % 30:02d}"
                    f"{900000 + number:06d}",
                    "gender": "female" if number % 2 else "male",
                    "street": f"Số {number}, đường Ví Dụ, tỉnh An Giang",
                    "phone": f"09000{number:05d}",
                }
                for number in range(3, 123)
            ]
            + [
                {
                    "name": f"Hộ kinh doanh {number:02d}",
                    "kind": "other",
                    "identity_kind": False,
                    "street": f"Số {number}, đường Mẫu, tỉnh An Giang",
                    "phone": f"09001{number:05d}",
                }
                for number in range(1, 31)
            ]
        )
        return known | made
