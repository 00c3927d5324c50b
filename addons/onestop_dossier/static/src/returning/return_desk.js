import { Component, onMounted, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Typeahead } from "../desk/typeahead";
import { ReturnRatingDialog } from "./rating_dialog";
import { ReturnState } from "./return_state";
import { ReturnSignatureDialog } from "./signature_dialog";

/** The return desk: what is here for this person, who receives it, hand over. */
export class ReturnDesk extends Component {
    static template = "onestop_dossier.ReturnDesk";
    static components = { Typeahead };
    static props = { ...standardActionServiceProps };

    setup() {
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.desk = useState(
            new ReturnState({ orm: useService("orm"), action: useService("action") })
        );
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
        onWillStart(async () => {
            await this.desk.open();
            const { dossier_id: dossierId } = this.props.action.params || {};
            if (dossierId) {
                await this.desk.load(dossierId);
            }
        });
        onMounted(() => this.focus(this.desk.dossier ? "receiver" : "find"));
    }

    get entry() {
        return this.desk.entry;
    }

    get keys() {
        return {
            F2: () => this.leave(),
            F3: () => this.focus("receiver"),
            F4: () => this.focus("original"),
            F6: () => this.sign(),
            F8: () => this.rate(),
            F9: () => this.give(),
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

    focus(name) {
        browser.requestAnimationFrame(() =>
            browser.requestAnimationFrame(() => {
                const element = this.root.el && this.root.el.querySelector(`[data-desk=${name}]`);
                if (element) {
                    element.focus();
                    if (element.select) {
                        element.select();
                    }
                }
            })
        );
    }

    leave() {
        this.desk.clear();
        this.focus("find");
    }

    async take(row) {
        await this.desk.load(row.id);
        this.focus("receiver");
    }

    async readReceiver() {
        if (await this.desk.readReceiver()) {
            const unknown = this.entry.name ? "authority" : "name";
            this.focus(this.desk.needsAuthority ? unknown : "give");
        } else {
            this.focus("receiver");
        }
    }

    onReceiverKey(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.readReceiver();
        }
    }

    async attachAuthority(ev) {
        const [file] = ev.target.files;
        if (file) {
            const url = await getDataURLFromFile(file);
            this.entry.authority.file = { name: file.name, content: url.split(",")[1] };
        }
    }

    takeIn() {
        this.entry.taken_in.push({ name: "", count: 1 });
    }

    sign() {
        if (!this.desk.dossier) {
            return;
        }
        this.dialog.add(
            ReturnSignatureDialog,
            {
                name: this.entry.name || this.desk.dossier.person,
                code: this.desk.dossier.code,
                lines: this.desk.lines,
                slipLost: this.entry.slip_lost,
                onSign: (image) => (this.entry.signature = image),
            },
            { onClose: () => this.focus("give") }
        );
    }

    /** The citizen rates on the touch screen what has just been handed over. */
    async rate() {
        const { last } = this.desk;
        if (!last || !last.returned || last.rated) {
            return;
        }
        const form = await this.desk.call("rating_form", last.id);
        this.dialog.add(
            ReturnRatingDialog,
            {
                form,
                onRate: async (...told) => {
                    await this.desk.call("rate", last.id, ...told);
                    last.rated = true;
                },
            },
            { onClose: () => this.focus("find") }
        );
    }

    async give() {
        if (!this.desk.dossier || !this.desk.dossier.act) {
            return;
        }
        if (this.entry.scan && !this.entry.number && !(await this.desk.readReceiver())) {
            return;
        }
        const done = await this.desk.give();
        this.focus(done ? "find" : "receiver");
    }
}

registry.category("actions").add("onestop_return_desk", ReturnDesk);
