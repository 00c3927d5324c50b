import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { useState } from "@odoo/owl";
import { DossierBeside } from "./dossier_beside";
import { WorkTabs } from "./work_tabs";

/** Narrower than this, a dossier opens on a page of its own. */
const WIDE = 1600;

/** The work queue: tabs above, on a wide screen the dossier beside the list. */
export class WorkListController extends ListController {
    static template = "onestop_dossier.WorkListView";
    static components = { ...ListController.components, DossierBeside, WorkTabs };

    setup() {
        super.setup();
        this.beside = useState({ id: false });
    }

    async openRecord(record, options) {
        const alone = (options && (options.force || options.newWindow)) || window.innerWidth < WIDE;
        if (alone) {
            return super.openRecord(record, options);
        }
        this.beside.id = record.resId;
    }

    closeBeside() {
        this.beside.id = false;
        this.model.root.load();
    }

    openPage() {
        this.props.selectRecord(this.beside.id, { activeIds: [this.beside.id] });
    }
}

registry.category("views").add("onestop_work_list", {
    ...listView,
    Controller: WorkListController,
});
