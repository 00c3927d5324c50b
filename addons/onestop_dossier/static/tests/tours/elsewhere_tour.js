import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("onestop_dossier_elsewhere", {
    steps: () => [
        {
            content: "no second window while the tour runs",
            trigger: ".o_onestop_desk",
            run() {
                browser.open = () => ({});
            },
        },
        {
            trigger: "[data-desk=person]:focus",
            run: "edit 089090000901 && press Enter",
        },
        {
            trigger: ".o_onestop_person:contains(Citizen 901)",
        },
        {
            trigger: "[data-desk=procedure]:focus",
            run: "edit procedure 9.000021",
        },
        {
            trigger: ".o_onestop_found .active:contains(9.000021)",
        },
        {
            trigger: "[data-desk=procedure]:focus",
            run: "press Enter",
        },
        {
            trigger: ".o_onestop_part:contains(Form)",
        },
        {
            content: "the Centre of this desk receives unless another one is chosen",
            trigger: "[data-desk=centre]:has(option:checked:contains(This Centre))",
            run: "selectByLabel Centre elsewhere",
        },
        {
            trigger: ".o_onestop_desk:contains(Reception: Centre elsewhere)",
        },
        {
            trigger: "[data-desk=receive]:contains(File)",
        },
        {
            trigger: ".o_onestop_desk",
            async run({ press }) {
                await press("F9");
            },
        },
        {
            content: "the code is one of the Centre that receives",
            trigger: ".o_onestop_thanks:contains(Centre elsewhere) .o_onestop_code:contains(K99.88-)",
        },
        {
            trigger: "[data-desk=person]:focus",
        },
    ],
});
