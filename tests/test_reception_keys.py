# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The reception desk by keyboard alone, in Chromium, with real keys counted.

What a clerk types as data (a number, words of a procedure) is not counted; every
other key is. The bar is twelve.
"""

import pytest

MOST_KEYS = 12
PAGE = ("scrollWidth", "scrollHeight", "clientWidth", "clientHeight")


class Clerk:
    """Hands on a keyboard; no mouse."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def type(self, data):
        """Type data."""
        self.page.keyboard.type(data)

    def press(self, key):
        """Press a key that is no data."""
        self.keys += 1
        self.page.keyboard.press(key)

    def cursor(self, selector):
        """Wait until the cursor stands there."""
        self.page.wait_for_selector(f"{selector}:focus")


@pytest.fixture
def desk(open_page):
    """The desk of the Centre's receiver."""
    page = open_page("receiver.centre", path=None)
    page.goto("/odoo/onestop-reception")
    clerk = Clerk(page)
    clerk.cursor("[data-desk=person]")
    return clerk


@pytest.fixture(scope="module")
def facts(demo_database):
    """A citizen, and a published procedure with parts and a time limit."""
    [number] = demo_database.sql(
        "SELECT identity_number FROM onestop_person WHERE identity_kind = 'cccd' "
        "AND identity_number IS NOT NULL ORDER BY id LIMIT 1"
    )
    [code] = demo_database.sql(
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
    return number, code


def fits(page):
    """Nothing is to be scrolled on a screen of 1366×768."""
    width, height, shown_width, shown_height = page.evaluate(
        f"{list(PAGE)}.map((name) => document.documentElement[name])"
    )
    return width <= shown_width and height <= shown_height


def test_received_with_twelve_keys_at_most(desk, facts):
    number, code = facts
    page = desk.page
    assert fits(page)
    desk.type(number)
    desk.press("Enter")
    desk.cursor("[data-desk=procedure]")
    desk.type(code)
    desk.press("Enter")
    page.wait_for_selector(".o_onestop_found, .o_onestop_part")
    if not page.query_selector(".o_onestop_part"):
        desk.press("Enter")
    desk.cursor(".o_onestop_part")
    assert fits(page)
    desk.press("+")
    page.wait_for_selector(".o_onestop_complete")
    with page.context.expect_page() as slip:
        desk.press("F9")
    assert "/onestop/pdf/onestop_dossier.report_dossier_slip/" in slip.value.url
    page.wait_for_selector(".o_onestop_thanks .o_onestop_code")
    desk.cursor("[data-desk=person]")
    assert fits(page)
    assert desk.keys <= MOST_KEYS, f"{desk.keys} keys besides the data"


def test_each_part_by_itself(desk, facts):
    """Each part looked at and ticked: as many keys more as there are parts."""
    number, code = facts
    page = desk.page
    desk.type(number)
    desk.press("Enter")
    desk.cursor("[data-desk=procedure]")
    desk.type(code)
    page.wait_for_selector(".o_onestop_found")
    desk.press("Enter")
    desk.cursor(".o_onestop_part")
    parts = page.locator(".o_onestop_part").count()
    for _part in range(parts):
        desk.press("Enter")
    desk.cursor("[data-desk=receive]")
    with page.context.expect_page():
        desk.press("F9")
    page.wait_for_selector(".o_onestop_thanks")
    assert desk.keys == 3 + parts


def test_a_scanned_card_fills_the_form(desk):
    """A reader types the card and Enter; what is read needs no hand."""
    page = desk.page
    desk.type("089090000555||Người Mới Năm|05021990|Nam|Tổ 5, Long Xuyên|05052021")
    desk.press("Enter")
    page.wait_for_selector(".o_onestop_person_form")
    assert page.input_value("[data-field=name]") == "Người Mới Năm"
    assert page.input_value("[data-field=birth_date]") == "05/02/1990"
    desk.press("Enter")
    page.wait_for_selector(".o_onestop_person >> text=Người Mới Năm")
    assert "089090000555" not in page.inner_text(".o_onestop_desk")
    desk.cursor("[data-desk=procedure]")
    assert desk.keys == 2


def test_nothing_is_lost_when_something_is_missing(desk, facts):
    number, code = facts
    page = desk.page
    desk.type(number)
    desk.press("Enter")
    desk.cursor("[data-desk=procedure]")
    desk.type(code)
    page.wait_for_selector(".o_onestop_found")
    desk.press("Enter")
    desk.cursor(".o_onestop_part")
    desk.press("F9")
    page.wait_for_selector(".o_onestop_desk [role=alert].text-danger")
    assert page.locator(".o_onestop_person").count() == 1
    assert page.locator(".o_onestop_thanks").count() == 0
