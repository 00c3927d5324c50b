# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The served suite answers: health, login in Vietnamese, a clean browser console."""

import json

from conftest import LOCAL
from playwright.sync_api import expect


def test_health_says_pass(server):
    with LOCAL.open(server.url + "/web/health") as answer:
        assert json.load(answer)["status"] == "pass"


def test_login_page_speaks_vietnamese(open_page):
    page = open_page(path="/web/login")
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()


def test_administrator_gets_the_web_client(open_page):
    page = open_page("admin")
    page.wait_for_selector(".o_main_navbar")


def test_no_database_manager(server):
    with LOCAL.open(server.url + "/web/database/manager") as answer:
        assert b"has been disabled by the administrator" in answer.read()
