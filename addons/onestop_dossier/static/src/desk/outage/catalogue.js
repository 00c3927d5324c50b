import { _t } from "@web/core/l10n/translation";
import { legal } from "./moment";

const FOUND = 8;

/** Text as people type it: lower case, no diacritics, single spaces. */
export function searchKey(text) {
    return (text || "")
        .toLowerCase()
        .replaceAll("đ", "d")
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .replace(/[^\p{L}\p{N}.]+/gu, " ")
        .trim();
}

/** The procedures in force, as the desk last got them; answers as the server does. */
export class Catalogue {
    constructor(snapshot) {
        this.snapshot = snapshot;
        this.procedures = snapshot.procedures.map((procedure) => ({
            ...procedure,
            key: searchKey(`${procedure.code} ${procedure.name}`),
        }));
    }

    find(text, pooled = false) {
        const words = searchKey(text).split(" ").filter(Boolean);
        if (!words.length && !pooled) {
            return [];
        }
        const rank = (p) => [p.code === text ? 0 : 1, p.often, p.name.length, p.id];
        return this.procedures
            .filter((p) => (!pooled || p.pooled) && words.every((word) => p.key.includes(word)))
            .sort((a, b) => {
                const [one, other] = [rank(a), rank(b)];
                const first = one.findIndex((value, index) => value !== other[index]);
                return first < 0 ? 0 : one[first] - other[first];
            })
            .slice(0, FOUND);
    }

    /** The due date of a limit: computed by the server beforehand, for that minute. */
    due(limit, moment) {
        const { day, minute } = legal(moment);
        const lines = (this.snapshot.limits[limit].due || {})[day] || [];
        return lines.findLast(([from]) => from <= minute) || null;
    }

    open(procedureId, caseId, moment, area = false) {
        const procedure = this.procedures.find((p) => p.id === procedureId);
        const chosen = procedure.cases.find((c) => c.id === caseId) || procedure.cases[0];
        const limit = area === "remote" ? chosen.remote_limit : chosen.limit;
        const due = this.due(limit, moment);
        const { unit, centre } = this.snapshot;
        return {
            id: procedure.id,
            code: procedure.code,
            name: procedure.name,
            pooled: procedure.pooled,
            agencies: { support: unit, reception: centre, competent: procedure.agency },
            case_id: chosen.id,
            cases: procedure.cases.map(({ id, name }) => ({ id, name })),
            limit: this.snapshot.limits[limit].text,
            remote_extra: chosen.remote_extra,
            due: due ? due[2] : _t("confirmed when the system is back"),
            due_at: due ? due[1] : null,
            same_day: false,
            promise: null,
            parts: chosen.parts.map((part) => ({ ...part, files: [], kept_files: [] })),
            fees: chosen.fees.map((fee) => ({ ...fee })),
            duplicates: [],
            guided: [],
        };
    }
}
