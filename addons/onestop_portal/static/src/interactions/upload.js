import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const IMAGES = ["image/jpeg", "image/png"];

/**
 * Shows what was chosen before it is sent, and says at once when a file is too
 * large or of a type that is not accepted. The server checks all of it again, and
 * the form works without this.
 */
export class OnestopUpload extends Interaction {
    static selector = ".o_onestop_upload";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onChoose },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.limit = parseInt(this.el.dataset.limit);
        this.types = this.el.dataset.types.split(" ");
        this.sent = false;
        this.urls = new Map();
        this.registerCleanup(() => this.urls.forEach((urls) => this.release(urls)));
    }

    onChoose(ev) {
        const input = ev.currentTarget;
        const part = input.closest(".o_onestop_part");
        part.querySelectorAll(".o_onestop_preview, .o_onestop_refused").forEach((el) => el.remove());
        this.release(this.urls.get(input));
        const refused = [...input.files].map((file) => this.refusal(file)).filter(Boolean);
        if (refused.length) {
            // One unfit file among several: the person chooses again, knowing why.
            input.value = "";
            part.append(this.message(refused.join("\n")));
            return;
        }
        const preview = document.createElement("div");
        preview.className = "o_onestop_preview";
        const urls = [];
        for (const file of input.files) {
            preview.append(this.card(file, urls));
        }
        this.urls.set(input, urls);
        part.append(preview);
    }

    refusal(file) {
        if (file.size > this.limit) {
            return _t("“%(name)s” is larger than %(limit)s MB.", {
                name: file.name,
                limit: this.limit / 1024 / 1024,
            });
        }
        if (file.type && !this.types.includes(file.type)) {
            return _t("“%(name)s” is of a type that is not accepted.", { name: file.name });
        }
        return null;
    }

    message(text) {
        const error = document.createElement("div");
        error.className = "o_onestop_error o_onestop_refused mt-2";
        error.setAttribute("role", "alert");
        const span = document.createElement("span");
        span.textContent = text;
        error.append(span);
        return error;
    }

    card(file, urls) {
        const figure = document.createElement("figure");
        figure.className = "mb-0 small";
        if (IMAGES.includes(file.type)) {
            const image = document.createElement("img");
            image.src = URL.createObjectURL(file);
            image.alt = file.name;
            urls.push(image.src);
            figure.append(image);
        }
        const caption = document.createElement("figcaption");
        const size = Math.max(1, Math.round(file.size / 1024));
        caption.textContent = `${file.name} (${size} KB)`;
        figure.append(caption);
        return figure;
    }

    release(urls) {
        (urls || []).forEach((url) => URL.revokeObjectURL(url));
    }

    onSubmit(ev) {
        // A second click while a large file is on its way would send it twice.
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
    }
}

/** A button to print is of use only where there is JavaScript. */
export class OnestopPrint extends Interaction {
    static selector = ".o_onestop_print";
    dynamicContent = {
        _root: {
            "t-on-click": () => window.print(),
            "t-att-class": () => ({ "d-none": false }),
        },
    };
}

registry.category("public.interactions").add("onestop_portal.upload", OnestopUpload);
registry.category("public.interactions").add("onestop_portal.print", OnestopPrint);
