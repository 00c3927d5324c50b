const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const PIECE = 0x8000;

export function toBase64(buffer) {
    const bytes = new Uint8Array(buffer);
    let text = "";
    for (let start = 0; start < bytes.length; start += PIECE) {
        text += String.fromCharCode(...bytes.subarray(start, start + PIECE));
    }
    return btoa(text);
}

export function fromBase64(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export async function sha256(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key pair whose private half cannot be read out of the browser, not even by us. */
export async function makeKey() {
    const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]);
    const publicKey = toBase64(await crypto.subtle.exportKey("spki", pair.publicKey));
    return { privateKey: pair.privateKey, publicKey };
}

export async function sign(privateKey, text) {
    const signature = await crypto.subtle.sign(
        { name: "ECDSA", hash: "SHA-256" },
        privateKey,
        new TextEncoder().encode(text)
    );
    return toBase64(signature);
}

/** The text in a package that the server compressed. */
export async function unpack(base64) {
    const stream = new Blob([fromBase64(base64)])
        .stream()
        .pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
}
