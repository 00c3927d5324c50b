# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Versions published before begin the history of their procedures."""
    cr.execute(
        """
        INSERT INTO onestop_procedure_act
               (procedure_id, version_id, kind, effective_on, decision_id,
                create_uid, create_date, write_uid, write_date)
        SELECT v.procedure_id, v.id,
               CASE WHEN v.number = min(v.number) OVER (PARTITION BY v.procedure_id)
                    THEN 'publish' ELSE 'amend' END,
               v.valid_from, v.decision_id,
               v.create_uid, v.create_date, v.write_uid, v.write_date
          FROM onestop_procedure_version v
         WHERE v.state = 'published'
           AND NOT EXISTS (SELECT FROM onestop_procedure_act a
                            WHERE a.version_id = v.id)
         ORDER BY v.procedure_id, v.valid_from
        """
    )
    # States so far were typed: the history begins with what they say.
    cr.execute(
        """
        INSERT INTO onestop_procedure_act
               (procedure_id, kind, effective_on,
                create_uid, create_date, write_uid, write_date)
        SELECT p.id, CASE p.state WHEN 'suspended' THEN 'suspend' ELSE 'abolish' END,
               COALESCE(max(v.valid_to) + 1, p.write_date::date),
               p.write_uid, p.write_date, p.write_uid, p.write_date
          FROM onestop_procedure p
          LEFT JOIN onestop_procedure_version v
            ON v.procedure_id = p.id AND v.state = 'published'
         WHERE p.state IN ('suspended', 'abolished')
           AND NOT EXISTS (SELECT FROM onestop_procedure_act a
                            WHERE a.procedure_id = p.id
                              AND a.kind IN ('suspend', 'abolish'))
         GROUP BY p.id
        """
    )
