# Part of One-Stop. See LICENSE file for full copyright and licensing details.
{
    "name": "One-Stop Seal",
    "summary": "What leaves the Centre: numbers, signatures, second seal, verification",
    "version": "19.0.1.0.0",
    "category": "Services/One-Stop",
    "author": "One-Stop contributors",
    "license": "LGPL-3",
    "depends": ["onestop_delegation"],
}
