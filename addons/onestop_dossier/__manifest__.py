# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Dossiers",
    "summary": "From reception to return of the result; ledger and clock",
    "version": "19.0.1.1.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_procedure", "rating", "payment"],
    "external_dependencies": {"python": ["rfc8785", "python-magic"]},
    "data": [
        "security/onestop_dossier_security.xml",
        "security/dossier_paper_security.xml",
        "security/ir.model.access.csv",
        "data/trial_data.xml",
        "report/dossier_slip_report.xml",
        "data/dossier_cron_data.xml",
        "report/dossier_apology_report.xml",
        "report/trial_slip_report.xml",
        "wizard/dossier_act_views.xml",
        "wizard/dossier_act_more_views.xml",
        "wizard/dossier_approval_views.xml",
        "wizard/dossier_attach_views.xml",
        "wizard/reception_views.xml",
        "views/dossier_templates.xml",
        "views/dossier_views.xml",
        "views/dossier_clock_views.xml",
        "views/dossier_menus.xml",
        "views/dossier_draft_views.xml",
        "views/dossier_alert_views.xml",
        "views/trial_views.xml",
    ],
    "demo": [
        "demo/dossier_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "onestop_dossier/static/src/screens/*",
        ],
        "web.assets_tests": [
            "onestop_dossier/static/tests/tours/*.js",
        ],
    },
}
