import { registry } from "@web/core/registry";

/** A key as the clerk presses it, wherever the cursor stands. */
function press(key, trigger = ".o_onestop_return_desk") {
    return {
        trigger,
        async run({ press: pressKey }) {
            await pressKey(key);
        },
    };
}

registry.category("web_tour.tours").add("onestop_dossier_return", {
    steps: () => [
        {
            content: "what waits is shown before anybody comes",
            trigger: ".o_onestop_return_desk .o_onestop_waiting_row:contains(Citizen 901)",
        },
        {
            content: "the slip is scanned, or the name typed",
            trigger: "[data-desk=find]:focus",
            run: "edit citizen 901",
        },
        {
            trigger: ".o_onestop_found .active:contains(Citizen 901)",
        },
        press("Enter", "[data-desk=find]:focus"),
        {
            content: "a number of somebody else is said at once",
            trigger: "[data-desk=receiver]:focus",
            run: "edit 089090000902 && press Enter",
        },
        {
            trigger: ".o_onestop_receiver_kind:contains(authorisation)",
        },
        press("F3"),
        {
            content: "the card of the owner",
            trigger: "[data-desk=receiver]:focus",
            run: "edit 089090000901||CITIZEN 901|01011990|Nam|Long Xuyen|05062021 && press Enter",
        },
        {
            trigger: ".o_onestop_receiver_kind:contains(The owner)",
        },
        press("F4"),
        {
            content: "one of two originals goes back",
            trigger: "[data-desk=original]:focus",
            run: "edit 1",
        },
        {
            content: "the former certificate is taken in",
            trigger: ".o_onestop_take_in",
            run: "click",
        },
        {
            trigger: "[data-desk=paper]",
            run: "edit Former certificate",
        },
        {
            content: "the fee is there, to be collected at once",
            trigger: ".o_onestop_due_fee:contains(Charge)",
        },
        press("F6"),
        {
            content: "what he signs for is said",
            trigger: ".o_onestop_signing li:contains(Former certificate)",
        },
        {
            content: "he signs on the screen",
            trigger: ".o_onestop_signing .o_web_sign_signature",
            async run() {
                const canvas = this.anchor;
                const { left, top } = canvas.getBoundingClientRect();
                const send = (type, x, y, buttons = 1) =>
                    canvas.dispatchEvent(
                        new PointerEvent(type, {
                            bubbles: true,
                            buttons,
                            clientX: left + x,
                            clientY: top + y,
                            isPrimary: true,
                            pointerId: 1,
                            pressure: 0.5,
                        })
                    );
                send("pointerdown", 40, 40);
                send("pointermove", 90, 70);
                send("pointermove", 160, 30);
                send("pointerup", 160, 30, 0);
            },
        },
        {
            trigger: ".o_onestop_sign_confirm:enabled",
            run: "click",
        },
        {
            trigger: ".o_onestop_signed",
        },
        {
            content: "no second window while the tour runs",
            trigger: "label:contains(Print the record) input",
            run: "uncheck",
        },
        press("F9"),
        {
            trigger: ".o_onestop_thanks:contains(Citizen 901)",
        },
        {
            content: "ready for the next person",
            trigger: "[data-desk=find]:focus",
        },
    ],
});
