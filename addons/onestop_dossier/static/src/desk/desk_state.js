import { _t } from "@web/core/l10n/translation";
import { Reactive } from "@web/core/utils/reactive";
import { Outage } from "./outage/outage";
import { printSlip } from "./outage/slip";

function emptyEntry() {
    return {
        token: crypto.randomUUID(),
        dossier_id: false,
        head: false,
        state: "",
        code: "",
        left: "",
        late: false,
        person: null,
        scan: "",
        proxy: false,
        submitter: null,
        authorisation: { kind: "", number: "", on: "", file: null },
        channel: "counter",
        result_channel: "counter",
        notice_wish: "",
        arrived_at: "",
        consignment: "",
        procedure: null,
        subject: "",
        copies: 1,
        area: false,
        print: true,
        given: "",
        paper_receipt: "",
        outage_id: false,
        centre_id: false,
    };
}

/**
 * What the desk holds while one person is served, and what it asks the server.
 *
 * Nothing is lost by an error: what was entered stays until the server has it.
 */
export class DeskState extends Reactive {
    constructor({ orm, action, notification }) {
        super();
        this.orm = orm;
        this.action = action;
        this.notification = notification;
        this.ready = false;
        this.settings = null;
        this.inbox = null;
        this.recent = [];
        this.together = [];
        this.last = null;
        this.busy = false;
        this.problems = {};
        this.error = "";
        this.newPerson = null;
        this.entry = emptyEntry();
        this.outage = new Outage({ orm, notification });
    }

    /** Ask the server, or what this browser keeps while the network fails. */
    call(method, ...args) {
        return this.outage.call(method, args);
    }

    // -- before and after a person ------------------------------------------

    async open() {
        await this.outage.open(this);
        const hand = await this.outage.takeHand();
        const { inbox, recent, ...settings } = await this.call("open_desk");
        Object.assign(this, { inbox, recent, settings, ready: true });
        if (hand) {
            Object.assign(this, hand);
            await this.outage.keepHand();
        }
        await this.outage.keepSettings({ ...settings, inbox: null });
    }

    async refresh() {
        const [inbox, recent] = await Promise.all([this.call("inbox"), this.call("recent")]);
        Object.assign(this, { inbox, recent });
    }

    get isEmpty() {
        return !this.entry.person && !this.entry.procedure && !this.newPerson;
    }

    get isDirty() {
        return !this.isEmpty;
    }

    clear() {
        this.entry = emptyEntry();
        this.newPerson = null;
        this.problems = {};
        this.error = "";
    }

    /** The next dossier of the same person: who he is and how he came stay. */
    another() {
        const { person, proxy, submitter, authorisation, channel, result_channel } = this.entry;
        this.entry = Object.assign(emptyEntry(), {
            person,
            proxy,
            submitter,
            authorisation,
            channel,
            result_channel,
        });
        this.problems = {};
        this.error = "";
    }

    // -- person ---------------------------------------------------------------

    async choosePerson(row, target = "person") {
        const summary = await this.call("person_summary", row.id);
        this.entry[target] = summary;
        delete this.problems[target];
        if (target === "person") {
            this.newPerson = null;
            if (this.entry.procedure) {
                await this.openCase(this.entry.procedure.id, this.entry.procedure.case_id);
            }
        }
    }

    async createPerson(values, target) {
        const answer = await this.call("create_person", values);
        if (answer.problems) {
            return answer.problems;
        }
        this.entry[target] = answer.person;
        this.newPerson = null;
        if (answer.existed) {
            this.notification.add(_t("This person was on record already."), { type: "info" });
        }
        return null;
    }

    async renewIdentity() {
        this.entry.person = await this.call(
            "renew_identity",
            this.entry.person.id,
            this.entry.scan
        );
        this.entry.scan = "";
    }

    // -- Centre that receives --------------------------------------------------

    /** Only where there is another Centre, with network, before anything is kept. */
    get canChooseCentre() {
        const { dossier_id, outage_id } = this.entry;
        const others = (this.settings && this.settings.centres) || [];
        return others.length && !this.outage.offline && !dossier_id && !outage_id;
    }

    get otherCentre() {
        const { centre_id } = this.entry;
        return centre_id && this.settings.centres.find((centre) => centre.id === centre_id);
    }

    /** Another Centre receives: we help to file it online. */
    chooseCentre(centreId) {
        this.entry.centre_id = Number(centreId) || false;
        this.entry.channel = this.entry.centre_id ? "online" : "counter";
        delete this.problems.centre;
    }

    // -- procedure ------------------------------------------------------------

    async openCase(procedureId, caseId = false) {
        const person = this.entry.person;
        const opened = await this.call(
            "open_case",
            procedureId,
            caseId,
            person ? person.id : false,
            this.entry.area,
            this.entry.channel
        );
        this.entry.procedure = opened;
        this.entry.print = !opened.same_day;
        delete this.problems.procedure;
        delete this.problems.parts;
    }

    async load(dossierId) {
        const { procedure, ...kept } = await this.call("load_draft", dossierId);
        const entry = emptyEntry();
        Object.assign(entry, kept, {
            procedure,
            proxy: Boolean(kept.submitter),
            authorisation: { ...kept.authorisation, file: null },
            submitter: kept.submitter || null,
            print: !procedure.same_day && kept.channel !== "online",
        });
        this.clear();
        this.entry = entry;
    }

    /** A conflict of an outage, to be corrected; it keeps the code of its slip. */
    async loadConflict(entryId) {
        const { new_person, conflicts, ...kept } = await this.call("outage_load", entryId);
        this.clear();
        Object.assign(this.entry, kept, {
            person: kept.person || null,
            procedure: kept.procedure || null,
            submitter: null,
            authorisation: { ...kept.authorisation, file: null },
        });
        this.newPerson = new_person ? { target: "person", values: new_person } : null;
        this.error = conflicts.join(" ");
    }

    get parts() {
        return this.entry.procedure ? this.entry.procedure.parts : [];
    }

    get duplicates() {
        return (this.entry.procedure && this.entry.procedure.duplicates) || [];
    }

    get guided() {
        return (this.entry.procedure && this.entry.procedure.guided) || [];
    }

    /** What a guidance would ask for: not there, or not in order. */
    get lacking() {
        return this.parts.filter(
            (part) =>
                ["missing", "wrong"].includes(part.finding) || (part.required && !this.isHere(part))
        );
    }

    /** What is collected with the reception, and the change for what is given. */
    get collected() {
        const fees = (this.entry.procedure && this.entry.procedure.fees) || [];
        return fees.reduce((sum, fee) => sum + (fee.paid ? fee.amount : 0), 0);
    }

    get change() {
        return Math.max(Number(this.entry.given || 0) - this.collected, 0);
    }

    isHere(part) {
        return Boolean(part.received || part.reused || part.kept || part.files.length);
    }

    // -- what is done with it ---------------------------------------------------

    payload() {
        const { person, submitter, procedure, proxy, scan, given, ...entry } = this.entry;
        return {
            ...entry,
            person_id: person ? person.id : false,
            submitter_id: proxy && submitter ? submitter.id : false,
            procedure_id: procedure ? procedure.id : false,
            case_id: procedure ? procedure.case_id : false,
            parts: this.parts,
            paid_fee_ids: procedure && !entry.centre_id ? procedure.fees.filter((f) => f.paid).map((f) => f.id) : [],
        };
    }

    /** Ask the server for something that changes data: once at a time, nothing lost. */
    async attempt(ask) {
        if (this.busy) {
            return null;
        }
        Object.assign(this, { busy: true, error: "", problems: {} });
        try {
            const answer = await ask();
            if (answer && answer.problems) {
                this.problems = answer.problems;
                return null;
            }
            return answer;
        } catch (error) {
            this.error =
                (error.data && error.data.message) ||
                _t("The server did not answer. Nothing is lost: try again.");
            return null;
        } finally {
            this.busy = false;
        }
    }

    /** F9: receive and print; F10: receive, the same person has another one. */
    async receive({ more = false } = {}) {
        if (!more && !this.entry.procedure && this.together.length) {
            return this.handOver();
        }
        if (this.entry.proxy && !this.entry.submitter) {
            this.problems = { submitter: _t("Find the submitter, or take the tick away.") };
            return false;
        }
        if (!this.outage.offline && !(await this.enterPeople())) {
            return false;
        }
        const payload = { ...this.payload(), together: more ? [] : this.together.map((d) => d.id) };
        const answer = await this.attempt(() => this.call("receive", payload));
        if (!answer) {
            return false;
        }
        const print = this.entry.print;
        this.last = answer;
        if (answer.slip) {
            // Received without network: each has its own slip, printed at once.
            printSlip(answer.slip);
            more ? this.another() : this.clear();
        } else if (answer.filed) {
            // Its paper is the citizen's only one: it is always printed.
            more ? this.another() : this.clear();
            await this.action.doAction(answer.print);
        } else if (more) {
            this.together.push(answer);
            this.another();
        } else {
            this.together = [];
            this.clear();
            if (print || answer.bundle) {
                await this.action.doAction(answer.print);
            }
            if (answer.receipt) {
                await this.action.doAction(answer.receipt);
            }
        }
        await this.refresh();
        return true;
    }

    /** People who were entered while the network failed become people on record. */
    async enterPeople() {
        for (const target of ["person", "submitter"]) {
            const entered = this.entry[target];
            if (entered && entered.new && !entered.id) {
                const problems = await this.createPerson(entered.new, target);
                if (problems) {
                    this.newPerson = { target, values: entered.new };
                    this.entry[target] = null;
                    return false;
                }
            }
        }
        return true;
    }

    async handOver() {
        const ids = this.together.map((dossier) => dossier.id);
        const answer = await this.attempt(() => this.call("hand_over", ids));
        if (!answer) {
            return false;
        }
        this.together = [];
        this.last = answer;
        this.clear();
        await this.action.doAction(answer.print);
        await this.refresh();
        return true;
    }

    async saveDraft() {
        const answer = await this.attempt(() => this.call("save_draft", this.payload()));
        if (!answer) {
            return false;
        }
        this.notification.add(_t("Kept as a draft. It is no reception: no code was given."), {
            type: "success",
        });
        this.clear();
        await this.refresh();
        return true;
    }

    /** Forms 02 and 03. Gives back earlier guidance when there is one to read first. */
    async notify(method, notice) {
        const { person_id, procedure_id, dossier_id } = this.payload();
        const answer = await this.attempt(() =>
            this.call(method, { person_id, procedure_id, dossier_id, ...notice })
        );
        if (!answer || answer.guided) {
            return answer;
        }
        this.clear();
        await this.action.doAction(answer.print);
        await this.refresh();
        return answer;
    }

    // -- dossiers of a moment ago -------------------------------------------------

    async reprint(row) {
        if (row.offline) {
            const entries = await this.outage.store.entries();
            printSlip(entries.find((entry) => entry.shown.code === row.code).slip);
            return;
        }
        const action = row.bundle
            ? "onestop_dossier.bundle_slip_report"
            : "onestop_dossier.dossier_slip_report";
        await this.action.doAction(action, {
            additionalContext: { active_ids: [row.bundle || row.id] },
        });
    }

    /** Other papers than the slip: the print dialog of the dossier received last. */
    printPapers() {
        const last = this.last || this.recent[0];
        // Received without network, it has no papers on the server yet.
        if (!last || last.slip || this.outage.offline) {
            return null;
        }
        return this.action.doAction("onestop_dossier.dossier_print_action", {
            additionalContext: { active_model: "onestop.dossier", active_ids: [last.id] },
        });
    }

    openDossier(dossierId) {
        if (this.outage.offline) {
            this.notification.add(_t("Dossiers are opened when the network is back."), {
                type: "info",
            });
            return;
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "onestop.dossier",
            res_id: dossierId,
            views: [[false, "form"]],
        });
    }
}
