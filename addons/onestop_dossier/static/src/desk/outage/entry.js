import { toRaw } from "@odoo/owl";
import { fromBase64, sha256, sign } from "./key";
import { fillSlip } from "./slip";
import { legal } from "./moment";
import { alone } from "./store";

const NONE = "0".repeat(64);

function plain(value) {
    return JSON.parse(JSON.stringify(toRaw(value)));
}

/** A person as the entry names him: on record, or to be entered. */
function named(person) {
    if (!person) {
        return null;
    }
    const { id, name, masked } = person;
    return { id, name, masked, new: person.new || null };
}

/** Files apart from what is signed, which names them by hash. */
async function takeFiles(said) {
    const files = {};
    const take = async (file) => {
        const hash = await sha256(fromBase64(file.content));
        files[hash] = file.content;
        return { name: file.name, sha256: hash };
    };
    for (const part of said.parts) {
        part.files = await Promise.all(part.files.map(take));
    }
    if (said.authorisation.file) {
        said.authorisation.file = await take(said.authorisation.file);
    }
    return files;
}

/** What the clerk has entered, in the form in which the server reads it. */
function whatIsSaid(entry) {
    const { procedure, person, submitter, scan, print, ...kept } = plain(entry);
    return {
        ...kept,
        person: named(person),
        submitter: entry.proxy ? named(submitter) : null,
        procedure_id: procedure.id,
        procedure: procedure.name,
        case_id: procedure.case_id,
        case: procedure.cases.find((c) => c.id === procedure.case_id).name,
        parts: procedure.parts,
        paid: procedure.fees
            .filter((fee) => fee.paid)
            .map(({ id, name, amount }) => ({ id, name, amount })),
    };
}

/**
 * Receive what is on the desk with the next code of today: signed, and kept in the
 * browser together with the block that has one code less.
 *
 * Gives nothing when no code of today is left.
 */
export function writeEntry(outage, catalogue) {
    return alone("codes", async () => {
        const { store, state } = outage;
        const moment = outage.now();
        const blocks = await store.get("blocks");
        const { day } = legal(moment);
        const block = blocks.find((b) => b.day === day && b.codes.length);
        if (!block) {
            return null;
        }
        const { code, secret } = block.codes.shift();
        const said = whatIsSaid(state.entry);
        const files = await takeFiles(said);
        const procedure = catalogue.open(said.procedure_id, said.case_id, moment, said.area);
        const text = JSON.stringify({
            token: said.token,
            salt: crypto.randomUUID(),
            code,
            occurred: moment.toISOString(),
            skew: Math.round((await store.get("skew")) / 1000) || 0,
            previous: block.previous || NONE,
            due: procedure.due_at,
            entry: said,
        });
        const { privateKey } = await store.get("key");
        const signature = await sign(privateKey, text);
        block.previous = await sha256(new TextEncoder().encode(text));
        const slip = await fillSlip(catalogue.snapshot, {
            said,
            code,
            secret,
            moment,
            person: plain(state.entry.person),
            submitter: said.submitter && plain(state.entry.submitter),
            procedure,
            signature,
        });
        const shown = {
            id: said.token,
            code,
            person: said.person.name,
            procedure: said.procedure,
            due: procedure.due,
            bundle: false,
        };
        const entry = { block: block.id, text, signature, files, slip, shown };
        await store.keep(entry, blocks);
        return entry;
    });
}
