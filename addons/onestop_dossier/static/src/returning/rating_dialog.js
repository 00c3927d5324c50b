import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";

/** Full screen, for the touch display: how satisfied the citizen is. */
export class ReturnRatingDialog extends Component {
    static template = "onestop_dossier.ReturnRatingDialog";
    static components = { Dialog };
    static props = { form: Object, onRate: Function, close: Function };

    setup() {
        Object.assign(this, { yes: _t("Yes"), partly: _t("Partly"), no: _t("No") });
        this.state = useState({ value: 0, answers: {}, comment: "" });
    }

    get faces() {
        return { 5: "fa-smile-o", 4: "fa-smile-o", 3: "fa-meh-o", 2: "fa-frown-o", 1: "fa-frown-o" };
    }

    async confirm() {
        const { value, answers, comment } = this.state;
        await this.props.onRate(value, answers, comment);
        this.props.close();
    }
}
