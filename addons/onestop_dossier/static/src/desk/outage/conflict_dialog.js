import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { DeskState } from "../desk_state";
import { printSlip } from "./slip";

/** Conflicts of an outage: both sides, and what can be done about each. */
export class ConflictDialog extends Component {
    static template = "onestop_dossier.ConflictDialog";
    static components = { Dialog };
    static props = { desk: DeskState, focus: Function, close: Function };

    setup() {
        this.state = useState({ reason: {}, error: {}, busy: false });
    }

    get outage() {
        return this.props.desk.outage;
    }

    get title() {
        return _t("Received without network: conflicts");
    }

    async decide(row, ask) {
        this.state.busy = true;
        this.state.error = {};
        try {
            await ask();
            this.outage.conflicts = await this.outage.ask("outage_conflicts", []);
            await this.props.desk.refresh();
            if (!this.outage.conflicts.length && !this.outage.refused.length) {
                this.props.close();
            }
        } catch (error) {
            this.state.error = { [row.id]: (error.data && error.data.message) || error.message };
        } finally {
            this.state.busy = false;
        }
    }

    accept(row) {
        return this.decide(row, () => this.outage.ask("outage_accept", [row.id]));
    }

    void(row) {
        const reason = this.state.reason[row.id] || "";
        return this.decide(row, () => this.outage.ask("outage_void", [row.id, reason]));
    }

    async correct(row) {
        await this.props.desk.loadConflict(row.id);
        this.props.close();
        this.props.focus("part");
    }

    print(entry) {
        printSlip(entry.slip);
    }
}
