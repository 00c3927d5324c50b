# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Foreign clients of a served database: JSON-2 with an API key, the web client's RPC.

Plain `requests`, nothing of Odoo: what they can do, any program can do.
"""

import base64
import json

import requests

PDF = base64.b64encode(
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>> endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\n"
    b"xref\n"
    b"0 4\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000053 00000 n \n"
    b"0000000103 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n"
    b"167\n"
    b"%%EOF\n"
).decode()
TIMEOUT = 60  # seconds
# API keys cannot be made over RPC without a password; these are made beforehand.
KEYS = """
import json
from datetime import datetime, timedelta
users = env["res.users"].search([("login", "in", {logins!r})])
keys = {{}}
for user in users:
    own = env(user=user)["res.users.apikeys"]
    keys[user.login] = own._generate(
        "rpc", "test", datetime.now() + timedelta(hours=12)
    )
env.cr.commit()
print(json.dumps(keys))
"""


def api_keys(database, *logins):
    """Make an API key for each login; return them by login."""
    return json.loads(database.odoo_shell(KEYS.format(logins=logins)).splitlines()[-1])


class Json2:
    """A foreign program with the API key of one user."""

    def __init__(self, url, key, database):
        self.url = url
        self.headers = {"X-Odoo-Database": database}
        if key:
            self.headers["Authorization"] = f"bearer {key}"

    def post(self, model, method, ids=(), **arguments):
        """Call a method; return (HTTP status, decoded answer)."""
        body = {**arguments, **({"ids": list(ids)} if ids else {})}
        answer = requests.post(
            f"{self.url}/json/2/{model}/{method}",
            headers=self.headers,
            json=body,
            timeout=TIMEOUT,
        )
        return answer.status_code, answer.json()

    def call(self, model, method, ids=(), **arguments):
        """Call a method that must succeed; return its result."""
        status, result = self.post(model, method, ids, **arguments)
        assert status == 200, (model, method, status, result)
        return result

    def refused(self, model, method, ids=(), **arguments):
        """Call a method that must be refused in words; return the HTTP status."""
        status, result = self.post(model, method, ids, **arguments)
        assert 400 <= status < 500, (model, method, status, result)
        assert result["message"], result
        return status


class WebClient:
    """A user logged in with a password, as the web client is."""

    def __init__(self, url, database, login, password="demo"):
        self.url = url
        self.session = requests.Session()
        answer = self.rpc(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )
        assert answer["result"]["uid"], answer

    def rpc(self, path, params):
        answer = self.session.post(
            self.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=TIMEOUT,
        )
        assert answer.status_code == 200, answer.text[:500]
        return answer.json()

    def post(self, model, method, *args, **kwargs):
        """Call a method; return (result, name of the exception)."""
        answer = self.rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )
        if "error" in answer:
            return None, answer["error"]["data"]["name"]
        return answer["result"], None

    def call(self, model, method, *args, **kwargs):
        """Call a method that must succeed; return its result."""
        result, error = self.post(model, method, *args, **kwargs)
        assert not error, (model, method, error)
        return result
