import { Component } from "@odoo/owl";
import { DeskState } from "./desk_state";

/** Nobody is at the counter: what waits online, by post, and what is due today. */
export class WaitingPane extends Component {
    static template = "onestop_dossier.WaitingPane";
    static props = { desk: DeskState };

    get desk() {
        return this.props.desk;
    }

    openList(name) {
        return this.desk.action.doAction(`onestop_dossier.${name}`);
    }
}
