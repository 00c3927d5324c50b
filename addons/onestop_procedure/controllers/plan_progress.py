# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PlanProgressController(Controller):
    @route("/onestop/plan/<int:plan_id>/progress.xlsx", type="http", auth="user")
    def plan_progress(self, plan_id, department_id=None):
        """The progress report of a plan, as far as the user who asks may read it.

        :param department_id: id of an agency, to report on it alone
        """
        plan = request.env["onestop.plan"].browse(plan_id).exists()
        departments = request.env["onestop.department"]
        if not plan or not plan.has_access("read"):
            raise NotFound()
        if department_id:
            if not department_id.isdecimal():
                raise NotFound()
            departments = departments.browse(int(department_id)).exists()
        content = plan._progress_file(departments)
        name = request.env._("Progress of the plan")
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
                ("Cache-Control", "no-store"),
            ],
        )
