import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const state = (label) => ({
    content: `the state is ${label}`,
    trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
});
const press = (name) => ({
    content: `press ${name}`,
    trigger: `.o_form_statusbar button[name=${name}]:enabled`,
    run: "click",
});
const confirm = {
    content: "yes, do it",
    trigger: ".modal-footer .btn-primary",
    run: "click",
};

// An author works through the list of his agency.
tours.add("onestop_review_author", {
    steps: () => [
        {
            content: "the agency's part, found in the list",
            trigger: ".o_data_row .o_data_cell:contains(Department of Justice)",
            run: "click",
        },
        press("action_open_lines"),
        {
            content: "the procedures are grouped by sector, which stands open",
            trigger: ".o_group_header:contains(Test of notaries)",
        },
        {
            content: "choose the one with the most dossiers",
            trigger: ".o_data_row:contains(9.100001) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_propose_full]",
            run: "click",
        },
        {
            content: "it is proposed",
            trigger:
                ".o_data_row:contains(9.100001) td[name=proposed_mode]:contains(Four on the spot)",
        },
    ],
});

// Its head looks what brings the agency over the target, and hands in.
tours.add("onestop_review_head", {
    steps: () => [
        press("action_shortest"),
        {
            content: "nothing more is needed",
            trigger: ".modal .o_field_widget[name=figures]:contains(target met)",
        },
        {
            trigger: ".modal-footer button:contains(Close)",
            run: "click",
        },
        press("action_confirm_rest"),
        confirm,
        {
            trigger: ".o_field_widget[name=progress]:contains(100%)",
        },
        press("action_hand_in"),
        confirm,
        state("Handed in"),
    ],
});

tours.add("onestop_review_accept", {
    steps: () => [press("action_accept"), state("Accepted")],
});

tours.add("onestop_review_consolidate", {
    steps: () => [
        press("action_consolidate"),
        confirm,
        state("Consolidated by the Centre"),
    ],
});

tours.add("onestop_review_submit", {
    steps: () => [
        {
            trigger: ".o_notebook a[name=decision]",
            run: "click",
        },
        {
            content: "the number that the register keeps",
            trigger: ".o_field_widget[name=decision_number] input",
            run: "edit 1523/QĐ-UBND",
        },
        press("action_submit"),
        state("Submitted to the Chair"),
    ],
});

// Whoever is not in the office sees the round, and no button that moves it.
tours.add("onestop_review_refused", {
    steps: () => [
        state("Submitted to the Chair"),
        {
            trigger:
                ".o_form_statusbar:has(button[name=action_open_lines])" +
                ":not(:has(button[name=action_sign], button[name=action_submit]))" +
                ":not(:has(button[name=action_consolidate]))",
        },
    ],
});

tours.add("onestop_review_sign", {
    steps: () => [
        press("action_sign"),
        {
            content: "say who you are",
            trigger: ".modal .o_field_widget[name=password] input",
            run: "edit t.review.chair.secret",
        },
        {
            content: "confirm",
            trigger: ".modal-footer button[name=run_check]:not(.d-none)",
            run: "click",
        },
        state("In force"),
    ],
});
