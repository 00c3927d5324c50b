import { _t } from "@web/core/l10n/translation";
import { Reactive } from "@web/core/utils/reactive";

const MODEL = "onestop.return.desk";

function emptyEntry() {
    return {
        kind: "",
        scan: "",
        name: "",
        number: "",
        phone: "",
        authority: { kind: "", number: "", on: "", file: null },
        slip_lost: false,
        signature: "",
        taken_in: [],
        method: "cash",
        print: true,
    };
}

/** What the return desk holds while one person is served, and what it asks the server. */
export class ReturnState extends Reactive {
    constructor({ orm, action }) {
        super();
        this.orm = orm;
        this.action = action;
        this.settings = { authorisation_kinds: [] };
        this.queue = [];
        this.dossier = null;
        this.last = null;
        this.busy = false;
        this.error = "";
        this.entry = emptyEntry();
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    async open() {
        const { queue, ...settings } = await this.call("open_desk");
        Object.assign(this, { queue, settings });
    }

    async refresh() {
        this.queue = await this.call("queue");
    }

    clear() {
        this.dossier = null;
        this.error = "";
        this.entry = emptyEntry();
    }

    async load(dossierId) {
        const dossier = await this.call("open_dossier", dossierId);
        this.clear();
        this.last = null;
        this.dossier = dossier;
        dossier.fees.forEach((fee) => (fee.paid = true));
    }

    async attempt(ask) {
        if (this.busy) {
            return null;
        }
        Object.assign(this, { busy: true, error: "" });
        try {
            return await ask();
        } catch (error) {
            this.error =
                (error.data && error.data.message) ||
                _t("The server did not answer. Nothing is lost: try again.");
            return null;
        } finally {
            this.busy = false;
        }
    }

    // -- who receives -----------------------------------------------------------

    get needsAuthority() {
        return ["authorised", "representative"].includes(this.entry.kind);
    }

    async readReceiver() {
        const text = this.entry.scan.trim();
        if (!text) {
            return false;
        }
        const found = await this.attempt(() =>
            this.call("read_receiver", this.dossier.id, text)
        );
        if (!found || found.problem) {
            this.error = (found && found.problem) || this.error;
            return false;
        }
        Object.assign(this.entry, { number: found.number, kind: found.kind });
        // A number alone does not say a name: what was typed before stays.
        this.entry.name = found.name || this.entry.name;
        return true;
    }

    // -- hand over ----------------------------------------------------------------

    get given() {
        return this.dossier.originals.filter((original) => original.back > 0);
    }

    /** What the receiver signs for, in his words. */
    get lines() {
        const lines = this.dossier.act === "return" ? [this.resultLine] : [];
        for (const { name, back } of this.given) {
            lines.push(_t("Original given back: %(name)s (%(count)s)", { name, count: back }));
        }
        for (const { name, count } of this.entry.taken_in) {
            if (name.trim()) {
                lines.push(_t("Old paper taken in: %(name)s (%(count)s)", { name, count }));
            }
        }
        return lines;
    }

    get resultLine() {
        const { procedure, rejected } = this.dossier;
        return rejected
            ? _t("The written answer: %(procedure)s", { procedure })
            : _t("The result: %(procedure)s", { procedure });
    }

    get originals() {
        const moves = [];
        for (const { part, here, back } of this.dossier.originals) {
            const count = Math.max(0, Math.min(here, Number(back) || 0));
            if (count) {
                moves.push({ part, count, move: "given_back" });
            }
            if (here - count) {
                moves.push({ part, count: here - count, move: "kept" });
            }
        }
        return moves;
    }

    async give() {
        const { dossier, entry } = this;
        const payload = {
            ...entry,
            head: dossier.head,
            fee_ids: dossier.fees.filter((fee) => fee.paid).map((fee) => fee.id),
            originals: this.originals,
            taken_in: entry.taken_in.filter((paper) => paper.name.trim()),
            authority: this.needsAuthority && entry.authority.kind ? entry.authority : null,
        };
        const answer = await this.attempt(() => this.call("give", dossier.id, payload));
        if (!answer) {
            return false;
        }
        this.clear();
        this.last = answer;
        if (entry.print && answer.print) {
            await this.action.doAction(answer.print);
        }
        await this.refresh();
        return true;
    }
}
