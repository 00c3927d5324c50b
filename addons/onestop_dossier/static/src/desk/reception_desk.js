import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DeskState } from "./desk_state";
import { DossierPane } from "./dossier_pane";
import { NoticeDialog } from "./notice_dialog";
import { OutageBar } from "./outage/outage_bar";
import { PersonPane } from "./person_pane";
import { SlipPane } from "./slip_pane";
import { WaitingPane } from "./waiting_pane";

const RECENT_KEYS = [1, 2, 3, 4, 5];
// The first person of the day does not wait for codes and catalogue.
const LATER = 1500; // ms
const HAND = 300; // ms without a change before the entry in hand is kept

/** The reception desk: person, dossier, slip; everything by keyboard. */
export class ReceptionDesk extends Component {
    static template = "onestop_dossier.ReceptionDesk";
    static components = { DossierPane, OutageBar, PersonPane, SlipPane, WaitingPane };
    static props = { ...standardActionServiceProps };

    setup() {
        const orm = useService("orm");
        const action = useService("action");
        const notification = useService("notification");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.desk = useState(new DeskState({ orm, action, notification }));
        this.pooled = useState({ only: false });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
        useExternalListener(window, "beforeunload", (ev) => this.onLeave(ev));
        this.guardOutage();
        for (const number of RECENT_KEYS) {
            useHotkey(`alt+${number}`, () => this.reprint(number - 1), {
                bypassEditableProtection: true,
            });
        }
        useHotkey("alt+p", () => this.desk.printPapers(), { bypassEditableProtection: true });
        onWillStart(async () => {
            await this.desk.open();
            const { dossier_id: dossierId, outage_id: outageId } =
                this.props.action.params || {};
            if (dossierId) {
                await this.desk.load(dossierId);
            } else if (outageId) {
                await this.desk.loadConflict(outageId);
            }
        });
        onMounted(() => this.focus("person"));
    }

    /** Notice when the network goes and comes; keep what is being entered meanwhile. */
    guardOutage() {
        const { outage } = this.desk;
        const keepHand = useDebounced(() => outage.keepHand(), HAND);
        for (const change of ["input", "change", "keyup", "click"]) {
            useExternalListener(window, change, () => outage.offline && keepHand());
        }
        useExternalListener(window, "offline", () => outage.lose());
        useExternalListener(window, "online", () => outage.look());
        onMounted(() => (this.stopLooking = outage.every(LATER)));
        onWillUnmount(() => this.stopLooking());
    }

    get keys() {
        return {
            F2: () => this.focus("person"),
            F3: () => this.focus("procedure"),
            F4: () => this.nextPart(),
            F6: () => this.notice("guide"),
            F7: () => this.notice("refuse"),
            F8: () => this.act("draft"),
            F9: () => this.act("receive"),
            F10: () => this.act("more"),
        };
    }

    onKeydown(ev) {
        const act = this.keys[ev.key];
        if (!act || ev.ctrlKey || ev.altKey || ev.shiftKey || ev.metaKey) {
            return;
        }
        // The browser's own meaning of these keys would take the clerk off the page.
        ev.preventDefault();
        ev.stopPropagation();
        if (!ev.repeat && !document.querySelector(".o_dialog")) {
            act();
        }
    }

    onLeave(ev) {
        if (this.desk.isDirty || this.desk.outage.offline) {
            ev.preventDefault();
        }
    }

    // -- focus --------------------------------------------------------------------

    /** Put the cursor where it belongs once what was changed is drawn. */
    focus(name) {
        browser.requestAnimationFrame(() =>
            browser.requestAnimationFrame(() => {
                const root = this.root.el;
                if (!root) {
                    return;
                }
                const selector =
                    name === "part" ? ".o_onestop_part" : `[data-desk=${name}]`;
                const element = root.querySelector(selector);
                if (element) {
                    element.focus();
                }
            })
        );
    }

    nextPart() {
        const rows = [...this.root.el.querySelectorAll(".o_onestop_part")];
        const current = rows.findIndex((row) => row.contains(document.activeElement));
        const next = rows[current + 1] || rows[0];
        if (next) {
            next.focus();
        }
    }

    // -- acts ---------------------------------------------------------------------

    async act(name) {
        const acts = {
            receive: () => this.desk.receive(),
            more: () => this.desk.receive({ more: true }),
            draft: () => this.desk.saveDraft(),
        };
        const done = await acts[name]();
        if (done) {
            this.focus(name === "more" ? "procedure" : "person");
        } else {
            this.focusProblem();
        }
    }

    focusProblem() {
        const order = ["person", "submitter", "authorisation", "centre", "procedure"];
        const first = order.find((name) => this.desk.problems[name]);
        if (first) {
            this.focus(first);
        } else if (this.desk.problems.parts) {
            this.focus("part");
        }
    }

    notice(method) {
        const { entry } = this.desk;
        if (!entry.person || !entry.procedure) {
            this.desk.problems = {
                ...(entry.person ? {} : { person: _t("Find or scan the person first (F2).") }),
                ...(entry.procedure ? {} : { procedure: _t("Choose the procedure (F3).") }),
            };
            this.focusProblem();
            return;
        }
        this.dialog.add(
            NoticeDialog,
            { desk: this.desk, method },
            { onClose: () => this.focus("person") }
        );
    }

    reprint(index) {
        const row = this.desk.recent[index];
        if (row) {
            this.desk.reprint(row);
        }
    }

    cancel() {
        this.desk.clear();
        this.focus("person");
    }
}

registry.category("actions").add("onestop_reception_desk", ReceptionDesk);
