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
