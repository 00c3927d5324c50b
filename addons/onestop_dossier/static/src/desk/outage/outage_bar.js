import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ConflictDialog } from "./conflict_dialog";
import { DeskState } from "../desk_state";

const KILO = 1024;

/** Says whether the desk reaches the server, and what it can do without. */
export class OutageBar extends Component {
    static template = "onestop_dossier.OutageBar";
    static props = { desk: DeskState, focus: Function };

    setup() {
        this.dialog = useService("dialog");
    }

    get outage() {
        return this.props.desk.outage;
    }

    get text() {
        const { ready, left, waiting } = this.outage;
        if (!ready && !left) {
            return waiting
                ? _t("No connection. No code is left at this desk; nothing entered is lost.")
                : _t("No connection, and this desk holds no codes. Nothing entered is lost.");
        }
        return _t("No connection: working offline, %s codes left", left);
    }

    get readyText() {
        const size = Math.ceil(this.outage.size / KILO);
        return _t("Ready for an outage: %(left)s codes, catalogue %(size)s kB", {
            left: this.outage.left,
            size,
        });
    }

    open() {
        this.dialog.add(
            ConflictDialog,
            { desk: this.props.desk, focus: this.props.focus },
            { onClose: () => this.props.focus("person") }
        );
    }
}
