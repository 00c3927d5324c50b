import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { alone } from "./store";

/**
 * Send what was received without network: in order, one entry a request. What the
 * server has, as a dossier or as a conflict, is safe there and leaves the browser.
 */
export function sendAll(outage) {
    return alone("send", async () => {
        const { store, notification } = outage;
        const told = { received: 0, conflict: 0 };
        for (const entry of await store.entries()) {
            try {
                const answer = await outage.ask("outage_send", [
                    entry.block,
                    entry.text,
                    entry.signature,
                    entry.files,
                ]);
                told[answer.state === "received" ? "received" : "conflict"]++;
                await store.remove(entry.sequence);
            } catch (error) {
                if (error instanceof ConnectionLostError) {
                    throw error;
                }
                // It stays here, with what the server said; the clerk decides.
                const refused = (error.data && error.data.message) || error.message;
                await store.replace({ ...entry, refused });
            }
        }
        await outage.count();
        if (told.received) {
            notification.add(
                _t("%s dossiers received without network are confirmed.", told.received),
                { type: "success" }
            );
        }
        if (told.conflict) {
            notification.add(
                _t("%s dossiers received without network have to be looked at.", told.conflict),
                { type: "warning", sticky: true }
            );
        }
    });
}
