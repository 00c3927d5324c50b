import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useEffect, xml } from "@odoo/owl";

/** Tells the server that somebody looks at the dossier: it can no longer be recalled. */
export class MarkOpened extends Component {
    static template = xml``;
    static props = { ...standardWidgetProps };

    setup() {
        const orm = useService("orm");
        useEffect(
            (resId, openedAt) => {
                if (resId && !openedAt) {
                    // Not the reader's business, and never in his way.
                    orm.silent
                        .call("onestop.dossier", "action_mark_opened", [[resId]])
                        .catch(() => {});
                }
            },
            () => [this.props.record.resId, Boolean(this.props.record.data.opened_at)]
        );
    }
}

registry.category("view_widgets").add("onestop_mark_opened", {
    component: MarkOpened,
    fieldDependencies: [{ name: "opened_at", type: "datetime", readonly: true }],
});
