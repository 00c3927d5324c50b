import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const HEADER = "code,name,field,department,processing_days,day_type,fee_vnd";
const row = (code, name, fee) =>
    `${code},${name},Test of notaries,T-JUSTICE,5,working,${fee}`;
const LIST = [
    HEADER,
    row("9.100001", "Tên khác", "500000"),
    "9.100003,Đăng ký hoạt động,Test of notaries,T-JUSTICE,,,0",
    row("9.100051", "Cấp mới", "0"),
    row("9.100052", "Sai lệ phí", "50.000"),
].join("\n");

const choose = (field, name, text) => ({
    content: `choose the file ${name}`,
    trigger: `.o_field_widget[name=${field}] input[type=file]:not(:visible)`,
    run() {
        const files = new DataTransfer();
        files.items.add(new File([text], name, { type: "text/csv" }));
        this.anchor.files = files.files;
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});
const press = (name) => ({
    content: `press ${name}`,
    trigger: `.o_form_view button[name=${name}]:enabled`,
    run: "click",
});
const page = (name) => ({
    content: `open the page ${name}`,
    trigger: `.o_notebook .nav-link[name=${name}]`,
    run: "click",
});

// A catalogue manager sees what a list would change, and imports its good rows.
tours.add("onestop_catalogue_import", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        choose("procedures_file", "list.csv", LIST),
        {
            content: "the file is chosen",
            trigger: ".o_field_widget[name=procedures_file] input:value(list.csv)",
        },
        press("action_preview"),
        {
            content: "an error is told, and the rows to correct are there",
            trigger: ".alert-danger:visible:contains(1 rows have errors)",
        },
        { trigger: ".o_field_widget[name=error_file] a:visible" },
        { trigger: ".o_data_row .o_data_cell:contains(not a whole number)" },
        {
            content: "nothing can be imported yet",
            trigger: ".o_form_statusbar:not(:has(button[name=action_import]))",
        },
        page("changed"),
        {
            content: "look at what changes in one procedure",
            trigger: ".o_data_row .o_data_cell:contains(9.100001)",
            run: "click",
        },
        { trigger: ".modal td:contains(Tên khác)" },
        { trigger: ".modal .btn-close", run: "click" },
        page("gone"),
        { trigger: "button[name=action_review_gone]", run: "click" },
        { trigger: ".o_data_row .o_data_cell[name=mark]:contains(Mark for review)" },
        {
            content: "the good rows alone",
            trigger: ".o_field_widget[name=is_partial] input",
            run: "click",
        },
        press("action_import"),
        { trigger: ".alert-success:visible:contains(have been imported)" },
    ],
});

// The head of an agency finds no import, and none opens by its address.
tours.add("onestop_catalogue_import_refused", {
    steps: () => [
        { trigger: ".o_main_navbar" },
        {
            content: "by its address",
            trigger: "body",
            run() {
                window.location = "/odoo/onestop-imports";
            },
            expectUnloadPage: true,
        },
        { trigger: ".modal:contains(access), .o_notification:contains(access)" },
    ],
});

// An author exports what he has selected.
tours.add("onestop_catalogue_export", {
    steps: () => [
        { trigger: ".o_data_row .o_list_record_selector input", run: "click" },
        { trigger: ".o_cp_action_menus button:contains(Actions)", run: "click" },
        { trigger: ".o-dropdown-item:contains(Export the catalogue)", run: "click" },
        { trigger: ".modal .o_field_widget[name=count]:contains(/^1$/)" },
        {
            content: "other layouts can be chosen",
            trigger: ".modal .o_field_widget[name=layout] input[data-value=annex_xlsx]",
            run: "click",
        },
        { trigger: ".modal .btn[special=cancel], .modal button:contains(Close)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
