# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Procedures",
    "summary": "Agencies, people and roles, procedures, legal calendar and clock",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "website": "https://github.com/onestop-suite/onestop",
    "license": "LGPL-3",
    "depends": ["mail", "resource", "base_address_extended", "web_hierarchy"],
    "external_dependencies": {
        "python": ["weasyprint", "qrcode", "openpyxl", "xlsxwriter"],
    },
    "data": [
        "security/onestop_procedure_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizard/calendar_propose_views.xml",
        "views/calendar_day_views.xml",
        "views/calendar_revision_views.xml",
        "data/calendar_data.xml",
        "report/pdf_templates.xml",
    ],
    "demo": [
        "demo/catalogue_demo.xml",
        "demo/company_demo.xml",
        "demo/users_demo.xml",
        "demo/person_demo.xml",
        "demo/calendar_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "onestop_procedure/static/src/report/*.js",
        ],
    },
    "pre_init_hook": "create_extensions",
    "application": True,
}
