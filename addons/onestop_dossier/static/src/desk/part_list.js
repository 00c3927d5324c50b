import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { DeskState } from "./desk_state";

/**
 * The tick list. A row has the focus; one key says what was found of its part.
 */
export class PartList extends Component {
    static template = "onestop_dossier.PartList";
    static props = { desk: DeskState, parts: Array, focus: Function };

    setup() {
        this.root = useRef("root");
    }

    get desk() {
        return this.props.desk;
    }

    get lacking() {
        return this.desk.lacking;
    }

    /** The finding in words: a sign alone says nothing. */
    word(part) {
        if (part.finding === "missing") {
            return _t("missing");
        }
        if (part.finding === "wrong") {
            return _t("not in order");
        }
        if (part.reused) {
            return _t("used again from %s", part.reuse.year);
        }
        return this.desk.isHere(part) ? _t("in order") : _t("not ticked");
    }

    rows() {
        return [...this.root.el.querySelectorAll(".o_onestop_part")];
    }

    onKeydown(ev, part, index) {
        if (ev.target.tagName === "INPUT") {
            this.onKeydownField(ev, index);
            return;
        }
        const keys = {
            " ": () => this.tick(part),
            Enter: () => this.tickAndGo(part, index),
            "+": () => this.tickAll(),
            "-": () => this.find(part, "missing", index),
            "/": () => this.find(part, "wrong", index),
            ArrowDown: () => this.go(index + 1),
            ArrowUp: () => this.go(index - 1),
            r: () => this.reuse(part),
            s: () => this.scan(index),
        };
        const act = keys[ev.key];
        if (act && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    onKeydownField(ev, index) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.go(index + 1);
        } else if (ev.key === "Escape") {
            this.go(index);
        }
    }

    go(index) {
        const rows = this.rows();
        if (index < 0) {
            this.props.focus("procedure");
        } else if (index >= rows.length) {
            this.props.focus("receive");
        } else {
            rows[index].focus();
        }
    }

    set(part, received) {
        part.received = received;
        part.reused = false;
        part.finding = received ? "ok" : false;
        delete this.desk.problems.parts;
    }

    tick(part) {
        this.set(part, !part.received);
    }

    tickAndGo(part, index) {
        if (!part.received && !part.reused) {
            this.set(part, true);
        }
        this.go(index + 1);
    }

    tickAll() {
        for (const part of this.props.parts) {
            if (!part.reused && !["missing", "wrong"].includes(part.finding)) {
                this.set(part, true);
            }
        }
        this.props.focus("receive");
    }

    find(part, finding, index) {
        part.finding = finding;
        part.received = finding === "wrong";
        part.reused = false;
        // What is wrong with it is said in words: the citizen gets them.
        const note = this.rows()[index].querySelector("[data-note]");
        note.classList.remove("d-none");
        note.focus();
    }

    reuse(part) {
        if (part.reuse) {
            part.reused = !part.reused;
            part.received = false;
            part.finding = part.reused ? "ok" : false;
        }
    }

    scan(index) {
        this.rows()[index].querySelector("input[type=file]").click();
    }

    async attach(ev, part) {
        const limit = this.desk.settings.file_size;
        for (const file of ev.target.files) {
            if (file.size > limit * 1024 * 1024) {
                this.desk.notification.add(
                    _t("The file “%(name)s” is larger than %(limit)s MB.", {
                        name: file.name,
                        limit,
                    }),
                    { type: "danger" }
                );
                continue;
            }
            const url = await getDataURLFromFile(file);
            part.files.push({ name: file.name, content: url.split(",")[1] || "" });
        }
        ev.target.value = "";
        if (part.files.length && !part.received) {
            part.finding = "ok";
        }
    }
}
