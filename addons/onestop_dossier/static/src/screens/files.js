import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";

const NEEDED = [
    { name: "attachment_id", type: "many2one", relation: "ir.attachment", readonly: true },
    { name: "mimetype", type: "char", readonly: true },
    { name: "scan_state", type: "selection", readonly: true },
    { name: "is_current", type: "boolean", readonly: true },
];

/** The file of a record of onestop.dossier.file, as Odoo's viewer wants it. */
function fileOf(data) {
    return Object.assign(new FileModel(), {
        id: data.attachment_id && data.attachment_id.id,
        name: data.name,
        mimetype: data.mimetype,
        scanState: data.scan_state,
        isCurrent: data.is_current,
    });
}

/** The files of a dossier: preview at a click, download beside it. */
export class FilesField extends Component {
    static template = "onestop_dossier.FilesField";
    static props = { ...standardFieldProps };

    setup() {
        this.viewer = useFileViewer();
    }

    get files() {
        const value = this.props.record.data[this.props.name];
        // What a newer version has replaced stands in the list of files alone.
        return value.records
            .map((record) => fileOf(record.data))
            .filter((file) => file.id && file.isCurrent);
    }

    /** Why a file stays closed, or nothing. */
    closed(file) {
        return {
            waiting: _t("waits for the virus scanner"),
            infected: _t("virus found, closed"),
        }[file.scanState];
    }

    preview(file) {
        const files = this.files.filter((other) => !this.closed(other));
        this.viewer.open(
            files.find((other) => other.id === file.id),
            files
        );
    }
}

registry.category("fields").add("onestop_files", {
    component: FilesField,
    supportedTypes: ["one2many", "many2many"],
    relatedFields: () => [{ name: "name", type: "char", readonly: true }, ...NEEDED],
});

/** The name of one file in a list of files. */
export class FileField extends FilesField {
    get files() {
        const file = fileOf(this.props.record.data);
        return file.id ? [file] : [];
    }
}

registry.category("fields").add("onestop_file", {
    component: FileField,
    supportedTypes: ["char"],
    fieldDependencies: NEEDED,
});

/** A size in bytes, told in kilobytes. */
export class SizeField extends Component {
    static template = "onestop_dossier.SizeField";
    static props = { ...standardFieldProps };

    get text() {
        return `${Math.ceil(this.props.record.data[this.props.name] / 1024)} kB`;
    }
}

registry.category("fields").add("onestop_size", {
    component: SizeField,
    supportedTypes: ["integer"],
});

/** The draft result beside the appraisal, where whoever decides reads it. */
export class DraftPreview extends Component {
    static template = "onestop_dossier.DraftPreview";
    static props = { ...standardWidgetProps };

    get file() {
        const { draft_attachment_id: attachment, draft_mimetype: mimetype } =
            this.props.record.data;
        return attachment ? fileOf({ attachment_id: attachment, mimetype, name: "" }) : null;
    }
}

registry.category("view_widgets").add("onestop_draft_preview", {
    component: DraftPreview,
    fieldDependencies: [
        { name: "draft_attachment_id", type: "many2one", relation: "ir.attachment" },
        { name: "draft_mimetype", type: "char" },
    ],
});
