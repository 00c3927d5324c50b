import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";

/** What may be done besides the one or two acts that have a button of their own. */
const ACTS = [
    ["submit", _t("Submit without receiving")],
    ["collect_fee", _t("Collect a fee")],
    ["set_fee", _t("State, reduce or waive a fee")],
    ["cancel_receipt", _t("Cancel a receipt")],
    ["refund_fee", _t("Refund")],
    ["assign", _t("Assign")],
    ["release", _t("Release to the pool")],
    ["recall", _t("Recall")],
    ["move_paper", _t("Move the physical file")],
    ["send_back", _t("Send back")],
    ["request_payment", _t("Request a payment")],
    ["suspend", _t("Suspend")],
    ["extend", _t("Extend the time")],
    ["consult", _t("Ask another agency")],
    ["spawn", _t("Open a linked dossier")],
    ["transfer", _t("Transfer to another agency")],
    ["correct", _t("Correct entries")],
    ["recalculate", _t("Count the due date again")],
    ["record_consent", _t("Record silence as consent")],
    ["record_outside", _t("Record a result from outside")],
    ["request_withdrawal", _t("Request withdrawal")],
    ["decline_withdrawal", _t("Decline the withdrawal")],
    ["refuse", _t("Refuse reception")],
    ["reject", _t("Reject")],
    ["revoke_decision", _t("Revoke the decision")],
    ["stop", _t("Stop")],
];

export class MoreActs extends Component {
    static template = "onestop_dossier.MoreActs";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    get acts() {
        const { resId, data } = this.props.record;
        const allowed = (resId && data.allowed_acts) || [];
        return ACTS.filter(([name]) => allowed.includes(name));
    }

    open(act) {
        return this.env.onClickViewButton({
            clickParams: {
                type: "object",
                name: "action_open_act",
                context: JSON.stringify({ act }),
            },
            getResParams: () =>
                pick(this.props.record, "context", "evalContext", "resModel", "resId", "resIds"),
        });
    }
}

registry.category("view_widgets").add("onestop_more_acts", {
    component: MoreActs,
    fieldDependencies: [{ name: "allowed_acts", type: "json", readonly: true }],
});
