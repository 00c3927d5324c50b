import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useState } from "@odoo/owl";

/** Runs a batch a few dossiers at a time, says how far it is, and can be stopped. */
export class BatchRun extends Component {
    static template = "onestop_dossier.BatchRun";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ running: false, total: 0, left: 0 });
    }

    get data() {
        return this.props.record.data;
    }

    get done() {
        return this.state.total - this.state.left;
    }

    /** Nothing is left when all are done or left out. */
    get finished() {
        return this.data.done_count && !this.data.possible_count;
    }

    async run() {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const call = (method) => this.orm.call(record.resModel, method, [[record.resId]]);
        await call("action_check");
        await record.load();
        const total = this.data.possible_count;
        Object.assign(this.state, { running: true, total, left: total });
        try {
            while (this.state.running && this.state.left) {
                this.state.left = await call("action_run");
            }
        } finally {
            this.state.running = false;
            await record.load();
        }
    }

    stop() {
        this.state.running = false;
    }
}

registry.category("view_widgets").add("onestop_batch_run", {
    component: BatchRun,
    fieldDependencies: [
        { name: "possible_count", type: "integer", readonly: true },
        { name: "done_count", type: "integer", readonly: true },
    ],
});
