import { View } from "@web/views/view";
import { Component, useSubEnv } from "@odoo/owl";

/** A dossier beside the list; the page keeps the title of the list. */
export class DossierBeside extends Component {
    static template = "onestop_dossier.DossierBeside";
    static components = { View };
    static props = { resModel: String, resId: Number, context: Object, open: Function, close: Function };

    setup() {
        useSubEnv({ config: { ...this.env.config, setDisplayName: () => {} } });
    }

    get viewProps() {
        const { resModel, resId, context } = this.props;
        return {
            type: "form",
            resModel,
            resId,
            context,
            display: { controlPanel: false },
            loadIrFilters: false,
            loadActionMenus: false,
        };
    }
}
