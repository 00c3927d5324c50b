# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError


class OnestopDerived(models.AbstractModel):
    """What is reckoned from other data is not typed in, not over RPC either.

    Odoo lets whoever may write a record write its stored computed fields; shares,
    last days and fingerprints of files rest on such fields.
    """

    _name = "onestop.derived"
    _description = "Fields reckoned from other data"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_derived({name for vals in vals_list for name in vals})
        # A default in the caller's context would be kept as if it were reckoned.
        context = {
            name: value
            for name, value in self.env.context.items()
            if not (
                name.startswith("default_")
                and self._is_derived(name.removeprefix("default_"))
            )
        }
        plain = self.with_env(self.env(context=context))
        return super(OnestopDerived, plain).create(vals_list)

    def write(self, vals):
        self._check_derived(vals)
        return super().write(vals)

    @api.model
    def _check_derived(self, names):
        if self.env.su:
            return
        for name in names:
            if self._is_derived(name):
                field = self._fields[name]
                raise UserError(
                    self.env._(
                        "“%(field)s” follows from other data; it is not typed in.",
                        field=field._description_string(self.env),
                    )
                )

    @api.model
    def _is_derived(self, name):
        field = self._fields.get(name)
        return bool(field and field.store and field.compute and field.readonly)
