// Legal days and hours are those of Viet Nam, which knows no summer time.
const LEGAL = 7 * 3600 * 1000;

function two(number) {
    return String(number).padStart(2, "0");
}

function local(moment) {
    return new Date(moment.getTime() + LEGAL);
}

/** The legal day (ISO) and the minute of it. */
export function legal(moment) {
    const at = local(moment);
    return {
        day: at.toISOString().slice(0, 10),
        minute: at.getUTCHours() * 60 + at.getUTCMinutes(),
    };
}

/** "ngày 05 tháng 12 năm 2026", as documents have it (NĐ 30/2020, Phụ lục I). */
export function vnDay(moment) {
    const at = local(moment);
    const month = at.getUTCMonth() + 1;
    const told = month < 3 ? two(month) : month;
    return `ngày ${two(at.getUTCDate())} tháng ${told} năm ${at.getUTCFullYear()}`;
}

/** "16 giờ 30 phút, ngày 05/12/2026" */
export function vnMoment(moment) {
    const at = local(moment);
    const day = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return `${two(at.getUTCHours())} giờ ${two(at.getUTCMinutes())} phút, ngày ${day}`;
}

/** "200.000 đồng" */
export function vnMoney(amount) {
    return `${new Intl.NumberFormat("vi-VN").format(amount)} đồng`;
}
