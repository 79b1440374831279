"""`commonground reach CONTACTS.csv`: the promised keys, a table worked by hand, exports of CRM systems, and what it says to bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from commonground.analysis.communication.addresses import addresses, refuses
from commonground.analysis.communication.reach import BITS, usable
from commonground.cli import app
from commonground.intake.contact_files import read_contacts

run = CliRunner()
CONTACTS = """id,segment,email,email_ok,sms,sms_ok,phone,phone_ok,letter,letter_ok,fax,fax_ok,portal,visit
1,homes,a@b.example,,,,,,Mill Lane 1,,,,yes,
2,homes,c@d.example,no,+49 170 5550001,,,,Mill Lane 2,,,,,
3,homes,,,,,,,Mill Lane 3,no,,,,
4,firms,,,,,,,,,040 556 1,,,
5,firms,,,,,,,,,040 556 2,,no,
6,firms,e@f.example,yes,,,040 55501,,,,040 556 3,no,,
"""
COSTS = "email = 0.01\nsms = 0.08\nletter = 0.95\nfax = 0.15\n"


def written(folder: Path, text: str, name: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def asked(folder: Path, *words: str, contacts: str = CONTACTS, costs: str = COSTS) -> dict[str, Any]:
    files = [written(folder, contacts, "contacts.csv"), "--costs", written(folder, costs, "costs.toml")]
    result = run.invoke(app, ["reach", *files, *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(folder: Path, *words: str, contacts: str = CONTACTS, costs: str = COSTS) -> str:
    files = [written(folder, contacts, "contacts.csv"), "--costs", written(folder, costs, "costs.toml")]
    result = run.invoke(app, ["reach", *files, *words, "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.strip()


def test_the_promised_keys_and_a_table_worked_by_hand(tmp_path: Path) -> None:
    """1 has email letter portal; 2 sms letter, e-mail refused; 3 nothing, letter refused; 4 and 5 fax; 6 email phone, fax refused."""
    answer = asked(tmp_path, "--want", "0.8")
    assert answer["contacts"] == 6
    assert answer["reach"] == {
        "email": 2 / 6, "sms": 1 / 6, "phone": 1 / 6, "letter": 2 / 6, "fax": 2 / 6, "portal": 1 / 6, "visit": 0,
    }  # fmt: skip
    assert (answer["union"], answer["unreached"]) == (5 / 6, 1)
    assert set(answer["segments"]) == {"homes", "firms"}
    assert answer["segments"]["firms"]["reach"]["fax"] == 2 / 3
    assert (answer["segments"]["homes"]["union"], answer["segments"]["homes"]["unreached"]) == (2 / 3, 1)
    best = answer["cheapest"]
    assert best["channels"] == ["email", "sms", "fax"]  # 2 x 0.01 + 0.08 + 2 x 0.15
    assert (best["reach"], best["cost"], best["optimal"]) == (5 / 6, 0.4, True)


def test_what_cannot_be_reached_is_said(tmp_path: Path) -> None:
    answer = asked(tmp_path, "--want", "0.9")
    assert answer["cheapest"] is None
    assert "5 of 6" in answer["why"]


def test_without_json_it_says_the_same_in_sentences(tmp_path: Path) -> None:
    files = [written(tmp_path, CONTACTS, "contacts.csv"), "--costs", written(tmp_path, COSTS, "costs.toml")]
    result = run.invoke(app, ["reach", *files, "--want", "80%"])
    assert result.exit_code == 0
    assert "2 can be reached by fax alone." in result.stdout
    assert "It reaches 5 for 0.40" in result.stdout


@pytest.mark.parametrize(
    ("contacts", "costs", "words", "said"),
    [
        (
            CONTACTS.replace("6,firms", "1,firms"),
            COSTS,
            (),
            "contacts.csv, row 7, column id: “1”: The id stands in row 2 already.",
        ),
        (
            CONTACTS.replace("d.example,no", "d.example,maybe"),
            COSTS,
            (),
            "contacts.csv, row 3, column email_ok: “maybe”:",
        ),
        (CONTACTS.replace("\n6,", "\n,"), COSTS, (), "row 7, column id: The contact has no id."),
        ("name,fax\nAnna,123456\n", COSTS, (), "no column of ids"),
        ("", COSTS, (), "contacts.csv is empty"),
        (CONTACTS, "fax = -1\n", (), "costs.toml: fax = -1"),
        (CONTACTS, "telex = 1\n", (), "costs.toml: telex"),
        (CONTACTS, "email = yes\n", (), "costs.toml is not TOML"),
        (CONTACTS, 'email = "1"\n', (), "costs.toml: email = 1"),
        (CONTACTS, COSTS, ("--want", "1.2"), "--want 1.2 is no share"),
        (CONTACTS, COSTS, ("--want", "most"), "--want most is no share"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path, contacts: str, costs: str, words: tuple[str, ...], said: str
) -> None:
    answer = refused(tmp_path, *words, contacts=contacts, costs=costs)
    assert said in answer
    assert "\n" not in answer


def test_a_row_keeps_its_number_below_blank_lines(tmp_path: Path) -> None:
    text = CONTACTS.replace("\n2,", "\n\n2,").replace("6,firms", "1,firms")
    assert "row 8, column id: “1”" in refused(tmp_path, contacts=text)


EXPORTS = {
    "salesforce": "Id;Name;Type;Email;HasOptedOutOfEmail;EmailBouncedDate;MobilePhone;Phone;DoNotCall;Fax;HasOptedOutOfFax;MailingStreet;"
    "MailingCity\n003A;Bakery;firm;a@b.example;true;;;040555100;0;040556100;false;;\n003B;Joinery;firm;c@d.example;0;2026-09-01;;;;;1;"
    "Mill Lane 1;Northbank\n",
    "dynamics": "contactid,fullname,customertypecode,emailaddress1,donotemail,mobilephone,telephone1,donotphone,fax,donotfax,"
    "address1_composite,donotpostalmail\n1,Bakery,firm,a@b.example,Do Not Allow,,040555100,Allow,040556100,Allow,,Allow\n"
    '2,Joinery,firm,,Allow,,,,,Do Not Allow,"Mill Lane 1, Northbank",Allow\n',
    "german": "Kundennummer;Firma;Kundengruppe;E-Mail-Adresse;keine E-Mails;Mobil;Telefon;Faxnummer;Straße;PLZ;Ort\n"
    "1;Bäckerei;Firma;a@b.example;ja;;040 555100;040 556100;;;\n2;Tischlerei;Firma;c@d;;;;;Mühlenweg 1;21217;Nordufer\n",
}


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_exports_are_read_as_they_come(kind: str, encoding: str, tmp_path: Path) -> None:
    """The first has phone and fax, e-mail refused; the second a letter alone."""
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORTS[kind].encode(encoding))
    found = read_contacts(path)
    assert [int(mask) for mask in found.masks] == [BITS["phone"] | BITS["fax"], BITS["letter"]]
    assert found.cells["name"].to_pylist()[0].startswith("B")


def test_a_workbook_is_read_like_a_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "contacts.xlsx") as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(CONTACTS.splitlines()):
            sheet.write_row(row, 0, line.split(","))
    written(tmp_path, CONTACTS, "contacts.csv")
    assert read_contacts(tmp_path / "contacts.xlsx").counts() == read_contacts(tmp_path / "contacts.csv").counts()


cells = st.sampled_from(
    ["", "yes", "no", "x", "-", "a@b.example", "a@b", "A.B@c-d.example", "12345", "1234", "+49 40 5551", "(040) 55-51", "5551 ext 12",
     "Mill Lane 1", "JA", "n/a", "55 51x", "#12345", "a@b.c", "a@b.c1", "é@ü.example"]
)  # fmt: skip
consent = st.sampled_from(["", "yes", "no", "ja", "NEIN", "0", "1", "allow", "do not allow"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, cells, cells, consent, consent), min_size=1, max_size=8))
def test_columns_are_read_by_the_rule_of_single_cells(rows: list[tuple[str, ...]]) -> None:
    text = "id,email,sms,fax,letter,fax_ok,donotemail\n"
    text += "".join(f"{at},{','.join(row)}\n" for at, row in enumerate(rows))
    found = read_contacts(text.encode(), "contacts.csv")
    for mask, (email, sms, fax, letter, fax_ok, no_mail) in zip(found.masks, rows, strict=True):
        there = addresses({"email": email, "sms": sms, "fax": fax, "letter": letter})
        no = BITS["fax"] if refuses(fax_ok, asks_for_refusal=False) else 0
        no |= BITS["email"] if refuses(no_mail, asks_for_refusal=True) else 0
        assert int(mask) == usable(there, no)
