import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { NameAndSignature } from "@web/core/signature/name_and_signature";

/** Full screen, for the touch display that faces the citizen: what he gets, his hand. */
export class ReturnSignatureDialog extends Component {
    static template = "onestop_dossier.ReturnSignatureDialog";
    static components = { Dialog, NameAndSignature };
    static props = {
        name: String,
        code: String,
        lines: Array,
        slipLost: Boolean,
        onSign: Function,
        close: Function,
    };

    setup() {
        this.signature = useState({ name: this.props.name, isSignatureEmpty: true });
    }

    confirm() {
        this.props.onSign(this.signature.getSignatureImage());
        this.props.close();
    }
}
