# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The reception desk while the network is cut, in Chromium (C22).

Two dossiers are received from the codes that the desk holds, their slips printed in
the browser; when the network is back they stand on the server with the same codes and
``source = outage``, one of them after a conflict was decided.
"""

import pytest

READY = 120_000  # milliseconds; the first catalogue is packed for the first desk
CARD = "0890900005{}||Người Mất Mạng {}|05021990|Nam|Tổ 5, Long Xuyên|05052021"


class Desk:
    """The desk of a receiver, by keyboard."""

    def __init__(self, page):
        self.page = page
        page.goto("/odoo/onestop-reception")
        self.cursor("[data-desk=person]")
        page.wait_for_selector(".o_onestop_outage_ready", timeout=READY)

    def cursor(self, selector):
        self.page.wait_for_selector(f"{selector}:focus")

    def enter(self, number, code):
        """A scanned card, and a procedure by its code; every part is there."""
        keyboard = self.page.keyboard
        keyboard.type(CARD.format(number, number))
        keyboard.press("Enter")
        self.page.wait_for_selector(".o_onestop_person_form")
        keyboard.press("Enter")
        self.cursor("[data-desk=procedure]")
        keyboard.type(code)
        self.page.wait_for_selector(".o_onestop_found")
        keyboard.press("Enter")
        self.cursor(".o_onestop_part")
        keyboard.press("+")
        self.page.wait_for_selector(".o_onestop_complete")

    def receive(self):
        """F9; return the code."""
        self.page.keyboard.press("F9")
        self.page.wait_for_selector(".o_onestop_thanks .o_onestop_code")
        self.cursor("[data-desk=person]")
        return self.page.inner_text(".o_onestop_thanks .o_onestop_code")

    def slip(self):
        """The text of the slip that was printed in the browser."""
        frame = self.page.wait_for_selector(".o_onestop_offline_slip", state="attached")
        return frame.content_frame().inner_text("body"), frame.content_frame()

    def left(self):
        text = self.page.inner_text(".o_onestop_offline")
        return int("".join(filter(str.isdigit, text)))


@pytest.fixture
def desk(open_page):
    page = open_page("receiver.centre", path=None)
    # A hidden frame cannot open the dialog of a printer that is not there.
    page.context.add_init_script("window.print = () => {}")
    return Desk(page)


@pytest.fixture(scope="module")
def code(demo_database):
    """A published procedure with parts and a time limit."""
    [found] = demo_database.sql(
        """
        SELECT p.code FROM onestop_procedure p
          JOIN onestop_procedure_version v ON v.procedure_id = p.id
          JOIN onestop_procedure_case c ON c.version_id = v.id
          JOIN onestop_procedure_part t ON t.case_id = c.id
         WHERE p.state = 'published' AND v.state = 'published'
           AND c.time_unit = 'workday'
         GROUP BY p.code HAVING count(*) BETWEEN 3 AND 6 ORDER BY p.code LIMIT 1
        """
    )
    return found


def back(desk):
    """The network is there again; wait until the desk has sent what it holds."""
    page = desk.page
    page.context.set_offline(False)
    page.wait_for_selector(".o_onestop_outage_ready", timeout=READY)
    page.wait_for_selector(".o_onestop_outage_waiting", state="detached")


def sources(database, code):
    return database.sql(
        "SELECT DISTINCT e.source FROM onestop_dossier_event e "
        "JOIN onestop_dossier d ON d.id = e.dossier_id "
        f"WHERE d.code = '{code}' ORDER BY 1"
    )


def test_two_received_without_network(desk, code, demo_database):
    page = desk.page
    page.context.set_offline(True)
    page.wait_for_selector(".o_onestop_offline")
    left = desk.left()
    desk.enter("61", code)
    first = desk.receive()
    text, frame = desk.slip()
    assert "TIẾP NHẬN KHI MẤT KẾT NỐI" in text
    for said in (first, "Người Mất Mạng 61", "089090000561", code, "Mẫu số 01"):
        assert said in text, said
    assert frame.query_selector_all("[data-qr] svg rect")
    assert "Giao khách hàng" in text and "Mã tra cứu" in text
    desk.enter("62", code)
    second = desk.receive()
    assert first != second
    assert desk.left() == left - 2
    assert not demo_database.sql(
        f"SELECT id FROM onestop_dossier WHERE code IN ('{first}', '{second}')"
    )
    back(desk)
    for received in (first, second):
        assert sources(demo_database, received) == ["outage"]
    [secret] = demo_database.sql(
        f"SELECT slip_secret FROM onestop_dossier WHERE code = '{first}'"
    )
    assert secret in text


def test_a_conflict_is_shown_and_decided(desk, code, demo_database):
    """The same person and procedure as before: the desk could not know."""
    page = desk.page
    page.context.set_offline(True)
    page.wait_for_selector(".o_onestop_offline")
    desk.enter("62", code)
    received = desk.receive()
    back(desk)
    assert not sources(demo_database, received)
    page.click(".o_onestop_outage_conflicts")
    page.wait_for_selector(f".o_onestop_conflict >> text={received}")
    page.click(".o_onestop_accept")
    page.wait_for_selector(".o_onestop_conflicts", state="detached")
    assert sources(demo_database, received) == ["outage"]
    [resolution] = demo_database.sql(
        "SELECT e.resolution FROM onestop_outage_entry e "
        "JOIN onestop_code_block_code c ON c.id = e.code_id "
        f"WHERE c.code = '{received}'"
    )
    assert resolution == "anyway"


def test_the_network_fails_in_the_middle(desk, code):
    """What is on the desk stays there, and survives that the page is left."""
    page = desk.page
    desk.enter("63", code)
    page.context.set_offline(True)
    page.wait_for_selector(".o_onestop_offline")
    assert page.locator(".o_onestop_person >> text=Người Mất Mạng 63").count() == 1
    page.wait_for_timeout(1000)
    kept = page.evaluate(
        """async () => {
            const [{ name }] = (await indexedDB.databases()).filter((found) =>
                found.name.startsWith("onestop-desk-"));
            const open = indexedDB.open(name);
            await new Promise((done) => (open.onsuccess = done));
            const get = open.result.transaction("kept").objectStore("kept").get("hand");
            await new Promise((done) => (get.onsuccess = done));
            return get.result && get.result.entry.person.name;
        }"""
    )
    assert kept == "Người Mất Mạng 63"
    received = desk.receive()
    assert received
    back(desk)


def test_corrected_at_the_desk(desk, code, demo_database):
    """A conflict comes back to the desk and keeps the code of its slip."""
    page = desk.page
    page.context.set_offline(True)
    page.wait_for_selector(".o_onestop_offline")
    desk.enter("62", code)
    received = desk.receive()
    back(desk)
    page.click(".o_onestop_outage_conflicts")
    page.click(".o_onestop_correct")
    page.wait_for_selector(".o_onestop_person >> text=Người Mất Mạng 62")
    page.wait_for_selector(".o_onestop_complete")
    with page.context.expect_page():
        page.keyboard.press("F9")
    page.wait_for_selector(f".o_onestop_thanks >> text={received}")
    assert sources(demo_database, received) == ["outage"]


def test_the_answer_is_lost(desk, code, demo_database):
    """The server has received, the desk does not know: one dossier, one code void."""
    page = desk.page
    desk.enter("64", code)

    def lose_answer(route):
        route.fetch()
        route.abort()

    page.route("**/onestop.reception.desk/receive", lose_answer)
    page.keyboard.press("F9")
    page.wait_for_selector(".o_onestop_error")
    page.context.set_offline(True)
    page.wait_for_selector(".o_onestop_offline")
    received = desk.receive()
    page.unroute("**/onestop.reception.desk/receive")
    back(desk)
    assert not sources(demo_database, received)
    page.click(".o_onestop_outage_conflicts")
    conflict = page.locator(".o_onestop_conflict", has_text=received)
    assert conflict.locator(".o_onestop_accept").count() == 0
    conflict.locator("input").fill("Received twice")
    conflict.locator(".o_onestop_void").click()
    page.wait_for_selector(".o_onestop_conflicts", state="detached")
    [count] = demo_database.sql(
        "SELECT count(*) FROM onestop_dossier d "
        "JOIN onestop_person p ON p.id = d.person_id "
        "WHERE p.name = 'Người Mất Mạng 64' AND d.state = 'received'"
    )
    assert count == "1"


def test_the_key_cannot_be_read(desk):
    """What signs the entries never leaves the browser."""
    kept = desk.page.evaluate(
        """async () => {
            const [{ name }] = (await indexedDB.databases()).filter((found) =>
                found.name.startsWith("onestop-desk-"));
            const open = indexedDB.open(name);
            await new Promise((done) => (open.onsuccess = done));
            const get = open.result.transaction("kept").objectStore("kept").get("key");
            await new Promise((done) => (get.onsuccess = done));
            const { privateKey } = get.result;
            const exported = await crypto.subtle.exportKey("pkcs8", privateKey)
                .then(() => true, () => false);
            return [privateKey.extractable, exported];
        }"""
    )
    assert kept == [False, False]
