import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("onestop_portal_payment", {
    steps: () => [
        {
            content: "What is due is said on the page of the dossier",
            trigger: "#money [data-money=due]",
        },
        {
            content: "Go on to the payment",
            trigger: "#money a[href$='/pay']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The code to scan is there",
            trigger: "img[alt=VietQR]",
        },
        {
            content: "The demo gateway is the only one, and chosen",
            trigger: "input[name=o_payment_radio][data-provider-code=demo]:checked",
        },
        {
            content: "It is told how the demo ends",
            trigger: "#customer_input:visible",
            run: "edit 4111111111111111",
        },
        {
            content: "Pay",
            trigger: "button[name=o_payment_submit_button]:not([disabled])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The receipt is ready",
            trigger: "[data-outcome=collected] a[href*='/receipts/']",
        },
        {
            content: "Back to the dossier",
            trigger: "a[href*='/my/dossiers/']:contains(Back to the dossier)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The receipt stands there, and nothing is due any more",
            trigger: "#money:not(:has([data-money=due])) a[data-receipt]",
        },
    ],
});
