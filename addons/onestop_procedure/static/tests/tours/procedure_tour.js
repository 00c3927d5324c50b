import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("onestop_procedure_draft", {
    steps: () => [
        {
            content: "an author drafts the next version",
            trigger: ".o_form_statusbar button[name=action_new_version]",
            run: "click",
        },
        {
            content: "he is told who publishes it, and has no button for it",
            trigger:
                ".o_form_view:not(:has(button[name=action_open_publish])) " +
                ".alert:contains(Office of the People's Committee publishes)",
        },
        {
            content: "the case",
            trigger: ".o_field_widget[name=case_ids] td[name=name]:contains(General)",
            run: "click",
        },
        {
            content: "a shorter limit",
            trigger: ".modal .o_field_widget[name=time_value] input",
            run: "edit 4",
        },
        {
            trigger: ".modal .o_notebook a[name=steps]",
            run: "click",
        },
        {
            content: "the steps do not fill it any more, which is said at once",
            trigger: ".modal span:contains(do not fill the time limit)",
        },
        {
            content: "the limit is spread over them",
            trigger: ".modal button[name=action_spread_steps]",
            run: "click",
        },
        {
            trigger: ".modal span:contains(The steps fill the time limit)",
        },
        {
            trigger: ".modal .o_form_button_save, .modal .o_form_button_cancel",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=case_ids] " +
                "td[name=time_text]:contains(4 working days)",
        },
    ],
});

tours.add("onestop_procedure_refused", {
    steps: () => [
        {
            content: "an author takes the draft in the list",
            trigger: ".o_data_row .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains(Publish by a decision)",
            run: "click",
        },
        {
            content: "and is told who publishes",
            trigger: ".modal:contains(is for the catalogue managers of the People's Committee)",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

tours.add("onestop_procedure_read_only", {
    steps: () => [
        {
            content: "staff read the draft and have no button for it",
            trigger:
                ".o_form_view:not(:has(button[name=action_open_publish]))" +
                ":not(:has(button[name=action_new_version])) " +
                ".alert:contains(The competent agency writes it)",
        },
    ],
});

tours.add("onestop_procedure_publish", {
    steps: () => [
        {
            content: "the Office opens the dialog",
            trigger: ".o_form_statusbar button[name=action_open_publish]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=decision_id] input",
            run: "edit 7/QĐ-UBND",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(7/QĐ-UBND)",
            run: "click",
        },
        {
            content: "what is missing is said before the act",
            trigger: ".modal .alert:contains(Not on record yet)",
        },
        {
            trigger: ".modal-footer button[name=action_publish]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(In force)",
        },
        {
            content: "both versions side by side",
            trigger: ".o_form_statusbar button[name=action_compare]",
            run: "click",
        },
        {
            trigger: ".modal .o_onestop_comparison tr.table-warning:contains(4 working days):contains(Changed)",
        },
        {
            trigger: ".modal-footer .btn-secondary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
