/** @odoo-module **/
import {Component, onWillUnmount, useEffect, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// Often enough to see it move, seldom enough for hundreds of open pages.
const EVERY_MS = 2000;

/** Reads the record again and again as long as the widget is shown. */
export class Refresh extends Component {
    static template = xml`<span class="o_onestop_refresh"/>`;
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            () => {
                this.timer = setTimeout(() => this.refresh(), EVERY_MS);
                return () => clearTimeout(this.timer);
            },
            () => []
        );
        onWillUnmount(() => {
            this.gone = true;
        });
    }

    async refresh() {
        try {
            await this.props.record.load();
        } catch {
            // The server is busy or the line is down: the next time tells.
        }
        if (!this.gone) {
            this.timer = setTimeout(() => this.refresh(), EVERY_MS);
        }
    }
}

registry.category("view_widgets").add("onestop_refresh", {component: Refresh});
