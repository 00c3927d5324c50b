# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Portal",
    "summary": "The citizens' side: catalogue, filing, own dossiers, tracking",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_seal", "portal", "portal_rating"],
    "data": [
        "security/onestop_portal_security.xml",
        "security/ir.model.access.csv",
        "views/layout_templates.xml",
        "views/catalogue_templates.xml",
        "views/filing_templates.xml",
        "views/dossier_templates.xml",
        "views/tracking_templates.xml",
        "views/payment_templates.xml",
        "views/returning_templates.xml",
        "views/notice_templates.xml",
        "views/res_company_views.xml",
    ],
    "demo": [
        "demo/company_demo.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "onestop_portal/static/src/scss/*.scss",
            "onestop_portal/static/src/interactions/*.js",
        ],
        "web.assets_tests": [
            "onestop_portal/static/tests/tours/*.js",
        ],
    },
}
