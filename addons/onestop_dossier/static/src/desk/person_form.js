import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DeskState } from "./desk_state";

/** A new person, entered in place; what is wrong stands beside the field. */
export class PersonForm extends Component {
    static template = "onestop_dossier.PersonForm";
    static props = { desk: DeskState, values: Object, target: String, focus: Function };

    setup() {
        this.root = useRef("root");
        this.state = useState({
            problems: {},
            values: {
                name: "",
                kind: "citizen",
                identity_kind: "cccd",
                identity_number: "",
                identity_issued_on: "",
                tax_code: "",
                birth_date: "",
                gender: "",
                street: "",
                phone: "",
                email: "",
                ...Object.fromEntries(
                    Object.entries(this.props.values).map(([name, value]) => [name, value || ""])
                ),
            },
        });
        // The first thing that is still to be typed.
        onMounted(() => {
            const fields = [...this.root.el.querySelectorAll("input")];
            (fields.find((field) => !field.value) || fields[0]).focus();
        });
    }

    get desk() {
        return this.props.desk;
    }

    get labels() {
        return {
            name: _t("Name"),
            identity_number: _t("Identity number"),
            birth_date: _t("Born (dd/mm/yyyy)"),
            tax_code: _t("Tax code"),
            street: _t("Address"),
            phone: _t("Telephone"),
            email: _t("E-mail"),
        };
    }

    get isCitizen() {
        return this.state.values.kind === "citizen";
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.tagName !== "BUTTON") {
            ev.preventDefault();
            this.save();
        } else if (ev.key === "Escape") {
            this.cancel();
        }
    }

    async save() {
        const problems = await this.desk.createPerson(this.state.values, this.props.target);
        if (problems) {
            this.state.problems = problems;
            const [first] = Object.keys(problems);
            const field = this.root.el.querySelector(`[data-field=${first}]`);
            if (field) {
                field.focus();
            }
        } else {
            this.props.focus(this.props.target === "person" ? "procedure" : "authorisation");
        }
    }

    cancel() {
        this.desk.newPerson = null;
        this.props.focus(this.props.target);
    }
}
