# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Reports",
    "summary": "Boards, weekly and statutory reports, service index, inspection",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_portal", "spreadsheet_dashboard"],
}
