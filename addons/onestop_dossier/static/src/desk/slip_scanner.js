import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

// {unit}-{yyMMdd}-{NNNN}, alone or in the address of the slip's QR code.
const SLIP = /(?:^|code=)([GHK]\d{2}[\d.]*[-_–]\d{6}[-_–]\d{4,})/i;

/**
 * A slip scanned anywhere in the web client opens its dossier. A reader whose cursor
 * stands in a field types there, as everywhere in Odoo.
 */
export const slipScanner = {
    dependencies: ["action", "barcode", "notification", "orm"],
    start(env, { action, barcode, notification, orm }) {
        barcode.bus.addEventListener("barcode_scanned", async ({ detail }) => {
            const found = SLIP.exec(detail.barcode);
            if (!found) {
                return;
            }
            const dossierId = await orm.call("onestop.reception.desk", "find_code", [found[1]]);
            if (!dossierId) {
                notification.add(
                    _t("No dossier %s is to be seen by you.", found[1].toUpperCase()),
                    { type: "warning" }
                );
                return;
            }
            await action.doAction({
                type: "ir.actions.act_window",
                res_model: "onestop.dossier",
                res_id: dossierId,
                views: [[false, "form"]],
            });
        });
    },
};

registry.category("services").add("onestop_slip_scanner", slipScanner);
