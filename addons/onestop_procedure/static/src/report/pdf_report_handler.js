import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

/**
 * Address of the PDF of a report action of type "onestop-pdf".
 *
 * @param {Object} action
 * @returns {string}
 */
export function getOnestopPdfUrl(action) {
    const ids = action.context?.active_ids || [];
    let url = `/onestop/pdf/${encodeURIComponent(action.report_name)}/${ids.join(",")}`;
    if (action.data && Object.keys(action.data).length) {
        url += `?options=${encodeURIComponent(JSON.stringify(action.data))}`;
    }
    return url;
}

/**
 * Shows the PDF in a tab of its own, whence it is printed; where the browser
 * blocks new tabs it is downloaded instead.
 */
export async function onestopPdfHandler(action, options, env) {
    if (action.report_type !== "onestop-pdf") {
        return false;
    }
    if (!action.context?.active_ids?.length) {
        env.services.notification.add(_t("There is nothing to print."), {
            type: "warning",
        });
        return true;
    }
    const url = getOnestopPdfUrl(action);
    if (!browser.open(url, "_blank")) {
        env.services.ui.block();
        try {
            await download({ url, data: {} });
        } finally {
            env.services.ui.unblock();
        }
    }
    return true;
}

registry.category("ir.actions.report handlers").add("onestop-pdf", onestopPdfHandler);
