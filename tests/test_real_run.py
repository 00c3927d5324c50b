# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""From a citizen's filing to the returned result, in browsers, as a new user would.

A citizen files a procedure of the Department of Justice online with two PDF files; the
receiver of the Centre accepts it and prints the slip; the appraiser appraises; the
head approves with his password; the result is attached, issued and returned; the
citizen sees each step with its time.
"""

import io
import re
import shutil
import subprocess

import pytest
from pypdf import PdfReader, PdfWriter

# A frequent procedure of the Department of Justice in the demo catalogue.
DEPARTMENT = "Sở Tư pháp"


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Two PDF files as a citizen scans them, and the result."""
    folder = tmp_path_factory.mktemp("papers")
    files = []
    for name in ("to-khai.pdf", "can-cuoc.pdf", "ket-qua.pdf"):
        writer = PdfWriter()
        writer.add_blank_page(595, 842)
        writer.add_metadata({"/Title": name})
        with open(folder / name, "wb") as file:
            writer.write(file)
        files.append(folder / name)
    return files


@pytest.fixture(scope="module")
def procedure(demo_database):
    """Code of a procedure of the department that asks for at least two papers."""
    return demo_database.sql(
        f"""
        SELECT p.code
          FROM onestop_procedure p
          JOIN onestop_department d ON d.id = p.department_id
          JOIN onestop_procedure_version v ON v.procedure_id = p.id
          JOIN onestop_procedure_case c ON c.version_id = v.id
          JOIN onestop_procedure_part t ON t.case_id = c.id
          JOIN onestop_procedure_step s ON s.case_id = c.id AND s.activity = 'appraise'
         WHERE d.name ->> 'vi_VN' = '{DEPARTMENT}' AND p.state = 'published'
           AND v.state = 'published' AND c.time_unit = 'workday'
           AND p.frequency = 'frequent'
         GROUP BY p.code
        HAVING count(DISTINCT t.id) >= 2 AND count(DISTINCT c.id) = 1
         ORDER BY p.code LIMIT 1
        """
    )[0]


def file_online(page, procedure, papers):
    """File as the citizen; return the dossier's code and secret from the receipt."""
    page.goto(f"/procedures/{procedure}")
    page.click(f"a[href='/procedures/{procedure}/file']")
    page.click("form button[type=submit].btn-primary")
    page.wait_for_url(re.compile(r"/my/drafts/\d+$"))
    inputs = page.locator("input[type=file][name^=part_]")
    count = inputs.count()
    assert count >= 2
    for number in range(count):
        inputs.nth(number).set_input_files(papers[number % 2])
    page.click("button[name=next]")
    page.wait_for_url(re.compile(r"/check$"))
    page.check("input[name=declared]")
    page.click("main button[type=submit].btn-primary")
    page.wait_for_url(re.compile(r"/my/dossiers/\d+/receipt$"))
    text = page.inner_text("main")
    return re.search(r"[GHK]\d\d(?:\.\d\d)*-\d{6}-\d{4,}", text).group()


def open_dossier(page, server, code):
    """Open a dossier's form in the web client; return its id."""
    dossier_id = server.database.sql(
        f"SELECT id FROM onestop_dossier WHERE code = '{code}'"
    )[0]
    page.goto(f"/odoo/onestop.dossier/{dossier_id}")
    page.wait_for_selector(".o_form_view .o_onestop_title")
    return dossier_id


def wait_state(page, state):
    """Wait until the status bar says that the dossier is in this state."""
    page.wait_for_selector(
        f".o_statusbar_status [data-value={state}].o_arrow_button_current",
        timeout=15000,
    )


def confirm_password(page):
    """Answer the identity check."""
    page.wait_for_selector(".modal input[type=password]")
    page.fill(".modal input[type=password]", "demo")
    page.click(".modal button[name=run_check]")


def attach(page, path, kind):
    """Attach a file of a kind through the dialog."""
    page.click("button[name=action_open_attach]")
    radio = page.locator(f".modal input[type=radio][data-value={kind}]")
    radio.wait_for()
    if not radio.is_checked():
        radio.check()
    page.set_input_files(".modal .o_field_binary input[type=file]", path)
    page.click(".modal button[name=action_attach]")
    page.wait_for_selector(".modal", state="detached")


def read_qr(pdf, folder):
    """What the QR codes of a PDF's first page say."""
    (folder / "slip.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", folder / "slip.pdf", folder / "slip"],
        check=True,
    )
    picture = sorted(folder.glob("slip*.png"))[0]
    answer = subprocess.run(
        [shutil.which("zbarimg"), "-q", "--raw", picture],
        check=True,
        capture_output=True,
        text=True,
    )
    return answer.stdout.split()


def test_from_filing_to_the_returned_result(
    open_page, server, procedure, papers, tmp_path
):
    citizen = open_page("citizen1")
    code = file_online(citizen, procedure, papers)

    # The Centre accepts it and prints the slip.
    receiver = open_page("receiver.centre")
    dossier_id = open_dossier(receiver, server, code)
    receiver.click("button[name=action_receive]")
    wait_state(receiver, "received")
    answer = receiver.request.get(
        f"/onestop/pdf/onestop_dossier.report_dossier_slip/{dossier_id}"
    )
    assert answer.ok, answer.text()
    slip = "\n".join(
        p.extract_text() for p in PdfReader(io.BytesIO(answer.body())).pages
    )
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in slip
    assert "Giao khách hàng" in slip and "Lưu" in slip
    assert code in slip
    assert any(
        f"/track?code={code}" in text for text in read_qr(answer.body(), tmp_path)
    )
    secret = server.database.sql(
        f"SELECT slip_secret FROM onestop_dossier WHERE id = {dossier_id}"
    )[0]
    assert secret in slip
    receiver.click("button[name=action_open_act]:visible >> nth=0")
    receiver.click(".modal button[name=action_do]")
    wait_state(receiver, "processing")

    # The department appraises.
    appraiser = open_page("appraiser.tp")
    open_dossier(appraiser, server, code)
    appraiser.click("button[name=action_open_act]:visible >> nth=0")
    appraiser.fill(".modal [name=note]:visible textarea", "Đủ điều kiện, đề nghị cấp.")
    appraiser.click(".modal button[name=action_do]")
    wait_state(appraiser, "approving")

    # The head approves: the password is asked for, and nothing happens before it.
    head = open_page("head.tp")
    open_dossier(head, server, code)
    head.click("button[name=action_open_act]:visible >> nth=0")
    head.wait_for_selector(".modal >> text=Đủ điều kiện, đề nghị cấp.")
    head.click(".modal button[name=action_decide]:visible")
    head.wait_for_selector(".modal input[type=password]")
    assert state_of(server, dossier_id) == "approving"
    confirm_password(head)
    wait_state(head, "approved")

    # The records clerk attaches and issues the result, the Centre returns it.
    records = open_page("records.tp")
    open_dossier(records, server, code)
    attach(records, papers[2], "result")
    records.click("button[name=action_issue]")
    wait_state(records, "ready")
    returner = open_page("returner.centre")
    open_dossier(returner, server, code)
    pay_what_is_due(server, dossier_id)
    returner.reload()
    returner.wait_for_selector(".o_form_view .o_onestop_title")
    returner.click("button[name=action_open_return_desk]:visible >> nth=0")
    returner.fill("[data-desk=receiver]", "089090000001")
    returner.press("[data-desk=receiver]", "Enter")
    returner.wait_for_selector(".o_onestop_receiver_kind")
    returner.uncheck("label:has-text('In giấy biên nhận') input")
    returner.press("[data-desk=receiver]", "F9")
    returner.wait_for_selector(".o_onestop_thanks")
    assert state_of(server, dossier_id) == "returned"

    # The citizen sees each step with its time, and has the result.
    citizen.goto(f"/my/dossiers/{dossier_id}")
    page = citizen.inner_text("main")
    for word in ("Tiếp nhận", "Thẩm định", "Phê duyệt", "Trả kết quả"):
        assert word.lower() in page.lower(), word
    assert len(re.findall(r"\d{2}:\d{2}", page)) >= 4
    assert "ket-qua.pdf" in page
    assert "Đủ điều kiện" not in page  # the appraisal stays inside
    with citizen.expect_download() as download:
        citizen.click("text=ket-qua.pdf")
    assert open(download.value.path(), "rb").read() == papers[2].read_bytes()

    # Whoever has the slip can follow it without a login.
    public = open_page(path=f"/track?code={code}")
    public.fill("input[name=secret]", secret)
    public.click("main button[type=submit]")
    public.get_by_text(code).first.wait_for()
    assert "Công dân Một" not in public.inner_text("main")

    # And the ledger is whole.
    checked = server.database.odoo_shell(
        "print(env['onestop.dossier.event']._verify_ledgers())"
    )
    assert checked.strip().endswith("[])"), checked


def state_of(server, dossier_id):
    """The state that the database has."""
    return server.database.sql(
        f"SELECT state FROM onestop_dossier WHERE id = {dossier_id}"
    )[0]


def pay_what_is_due(server, dossier_id):
    """Collect the fees at the counter, as the cashier."""
    server.database.odoo_shell(
        f"""
cashier = env["res.users"].search([("login", "=", "cashier.centre")])
dossier = env["onestop.dossier"].with_user(cashier).browse({dossier_id})
for fee in dossier.fee_ids.filtered(lambda fee: not fee.paid_at):
    dossier.action_collect_fee(fee.id)
env.cr.commit()
"""
    )
