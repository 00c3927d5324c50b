import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const OBJECTS = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
];

/** A whole PDF of one empty page: what is damaged is refused. */
function pdf(name) {
    let text = `%PDF-1.4\n% ${name}\n`;
    const offsets = OBJECTS.map((body, index) => {
        const offset = text.length;
        text += `${index + 1} 0 obj${body} endobj\n`;
        return `${String(offset).padStart(10, "0")} 00000 n \n`;
    });
    const table = text.length;
    text += `xref\n0 4\n0000000000 65535 f \n${offsets.join("")}`;
    text += `trailer<</Size 4/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
    return new File([text], name, { type: "application/pdf" });
}

registry.category("web_tour.tours").add("onestop_portal_filing", {
    steps: () => [
        {
            content: "Open the procedure that was found",
            trigger: "a.o_onestop_item_title",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "File online",
            trigger: "a[href$='/file']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The only case is chosen already",
            trigger: "input[name=case_id]:checked",
        },
        {
            content: "Go on to the papers",
            trigger: "form button[type=submit].btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A file of a type that is not accepted is refused at once",
            trigger: ".o_onestop_part:nth-of-type(1) input[type=file]",
            async run() {
                const wrong = new File(["#!"], "run.sh", { type: "application/x-sh" });
                await inputFiles(".o_onestop_part:nth-of-type(1) input[type=file]", [wrong]);
            },
        },
        {
            content: "The reason is said at the field",
            trigger: ".o_onestop_part:nth-of-type(1) .o_onestop_refused",
        },
        {
            content: "Choose the first file",
            trigger: ".o_onestop_part:nth-of-type(1) input[type=file]",
            async run() {
                await inputFiles(".o_onestop_part:nth-of-type(1) input[type=file]", [pdf("form.pdf")]);
            },
        },
        {
            content: "It is shown before it is sent",
            trigger: ".o_onestop_part:nth-of-type(1) .o_onestop_preview:contains(form.pdf)",
        },
        {
            content: "Choose the second file",
            trigger: ".o_onestop_part:nth-of-type(2) input[type=file]",
            async run() {
                await inputFiles(".o_onestop_part:nth-of-type(2) input[type=file]", [pdf("extra.pdf")]);
            },
        },
        {
            content: "Go on to the check",
            trigger: "button[name=next]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Both files are listed",
            trigger: ".o_onestop_list:contains(form.pdf):contains(extra.pdf)",
        },
        {
            content: "Declare",
            trigger: "input[name=declared]",
            run: "click",
        },
        {
            content: "Hand in",
            trigger: "form button[type=submit].btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Code and secret are on the receipt",
            trigger: "[data-receipt=code]",
        },
        {
            content: "Go to the dossier",
            trigger: "a.btn-primary[href*='/my/dossiers/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Handed in is done, received is under way",
            trigger: "li.o_onestop_done[data-step=submitted] ~ li.o_onestop_now[data-step=received]",
        },
    ],
});
