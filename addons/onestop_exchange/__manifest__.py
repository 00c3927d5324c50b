# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Exchange",
    "summary": "The national portal and the ministries' software",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_report"],
}
