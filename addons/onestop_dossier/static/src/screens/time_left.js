import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

const PAUSED = ["supplement", "payment", "suspended", "withdrawing"];

/** Time left in words, with a sign of its own for late and paused: never colour alone. */
export class TimeLeftField extends Component {
    static template = "onestop_dossier.TimeLeftField";
    static props = { ...standardFieldProps };

    get text() {
        return this.props.record.data[this.props.name];
    }

    /** Share of the time allowed that is used, where the view has it. */
    get used() {
        return Math.min(this.props.record.data.time_used || 0, 1);
    }

    get look() {
        const { is_late, state } = this.props.record.data;
        if (is_late) {
            return { icon: "fa-exclamation-triangle", color: "text-danger fw-bold" };
        }
        if (PAUSED.includes(state)) {
            return { icon: "fa-pause", color: "text-muted" };
        }
        return { icon: "fa-clock-o", color: "" };
    }
}

registry.category("fields").add("onestop_time_left", {
    component: TimeLeftField,
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "is_late", type: "boolean", readonly: true },
        { name: "state", type: "selection", readonly: true },
        { name: "time_used", type: "float", readonly: true },
    ],
});
