# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import http

from odoo.addons.portal.controllers.portal import pager

from . import public

PAGE = 20


class Catalogue(http.Controller):
    """The public catalogue of procedures."""

    @http.route(
        ["/procedures", "/procedures/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def procedures(self, page=1, search="", department="", sector="", **_other):
        """List published procedures, searched as people type."""
        procedures = public.catalogue()
        chosen = {
            "search": search[:200],
            "department": public.integer(department),
            "sector": public.integer(sector),
        }
        domain = procedures._portal_domain(**chosen)
        total = procedures.search_count(domain)
        pages = pager(
            url="/procedures",
            total=total,
            page=page,
            step=PAGE,
            url_args={key: value for key, value in chosen.items() if value},
        )
        found = procedures.search(
            domain, order="name, id", limit=PAGE, offset=pages["offset"]
        )
        return public.render(
            "procedures",
            "onestop_procedures",
            procedures=[procedure._portal_card() for procedure in found],
            total=total,
            pager=pages,
            departments=procedures._portal_choices("department_id"),
            sectors=procedures._portal_choices("sector_id"),
            **chosen,
        )

    @http.route(
        "/procedures/<string:code>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def procedure(self, code, **_other):
        """One procedure: what for, what to bring, how long, how much, how."""
        procedure = public.procedure_or_404(code)
        return public.render(
            "procedure", "onestop_procedure", procedure=procedure._portal_values()
        )
