import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("onestop_dossier_claim", {
    steps: () => [
        {
            content: "the tab of the agency shows what nobody holds",
            trigger: ".o_onestop_work_tabs [data-tab=my_department]",
            run: "click",
        },
        {
            trigger: ".o_onestop_work_tabs [data-tab=my_department].active .badge:contains(2)",
        },
        {
            content: "the list of that tab is here",
            trigger: ".o_data_row:nth-child(2)",
        },
        {
            content: "choose all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus .dropdown-toggle:contains(Actions)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Several dossiers at once)",
            run: "click",
        },
        {
            content: "take them",
            trigger: ".modal .o_onestop_batch_run",
            run: "click",
        },
        {
            content: "one is done, one is left out with its reason",
            trigger: ".modal .alert-success:contains(1 dossiers are done)",
        },
        {
            trigger: ".modal .alert-warning:contains(1 dossiers are left out)",
        },
        {
            trigger: ".modal-footer button:contains(Close)",
            run: "click",
        },
        {
            content: "it is mine now",
            trigger: ".o_onestop_work_tabs [data-tab=mine] .badge:contains(1)",
        },
    ],
});
