import { Domain } from "@web/core/domain";
import { useBus, useService } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

/** Filters of the search view that are tabs of the queue, in the order of the eye. */
export const TABS = [
    "to_do",
    "due_today",
    "late",
    "mine",
    "my_department",
    "waiting",
    "waiting_agency",
];

/** From here on the server has stopped counting. */
const MANY = 1000;

/** The saved tabs of the work queue: one filter each, with the number behind it. */
export class WorkTabs extends Component {
    static template = "onestop_dossier.WorkTabs";
    static props = { rows: { optional: true } };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ counts: {} });
        useBus(this.env.searchModel, "update", () => this.count());
        onWillStart(() => this.count());
        onWillUpdateProps(({ rows }) => {
            // The list was loaded anew: something was done to it.
            if (rows !== this.props.rows) {
                this.count();
            }
        });
    }

    get tabs() {
        const items = this.env.searchModel.getSearchItems((item) => TABS.includes(item.name));
        return TABS.map((name) => items.find((item) => item.name === name)).filter(Boolean);
    }

    async count() {
        const domains = Object.fromEntries(
            this.tabs.map((tab) => [tab.name, new Domain(tab.domain).toList(user.context)])
        );
        this.state.counts = await this.orm.silent.call("onestop.dossier", "count_by_domain", [
            domains,
        ]);
    }

    text(tab) {
        const count = this.state.counts[tab.name];
        return count >= MANY ? `${MANY - 1}+` : count;
    }

    /** One tab at a time; other filters of the user stay. */
    open(chosen) {
        for (const tab of this.tabs) {
            if (tab.isActive !== (tab.name === chosen.name)) {
                this.env.searchModel.toggleSearchItem(tab.id);
            }
        }
    }
}
