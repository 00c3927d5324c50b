# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import Counter

from odoo import models
from odoo.tools import format_date

# What is compared of the version itself, in the order in which people read it.
RECORD = (
    "change",
    "law_kind",
    "decision_id",
    "valid_from",
    "issuing_body",
    "central_decision",
    "subject_ids",
    "executing_ids",
    "executing_text",
    "coordinating_ids",
    "delegated_id",
    "reception_address",
    "related_ids",
    "copy_count",
    "conditions",
    "legal_basis",
    "legal_basis_ids",
    "result_name",
    "online_level",
    "online_named",
    "online_form",
    "online_synced",
    "keywords",
    "description",
)
OF_PUBLISHING = ("decision_id", "valid_from")
CASE = (
    "time_text",
    "online_time_text",
    "remote_extra",
    "no_appointment",
    "cut_off",
    "sequence_text",
)
# Lines: field of the owner, what names a line, what is compared of it.
VERSION_LINES = (
    ("result_ids", ("name",), ("code", "validity")),
    ("method_ids", ("channel",), ("time_text", "fee_text", "note")),
)
CASE_LINES = (
    (
        "part_ids",
        ("name",),
        ("originals", "copies", "required", "form_name", "form_sha256", "code"),
    ),
    ("fee_ids", ("name",), ("kind", "amount_text", "unit", "collect_at", "note")),
    (
        "step_ids",
        ("activity", "name"),
        (
            "department_id",
            "role",
            "onsite",
            "duration",
            "product",
            "template_name",
            "signer_capacity",
            "payment_first",
        ),
    ),
)


class OnestopProcedureVersion(models.Model):
    """Two versions of a procedure side by side."""

    _inherit = "onestop.procedure.version"

    def _compare(self, other):
        """What differs between this version and a later one.

        :param other: another version; empty compares with nothing.
        :return: list of sections, dictionaries with ``title`` and ``rows``; a row has
            ``label``, ``before``, ``after`` (texts) and ``kind``: same, changed,
            added, removed.
        """
        # A draft has neither decision nor day yet, which is no difference.
        published = all(version.state == "published" for version in (self, other))
        names = [name for name in RECORD if published or name not in OF_PUBLISHING]
        record = self._fields_of(self, other, names)
        sections = [{"title": self.env._("Record"), "rows": record}]
        for line in VERSION_LINES:
            sections.append(self._lines_of(self, other, line))
        for title, before, after in self._pair(self.case_ids, other.case_ids, ["name"]):
            case = self.env._("Case: %(name)s", name=title)
            sections.append(
                {"title": case, "rows": self._fields_of(before, after, CASE)}
            )
            for line in CASE_LINES:
                section = self._lines_of(before, after, line)
                section["title"] = f"{case} · {section['title']}"
                sections.append(section)
        return [section for section in sections if section["rows"]]

    def _fields_of(self, before, after, names):
        rows = []
        for name in names:
            field = (before or after)._fields[name]
            label = field._description_string(self.env)
            rows.append(
                self._row(label, self._say(before, name), self._say(after, name))
            )
        return [row for row in rows if row["before"] or row["after"]]

    def _lines_of(self, before, after, line):
        name, keys, columns = line
        title = (before or after)._fields[name]._description_string(self.env)
        rows = []
        for label, one, two in self._pair(before[name], after[name], keys):
            texts = [self._say_line(record, columns) for record in (one, two)]
            row = self._row(label, *texts)
            if not one or not two:
                row["kind"] = "added" if two else "removed"
                row["before"] = row["before"] or (one and self.env._("yes")) or ""
                row["after"] = row["after"] or (two and self.env._("yes")) or ""
            rows.append(row)
        return {"title": title, "rows": rows}

    def _pair(self, before, after, keys):
        """Lines that belong together, in the order of the later version.

        :return: (label, line or empty, line or empty) each.
        """

        def named(records):
            seen, found = Counter(), {}
            for record in records:
                label = next(
                    filter(None, (self._say(record, key) for key in keys[::-1]))
                )
                seen[label] += 1
                found[label, seen[label]] = record
            return found

        one, two = named(before), named(after)
        none = before.browse() if before is not None else after.browse()
        for key in [*two, *(key for key in one if key not in two)]:
            yield key[0], one.get(key, none), two.get(key, none)

    def _row(self, label, before, after):
        kind = "same"
        if before != after:
            kind = "changed" if before and after else "added" if after else "removed"
        return {"label": label, "before": before, "after": after, "kind": kind}

    def _say_line(self, record, columns):
        if not record:
            return ""
        said = [
            (
                record._fields[name]._description_string(self.env),
                self._say(record, name),
            )
            for name in columns
        ]
        return "; ".join(f"{label}: {text}" for label, text in said if text)

    def _say(self, record, name):
        """A field's value in words; empty for none."""
        value = record[name] if record else False
        if not value:
            return ""
        field = record._fields[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "boolean":
            return self.env._("yes")
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "float":
            return f"{value:g}"
        return str(value)
