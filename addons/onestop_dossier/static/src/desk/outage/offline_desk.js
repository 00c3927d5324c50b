import { _t } from "@web/core/l10n/translation";
import { looksLikeCard, parseCard, personProblems, typedPerson } from "./card";
import { writeEntry } from "./entry";

/** What the desk cannot do without the server, said so that nothing seems lost. */
export class NeedsNetwork extends Error {
    constructor(text) {
        super(text);
        this.data = { message: text };
    }
}

/**
 * The questions of the desk, answered in this browser: the same names and the same
 * answers as `onestop.reception.desk` on the server.
 */
export class OfflineDesk {
    constructor(outage, catalogue) {
        this.outage = outage;
        this.catalogue = catalogue;
    }

    get state() {
        return this.outage.state;
    }

    // -- before anybody is served ------------------------------------------------

    async open_desk() {
        const kept = await this.outage.store.get("settings");
        return { ...kept, recent: await this.recent() };
    }

    inbox() {
        const none = { count: 0, rows: [] };
        return this.state.inbox || { online: none, post: none, due: none };
    }

    async recent() {
        const waiting = (await this.outage.store.entries()).reverse();
        const rows = waiting.map(({ shown }) => ({ ...shown, offline: true }));
        const online = this.state.recent.filter((row) => !row.offline);
        return [...rows, ...online].slice(0, 5);
    }

    // -- person ----------------------------------------------------------------------

    find_person(text) {
        const typed = text.trim();
        const card = looksLikeCard(typed);
        const { values = null, problem = null } = card ? parseCard(typed) : typedPerson(typed);
        return { people: [], new: values, problem, card };
    }

    person_summary(personId) {
        const { person, submitter } = this.state.entry;
        return [person, submitter].find((known) => known && known.id === personId);
    }

    create_person(values) {
        const problems = personProblems(values);
        if (Object.keys(problems).length) {
            return { problems };
        }
        const number = values.identity_number || values.tax_code;
        return {
            person: {
                id: false,
                name: values.name,
                masked: "•".repeat(8) + number.slice(-4),
                phone: values.phone || "",
                kind: values.kind,
                total: 0,
                open: 0,
                new: { ...values },
            },
        };
    }

    renew_identity() {
        throw new NeedsNetwork(_t("The old number is replaced when the network is back."));
    }

    // -- procedure ---------------------------------------------------------------------

    find_procedure(text, pooled) {
        return this.catalogue.find(text, pooled);
    }

    open_case(procedureId, caseId, personId, area) {
        return this.catalogue.open(procedureId, caseId, this.outage.now(), area);
    }

    check() {
        return { duplicates: [], guided: [] };
    }

    // -- receive --------------------------------------------------------------------------

    problems() {
        const { entry, parts } = this.state;
        const problems = {};
        if (!entry.person) {
            problems.person = _t("Find or scan the person first (F2).");
        }
        if (!entry.procedure) {
            problems.procedure = _t("Choose the procedure (F3).");
            return problems;
        }
        const lacking = this.state.lacking.map((part) => part.name);
        if (parts.length && lacking.length) {
            problems.parts = _t("Missing or not in order: %s.", lacking.join("; "));
        }
        if (!Number.isInteger(entry.copies) || entry.copies < 1) {
            problems.copies = _t("A dossier has at least one set.");
        }
        const { kind, number, on } = entry.authorisation;
        if (entry.proxy && entry.submitter && (!kind || (kind !== "law" && !number && !on))) {
            problems.authorisation = _t("Enter number or date of the authorisation.");
        }
        if (entry.channel === "post" && !entry.arrived_at) {
            problems.arrived_at = _t("Enter day and time at which the consignment arrived.");
        }
        return problems;
    }

    async receive() {
        const { entry } = this.state;
        if (entry.state === "submitted" || entry.outage_id) {
            throw new NeedsNetwork(
                _t("This dossier is kept on the server. Receive it when the network is back.")
            );
        }
        if (entry.channel === "online" || entry.centre_id) {
            throw new NeedsNetwork(
                _t("Nothing is filed online without network. Receive it at the counter.")
            );
        }
        const problems = this.problems();
        if (Object.keys(problems).length) {
            return { problems };
        }
        const kept = await writeEntry(this.outage, this.catalogue);
        if (!kept) {
            throw new NeedsNetwork(
                _t(
                    "No code is left at this desk. Note it by hand and receive it when the network is back."
                )
            );
        }
        await this.outage.count();
        return { ...kept.shown, slip: kept.slip, same_day: false, bundle: false };
    }

    hand_over() {
        return false;
    }

    save_draft() {
        throw new NeedsNetwork(
            _t("A draft is kept on the server. What you have entered stays here.")
        );
    }

    guide() {
        throw new NeedsNetwork(
            _t("The form takes its number from the server. Write it by hand for now.")
        );
    }

    refuse() {
        return this.guide();
    }
}
