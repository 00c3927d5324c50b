import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DeskState } from "./desk_state";

/** What the slip will say, what is done last, and the dossiers of a moment ago. */
export class SlipPane extends Component {
    static template = "onestop_dossier.SlipPane";
    static props = { desk: DeskState, act: Function };

    get desk() {
        return this.props.desk;
    }

    get entry() {
        return this.desk.entry;
    }

    money(amount) {
        return `${new Intl.NumberFormat("vi-VN").format(amount)} ₫`;
    }

    get promise() {
        const { promise } = this.entry.procedure;
        if (!promise) {
            return "";
        }
        return promise.days
            ? _t("9 of 10 similar dossiers in the last %(period)s days: %(days)s working days", promise)
            : _t("9 of 10 similar dossiers in the last %(period)s days: the same day", promise);
    }

    get sample() {
        return _t("counted on %(sample)s finished dossiers", this.entry.procedure.promise);
    }
}
