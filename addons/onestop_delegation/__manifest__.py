# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Delegation",
    "summary": "Who may approve, and on which legal ground",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_dossier"],
}
