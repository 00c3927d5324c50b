import { Component } from "@odoo/owl";
import { DeskState } from "./desk_state";
import { PartList } from "./part_list";
import { Typeahead } from "./typeahead";

/** What is asked for: the procedure, its case, the tick list of its parts. */
export class DossierPane extends Component {
    static template = "onestop_dossier.DossierPane";
    static components = { PartList, Typeahead };
    static props = { desk: DeskState, focus: Function, pooled: Object, slots: { type: Object, optional: true } };

    // More cases than that are chosen from a list: the parts stay on the screen.
    FEW = 3;

    get desk() {
        return this.props.desk;
    }

    get entry() {
        return this.desk.entry;
    }

    get locked() {
        return this.entry.state === "submitted";
    }

    async search(text) {
        const rows = await this.desk.call("find_procedure", text, this.props.pooled.only);
        return rows;
    }

    async take(row) {
        await this.desk.openCase(row.id);
        this.props.focus("part");
    }

    async chooseArea(remote) {
        this.entry.area = remote ? "remote" : false;
        const parts = this.desk.parts;
        await this.desk.openCase(this.entry.procedure.id, this.entry.procedure.case_id);
        // Only the due date is another one: what was ticked stays ticked.
        this.entry.procedure.parts = parts;
    }

    async chooseCase(caseId) {
        await this.desk.openCase(this.entry.procedure.id, Number(caseId));
        this.props.focus("part");
    }
}
