import { registry } from "@web/core/registry";

const confirmDialog = {
    content: "confirm",
    trigger: ".modal-footer .btn-primary",
    run: "click",
};

// The head of an agency says what was done, and reports it.
registry.category("web_tour.tours").add("onestop_plan_report", {
    steps: () => [
        {
            content: "say what was done",
            trigger: ".o_field_widget[name=evidence] textarea",
            run: "edit List no. 12 of the agency",
        },
        {
            content: "report it",
            trigger: ".o_form_statusbar button[name=action_report]",
            run: "click",
        },
        {
            content: "it waits for the Office",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Reported)",
        },
        {
            content: "the evidence is not changed any more",
            trigger: ".o_field_widget[name=evidence].o_readonly_modifier",
        },
        {
            content: "whoever reported cannot confirm",
            trigger: ".o_form_view:not(:has(button[name=action_confirm]))",
        },
    ],
});

// Others see it, without a button of the Office.
registry.category("web_tour.tours").add("onestop_plan_refused", {
    steps: () => [
        {
            content: "no button to report or to confirm",
            trigger:
                ".o_form_view:not(:has(button[name=action_confirm], button[name=action_report])) " +
                ".o_field_widget[name=department_id]",
        },
    ],
});

// The Office confirms.
registry.category("web_tour.tours").add("onestop_plan_confirm", {
    steps: () => [
        {
            content: "read what was done",
            trigger: ".o_field_widget[name=evidence]:contains(List no. 12)",
        },
        {
            content: "confirm",
            trigger: ".o_form_statusbar button[name=action_confirm]",
            run: "click",
        },
        {
            content: "done",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
        {
            content: "the course says who did what",
            trigger: ".o_field_widget[name=trace_ids] .o_data_row:eq(1)",
        },
    ],
});

// The catalogue manager of the Office looks at a merger and applies it.
registry.category("web_tour.tours").add("onestop_merger_apply", {
    steps: () => [
        {
            content: "what would move?",
            trigger: ".o_form_statusbar button[name=action_preview]",
            run: "click",
        },
        {
            content: "procedures would",
            trigger: ".o_field_widget[name=item_ids] .o_data_row:contains(Procedures)",
        },
        {
            content: "apply it",
            trigger: ".o_form_statusbar button[name=action_apply]",
            run: "click",
        },
        confirmDialog,
        {
            content: "it is applied, and there are minutes",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Applied)",
        },
        {
            trigger: ".o_form_statusbar button[name=action_print]",
        },
    ],
});
