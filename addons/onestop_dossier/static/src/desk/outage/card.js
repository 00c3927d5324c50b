import { _t } from "@web/core/l10n/translation";

const FIELDS = 7;
const GENDERS = { nam: "male", nữ: "female", nu: "female" };
const LOCAL_PHONE = /^(0[35789]\d{8}|02\d{9})$/;

export function looksLikeCard(text) {
    return text.split("|").length > 2;
}

/** ddMMyyyy as dd/MM/yyyy, or nothing when it is no day. */
function day(text) {
    const [, d, m, y] = /^(\d{2})(\d{2})(\d{4})$/.exec(text) || [];
    const date = new Date(Date.UTC(y, m - 1, d));
    return d && date.getUTCDate() === Number(d) && date.getUTCMonth() === m - 1
        ? `${d}/${m}/${y}`
        : "";
}

/**
 * What is wrong with the number of a citizen (12 digits), or nothing.
 *
 * The server looks again, and knows the provinces.
 */
export function citizenProblem(number, born = "", gender = "") {
    if (!/^\d{12}$/.test(number)) {
        return _t("A citizen identity number has 12 digits and no other characters.");
    }
    const year = (19 + Math.floor(Number(number[3]) / 2)) * 100 + Number(number.slice(4, 6));
    if (born && Number(born.slice(-4)) !== year) {
        return _t(
            "Identity number and date of birth do not fit: digits 4 to 6 stand for century and year of birth."
        );
    }
    if (gender && (Number(number[3]) % 2 === 0) !== (gender === "male")) {
        return _t(
            "The citizen identity number and the gender do not fit: the fourth digit is even for men and odd for women."
        );
    }
    return "";
}

/** A citizen card as a reader types it: values of the form, or a problem. */
export function parseCard(text) {
    const clean = text.normalize("NFC").replace(/\p{C}/gu, "");
    let fields = clean.split("|").map((field) => field.trim().replace(/\s+/g, " "));
    if (!fields[0]) {
        fields = fields.slice(1);
    }
    if (fields.length >= 3 && !/^(\d{9})?$/.test(fields[1])) {
        fields.splice(1, 0, "");
    }
    const [number, , name, born, gender, street, issued] = fields;
    if (fields.length < FIELDS || !name) {
        return { problem: _t("The card was not read whole. Scan it again, or type the 12 digits.") };
    }
    const values = {
        name,
        kind: "citizen",
        identity_kind: "cccd",
        identity_number: number,
        birth_date: day(born),
        gender: GENDERS[gender.toLowerCase()] || "",
        street,
        identity_issued_on: day(issued.slice(0, 8)),
    };
    const problem = citizenProblem(number, values.birth_date, values.gender);
    return problem ? { problem } : { values };
}

/** What a clerk has typed to find somebody, as values of a new person. */
export function typedPerson(text) {
    const number = text.replace(/[\s.]/g, "");
    if (!/^[\d+-]{6,}$/.test(number)) {
        return { values: { name: text, kind: "citizen", identity_kind: "cccd" } };
    }
    if (LOCAL_PHONE.test(number)) {
        return { values: { phone: number, kind: "citizen", identity_kind: "cccd" } };
    }
    if (/^\d{10}(-?\d{3})?$/.test(number)) {
        return { values: { kind: "business", tax_code: number } };
    }
    if (/^\d{9}$/.test(number)) {
        return { values: { kind: "citizen", identity_kind: "cmnd", identity_number: number } };
    }
    const problem = citizenProblem(number);
    return problem
        ? { problem }
        : { values: { kind: "citizen", identity_kind: "cccd", identity_number: number } };
}

/** What is wrong with a new person, by field. */
export function personProblems(values) {
    const problems = {};
    if (!values.name) {
        problems.name = _t("Enter the name as on the paper.");
    }
    if (values.kind !== "citizen") {
        if (!values.tax_code) {
            problems.tax_code = _t("Enter the tax code.");
        }
    } else if (!values.identity_number) {
        problems.identity_number = _t(
            "Enter the number of the identity paper: the slip is given to it."
        );
    } else if ((values.identity_kind || "cccd") === "cccd") {
        const problem = citizenProblem(values.identity_number, values.birth_date, values.gender);
        if (problem) {
            problems.identity_number = problem;
        }
    }
    return problems;
}
