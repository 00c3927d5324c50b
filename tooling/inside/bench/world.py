# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the loaded dossiers stand on, read from the database."""

import hashlib
import itertools
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo.addons.onestop_dossier.ledger import rules, timeline
from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.identity import search_key
from odoo.addons.onestop_procedure.pdf import html_to_pdf

LONGEST = 20  # days of a time limit; longer ones would all still be open
PERSONS = 4  # dossiers to a person
# Roles that an agency needs; two appraisers, so that work can change hands.
STAFF = ("head", "records", "appraiser", "appraiser")
RESULT = html_to_pdf(["<p>Kết quả</p>"])


@dataclass
class World:
    """Plain values; no cursor, so that processes can share it.

    :param kinds: cases of procedures that dossiers are about
    :param weights: how often each arises, accumulated
    :param units: receiving Centres
    :param staff: agency → role → ids of users
    :param persons: ids of owners
    :param now: naive UTC; nothing happens later
    """

    kinds: list
    weights: list
    units: list
    staff: dict
    persons: range
    rules: str
    result: dict
    currency: int
    now: datetime = None


def staff_agencies(env):
    """Have people in every agency that decides on procedures."""
    present = {
        (m.department_id.id, m.role): m
        for m in env["onestop.membership"].search([("is_current", "=", True)])
    }
    agencies = env["onestop.procedure"].search([("state", "=", "published")])
    users, roles = [], []
    for agency in agencies.department_id._current():
        for number, role in enumerate(STAFF):
            if (agency.id, role) not in present:
                users.append(
                    {
                        "login": f"{role}{number}.{agency.id}.bench",
                        "name": f"{role} {number} · {agency.name}"[:100],
                    }
                )
                roles.append((agency.id, role))
    made = env["onestop.demo"]._users().create(users)
    env["onestop.membership"].with_context(tracking_disable=True).create(
        [
            {
                "user_id": user.id,
                "department_id": agency,
                "role": role,
                "valid_from": "2025-07-01",
            }
            for user, (agency, role) in zip(made, roles, strict=True)
        ]
    )


def make_persons(cr, count, batch):
    """Make persons with generated names and numbers; return the range of their ids.

    :param batch: number of the batch, so that no two have the same numbers
    """
    cr.execute(
        "SELECT setval('onestop_person_id_seq', nextval('onestop_person_id_seq') + %s)",
        [count],
    )
    first = cr.fetchone()[0] - count
    # Serials below 900,000: above, the demo has its own. Each batch has its decade.
    cr.execute(
        """
        INSERT INTO onestop_person (id, name, search_key, kind, identity_kind,
            identity_number, gender, phone, notice_language, create_uid, write_uid,
            create_date, write_date)
        SELECT %(first)s + n, %(name)s || serial, %(key)s || serial, 'citizen', 'cccd',
               '089' || n %% 2 || lpad((%(year)s + n / 900000)::text, 2, '0')
                     || lpad((n %% 900000)::text, 6, '0'),
               CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END,
               '09' || lpad(n::text, 8, '0'), 'vi', 1, 1, now(), now()
          FROM generate_series(0, %(count)s - 1) AS n,
               lpad((%(batch)s * 10000000 + n)::text, 8, '0') AS serial
        """,
        {
            "first": first,
            "count": count,
            "batch": batch,
            "year": batch % 10 * 10,
            "name": "Công dân ",
            "key": search_key("Công dân") + " ",
        },
    )
    return range(first, first + count)


def read(env, persons, now):
    """Read the world from the demo database."""
    staff = defaultdict(lambda: defaultdict(list))
    for member in env["onestop.membership"].search([("is_current", "=", True)]):
        staff[member.department_id.id][member.role].append(member.user_id.id)
    kinds = [
        kind
        for procedure in env["onestop.procedure"].search([("state", "=", "published")])
        for kind in [_kind(procedure)]
        if kind and all(staff[kind["department"]][role] for role in STAFF)
    ]
    # A few procedures make most of the work, as everywhere.
    weights = list(itertools.accumulate(1 / (3 + n) for n in range(len(kinds))))
    key = env["onestop.dossier"]._rule_set_on(now.date())
    units = [
        unit
        for company in env["res.company"].search([], order="id")
        for unit in [_unit(company, staff, key)]
        if unit
    ]
    return World(
        kinds=kinds,
        weights=weights,
        units=units,
        staff={agency: dict(roles) for agency, roles in staff.items()},
        persons=persons,
        rules=key,
        result=_result_file(env),
        currency=env.ref("base.VND").id,
        now=now,
    )


def _kind(procedure):
    case = procedure.version_id.case_ids[:1]
    activities = case.step_ids.mapped("activity")
    simple = [activities.count(one) for one in ("receive", "appraise", "approve")]
    if simple != [1, 1, 1] or "consult" in activities or case.step_ids.department_id:
        return None
    if case.time_unit not in ("workday", "day") or case.time_value > LONGEST:
        return None
    if case.cut_off:
        return None
    limit = clock.Limit(value=case.time_value, unit=case.time_unit)
    share = 1 if case.time_unit == "workday" else 5 / 7
    steps = case.step_ids.sorted(lambda s: (s.sequence, s.id))
    return {
        "procedure": procedure.id,
        "version": case.version_id.id,
        "case": case.id,
        "department": procedure.department_id._current().id,
        "steps": [(s.id, s.activity, s.department_id.id, s.duration) for s in steps],
        "supplement_days": case.supplement_days,
        "limit": int(limit.value * share * clock.SECONDS_PER_WORKDAY) + 1,
        "limit_data": timeline.limit_data(limit),
        "parts": [part._dossier_part_values() for part in case.part_ids],
        "fees": [
            {**fee._dossier_fee_values(), "at": fee.collect_at}
            for fee in case.fee_ids
            if fee.mode == "fixed" and fee.amount
        ],
    }


def _unit(company, staff, key):
    department = company.onestop_department_id
    roles = staff[department.id]
    if not (roles["receiver"] and roles["returner"]):
        return None
    revision = company._onestop_calendar()
    return {
        "company": company.id,
        "department": department.id,
        "code": company._onestop_unit_code(),
        "revision": revision.id,
        "calendar": revision._clock(),
        "rules": rules.rules_of(key, company._onestop_rules()),
        "receivers": roles["receiver"],
        "returners": roles["returner"],
        "cashiers": roles["cashier"] or roles["receiver"],
    }


def _result_file(env):
    """One stored file that all results share."""
    attachment = env["ir.attachment"].create(
        {"name": "ket-qua.pdf", "raw": RESULT, "mimetype": "application/pdf"}
    )
    return {
        "sha256": hashlib.sha256(RESULT).hexdigest(),
        "size": len(RESULT),
        "fname": attachment.store_fname,
        "checksum": attachment.checksum,
    }


def days_before(world, months):
    """Working days of the first Centre in the months before now, oldest first."""
    calendar = world.units[0]["calendar"]
    today = world.now.date()
    first = today - timedelta(days=months * 30)
    days = (first + timedelta(days=n) for n in range((today - first).days))
    return [day for day in days if calendar.is_working(day)]
