# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.onestop_procedure.identity import search_key

# The same key as ``identity.search_key`` makes, in SQL: the triggers need it.
KEY = """
SELECT trim(regexp_replace(lower(replace(replace(
    regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g'),
    'Đ', 'd'), 'đ', 'd')), '[^[:alnum:].]+', ' ', 'g'))
"""


class OnestopDossierSearch(models.Model):
    """What a clerk remembers of a dossier, as one text to search in.

    Names of owner and submitter, their telephone numbers, the code with and without
    its dashes, the abstract, and the numbers of what was issued; lower case, without
    diacritics. A row of its own: the long index stays out of the dossier's row,
    which changes with each act. Triggers write it, so that imports and corrections
    in SQL are found as well.
    """

    _name = "onestop.dossier.search"
    _description = "What a dossier is found by"
    _log_access = False
    _rec_name = "key"

    dossier_id = fields.Many2one(
        "onestop.dossier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    key = fields.Text(required=True, readonly=True)
    numbers = fields.Text(
        readonly=True, help="Numbers of results and receipts; kept by acts."
    )

    _dossier_unique = models.UniqueIndex("(dossier_id)")
    _key_idx = models.Index("USING gin (key gin_trgm_ops)")

    def init(self):
        self._init_functions()
        guard = self.env["onestop.database.guard"]
        guard._make_trigger(
            "onestop_dossier",
            "searched",
            "AFTER INSERT OR UPDATE OF code, person_id, submitter_id, subject",
            "onestop_dossier_searched",
        )
        guard._make_trigger(
            "onestop_person",
            "searched",
            "AFTER UPDATE OF search_key, phone",
            "onestop_person_searched",
        )

    def _init_functions(self):
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION onestop_search_key(text) RETURNS text "
                "LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS %s",
                KEY,
            )
        )
        guard = self.env["onestop.database.guard"]
        guard._make_function(
            "onestop_dossier_searched",
            """
            BEGIN
                IF NEW.is_trial IS NOT TRUE AND (TG_OP = 'INSERT' OR ROW(
                    NEW.code, NEW.person_id, NEW.submitter_id, NEW.subject
                ) IS DISTINCT FROM ROW(
                    OLD.code, OLD.person_id, OLD.submitter_id, OLD.subject
                )) THEN
                    PERFORM onestop_search_again(ARRAY[NEW.id]);
                END IF;
                RETURN NULL;
            END
            """,
        )
        guard._make_function(
            "onestop_person_searched",
            """
            BEGIN
                IF ROW(NEW.search_key, NEW.phone)
                   IS DISTINCT FROM ROW(OLD.search_key, OLD.phone) THEN
                    PERFORM onestop_search_again(ARRAY(
                        SELECT id FROM onestop_dossier
                         WHERE (person_id = NEW.id OR submitter_id = NEW.id)
                           AND is_trial IS NOT TRUE));
                END IF;
                RETURN NULL;
            END
            """,
        )
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION onestop_search_again(ids int[]) "
                "RETURNS void LANGUAGE sql AS %s",
                """
                INSERT INTO onestop_dossier_search AS old (dossier_id, key)
                SELECT d.id, concat_ws(' ',
                           onestop_search_key(d.code),
                           lower(regexp_replace(d.code, '[^0-9A-Za-z]', '', 'g')),
                           owner.search_key,
                           regexp_replace(owner.phone, '^\\+84', '0'),
                           submitter.search_key,
                           regexp_replace(submitter.phone, '^\\+84', '0'),
                           onestop_search_key(d.subject))
                  FROM onestop_dossier d
                  JOIN onestop_person owner ON owner.id = d.person_id
                  LEFT JOIN onestop_person submitter ON submitter.id = d.submitter_id
                 WHERE d.id = ANY (ids)
                ON CONFLICT (dossier_id) DO UPDATE
                   SET key = concat_ws(' ', EXCLUDED.key, old.numbers)
                """,
            )
        )

    @api.model
    def _remember(self, dossier, text):
        """Find a dossier by a number that was given to something of it as well.

        :param text: such as the number and symbol of its result.
        """
        words = search_key(text)
        self.env.cr.execute(
            """
            UPDATE onestop_dossier_search
               SET numbers = concat_ws(' ', numbers, %(words)s),
                   key = concat_ws(' ', key, %(words)s)
             WHERE dossier_id = %(dossier)s
               AND NOT concat(' ', numbers, ' ') LIKE concat('%% ', %(words)s, ' %%')
            """,
            {"words": words, "dossier": dossier.id},
        )
