import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { DeskState } from "./desk_state";

/** Form 02 (one complete guidance) or form 03 (refusal with its reason). */
export class NoticeDialog extends Component {
    static template = "onestop_dossier.NoticeDialog";
    static components = { Dialog };
    static props = { desk: DeskState, method: String, close: Function };

    setup() {
        this.root = useRef("root");
        const { lacking, guided } = this.props.desk;
        this.state = useState({
            items: this.isGuidance
                ? lacking.map((part) => ({ part_id: part.id, name: part.name, note: part.note }))
                : [],
            reason: "",
            advice: "",
            guided,
            again: false,
        });
        onMounted(() => this.root.el.querySelector("textarea").focus());
    }

    get isGuidance() {
        return this.props.method === "guide";
    }

    get title() {
        return this.isGuidance ? _t("Guidance (form 02)") : _t("Refusal (form 03)");
    }

    get desk() {
        return this.props.desk;
    }

    get warns() {
        return this.isGuidance && this.state.guided.length > 0;
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.ctrlKey) {
            ev.preventDefault();
            this.confirm();
        }
    }

    add() {
        this.state.items.push({ part_id: false, name: "", note: "" });
    }

    remove(index) {
        this.state.items.splice(index, 1);
    }

    async confirm() {
        const { items, reason, advice, again } = this.state;
        const notice = { items, reason, advice, again };
        const answer = await this.desk.notify(this.props.method, notice);
        if (answer && answer.guided) {
            this.state.guided = answer.guided;
        } else if (answer) {
            this.props.close();
        }
    }
}
