import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Reactive } from "@web/core/utils/reactive";
import { Catalogue } from "./catalogue";
import { unpack } from "./key";
import { legal } from "./moment";
import { OfflineDesk } from "./offline_desk";
import { renewCatalogue, reserve } from "./prepare";
import { loadQr } from "./slip";
import { alone, OutageStore } from "./store";
import { sendAll } from "./sync";

const MODEL = "onestop.reception.desk";
const LOOK = 5000; // ms between two looks whether the network is back
const RENEW = 5 * 60 * 1000; // ms after which codes and catalogue are looked at again
const PATIENCE = 12000; // ms that a question may take
const LONGER = 60000; // ms that an act may take, and a package
// After these nobody knows whether the server has done it: the clerk presses again.
const ACTS = new Set(["receive", "save_draft", "hand_over", "guide", "refuse"]);

/** Whether the desk reaches the server, and what it does when it does not (C22). */
export class Outage extends Reactive {
    constructor({ orm, notification }) {
        super();
        Object.assign(this, { orm, notification, store: null, desk: null, skew: 0 });
        this.offline = false;
        this.ready = false; // codes, key and catalogue are in the browser
        this.left = 0;
        this.waiting = 0;
        this.size = 0; // bytes of the catalogue
        this.refused = [];
        this.conflicts = [];
    }

    /** The server's time: the clock of the desk may be wrong. */
    now() {
        return new Date(Date.now() - this.skew);
    }

    // -- questions ---------------------------------------------------------------------

    async call(method, args) {
        if (this.offline && this.desk) {
            return this.desk[method](...args);
        }
        try {
            const answer = await this.ask(method, args);
            if (this.offline) {
                this.offline = false;
            }
            return answer;
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            await this.lose();
            if (this.desk && !ACTS.has(method)) {
                return this.desk[method](...args);
            }
            error.data = { message: this.lostText };
            throw error;
        }
    }

    get lostText() {
        return this.ready
            ? _t("The network failed while it was sent. Press the key again: the desk goes on with its own codes.")
            : _t("The server did not answer. Nothing is lost: try again.");
    }

    ask(method, args) {
        const asked = this.orm.silent.call(MODEL, method, args);
        const long = ACTS.has(method) || method.startsWith("outage_");
        let timer;
        const late = new Promise((resolve, reject) => {
            const wait = long ? LONGER : PATIENCE;
            timer = browser.setTimeout(() => reject(new ConnectionLostError(method)), wait);
        });
        return Promise.race([asked, late]).finally(() => browser.clearTimeout(timer));
    }

    // -- before the network fails --------------------------------------------------------

    /** Read what this browser keeps; quick, and asks nobody. */
    async open(state) {
        this.state = state;
        if (!globalThis.crypto.subtle || !globalThis.indexedDB || !navigator.locks) {
            return; // no secure connection: the browser keeps no keys
        }
        this.store = markRaw(await new OutageStore().open());
        this.skew = (await this.store.get("skew")) || 0;
        await this.count();
        await this.arm();
    }

    /** Send what waits, have codes, key and catalogue; in the background. */
    async prepare() {
        if (!this.store || this.offline) {
            return;
        }
        try {
            await sendAll(this);
            await alone("codes", () => reserve(this));
            await renewCatalogue(this);
            await this.arm();
            await loadQr();
            this.conflicts = await this.ask("outage_conflicts", []);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                await this.lose();
            } else {
                console.warn("The desk is not ready for an outage:", error.message);
            }
        }
    }

    /** Read the catalogue, so that an outage finds it in the memory. */
    async arm() {
        const kept = this.store && (await this.store.get("catalogue"));
        if (kept && !this.desk) {
            this.desk = markRaw(
                new OfflineDesk(this, new Catalogue(await unpack(kept.data)))
            );
            this.size = kept.size;
        }
        this.ready = Boolean(this.desk && this.left);
    }

    async count() {
        const { day } = legal(this.now());
        const blocks = (await this.store.get("blocks")) || [];
        const today = blocks.filter((block) => block.day === day);
        const waiting = await this.store.entries();
        this.left = today.reduce((sum, block) => sum + block.codes.length, 0);
        this.waiting = waiting.length;
        this.refused = waiting.filter((entry) => entry.refused);
    }

    // -- when it fails, and when it is back ------------------------------------------------

    async lose() {
        if (!this.offline) {
            this.offline = true;
            await this.arm();
            await this.keepHand();
        }
    }

    async look() {
        if (!this.offline || navigator.onLine === false) {
            return;
        }
        try {
            // A question that needs the database: a proxy may answer without it.
            await this.ask("recent", []);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return;
            }
        }
        this.offline = false;
        await this.store?.put("hand", undefined);
        await this.prepare();
        await this.state.refresh();
    }

    /** What is on the desk at this moment survives a reload. */
    async keepHand() {
        if (this.store && this.offline) {
            const { entry, newPerson, isDirty } = this.state;
            const hand = isDirty ? JSON.parse(JSON.stringify({ entry, newPerson })) : undefined;
            await this.store.put("hand", hand);
        }
    }

    /** What the desk shows before anybody is served, for a desk opened without network. */
    async keepSettings(settings) {
        if (this.store && !this.offline) {
            await this.store.put("settings", JSON.parse(JSON.stringify(settings)));
        }
    }

    async takeHand() {
        const hand = this.store && (await this.store.get("hand"));
        if (hand) {
            await this.store.put("hand", undefined);
        }
        return hand;
    }

    every(work) {
        const timers = [
            browser.setInterval(() => this.look(), LOOK),
            browser.setInterval(() => this.prepare(), RENEW),
            browser.setTimeout(() => this.prepare(), work),
        ];
        return () => timers.forEach((timer) => browser.clearInterval(timer));
    }
}
