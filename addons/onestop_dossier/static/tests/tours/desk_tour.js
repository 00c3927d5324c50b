import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Keys as the clerk presses them, wherever the cursor stands. */
function press(key, trigger = ".o_onestop_desk") {
    return {
        trigger,
        async run({ press: pressKey }) {
            await pressKey(key);
        },
    };
}

/** The plus sign stands between keys for the tour's own press. */
function pressPlus() {
    return {
        trigger: ".o_onestop_part:focus",
        run() {
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key: "+", bubbles: true })
            );
        },
    };
}

const quietPrinter = {
    content: "no second window while the tour runs",
    trigger: ".o_onestop_desk",
    run() {
        browser.open = () => ({});
    },
};

const person = [
    {
        content: "the cursor waits for the person; a reader sends number and Enter",
        trigger: "[data-desk=person]:focus",
        run: "edit 089090000901 && press Enter",
    },
    {
        trigger: ".o_onestop_person:contains(Citizen 901)",
    },
];
const procedure = [
    {
        trigger: "[data-desk=procedure]:focus",
        run: "edit procedure 9.000001",
    },
    {
        trigger: ".o_onestop_found .active:contains(9.000001)",
    },
    press("Enter", "[data-desk=procedure]:focus"),
    {
        content: "the tick list has the focus",
        trigger: ".o_onestop_part:focus:contains(Form)",
    },
];
const complete = [
    pressPlus(),
    {
        trigger: ".o_onestop_complete",
    },
];
const received = [
    {
        content: "the desk thanks with the code",
        trigger: ".o_onestop_thanks .o_onestop_code:contains(K99.02-)",
    },
];

tours.add("onestop_dossier_receive", {
    steps: () => [
        quietPrinter,
        ...person,
        ...procedure,
        {
            content: "nothing is ticked: it says so beside the list, and nothing is lost",
            trigger: ".o_onestop_part:focus",
            async run({ press: pressKey }) {
                await pressKey("F9");
            },
        },
        {
            trigger: ".o_onestop_desk [role=alert]:contains(Form)",
        },
        press("F4", ".o_onestop_part"),
        ...complete,
        press("F9"),
        ...received,
        {
            content: "the next person can come",
            trigger: "[data-desk=person]:focus",
        },
        {
            trigger: ".o_onestop_recent:contains(Citizen 901)",
        },
    ],
});

tours.add("onestop_dossier_guide", {
    steps: () => [
        quietPrinter,
        ...person,
        ...procedure,
        press("-", ".o_onestop_part:focus"),
        {
            trigger: ".o_onestop_part [data-note]:focus",
            run: "edit Sign it",
        },
        press("F6"),
        {
            trigger: ".o_onestop_notice textarea",
            run: "edit The form is not signed",
        },
        {
            content: "whoever was guided before is told so",
            trigger: ".o_onestop_notice",
            run() {
                const again = document.querySelector(".o_onestop_notice [role=alert] input");
                if (again) {
                    again.click();
                }
            },
        },
        {
            trigger: ".o_onestop_notice_confirm:enabled",
            run: "click",
        },
        {
            content: "the desk is empty again",
            trigger: "body:not(:has(.o_onestop_notice)) .o_onestop_waiting",
        },
    ],
});

tours.add("onestop_dossier_together", {
    steps: () => [
        quietPrinter,
        ...person,
        ...procedure,
        ...complete,
        press("F10"),
        {
            trigger: ".alert-info:contains(On one slip with):contains(K99.02-)",
        },
        ...procedure,
        {
            content: "there is an open one already, and the desk says so",
            trigger: ".o_onestop_duplicate:contains(K99.02-)",
        },
        ...complete,
        press("F9"),
        ...received,
        {
            trigger: "[data-desk=person]:focus",
        },
    ],
});
