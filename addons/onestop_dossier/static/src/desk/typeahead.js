import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const WAIT = 180; // ms without a key before the server is asked
const SHORTEST = 2;

/**
 * A field that finds as one types: arrows choose, Enter takes, a reader's Enter takes
 * the only one found. The text of a reader arrives faster than any answer: Enter
 * asks anew when the list is not that of the text.
 */
export class Typeahead extends Component {
    static template = "onestop_dossier.Typeahead";
    static props = {
        search: Function,
        onSelect: Function,
        placeholder: { type: String, optional: true },
        name: String,
        label: String,
        disabled: { type: Boolean, optional: true },
        problem: { type: String, optional: true },
        onLeaveDown: { type: Function, optional: true },
        slots: { type: Object, optional: true },
    };

    setup() {
        this.input = useRef("input");
        this.state = useState({ text: "", rows: [], active: 0, asked: null, open: false });
        this.turn = 0;
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
        browser.clearTimeout(this.timer);
        const text = this.state.text.trim();
        const turn = ++this.turn;
        if (text.length < SHORTEST) {
            Object.assign(this.state, { rows: [], asked: text, open: false });
            return;
        }
        const rows = await this.props.search(text);
        if (turn === this.turn) {
            Object.assign(this.state, { rows, active: 0, asked: text, open: rows.length > 0 });
        }
    }

    async onKeydown(ev) {
        const { rows } = this.state;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            if (!this.state.open && ev.key === "ArrowDown" && this.props.onLeaveDown) {
                this.props.onLeaveDown();
            } else if (rows.length) {
                const step = ev.key === "ArrowDown" ? 1 : -1;
                this.state.active = (this.state.active + step + rows.length) % rows.length;
            }
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            const fresh = this.state.asked !== this.state.text.trim();
            if (fresh) {
                await this.ask();
            }
            const found = this.state.rows;
            // Nobody has seen a list that has just come: only what is unmistakable.
            if (found.length && (!fresh || found.length === 1)) {
                this.take(found[this.state.active]);
            }
        } else if (ev.key === "Escape") {
            this.state.open = false;
        }
    }

    take(row) {
        this.turn++;
        browser.clearTimeout(this.timer);
        Object.assign(this.state, { text: "", rows: [], asked: null, open: false });
        this.props.onSelect(row);
    }

    onBlur() {
        // A click on a row comes after the blur.
        browser.setTimeout(() => (this.state.open = false), 200);
    }
}
