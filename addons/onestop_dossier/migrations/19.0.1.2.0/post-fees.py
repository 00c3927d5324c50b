# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Fees of running dossiers take what their procedure says of them."""
    cr.execute(
        """
        UPDATE onestop_dossier_fee line
           SET kind = fee.kind, unit_amount = fee.amount, is_stated = TRUE,
               quantity = 1
          FROM onestop_procedure_fee fee
         WHERE fee.id = line.fee_id
        """
    )
