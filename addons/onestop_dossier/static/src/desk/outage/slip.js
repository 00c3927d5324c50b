import { loadJS } from "@web/core/assets";
import { vnDay, vnMoment, vnMoney } from "./moment";

const QR_LIBRARY = "/web/static/lib/zxing-library/zxing-library.js";
const QR_SIZE = 200;
const COPIES = ["Lưu", "Giao khách hàng"];

/** Have what draws QR codes before it is needed. */
export function loadQr() {
    return loadJS(QR_LIBRARY);
}

function drawQr(text) {
    const { ZXing } = window;
    if (!ZXing) {
        return null;
    }
    const svg = new ZXing.BrowserQRCodeSvgWriter().write(text, QR_SIZE, QR_SIZE);
    svg.setAttribute("viewBox", `0 0 ${QR_SIZE} ${QR_SIZE}`);
    return svg;
}

function feesText(said, procedure) {
    const paid = said.paid.reduce((sum, fee) => sum + fee.amount, 0);
    const asked = procedure.fees.reduce((sum, fee) => sum + (fee.amount || 0), 0);
    const told = [];
    if (paid) {
        told.push(`đã nộp ${vnMoney(paid)}`);
    }
    if (asked > paid) {
        told.push(`còn phải nộp ${vnMoney(asked - paid)}`);
    }
    return told.join("; ") || "không thu khi tiếp nhận";
}

function values({ said, code, secret, moment, person, submitter, procedure, signature }) {
    const known = person.new || {};
    return {
        code,
        secret,
        day: vnDay(moment),
        received: vnMoment(moment),
        owner: person.name,
        submitter: submitter ? submitter.name : "",
        signer: (submitter || person).name,
        street: known.street || "…",
        phone: person.phone || "…",
        number: known.identity_number || known.tax_code || person.masked,
        procedure: procedure.name,
        procedure_code: procedure.code,
        subject: said.subject,
        case: procedure.cases.length > 1 ? said.case : "",
        sets: String(said.copies).padStart(2, "0"),
        limit: procedure.limit,
        due: procedure.due_at ? vnMoment(new Date(procedure.due_at)) : procedure.due,
        fees: feesText(said, procedure),
        receipt: said.paper_receipt || "",
        proof: signature,
    };
}

function fillParts(copy, parts) {
    const row = copy.querySelector("[data-row=part]");
    parts
        .filter((part) => part.received || part.files.length)
        .forEach((part, index) => {
            const line = row.cloneNode(true);
            const cells = {
                index: index + 1,
                name: part.name,
                originals: (part.received && part.originals) || "",
                copies: (part.received && Number(part.certified || 0) + Number(part.copies)) || "",
                files: part.files.length || "",
            };
            for (const cell of line.querySelectorAll("[data-cell]")) {
                cell.textContent = cells[cell.dataset.cell];
            }
            row.before(line);
        });
    row.remove();
}

/** The slip of an entry as a page of its own: both copies, filled with text only. */
export async function fillSlip(snapshot, data) {
    const page = new DOMParser().parseFromString(snapshot.slip, "text/html");
    const [pattern] = page.querySelectorAll("[data-copy]");
    for (const name of COPIES) {
        const copy = pattern.cloneNode(true);
        const filled = { ...values(data), copy: name };
        if (name === COPIES[0]) {
            filled.secret = "";
        }
        for (const part of copy.querySelectorAll("[data-if]")) {
            if (!filled[part.dataset.if]) {
                part.remove();
            }
        }
        for (const place of copy.querySelectorAll("[data-slip]")) {
            place.textContent = filled[place.dataset.slip];
        }
        fillParts(copy, data.said.parts);
        const qr = drawQr(snapshot.track + encodeURIComponent(data.code));
        if (qr) {
            copy.querySelector("[data-qr]").append(page.importNode(qr, true));
        }
        pattern.before(copy);
    }
    pattern.remove();
    return `<!DOCTYPE html>${page.documentElement.outerHTML}`;
}

/** Print a slip without leaving the desk; it needs no server. */
export function printSlip(html) {
    document.querySelectorAll(".o_onestop_offline_slip").forEach((frame) => frame.remove());
    const frame = document.createElement("iframe");
    frame.className = "o_onestop_offline_slip";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    // Filled with plain text; nothing in it may run.
    frame.sandbox = "allow-same-origin allow-modals";
    frame.addEventListener("load", () => frame.contentWindow.print(), { once: true });
    frame.srcdoc = html;
    document.body.append(frame);
}
