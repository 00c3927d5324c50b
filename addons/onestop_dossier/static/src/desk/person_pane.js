import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { DeskState } from "./desk_state";
import { PersonForm } from "./person_form";
import { Typeahead } from "./typeahead";

/** Who is at the counter, for whom, how the dossier came, where the result goes. */
export class PersonPane extends Component {
    static template = "onestop_dossier.PersonPane";
    static components = { PersonForm, Typeahead };
    static props = { desk: DeskState, focus: Function };

    get desk() {
        return this.props.desk;
    }

    get entry() {
        return this.desk.entry;
    }

    get locked() {
        return this.entry.state === "submitted";
    }

    get earlier() {
        const { total, open } = this.entry.person;
        return total
            ? _t("%(total)s earlier dossiers · %(open)s open", { total, open })
            : _t("no earlier dossier");
    }

    get channels() {
        return this.desk.settings.choices.channel.map(([key, label]) => [
            key,
            key === "online" ? _t("Online, with our help") : label,
        ]);
    }

    search(target) {
        return async (text) => {
            const found = await this.desk.call("find_person", text);
            if (found.problem) {
                this.desk.problems = { ...this.desk.problems, [target]: found.problem };
            } else {
                delete this.desk.problems[target];
            }
            this.entry.scan = found.renew ? text : "";
            const rows = found.people.map((person) => ({ person }));
            if (found.new && !found.people.length) {
                rows.push({ create: found.new });
            }
            return rows;
        };
    }

    async take(row, target) {
        if (row.create) {
            this.desk.newPerson = { target, values: row.create };
        } else {
            await this.desk.choosePerson(row.person, target);
            this.props.focus(target === "person" ? "procedure" : "authorisation");
        }
    }

    toggleProxy(ev) {
        this.entry.proxy = ev.target.checked;
        if (this.entry.proxy) {
            this.props.focus("submitter");
        } else {
            this.entry.submitter = null;
        }
    }

    async attachAuthority(ev) {
        const [file] = ev.target.files;
        if (file) {
            const url = await getDataURLFromFile(file);
            this.entry.authorisation.file = { name: file.name, content: url.split(",")[1] };
        }
    }
}
