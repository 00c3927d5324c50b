import { session } from "@web/session";
import { user } from "@web/core/user";

const KEPT = "kept";
const ENTRIES = "entries";

/** A request of IndexedDB as a promise. */
function done(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * What the desk keeps in this browser for one user: its key, codes, catalogue, and
 * what was received and not sent yet. It survives a reload.
 */
export class OutageStore {
    async open() {
        const name = `onestop-desk-${session.db || ""}-${user.userId}`;
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore(KEPT);
            request.result.createObjectStore(ENTRIES, { keyPath: "sequence", autoIncrement: true });
        };
        this.db = await done(request);
        return this;
    }

    get(name) {
        return done(this.db.transaction(KEPT).objectStore(KEPT).get(name));
    }

    put(name, value) {
        const store = this.db.transaction(KEPT, "readwrite").objectStore(KEPT);
        return done(value === undefined ? store.delete(name) : store.put(value, name));
    }

    /** What waits to be sent, in the order in which it was received. */
    entries() {
        return done(this.db.transaction(ENTRIES).objectStore(ENTRIES).getAll());
    }

    /** Keep an entry and the blocks without its code: both, or neither. */
    keep(entry, blocks) {
        const transaction = this.db.transaction([KEPT, ENTRIES], "readwrite");
        transaction.objectStore(ENTRIES).add(entry);
        transaction.objectStore(KEPT).put(blocks, "blocks");
        return new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onerror = transaction.onabort = () => reject(transaction.error);
        });
    }

    replace(entry) {
        return done(this.db.transaction(ENTRIES, "readwrite").objectStore(ENTRIES).put(entry));
    }

    remove(sequence) {
        return done(
            this.db.transaction(ENTRIES, "readwrite").objectStore(ENTRIES).delete(sequence)
        );
    }
}

/** Two tabs of one desk never take the same code, nor send the same entry at once. */
export function alone(name, work) {
    return navigator.locks.request(`onestop-desk-${name}`, work);
}
