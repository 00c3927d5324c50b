# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Dossiers",
    "summary": "Reception, appraisal, approval and return of dossiers; ledger and clock",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "website": "https://github.com/onestop-suite/onestop",
    "license": "LGPL-3",
    "depends": ["onestop_procedure", "rating", "payment"],
    "external_dependencies": {"python": ["rfc8785", "python-magic"]},
    "data": [
        "security/onestop_dossier_security.xml",
        "security/ir.model.access.csv",
    ],
}
