import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

/** Instead of the tab with the PDF: the address stays on the page, to be read. */
function keepAddress() {
    patch(browser, {
        open(url) {
            document.body.dataset.printed = url;
            return window;
        },
    });
}

registry.category("web_tour.tours").add("onestop_dossier_print", {
    steps: () => [
        {
            content: "open the print dialog by its key",
            trigger: ".o_form_statusbar button[name=action_open_print]",
            run(helpers) {
                keepAddress();
                return helpers.click();
            },
        },
        {
            content: "what belongs to the present state is ticked",
            trigger: ".modal tr:contains(form 01) .o_boolean_toggle input:checked",
        },
        {
            content: "what cannot be printed says why",
            trigger: ".modal tr:contains(form 03):contains(not refused)",
        },
        {
            content: "print one more paper",
            trigger: ".modal tr:contains(Control slip) .o_boolean_toggle input",
            run: "click",
        },
        {
            trigger: ".modal tr:contains(Control slip) .o_boolean_toggle input:checked",
        },
        {
            trigger: ".modal-footer button[name=action_print]",
            run: "click",
        },
        {
            content: "both come as one file",
            trigger: "body[data-printed*=dossier_slip_report][data-printed*=control_report]",
        },
        {
            content: "the dialog is gone",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
