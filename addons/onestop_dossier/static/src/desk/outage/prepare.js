import { makeKey } from "./key";

/** Codes of today for this desk, under its key; what is on a slip already stays out. */
export async function reserve(outage) {
    let key = await outage.store.get("key");
    if (!key) {
        key = { ...(await makeKey()), desk: crypto.randomUUID() };
        await outage.store.put("key", key);
    }
    const waiting = await outage.store.entries();
    const asked = Date.now();
    const answer = await outage.ask("outage_prepare", [
        key.desk,
        key.publicKey,
        waiting.length === 0,
    ]);
    outage.skew = (asked + Date.now()) / 2 - Date.parse(answer.now);
    await outage.store.put("skew", outage.skew);
    const before = new Map(((await outage.store.get("blocks")) || []).map((b) => [b.id, b]));
    const given = new Set(waiting.map((entry) => entry.shown.code));
    const blocks = answer.blocks.map((block) => ({
        ...block,
        codes: block.codes.filter(({ code }) => !given.has(code)),
        previous: before.has(block.id) ? before.get(block.id).previous : "",
    }));
    await outage.store.put("blocks", blocks);
    await outage.count();
}

/** The catalogue, when it is another than the one that is kept. */
export async function renewCatalogue(outage) {
    const kept = await outage.store.get("catalogue");
    const answer = await outage.ask("outage_snapshot", [kept ? kept.mark : null]);
    if (answer.data) {
        await outage.store.put("catalogue", answer);
        outage.desk = null;
    }
    outage.size = answer.size || kept.size;
}
