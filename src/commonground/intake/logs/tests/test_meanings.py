"""Headers of real exports, of the standard and of four languages mean the columns that they should."""

from collections.abc import Sequence

import pytest

from commonground.intake.logs import meanings
from commonground.intake.problems import BadInput

TIMES = ("2025-03-31 14:30", "2025-03-31 14:31", "2025-04-01 09:00")


def found(headers: Sequence[str], **samples: Sequence[str]) -> dict[str, str]:
    return dict(meanings.find(headers, samples).found)


EXPORTS = [
    # Salesforce weekly export: EntityHistory, OpportunityHistory, CaseHistory2, Task
    ("Id IsDeleted ParentId ParentSobjectType CreatedById CreatedDate FieldName DataType OldvalString NewvalString",
     {"case": "ParentId", "activity": "FieldName", "time": "CreatedDate", "person": "CreatedById", "id": "Id"}),
    ("Id OpportunityId CreatedById CreatedDate StageName Amount CloseDate Probability SystemModstamp IsDeleted",
     {"case": "OpportunityId", "activity": "StageName", "time": "CreatedDate", "person": "CreatedById", "id": "Id"}),
    ("Id CaseId OwnerId Status PreviousUpdate LastModifiedDate LastModifiedById IsDeleted",
     {"case": "CaseId", "activity": "Status", "time": "LastModifiedDate", "person": "LastModifiedById", "id": "Id"}),
    ("Id WhoId WhatId Subject ActivityDate Status Priority OwnerId Type IsDeleted AccountId CreatedDate CreatedById CallType",
     {"case": "WhatId", "activity": "Status", "time": "CreatedDate", "person": "CreatedById", "channel": "CallType", "id": "Id"}),
    # Dynamics audits, SuiteCRM *_audit, Odoo mail.message, vTiger modtracker, HubSpot property history, Zoho timeline
    ("auditid createdon action operation objecttypecode _objectid_value _userid_value _callinguserid_value",
     {"case": "_objectid_value", "activity": "action", "time": "createdon", "person": "_userid_value", "id": "auditid"}),
    ("id parent_id date_created created_by field_name data_type before_value_string after_value_string",
     {"case": "parent_id", "activity": "field_name", "time": "date_created", "person": "created_by", "id": "id"}),
    ("id model res_id date author_id message_type subtype_id",
     {"case": "res_id", "activity": "subtype_id", "time": "date", "person": "author_id", "id": "id"}),
    ("crmid module whodid changedon status", {"case": "crmid", "activity": "status", "time": "changedon", "person": "whodid"}),
    ("hs_object_id dealstage timestamp sourceType updatedByUserId hubspot_team_id",
     {"case": "hs_object_id", "activity": "dealstage", "time": "timestamp", "person": "updatedByUserId",
      "channel": "sourceType", "unit": "hubspot_team_id"}),
    ("record action audited_time done_by source", {"case": "record", "activity": "action", "time": "audited_time",
      "person": "done_by", "channel": "source"}),
]  # fmt: skip
PUBLISHED = [
    # logs of the BPI challenges, of a help desk, of incidents (UCI) and of an ERP, by the headers they were published with
    ("case concept:name|event org:resource|event concept:name|event time:timestamp|event User",
     "case person activity time -"),
    ("Case ID|Activity|Resource|Complete Timestamp|Variant|Product|Responsible section|workgroup",
     "case activity person time - product_line - unit"),
    ("number|incident_state|sys_updated_by|sys_updated_at|opened_at|assignment_group|contact_type", "case activity person time - unit -"),
    ("_CASE_KEY|ACTIVITY_EN|EVENTTIME|_SORTING|USER_NAME", "case activity time - person"),
    ("case|event|startTime|completeTime", "case activity - time"),
]  # fmt: skip
LANGUAGES = [
    ("Case ID|Activity|Resource|Complete Timestamp|Department|Channel|Product line",
     "case activity person time unit channel product_line"),
    ("Fallnummer|Aktivität|Bearbeiter|Zeitstempel|Abteilung|Kanal|Sparte", "case activity person time unit channel product_line"),
    ("Zaaknummer|Activiteit|Medewerker|Tijdstip|Afdeling|Kanaal|Productlijn", "case activity person time unit channel product_line"),
    ("N° de dossier|Activité|Utilisateur|Date et heure|Équipe|Canal|Gamme", "case activity person time unit channel product_line"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "expected"), EXPORTS)
def test_crm_exports(headers: str, expected: dict[str, str]) -> None:
    assert found(headers.split()) == expected


@pytest.mark.parametrize(("headers", "ours"), PUBLISHED)
def test_published_logs(headers: str, ours: str) -> None:
    told = dict(zip(ours.split(), headers.split("|"), strict=True))
    samples = {header: ("1", "1", "2") for header in headers.split("|") if header == "number"}
    assert found(headers.split("|"), **samples) == {column: header for column, header in told.items() if column != "-"}


@pytest.mark.parametrize(("headers", "ours"), LANGUAGES)
def test_four_languages_in_any_order(headers: str, ours: str) -> None:
    expected = dict(zip(ours.split(), headers.split("|"), strict=True))
    assert found(headers.split("|")) == expected
    assert found([header.upper() for header in reversed(headers.split("|"))]) == {
        k: v.upper() for k, v in expected.items()
    }


def test_standard_names_win_and_the_others_are_listed() -> None:
    headers = [
        "Activity",
        "Resource",
        "Case ID",
        "concept:name",
        "org:resource",
        "time:timestamp",
        "case:concept:name",
        "Costs",
    ]
    told = meanings.find(headers, {})
    assert told.found == {
        "case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp", "person": "org:resource",
    }  # fmt: skip
    assert told.beside == {"case": ("Case ID",), "activity": ("Activity",), "person": ("Resource",)}


def test_what_belongs_to_a_case_is_no_event_but_tells_its_channel_and_product_line() -> None:
    headers = [f"case:{name}" for name in ("channel", "concept:name", "department", "group", "responsible", "product")]
    told = found([*headers, "concept:instance", "concept:name", "time:timestamp"])
    assert told == {
        "case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp",
        "product_line": "case:product", "channel": "case:channel",
    }  # fmt: skip


def test_a_column_of_times_must_hold_times() -> None:
    headers = ["case", "activity", "Time", "Date"]
    told = found(headers, Time=("3", "4", "1.5"), Date=TIMES)
    assert told["time"] == "Date"


def test_an_id_that_repeats_is_the_case_and_one_that_does_not_is_the_events() -> None:
    headers = ["ID", "activity", "timestamp"]
    assert found(headers, ID=("1", "1", "2"))["case"] == "ID"
    assert "case" not in found(headers, ID=("1", "2", "3"))
    assert found(["case", *headers], ID=("1", "2", "3"))["id"] == "ID"
    assert "id" not in found(["case", *headers], ID=("1", "1", "3"))


def test_values_help_where_they_leave_no_doubt() -> None:
    headers = ["claim_nr", "activity", "wann", "paid"]
    samples = {"claim_nr": ("7", "7", "8"), "wann": TIMES, "paid": ("1", "2", "3")}
    assert found(headers, **samples) == {"case": "claim_nr", "activity": "activity", "time": "wann"}
    twice = {**samples, "paid": TIMES}
    assert "time" not in found(headers, **twice)


def test_an_empty_column_is_taken_only_if_there_is_no_other() -> None:
    headers = ["case", "activity", "timestamp", "unit", "team"]
    assert found(headers, unit=("", "", ""), team=("a", "b", "a"))["unit"] == "team"
    assert found(headers[:4], unit=("", "", ""))["unit"] == "unit"


def test_what_is_not_found_is_asked_for_with_the_headers_there_are() -> None:
    with pytest.raises(BadInput, match=r"activities.*“foo”, “case”.*--activity HEADER and --time HEADER"):
        meanings.demand({"case": "case"}, ["foo", "case"], "log.csv")


def test_named_columns_are_found_without_case_and_spaces_or_told() -> None:
    mapping = {"case": "Case Id", "activity": "b", "time": "c", "unit": ""}
    assert meanings.named(["case_id", "b", "c"], mapping, "log.csv") == {
        "case": "case_id",
        "activity": "b",
        "time": "c",
    }
    with pytest.raises(BadInput, match="no column “nothing” for person"):
        meanings.named(["a", "b", "c"], {"case": "a", "person": "nothing"}, "log.csv")
    with pytest.raises(BadInput, match="case and activity cannot both be the column a"):
        meanings.named(["a", "b"], {"case": "a", "activity": "a", "time": "b"}, "log.csv")
