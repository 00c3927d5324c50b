# Part of One-Stop. See LICENSE file for full copyright and licensing details.


class Refused(ValueError):
    """A file that is not taken.

    :param reason: key of the sentence that says why and what to do
        (``models/file/file_refusal.py``).
    :param values: what the sentence names.
    """

    def __init__(self, reason, **values):
        super().__init__(reason)
        self.reason = reason
        self.values = values
