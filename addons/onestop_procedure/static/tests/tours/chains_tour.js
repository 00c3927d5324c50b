import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const inState = (label) => ({
    content: `the paper is in the state ${label}`,
    trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
});

const press = (button) => ({
    trigger: `.o_form_statusbar ${button}:enabled`,
    run: "click",
});

const save = () => [
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_view .o_form_saved" },
];

const choose = (field, text) => [
    {
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${text}`,
    },
    {
        trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
        run: "click",
    },
];

const say = (words) => ({
    trigger: ".modal .o_field_widget[name=note] textarea",
    run: `edit ${words}`,
});

const confirm = () => ({
    trigger: ".modal-footer button[name=action_do]",
    run: "click",
});

const password = (word) => [
    {
        content: "say who you are",
        trigger: ".modal .o_field_widget[name=password] input",
        run: `edit ${word}`,
    },
    {
        trigger: ".modal-footer button[name=run_check]:not(.d-none)",
        run: "click",
    },
];

const contentOf = (row) => [
    {
        trigger: `.o_field_widget[name=line_ids] .o_data_row:eq(${row}) td[name=content]`,
        run: "click",
    },
    {
        trigger: `.o_field_widget[name=line_ids] .o_data_row:eq(${row}) td[name=content] textarea`,
        run: "edit New form and new fee",
    },
];

// A change of rules: agency, Office, Chair.

tours.add("onestop_change_report", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Decree 2 takes effect",
        },
        ...choose("law_id", "2/2026/NĐ-CP"),
        {
            content: "the document that it amends comes with it",
            trigger: ".o_field_widget[name=old_law_ids] .o_tag:contains(1/2020/NĐ-CP)",
        },
        ...save(),
        {
            trigger: "button[name=action_fill_procedures]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(9.000002)",
        },
        ...contentOf(0),
        ...contentOf(1),
        ...save(),
        press("button[name=action_report]"),
        inState("Reported"),
        {
            content: "it is late, and says so",
            trigger: ".alert-warning:contains(12)",
        },
    ],
});

tours.add("onestop_change_advise", {
    steps: () => [
        press(".o_onestop_advise"),
        say("Agreed with the agency"),
        ...choose("decision_id", "77/QĐ-UBND"),
        confirm(),
        inState("Advised"),
    ],
});

tours.add("onestop_change_accept", {
    steps: () => [
        {
            content: "the opinion is on the paper",
            trigger: ".o_notebook a[name=opinion]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=opinion]:contains(Agreed with the agency)",
        },
        press(".o_onestop_accept"),
        {
            content: "the decision that the Office prepared is chosen",
            trigger: ".modal .o_field_widget[name=decision_id] input:value(77/QĐ-UBND)",
        },
        confirm(),
        ...password("t.chair.secret"),
        inState("Versions drafted"),
    ],
});

// Internal processes: agency, Centre, Office, Chair, Centre.

tours.add("onestop_process_hand_in", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Processes of notaries",
        },
        {
            trigger: ".o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("version_id", "9.000001"),
        ...save(),
        press("button[name=action_hand_in]"),
        inState("Handed in"),
    ],
});

tours.add("onestop_process_return", {
    steps: () => [
        {
            trigger: ".o_data_row button .fa-times",
            run: "click",
        },
        say("Product missing"),
        confirm(),
        {
            trigger: ".o_data_row td[name=finding_note]:contains(Product missing)",
        },
        press(".o_onestop_return"),
        say("Name the product of each step"),
        confirm(),
        inState("Draft"),
        {
            trigger: ".o_notebook a[name=course]",
            run: "click",
        },
        {
            content: "the reason stays in the course",
            trigger:
                ".o_field_widget[name=trace_ids] .o_data_row:contains(Name the product)",
        },
    ],
});

tours.add("onestop_process_hand_in_again", {
    steps: () => [press("button[name=action_hand_in]"), inState("Handed in")],
});

tours.add("onestop_process_check", {
    steps: () => [
        {
            trigger: ".o_data_row button[name=action_in_order]",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name=finding]:contains(In order)",
        },
        press("button[name=action_check]"),
        inState("Checked by the Centre"),
    ],
});

tours.add("onestop_process_submit", {
    steps: () => [
        press(".o_onestop_submit"),
        ...choose("decision_id", "88/QĐ-UBND"),
        confirm(),
        inState("Submitted to the Chair"),
    ],
});

tours.add("onestop_process_approve", {
    steps: () => [
        press(".o_onestop_approve"),
        {
            trigger: ".modal .o_field_widget[name=decision_id] input:value(88/QĐ-UBND)",
        },
        confirm(),
        ...password("t.chair.secret"),
        inState("Approved"),
    ],
});

tours.add("onestop_process_post", {
    steps: () => [
        press(".o_onestop_post"),
        {
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Main hall",
        },
        {
            trigger: ".modal-footer button[name=action_post]",
            run: "click",
        },
        inState("Made public"),
        {
            trigger: ".o_notebook a[name=postings]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=posting_ids] .o_data_row:contains(Main hall)",
        },
    ],
});

// A legal basis ends: what it touches.

tours.add("onestop_decision_ends", {
    steps: () => [
        {
            trigger: ".o_form_statusbar button:contains(Lapses or is replaced)",
            run: "click",
        },
        ...choose("replaced_by_id", "2/2026/NĐ-CP"),
        {
            trigger: ".modal-footer button[name=action_end]",
            run: "click",
        },
        {
            content: "what it touches is counted",
            trigger: ".modal .o_data_row:contains(Procedures) td[name=count]:contains(2)",
        },
        {
            trigger: ".modal .o_data_row:eq(0) button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(9.000002)",
        },
    ],
});
