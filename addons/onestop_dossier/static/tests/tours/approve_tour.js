import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("onestop_dossier_approve", {
    steps: () => [
        {
            content: "look at the files",
            trigger: ".o_notebook a[name=files]",
            run: "click",
        },
        {
            trigger: ".o_onestop_files a:contains(draft.pdf)",
            run: "click",
        },
        {
            trigger: ".o-FileViewer iframe",
        },
        {
            trigger: ".o-FileViewer-header [aria-label='Close']",
            run: "click",
        },
        {
            content: "open the decision",
            trigger: ".o_form_statusbar button[name=action_open_act]:contains(Decide)",
            run: "click",
        },
        {
            content: "the appraisal is beside the draft",
            trigger: ".modal .o_field_widget[name=appraisal]:contains(All conditions are met)",
        },
        {
            content: "the draft is shown",
            trigger: ".modal .o_onestop_draft iframe",
        },
        {
            content: "approve",
            trigger: ".modal-footer button[name=action_decide]:contains(Approve)",
            run: "click",
        },
        {
            content: "say who you are",
            trigger: ".modal .o_field_widget[name=password] input",
            run: "edit t.head.secret",
        },
        {
            content: "confirm",
            trigger: ".modal-footer button[name=run_check]:not(.d-none)",
            run: "click",
        },
        {
            content: "it took effect, and the page shows it",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Approved)",
        },
    ],
});

registry.category("web_tour.tours").add("onestop_dossier_receive", {
    steps: () => [
        {
            content: "find the person by the whole identity number",
            trigger: ".o_field_widget[name=person_id] input",
            run: "edit 089090000901",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Citizen 901)",
            run: "click",
        },
        {
            content: "find the procedure as one types",
            trigger: ".o_field_widget[name=procedure_id] input",
            run: "edit procedure 9.000001",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(9.000001)",
            run: "click",
        },
        {
            content: "the parts appear",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Form)",
        },
        {
            trigger: "button[name=action_tick_all]",
            run: "click",
        },
        {
            trigger: ".o_form_view .text-success:contains(complete)",
        },
        {
            trigger: ".o_form_statusbar button[name=action_receive]",
            run: "click",
        },
        {
            content: "the dossier has its code",
            trigger: ".o_onestop_title:contains(K99.02-)",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Received)",
        },
    ],
});
