# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReviewController(Controller):
    @route("/onestop/review/<int:review_id>/annex.xlsx", type="http", auth="user")
    def onestop_review_annex(self, review_id, **_kwargs):
        """The annex of a round as .xlsx, as the user who asks.

        :param review_id: id of the round
        """
        review = request.env["onestop.review"].browse(review_id).exists()
        if not review or not review.has_access("read"):
            raise NotFound()
        content = review._annex_xlsx()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition("Phu luc danh muc.xlsx")),
                ("Cache-Control", "no-store"),
            ],
        )
