# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Let go of the reception desk's old action: the new one is of another model.

    An external id cannot change its model; the menu gets the new action by its data.
    """
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'onestop_dossier' AND name = 'reception_action'
           AND model = 'ir.actions.act_window'
        RETURNING res_id
        """
    )
    for [action] in cr.fetchall():
        cr.execute("DELETE FROM ir_act_window WHERE id = %s", [action])
